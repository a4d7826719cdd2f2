package explain

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
)

// personWords is what is said of what the log learns of persons.
func personWords(l *Link) phrase {
	e := &l.Event
	switch {
	case e.Kind() == booking.PersonsMerged:
		return phrase{"Your records were put together; your bookings stay as they are.", "Two records were found to be one person's and put together: {who}.",
			"您的档案已合并，原有预约不变。", "档案合并：{who}为同一患者。"}
	case !e.Born().IsValid() && e.Sex() == 0:
		return phrase{"What was recorded of you was taken back.", "What was known of {who} was taken back.", "您的登记信息已撤销。", "{who}的登记信息已撤销。"}
	}
	return phrase{"Your record was entered: {facts}.", "Recorded of {who}: {facts}.", "已登记您的信息：{facts}。", "登记{who}：{facts}。"}
}

// eligibleWords is what is said of a session, or a class, that does not take the person.
func eligibleWords(x *Explanation) phrase {
	switch x.Reason {
	case booking.AgeNotTaken:
		if x.Class != 0 {
			return both("Booking by way of {class} is for {ages} only.", "{class}仅限{ages}预约。")
		}
		return both("{place}: this clinic takes {ages} only.", "{place}：仅限{ages}就诊。")
	case booking.SexNotTaken:
		if x.Class != 0 {
			return both("Booking by way of {class} is for {sex} patients only.", "{class}仅限{sex}预约。")
		}
		return both("{place}: this clinic takes {sex} patients only.", "{place}：仅限{sex}就诊。")
	case booking.ReferralNeeded:
		return phrase{"{place}: this can be booked with {class} only.", "{place}: the request must bear {class}.", "{place}：须持{class}预约。", "{place}：须带有{class}类别。"}
	}
	return phrase{}
}

// facts are what PersonDescribed says.
func (s *Speaker) facts(e *booking.Event) string {
	var words []string
	if d := e.Born(); d.IsValid() {
		words = append(words, s.or("born ", "出生日期")+d.String())
	}
	if e.Sex() != 0 {
		words = append(words, s.sex(e.Sex()))
	}
	return strings.Join(words, s.or(", ", "，"))
}

func (s *Speaker) sex(x booking.Sex) string {
	switch x {
	case booking.Female:
		return s.or("female", "女性")
	case booking.Male:
		return s.or("male", "男性")
	case booking.Unstated:
		return s.or("sex not stated", "性别未说明")
	}
	return s.or("certain", "特定性别")
}

// ages are a range in words; where none is known, that it is one.
func (s *Speaker) ages(r booking.AgeRange) string {
	if r == (booking.AgeRange{}) {
		return s.or("patients of a certain age", "特定年龄")
	}
	if s.style.Language != Chinese {
		var words []string
		if r.From.IsSet() {
			words = append(words, r.From.String()+" old or older")
		}
		if r.Until.IsSet() {
			words = append(words, "under "+r.Until.String())
		}
		return "patients " + strings.Join(words, " and ")
	}
	text := ""
	if r.From.IsSet() {
		text += "满" + ageWords(r.From)
	}
	if r.Until.IsSet() {
		text += "未满" + ageWords(r.Until)
	}
	return text + "者"
}

func ageWords(b booking.AgeBound) string {
	units := map[booking.AgeUnit]string{booking.InDays: "天", booking.InMonths: "个月", booking.InYears: "周岁"}
	return fmt.Sprintf("%d%s", b.Count, units[b.Unit])
}

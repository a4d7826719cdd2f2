package explain

import (
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Refusal tells why, in one line, and then what would help, a line a remedy; to a patient only what a patient can do. It is
// empty for an explanation of no reason.
func (s *Speaker) Refusal(x *Explanation) []string {
	why := s.fill(reasonWords(x), "{place}", s.place(&x.Asked), "{until}", s.time(x.Until), "{n}", strconv.FormatInt(x.Reached, 10),
		"{class}", s.class(x.Class), "{state}", s.State(x.State), "{limit}", s.limit(&x.Limit), "{rule}", s.or(strconv.Quote(x.Limit.Name), "“"+x.Limit.Name+"”"),
		"{exempt}", s.exempt(x.Exempt), "{day}", s.day(x.Until.In(s.style.Zone)), "{ages}", s.ages(x.Ages), "{sex}", s.sex(x.Sex))
	if why == "" {
		return nil
	}
	lines := append([]string{why}, s.obstacles(x.Obstacles)...)
	for i := range x.Remedies {
		if r := &x.Remedies[i]; !r.Staff || s.style.Reader == Clerk {
			lines = append(lines, s.Remedy(r))
		}
	}
	return lines
}

func (s *Speaker) exempt(list []Exempt) string {
	var words []string
	for _, x := range list {
		text := s.nameOf(booking.ClassName, uint32(x.Class))
		if text == "" {
			text = x.Name
		}
		words = append(words, text)
	}
	return strings.Join(words, s.or(", ", "、"))
}

// reasonWords is what is said of a reason.
func reasonWords(x *Explanation) phrase {
	switch x.Reason {
	case booking.KeyReused:
		return phrase{"This request was sent before with other details, so it was not carried out.",
			"The key was used before, for a command with other details.",
			"该请求此前已用其他内容提交，本次未办理。", "该幂等键已用于内容不同的指令。"}
	case booking.Stale:
		return phrase{"This request was made too long ago to be carried out now.",
			"The command was first made longer ago than keys are remembered; it may have been carried out then.",
			"该请求提交已久，不再办理。", "该指令首次提交距今已超过幂等键保留期，当时可能已经执行。"}
	case booking.UnknownAppointment:
		return phrase{"We found no appointment of that number.", "The pool has no appointment of that number.",
			"没有查到这个预约。", "号源池中没有该预约。"}
	case booking.IllegalState:
		return phrase{"Your appointment is {state}, so this cannot be done now.", "{place}: the appointment is {state}, and the step does not lead from there.",
			"您的预约状态为“{state}”，暂不能办理此项。", "{place}：预约状态为“{state}”，不能进行此操作。"}
	case booking.AlreadyOpen:
		return phrase{"This clinic is open for booking already.", "A session of that name is open already.",
			"该门诊已开放预约。", "同名出诊单元已开放。"}
	case booking.SessionGone:
		return phrase{"{place}: the clinic is closed or over.", "{place}: the session is closed, ended or put away.",
			"{place}：已停诊或已结束。", "{place}：出诊单元已停诊、结束或归档。"}
	case booking.NotReleased:
		if x.Class != 0 {
			return both("{place}: booking for {class} opens at {until}.", "{place}：{class}的放号时间为{until}。")
		}
		return both("{place}: the numbers come out at {until}.", "{place}：将于{until}放号。")
	case booking.Paused:
		if x.Class != 0 {
			return both("Booking for {class} is resting until {until}.", "{class}暂停预约，{until}恢复。")
		}
		return both("Booking is resting until {until}.", "现在不在预约服务时间，{until}恢复预约。")
	case booking.BookingClosed:
		return both("{place}: booking ended at {until}.", "{place}：预约已于{until}截止。")
	case booking.Full:
		if x.Reached == 0 {
			return phrase{"{place} has no room left.", "{place}: the session has too little room left for what was asked.",
				"{place}：已约满。", "{place}：剩余号不足。"}
		}
		return phrase{"{place} is fully booked.", "{place} is full: {n} numbers in all.", "{place}：已约满。", "{place}：已约满（共{n}个号）。"}
	case booking.RunBroken:
		return both("{place}: there are not enough times in a row.", "{place}：没有足够的连续时段。")
	}
	return quotaWords(x)
}

func quotaWords(x *Explanation) phrase {
	switch x.Reason {
	case booking.SlotForOthers:
		return both("{place}: this time is for {class} only.", "{place}：此时段仅供{class}预约。")
	case booking.AgeNotTaken, booking.SexNotTaken, booking.ReferralNeeded:
		return eligibleWords(x)
	case booking.CapReached:
		return phrase{"{place}: the numbers for {class} are all taken.", "{place}: {class} has all that its cap allows, {n}.",
			"{place}：{class}的号已约完。", "{place}：{class}已达限号{n}个。"}
	case booking.ReservedForOthers:
		return both("{place}: what is left is kept for {class}.", "{place}：余下的号为{class}预留。")
	case booking.AddOnLimit:
		return phrase{"{place}: no more numbers can be added.", "{place}: no more add-ons, at most {n}.",
			"{place}：不能再加号。", "{place}：加号已达上限{n}个。"}
	case booking.Restricted:
		if len(x.Exempt) > 0 {
			return phrase{"Booking is suspended for you until {until}, but not for: {exempt}.", "The person or the account is restricted until {until}; exempt: {exempt}.",
				"您的预约服务暂停至{until}；{exempt}不受影响。", "患者或账号限制预约至{until}；不受限：{exempt}。"}
		}
		return phrase{"Booking is suspended for you until {until}.", "The person or the account is restricted until {until}.",
			"您的预约服务暂停至{until}。", "患者或账号限制预约至{until}。"}
	case booking.BeyondHorizon, booking.TooManyOpen, booking.CoolingOff:
		return boundWords(x)
	case booking.LimitReached:
		return phrase{"This would be more than one may book: {limit}.", "Limit {rule} is reached: {limit}.",
			"超出可预约数量：{limit}。", "达到限制{rule}：{limit}。"}
	case booking.TwoPlaces:
		return phrase{"You have another appointment at about that time.", "{place}: the person would have to be in two places at once, travel included.",
			"您在相近时间已有其他预约。", "{place}：与本人其他预约时间冲突（含路程）。"}
	case booking.NoneFree:
		if x.Reached > 0 {
			return phrase{"We found no times that go together.", "No times that go together were found among the first {n} tried; there may be some.",
				"未找到可以一并预约的时间。", "在尝试的前{n}种安排中未找到可一并预约的时间，不排除仍有。"}
		}
		return both("There is no free number that matches.", "没有符合条件的号。")
	case booking.TooLate:
		return both("{place}: this could be changed or given back until {until}, which is past.", "{place}：改约、退号截止时间为{until}，现已超过。")
	case booking.TooEarly:
		return phrase{"It is too early: the appointment is at {until}.", "Nobody has missed {place} before {until}.",
			"未到就诊时间：{until}。", "{place}：未到{until}，不能记为爽约。"}
	case booking.BelowUse:
		return phrase{"This cannot be set below what is booked already.", "{place}: the quota of {class} cannot be less than what is used of it, {n}.",
			"不能低于已预约的数量。", "{place}：{class}的名额不能少于已使用的{n}个。"}
	case booking.NotTerminal:
		return phrase{"Some visits of those days are not over.", "{n} appointments and sessions of those days are not over.",
			"这些日期的部分就诊尚未结束。", "这些日期有{n}项预约或出诊尚未结束。"}
	case booking.NoEntitlement:
		return entitlementWords(x)
	case booking.WaitlistLimit:
		return phrase{"You cannot join the waitlist any more.", "The person has as many open entries on the waitlist as the rules allow, {n}.",
			"您的候补数量已达上限。", "该患者的候补已达上限{n}条。"}
	case booking.UnknownEntry:
		return both("There is no such entry on the waitlist.", "没有该候补记录。")
	case booking.EntryOver:
		return both("This entry of the waitlist is over, or nothing has to be decided about it.", "该候补已结束，或不在待审核状态。")
	case booking.Untouchable:
		return phrase{"Somebody else's appointment cannot be moved for this.", "{place}: the appointment may not be moved for an emergency, or need not be.",
			"他人的预约不能为此调整。", "{place}：该预约不可（或不必）为急诊让号。"}
	case booking.BadChoice:
		return phrase{"No time could be chosen for you.", "The policy, or the plan, chose what the rules do not allow; nothing was booked.",
			"未能为您自动选号。", "选号策略或让号方案给出的号不符合规则，未预约。"}
	}
	return phrase{}
}

// limit tells a limit of the rules from its data.
func (s *Speaker) limit(l *booking.Limit) string {
	n := strconv.Itoa(int(l.Max))
	var same []string
	for _, x := range sameWords() {
		if l.Same&x.same != 0 {
			same = append(same, s.or(x.english, "同一"+x.chinese))
		}
	}
	if s.style.Language == Chinese {
		who := "同一患者"
		if l.Who == booking.PerAccount {
			who = "同一账号"
		}
		what := "个" + s.kindOf(l) + "号"
		switch l.Of {
		case booking.OpenVisits:
			what = "个未就诊的" + s.kindOf(l) + "号"
		case booking.UnpaidHolds:
			what = "个待支付的" + s.kindOf(l) + "号"
		}
		return strings.Join(append([]string{who}, same...), "、") + "最多" + n + what
	}
	text := "at most " + n + " per person"
	if l.Who == booking.PerAccount {
		text = "at most " + n + " per account"
	}
	switch {
	case l.Of == booking.OpenVisits:
		text += " of those still to come"
	case l.Of == booking.UnpaidHolds:
		text += " of those not paid yet"
	case len(same) > 0 || l.Kind != 0:
		text += " of those"
	}
	if l.Kind != 0 {
		text += " in " + s.kindOf(l) + " sessions"
	}
	if len(same) > 0 {
		text += " that share " + strings.Join(same, " and ")
	}
	return text
}

// kindOf is the kind of session that a limit is confined to; "" for any.
func (s *Speaker) kindOf(l *booking.Limit) string {
	chinese := map[sl.Kind]string{sl.General: "普通门诊", sl.Specialist: "专家门诊", sl.SpecialNeeds: "特需门诊", sl.Examination: "检查", sl.Virtual: "线上", sl.Joint: "联合门诊"}
	if l.Kind == 0 {
		return ""
	}
	return s.or(l.Kind.String(), chinese[l.Kind])
}

// sameWords are the members of a booking.Same in words, the widest last.
func sameWords() []struct {
	same             booking.Same
	english, chinese string
} {
	return []struct {
		same             booking.Same
		english, chinese string
	}{{booking.SameSession, "session", "出诊单元"}, {booking.SameResource, "physician", "医生"}, {booking.SameService, "service", "项目"},
		{booking.SameDepartment, "department", "科室"}, {booking.SameDay, "day", "日期"}, {booking.SameMonth, "month", "月份"}}
}

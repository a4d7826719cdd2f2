package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// readEligible reads whom something takes: parts such as women, men, from 14 years, until 65 years, with referral; or from-14-years, where a part is a word.
func readEligible(s *slotstest.Step, parts []string) (x booking.NamedEligibility) {
	for _, part := range parts {
		word, rest := part, ""
		if i := strings.IndexAny(part, " -"); i > 0 {
			word, rest = part[:i], part[i+1:]
		}
		age := strings.ReplaceAll(rest, "-", " ")
		var err error
		switch word {
		case "women":
			x.Sex = booking.Female
		case "men":
			x.Sex = booking.Male
		case "from":
			x.Ages.From, err = booking.ParseAgeBound(age)
		case "until":
			x.Ages.Until, err = booking.ParseAgeBound(age)
		case "with":
			x.Need = rest
		default:
			err = fmt.Errorf("want women, men, from AGE, until AGE or with CLASS")
		}
		if err != nil {
			s.Failf("%q: %v", part, err)
		}
	}
	return x
}

// readClassEligible reads a line of the rules such as "for app: from 14 years"; false for a line of another kind.
func readClassEligible(s *slotstest.Step, line string) (booking.ClassEligibility, bool) {
	class, rest, _ := strings.Cut(line, ":")
	class, ok := strings.CutPrefix(class, "for ")
	if !ok {
		return booking.ClassEligibility{}, false
	}
	return booking.ClassEligibility{Class: class, NamedEligibility: readEligible(s, splitList(rest))}, true
}

// describe says what is known of a person.
func (w *storyWorld) describe(s *slotstest.Step) string {
	var born slots.Date
	if s.Has("born") {
		born = s.Date("born")
	}
	sex := map[string]booking.Sex{"": 0, "female": booking.Female, "male": booking.Male, "unstated": booking.Unstated}[s.TextOr("sex", "")]
	text := w.told(s, "", w.desk.Describe(w.now(s), s.Text("person"), born, sex))
	if text == "" {
		return "nothing to do"
	}
	return text
}

// merge says that two persons are one.
func (w *storyWorld) merge(s *slotstest.Step) string {
	text := w.told(s, "", w.desk.Merge(w.now(s), s.Text("into"), s.Text("from")))
	if text == "" {
		return "nothing to do"
	}
	return text
}

// personEvent tells what the log learns of persons.
func (w *storyWorld) personEvent(e *booking.Event) string {
	who := w.name(booking.PersonName, uint32(e.Person()))
	switch e.Kind() {
	case booking.PersonDescribed:
		return fmt.Sprintf("described %s%s", who, factWords(e.Born(), e.Sex()))
	case booking.PersonsMerged:
		return fmt.Sprintf("merged %s is %s", w.name(booking.PersonName, uint32(e.Other())), who)
	}
	return ""
}

func factWords(born slots.Date, sex booking.Sex) (text string) {
	if born.IsValid() {
		text += " born=" + born.String()
	}
	if sex != 0 {
		text += " sex=" + sex.String()
	}
	return text
}

// personFacts are what is known of a person, and whom the name means where that is another; nothing for a person of whom nothing is known.
func (w *storyWorld) personFacts(p booking.Person) (lines []string) {
	v, ok := w.desk.Pool().Person(p)
	if ok && v.Person != p {
		lines = append(lines, "is "+w.name(booking.PersonName, uint32(v.Person)))
	}
	if text := factWords(v.Born, v.Sex); text != "" {
		lines = append(lines, "known"+text)
	}
	return lines
}

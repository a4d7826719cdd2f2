package bookingtest

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// Story is the violation as a story file to paste: every step with the reply that the policy led to, and the expect line that
// the law asks for, which fails until the policy keeps it. It plays under Verbs, and under the verbs of package booking's own
// stories where the policy is among the rules there.
func (v *Violation) Story() string {
	h := &v.Hospital
	var b strings.Builder
	step := func(line, expect, reply string) {
		if expect != "" {
			expect += "\n"
		}
		fmt.Fprintf(&b, "%s\n%s----\n%s\n\n", line, expect, reply)
	}
	fmt.Fprintf(&b, "# Policy %s claims: %s. It does not hold here.\n# %s.\n\n", v.Policy, v.Claim, v.sentence())
	now := fmt.Sprintf("now=%q", h.now().In(hospitalZone).Format("2006-01-02 15:04"))
	step("rules "+now, "", "rules adopted version=1")
	list, err := h.play(v.policy, listing)
	if err != nil {
		return b.String()
	}
	for i := range h.Wishes {
		for k := range h.Clinics {
			if c := &h.Clinics[k]; c.After == i {
				step(h.openLine(c, now), "", fmt.Sprintf("opened %s slots=%d numbers=%d released", c.Name, c.Slots, c.Slots*c.Capacity))
			}
		}
		expect := ""
		if i == v.Step {
			expect = v.Expect
		}
		if list[i].Reason != booking.UnknownAppointment {
			step(h.wishLine(&h.Wishes[i], now, v.Policy), expect, list[i].reply)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (h *Hospital) openLine(c *Clinic, now string) string {
	start := c.start(h).In(hospitalZone)
	line := fmt.Sprintf("open %s session=%s date=%s start=%s minutes=%d even=(%d, %d) dept=%s", now, c.Name, start.Format("2006-01-02"),
		start.Format("15:04"), c.Slots*c.SlotMinutes, c.SlotMinutes, c.Capacity, hospitalDepartment)
	if c.Physician != "" {
		line += " who=" + c.Physician
	}
	return strings.Join(append([]string{line}, quotaLines(c)...), "\n  ")
}

func quotaLines(c *Clinic) (list []string) {
	for _, q := range c.Quotas {
		text := fmt.Sprintf("%s: reserve %d", q.Class, q.Reserve)
		if q.Capped {
			text += fmt.Sprintf(", cap %d", q.Cap)
		}
		list = append(list, text)
	}
	return list
}

func (h *Hospital) wishLine(x *Wish, now, policy string) string {
	at := func(key string, minutes int) string {
		if minutes == 0 {
			return ""
		}
		return fmt.Sprintf(" %s=%q", key, h.first().AddMinutes(minutes).In(hospitalZone).Format("2006-01-02 15:04"))
	}
	line := fmt.Sprintf("book %s person=%s via=%s", now, x.Person, x.Channel)
	if x.Kind == Asks && len(x.Classes) > 0 {
		line += fmt.Sprintf(" classes=(%s)", strings.Join(x.Classes, ", "))
	}
	if x.Kind == Asks && x.Count > 1 {
		line += fmt.Sprintf(" count=%d", x.Count)
	}
	switch x.Kind {
	case GivesBack:
		return fmt.Sprintf("cancel %s of=%s", now, x.Person)
	case AsksAgain:
		line = fmt.Sprintf("reschedule %s of=%s", now, x.Person)
	}
	line += " dept=" + hospitalDepartment
	if x.Physician != "" {
		line += " who=" + x.Physician
	}
	return line + at("from", x.From) + at("until", x.Until) + fmt.Sprintf(" policy=%q", policy)
}

// Verbs play the stories that Violation.Story writes, against the policies given: rules, open, book, reschedule and cancel, which
// take what those stories say and nothing more. For a user's test:
//
//	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs { return bookingtest.Verbs(mine{}) })
func Verbs(policies ...booking.Policy) slotstest.Verbs {
	p := &player{policies: policies}
	return slotstest.Verbs{"rules": p.rules, "open": p.open, "book": p.wish(Asks), "reschedule": p.wish(AsksAgain), "cancel": p.wish(GivesBack)}
}

type player struct {
	policies []booking.Policy
	hospital Hospital
	ward     *ward
}

func (p *player) now(s *slotstest.Step) sl.Instant { return s.Instant("now", hospitalZone) }

func (p *player) rules(s *slotstest.Step) string {
	w, err := newWard(p.now(s), p.policies...)
	if err != nil {
		s.Failf("%v", err)
	}
	p.ward = w
	return "rules adopted version=1"
}

// minutes is how many minutes after the hospital's first midnight an argument is; 0 where it was not given.
func (p *player) minutes(s *slotstest.Step, key string) int {
	if !s.Has(key) {
		return 0
	}
	return int(s.Instant(key, hospitalZone)-p.hospital.first()) / 60
}

func (p *player) open(s *slotstest.Step) string {
	at, _ := sl.Resolve(s.Date("date"), s.Clock("start"), hospitalZone)
	minutes := int(at-p.hospital.first()) / 60
	cut := s.List("even")
	if s.Text("dept") != hospitalDepartment || len(cut) != 2 {
		s.Failf("want dept=%s and even=(minutes, capacity)", hospitalDepartment)
	}
	c := Clinic{Name: s.Text("session"), Physician: s.TextOr("who", ""), Minute: minutes, SlotMinutes: number(s, cut[0]), Capacity: number(s, cut[1])}
	if c.SlotMinutes < 1 {
		s.Failf("even=(%d, %d): want a minute or more", c.SlotMinutes, c.Capacity)
	}
	if c.Slots = s.Int("minutes") / c.SlotMinutes; c.Slots < 1 || c.Slots > booking.MaxSlots {
		s.Failf("%d slots: want 1 to %d", c.Slots, booking.MaxSlots)
	}
	for _, line := range s.Body() {
		q, err := readNamedQuota(line)
		if err != nil {
			s.Failf("%v", err)
		}
		c.Quotas = append(c.Quotas, q)
	}
	p.ready(s)
	text, err := p.ward.open(&p.hospital, &c, p.now(s))
	if err != nil {
		s.Failf("%v", err)
	}
	return text
}

func number(s *slotstest.Step, text string) (n int) {
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil || n < 0 {
		s.Failf("%q: want a whole number", text)
	}
	return n
}

func readNamedQuota(line string) (q booking.NamedQuota, err error) {
	class, rest, _ := strings.Cut(line, ":")
	q.Class = class
	for part := range strings.SplitSeq(rest, ",") {
		var word string
		var n uint16
		if _, err := fmt.Sscanf(part, " %s %d", &word, &n); err != nil || word != "reserve" && word != "cap" {
			return q, fmt.Errorf("quota %q: want CLASS: reserve n, cap n", line)
		}
		if word == "cap" {
			q.Cap, q.Capped = n, true
		} else {
			q.Reserve = n
		}
	}
	return q, nil
}

func (p *player) ready(s *slotstest.Step) {
	if p.ward == nil {
		s.Failf("begin with rules")
	}
}

func (p *player) wish(kind WishKind) func(*slotstest.Step) string {
	return func(s *slotstest.Step) string {
		p.ready(s)
		x := Wish{Kind: kind, Count: 1}
		policy := ""
		switch kind {
		case Asks:
			x.Person, x.Channel, x.Classes, x.Count = s.Text("person"), s.Text("via"), s.List("classes"), s.IntOr("count", 1)
		default:
			x.Person, x.Channel = s.Text("of"), "app"
		}
		if kind != GivesBack {
			if s.Text("dept") != hospitalDepartment {
				s.Failf("want dept=%s", hospitalDepartment)
			}
			x.Physician, policy = s.TextOr("who", ""), s.TextOr("policy", "")
			x.From, x.Until = p.minutes(s, "from"), p.minutes(s, "until")
		}
		o, err := p.ward.do(&p.hospital, &x, policy, p.now(s))
		if err != nil {
			s.Failf("%v", err)
		}
		return o.reply
	}
}

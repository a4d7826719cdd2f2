package booking_test

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// setRules makes the rules that hold from now on; a later one replaces them whole.
func (w *storyWorld) setRules(s *slotstest.Step) string {
	c := booking.Rules{Version: 1, HoldSeconds: 60 * int64(s.IntOr("hold-minutes", 15)), KeySeconds: 3600 * int64(s.IntOr("key-hours", 24)),
		StepSeconds: 86400 * int64(s.IntOr("step-days", 60)), TravelMinutes: s.IntOr("travel-minutes", 0), Exempt: s.List("exempt"),
		WaitlistPerPerson: int32(s.IntOr("waitlist", 0)), WaitlistOfferSeconds: 60 * int64(s.IntOr("offer-minutes", 0)), WaitlistClasses: s.List("first-in-line"),
		Displacement: storyDisplacement(s), RestSeconds: 60 * int64(s.IntOr("rest-minutes", 0)), RestSpreadSeconds: 60 * int64(s.IntOr("spread-minutes", 0)),
		Reallocation: readReallocation(s), ReturnDays: s.IntOr("return-days", 0), Policies: append(storyPolicies(), w.policies...)}
	switch late := s.TextOr("late", "recorded"); late {
	case "recorded":
		c.LateCancel = booking.LateRecorded
	case "refused":
		c.LateCancel = booking.LateRefused
	default:
		s.Failf("late=%s: want recorded or refused", late)
	}
	if s.Has("seed") {
		c.RestSeed = sha256.Sum256([]byte(s.Text("seed")))
	}
	readGateRules(s, &c)
	for _, line := range s.Body() {
		if x, ok := readClassEligible(s, line); ok {
			c.Eligible = append(c.Eligible, x)
			continue
		}
		c.Limits = append(c.Limits, readLimit(s, line))
	}
	if w.rules != nil {
		c.Version = w.rules.Version + 1
	}
	var err error
	if w.rules, err = booking.NewRules(c); err != nil {
		s.Failf("%v", err)
	}
	return w.told(s, "", w.openDesk(s, s.Instant("now", shanghai)))
}

var limitLine = regexp.MustCompile(`^(\S+): at most (\d+) (open|all|unpaid)(?: (\S+))? per (person|account)(?: same (.+))?$`)

// readLimit reads a limit such as "one-a-day: at most 1 all per person same day, department".
func readLimit(s *slotstest.Step, line string) booking.Limit {
	m := limitLine.FindStringSubmatch(line)
	if m == nil {
		s.Failf("limit %q: want NAME: at most n open|all|unpaid [KIND] per person|account [same day, department, ...]", line)
	}
	l := booking.Limit{Name: m[1], Who: booking.PerPerson, Of: booking.OpenVisits, Max: int32(atoi(s, m[2]))}
	l.Of = map[string]booking.Counted{"open": booking.OpenVisits, "all": booking.AllVisits, "unpaid": booking.UnpaidHolds}[m[3]]
	if m[4] != "" {
		l.Kind = kindNamed(s, m[4])
	}
	if m[5] == "account" {
		l.Who = booking.PerAccount
	}
	for _, word := range splitList(m[6]) {
		l.Same |= sameWord(s, word)
	}
	return l
}

// sameWord is a member of a Same.
func sameWord(s *slotstest.Step, word string) booking.Same {
	same := map[string]booking.Same{"session": booking.SameSession, "day": booking.SameDay, "month": booking.SameMonth,
		"department": booking.SameDepartment, "service": booking.SameService, "physician": booking.SameResource}
	if same[word] == 0 {
		s.Failf("same %s: want session, day, month, department, service or physician", word)
	}
	return same[word]
}

func splitList(text string) (list []string) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func atoi(s *slotstest.Step, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.Failf("%q: want a whole number", text)
	}
	return n
}

// setCalendar reads holidays and make-up working days; a make-up day says whose timetable it follows.
func (w *storyWorld) setCalendar(s *slotstest.Step) string {
	c := slots.CalendarConfig{Weekend: []slots.Weekday{slots.Saturday, slots.Sunday}}
	for _, y := range s.List("years") {
		c.Years = append(c.Years, atoi(s, y))
	}
	kinds := map[string]slots.DayKind{"holiday": slots.Holiday, "make-up": slots.MakeUp}
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 3 && (len(f) != 5 || f[3] != "follows") {
			s.Failf("line %q: want DATE holiday|make-up NAME [follows WEEKDAY]", line)
		}
		d := dateOf(s, f[0])
		c.Days = append(c.Days, slots.CalendarDay{Date: d, Kind: kinds[f[1]], Name: f[2]})
		if len(f) == 5 {
			w.roster.Follows = append(w.roster.Follows, slots.Follow{Date: d, Weekday: weekdayOf(s, f[4])})
		}
	}
	var err error
	if w.calendar, err = slots.NewCalendar(c); err != nil {
		s.Failf("%v", err)
	}
	return ""
}

func dateOf(s *slotstest.Step, text string) slots.Date {
	d, err := slots.ParseDate(text)
	if err != nil {
		s.Failf("%v", err)
	}
	return d
}

func weekdayOf(s *slotstest.Step, text string) slots.Weekday {
	for d := slots.Monday; d <= slots.Sunday; d++ {
		if d.String() == text {
			return d
		}
	}
	s.Failf("weekday %s: want Monday to Sunday", text)
	return 0
}

// addWeekly adds a weekly line to the roster; open-day opens what it gives.
func (w *storyWorld) addWeekly(s *slotstest.Step) string {
	x := readExtra(s, slots.Date{})
	w.roster.Rules = append(w.roster.Rules, slots.Rule{ID: x.ID, Line: x.Line, Resources: x.Resources, Start: x.Start, Minutes: x.Minutes,
		Cut: x.Cut, Repeat: slots.Weekly(weekdayOf(s, s.Text("weekday"))), Holidays: slots.ClosedOnHolidays})
	if _, err := slots.NewRoster(w.roster); err != nil {
		s.Failf("%v", err)
	}
	return ""
}

// readExtra reads what a session is.
func readExtra(s *slotstest.Step, date slots.Date) slots.Extra {
	x := slots.Extra{ID: s.Text("session"), Resources: s.List("who"), Date: date, Start: s.Clock("start"), Minutes: s.Int("minutes"),
		Line: slots.Line{Department: s.TextOr("dept", "clinic"), Service: s.TextOr("service", ""), Site: s.TextOr("site", ""),
			Kind: kindOf(s), Grade: gradeOf(s)}}
	n := make([]int, 3)
	for _, cut := range []string{"even", "packed", "counted"} {
		for i, text := range s.List(cut) {
			if i == len(n) {
				s.Failf("%s: too many numbers", cut)
			}
			n[i] = atoi(s, text)
		}
		switch {
		case !s.Has(cut):
		case cut == "even":
			x.Cut = slots.Even(n[0], n[1])
		case cut == "packed":
			x.Cut = slots.Packed(n[0], n[1], n[2])
		default:
			x.Cut = slots.Counted(n[0], n[1])
		}
	}
	if s.Has("mixed") {
		x.Cut = mixedCut(s)
	}
	return x
}

func kindOf(s *slotstest.Step) slots.Kind {
	return kindNamed(s, s.TextOr("kind", slots.General.String()))
}

func kindNamed(s *slotstest.Step, want string) slots.Kind {
	for k := slots.General; k.IsValid(); k++ {
		if k.String() == want {
			return k
		}
	}
	s.Failf("kind=%s: not known", want)
	return 0
}

func gradeOf(s *slotstest.Step) slots.Grade {
	want := s.TextOr("grade", slots.NoGrade.String())
	for g := slots.NoGrade; g.IsValid(); g++ {
		if g.String() == want {
			return g
		}
	}
	s.Failf("grade=%s: not known", want)
	return 0
}

// open adds one session to the pool, under the name that the story gives it.
func (w *storyWorld) open(s *slotstest.Step) string {
	now := w.now(s)
	x := readExtra(s, s.Date("date"))
	r, err := slots.NewRoster(slots.RosterConfig{Extras: []slots.Extra{x}})
	if err != nil {
		s.Failf("%v", err)
	}
	list, _, err := r.Sessions(x.Date, x.Date, slots.Calendar{}, shanghai)
	if err != nil || len(list) != 1 {
		s.Failf("%d sessions: %v", len(list), err)
	}
	if s.Has("capacity") {
		for i := range list[0].Slots {
			list[0].Slots[i].Capacity = s.Int("capacity")
		}
	}
	list[0].ID = x.ID
	t := w.termsFor(s, &list[0])
	_, err = w.desk.Open(now, list[0], t)
	text := w.told(s, x.ID, err)
	if s.Has("rule") && err == nil {
		text += termsWords(t)
	}
	return text
}

// terms reads when a session's numbers come out and close, and its quotas, a class a line.
func (w *storyWorld) terms(s *slotstest.Step) booking.Terms {
	t := booking.Terms{Release: instantOr(s, "release", 0), Close: instantOr(s, "close", 0), CancelBy: instantOr(s, "cancel-by", 0),
		End: instantOr(s, "end", 0), LeadMinutes: uint16(s.IntOr("lead-minutes", 0)), AddOns: uint16(s.IntOr("add-ons", 0)), Reallocate: readRounds(s),
		Reminders: momentsOf(s, "remind")}
	t.Eligible = readEligible(s, s.List("takes"))
	for _, line := range s.Body() {
		t.Quotas = append(t.Quotas, readQuota(s, line))
	}
	return t
}

// readQuota reads a quota such as "elderly: reserve 2, cap 4, until 2026-11-22 20:00, cap lifts".
func readQuota(s *slotstest.Step, line string) booking.NamedQuota {
	class, rest, ok := strings.Cut(line, ":")
	q := booking.NamedQuota{Class: class}
	for _, part := range splitList(rest) {
		word, value, _ := strings.Cut(part, " ")
		switch {
		case part == "cap lifts":
			q.CapLifts = true
		case word == "reserve":
			q.Reserve = uint16(atoi(s, value))
		case word == "cap":
			q.Cap, q.Capped = uint16(atoi(s, value)), true
		case word == "until":
			q.OpenAt = minuteOf(s, value)
		case word == "from":
			q.From = minuteOf(s, value)
		default:
			ok = false
		}
	}
	if !ok {
		s.Failf("quota %q: want CLASS: reserve n, cap n, until YYYY-MM-DD HH:MM, cap lifts, from YYYY-MM-DD HH:MM", line)
	}
	return q
}

func minuteOf(s *slotstest.Step, text string) slots.Instant {
	day, clock, _ := strings.Cut(text, " ")
	c, err := slots.ParseClock(clock)
	if err != nil {
		s.Failf("%q: %v", text, err)
	}
	at, _ := slots.Resolve(dateOf(s, day), c, shanghai)
	return at
}

// openDay opens all sessions that the weekly roster and the calendar give for a date.
func (w *storyWorld) openDay(s *slotstest.Step) string {
	now, date, t := w.now(s), s.Date("date"), w.terms(s)
	ahead := func(key string) slots.Instant {
		list := s.List(key)
		if len(list) == 0 {
			return 0
		}
		if len(list) != 3 {
			s.Failf("%s: want (n, working|calendar, HH:MM)", key)
		}
		unit := map[string]slots.DayUnit{"working": slots.WorkingDays, "calendar": slots.CalendarDays}[list[1]]
		clock, err := slots.ParseClock(list[2])
		if err != nil {
			s.Failf("%v", err)
		}
		at, err := slots.Ahead{Days: atoi(s, list[0]), Unit: unit, At: clock}.Instant(date, w.calendar, shanghai)
		if err != nil {
			s.Failf("%s: %v", key, err)
		}
		return at
	}
	t.Release, t.Close = ahead("release-ahead"), ahead("close-ahead")
	r, err := slots.NewRoster(w.roster)
	if err != nil {
		s.Failf("%v", err)
	}
	list, findings, err := r.Sessions(date, date, w.calendar, shanghai)
	if err != nil {
		s.Failf("%v", err)
	}
	var lines []string
	for _, x := range list {
		_, err := w.desk.Open(now, x, t)
		lines = append(lines, fmt.Sprintf("%s release=%s close=%s", w.told(s, x.ID, err), storyTime(t.Release), storyTime(t.Close)))
	}
	for _, f := range findings {
		lines = append(lines, "finding: "+f.String())
	}
	if len(lines) == 0 {
		return "no session"
	}
	return strings.Join(lines, "\n")
}

package slots_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// naive draws up a roster as a person would with a calendar on the wall, in UTC: day by day, minute by minute, from the configuration.
// It knows the documentation and nothing of the package: no index, no layout, no order of work.
type naive struct {
	config   slots.RosterConfig
	calendar slots.CalendarConfig
	loc      *time.Location // of the windows; sessions are in UTC

	sessions []slots.Session
	findings []slots.Finding
	occupied map[string][]occupied // by "resource P1" or "room east/1"
}

// occupied is a stretch, in minutes since the calendar began, in which a session needs something.
type occupied struct {
	from, to int
	session  string
}

// line of supply: a rule, or an extra session as a rule of one date.
type supply struct {
	slots.Rule
	extra slots.Date
}

func (n *naive) supplies() (list []supply) {
	for _, r := range n.config.Rules {
		list = append(list, supply{Rule: r})
	}
	for _, x := range n.config.Extras {
		list = append(list, supply{slots.Rule{ID: x.ID, Line: x.Line, Resources: x.Resources, Part: x.Part, Start: x.Start,
			Minutes: x.Minutes, Cut: x.Cut, Blocks: x.Blocks, Holidays: slots.OpenOnHolidays}, x.Date})
	}
	return list
}

// generate makes what is held from first to last, and what there is to find.
func (n *naive) generate(first, last slots.Date) {
	n.occupied = map[string][]occupied{}
	for _, s := range n.supplies() {
		for _, d := range slices.Compact(slices.SortedFunc(slices.Values(s.Dates), slots.Date.Compare)) {
			if held, _ := n.held(s, d); !held && d.Compare(first) >= 0 && d.Compare(last) <= 0 {
				n.find(slots.Finding{Kind: slots.ListedNotHeld, Date: d, Session: s.ID + "/" + d.String()})
			}
		}
		unused := []slots.Finding{} // with the session's start in At
		for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
			if v := n.revisionOf(s.ID, d); v.To.IsValid() {
				continue // held on another day
			}
			n.hold(s, d, d, &unused)
		}
		for _, v := range n.config.Revisions {
			if v.Rule == s.ID && v.To.IsValid() && v.To.Compare(first) >= 0 && v.To.Compare(last) <= 0 {
				n.hold(s, v.Date, v.To, &unused)
			}
			if v.Rule == s.ID && v.Date.Compare(first) >= 0 && v.Date.Compare(last) <= 0 {
				f := slots.Finding{Kind: slots.IdleRevision, Date: v.Date, Session: s.ID + "/" + v.Date.String()}
				if held, _ := n.held(s, v.Date); !held {
					n.find(f)
				} else if v.To.IsValid() && (v.To.Compare(first) < 0 || v.To.Compare(last) > 0) {
					f.Kind, f.Date = slots.MovedOut, v.To
					n.find(f)
				}
			}
		}
		if len(unused) > 0 { // once per rule in a range: the first
			f := slices.MinFunc(unused, func(a, b slots.Finding) int {
				return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Session, b.Session))
			})
			f.At = 0
			n.find(f)
		}
	}
	n.askCalendar(first, last)
	slices.SortFunc(n.sessions, func(a, b slots.Session) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(n.findings, slots.Finding.Compare)
}

func (n *naive) find(f slots.Finding) { n.findings = append(n.findings, f) }

func (n *naive) revisionOf(rule string, d slots.Date) slots.Revision {
	for _, v := range n.config.Revisions {
		if v.Rule == rule && v.Date == d {
			return v
		}
	}
	return slots.Revision{}
}

// dayKind reads the notices from end to end.
func (n *naive) dayKind(d slots.Date) slots.DayKind {
	for _, day := range n.calendar.Days {
		if day.Date == d {
			return day.Kind
		}
	}
	switch year, _, _ := d.Civil(); {
	case !slices.Contains(n.calendar.Years, year):
		return slots.UnknownDay
	case slices.Contains(n.calendar.Weekend, d.Weekday()):
		return slots.RestDay
	}
	return slots.WorkingDay
}

// askCalendar finds days that are not decided, if somebody keeps the calendar.
func (n *naive) askCalendar(first, last slots.Date) {
	if !slices.ContainsFunc(n.config.Rules, func(r slots.Rule) bool { return r.Holidays != slots.OpenOnHolidays }) {
		return
	}
	told := map[int]bool{}
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		year, _, _ := d.Civil()
		switch kind := n.dayKind(d); {
		case kind == slots.UnknownDay && !told[year]:
			told[year] = true
			n.find(slots.Finding{Kind: slots.UnknownYear, Date: d})
		case kind == slots.MakeUp && !slices.ContainsFunc(n.config.Follows, func(f slots.Follow) bool { return f.Date == d }):
			n.find(slots.Finding{Kind: slots.MakeUpUndecided, Date: d})
		case kind == slots.Holiday && slices.ContainsFunc(n.config.Follows, func(f slots.Follow) bool { return f.Date == d }):
			n.find(slots.Finding{Kind: slots.IdleFollow, Date: d})
		}
	}
}

// held says whether a line of supply was to be held on d, and whether in its hours for holidays.
func (n *naive) held(s supply, d slots.Date) (held, holiday bool) {
	if s.extra.IsValid() {
		return s.extra == d, false
	}
	if slices.Contains(s.Closed, d) || s.From.IsValid() && d.Before(s.From) || s.Until.IsValid() && s.Until.Before(d) {
		return false, false
	}
	own := naiveOn(s.Repeat, d) || slices.Contains(s.Dates, d)
	if s.Holidays == slots.OpenOnHolidays {
		return own, false
	}
	if n.dayKind(d) == slots.Holiday {
		return own && s.Holidays == slots.OtherHoursOnHolidays, true
	}
	for _, f := range n.config.Follows {
		if f.Date == d {
			return slices.Contains(s.Dates, d) || naiveFollows(s.Repeat, d, f), false
		}
	}
	return own, false
}

// naiveFollows says whether a Repeat is held on d, that runs another day's timetable.
func naiveFollows(r slots.Repeat, d slots.Date, f slots.Follow) bool {
	if r.Unit == slots.CountDays || r.MonthDays != 0 {
		return naiveOn(r, d) // what is counted in days, or by the day of the month, goes by its own date
	}
	if f.Of.IsValid() {
		return naiveOn(r, f.Of)
	}
	monday := d
	for monday.Weekday() != slots.Monday {
		monday = monday.AddDays(-1)
	}
	return naiveOn(r, monday.AddDays(int(f.Weekday)-1))
}

// naiveOn judges a date as a person would who counts on a wall calendar.
func naiveOn(r slots.Repeat, date slots.Date) bool {
	day := func(d slots.Date) time.Time {
		y, m, dd := d.Civil()
		return time.Date(y, time.Month(m), dd, 0, 0, 0, 0, time.UTC)
	}
	d := day(date)
	if r.Weekdays == 0 && r.MonthDays == 0 || r.Weekdays != 0 && !r.Weekdays.Has(date.Weekday()) {
		return false
	}
	if r.Months != 0 && !r.Months.Has(int(d.Month())) {
		return false
	}
	lastOfMonth := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if r.MonthDays != 0 && !r.MonthDays.Has(d.Day()) && !r.MonthDays.Has(d.Day()-lastOfMonth-1) {
		return false
	}
	if r.Nth != 0 {
		before, after := 1, 1
		for x := d.AddDate(0, 0, -7); x.Month() == d.Month(); x = x.AddDate(0, 0, -7) {
			before++
		}
		for x := d.AddDate(0, 0, 7); x.Month() == d.Month(); x = x.AddDate(0, 0, 7) {
			after++
		}
		if !r.Nth.Has(before) && !r.Nth.Has(-after) {
			return false
		}
	}
	if _, week := d.ISOWeek(); r.Parity != slots.AnyWeek && (week%2 == 1) != (r.Parity == slots.OddWeeks) {
		return false
	}
	if r.Every == 0 {
		return true
	}
	a := day(r.Anchor)
	apart := 0
	switch r.Unit {
	case slots.CountDays:
		apart = int(d.Sub(a).Hours()) / 24
	case slots.CountWeeks:
		begin := func(x time.Time) time.Time {
			for (int(x.Weekday())+6)%7+1 != max(1, int(r.WeekStart)) {
				x = x.AddDate(0, 0, -1)
			}
			return x
		}
		apart = int(begin(d).Sub(begin(a)).Hours()) / 24 / 7
	case slots.CountMonths:
		apart = (d.Year()-a.Year())*12 + int(d.Month()) - int(a.Month())
	case slots.CountYears:
		apart = d.Year() - a.Year()
	}
	return apart%r.Every == 0
}

// hold makes the session planned for a date on the day that it is held on.
func (n *naive) hold(s supply, planned, on slots.Date, unused *[]slots.Finding) {
	held, holiday := n.held(s, planned)
	if !held {
		return
	}
	hours, cut, line := slots.Hours{Start: s.Start, Minutes: s.Minutes}, s.Cut, s.Line
	if holiday {
		hours = s.HolidayHours
	}
	v := n.revisionOf(s.ID, planned)
	if v.Hours != (slots.Hours{}) {
		hours = v.Hours
	}
	if v.Cut != (slots.Cut{}) {
		cut = v.Cut
	}
	if v.Site != "" {
		line.Site = v.Site
	}
	if v.Room != "" {
		line.Room = v.Room
	}
	part := s.Part
	if v.Part != "" {
		part = v.Part
	}
	resources, doubled := n.substituted(s, on, &line)
	x := slots.Session{ID: s.ID + "/" + planned.String(), Rule: s.ID, Line: line, Resources: resources, Date: on, Part: part,
		Start: atMinute(on, hours.Start.Minutes()), Minutes: hours.Minutes, Counted: cut.Kind == slots.CountedNumbers}
	marks, unusedMinutes := naiveCut(cut, s.Blocks, hours)
	if len(marks) == 0 {
		n.find(slots.Finding{Kind: slots.NothingFits, Date: on, Session: x.ID, Count: hours.Minutes})
		return
	}
	if unusedMinutes > 0 {
		*unused = append(*unused, slots.Finding{Kind: slots.UnusedMinutes, Date: on, Session: x.ID, At: x.Start, Count: unusedMinutes})
	}
	if numbers := 0; cut.Kind == slots.PackedNumbers && cut.Numbers > 0 {
		for _, m := range marks {
			if !m.block {
				numbers++
			}
		}
		if numbers < cut.Numbers {
			n.find(slots.Finding{Kind: slots.FewerNumbers, Date: on, Session: x.ID, Count: cut.Numbers - numbers})
		}
	}
	if doubled != "" {
		n.find(slots.Finding{Kind: slots.DoubledSubstitute, Date: on, Session: x.ID, Resource: doubled})
	}
	away, all := n.away(s.ID, resources, line, on, hours)
	taken, kept := 0, []mark{}
	for m := range hours.Minutes { // a counted session goes only if no minute of it is left
		if away[m] {
			taken++
		}
	}
	for _, m := range marks {
		gone := slices.Contains(away[m.from:m.from+m.minutes], true)
		if x.Counted {
			gone = taken == hours.Minutes
		}
		if !gone && !all {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		n.find(slots.Finding{Kind: slots.Emptied, Date: on, Session: x.ID, Count: len(marks)})
		return
	}
	if x.Counted && taken > 0 {
		n.find(slots.Finding{Kind: slots.CountedPartLeave, Date: on, Session: x.ID, Count: 1})
	}
	for _, m := range kept {
		x.Slots = append(x.Slots, slots.Slot{Start: x.Start.AddMinutes(m.from), Minutes: m.minutes, Capacity: m.capacity, Visit: m.visit})
		if m.from = m.from + int(on.Number())*1440 + hours.Start.Minutes(); x.Counted {
			m.minutes, m.buffer = hours.Minutes, 0
		}
		needs := []string{}
		for _, r := range resources {
			needs = append(needs, "resource clash "+r)
		}
		if line.Room != "" && line.Site != "" {
			needs = append(needs, "room clash "+line.Site+"/"+line.Room)
		} else if line.Room != "" {
			needs = append(needs, "room clash "+line.Room)
		}
		for _, name := range needs {
			n.occupied[name] = append(n.occupied[name], occupied{m.from, m.from + m.minutes + m.buffer, x.ID})
		}
	}
	n.sessions = append(n.sessions, x)
}

func atMinute(d slots.Date, minute int) slots.Instant {
	return slots.Instant(time.Date(1, 1, int(d.Number()), 0, minute, 0, 0, time.UTC).Unix())
}

// substituted is who is needed on a day. Of two substitutes with grades the one for the last resource by name gives the grade.
func (n *naive) substituted(s supply, on slots.Date, line *slots.Line) (names []string, doubled string) {
	for _, r := range slices.Sorted(slices.Values(s.Resources)) {
		by := slots.Substitute{By: r}
		for _, x := range n.config.Substitutes {
			if x.Resource == r && on.Compare(x.From) >= 0 && on.Compare(x.Until) <= 0 && (x.Rule == s.ID || x.Rule == "" && by.Rule == "") {
				by = x
			}
		}
		if by.Grade != slots.NoGrade {
			line.Grade = by.Grade
		}
		if by.Fee != "" {
			line.Fee = by.Fee
		}
		if !slices.Contains(names, by.By) {
			names = append(names, by.By)
		} else {
			doubled = max(doubled, by.By)
		}
	}
	slices.Sort(names)
	return names, doubled
}

// away marks the minutes of a session in which its rule or somebody whom it needs is on leave or its place is closed; all: on leave all day.
func (n *naive) away(rule string, resources []string, line slots.Line, on slots.Date, hours slots.Hours) (away []bool, all bool) {
	away = make([]bool, hours.Minutes)
	mark := func(from, until slots.Date, start, end slots.Clock) {
		if start == (slots.Clock{}) && end == (slots.Clock{}) {
			all = all || from.Compare(on) <= 0 && on.Compare(until) <= 0
			return
		}
		for m := range away {
			minute := hours.Start.Minutes() + m
			day, clock := on.AddDays(minute/1440), minute%1440
			if from.Compare(day) <= 0 && day.Compare(until) <= 0 && start.Minutes() <= clock && clock < end.Minutes() {
				away[m] = true
			}
		}
	}
	for _, l := range n.config.Leaves {
		if l.Rule == rule || slices.Contains(resources, l.Resource) {
			mark(l.From, l.Until, l.Start, l.End)
		}
	}
	for _, c := range n.config.Closures {
		if c.Site == line.Site && (c.Department == "" || c.Department == line.Department) {
			if c.Start == c.End { // all day, by the clock
				c.End = slots.MustClock("24:00")
			}
			mark(c.From, c.Until, c.Start, c.End)
		}
	}
	return away, all
}

func TestSessionsAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldIn(t, time.UTC)
		w.last = w.first.AddDays(min(w.last.Sub(w.first), rapid.IntRange(0, 40).Draw(t, "days")))
		sessions, findings := generate(t, w, w.config, w.first, w.last)
		n := naive{config: w.config, calendar: w.days}
		n.generate(w.first, w.last)
		require.Equal(t, len(n.sessions), len(sessions))
		for i := range n.sessions {
			if len(n.sessions[i].Resources) == 0 {
				n.sessions[i].Resources = sessions[i].Resources[:0] // nil or empty: all the same
			}
			require.Equal(t, n.sessions[i], sessions[i])
		}
		findings = slices.DeleteFunc(findings, func(f slots.Finding) bool {
			return f.Kind == slots.ResourceClash || f.Kind == slots.RoomClash
		})
		require.ElementsMatch(t, n.findings, findings)
	})
}

package slots_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// wall is what the clocks of a zone show, minute by minute over some weeks: walls[i] in minutes since the calendar began, at from + i minutes;
// latest[i] is the latest time that they have shown until then, and often[m] how many times they show minute base + m.
type wall struct {
	from          slots.Instant
	base          int
	walls, latest []int
	often         []uint8
}

func walkClocks(around slots.Date, before, after int, loc *time.Location) wall {
	y, m, d := around.Civil()
	t := time.Date(y, time.Month(m), d-before, 0, 0, 0, 0, time.UTC).Add(-27 * time.Hour)
	minutes := (before + after + 3) * 1440
	w := wall{from: slots.InstantOf(t), base: int(around.AddDays(-before-3).Number()) * 1440, often: make([]uint8, minutes+4*1440),
		walls: make([]int, 0, minutes), latest: make([]int, 0, minutes)}
	day, number := 0, 0
	for range minutes {
		at := t.In(loc) // (Clock and YearDay are quick; Format is not)
		h, minute, _ := at.Clock()
		if at.YearDay() != day {
			day = at.YearDay()
			y, m, d := at.Date()
			date, err := slots.NewDate(y, int(m), d)
			if err != nil {
				panic(err)
			}
			number = int(date.Number())
		}
		shown := number*1440 + h*60 + minute
		w.walls = append(w.walls, shown)
		w.often[shown-w.base]++
		if n := len(w.latest); n > 0 {
			shown = max(shown, w.latest[n-1])
		}
		w.latest = append(w.latest, shown)
		t = t.Add(time.Minute)
	}
	return w
}

// first is the first moment at which the clocks show that minute of a date or a later one.
func (w *wall) first(d slots.Date, minute int) slots.Instant {
	i, _ := slices.BinarySearch(w.latest, int(d.Number())*1440+minute)
	return w.from + slots.Instant(i)*60
}

// naiveWindows resolves a Release minute by minute.
type naiveWindows struct {
	wall
	release  slots.Release
	calendar naive
	session  slots.Session
}

func (n *naiveWindows) at(a slots.Ahead) slots.Instant {
	d := n.session.Date
	for left := a.Days; left > 0; {
		d = d.AddDays(-1)
		switch kind := n.calendar.dayKind(d); {
		case a.Unit == slots.WorkingDays && kind != slots.WorkingDay && kind != slots.MakeUp:
		case a.Unit == slots.DaysExceptHolidays && kind == slots.Holiday:
		default:
			left--
		}
	}
	return n.first(d, a.At.Minutes())
}

// spans is when a class may book.
func (n *naiveWindows) spans(class string, out, end slots.Instant) (list []string) {
	r := &n.release
	for _, c := range r.Classes {
		if c.Class == class {
			out = max(out, n.at(c.At))
		}
	}
	type stretch struct{ from, to slots.Instant }
	var closed []stretch
	for _, p := range r.Pauses {
		closed = append(closed, stretch{n.at(p.From), n.at(p.To)})
	}
	opens := func(o slots.Hours, d slots.Date) stretch {
		return stretch{n.first(d, o.Start.Minutes()), n.first(d, o.Start.Minutes()+o.Minutes)}
	}
	// today lists, for each line of hours that binds on d, when it is open; none at all on a holiday that it keeps.
	today := func(d slots.Date) (lines [][]stretch) {
		for _, h := range r.Hours {
			switch {
			case h.Class != "" && h.Class != class:
			case h.SameDay && d != n.session.Date:
			case h.ClosedOnHolidays && n.calendar.dayKind(d) == slots.Holiday || h.Weekdays != 0 && !h.Weekdays.Has(d.Weekday()):
				lines = append(lines, nil)
			default:
				var line []stretch
				for _, o := range h.Open {
					line = append(line, opens(o, d))
				}
				lines = append(lines, line)
			}
		}
		return lines
	}
	in := func(at slots.Instant, list []stretch) bool {
		return slices.ContainsFunc(list, func(s stretch) bool { return at >= s.from && at < s.to })
	}
	var from slots.Instant
	d := slots.DateOf(out, n.calendar.loc).AddDays(-2)
	midnight, lines := slots.Instant(0), [][]stretch(nil) // the next, and the hours of d
	for at := out; at <= end; at += 60 {
		for midnight <= at {
			d = d.AddDays(1)
			midnight, lines = n.first(d.AddDays(1), 0), today(d)
		}
		is := at < end && !in(at, closed) && !slices.ContainsFunc(lines, func(line []stretch) bool { return !in(at, line) })
		if is && from == 0 {
			from = at
		}
		if !is && from != 0 {
			list = append(list, fmt.Sprint(from, " to ", at))
			from = 0
		}
	}
	return list
}

func TestWindowsAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := slotstest.ZoneName().Draw(t, "zone")
		loc, err := time.LoadLocation(name)
		require.NoError(t, err)
		date := slots.DateOf(slots.MustInstant("2026-10-20T00:00:00Z"), loc)
		if changes := changesOfClocks(loc); len(changes) > 0 { // within some days after a change of the clocks
			date = slots.DateOf(slots.InstantOf(rapid.SampledFrom(changes).Draw(t, "change")), loc)
		}
		date = date.AddDays(rapid.IntRange(-1, 6).Draw(t, "days after"))
		year, _, _ := date.Civil()
		n := naiveWindows{release: slotstest.Release().Draw(t, "release"), wall: walkClocks(date, 24, 4, loc)}
		n.calendar.loc = loc
		n.calendar.calendar = slots.CalendarConfig{Years: []int{year - 1, year, year + 1}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday}}
		for _, d := range rapid.SliceOfNDistinct(rapid.IntRange(-12, 1), 0, 6, rapid.ID[int]).Draw(t, "holidays") {
			n.calendar.calendar.Days = append(n.calendar.calendar.Days, slots.CalendarDay{Date: date.AddDays(d), Kind: slots.Holiday, Name: "节"})
		}
		calendar, err := slots.NewCalendar(n.calendar.calendar)
		require.NoError(t, err)
		start := rapid.IntRange(0, 1439).Draw(t, "start")
		n.session = slots.Session{ID: "S", Date: date, Start: n.first(date, start), Minutes: 120}
		for i := range rapid.IntRange(1, 4).Draw(t, "slots") {
			n.session.Slots = append(n.session.Slots, slots.Slot{Start: n.session.Start.AddMinutes(30 * i), Minutes: 30,
				Capacity: rapid.IntRange(1, 9).Draw(t, "capacity")})
		}
		got, err := n.release.Windows(&n.session, calendar, loc)
		if err != nil { // a holiday may lie where the walk does not reach; nothing else may fail
			var unknown *slots.UnknownYearError
			require.ErrorAs(t, err, &unknown)
			return
		}

		// What is out at each moment: the share of the last stage that is past, and of all before it.
		var moments []slots.Instant
		latest := slots.Instant(0)
		units := map[slots.Instant]int{}
		for _, stage := range n.release.Stages {
			latest = max(latest, n.at(stage.At))
			before := 0
			for _, u := range units {
				before = max(before, u)
			}
			out := n.session.Units() * stage.Percent / 100
			if out == before {
				continue // no whole unit more
			}
			if len(moments) == 0 || moments[len(moments)-1] != latest {
				moments = append(moments, latest)
			}
			units[latest] = out
		}
		require.Len(t, got.Out, len(moments))
		for i, o := range got.Out {
			require.Equal(t, slots.Outlet{At: moments[i], Units: units[moments[i]]}, o)
			if i > 0 {
				require.Greater(t, o.At, got.Out[i-1].At)
				require.GreaterOrEqual(t, o.Units, got.Out[i-1].Units, "units rise")
			}
		}
		require.Equal(t, n.session.Units(), got.Out[len(got.Out)-1].Units, "to the total")

		end := n.session.Start.AddMinutes(n.session.Minutes)
		if n.release.Close != (slots.Ahead{}) {
			end = n.at(n.release.Close)
		}
		require.Equal(t, end, got.Close)
		for _, x := range []struct {
			a   slots.Ahead
			got slots.Instant
		}{{n.release.CancelBy, got.CancelBy}, {n.release.CheckInBy, got.CheckInBy}} {
			if x.a == (slots.Ahead{}) {
				require.Zero(t, x.got)
			} else {
				require.Equal(t, n.at(x.a), x.got)
			}
		}
		for _, class := range []string{"", "app", "window", "elderly"} {
			var spans []string
			for _, s := range got.Of(class) {
				spans = append(spans, fmt.Sprint(s.From(), " to ", s.To()))
			}
			require.Equal(t, n.spans(class, got.Out[0].At, end), spans, "class %q", class)
		}
		require.Equal(t, got.Of(""), got.Of("nobody's"), "a class that is not named goes by everyone's")
	})
}

// changesOfClocks lists the changes of a zone from 1980 to 2037.
func changesOfClocks(loc *time.Location) (list []time.Time) {
	until := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	at := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC).In(loc)
	for {
		_, at = at.ZoneBounds()
		if at.IsZero() || at.After(until) {
			return list
		}
		list = append(list, at)
	}
}

func TestWindowsRefusals(t *testing.T) {
	day := slots.MustDate("2027-01-04")
	s := slots.Session{ID: "S", Date: day, Start: slots.MustInstant("2027-01-04T08:00:00+08:00"), Minutes: 60,
		Slots: []slots.Slot{{Start: slots.MustInstant("2027-01-04T08:00:00+08:00"), Minutes: 60, Capacity: 3}}}
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	require.NoError(t, err)
	good := func() slots.Release {
		return slots.Release{Stages: []slots.Stage{{At: slots.Ahead{Days: 7, Unit: slots.CalendarDays, At: slots.MustClock("07:00")}, Percent: 100}}}
	}
	r := good()
	_, err = r.Windows(&s, calendar, shanghai)
	require.NoError(t, err, "calendar days do not ask the calendar")
	working := slots.Ahead{Days: 1, Unit: slots.WorkingDays}
	for want, spoil := range map[string]func(*slots.Release){
		"Stages 0: want 1 to 8":                                             func(r *slots.Release) { r.Stages = nil },
		"Stages 9: want 1 to 8":                                             func(r *slots.Release) { r.Stages = make([]slots.Stage, 9) },
		"Stages[0].At.Unit 0: want":                                         func(r *slots.Release) { r.Stages[0].At = slots.Ahead{} },
		"Stages[0].Percent 0: want 1 to 100":                                func(r *slots.Release) { r.Stages[0].Percent = 0 },
		"Stages[0].Percent 99: want 100 at the last stage":                  func(r *slots.Release) { r.Stages[0].Percent = 99 },
		"Stages[1].Percent 100: want more than the 100 of the stage before": func(r *slots.Release) { r.Stages = append(r.Stages, r.Stages[0]) },
		"Stages[1].Percent 50: want more than the 50":                       func(r *slots.Release) { r.Stages[0].Percent = 50; r.Stages = append(r.Stages, r.Stages[0]) },
		"Classes 33: want 0 to 32":                                          func(r *slots.Release) { r.Classes = make([]slots.ClassOpening, 33) },
		`Classes[0].Class "": missing`:                                      func(r *slots.Release) { r.Classes = []slots.ClassOpening{{At: working}} },
		`Classes[1].Class "app": twice`:                                     func(r *slots.Release) { r.Classes = []slots.ClassOpening{{"app", working}, {"app", working}} },
		"Classes[0].At.Days 401: want 0 to 400":                             func(r *slots.Release) { r.Classes = []slots.ClassOpening{{"app", slots.Ahead{Days: 401, Unit: 1}}} },
		"Pauses 33: want 0 to 32":                                           func(r *slots.Release) { r.Pauses = make([]slots.Pause, 33) },
		"Pauses[0].To.Unit 0: want":                                         func(r *slots.Release) { r.Pauses = []slots.Pause{{From: working}} },
		"Hours 33: want 0 to 32":                                            func(r *slots.Release) { r.Hours = make([]slots.PoolHours, 33) },
		"Hours[0].Open 0: want 1 to 32":                                     func(r *slots.Release) { r.Hours = make([]slots.PoolHours, 1) },
		`Hours[0].Class " ": space`:                                         func(r *slots.Release) { r.Hours = []slots.PoolHours{{Class: " "}} },
		"Hours[0].Open[0].Minutes 0: want 1 to 1440":                        func(r *slots.Release) { r.Hours = []slots.PoolHours{{Open: make([]slots.Hours, 1)}} },
		"Hours[0].Open[0]: 23:00 and 61 minutes: past midnight": func(r *slots.Release) {
			r.Hours = []slots.PoolHours{{Open: []slots.Hours{{slots.MustClock("23:00"), 61}}}}
		},
		"Open[1] from 00:30: overlaps Open[0] from 00:00": func(r *slots.Release) {
			r.Hours = []slots.PoolHours{{Open: []slots.Hours{{slots.Clock{}, 60}, {slots.MustClock("00:30"), 60}}}}
		},
		"Stages[1].At 2 calendar days ahead at 00:00: want it after that of the stage before, 1 calendar days ahead": func(r *slots.Release) {
			r.Stages = []slots.Stage{{slots.Ahead{Days: 1, Unit: 1}, 10}, {slots.Ahead{Days: 2, Unit: 1}, 100}}
		},
		"Close 9 calendar days ahead at 00:00: not after the first stage, 9 calendar days ahead at 00:00": func(r *slots.Release) {
			r.Stages, r.Close = []slots.Stage{{slots.Ahead{Days: 9, Unit: 1}, 100}}, slots.Ahead{Days: 9, Unit: 1}
		},
		"Pauses[0].To 2 calendar days ahead at 00:00: want it after From 1 calendar days ahead at 17:00": func(r *slots.Release) {
			r.Pauses = []slots.Pause{{slots.Ahead{Days: 1, Unit: 1, At: slots.MustClock("17:00")}, slots.Ahead{Days: 2, Unit: 1}}}
		},
		"Hours[0].Weekdays 8: want Monday (1) to Sunday (7)": func(r *slots.Release) {
			r.Hours = []slots.PoolHours{{Open: []slots.Hours{{slots.Clock{}, 60}}, Weekdays: slots.WeekdaysOf(8)}}
		},
		"Close.Unit 9: want":                                        func(r *slots.Release) { r.Close = slots.Ahead{Unit: 9} },
		"LeadMinutes 20161: want 0 to 20160":                        func(r *slots.Release) { r.LeadMinutes = slots.MaxLeadMinutes + 1 },
		"CancelLeadMinutes -1: want 0 to 20160":                     func(r *slots.Release) { r.CancelLeadMinutes = -1 },
		"CancelLeadMinutes 5: with CancelBy; want one of the two":   func(r *slots.Release) { r.CancelBy, r.CancelLeadMinutes = working, 5 },
		"CheckInLeadMinutes 5: with CheckInBy; want one of the two": func(r *slots.Release) { r.CheckInBy, r.CheckInLeadMinutes = working, 5 },
		`CancelBy of "S": calendar of 2027 is not known`:            func(r *slots.Release) { r.CancelBy = working },
		`Pauses[0].From of "S": calendar of 2027 is not known`:      func(r *slots.Release) { r.Pauses = []slots.Pause{{working, slots.Ahead{Unit: slots.CalendarDays}}} },
		`Classes app of "S": calendar of 2027 is not known`:         func(r *slots.Release) { r.Classes = []slots.ClassOpening{{"app", working}} },
		`Hours of "S": calendar of 2027 is not known, needed for 2027-0`: func(r *slots.Release) {
			r.Hours = []slots.PoolHours{{Open: []slots.Hours{{slots.Clock{}, 60}}, ClosedOnHolidays: true}}
		},
	} {
		r := good()
		spoil(&r)
		w, err := r.Windows(&s, calendar, shanghai)
		require.ErrorContains(t, err, want)
		require.Zero(t, w)
	}
	_, err = r.Windows(&s, calendar, nil)
	require.Error(t, err, "no location")
	empty := slots.Session{}
	_, err = r.Windows(&empty, calendar, shanghai)
	require.Error(t, err, "no date")
}

// Stages of one moment are one; a stage that would come before an earlier one waits for it.
func TestStagesThatMeet(t *testing.T) {
	at := func(days int, unit slots.DayUnit) slots.Ahead {
		return slots.Ahead{Days: days, Unit: unit, At: slots.MustClock("07:00")}
	}
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	require.NoError(t, err)
	start := slots.MustInstant("2026-11-23T08:00:00+08:00")
	s := slots.Session{ID: "S", Date: slots.MustDate("2026-11-23"), Start: start, Minutes: 60, Slots: []slots.Slot{{Start: start, Minutes: 60, Capacity: 10}}}
	for _, c := range []struct {
		days [3]int
		want string
	}{
		{[3]int{7, 3, 1}, "[{2026-11-15T23:00:00Z 2} {2026-11-19T23:00:00Z 5} {2026-11-21T23:00:00Z 10}]"},
		{[3]int{7, 7, 1}, "[{2026-11-15T23:00:00Z 5} {2026-11-21T23:00:00Z 10}]"},
		{[3]int{3, 7, 1}, "[{2026-11-19T23:00:00Z 5} {2026-11-21T23:00:00Z 10}]"},
		{[3]int{3, 7, 7}, "[{2026-11-19T23:00:00Z 10}]"},
	} {
		r := slots.Release{Stages: []slots.Stage{{At: at(c.days[0], slots.CalendarDays), Percent: 20},
			{At: at(c.days[1], slots.DaysExceptHolidays), Percent: 50}, {At: at(c.days[2], slots.CalendarDays), Percent: 100}}}
		w, err := r.Windows(&s, calendar, shanghai)
		require.NoError(t, err)
		require.Equal(t, c.want, fmt.Sprint(w.Out))
	}
}

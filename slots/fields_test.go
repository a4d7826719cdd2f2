package slots_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// everyField is a configuration in which each field of each struct could matter.
type everyField struct {
	roster   slots.RosterConfig
	calendar slots.CalendarConfig
	releases []slots.Release
	session  slots.Session // of the windows
}

func everything() everyField {
	day := slots.MustDate
	line := slots.Line{Department: "d", Service: "s", Site: "east", Room: "1", Kind: slots.General, Grade: slots.Chief, Fee: "F"}
	rule := slots.Rule{ID: "R", Line: line, Resources: []string{"P1"}, Repeat: slots.EveryWeeks(2, day("2026-11-22"), slots.Sunday, slots.Monday),
		Dates: []slots.Date{day("2026-12-05")}, Part: "am", Start: slots.MustClock("08:00"), Minutes: 120, Cut: slots.Even(20, 2).With(10).For(slots.FirstVisit),
		Blocks:   []slots.Block{{Start: slots.MustClock("09:00"), Minutes: 30, Cut: slots.Packed(15, 2, 3)}},
		Holidays: slots.OtherHoursOnHolidays, HolidayHours: slots.Hours{Start: slots.MustClock("10:00"), Minutes: 60},
		From: day("2026-11-09"), Until: day("2026-12-20"), Closed: []slots.Date{day("2026-12-07")}}
	rule.Repeat.WeekStart = slots.Sunday
	months := rule
	months.ID, months.Resources, months.Holidays, months.HolidayHours = "M", []string{"P2"}, slots.OpenOnHolidays, slots.Hours{}
	months.Repeat = slots.NthOfMonth(slots.Monday, 4)
	months.Repeat.MonthDays, months.Repeat.Months, months.Repeat.Parity = slots.MonthDaysOf(22, 23, 28), slots.MonthsOf(11, 12), slots.EvenWeeks
	months.Cut = slots.Mixed(slots.Step{Minutes: 20, Capacity: 1, Visit: slots.FirstVisit}, slots.Step{Minutes: 10, Capacity: 2, Visit: slots.FollowUp})
	months.Blocks = []slots.Block{{Start: slots.MustClock("08:30"), Minutes: 10}}
	x := slots.Extra{ID: "X", Line: line, Resources: []string{"P3"}, Date: day("2026-11-25"), Part: "pm", Start: slots.MustClock("14:00"), Minutes: 60,
		Cut: slots.Even(20, 1), Blocks: []slots.Block{{Start: slots.MustClock("14:20"), Minutes: 20}}}
	// Names that end in 2 are what references are changed to.
	second := rule
	second.ID, second.Line.Site, second.Resources = "R2", "east2", nil
	second.Repeat, second.Holidays, second.HolidayHours = slots.EveryWeeks(2, day("2026-11-22"), slots.Monday), slots.OpenOnHolidays, slots.Hours{}
	y := x
	y.ID, y.Line.Department, y.Resources = "X2", "d2", []string{"P12", "P3", "P32", "S1", "S12"}
	at := func(days int, clock string) slots.Ahead {
		return slots.Ahead{Days: days, Unit: slots.CalendarDays, At: slots.MustClock(clock)}
	}
	start := slots.MustInstant("2026-11-23T08:00:00Z")
	return everyField{
		roster: slots.RosterConfig{Rules: []slots.Rule{rule, months, second}, Extras: []slots.Extra{x, y},
			Revisions: []slots.Revision{{Rule: "R", Date: day("2026-11-23"), To: day("2026-11-24"), Hours: slots.Hours{Start: slots.MustClock("09:00"), Minutes: 90},
				Site: "west", Room: "7", Cut: slots.Even(30, 3)}},
			Substitutes: []slots.Substitute{{Rule: "X", Resource: "P3", By: "S1", From: day("2026-11-25"), Until: day("2026-11-25"), Grade: slots.Resident},
				{Resource: "P1", By: "S2", From: day("2026-11-22"), Until: day("2026-12-05")}},
			Leaves: []slots.Leave{{Rule: "M", From: day("2026-11-23"), Until: day("2026-11-23"), Start: slots.MustClock("08:00"), End: slots.MustClock("08:20")},
				{Rule: "R", From: day("2026-11-22"), Until: day("2026-12-05"), Start: slots.MustClock("08:00"), End: slots.MustClock("08:20")},
				{Resource: "S1", From: day("2026-11-25"), Until: day("2026-11-25"), Start: slots.MustClock("14:40"), End: slots.MustClock("15:00")}},
			Closures: []slots.Closure{{Site: "east", Department: "d", From: day("2026-12-05"), Until: day("2026-12-05"),
				Start: slots.MustClock("08:30"), End: slots.MustClock("08:50")}},
			Follows: []slots.Follow{{Date: day("2026-12-01"), Weekday: slots.Sunday}, {Date: day("2026-12-09"), Of: day("2026-12-06")}}},
		calendar: slots.CalendarConfig{Years: []int{2026, 2027}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
			Days: []slots.CalendarDay{{Date: day("2026-12-06"), Kind: slots.Holiday, Name: "节"}, {Date: day("2026-11-30"), Kind: slots.Holiday},
				{Date: day("2026-11-21"), Kind: slots.Holiday}}},
		releases: []slots.Release{{Stages: []slots.Stage{{At: at(5, "07:00"), Percent: 60}, {At: at(1, "07:00"), Percent: 100}},
			Classes: []slots.ClassOpening{{Class: "app", At: at(4, "08:00")}}, Pauses: []slots.Pause{{From: at(4, "12:00"), To: at(2, "13:00")}},
			Hours: []slots.PoolHours{{Class: "window", Open: []slots.Hours{{Start: slots.MustClock("07:30"), Minutes: 60}, {Start: slots.MustClock("09:45"), Minutes: 60}},
				SameDay: true, ClosedOnHolidays: true}},
			Close: at(0, "11:00"), LeadMinutes: 30, CancelBy: at(1, "17:00"), CheckInLeadMinutes: 20},
			{Stages: []slots.Stage{{At: at(5, "07:00"), Percent: 100}}, Hours: []slots.PoolHours{{Open: []slots.Hours{{Start: slots.MustClock("06:00"), Minutes: 600}},
				ClosedOnHolidays: true}}, CancelLeadMinutes: 60, CheckInBy: at(0, "07:40")}},
		session: slots.Session{ID: "S", Date: day("2026-11-23"), Start: start, Minutes: 240, Slots: []slots.Slot{{Start: start, Minutes: 240, Capacity: 9}}},
	}
}

// answer is everything that the package makes of e, in text.
func (e *everyField) answer() (string, error) {
	calendar, err := slots.NewCalendar(e.calendar)
	if err != nil {
		return "", err
	}
	roster, err := slots.NewRoster(e.roster)
	if err != nil {
		return "", err
	}
	sessions, findings, err := roster.Sessions(slots.MustDate("2026-11-01"), slots.MustDate("2027-01-31"), calendar, time.UTC)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	text.WriteString(fmt.Sprint(sessions, findings))
	for d := slots.MustDate("2026-11-01"); d.Before(slots.MustDate("2027-02-01")); d = d.AddDays(1) {
		kind, name := calendar.Day(d)
		text.WriteString(kind.String() + name)
	}
	for _, r := range e.releases {
		windows, err := r.Windows(&e.session, calendar, time.UTC)
		if err != nil {
			return "", err
		}
		// The minutes before a slot's own start are for whoever has the slot: the host, or package booking.
		text.WriteString(fmt.Sprint(windows, r.LeadMinutes, r.CancelLeadMinutes, r.CheckInLeadMinutes))
	}
	return text.String(), nil
}

// Each field of each configuration struct matters: some other valid value of it gives another answer. A field that nobody reads fails here, and so does a new
// one that everything does not use or that this test does not know how to change.
func TestEachFieldMatters(t *testing.T) {
	plain := everything()
	want, err := plain.answer()
	require.NoError(t, err)
	known, matters := map[string]bool{}, map[string]bool{}
	for _, c := range []any{slots.RosterConfig{}, slots.CalendarConfig{}, slots.Release{}} {
		knowFields(reflect.TypeOf(c), known)
	}
	for k, n := 0, 1; k < n; k++ {
		e := everything()
		fields := e.fields()
		n = len(fields)
		for alternative := 0; !matters[fields[k].name] && change(fields[k].value, alternative); alternative++ {
			answer, err := e.answer()
			matters[fields[k].name] = err == nil && answer != want
			e = everything()
			fields = e.fields()
		}
	}
	require.Greater(t, len(known), 80)
	idle := []string{}
	for name := range known {
		if !matters[name] {
			idle = append(idle, name)
		}
	}
	slices.Sort(idle)
	require.Empty(t, idle, "could be anything")
}

// knowFields collects Type.Field of everything that a configuration is made of.
func knowFields(of reflect.Type, known map[string]bool) {
	switch {
	case of.Kind() == reflect.Slice || of.Kind() == reflect.Array:
		knowFields(of.Elem(), known)
	case of.Kind() == reflect.Struct && of != reflect.TypeFor[slots.Date]() && of != reflect.TypeFor[slots.Clock]():
		for i := range of.NumField() {
			known[of.Name()+"."+of.Field(i).Name] = true
			knowFields(of.Field(i).Type, known)
		}
	}
}

// field is one place in a configuration.
type field struct {
	name  string // Type.Field
	value reflect.Value
}

func (e *everyField) fields() (list []field) {
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		if name != "" {
			list = append(list, field{name, v})
		}
		switch {
		case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
			for i := range v.Len() {
				walk("", v.Index(i))
			}
			for i := range v.Len() { // dates and numbers of a list are its own
				if k := v.Index(i).Kind(); k != reflect.Struct || v.Index(i).Type() == reflect.TypeFor[slots.Date]() {
					list = append(list, field{name, v.Index(i)})
				}
			}
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[slots.Date]() && v.Type() != reflect.TypeFor[slots.Clock]():
			for i := range v.NumField() {
				walk(v.Type().Name()+"."+v.Type().Field(i).Name, v.Field(i))
			}
		}
	}
	for _, root := range []any{&e.roster, &e.calendar, &e.releases} {
		walk("", reflect.ValueOf(root).Elem())
	}
	return list
}

// change gives a field its n-th other value; false if there are no more.
func change(v reflect.Value, n int) bool {
	offer := func(values ...any) bool {
		if n >= len(values) {
			return false
		}
		v.Set(reflect.ValueOf(values[n]))
		return true
	}
	switch x := v.Interface().(type) {
	case slots.Date:
		return offer(x.AddDays(1), x.AddDays(-1), x.AddDays(7), slots.MustDate("2026-11-30"))
	case slots.Clock:
		return offer(slots.MustClock("08:10"), slots.MustClock("09:30"), slots.MustClock("14:10"), slots.MustClock("14:50"))
	case slots.Weekdays:
		return offer(slots.WeekdaysOf(slots.Tuesday))
	case slots.Ordinals:
		return offer(slots.OrdinalsOf(1), slots.OrdinalsOf(-1))
	case slots.MonthDays:
		return offer(slots.MonthDaysOf(1), slots.MonthDaysOf(24))
	case slots.Months:
		return offer(slots.MonthsOf(1))
	case slots.Hours:
		return offer(slots.Hours{Start: slots.MustClock("08:30"), Minutes: 60})
	case slots.Ahead:
		return offer(slots.Ahead{Days: 3, Unit: slots.CalendarDays, At: slots.MustClock("10:00")})
	case slots.Line:
		return offer(slots.Line{Department: "e", Kind: slots.General})
	case slots.Cut:
		return offer(slots.Even(15, 4))
	case slots.Repeat:
		return offer(slots.Daily())
	}
	switch v.Kind() {
	case reflect.Bool:
		if n == 0 {
			v.SetBool(!v.Bool())
		}
		return n == 0
	case reflect.String:
		if n == 0 {
			v.SetString(v.String() + "2")
		}
		return n == 0
	case reflect.Int, reflect.Int16:
		by := []int64{1, -1, 5, -5, 10, -10}
		if n < len(by) {
			v.SetInt(v.Int() + by[n])
		}
		return n < len(by)
	case reflect.Uint8:
		if n < 8 {
			v.SetUint(uint64(n))
		}
		return n < 8
	case reflect.Slice:
		if n < 2 && v.Len() > 0 {
			v.Set(v.Slice(n, v.Len()-1+n)) // without the last, or without the first
			return true
		}
	case reflect.Array:
		if n == 0 {
			v.Index(0).Set(v.Index(1))
		}
		return n == 0
	}
	return false
}

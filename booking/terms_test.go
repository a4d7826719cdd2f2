package booking_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// visitMorning is an hour from 08:00 of a November day: half an hour for a first visit, a quarter for a follow-up, and one for anyone.
func visitMorning() slots.Session {
	s := morning("wang/23", "23", "Dr Wang", 1)
	at := s.Start
	s.Minutes, s.Slots = 60, []slots.Slot{{Start: at, Minutes: 30, Capacity: 1, Visit: slots.FirstVisit},
		{Start: at.AddMinutes(30), Minutes: 15, Capacity: 1, Visit: slots.FollowUp}, {Start: at.AddMinutes(45), Minutes: 15, Capacity: 1}}
	return s
}

func TestSlotsForAVisitNeedAClass(t *testing.T) {
	for _, c := range []struct {
		first, followUp string
		want            []string
	}{
		{"", "", []string{"Terms.FirstVisit: no class, and Slots[0] is for a first visit", "Terms.FollowUp: no class, and Slots[1] is for a follow-up"}},
		{"new", "", []string{"Terms.FollowUp: no class"}},
		{"", "known", []string{"Terms.FirstVisit: no class"}},
		{"new", "known", nil},
	} {
		desk := deskOn("20 09:00")
		events := desk.Pool().Events()
		_, err := desk.Open(on("20 09:00"), visitMorning(), booking.Terms{FirstVisit: c.first, FollowUp: c.followUp})
		for _, want := range c.want {
			require.ErrorIs(t, err, booking.ErrCommand)
			require.ErrorContains(t, err, want)
			require.Equal(t, events, desk.Pool().Events(), "refused whole: not even a name is introduced")
		}
		if c.want == nil {
			require.NoError(t, err)
			for n, want := range []string{"new", "known", ""} {
				v, _ := desk.Pool().Slot(booking.Slot{Session: 1, N: uint16(n)})
				require.Equal(t, want, desk.Pool().Name(booking.ClassName, uint32(v.Only)))
			}
		}
	}
	desk := deskOn("20 09:00")
	s := visitMorning()
	s.Slots[2].Visit = 9
	_, err := desk.Open(on("20 09:00"), s, booking.Terms{FirstVisit: "new", FollowUp: "known"})
	require.ErrorContains(t, err, "Slots[2].Visit Visit(9)")
	s.Slots[2].Visit, s.Slots[2].Minutes = 0, -1
	_, err = desk.Open(on("20 09:00"), s, booking.Terms{FirstVisit: "new"})
	require.ErrorContains(t, err, "Slots[2]: offset 45, minutes -1")
	require.ErrorContains(t, err, "Terms.FollowUp", "all problems at once")
}

// A stage's units are kept for a class that nobody can bear: not by asking for it, nor by a quota of the hospital's own.
func TestNobodyBearsAStage(t *testing.T) {
	s := morning("wang/23", "23", "Dr Wang", 4)
	r := slots.Release{Stages: []slots.Stage{{At: slots.Ahead{Days: 3, Unit: slots.CalendarDays, At: slots.MustClock("08:00")}, Percent: 50},
		{At: slots.Ahead{Days: 1, Unit: slots.CalendarDays, At: slots.MustClock("08:00")}, Percent: 100}}}
	terms, err := booking.TermsOf(&s, &r, slots.Calendar{}, shanghai)
	require.NoError(t, err)
	require.Equal(t, []booking.NamedQuota{{Class: "stage 2 of the release", Reserve: 2, OpenAt: on("22 08:00")}}, terms.Quotas)
	stage := terms.Quotas[0].Class
	_, err = booking.TermsOf(&s, &r, slots.Calendar{}, shanghai, booking.NamedQuota{Class: "app"}, booking.NamedQuota{Class: stage})
	require.ErrorContains(t, err, `quotas[1].Class "stage 2 of the release"`)

	desk := deskOn("20 09:00")
	_, err = desk.Open(on("20 09:00"), s, terms)
	require.NoError(t, err)
	for _, ask := range []booking.Ask{{Channel: stage}, {Channel: "app", Classes: []string{"elderly", stage}}} {
		ask.Person, ask.Session = "Li", "wang/23"
		_, err = desk.Book(on("20 09:01"), ask)
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, "nobody bears the stage of a release")
	}
	_, err = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "stage 2", Session: "wang/23"}) // an oncologist's class
	require.NoError(t, err)
}

func TestTermsOfReportsWhatCannotBeStated(t *testing.T) {
	s := morning("wang/23", "23", "Dr Wang", 4)
	ahead := slots.Ahead{Days: 1, Unit: slots.CalendarDays, At: slots.MustClock("08:00")}
	r := slots.Release{Stages: []slots.Stage{{At: ahead, Percent: 100}}, Classes: []slots.ClassOpening{{Class: "app", At: ahead}}}
	r.Classes[0].At.Days = 0
	_, err := booking.TermsOf(&s, &r, slots.Calendar{}, shanghai, booking.NamedQuota{Class: "app", From: on("22 09:00")})
	require.ErrorContains(t, err, `quotas: From 2026-11-22T01:00:00Z of "app"`)
	terms, err := booking.TermsOf(&s, &r, slots.Calendar{}, shanghai, booking.NamedQuota{Class: "app", Reserve: 1}, booking.NamedQuota{Class: "old", Cap: 1, Capped: true})
	require.NoError(t, err)
	require.Equal(t, []booking.NamedQuota{{Class: "app", Reserve: 1, From: on("23 08:00")}, {Class: "old", Cap: 1, Capped: true}}, terms.Quotas)
	terms, err = booking.TermsOf(&s, &r, slots.Calendar{}, shanghai, booking.NamedQuota{Class: "old", Cap: 1, Capped: true})
	require.NoError(t, err)
	require.Equal(t, []booking.NamedQuota{{Class: "old", Cap: 1, Capped: true}, {Class: "app", From: on("23 08:00")}}, terms.Quotas,
		"a class without a quota gets a line behind all others, so that it is never charged before them")
	require.Empty(t, terms.Pauses, "what From says is no pause as well")

	r.CancelBy = slots.Ahead{Days: 1, Unit: slots.WorkingDays}
	_, err = booking.TermsOf(&s, &r, slots.Calendar{}, shanghai)
	var unknown *slots.UnknownYearError
	require.ErrorAs(t, err, &unknown)
	_, err = booking.TermsOf(&s, &slots.Release{}, slots.Calendar{}, shanghai)
	require.ErrorContains(t, err, "Stages 0")
	r.CancelBy = slots.Ahead{}
	s.Slots[0].Capacity = 70_000
	_, err = booking.TermsOf(&s, &r, slots.Calendar{}, shanghai)
	require.ErrorContains(t, err, "slots: capacity 70003 in all")
}

// The law of TermsOf: at every instant, what the Book lets a class book is what Release.Windows says it may, and as much as is out.
// The oracle is the resolved Windows, which knows of neither quotas nor pauses.
func TestTermsOfIsTheRelease(t *testing.T) {
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
		Days: []slots.CalendarDay{{Date: slots.MustDate("2026-11-19"), Kind: slots.Holiday}, {Date: slots.MustDate("2026-11-21"), Kind: slots.MakeUp}}})
	require.NoError(t, err)
	seen := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := drawRelease(t)
		s := morning("wang/23", "23", "Dr Wang", 1+pick(t, "slots", 4))
		s.Slots[0].Capacity = 1 + pick(t, "capacity", 5)
		w, err := r.Windows(&s, calendar, shanghai)
		require.NoError(t, err)
		terms, err := booking.TermsOf(&s, r, calendar, shanghai)
		require.NoError(t, err)
		desk := deskOn("01 08:00")
		_, err = desk.Open(on("01 08:00"), s, terms)
		require.NoError(t, err)
		for now := on("14 00:00"); now < s.Start.AddMinutes(-r.LeadMinutes); now = now.AddMinutes([]int{1, 29, 30, 210, 1440}[pick(t, "later", 5)]) {
			out := unitsOut(&w, now)
			for _, bear := range [][]string{{"app"}, {"window"}, {"telephone"}, {"app", "window"}, {"telephone", "app", "window"}} {
				may := out > 0
				for _, class := range bear {
					may = may && slices.ContainsFunc(w.Of(class), func(x slots.Span) bool { return x.Contains(now) })
				}
				list, err := desk.Candidates(now, booking.Ask{Person: "Li", Channel: bear[0], Classes: bear[1:], Resource: "Dr Wang"}, 1)
				require.NoError(t, err)
				require.Equal(t, may, len(list) > 0, "%s %v: out %d of %+v", wall(now), bear, out, w)
				seen[may]++
			}
			if now < w.Out[0].At || now >= w.Close {
				continue
			}
			v, _ := desk.Pool().Session(1)
			for _, q := range desk.Pool().Quotas(nil, 1, now) {
				v.Free -= q.Effective
			}
			require.Equal(t, out, v.Free, "%s: units out", wall(now))
		}
		require.Empty(t, desk.Pool().Check())
	})
	require.Greater(t, seen[true], 100)
	require.Greater(t, seen[false], 100)
}

func unitsOut(w *slots.Windows, now slots.Instant) (units int) {
	for _, o := range w.Out {
		if o.At <= now {
			units = o.Units
		}
	}
	return units
}

// drawRelease draws a rule of up to a week ahead.
func drawRelease(t *rapid.T) *slots.Release {
	ahead := func(label string) slots.Ahead {
		clock := []string{"00:00", "06:30", "07:00", "08:00", "12:00", "17:00", "20:00", "24:00"}[pick(t, label+" at", 8)]
		return slots.Ahead{Days: pick(t, label, 7), Unit: slots.CalendarDays + slots.DayUnit(pick(t, label+" unit", 3)), At: slots.MustClock(clock)}
	}
	r := &slots.Release{LeadMinutes: 30 * pick(t, "lead", 3)}
	for _, percent := range []int{20, 55, 100}[pick(t, "stages", 3):] {
		r.Stages = append(r.Stages, slots.Stage{At: ahead("stage"), Percent: percent})
	}
	for _, class := range []string{"app", "window"}[:pick(t, "classes", 3)] {
		r.Classes = append(r.Classes, slots.ClassOpening{Class: class, At: ahead(class)})
	}
	for range pick(t, "pauses", 3) {
		r.Pauses = append(r.Pauses, slots.Pause{From: ahead("from"), To: ahead("to")})
	}
	for range pick(t, "hours", 3) {
		h := slots.PoolHours{Class: []string{"", "window", "telephone"}[pick(t, "whose", 3)], SameDay: pick(t, "same day", 3) == 0,
			ClosedOnHolidays: pick(t, "holidays", 2) == 0, Open: []slots.Hours{{Start: slots.MustClock("06:30"), Minutes: 300}}}
		if pick(t, "afternoon", 2) == 0 {
			h.Open = append(h.Open, slots.Hours{Start: slots.MustClock("12:30"), Minutes: 180 + 510*pick(t, "to midnight", 2)})
		}
		r.Hours = append(r.Hours, h)
	}
	if pick(t, "closes", 2) == 0 {
		r.Close = ahead("close")
	}
	if r.Check() != nil {
		t.Skip("moments out of order")
	}
	return r
}

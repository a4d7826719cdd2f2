package allocate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/slots"
)

// at are terms of one department: a physician, a grade, a day of November 2026 and a time.
func at(physician string, grade, day int, clock string) allocate.RebookTerms {
	return allocate.RebookTerms{Department: "heart", Physician: physician, Grade: grade,
		Date: slots.MustDate("2026-11-01").AddDays(day - 1), Clock: slots.MustClock(clock)}
}

// fates writes a plan as one line: who goes where.
func fates(plan allocate.RebookPlan) string {
	var b strings.Builder
	for _, list := range [][]allocate.RebookProposal{plan.Proposals, plan.Displaced} {
		for _, p := range list {
			fmt.Fprintf(&b, "%s:%s%s ", p.Appointment, p.Slot, map[allocate.RebookFate]string{1: "", 2: "wait", 3: "told"}[p.Fate])
		}
	}
	return strings.TrimSpace(b.String())
}

// Each level matters, and before all later ones.
func TestRebookLevels(t *testing.T) {
	had := at("Li", 3, 20, "09:00")
	other := func(t allocate.RebookTerms) allocate.RebookTerms { t.Department = "lung"; return t }
	for _, c := range []struct {
		name        string
		worse, best allocate.RebookTerms
	}{
		{"department before physician", other(had), at("Wu", 9, 29, "17:00")},
		{"physician before grade", at("Wu", 3, 20, "09:00"), at("Li", 9, 29, "17:00")},
		{"grade before days, lower", at("Wu", 1, 20, "09:00"), at("Wu", 2, 29, "17:00")},
		{"grade before days, higher", at("Wu", 5, 20, "09:00"), at("Wu", 4, 29, "17:00")},
		{"days before minutes", at("Li", 3, 22, "09:00"), at("Li", 3, 21, "17:00")},
		{"days either way", at("Li", 3, 22, "09:00"), at("Li", 3, 19, "09:00")},
		{"minutes of the time of day", at("Li", 3, 21, "09:30"), at("Li", 3, 21, "08:45")},
		{"the later of two as far", at("Li", 3, 20, "08:30"), at("Li", 3, 20, "09:30")},
		{"the later day of two as far", at("Li", 3, 19, "09:30"), at("Li", 3, 21, "09:30")},
	} {
		for _, ids := range [][2]string{{"a", "b"}, {"b", "a"}} {
			for salt := range uint64(4) {
				plan := rebook(t, allocate.RebookRound{Classes: 1, Salt: salt,
					Slots:    []allocate.RebookSlot{{ID: ids[0], Terms: c.worse, Free: 1}, {ID: ids[1], Terms: c.best, Free: 1}},
					Affected: []allocate.RebookAffected{{ID: "x", Class: 1, Had: had, Options: []string{"a", "b"}, OtherDepartment: true}},
				})
				require.Equal(t, "x:"+ids[1], fates(plan), c.name)
			}
		}
	}
}

// gate is a world of two slots with one of them free, somebody of class 2 booked in the other, and somebody of class 1 who can only go there.
func gate() allocate.RebookRound {
	return allocate.RebookRound{
		Classes: 3, MoveOthers: true,
		Slots:    []allocate.RebookSlot{{ID: "full", Terms: at("Wu", 3, 21, "09:00")}, {ID: "free", Terms: at("Wu", 3, 22, "09:00"), Free: 1}},
		Affected: []allocate.RebookAffected{{ID: "x", Class: 1, Had: at("Li", 3, 20, "09:00"), Options: []string{"full"}}},
		Booked:   []allocate.RebookBooked{{ID: "y", Class: 2, Slot: "full", Options: []string{"free"}, Price: 5}},
	}
}

// Each field of somebody who is booked matters.
func TestRebookMoveOthers(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(r *allocate.RebookRound)
		want   string
	}{
		{"moved", func(*allocate.RebookRound) {}, "x:full y:free"},
		{"not allowed", func(r *allocate.RebookRound) { r.MoveOthers = false }, "x:wait"},
		{"arrived", func(r *allocate.RebookRound) { r.Booked[0].Arrived = true }, "x:wait"},
		{"moved before", func(r *allocate.RebookRound) { r.Booked[0].MovedBefore = true }, "x:wait"},
		{"as frail", func(r *allocate.RebookRound) { r.Booked[0].Class = 1 }, "x:wait"},
		{"less frail comes", func(r *allocate.RebookRound) { r.Affected[0].Class = 3 }, "x:wait"},
		{"nowhere to go", func(r *allocate.RebookRound) { r.Slots[1].Free = 0 }, "x:wait"},
		{"declines to wait", func(r *allocate.RebookRound) { r.MoveOthers, r.Affected[0].DeclinesWaitlist = false, true }, "x:told"},
		{"not for a lesser loss", func(r *allocate.RebookRound) { r.Affected[0].Options = []string{"full", "free"} }, "x:free"},
		{"the cheaper", func(r *allocate.RebookRound) {
			r.Booked = append(r.Booked, allocate.RebookBooked{ID: "z", Class: 2, Slot: "full", Options: []string{"free"}, Price: 4})
		}, "x:full z:free"},
		{"a chain", func(r *allocate.RebookRound) {
			r.Slots = append(r.Slots, allocate.RebookSlot{ID: "third", Terms: at("Wu", 3, 23, "09:00"), Free: 1})
			r.Slots[1].Free = 0
			r.Booked = append(r.Booked, allocate.RebookBooked{ID: "z", Class: 3, Slot: "free", Options: []string{"third"}, Price: 9})
		}, "x:full y:free z:third"},
	} {
		r := gate()
		c.change(&r)
		plan := rebook(t, r)
		require.Equal(t, c.want, fates(plan), c.name)
		price := int64(0)
		for _, b := range r.Booked {
			if strings.Contains(fates(plan), b.ID+":") {
				price += int64(b.Price)
			}
		}
		require.Equal(t, price, plan.Objective.Price, c.name)
	}
}

func TestNewRebookProblemRefuses(t *testing.T) {
	long := strings.Repeat("x", allocate.MaxRebookNameBytes+1)
	for _, c := range []struct {
		change func(r *allocate.RebookRound)
		want   string
	}{
		{func(r *allocate.RebookRound) { r.Classes = 9 }, "Classes 9: want 1 to 8"},
		{func(r *allocate.RebookRound) { r.Slots[0].Free = -1 }, "Slots[0].Free -1: want 0 to 131072"},
		{func(r *allocate.RebookRound) { r.Slots[1].ID = "full" }, `Slots[1].ID "full": also Slots[0]`},
		{func(r *allocate.RebookRound) { r.Affected[0].ID = long }, `Affected[0].ID "` + long + `": 199 bytes, want at most 198`},
		{func(r *allocate.RebookRound) { r.Affected[0].ID = " x" }, `Affected[0].ID " x": space at an end`},
		{func(r *allocate.RebookRound) { r.Booked[0].ID = "x" }, `Booked[0].ID "x": also Affected[0]`},
		{func(r *allocate.RebookRound) { r.Affected[0].Class = 0 }, "Affected[0].Class 0: want 1 to 3"},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Grade = 101 }, "Affected[0].Had.Grade 101: want 0 to 100"},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Date = slots.Date{} }, "Affected[0].Had.Date"},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Clock = slots.MustClock("24:00") }, "Affected[0].Had.Clock 24:00: nothing starts then"},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Physician = "\a" }, `Affected[0].Had.Physician "\a": control character`},
		{func(r *allocate.RebookRound) { r.Slots[0].Terms.Department = "\a" }, `Slots[0].Terms.Department "\a": control character`},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Department = "lung" },
			`Affected[0].Options[0] "full": of department "heart", want "lung" without OtherDepartment`},
		{func(r *allocate.RebookRound) { r.Slots[1].Terms.Department = "lung" },
			`Booked[0].Options[0] "free": of department "lung", want "heart" without OtherDepartment`},
		{func(r *allocate.RebookRound) { r.Affected[0].Had.Date = slots.MustDate("2000-01-01") },
			`Affected[0].Options[0] "full": 9821 days away, want at most 3660`},
		{func(r *allocate.RebookRound) { r.Affected[0].Options[0] = "none" }, `Affected[0].Options[0] "none": not among Slots`},
		{func(r *allocate.RebookRound) { r.Booked[0].Slot = "none" }, `Booked[0].Slot "none": not among Slots`},
		{func(r *allocate.RebookRound) { r.Booked[0].Options[0] = "full" }, `Booked[0].Options[0] "full": it is there already`},
		{func(r *allocate.RebookRound) { r.Booked[0].Price = 0 }, "Booked[0].Price 0: want 1 to 1000"},
		{func(r *allocate.RebookRound) { r.Slots = make([]allocate.RebookSlot, allocate.MaxRebookSlots+1) }, "len(Slots) 131073: want 0 to 131072"},
		{func(r *allocate.RebookRound) {
			r.Affected = make([]allocate.RebookAffected, allocate.MaxRebookAppointments)
		},
			"len(Affected) and len(Booked) 131073: want at most 131072 together"},
		{func(r *allocate.RebookRound) { r.Affected[0].Options = make([]string, allocate.MaxRebookOptions) },
			"len(Options) of all appointments 4194305: want at most 4194304"},
	} {
		r := gate()
		c.change(&r)
		_, err := allocate.NewRebookProblem(r)
		require.ErrorContains(t, err, c.want)
	}
	r := gate()
	r.Classes, r.Booked[0].Price, r.Slots[0].Free = 1, 0, -1
	_, err := allocate.NewRebookProblem(r)
	require.Equal(t, "Slots[0].Free -1: want 0 to 131072\nBooked[0].Class 2: want 1 to 1\nBooked[0].Price 0: want 1 to 1000", err.Error())
}

// The order of the lists means nothing, nor does an option that is said twice.
func TestRebookOrderFree(t *testing.T) {
	d := dice(7)
	rapid.Check(t, func(t *rapid.T) {
		r := smallClosure(t, 4)
		if rapid.Bool().Draw(t, "crowded") {
			r = crowdedClosure(&d)
		}
		want := rebook(t, r)
		r.Slots = rapid.Permutation(r.Slots).Draw(t, "slots")
		r.Affected = rapid.Permutation(r.Affected).Draw(t, "affected")
		r.Booked = rapid.Permutation(r.Booked).Draw(t, "booked")
		for i := range r.Affected {
			a := &r.Affected[i]
			a.Options = rapid.Permutation(append(slices.Clone(a.Options), a.Options...)).Draw(t, "options")
		}
		require.Equal(t, want, rebook(t, r))
	})
}

// One more free unit moves as many of class 1 as before or one more, and never fewer; the totals count each of the affected once; and
// where others may not move the answer is that of a round without them.
func TestRebookLaws(t *testing.T) {
	d := dice(11)
	rapid.Check(t, func(t *rapid.T) {
		r := crowdedClosure(&d)
		if rapid.Bool().Draw(t, "small") {
			r = smallClosure(t, 4)
		}
		plan := rebook(t, r)
		require.Len(t, plan.Proposals, len(r.Affected))
		var counted, fated allocate.RebookTotals
		for _, c := range plan.Objective.Classes {
			require.Equal(t, c.Affected, c.Moved+c.Waitlisted+c.Told)
			counted.Affected, counted.Moved = counted.Affected+c.Affected, counted.Moved+c.Moved
		}
		for _, p := range plan.Proposals {
			require.True(t, p.Fate.IsValid())
			require.Equal(t, p.Fate == allocate.RebookMoved, p.Slot != "")
			fated.Affected++
			if p.Fate == allocate.RebookMoved {
				fated.Moved++
			}
		}
		require.Equal(t, fated, counted)

		more := r
		more.Slots = slices.Clone(r.Slots)
		more.Slots[rapid.IntRange(0, len(r.Slots)-1).Draw(t, "slot")].Free++
		gain := rebook(t, more).Objective.Classes[0].Moved - plan.Objective.Classes[0].Moved
		require.True(t, gain == 0 || gain == 1)
		require.LessOrEqual(t, rebook(t, more).Objective.Compare(plan.Objective), 0)

		r.MoveOthers = false
		still := rebook(t, r)
		require.Empty(t, still.Displaced)
		r.Booked = nil
		require.Equal(t, rebook(t, r), still)
	})
}

func TestRebookStops(t *testing.T) {
	p, err := allocate.NewRebookProblem(gate())
	require.NoError(t, err)
	for stop := int64(0); ; stop++ {
		seen := int64(0)
		plan := allocate.Rebook(p, func(a allocate.AssignProgress) bool {
			seen = a.Steps
			return a.Steps < stop
		})
		if plan.Outcome == allocate.AssignBest {
			require.Equal(t, stop, seen+1)
			require.Equal(t, "x:full y:free", fates(plan))
			return
		}
		require.Equal(t, allocate.AssignStopped, plan.Outcome)
		require.Equal(t, "x:wait", fates(plan))
		require.Equal(t, int64(1), plan.Objective.Classes[0].Waitlisted)
		require.EqualError(t, allocate.VerifyRebook(p, plan), "Outcome stopped: proves nothing")
	}
}

// Degenerate rounds are answered, too.
func TestRebookDegenerate(t *testing.T) {
	require.Empty(t, rebook(t, allocate.RebookRound{Classes: 1}).Proposals)
	r := gate()
	r.Slots[0].Free, r.Slots[1].Free, r.Booked, r.Affected[0].Options = 0, 0, nil, nil
	require.Equal(t, "x:wait", fates(rebook(t, r)))
	r = gate()
	r.Affected = nil // nobody gives way to nobody
	require.Empty(t, fates(rebook(t, r)))
	// One slot for all, the costs at their greatest.
	r = allocate.RebookRound{Classes: 1, Slots: []allocate.RebookSlot{{ID: "s", Terms: at("Wu", 100, 30, "23:59"), Free: 150}}}
	for i := range 300 {
		had := at("Li", 0, 30, "00:00")
		had.Date = had.Date.AddDays(-allocate.MaxRebookDays + i%3)
		r.Affected = append(r.Affected, allocate.RebookAffected{ID: fmt.Sprint(i), Class: 1, Had: had, Options: []string{"s"}})
	}
	got := rebook(t, r).Objective.Classes[0]
	require.Equal(t, []int64{150, 150, 150 * 100, 100*(allocate.MaxRebookDays-2) + 50*(allocate.MaxRebookDays-1)},
		[]int64{got.Moved, got.Waitlisted, got.GradeSteps, got.Days})
}

func TestRebookNames(t *testing.T) {
	require.Equal(t, "no fate moved waitlisted told RebookFate(4)", fmt.Sprint(
		allocate.RebookFate(0), " ", allocate.RebookMoved, " ", allocate.RebookWaitlisted, " ", allocate.RebookTold, " ", allocate.RebookFate(4)))
	require.False(t, allocate.RebookFate(0).IsValid() || allocate.RebookFate(4).IsValid())
	require.Equal(t, "no measure", allocate.RebookMeasure(0).String())
	require.Equal(t, "RebookMeasure(9)", allocate.RebookMeasure(9).String())
	require.False(t, allocate.RebookMeasure(0).IsValid() || allocate.RebookMeasure(9).IsValid())
	for m := allocate.RebookService; m <= allocate.RebookEarlier; m++ {
		require.True(t, m.IsValid())
	}
}

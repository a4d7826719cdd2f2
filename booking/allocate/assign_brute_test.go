package allocate_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// smallRound draws a round that brute force can solve. Names are drawn so that their order is not the order of the lists.
func smallRound(t *rapid.T, quotas int) allocate.AssignRound {
	r := allocate.AssignRound{Goal: allocate.LeastCost, Salt: rapid.Uint64().Draw(t, "salt")}
	if rapid.Bool().Draw(t, "by class") {
		r.Goal, r.Classes = allocate.ServeByClass, rapid.IntRange(1, 3).Draw(t, "classes")
	}
	cost := rapid.OneOf(
		rapid.Int64Range(0, 3), rapid.Just(int64(7)), rapid.Int64Range(-5, 20),
		rapid.SampledFrom([]int64{-allocate.MaxAssignCost, allocate.MaxAssignCost, 0}),
	)
	for j := range rapid.IntRange(0, 4).Draw(t, "slots") {
		r.Slots = append(r.Slots, allocate.AssignSlot{
			ID: fmt.Sprintf("s%d", (j*3+1)%5), Capacity: rapid.IntRange(0, 3).Draw(t, "capacity"),
			Session: rapid.SampledFrom([]string{"", "am", "am", "pm"}).Draw(t, "session"),
		})
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "patients") {
		a := allocate.AssignPatient{ID: fmt.Sprintf("p%d", (i*3+2)%7), Channel: rapid.SampledFrom([]string{"", "app", "web"}).Draw(t, "channel")}
		if r.Goal == allocate.LeastCost {
			a.UnassignedCost = cost.Draw(t, "leave")
		} else {
			a.Class = rapid.IntRange(1, r.Classes).Draw(t, "class")
		}
		for _, s := range r.Slots {
			for range rapid.SampledFrom([]int{0, 1, 1, 1, 2}).Draw(t, "times") {
				a.Options = append(a.Options, allocate.AssignOption{Slot: s.ID, Cost: cost.Draw(t, "cost")})
			}
		}
		r.Patients = append(r.Patients, a)
	}
	seen := map[allocate.AssignQuota]bool{}
	for range quotas {
		q := allocate.AssignQuota{Channel: rapid.SampledFrom([]string{"app", "web"}).Draw(t, "quota of")}
		switch k := rapid.IntRange(0, 2).Draw(t, "quota on"); {
		case k == 1 && len(r.Slots) > 0:
			q.Slot = rapid.SampledFrom(r.Slots).Draw(t, "quota at").ID
		case k == 2 && len(r.Slots) > 0:
			q.Session = rapid.SampledFrom(r.Slots).Draw(t, "quota in").Session
		}
		if seen[q] {
			continue
		}
		seen[q] = true
		q.Most = rapid.IntRange(0, 3).Draw(t, "most")
		r.Quotas = append(r.Quotas, q)
	}
	return r
}

// crosses reports whether a round has a quota over a session of several slots.
func crosses(r allocate.AssignRound) bool {
	for _, q := range r.Quotas {
		n := 0
		for _, s := range r.Slots {
			if q.Session != "" && s.Session == q.Session {
				n++
			}
		}
		if n > 1 {
			return true
		}
	}
	return false
}

// bruteAnswer is the best of all answers, tried one by one.
type bruteAnswer struct {
	slots map[string]string // by patient
	worth []int64           // not served by class, cost, hash: less is better
	ties  int               // answers of the same worth, this one counted
}

func brute(r allocate.AssignRound) bruteAnswer {
	var best bruteAnswer
	given := map[string]string{}
	var try func(i int)
	try = func(i int) {
		if i < len(r.Patients) {
			delete(given, r.Patients[i].ID)
			try(i + 1)
			tried := map[string]bool{}
			for _, o := range r.Patients[i].Options {
				if !tried[o.Slot] {
					tried[o.Slot] = true
					given[r.Patients[i].ID] = o.Slot
					try(i + 1)
				}
			}
			delete(given, r.Patients[i].ID)
			return
		}
		if !allowed(r, given) {
			return
		}
		worth := worthOf(r, given)
		c := -1
		if best.worth != nil {
			c = slices.Compare(worth, best.worth)
		}
		switch {
		case c < 0:
			best = bruteAnswer{map[string]string{}, worth, 1}
			maps.Copy(best.slots, given)
		case c == 0:
			best.ties++
		}
	}
	try(0)
	return best
}

func allowed(r allocate.AssignRound, given map[string]string) bool {
	for _, s := range r.Slots {
		n := 0
		for _, at := range given {
			if at == s.ID {
				n++
			}
		}
		if n > s.Capacity {
			return false
		}
	}
	for _, q := range r.Quotas {
		n := 0
		for _, p := range r.Patients {
			at, ok := given[p.ID]
			if !ok || p.Channel != q.Channel {
				continue
			}
			for _, s := range r.Slots {
				if s.ID == at && (q.Slot == "" || q.Slot == s.ID) && (q.Session == "" || q.Session == s.Session) {
					n++
				}
			}
		}
		if n > q.Most {
			return false
		}
	}
	return true
}

func worthOf(r allocate.AssignRound, given map[string]string) []int64 {
	worth := make([]int64, r.Classes+2)
	for _, p := range r.Patients {
		at, ok := given[p.ID]
		if !ok {
			worth[r.Classes] += p.UnassignedCost
			if p.Class > 0 {
				worth[p.Class-1]++
			}
			continue
		}
		least := int64(1) << 40
		for _, o := range p.Options {
			if o.Slot == at {
				least = min(least, o.Cost)
			}
		}
		worth[r.Classes] += least
		worth[r.Classes+1] += allocate.AssignHash(r.Salt, p.ID, at)
	}
	return worth
}

// slotsOf is a plan as the brute force writes it.
func slotsOf(plan allocate.AssignPlan) map[string]string {
	given := map[string]string{}
	for _, p := range plan.Places {
		if p.Slot != "" {
			given[p.Patient] = p.Slot
		}
	}
	return given
}

func requireBest(t require.TestingT, r allocate.AssignRound) {
	p, err := allocate.NewAssignProblem(r)
	require.NoError(t, err)
	plan := allocate.Assign(p, allocate.AssignEffort{})
	require.NoError(t, allocate.VerifyAssign(p, plan))
	require.Equal(t, allocate.AssignBest, plan.Outcome)
	want, got := brute(r), slotsOf(plan)
	require.Equal(t, want.worth[:r.Classes+1], worthOf(r, got)[:r.Classes+1], "%v", got)
	if !crosses(r) {
		require.Equal(t, 1, want.ties)
		require.Equal(t, want.slots, got)
	}
}

func TestAssignBrute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireBest(t, smallRound(t, 0)) })
}

func TestAssignBruteQuotas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireBest(t, smallRound(t, rapid.IntRange(1, 4).Draw(t, "quotas"))) })
}

// crossingRound draws a round in which quotas of sessions cross capacities of slots, of the kind whose relaxation is fractional now and then.
func crossingRound(t *rapid.T, patients int) allocate.AssignRound {
	r := allocate.AssignRound{Goal: allocate.LeastCost}
	if rapid.Bool().Draw(t, "by class") {
		r.Goal, r.Classes = allocate.ServeByClass, 2
	}
	for j := range 6 {
		r.Slots = append(r.Slots, allocate.AssignSlot{
			ID: fmt.Sprintf("s%d", j), Capacity: rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "capacity"),
			Session: []string{"am", "pm", "eve"}[j%3],
		})
	}
	for i := range patients {
		a := allocate.AssignPatient{ID: fmt.Sprintf("p%02d", i), Channel: []string{"app", "web", "tel"}[i%3]}
		if r.Classes > 0 {
			a.Class = rapid.IntRange(1, 2).Draw(t, "class")
		} else {
			a.UnassignedCost = rapid.SampledFrom([]int64{3, 5, 50}).Draw(t, "leave")
		}
		for _, s := range r.Slots {
			if rapid.IntRange(0, 5).Draw(t, "wants") < 2 {
				a.Options = append(a.Options, allocate.AssignOption{Slot: s.ID, Cost: rapid.Int64Range(0, 9).Draw(t, "cost")})
			}
		}
		r.Patients = append(r.Patients, a)
	}
	for _, session := range []string{"am", "pm", "eve"} {
		for _, channel := range []string{"app", "web", "tel"} {
			if rapid.Bool().Draw(t, "quota") {
				r.Quotas = append(r.Quotas, allocate.AssignQuota{Channel: channel, Session: session, Most: rapid.IntRange(0, 2).Draw(t, "most")})
			}
		}
	}
	return r
}

func TestAssignBruteCrossing(t *testing.T) {
	parted := 0
	rapid.Check(t, func(t *rapid.T) {
		r := crossingRound(t, 6)
		requireBest(t, r)
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		if len(allocate.Assign(p, allocate.AssignEffort{}).Certificate.Nodes) > 1 {
			parted++
		}
	})
	t.Log("worlds that parted:", parted)
}

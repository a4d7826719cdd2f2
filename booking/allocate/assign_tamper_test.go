package allocate_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// quotaRound has a quota of each kind; the one of the session crosses.
func quotaRound() allocate.AssignRound {
	r := allocate.AssignRound{
		Goal: allocate.ServeByClass, Classes: 2,
		Slots: []allocate.AssignSlot{{ID: "08:00", Capacity: 2, Session: "am"}, {ID: "09:00", Capacity: 2, Session: "am"}, {ID: "14:00", Capacity: 1}},
		Quotas: []allocate.AssignQuota{
			{Channel: "app", Session: "am", Most: 1}, {Channel: "web", Slot: "08:00", Most: 1}, {Channel: "web", Most: 2},
		},
	}
	for i, channel := range []string{"app", "app", "web", "web", "web", ""} {
		r.Patients = append(r.Patients, allocate.AssignPatient{
			ID: string(rune('A' + i)), Class: 1 + i%2, Channel: channel,
			Options: []allocate.AssignOption{{Slot: "08:00", Cost: int64(i)}, {Slot: "09:00", Cost: int64(3 - i)}, {Slot: "14:00", Cost: 9}},
		})
	}
	return r
}

// flowRound is quotaRound without the quota that crosses.
func flowRound() allocate.AssignRound {
	r := quotaRound()
	r.Quotas = r.Quotas[1:]
	return r
}

// plainRound is quotaRound without quotas.
func plainRound() allocate.AssignRound {
	r := quotaRound()
	r.Quotas = nil
	return r
}

// partedRound is one whose certificate is a tree.
func partedRound(t testing.TB) allocate.AssignRound {
	for seed := range uint64(2000) {
		d := dice(seed)
		r := allocate.AssignRound{Goal: allocate.LeastCost}
		for j := range 6 {
			r.Slots = append(r.Slots, allocate.AssignSlot{ID: string(rune('a' + j)), Capacity: 1 + d.n(2), Session: []string{"am", "pm"}[j%2]})
		}
		for i := range 14 {
			a := allocate.AssignPatient{ID: string(rune('A' + i)), Channel: []string{"app", "web", "tel"}[d.n(3)], UnassignedCost: int64(20 + d.n(20))}
			for range 3 {
				a.Options = append(a.Options, allocate.AssignOption{Slot: r.Slots[d.n(6)].ID, Cost: int64(d.n(15))})
			}
			r.Patients = append(r.Patients, a)
		}
		for _, session := range []string{"am", "pm"} {
			for _, channel := range []string{"app", "web", "tel"} {
				r.Quotas = append(r.Quotas, allocate.AssignQuota{Channel: channel, Session: session, Most: 1 + d.n(2)})
			}
		}
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		if len(allocate.Assign(p, allocate.AssignEffort{}).Certificate.Nodes) > 2 {
			return r
		}
	}
	t.Fatal("no world parted")
	return allocate.AssignRound{}
}

// TestVerifyAssignTampered: every way to change a plan or a certificate is refused.
func TestVerifyAssignTampered(t *testing.T) {
	rounds := map[string]allocate.AssignRound{
		"plain": plainRound(), "flow": flowRound(), "crossing": quotaRound(), "parted": partedRound(t),
	}
	tampers := []struct {
		name string
		on   []string // worlds in which the change matters
		do   func(plan *allocate.AssignPlan)
	}{
		{"a place less", nil, func(p *allocate.AssignPlan) { p.Places = p.Places[1:] }},
		{"places exchanged", nil, func(p *allocate.AssignPlan) { p.Places[0], p.Places[1] = p.Places[1], p.Places[0] }},
		{"no option", nil, func(p *allocate.AssignPlan) { p.Places[0].Slot = "10:00" }},
		{"wrong cost", nil, func(p *allocate.AssignPlan) { p.Places[0].Cost++ }},
		{"somebody out", nil, func(p *allocate.AssignPlan) { vacate(p) }},
		{"objective", nil, func(p *allocate.AssignPlan) { p.Objective.Cost-- }},
		{"objective and bound", nil, func(p *allocate.AssignPlan) { p.Objective.Cost--; p.Bound.Cost-- }},
		{"bound", nil, func(p *allocate.AssignPlan) { p.Bound.Cost-- }},
		{"served", []string{"plain", "flow", "crossing"}, func(p *allocate.AssignPlan) { p.Objective.Served[0]++ }},
		{"bound served", []string{"plain", "flow", "crossing"}, func(p *allocate.AssignPlan) { p.Bound.Served = nil }},
		{"salt", nil, func(p *allocate.AssignPlan) { p.Salt++ }},
		{"tied", nil, func(p *allocate.AssignPlan) { p.Tied = []allocate.AssignPlan{*p}; p.Salt++ }},
		{"outcome", nil, func(p *allocate.AssignPlan) { p.Outcome = 0 }},
		{"stopped", nil, func(p *allocate.AssignPlan) { p.Outcome = allocate.AssignStopped }},
		{"bounded without need", []string{"plain", "flow"}, func(p *allocate.AssignPlan) { p.Outcome = allocate.AssignBounded }},
		{"levels", nil, func(p *allocate.AssignPlan) { p.Certificate.Levels++ }},
		{"scale 0", nil, func(p *allocate.AssignPlan) { p.Certificate.Scale = 0 }},
		{"scale", []string{"plain", "flow"}, func(p *allocate.AssignPlan) { p.Certificate.Scale++ }},
		{"no nodes", nil, func(p *allocate.AssignPlan) { p.Certificate.Nodes = nil }},
		{"a node more", nil, func(p *allocate.AssignPlan) {
			p.Certificate.Nodes = append(p.Certificate.Nodes, p.Certificate.Nodes[len(p.Certificate.Nodes)-1])
		}},
		{"a part less", []string{"parted"}, func(p *allocate.AssignPlan) {
			p.Certificate.Nodes = p.Certificate.Nodes[:len(p.Certificate.Nodes)-1]
		}},
		{"one part for all", []string{"parted"}, func(p *allocate.AssignPlan) { p.Certificate.Nodes = p.Certificate.Nodes[1:2] }},
		{"parts elsewhere", []string{"parted"}, func(p *allocate.AssignPlan) { p.Certificate.Nodes[0].AtMost += 5 }},
		{"no such gate", []string{"parted"}, func(p *allocate.AssignPlan) { p.Certificate.Nodes[0].Gate = 99 }},
		{"gate below 0", []string{"parted"}, func(p *allocate.AssignPlan) { p.Certificate.Nodes[0].Gate = -1 }},
		{"parts without need", []string{"plain", "flow"}, func(p *allocate.AssignPlan) { p.Certificate.Nodes[0].Parts = true }},
		{"a price less", nil, func(p *allocate.AssignPlan) { leaf(p).Slots = leaf(p).Slots[1:] }},
		{"a gate less", []string{"flow", "crossing", "parted"}, func(p *allocate.AssignPlan) { leaf(p).Gates = nil }},
		{"channels", []string{"flow", "crossing", "parted"}, func(p *allocate.AssignPlan) { leaf(p).Channels = nil }},
		{"sessions", []string{"crossing", "parted"}, func(p *allocate.AssignPlan) { leaf(p).Sessions = nil }},
		{"a price below 0", nil, func(p *allocate.AssignPlan) { leaf(p).Slots[0] = -1 }},
		{"huge", nil, func(p *allocate.AssignPlan) { leaf(p).Slots[0] = 1<<63 - 1 }},
		{"very small", nil, func(p *allocate.AssignPlan) { leaf(p).Slots[1] = -1 << 63 }},
		{"large", nil, func(p *allocate.AssignPlan) { leaf(p).Slots[0] = allocate.MaxAssignPrice }},
		{"no prices", nil, func(p *allocate.AssignPlan) { clear(leaf(p).Slots); clear(leaf(p).Gates); clear(leaf(p).Sessions) }},
		{"price of no quota", []string{"parted"}, func(p *allocate.AssignPlan) { leaf(p).Channels[1] = 1 }},
	}
	for name, r := range rounds {
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		for _, tamper := range tampers {
			if tamper.on != nil && !slices.Contains(tamper.on, name) {
				continue
			}
			t.Run(name+"/"+tamper.name, func(t *testing.T) {
				plan := allocate.Assign(p, allocate.AssignEffort{})
				require.NoError(t, allocate.VerifyAssign(p, plan))
				tamper.do(&plan)
				require.Error(t, allocate.VerifyAssign(p, plan))
			})
		}
	}
}

// vacate takes the slot of the first who has one, and makes the sums right.
func vacate(p *allocate.AssignPlan) {
	for i := range p.Places {
		if place := &p.Places[i]; place.Slot != "" {
			p.Objective.Cost -= place.Cost
			place.Slot, place.Cost = "", 0
			return
		}
	}
}

func leaf(p *allocate.AssignPlan) *allocate.AssignNode {
	for k := range p.Certificate.Nodes {
		if n := &p.Certificate.Nodes[k]; !n.Parts {
			return n
		}
	}
	return nil
}

// TestVerifyAssignOtherAnswer: of all the answers to a small round, the verifier takes no other than the best, whatever is done about
// the sums, and of equally good ones none but the canonical.
func TestVerifyAssignOtherAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := smallRound(t, 0)
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		plan := allocate.Assign(p, allocate.AssignEffort{})
		if len(plan.Places) == 0 {
			return
		}
		i := rapid.IntRange(0, len(plan.Places)-1).Draw(t, "whose")
		at := slices.IndexFunc(r.Patients, func(a allocate.AssignPatient) bool { return a.ID == plan.Places[i].Patient })
		a := r.Patients[at]
		other := allocate.AssignPlace{Patient: a.ID, Cost: a.UnassignedCost}
		if len(a.Options) > 0 && rapid.Bool().Draw(t, "another slot") {
			other.Slot = rapid.SampledFrom(a.Options).Draw(t, "which").Slot
			other.Cost = 1 << 40
			for _, o := range a.Options {
				if o.Slot == other.Slot {
					other.Cost = min(other.Cost, o.Cost)
				}
			}
		}
		if other == plan.Places[i] {
			return
		}
		if a.Class > 0 {
			for k, had := range []bool{plan.Places[i].Slot != "", other.Slot != ""} {
				if had {
					plan.Objective.Served[a.Class-1] += int64(2*k - 1)
				}
			}
		}
		plan.Objective.Cost += other.Cost - plan.Places[i].Cost
		plan.Bound = plan.Objective
		plan.Places[i] = other
		require.Error(t, allocate.VerifyAssign(p, plan))
	})
}

// FuzzVerifyAssign changes one number of a certificate: it is refused, or still proves the same; it never panics.
func FuzzVerifyAssign(f *testing.F) {
	f.Add(uint8(0), uint16(0), int64(1))
	f.Add(uint8(2), uint16(9), int64(-1<<63))
	var problems []*allocate.AssignProblem
	for _, r := range []allocate.AssignRound{plainRound(), flowRound(), quotaRound(), partedRound(f)} {
		p, err := allocate.NewAssignProblem(r)
		require.NoError(f, err)
		problems = append(problems, p)
	}
	f.Fuzz(func(t *testing.T, world uint8, place uint16, value int64) {
		p := problems[int(world)%len(problems)]
		plan := allocate.Assign(p, allocate.AssignEffort{})
		node := &plan.Certificate.Nodes[int(place>>8)%len(plan.Certificate.Nodes)]
		for _, prices := range [][]int64{node.Slots, node.Gates, node.Channels, node.Sessions} {
			if len(prices) > 0 {
				prices[int(place&0xff)%len(prices)] = value
			}
		}
		node.AtMost = int32(value)
		worse := plan
		worse.Bound.Cost++
		worse.Objective.Cost++
		_ = allocate.VerifyAssign(p, plan)
		require.Error(t, allocate.VerifyAssign(p, worse))
	})
}

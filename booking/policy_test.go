package booking_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Each constructor names every problem at once, with the field and the value.
func TestPolicyConstructorsRefuse(t *testing.T) {
	many := make([]booking.Share, booking.MaxShares+1)
	for i := range many {
		many[i] = booking.Share{Resource: fmt.Sprint(i), Weight: 1}
	}
	of := func(_ booking.Policy, err error) error { return err }
	then := func(list ...booking.Policy) error { p, err := booking.NewThen(list[0], list[1:]...); return of(p, err) }
	within := func(n int, p booking.Policy) error { w, err := booking.NewWithin(n, p); return of(w, err) }
	rotation := func(s ...booking.Share) error { r, err := booking.NewRotation(s); return of(r, err) }
	protection := func(p booking.Policy, l ...booking.ProtectionLevel) error {
		r, err := booking.NewProtection(booking.ProtectionConfig{Levels: l, Inner: p})
		return of(r, err)
	}
	long := strings.Repeat("x", booking.MaxNameBytes+1)
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"one policy":       {then(booking.Earliest{}), []string{"policies: one"}},
		"nil policies":     {then(nil, booking.Earliest{}, nil), []string{"policies[0]: nil", "policies[2]: nil"}},
		"within":           {within(-1, nil), []string{"minutes -1", "inner policy: nil"}},
		"within too long":  {within(booking.MaxWithinMinutes+1, booking.Earliest{}), []string{fmt.Sprint(booking.MaxWithinMinutes + 1)}},
		"too many shares":  {rotation(many...), []string{"shares: 4097"}},
		"bad shares":       {rotation(booking.Share{}, booking.Share{Resource: "Li", Weight: 17}, booking.Share{Resource: "Li", Weight: -1}), []string{`""`, "weight 0", "weight 17", "weight -1", `"Li": twice`}},
		"a long name":      {rotation(booking.Share{Resource: long, Weight: 1}), []string{"bytes"}},
		"no levels":        {protection(nil), []string{"Levels: 0", "Inner: nil"}},
		"level out of":     {protection(booking.Earliest{}, booking.ProtectionLevel{Class: long, Leave: -1, LeavePercent: 101}), []string{"Leave -1", "LeavePercent 101", "bytes"}},
		"too much to keep": {protection(booking.Earliest{}, booking.ProtectionLevel{Class: "a", Leave: booking.MaxSessionUnits + 1}), []string{"Leave 60001"}},
		"levels that do not nest": {protection(booking.Earliest{}, booking.ProtectionLevel{Class: "a", Leave: 2, LeavePercent: 5}, booking.ProtectionLevel{Leave: 1},
			booking.ProtectionLevel{Class: "a", Leave: 1}), []string{"Levels[1]", "less than the class above", `Levels[1].Class ""`, `Levels[2].Class "a": twice`}},
		"too many levels": {protection(booking.Earliest{}, make([]booking.ProtectionLevel, booking.MaxProtectionLevels+1)...), []string{"Levels: 65"}},
	} {
		require.Error(t, c.err, name)
		for _, want := range c.want {
			require.ErrorContains(t, c.err, want, name)
		}
	}
	require.NoError(t, within(0, booking.Earliest{}))
	require.NoError(t, within(booking.MaxWithinMinutes, booking.Earliest{}))
	require.NoError(t, rotation(many[:booking.MaxShares]...))
	require.NoError(t, rotation(booking.Share{Resource: "Li", Weight: booking.MaxWeight}))
	require.NoError(t, protection(booking.Earliest{}, booking.ProtectionLevel{Class: "a", Leave: booking.MaxSessionUnits, LeavePercent: 100}))
}

// A policy that decides otherwise has another name; what is told to a constructor may change afterwards.
func TestPolicyNames(t *testing.T) {
	shares := []booking.Share{{Resource: "Wu", Weight: 2}, {Resource: "Li", Weight: 3}}
	r := mustPolicy(booking.NewRotation(shares))
	shares[0].Weight = 9
	require.Equal(t, "rotation(Li*3,Wu*2)", r.Name())
	levels := []booking.ProtectionLevel{{Class: "referral"}, {Leave: 2, LeavePercent: 10}}
	p := mustPolicy(booking.NewProtection(booking.ProtectionConfig{Levels: levels, Inner: r}))
	levels[1].Leave = 0
	require.Equal(t, "protection(referral:0:0%,:2:10%,rotation(Li*3,Wu*2))", p.Name())
	require.Equal(t, "within(5,then(continuity,least-fragmentation))",
		mustPolicy(booking.NewWithin(5, mustPolicy(booking.NewThen(booking.Continuity{}, booking.LeastFragmentation{})))).Name())
	require.Equal(t, "rotation", mustPolicy(booking.NewRotation(nil)).Name())
}

// The zero values choose nothing, and so refuse everyone; they break nothing.
func TestZeroPoliciesChooseNothing(t *testing.T) {
	for _, p := range []booking.Policy{booking.Then{}, booking.Within{}, booking.Protection{}} {
		desk := deskWith(p, morning("wang/23", "23", "Dr Wang", 1))
		_, err := desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"})
		var no *booking.Refusal
		require.ErrorAs(t, err, &no)
		require.Equal(t, booking.NoneFree, no.Reason)
	}
}

// A class that enters the log with the very request that bears it has its level at once.
func TestProtectionKnowsNewClasses(t *testing.T) {
	p := mustPolicy(booking.NewProtection(booking.ProtectionConfig{Inner: booking.Earliest{},
		Levels: []booking.ProtectionLevel{{Class: "referral"}, {Leave: 1}}}))
	desk := deskWith(p, morning("wang/23", "23", "Dr Wang", 1))
	_, err := desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"})
	require.ErrorIs(t, err, booking.ErrRefused)
	_, err = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Classes: []string{"referral"}, Resource: "Dr Wang"})
	require.NoError(t, err)
}

// A bundle's earlier requests count: a series stays with one physician, turns go on, fragments are seen, and what is kept stays kept.
func TestPoliciesInBundles(t *testing.T) {
	protection := mustPolicy(booking.NewProtection(booking.ProtectionConfig{Inner: booking.Earliest{}, Levels: []booking.ProtectionLevel{{Leave: 2}}}))
	for _, c := range []struct {
		policy  booking.Policy
		persons []string
		want    []string
	}{
		{mustPolicy(booking.NewThen(booking.Continuity{}, booking.Earliest{})), []string{"Li", "Li", "Zhao"}, []string{"wang/23", "wang/23", "zhou/23"}},
		{booking.Rotation{}, []string{"Li", "Zhao", "Qian"}, []string{"wang/23", "zhou/23", "wang/23"}},
		{protection, []string{"Li", "Zhao"}, []string{"wang/23", "zhou/23"}},
	} {
		desk := deskWith(c.policy, morning("wang/23", "23", "Dr Wang", 3), morning("zhou/23", "23", "Dr Zhou", 3))
		var asks []booking.Ask
		for _, p := range c.persons {
			asks = append(asks, booking.Ask{Person: p, Channel: "app", Department: "Cardiology"})
		}
		reply, err := desk.Bundle(on("20 09:01"), asks, booking.Booked)
		require.NoError(t, err, c.policy.Name())
		for i, want := range c.want {
			v, ok := desk.Pool().Appointment(reply.Appointment + booking.Appointment(i))
			require.True(t, ok)
			require.Equal(t, want, desk.Pool().Name(booking.SessionName, uint32(v.Slot.Session)), "%s, request %d", c.policy.Name(), i)
		}
	}
}

// The view tells at most MaxFormer visits, the latest first, whatever the order in which they were booked.
func TestFormerVisitsAreTheLatest(t *testing.T) {
	var told []booking.Former
	spy := spying{func(v *booking.View) { told = v.Former(told[:0]) }}
	desk := deskWith(spy)
	for _, day := range []int{14, 3, 11, 1, 9, 7, 5, 2, 13, 4} {
		id := fmt.Sprint("s", day)
		_, err := desk.Open(on("20 09:00"), morning(id, fmt.Sprintf("%02d", 10+day+6), "Dr Wang", 1), booking.Terms{})
		require.NoError(t, err)
		_, err = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: id})
		if day < 5 {
			require.Error(t, err, "days that are past")
			continue
		}
		require.NoError(t, err)
	}
	_, err := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"})
	require.Error(t, err)
	require.Len(t, told, 6)
	for i := 1; i < len(told); i++ {
		require.Greater(t, told[i-1].Start, told[i].Start)
	}
}

// spying looks at the view and chooses nothing.
type spying struct{ look func(*booking.View) }

func (spying) Name() string { return "spying" }

func (s spying) Choose(v *booking.View) (booking.Slot, bool) {
	s.look(v)
	return booking.Slot{}, false
}

// No policy of the package allocates, once its working memory has grown.
func TestPoliciesAllocateNothing(t *testing.T) {
	r := plainRules()
	r.Policies = storyPolicies()
	b := newStage(t, r)
	for i := range 4 {
		b.open(fmt.Sprint("s", i), b.halfHours("10", fmt.Sprint("Dr ", i), 12, 2))
	}
	var batch booking.Batch
	q := b.request("Li", 1, 0)
	b.done(booking.Take{Meta: b.meta(), Request: q})
	q.Slot = booking.Slot{}
	v, _ := b.book.Session(1)
	if q.Department = v.Department; q.Department == 0 {
		q.Resource = 1
	}
	for i, p := range r.Policies {
		q.Policy = uint8(i + 1)
		decide := func() {
			batch.Reset()
			if _, err := b.book.Decide(&batch, booking.Take{Meta: b.meta(), Request: q}); err != nil {
				panic(err)
			}
		}
		decide()
		require.Zero(t, testing.AllocsPerRun(20, decide), p.Name())
	}
}

// runaway is a filter that is wrong on purpose: it walks the view that it is only to judge.
type runaway struct{ asked *int }

func (r runaway) Admits(v *booking.View) bool {
	*r.asked++
	for v.NextSession() {
		v.NextSlot()
	}
	return true
}

type behindRunaway struct {
	runaway
	inner booking.Policy
}

func (behindRunaway) Name() string { return "behind-runaway" }

func (b behindRunaway) Choose(v *booking.View) (booking.Slot, bool) {
	return v.Filtered(b.runaway, b.inner)
}

// A filter that moves the view on changes nothing for the policy behind it, and is asked once a session.
func TestFiltersCannotMoveTheView(t *testing.T) {
	for _, inner := range storyPolicies() {
		asked := 0
		desk := deskWith(behindRunaway{runaway{&asked}, inner}, morning("wang/23", "23", "Dr Wang", 2), morning("zhou/23", "23", "Dr Zhou", 2),
			morning("qian/24", "24", "Dr Qian", 2))
		plain := deskWith(inner, morning("wang/23", "23", "Dr Wang", 2), morning("zhou/23", "23", "Dr Zhou", 2), morning("qian/24", "24", "Dr Qian", 2))
		for _, d := range []*booking.Desk{desk, plain} {
			_, err := d.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "zhou/23"})
			require.NoError(t, err)
		}
		ask := booking.Ask{Person: "Li", Channel: "app", Department: "Cardiology"}
		have, haveErr := desk.Book(on("20 09:01"), ask)
		want, wantErr := plain.Book(on("20 09:01"), ask)
		require.Equal(t, wantErr == nil, haveErr == nil, inner.Name())
		a, _ := desk.Pool().Appointment(have)
		b, _ := plain.Pool().Appointment(want)
		require.Equal(t, b, a, inner.Name())
		require.Positive(t, asked)
		require.LessOrEqual(t, asked, 3*4, inner.Name())
	}
}

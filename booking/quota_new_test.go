package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// A session can be given lines one by one, beyond what lies in its record, up to MaxQuotas; each counts what is there, and the book that is made anew
// from its log and from its snapshot is the same.
func TestNewQuotaLines(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("wang/02", b.halfHours("02", "Dr Wang", 4, 9))
	b.take("Li", s, 0)
	b.done(booking.Pay{Meta: b.meta(), Appointment: b.hold("Zhao", s, 1)})
	gone := b.take("Qian", s, 2)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: gone, By: booking.ByPatient})
	set := func(class string, q booking.Quota) booking.SetQuota {
		q.Class = b.class(class)
		return booking.SetQuota{Meta: b.meta(), Session: s, Quota: q}
	}
	require.EqualValues(t, 2, b.refused(booking.BelowUse, set("app", booking.Quota{Cap: 1, Capped: true})).Limit)
	b.done(set("app", booking.Quota{Cap: 2, Capped: true, From: on("01 10:00")}))
	require.EqualValues(t, 2, b.book.Quotas(nil, s, b.now)[0].Borne)
	require.EqualValues(t, 2, b.book.Quotas(nil, s, b.now)[0].Charged, "what no line had was charged to the channel")
	for i := 1; i < booking.MaxQuotas; i++ {
		b.done(set(fmt.Sprint("class ", i), booking.Quota{Reserve: uint16(i % 2), From: on("01 09:00")}))
	}
	require.Len(t, b.book.Quotas(nil, s, b.now), booking.MaxQuotas)
	_, err := b.do(set("one more", booking.Quota{Reserve: 1}))
	require.ErrorIs(t, err, booking.ErrCommand)
	require.ErrorContains(t, err, "32 lines already")
	_, err = b.do(booking.SetQuota{Meta: b.meta(), Session: s, Quota: booking.Quota{Class: 99}})
	require.ErrorContains(t, err, "Quota.Class 99: not introduced")
	b.refused(booking.CapReached, booking.Take{Meta: booking.Meta{At: on("01 10:00")}, Request: b.request("Sun", s, 3)})
	require.Empty(t, b.book.Check())
	replayed, err := booking.Replay(b.book.Rules(), &b.log)
	require.NoError(t, err)
	require.Equal(t, b.book.Snapshot(nil), replayed.Snapshot(nil))
	require.Empty(t, replayed.Check())
	requireSnapshotRoundTrip(t, b.book)
}

// A refused Reallocation names what is wrong with it.
func TestReallocationRules(t *testing.T) {
	for want, x := range map[string]booking.Reallocation{
		"Reallocation.MaxMovePercent 101: want 0 to 100":                    {MaxMovePercent: 101},
		"Reallocation.MaxMovePercent -1: want 0 to 100":                     {MaxMovePercent: -1},
		"Reallocation.KeepUnits 60001: want 0 to 60000":                     {MaxMovePercent: 1, KeepUnits: 60001},
		"Reallocation.KeepUnits -1: want 0 to 60000":                        {MaxMovePercent: 1, KeepUnits: -1},
		"Reallocation.KeepPercent 101: want 0 to 100":                       {MaxMovePercent: 1, KeepPercent: 101},
		"Reallocation.MinElapsedSeconds -1: want 0 to 31622400":             {MaxMovePercent: 1, MinElapsedSeconds: -1},
		"Reallocation.MinElapsedSeconds 31622401: want 0 to 31622400":       {MaxMovePercent: 1, MinElapsedSeconds: 31622401},
		"Reallocation.len(Never[1]) 0: want 1 to 200":                       {MaxMovePercent: 1, Never: []string{"x", ""}},
		"Reallocation.len(Never) 201: want 0 to 200":                        {MaxMovePercent: 1, Never: many("x", 201)},
		"Reallocation.MaxMovePercent 0: with other fields set; without it ": {KeepUnits: 1},
	} {
		r := plainRules()
		r.Reallocation = x
		_, err := booking.NewRules(r)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "\n")
	}
	r := plainRules()
	r.Reallocation = booking.Reallocation{MaxMovePercent: 100, KeepUnits: 60000, KeepPercent: 100, MinElapsedSeconds: 31622400, Never: []string{"elderly"}}
	rules, err := booking.NewRules(r)
	require.NoError(t, err)
	r.Reallocation.Never[0] = "nobody"
	require.Equal(t, []string{"elderly"}, rules.Reallocation.Never, "a copy")
}

func many(text string, n int) (list []string) {
	for range n {
		list = append(list, text)
	}
	return list
}

// Every field of it is in the digest of the rules: a Book that adopted the one refuses to go on under the other.
func TestReallocationIsInTheRulesDigest(t *testing.T) {
	for name, change := range map[string]func(*booking.Reallocation){
		"MaxMovePercent":    func(r *booking.Reallocation) { r.MaxMovePercent = 99 },
		"KeepUnits":         func(r *booking.Reallocation) { r.KeepUnits++ },
		"KeepPercent":       func(r *booking.Reallocation) { r.KeepPercent++ },
		"MinElapsedSeconds": func(r *booking.Reallocation) { r.MinElapsedSeconds++ },
		"Never":             func(r *booking.Reallocation) { r.Never = nil },
		"Never[0]":          func(r *booking.Reallocation) { r.Never = []string{"emergencies"} },
		"Never, cut":        func(r *booking.Reallocation) { r.Never = []string{"emerg", "ency"} },
	} {
		b := newStage(t, fullRules())
		r := fullRules()
		change(&r.Reallocation)
		b.book.Configure(mustRules(r))
		_, err := b.decide(booking.Take{Meta: b.meta()})
		require.ErrorIs(t, err, booking.ErrRules, name)
	}
}

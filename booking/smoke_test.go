package booking_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func at(s string) slots.Instant { return slots.MustInstant("2026-11-" + s + ":00+08:00") }

func TestSmoke(t *testing.T) {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 400 * 86400,
		LateCancel: booking.LateRecorded, Limits: []booking.Limit{{Name: "one per session", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.AllVisits, Max: 1}},
		Policies: []booking.Policy{booking.Earliest{}, booking.LevelLoad{}}})
	require.NoError(t, err)
	var log booking.Log
	d, err := booking.NewDesk(booking.New(rules), at("01T08:00"), log.Append)
	require.NoError(t, err)
	s := slots.Session{ID: "r1/2026-11-23", Date: slots.MustDate("2026-11-23"), Start: at("23T08:00"), Minutes: 60,
		Line: slots.Line{Department: "Cardiology", Service: "visit", Kind: slots.Specialist, Grade: slots.Chief}, Resources: []string{"D001"},
		Slots: []slots.Slot{{Start: at("23T08:00"), Minutes: 30, Capacity: 1}, {Start: at("23T08:30"), Minutes: 30, Capacity: 1}}}
	_, err = d.Open(at("01T08:00"), s, booking.Terms{Release: at("08T20:00"), End: at("23T12:00"),
		Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 1, OpenAt: at("20T20:00")}}})
	require.NoError(t, err)
	_, err = d.Book(at("02T08:00"), booking.Ask{Person: "A", Channel: "app", Resource: "D001"})
	var no *booking.Refusal
	require.True(t, errors.As(err, &no))
	require.Equal(t, booking.NoneFree, no.Reason)
	a, err := d.Book(at("08T20:00"), booking.Ask{Person: "A", Channel: "app", Resource: "D001"})
	require.NoError(t, err)
	_, err = d.Book(at("08T20:01"), booking.Ask{Person: "B", Channel: "app", Session: s.ID, N: 1})
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.ReservedForOthers, no.Reason)
	h, err := d.Hold(at("20T20:01"), booking.Ask{Person: "B", Channel: "app", Session: s.ID, N: 1})
	require.NoError(t, err)
	require.NoError(t, d.Advance(at("20T21:00")))
	v, _ := d.Pool().Appointment(h)
	require.Equal(t, booking.Lapsed, v.State)
	require.NoError(t, d.Advance(at("23T13:00")))
	v, _ = d.Pool().Appointment(a)
	require.Equal(t, booking.NoShow, v.State)
	require.Empty(t, d.Pool().Check())
	r, err := booking.Replay(rules, &log)
	require.NoError(t, err)
	require.Equal(t, d.Pool().Snapshot(nil), r.Snapshot(nil))
	q, err := booking.Restore(rules, r.Snapshot(nil))
	require.NoError(t, err)
	require.Equal(t, q.Snapshot(nil), r.Snapshot(nil))
	q, err = booking.RestoreJSON(rules, r.SnapshotJSON())
	require.NoError(t, err)
	require.Equal(t, q.Snapshot(nil), r.Snapshot(nil))
	t.Log(string(r.SnapshotJSON()))
	for b, err := range log.All() {
		require.NoError(t, err)
		j, _ := b.MarshalJSON()
		t.Log(string(j))
		var c booking.Batch
		require.NoError(t, c.UnmarshalJSON(j))
		x, _ := b.AppendBinary(nil)
		y, _ := c.AppendBinary(nil)
		require.Equal(t, x, y)
	}
}

package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Whoever looks is shown what they could have, by names that nobody knows yet, and leaves no trace of them.
func TestDeskCandidatesLeaveNoTrace(t *testing.T) {
	var log booking.Log
	r := plainRules()
	r.Exempt = []string{"emergency"}
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{})
	require.NoError(t, err)
	_, err = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	require.NoError(t, desk.Restrict(on("20 09:00"), "Li", on("27 00:00")))
	before, events := desk.Pool().Snapshot(nil), log.Events()
	seen := func(a booking.Ask, limit int) (list []string) {
		all, err := desk.Candidates(on("20 09:00"), a, limit)
		require.NoError(t, err)
		for _, c := range all {
			list = append(list, fmt.Sprint(wall(c.Start), " ", c.Room))
		}
		return list
	}
	stranger := booking.Ask{Ref: "ignored", Person: "Zhao", Account: "new", Channel: "kiosk", Classes: []string{"elderly"}, Resource: "Dr Wang"}
	require.Equal(t, []string{"23 08:30 1", "23 09:00 1"}, seen(stranger, 9))
	require.Equal(t, []string{"23 08:30 1"}, seen(stranger, 1))
	_, err = desk.Candidates(on("20 09:00"), booking.Ask{Person: "Zhao", Channel: "kiosk", Resource: "Dr Who"}, 9)
	require.ErrorContains(t, err, `resource "Dr Who"`)
	require.Equal(t, []string{"23 09:00 1"}, seen(booking.Ask{Person: "Zhao", Channel: "kiosk", Session: "wang/23", N: 2}, 9))
	// Li is suspended, but for an emergency; that is a class that nobody has borne so far.
	require.Empty(t, seen(booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"}, 9))
	require.Len(t, seen(booking.Ask{Person: "Li", Channel: "app", Classes: []string{"emergency"}, Session: "wang/23", N: 1}, 9), 1)
	_, err = desk.Candidates(on("20 09:00"), booking.Ask{Person: "Zhao", Resource: "Dr Wang"}, 9)
	require.ErrorIs(t, err, booking.ErrCommand)
	require.Equal(t, before, desk.Pool().Snapshot(nil))
	require.Equal(t, events, log.Events())

	// What is due by then happens first: at their release the numbers are there.
	_, err = desk.Open(on("20 09:00"), morning("wang/24", "24", "Dr Wang", 1), booking.Terms{Release: on("20 20:00")})
	require.NoError(t, err)
	next := booking.Ask{Person: "Zhao", Channel: "kiosk", Session: "wang/24"}
	list, err := desk.Candidates(on("20 19:59"), next, 9)
	require.NoError(t, err)
	require.Empty(t, list)
	list, err = desk.Candidates(on("20 20:00"), next, 9)
	require.NoError(t, err)
	require.Len(t, list, 1)
}

// All or none, once for one reference; the reply says which leg was refused, and its names leave no trace.
func TestDeskBundle(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 3), morning("zhou/24", "24", "Dr Zhou", 1))
	now := on("20 09:00")
	legs := []booking.Ask{{Ref: "trip", Caller: 3, Person: "Li", Channel: "app", Session: "wang/23", N: 1},
		{Person: "Li", Channel: "app", Resource: "Dr Zhou"}}
	before := desk.Pool().Snapshot(nil)

	blocked := append(legs[:2:2], booking.Ask{Person: "Zhao", Channel: "kiosk", Session: "zhou/24"})
	reply, err := desk.Bundle(now, blocked, booking.Held)
	var no *booking.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.Full, no.Reason)
	require.EqualValues(t, 2, reply.Count)
	require.Equal(t, before, desk.Pool().Snapshot(nil))

	for repeat := range 2 {
		reply, err = desk.Bundle(now, legs, booking.Held)
		require.NoError(t, err)
		require.Equal(t, booking.Reply{Outcome: booking.Done, Repeat: repeat == 1, Appointment: 1, Count: 2}, reply)
	}
	for id, start := range map[booking.Appointment]string{1: "23 08:30", 2: "24 08:00"} {
		v, _ := desk.Pool().Appointment(id)
		require.Equal(t, booking.Held, v.State)
		require.Equal(t, start, wall(v.Start))
	}
	_, ok := desk.Pool().Appointment(3)
	require.False(t, ok)
	_, err = desk.Bundle(now, legs[:1], booking.Held) // another wish under the same reference
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.KeyReused, no.Reason)
}

func TestDeskBundleRefusesMalformedAsks(t *testing.T) {
	good := booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"}
	for want, asks := range map[string][]booking.Ask{
		"0 of them":           {},
		"65 of them":          make([]booking.Ask, 70),
		"Ref \"late\"":        {good, {Ref: "late", Person: "Zhao", Channel: "app", Session: "wang/23", N: 1}},
		"channel: none given": {good, {Person: "Zhao", Session: "wang/23", N: 1}},
		"Person: none given":  {good, {Channel: "app", Session: "wang/23", N: 1}},
	} {
		desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
		for i := range asks {
			if want == "65 of them" {
				asks[i] = good
			}
		}
		before := desk.Pool().Snapshot(nil)
		_, err := desk.Bundle(on("20 09:00"), asks, booking.Booked)
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, want)
		require.Equal(t, before, desk.Pool().Snapshot(nil))
		_, err = desk.Book(on("20 09:00"), good)
		require.NoError(t, err)
	}
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	_, err := desk.Bundle(on("20 09:00"), []booking.Ask{good}, booking.Confirmed)
	require.ErrorContains(t, err, "As confirmed")
}

// A desk that opens after a long night: all that was due by then happens in order, however far the clock jumps, under the rules
// of today; and with nothing due the clock moves all the same.
func TestNewDeskCatchesUp(t *testing.T) {
	r := plainRules()
	r.StepSeconds = 3600
	var log booking.Log
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("01 09:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("01 09:00"), morning("wang/10", "10", "Dr Wang", 2), booking.Terms{Release: on("01 09:30"), End: on("10 12:00")})
	require.NoError(t, err)
	require.NoError(t, desk.Advance(on("01 09:30")))
	missed, err := desk.Book(on("01 09:30"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/10"})
	require.NoError(t, err)
	lapsed, err := desk.Hold(on("01 09:30"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/10", N: 1})
	require.NoError(t, err)

	for _, version := range []uint32{1, 2} {
		for at, want := range map[slots.Instant][2]booking.State{on("05 00:00"): {booking.Booked, booking.Lapsed}, on("20 00:00"): {booking.NoShow, booking.Lapsed}} {
			r.Version = version
			book, err := booking.Replay(mustRules(r), &log)
			require.NoError(t, err)
			again, err := booking.NewDesk(book, at, nil)
			require.NoError(t, err)
			require.Equal(t, at, book.Clock())
			for i, id := range []booking.Appointment{missed, lapsed} {
				v, _ := book.Appointment(id)
				require.Equal(t, want[i], v.State)
			}
			_, err = again.Open(at, morning("wang/23", "23", "Dr Wang", 1), booking.Terms{}) // it is open for business
			require.NoError(t, err)
		}
	}
}

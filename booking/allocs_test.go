package booking_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The hot paths allocate nothing in Decide, and nothing in Apply but the growth of the tables, which is paid once per page or
// doubling. A run here is short enough that what its first rounds have made room for lasts: holds that lapse and bookings
// that are given back free their units, and 100 more records stay within the page that is there. Growth is kept out by
// growing first, up to the middle of a page (tablePage and keyPage in the package).
func TestHotPathsAllocateNothing(t *testing.T) {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "one a session", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.AllVisits, Max: 3}}
	b := newStage(t, r)
	o := b.halfHours("10", "Dr Wang", 12, 50)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 5}, {Class: b.class("app"), Cap: 500, Capped: true}}
	s := b.open("s", o)
	next := b.halfHours("11", "Dr Wang", 12, 50)
	b.open("t", next)
	named := b.request("Li", s, 3)
	other := b.request("Zhao", s, 5)
	found := named
	found.Slot, found.Resource = booking.Slot{}, 1
	level := found
	level.Policy = 2

	var batch booking.Batch
	key := uint64(0)
	do := func(c booking.Command) booking.Reply {
		batch.Reset()
		reply, err := b.book.Decide(&batch, c)
		if err == nil {
			err = b.book.Apply(&batch)
		}
		if err != nil || reply.Outcome != booking.Done {
			panic(reply.Refusal.Error())
		}
		return reply
	}
	keyed := func() (m booking.Meta) {
		key++
		m = booking.Meta{At: b.now, Caller: 1, Made: b.now}
		binary.LittleEndian.PutUint64(m.Key[:], key)
		return m
	}
	cancel := func(id booking.Appointment) {
		do(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
	}
	paths := []struct {
		name string
		run  func()
	}{
		{"Take, named, and Cancel", func() { cancel(do(booking.Take{Meta: keyed(), Request: named}).Appointment) }},
		{"Take, next available, and Cancel", func() { cancel(do(booking.Take{Meta: keyed(), Request: found}).Appointment) }},
		{"Take, level load, and Cancel", func() { cancel(do(booking.Take{Meta: keyed(), Request: level}).Appointment) }},
		{"Hold and Cancel", func() { cancel(do(booking.Hold{Meta: keyed(), Request: named}).Appointment) }},
		{"Hold, and Advance lapses it", func() {
			do(booking.Hold{Meta: keyed(), Request: named})
			b.now += slots.Instant(r.HoldSeconds)
			do(booking.Advance{Meta: b.meta()})
		}},
		{"Take, Reschedule twice, Cancel", func() {
			id := do(booking.Take{Meta: keyed(), Request: named}).Appointment
			do(booking.Reschedule{Meta: keyed(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: s, N: 4}}})
			do(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Resource: 1, From: on("11 00:00")}})
			cancel(id)
		}},
		{"Hold, Pay, CheckIn, Void", func() {
			id := do(booking.Hold{Meta: b.meta(), Request: named}).Appointment
			do(booking.Pay{Meta: b.meta(), Appointment: id})
			do(booking.CheckIn{Meta: b.meta(), Appointment: id})
			do(booking.Void{Meta: b.meta(), Appointment: id})
		}},
		{"retry", func() {
			m := booking.Meta{At: b.now, Key: booking.Key{1}, Caller: 1, Made: b.now}
			if reply, err := b.book.Decide(&batch, booking.Take{Meta: m, Request: other}); err != nil || !reply.Repeat {
				panic("no repeat")
			}
		}},
		{"refusal", func() {
			batch.Reset()
			m := b.meta()
			if reply, err := b.book.Decide(&batch, booking.Take{Meta: m, Request: booking.Request{Person: named.Person, Bear: named.Bear,
				Slot: booking.Slot{Session: s}, Count: 13}}); err != nil || reply.Outcome != booking.Refused {
				panic("not refused")
			}
		}},
	}
	for _, p := range paths {
		if p.name == "retry" {
			do(booking.Take{Meta: booking.Meta{At: b.now, Key: booking.Key{1}, Caller: 1, Made: b.now}, Request: other})
		}
		// Warm up until the records of the run fit in what is there: AppointmentsPer run at most 1, keys at most 2.
		next := uint32(0)
		for i := 0; i < 30 || next%256 > 100 || key%1024 > 600; i++ {
			p.run()
			id := do(booking.Hold{Meta: keyed(), Request: named}).Appointment
			cancel(id)
			next = uint32(id)
		}
		require.Zero(t, testing.AllocsPerRun(50, p.run), p.name)
	}
	require.Empty(t, b.book.Check())
}

// Queries lend the caller's memory and allocate none of their own.
func TestQueriesAllocateNothing(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 12, 5)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 5}}
	s := b.open("s", o)
	id := b.take("Li", s, 0)
	q := b.request("Zhao", s, 1)
	q.Slot, q.Resource = booking.Slot{}, 1
	named := b.request("Li", s, 0)
	var batch booking.Batch
	candidates, reasons := make([]booking.Candidate, 0, 20), make([]booking.Refusal, 0, 20)
	quotas, ids, resources := make([]booking.QuotaView, 0, 9), make([]booking.Appointment, 0, 9), make([]booking.Resource, 0, 9)
	require.Zero(t, testing.AllocsPerRun(50, func() {
		list, err := b.book.Candidates(candidates, &batch, q, b.now, 20)
		why, errAgain := b.book.Reasons(reasons, &batch, named, b.now)
		if err != nil || errAgain != nil || len(list) != 12 || len(why) == 0 {
			panic("queries")
		}
		b.book.Appointment(id)
		b.book.Session(s)
		b.book.Slot(booking.Slot{Session: s})
		b.book.Quotas(quotas, s, b.now)
		b.book.AppointmentsOf(ids, 1)
		b.book.AppointmentsIn(ids, s)
		b.book.Resources(resources, s)
		b.book.Find(booking.PersonName, "Li")
		b.book.Wake()
		b.book.Clock()
	}))
}

package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Whatever of their own kept someone who waits from a number, its going lets them have it at once, though nothing happened in the clinic.
func TestOwnChangeIsTriedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		bar func(*stage, booking.Session) // what bars A
		end func(*stage)                  // and how it ends
	}{
		"cancelled": {barByVisit, func(b *stage) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: 1, By: booking.ByPatient})
		}},
		"entered in error": {barByVisit, func(b *stage) { b.done(booking.Void{Meta: b.meta(), Appointment: 1}) }},
		"over": {barByVisit, func(b *stage) {
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: 1})
			b.done(booking.Complete{Meta: b.meta(), Appointment: 1})
		}},
		"missed": {barByVisit, func(b *stage) {
			b.advance(on("20 08:00"))
			b.done(booking.MarkNoShow{Meta: b.meta(), Appointment: 1})
		}},
		"a hold lapses": {func(b *stage, s booking.Session) { b.hold("A", s, 0) }, func(b *stage) { b.advance(b.now + 900) }},
		"moved out of the way": {func(b *stage, s booking.Session) {
			b.done(booking.Take{Meta: b.meta(), Request: b.request("A", s, 2)}) // at the hour of the number that A waits for
		}, func(b *stage) {
			b.done(booking.Reschedule{Meta: b.meta(), Appointment: 1, Want: booking.Request{Slot: booking.Slot{Session: 1}}})
		}},
		"a suspension lifted": {func(b *stage, _ booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person("A"), Until: on("30 00:00")})
		}, func(b *stage) { b.done(booking.Restrict{Meta: b.meta(), Person: b.person("A")}) }},
		"the account's suspension lifted": {func(b *stage, _ booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Account: b.account("family"), Until: on("30 00:00")})
		}, func(b *stage) { b.done(booking.Restrict{Meta: b.meta(), Account: b.account("family")}) }},
	} {
		r := plainRules()
		r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.TravelMinutes = 2, 3600, 0
		r.Limits = []booking.Limit{{Name: "one open", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 1}}
		if name == "moved out of the way" {
			r.Limits = nil
		}
		b := newStage(t, r)
		elsewhere := b.halfHours("20", "Dr Qian", 3, 1)
		elsewhere.Department = booking.Department(b.name(booking.DepartmentName, "Eyes"))
		other := b.open("qian", elsewhere)
		o := b.halfHours("20", "Dr Li", 1, 1)
		o.Start += 3600
		o.Resources = []booking.Resource{booking.Resource(b.name(booking.ResourceName, "Dr Li"))}
		b.open("li", o)
		account := b.account("family")
		c.bar(b, other)
		entry := b.join("A", on("20 10:00"), func(j *booking.Join) { j.Assign, j.Account = true, account })
		for range 3 { // what joining leads to
			b.advance(b.now)
		}
		state := func() booking.EntryState { v, _ := b.book.Entry(entry); return v.State }
		require.Equal(t, booking.Waiting, state(), name)
		c.end(b)
		b.advance(b.now)
		require.Equal(t, booking.Served, state(), name)
		require.Empty(t, b.book.Check(), name)
	}
}

func barByVisit(b *stage, s booking.Session) { b.take("A", s, 0) }

func (b *stage) account(text string) booking.Account {
	return booking.Account(b.name(booking.AccountName, text))
}

// What is somebody else's is no reason to look: a cancellation by one who does not wait looks where it was, and nowhere else.
func TestOthersChangesLookNowhereElse(t *testing.T) {
	r := plainRules()
	r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.Limits = 2, 3600, []booking.Limit{{Name: "none", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 1}}
	b := newStage(t, r)
	eyes := b.halfHours("20", "Dr Qian", 1, 2)
	eyes.Department = booking.Department(b.name(booking.DepartmentName, "Eyes"))
	s := b.open("qian", eyes)
	b.open("li", b.halfHours("21", "Dr Li", 1, 1))
	b.take("A", s, 0)
	other := b.take("B", s, 0)
	b.join("A", on("20 10:00"), nil)
	b.advance(b.now)
	events := b.book.Events()
	b.done(booking.Cancel{Meta: b.meta(), Appointment: other, By: booking.ByPatient})
	b.advance(b.now)
	require.Equal(t, events+1, b.book.Events())
}

package booking_test

import (
	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// people describes two persons and finds a third to be one of them, after a session for women from 18 on with a referral.
func (b *stage) people() {
	o := b.halfHours("22", "Dr Han", 2, 1)
	o.Department, o.Service = 0, 0 // nobody waits for it
	o.Eligible = booking.Eligibility{Sex: booking.Female, Need: b.class("referral"), Ages: booking.AgeRange{From: booking.Years(18), Until: booking.Months(900)}}
	s := b.open("han/22", o)
	b.done(booking.Describe{Meta: b.meta(), Person: b.person("Han"), Born: slots.MustDate("1988-02-29"), Sex: booking.Female})
	b.done(booking.Describe{Meta: b.meta(), Person: b.person("Chu"), Sex: booking.Unstated})
	q := b.request("Han", s, 0)
	q.Bear = b.bear("app", "referral")
	b.done(booking.Take{Meta: b.meta(), Request: q})
	b.done(booking.Describe{Meta: b.meta(), Person: b.person("Han's passport"), Born: slots.MustDate("1988-02-28"), Sex: booking.Female})
	q.Person, q.Slot.N = b.person("Han's passport"), 1
	b.done(booking.Take{Meta: b.meta(), Request: q})
	b.done(booking.Merge{Meta: b.meta(), Into: b.person("Han"), From: b.person("Han's passport")})
}

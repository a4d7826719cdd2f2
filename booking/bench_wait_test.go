package booking_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// BenchmarkWaitlist: 20,000 wait, for ten departments; a hundred times, an offer is declined and the next in line has the number, logged and all.
// Beside it (BenchmarkWaitlistPlain), what it costs to search a plain list of all who wait for the next one, and nothing else.
func BenchmarkWaitlist(b *testing.B) {
	const departments, each = 10, 2000
	for b.Loop() {
		b.StopTimer()
		s := newStage(b, waitRules())
		for d := range departments {
			o := s.halfHours("10", fmt.Sprint("Dr ", d), 1, 1)
			o.Department, o.Service = booking.Department(s.name(booking.DepartmentName, fmt.Sprint("department ", d))), 0
			s.take("patient", s.open(fmt.Sprint("s", d), o), 0)
			for n := range each {
				s.join(fmt.Sprint(d, " waits ", n), on("09 08:00"), func(c *booking.Join) { c.Department = o.Department })
			}
			s.done(booking.Cancel{Meta: s.meta(), Appointment: booking.Appointment(s.appointments()), By: booking.ByHospital})
			s.advance(s.now)
		}
		b.StartTimer()
		for range 100 {
			s.done(booking.Answer{Meta: s.meta(), Appointment: booking.Appointment(s.appointments())})
			s.advance(s.now)
		}
		b.StopTimer()
		require.Equal(b, booking.Served, s.entry((departments-1)*each+101).State)
		b.StartTimer()
	}
}

// appointments is how many there are.
func (b *stage) appointments() (n int) {
	for {
		if _, ok := b.book.Appointment(booking.Appointment(n + 1)); !ok {
			return n
		}
		n++
	}
}

// BenchmarkWaitlistPlain is the search of the plain list, a hundred times over.
func BenchmarkWaitlistPlain(b *testing.B) {
	list := make([]booking.EntryView, 20000)
	for i := range list {
		list[i] = booking.EntryView{Entry: booking.Entry(i + 1), State: booking.Waiting, Request: booking.Request{Department: booking.Department(1 + i/2000)}}
	}
	for b.Loop() {
		for range 100 {
			_ = slices.MinFunc(list, func(x, y booking.EntryView) int {
				return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Entry, y.Entry))
			})
		}
	}
}

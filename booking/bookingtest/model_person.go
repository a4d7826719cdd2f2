package bookingtest

import "github.com/haoyuan-go/haoyuan/booking"

func (m *Model) describe(booking.Describe) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

func (m *Model) merge(booking.Merge) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

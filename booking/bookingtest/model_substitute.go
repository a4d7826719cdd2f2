package bookingtest

import "github.com/haoyuan-go/haoyuan/booking"

func (m *Model) substitute(booking.Substitute) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

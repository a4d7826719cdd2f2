package bookingtest

import "github.com/haoyuan-go/haoyuan/booking"

func (m *Model) joint(booking.Joint) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

func (m *Model) series(booking.Series) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

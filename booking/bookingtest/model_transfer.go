package bookingtest

import "github.com/haoyuan-go/haoyuan/booking"

func (m *Model) transfer(booking.Transfer) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

func (m *Model) comeBack(booking.Return) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

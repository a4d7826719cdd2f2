package bookingtest

import "github.com/haoyuan-go/haoyuan/booking"

func (m *Model) displace(booking.Displace) (booking.Reply, error) {
	return booking.Reply{}, booking.ErrCommand
}

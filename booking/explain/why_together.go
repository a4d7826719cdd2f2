package explain

import "github.com/haoyuan-go/haoyuan/booking"

// partOfJoint is the request of a joint clinic that was refused: the first physician's, or a leg's.
func partOfJoint(c *booking.Joint, index int) booking.Request {
	if index < 1 || index > len(c.With) {
		return c.Request
	}
	l := &c.With[index-1]
	return booking.Request{Person: c.Person, Account: c.Account, Booker: c.Booker, Bear: c.Bear, Count: l.Count, Slot: l.Slot,
		Resource: l.Resource, AnyOf: l.AnyOf, Department: l.Department, Service: l.Service, Weekdays: c.Weekdays}
}

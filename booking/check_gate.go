package booking

// restrictions checks that whoever has a gate, and nobody else, has the end of the first in the due queue; that the lists of records are in
// order; and that every record is on one list.
func (c *checker) restrictions(check func(uint32, dueItem, Finding)) {
	b := c.b
	all := int64(len(b.restrictions))
	records := int64(0)
	for r := b.restrictionAt(b.freeRestriction); r != nil && records <= all; r = b.restrictionAt(r.next) {
		records++
	}
	holder := func(h *holder, id uint32) {
		first := b.first(h)
		if first == nil {
			return
		}
		check(first.dueAt, b.nextLift(h, id), Finding{Law: "due", Have: int64(id)})
		for r := first; r != nil && records <= all; r = b.restrictionAt(r.next) {
			records++
			if next := b.restrictionAt(r.next); next != nil && !r.before(next) || r != first && r.dueAt != 0 {
				c.broken(Finding{Law: "restriction order", Session: r.session, Class: r.gate.Channel, Have: int64(id)})
			}
		}
	}
	for i := range b.persons {
		holder(&b.persons[i], liftID(Person(i+1), 0))
	}
	for i := range b.accounts {
		holder(&b.accounts[i], liftID(0, Account(i+1)))
	}
	c.broken(Finding{Law: "restrictions", Want: all, Have: records})
}

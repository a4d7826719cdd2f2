package booking

func walkWaiting(c coder, w *waiting) {
	c.object("waiting")
	num(c, "resource", &w.resource)
	walkResources(c, "anyOf", &w.anyOf)
	num(c, "department", &w.department)
	num(c, "service", &w.service)
	num(c, "weekdays", &w.weekdays)
	moment(c, "from", &w.from)
	moment(c, "until", &w.until)
	moment(c, "dueBy", &w.dueBy)
	num(c, "count", &w.count)
	num(c, "policy", &w.policy)
	num(c, "rank", &w.rank)
	flag(c, "assign", &w.assign)
	flag(c, "undecided", &w.undecided)
	c.end()
}

func appendWaiting(dst []byte, w *waiting) []byte {
	to := binaryWriter{b: dst}
	walkWaiting(&to, w)
	return to.b
}

func decodeWaiting(side []byte, w *waiting) error {
	r := binaryReader{b: side}
	walkWaiting(&r, w)
	return r.finish()
}

// walkEntries codes the waitlist.
func walkEntries(c coder, b *Book) {
	dropped := uint32(c.number("entriesDropped", uint64(b.entries.dropped), most))
	n := c.list("entries", b.entries.len(), most)
	reading := b.entries.len() == 0
	if reading {
		b.entries.startAt(dropped)
	}
	for i := 0; i < n && c.fault() == nil; i++ {
		if reading {
			b.entries.add()
		}
		x := b.entries.at(dropped + uint32(i) + 1)
		c.object("")
		num(c, "person", &x.person)
		num(c, "account", &x.account)
		num(c, "booker", &x.booker)
		walkBearing(c, &x.bear)
		enum(c, "state", &x.state, entryStateNames[:])
		num(c, "appointment", &x.appointment)
		walkWaiting(c, &x.waiting)
		c.end()
	}
	c.end()
}

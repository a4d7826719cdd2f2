package booking

// What changes for a person who waits, not for a session: a visit of theirs ends or moves, so that a limit or another place bars them no more; a
// restriction is lifted or is over. Their entries may have now what they could not have before, and are tried again: in each session with
// room that they could be of, with everyone who stands before them there. Where nobody waits it costs one comparison, and for whoever does
// not wait themselves the logarithm of those who do.

// retryPerson has the sessions tried that a person's waiting entries could be of. Cost: the sessions ahead in the lines of those entries.
func (b *Book) retryPerson(p Person, e *Event) {
	if len(b.waiters) == 0 {
		return
	}
	for _, w := range b.ofPerson(p) {
		b.retryEntry(b.entries.at(uint32(w.entry)), e)
	}
}

// retryAccount does the same for all who wait under an account. Cost: all open entries, and the sessions of those that are the account's.
func (b *Book) retryAccount(a Account, e *Event) {
	for _, w := range b.waiters {
		if x := b.entries.at(uint32(w.entry)); x.account == a {
			b.retryEntry(x, e)
		}
	}
}

// retryHolder does it for whom an event about a restriction concerns.
func (b *Book) retryHolder(e *Event) {
	if e.account != 0 {
		b.retryAccount(e.account, e)
	} else {
		b.retryPerson(e.person, e)
	}
}

// retryEntry has the line tried in each session with room that an entry could be of: in its line, and within its window.
func (b *Book) retryEntry(x *entry, e *Event) {
	if x.state != Waiting {
		return
	}
	ahead := max(x.from, e.when())
	b.linesOfEntry(x, func(l *line) {
		for i := l.nextOpen(l.reaching(ahead)); i < len(l.sessions); i = l.nextOpen(i + 1) {
			s := b.sessions.at(uint32(l.sessions[i]))
			if x.until != 0 && s.start >= x.until {
				return
			}
			if s.ends() > ahead {
				b.lookAt(l.sessions[i], s, e.when())
			}
		}
	})
}

// retryMoved does it for whoever's joint clinic a batch has moved, once all of it has: in between, a session has room that the next of
// its appointments takes.
func (b *Book) retryMoved(t *Batch) {
	for i := len(t.events) - 1; i >= 0; i-- {
		if e := &t.events[i]; e.kind == AppointmentRescheduled && b.isLinked(e.appointment) {
			b.retryPerson(b.appointments.at(uint32(e.appointment)).person, e)
			return
		}
	}
}

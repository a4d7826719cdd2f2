package booking

import "slices"

// decideNewQuota gives a class of which the session has no line one, behind the others: what it reserves is served last, so that no other
// class loses by it. What the session's appointments bear already counts for it. Cost: a pass over the session's appointments.
func (b *Book) decideNewQuota(t *Batch, c *SetQuota, print uint64, s *session) (Reply, error) {
	n := c.Quota
	switch borne := b.usedOf(c.Session, n.Class).borne; {
	case !b.known(t, ClassName, uint32(n.Class)):
		return Reply{}, badCommand("Quota.Class %d: not introduced", n.Class)
	case s.quotaN >= MaxQuotas:
		return Reply{}, badCommand("Quota.Class %d: the session has no line for it, and %d lines already", n.Class, s.quotaN)
	case n.Capped && borne > n.Cap:
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: BelowUse, Class: n.Class, Limit: int32(borne)}}, nil
	}
	b.addQuotaChange(t, c)
	return b.done(t, &c.Meta, print, 0, 0)
}

// usedOf is a line without reserve or cap that has counted what the session's appointments bear and are charged to.
func (b *Book) usedOf(id Session, c Class) quota {
	q := quota{class: c}
	b.inSession(id, func(_ Appointment, x *appointment) {
		if x.use() == usesNone {
			return
		}
		if x.bear.Has(c) {
			q.borne += x.count
		}
		if x.charge == c {
			q.charged += x.count
		}
	})
	return q
}

// addQuota appends a line to a session and returns its index; -1 where there can be none.
func (b *Book) addQuota(id Session, s *session, c Class) int {
	n := int(s.quotaN)
	if n >= MaxQuotas || !b.known(nil, ClassName, uint32(c)) {
		return -1
	}
	line := b.usedOf(id, c)
	switch {
	case n < quotasHere:
		s.quotasHere[n] = line
	case n == quotasHere:
		s.far.quotas = append(slices.Clone(s.quotasHere[:]), line)
	default:
		s.far.quotas = append(s.far.quotas, line)
	}
	s.quotaN++
	s.far.opens = append(s.far.opens, 0)
	if s.far.froms != nil {
		s.far.froms = append(s.far.froms, 0)
	}
	return n
}

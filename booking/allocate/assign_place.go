package allocate

// place finds for a pending patient the cheapest way to be placed, or to be left without: a path from option to holder to
// option, that ends in a slot with room or with somebody who gets none. It moves those on the path and raises the prices of
// the slots nearer than the end, so that the law holds again (successive shortest paths: Jewell 1958; Iri 1960; Busacker and Gowen
// 1960; for assignments Jonker and Volgenant 1987).
func (s *assignState) place(i int32) {
	l := &s.look
	l.begin(s.firstStage(i))
	s.scan(i, worth{})
	if s.rank(i) == l.stage {
		l.offer(s.leaving(i), -1, i, -1)
	}
	for {
		j, key, ok := l.settle()
		if ok {
			s.expand(j, key)
			continue
		}
		if l.end.found {
			break
		}
		s.lowerStage(i)
	}
	s.raise()
	s.shift(i)
}

// firstStage is the latest tier within reach.
func (s *assignState) firstStage(i int32) uint8 {
	stage := s.rank(i)
	for _, a := range s.arcs[s.from[i]:s.to[i]] {
		stage = max(stage, s.tier[a.slot])
	}
	return stage
}

// expand goes on from a settled slot through everybody in it.
func (s *assignState) expand(j int32, key worth) {
	l := &s.look
	for h := s.head[j]; h >= 0; h = s.next[h] {
		base := key.minus(s.value(h, s.at[h]))
		if s.rank(h) == l.stage {
			l.offer(base.plus(s.leaving(h)), j, h, -1)
		}
		s.scan(h, base)
	}
}

// scan goes on from a patient through the options of the search's tier. Nearly all arcs fail the first comparison, so that the
// hash is made for few.
func (s *assignState) scan(h int32, base worth) {
	l := &s.look
	first := s.from[h]
	tiered, price, nodes, round := s.open != 1, s.price, l.nodes, l.round
	for k, arc := range s.arcs[first:s.to[h]] {
		p := &price[arc.slot]
		cost := base.cost + int64(arc.cost) + p.cost
		if cost > l.bound || tiered && s.tier[arc.slot] != l.stage {
			continue
		}
		n := &nodes[arc.slot]
		if n.round == round && (n.done || n.key.cost < cost) {
			continue
		}
		key := worth{cost, base.hash + pairHash(s.patientKey[h], s.slotKey[arc.slot], s.hashMask) + p.hash}
		if l.end.found && !key.less(l.end.key) {
			continue
		}
		if s.fill[arc.slot] < s.capacity[arc.slot] {
			l.offer(key, arc.slot, h, first+int32(k))
			continue
		}
		l.reach(arc.slot, key, h, first+int32(k))
	}
}

// lowerStage goes on to the next tier, when nothing of this one is left: all that was settled has no way to an end as good as
// its tier said. The next is the latest that any of them can reach.
func (s *assignState) lowerStage(i int32) {
	l := &s.look
	next := s.rank(i)
	later := func(h int32) {
		if r := s.rank(h); r < l.stage {
			next = max(next, r)
		}
		for _, a := range s.arcs[s.from[h]:s.to[h]] {
			if t := s.tier[a.slot]; t < l.stage {
				next = max(next, t)
			}
		}
	}
	later(i)
	for _, j := range l.settled {
		for h := s.head[j]; h >= 0; h = s.next[h] {
			later(h)
		}
	}
	l.stage = next
	s.scan(i, worth{})
	if s.rank(i) == next {
		l.offer(s.leaving(i), -1, i, -1)
	}
	for k := 0; k < len(l.settled); k++ {
		j := l.settled[k]
		s.expand(j, l.nodes[j].key)
	}
}

// raise raises the prices of what was settled to the length of the path.
func (s *assignState) raise() {
	l := &s.look
	for _, j := range l.settled {
		s.price[j] = s.price[j].plus(l.end.key.minus(l.nodes[j].key))
		s.tier[j] = l.stage
	}
}

// shift moves everybody along the path that ends at the search's end.
func (s *assignState) shift(i int32) {
	end := s.look.end
	if end.slot < 0 {
		s.refuse(i)
		return
	}
	j, who, via := end.slot, end.who, end.via
	if via < 0 { // somebody in j gets none
		s.unseat(who)
		s.refuse(who)
		who, via = s.look.nodes[j].who, s.look.nodes[j].via
	}
	for {
		if who == i {
			s.seat(i, via)
			return
		}
		j = s.arcs[s.at[who]].slot
		s.unseat(who)
		s.seat(who, via)
		who, via = s.look.nodes[j].who, s.look.nodes[j].via
	}
}

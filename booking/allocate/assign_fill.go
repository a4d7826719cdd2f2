package allocate

// intoLists are, for each slot, the patients who have it among their options, and perhaps some who had. They are made when they
// are first needed, and for as few slots as will do: they are what takes most memory besides the options.
type intoLists struct {
	made  bool
	base  int32
	start []int32 // the lists made at first: of slot j, list[start[j-base]:start[j-base+1]]
	list  []int32
	more  map[int32][]int32 // what came later, by slot
}

// makeInto makes the lists of the slots from up to, but not with, to; patients are those who may have them, or nil for everybody.
func (s *assignState) makeInto(patients []int32, from, to int32) {
	s.into = intoLists{made: true, base: from, start: make([]int32, to-from+1), more: map[int32][]int32{}}
	n := len(patients)
	who := func(k int) int32 { return patients[k] }
	if patients == nil {
		n, who = len(s.from), func(k int) int32 { return int32(k) }
	}
	start, sum := s.into.start, int32(0)
	for k := range n {
		for _, a := range s.arcs[s.from[who(k)]:s.to[who(k)]] {
			start[a.slot-from]++
		}
	}
	for j := range start {
		sum += start[j]
		start[j] = sum
	}
	s.into.list = make([]int32, sum)
	for k := n - 1; k >= 0; k-- {
		i := who(k)
		for _, a := range s.arcs[s.from[i]:s.to[i]] {
			start[a.slot-from]--
			s.into.list[start[a.slot-from]] = i
		}
	}
}

// settleRooms makes the law hold for the slots of a part, when all its patients are placed.
func (s *assignState) settleRooms(patients []int32, from, to int32) {
	for j := from; j < to; j++ {
		if s.roomAtPrice(j) {
			if !s.into.made {
				s.makeInto(patients, from, to)
			}
			s.settleRoom(j)
		}
	}
	s.into = intoLists{}
}

// arcTo finds the arc of patient i to slot j, or -1.
func (s *assignState) arcTo(i, j int32) int32 {
	low, high := s.from[i], s.to[i]
	for low < high {
		mid := (low + high) / 2
		if s.arcs[mid].slot < j {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < s.to[i] && s.arcs[low].slot == j {
		return low
	}
	return -1
}

// roomAtPrice reports whether a slot breaks the law: it has room, and a price that says that it has none.
func (s *assignState) roomAtPrice(j int32) bool {
	return s.fill[j] < s.capacity[j] && (s.tier[j] != s.open || s.price[j] != (worth{}))
}

// settleRoom makes the law hold for a slot. It needs the into lists.
func (s *assignState) settleRoom(j int32) {
	for s.roomAtPrice(j) {
		s.fillUnit(j)
	}
}

// fillUnit finds who should move into a slot with room, or lowers prices until nobody should. It is place backwards: from the
// room to those who would come, to the room that they leave.
func (s *assignState) fillUnit(j int32) {
	l := &s.look
	l.begin(s.tier[j])
	l.nodes[j] = searchNode{who: -1, via: -1, round: l.round, done: true}
	l.settled = append(l.settled, j)
	s.expandBack(j)
	for {
		at, _, ok := l.settle()
		if ok {
			s.expandBack(at)
			continue
		}
		if l.end.found {
			break
		}
		s.raiseStage()
	}
	s.lower()
	s.shiftBack(j)
}

// expandBack goes on from a slot with room to those who would move into it.
func (s *assignState) expandBack(j int32) {
	l := &s.look
	key := l.nodes[j].key
	if l.stage == s.open {
		l.offer(key.plus(s.price[j]), j, -1, -1) // leave the room here
	}
	s.eachInto(j, func(i, a int32) {
		at := s.at[i]
		if at >= 0 {
			if from := s.arcs[at].slot; from != j && s.tier[from] == l.stage {
				l.reach(from, key.plus(s.value(i, a).minus(s.value(i, at))), i, a)
			}
			return
		}
		if s.rank(i) == l.stage {
			l.offer(key.plus(s.value(i, a).minus(s.leaving(i))), j, i, a)
		}
	})
}

// eachInto calls f with every placed or refused patient who has the slot among the options, and the arc.
func (s *assignState) eachInto(j int32, f func(i, a int32)) {
	call := func(list []int32) {
		for _, i := range list {
			if s.at[i] == pending {
				continue
			}
			if a := s.arcTo(i, j); a >= 0 {
				f(i, a)
			}
		}
	}
	if k := int(j - s.into.base); k < len(s.into.start)-1 {
		call(s.into.list[s.into.start[k]:s.into.start[k+1]])
	}
	call(s.into.more[j])
}

// raiseStage goes on to the next tier: the earliest later one from which somebody would come, or open.
func (s *assignState) raiseStage() {
	l := &s.look
	next := s.open
	for _, j := range l.settled {
		s.eachInto(j, func(i, _ int32) {
			t := s.rank(i)
			if s.at[i] >= 0 {
				t = s.tier[s.arcs[s.at[i]].slot]
			}
			if t > l.stage {
				next = min(next, t)
			}
		})
	}
	l.stage = next
	for k := 0; k < len(l.settled); k++ {
		s.expandBack(l.settled[k])
	}
}

// lower lowers the prices of what was settled.
func (s *assignState) lower() {
	l := &s.look
	for _, j := range l.settled {
		s.price[j] = s.price[j].minus(l.end.key.minus(l.nodes[j].key))
		s.tier[j] = l.stage
	}
}

// shiftBack moves everybody along the path from its end to the room in slot j.
func (s *assignState) shiftBack(j int32) {
	end := s.look.end
	if end.via >= 0 {
		s.seat(end.who, end.via)
	}
	for at := end.slot; at != j; {
		who, via := s.look.nodes[at].who, s.look.nodes[at].via
		s.unseat(who)
		s.seat(who, via)
		at = s.arcs[via].slot
	}
}

// addInto notes that a patient has got a slot among the options.
func (s *assignState) addInto(i, j int32) {
	if s.into.made {
		s.into.more[j] = append(s.into.more[j], i)
	}
}

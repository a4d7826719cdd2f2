package booking

// Replay makes a Book from a log: the batches applied in order under the rules that the log adopted last, or under others
// that Adopt must then put into force. It reads some batches ahead of the one that it applies, for the sake of speed alone: what a
// later batch will change is asked for in good time.
func Replay(rules *Rules, l *Log) (*Book, error) {
	b := New(rules)
	r := l.reader()
	var ahead [aheadN]Batch
	for r.more() {
		n := 0
		var damaged error
		for n < len(ahead) && r.more() && damaged == nil {
			if damaged = r.next(&ahead[n]); damaged == nil {
				n++
			}
		}
		b.fetchBatches(ahead[:n])
		for i := range ahead[:n] {
			if err := b.Apply(&ahead[i]); err != nil {
				return nil, err
			}
		}
		if damaged != nil {
			return nil, damaged
		}
	}
	return b, nil
}

// fetchBatches touches what batches to come will change: first what they name, then what the appointments that they name lead to.
func (b *Book) fetchBatches(batches []Batch) {
	sum := uint32(0)
	for i := range batches {
		t := &batches[i]
		if t.keyed {
			sum += b.fetchKey(hashKey(t.caller, &t.key))
		}
		for j := range t.events[:min(len(t.events), aheadN)] {
			e := &t.events[j]
			if name, ok := t.sideOf(e); ok && e.kind == Introduced && e.NameKind().IsValid() {
				sum += b.names[e.NameKind()].fetch(string(name))
			}
			sum += b.fetchSession(e.session, e.slot) + b.fetchPerson(e.person) + uint32(b.account(e.account).head)
			if b.appointments.has(uint32(e.appointment)) {
				sum += uint32(b.appointments.at(uint32(e.appointment)).session)
			}
		}
	}
	for i := range batches {
		t := &batches[i]
		for j := range t.events[:min(len(t.events), aheadN)] {
			if e := &t.events[j]; b.appointments.has(uint32(e.appointment)) {
				x := b.appointments.at(uint32(e.appointment))
				sum += b.fetchSession(x.session, x.slot) + b.fetchPerson(x.person) + uint32(b.account(x.account).head)
			}
		}
	}
	b.fetched = sum
}

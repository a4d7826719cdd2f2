package booking

import (
	"encoding/hex"
	"fmt"
)

// Batch is what one Decide has to say: the events, to be appended to the log and applied as one or not at all. A Batch is
// reused: Decide appends to it, Reset empties it. It also carries Decide's working memory, so that a decision
// allocates nothing once the batch has been used a few times. The zero Batch is ready.
type Batch struct {
	base   uint64 // events in the log before this batch
	events []Event
	side   []byte
	keyed  bool
	key    Key
	caller Caller
	print  uint64
	reply  Reply // its Appointment and Count are remembered with the key
	// introduced counts, by kind, the names that this batch brings: a later Decide into the same batch may use them.
	introduced [nameKinds]uint32
	work       *work    // made by the first Decide; a batch that is only read has none
	opening    *Opening // working memory of reading
}

// Reset empties the batch for another Decide.
func (t *Batch) Reset() {
	t.events, t.side = t.events[:0], t.side[:0]
	t.base, t.keyed, t.key, t.caller, t.print, t.reply = 0, false, Key{}, 0, 0, Reply{}
	t.introduced = [nameKinds]uint32{}
}

// Len is the number of events.
func (t *Batch) Len() int { return len(t.events) }

// Base is the number of events that the log held before this batch.
func (t *Batch) Base() uint64 { return t.base }

// Events are the events, in order. The slice is the batch's own: read it, and not after Reset.
func (t *Batch) Events() []Event { return t.events }

// Text is the name that Introduced brings, or the digest in hex of RulesAdopted; "" for the rest.
func (t *Batch) Text(e *Event) string {
	side, ok := t.sideOf(e)
	switch {
	case !ok:
		return ""
	case e.kind == Introduced:
		return string(side)
	case e.kind == RulesAdopted:
		return hex.EncodeToString(side)
	}
	return ""
}

// Key is the key of the command that the batch answers, and whose it is; false for a batch without one. Of a batch that Decide made or that
// was read from a log.
func (t *Batch) Key() (Key, Caller, bool) { return t.key, t.caller, t.keyed }

func (t *Batch) sideOf(e *Event) ([]byte, bool) {
	end := uint64(e.sideAt) + uint64(e.sideN)
	if end > uint64(len(t.side)) {
		return nil, false
	}
	return t.side[e.sideAt:end], true
}

// Opening reads what SessionOpened carries. It allocates.
func (t *Batch) Opening(e *Event) (Opening, error) {
	var o Opening
	side, ok := t.sideOf(e)
	if e.kind != SessionOpened || !ok {
		return o, fmt.Errorf("%w: %v carries no opening", ErrBatch, e.kind)
	}
	if err := decodeOpening(side, &o); err != nil {
		return Opening{}, err
	}
	return o, nil
}

// QuotaChange is a quota's new line, as QuotaChanged records it.
func (e *Event) QuotaChange() Quota {
	if e.kind != QuotaChanged {
		return Quota{}
	}
	return Quota{Class: e.class, Reserve: e.slot, Cap: e.count, Capped: e.flags&flagCapped != 0,
		OpenAt: e.until, CapLifts: e.flags&flagCapLifts != 0, From: e.due}
}

func (t *Batch) add(e Event) { t.events = append(t.events, e) }

// addSide appends an event whose side bytes fill appends.
func (t *Batch) addSide(e Event, side ...byte) {
	e.sideAt, e.sideN = uint32(len(t.side)), uint32(len(side))
	t.side = append(t.side, side...)
	t.events = append(t.events, e)
}

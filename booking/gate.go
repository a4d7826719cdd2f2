package booking

// W1 owns this file.

// walkGate codes what HolderRestricted limits.
func walkGate(c coder, e *Event) {
	num(c, "mostOpen", &e.number)
	num(c, "horizonDays", &e.extra)
	num(c, "channel", &e.class)
}

func (b *Book) decideLift(*Batch, *Advance, dueItem) {}
func (b *Book) applyRestrictionEnded(*Event) bool    { return false }

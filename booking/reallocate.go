package booking

// Reallocation (W7 owns this file).
type Reallocation struct{}

func (x *Reallocation) problems() []error { return nil }
func (x *Reallocation) numbers() []int64  { return nil }

func (b *Book) decideReallocation(*Batch, *Advance, dueItem) int { return 0 }
func (b *Book) applyReserveMoved(*Batch, *Event) bool            { return false }

// walkGroundsSide codes the side bytes of ReserveMoved.
func walkGroundsSide(coder, *Batch, *Event, []byte) {}

package booking

// Substitute (W5 owns this file).
type Substitute struct{ Meta }

func (Substitute) command() {}

func (b *Book) decideSubstitute(*Batch, *Substitute) (Reply, error) {
	return Reply{}, badCommand("stub")
}
func (b *Book) applyStaffed(*Batch, *Event) bool { return false }

// walkStaffSide codes the side bytes of SessionStaffed.
func walkStaffSide(coder, *Batch, *Event, []byte) {}

package booking

// Transfer (W4 owns this file).
type Transfer struct{ Meta }

// Return (W4).
type Return struct{ Meta }

func (Transfer) command() {}
func (Return) command()   {}

func (b *Book) decideTransfer(*Batch, *Transfer) (Reply, error) { return Reply{}, badCommand("stub") }
func (b *Book) decideReturn(*Batch, *Return) (Reply, error)     { return Reply{}, badCommand("stub") }
func (b *Book) applyTransferred(*Event) bool                    { return false }
func (b *Book) applyReturned(*Event) bool                       { return false }

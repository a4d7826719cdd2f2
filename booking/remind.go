package booking

// W4 owns this file.

func (b *Book) decideRemind(*Batch, *Advance, dueItem) int { return 0 }
func (b *Book) applyReminded(*Event) bool                  { return false }

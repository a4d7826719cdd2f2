package booking

// Joint (W3 owns this file).
type Joint struct{ Meta }

// Series (W3).
type Series struct{ Meta }

func (Joint) command()  {}
func (Series) command() {}

func (b *Book) decideJoint(*Batch, *Joint) (Reply, error)   { return Reply{}, badCommand("stub") }
func (b *Book) decideSeries(*Batch, *Series) (Reply, error) { return Reply{}, badCommand("stub") }
func (b *Book) applyLinked(*Event) bool                     { return false }

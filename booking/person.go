package booking

// Describe (W2 owns this file).
type Describe struct{ Meta }

// Merge (W2).
type Merge struct{ Meta }

func (Describe) command() {}
func (Merge) command()    {}

func (b *Book) decideDescribe(*Batch, *Describe) (Reply, error) { return Reply{}, badCommand("stub") }
func (b *Book) decideMerge(*Batch, *Merge) (Reply, error)       { return Reply{}, badCommand("stub") }
func (b *Book) applyDescribed(*Event) bool                      { return false }
func (b *Book) applyMerged(*Event) bool                         { return false }

// walkPersonal codes what PersonDescribed says.
func walkPersonal(c coder, e *Event) {
	num(c, "born", &e.number)
	num(c, "sex", &e.slot)
}

// walkPeople codes what is known of persons.
func walkPeople(coder, *Book) {}

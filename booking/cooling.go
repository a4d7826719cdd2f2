package booking

// Cooling (W1 owns this file).
type Cooling struct {
	// Seconds is for how long, 0 (not at all) to 30 days.
	Seconds int64
	// Same is what the like agrees in with what was given back; empty is everything.
	Same Same
}

func (x *Cooling) problems() []error { return nil }

// walkCooling codes who gave back what, and may not book the like yet.
func walkCooling(coder, *Book) {}

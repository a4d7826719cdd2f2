package booking

// Travel is what a person needs between two sites (W1 owns this file).
type Travel struct {
	From, To string
	Minutes  int
}

// MaxTravel bounds Rules.Travel.
const MaxTravel = 1000

func travelProblems([]Travel) []error { return nil }

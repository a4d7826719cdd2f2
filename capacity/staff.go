package capacity

// Need is what one period of the day calls for, and why.
type Need struct {
	// Demand is the period, as given.
	Demand Demand
	// Staff is the least number of people that keeps the target, and not below the demand's MinimumStaff.
	Staff int
	// Figures are what patients meet with that staff.
	Figures Figures
}

// StaffFor says how many people each period of a day needs so that the target on waiting is kept, with the figures behind
// each number. It takes every period by itself, as if it had been going on for ever with its own arrivals (SIPP; the package
// comment says when that fails). Periods are in order of time and do not overlap; gaps are allowed. The error (ErrInvalid) lists
// all problems of all periods. Cost: see LeastServers, twice per period, and one slice.
func StaffFor(day []Demand, t Target) ([]Need, error) {
	if err := refuse(append(dayProblems(day), t.problems()...)); err != nil {
		return nil, err
	}
	needs := make([]Need, len(day))
	for i, d := range day {
		staff := needed(d, t)
		needs[i] = Need{d, staff, evaluate(d, staff, t)}
	}
	return needs, nil
}

// needed is the least staff of one checked period.
func needed(d Demand, t Target) int {
	within := float64(t.WithinSeconds) / float64(d.ServiceSeconds)
	least := leastServers(float64(d.work()), float64(d.room()), within, int64(t.SharePPM)*1_000_000)
	return max(least, d.MinimumStaff)
}

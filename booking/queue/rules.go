package queue

import (
	"errors"
	"fmt"
)

// Rules are how a session's waiting room is run: plain data, checked by New. The zero Rules are invalid.
type Rules struct {
	// BandMinutes is the width of the bands of appointment time, from the session's start, 1 to 1440. 30 is the half-hour
	// that appointments name.
	BandMinutes int
	// GraceMinutes is how long after the appointment time a check-in is still on time, that second included, 0 to 1440.
	GraceMinutes int
	// PriorityRun is how many priority calls in a row an ordinary visit lets pass at most, 1 to 1000.
	PriorityRun int
	// ReturnEvery: while visits and returning patients wait, one call in so many is a returning patient's, 2 to 1000.
	ReturnEvery int
	// MissedBehind is how many other calls come before whoever missed one is called again, 0 to 1000.
	MissedBehind int
	// MissedLimit is the missed call at which a ticket ends, 1 to 100.
	MissedLimit int
}

// check reports every field that is out of range.
func (r *Rules) check() error {
	var problems []error
	for _, f := range [...]struct {
		name      string
		v, lo, hi int
	}{
		{"BandMinutes", r.BandMinutes, 1, 1440},
		{"GraceMinutes", r.GraceMinutes, 0, 1440},
		{"PriorityRun", r.PriorityRun, 1, 1000},
		{"ReturnEvery", r.ReturnEvery, 2, 1000},
		{"MissedBehind", r.MissedBehind, 0, 1000},
		{"MissedLimit", r.MissedLimit, 1, 100},
	} {
		if f.v < f.lo || f.v > f.hi {
			problems = append(problems, fmt.Errorf("%s %d: want %d to %d", f.name, f.v, f.lo, f.hi))
		}
	}
	return errors.Join(problems...)
}

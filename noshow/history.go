package noshow

import (
	"errors"
	"fmt"
	"math"

	"github.com/haoyuan-go/haoyuan/internal/portable"
)

// Outcome is how one booked visit ended. Visits that the hospital cancelled, or that the patient cancelled in
// the free period, have none. The zero Outcome is invalid.
type Outcome uint8

// The outcomes.
const (
	// Showed: the patient came, late or not.
	Showed Outcome = 1 + iota
	// Missed: the patient did not come.
	Missed
)

// IsValid reports whether o is one of the outcomes.
func (o Outcome) IsValid() bool { return o == Showed || o == Missed }

// String returns showed or missed.
func (o Outcome) String() string {
	switch o {
	case Showed:
		return "showed"
	case Missed:
		return "missed"
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}

// Fading says how fast old visits lose weight. The zero Fading forgets nothing.
type Fading struct {
	keep float64 // what a later visit leaves of a visit's weight; 0 stands for all of it
}

// Limits of NewFading.
const (
	MinHalfLifeVisits = 0.01
	MaxHalfLifeVisits = 1e6
)

// NewFading returns the fading under which a visit weighs half as much once halfLifeVisits further visits have been made:
// MinHalfLifeVisits to MaxHalfLifeVisits, not necessarily whole.
func NewFading(halfLifeVisits float64) (Fading, error) {
	if !(halfLifeVisits >= MinHalfLifeVisits && halfLifeVisits <= MaxHalfLifeVisits) { // not-a-number too
		return Fading{}, fmt.Errorf("halfLifeVisits: %v, want %v to %v", halfLifeVisits, MinHalfLifeVisits, float64(MaxHalfLifeVisits))
	}
	return Fading{portable.Exp(-math.Ln2 / halfLifeVisits)}, nil
}

// History sums up one person's past visits in two figures. It is a small comparable value; the zero History has no
// visits. Feed it an outcome only once that is known: at booking time, not with what came later.
type History struct {
	shows, visits float64 // weighted
}

// Then returns the history with one more visit, later than all before. With the zero Fading the order of visits means
// nothing. A visit k steps back (the latest being 1) weighs 0.5^((k−1)/half-life), kept up by one multiplication per visit. An
// invalid outcome leaves the history as it is. No allocation.
func (h History) Then(o Outcome, f Fading) History {
	if !o.IsValid() {
		return h
	}
	keep := f.keep
	if keep == 0 {
		keep = 1
	}
	h.shows, h.visits = float64(h.shows*keep), float64(h.visits*keep)+1
	if o == Showed {
		h.shows++
	}
	return h
}

// Visits returns the number of visits, faded ones at their weight.
func (h History) Visits() float64 { return h.visits }

// Shows returns how many of Visits the patient came to, faded ones at their weight.
func (h History) Shows() float64 { return h.shows }

// Prior is a belief about a show probability before any visit: the Beta distribution with these parameters, which weighs
// as much as having seen so many shows and no-shows. The zero Prior is invalid; its estimates are 0.
type Prior struct {
	shows, noShows float64
}

// MaxPrior is the highest figure of a Prior and the greatest weight in a ClinicConfig.
const MaxPrior = 1e9

// NewPrior returns a prior; both figures above 0 and at most MaxPrior, not necessarily whole. The error names
// each that is not.
func NewPrior(shows, noShows float64) (Prior, error) {
	if err := errors.Join(checkAmount("shows", shows), checkAmount("noShows", noShows)); err != nil {
		return Prior{}, fmt.Errorf("prior: %w", err)
	}
	return Prior{shows, noShows}, nil
}

func checkAmount(field string, v float64) error {
	if !(v > 0 && v <= MaxPrior) { // not-a-number too
		return fmt.Errorf("%s: %v, want above 0, at most %v", field, v, float64(MaxPrior))
	}
	return nil
}

// IsValid reports whether p came from NewPrior.
func (p Prior) IsValid() bool { return p.shows > 0 }

// Show returns the posterior mean of the show probability after the history: the beta-binomial model, or, for a history
// kept with a Fading, its exponentially decayed form.
//
//	(shows + h.Shows) / (shows + noShows + h.Visits)
func (p Prior) Show(h History) Probability {
	if !p.IsValid() {
		return 0
	}
	return Probability(float64(p.shows+h.shows) / float64(float64(p.shows+p.noShows)+h.visits))
}

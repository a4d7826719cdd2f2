package exam

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Order is a physician's order (检查申请) for one patient.
type Order struct {
	// Patient is the name under which the pool knows the person.
	Patient string
	// Codes are the examinations, 1 to MaxExams, each once.
	Codes []string
	// NotBefore and Until bound the days, both included; the zero Date bounds nothing.
	NotBefore, Until slots.Date
}

// Trip makes what is to be planned of an order: its examinations with what the catalogue says of them, and the rules that
// concern two of them. Offers, Sites, WalkMinutes and WorkLimit are the caller's to add. The error joins all problems.
func (c *Catalogue) Trip(o Order) (Trip, error) {
	var p problems
	p.text("Patient", o.Patient, true)
	p.Within("len(Codes)", int64(len(o.Codes)), 1, MaxExams)
	if o.NotBefore.IsValid() && o.Until.IsValid() && o.Until.Before(o.NotBefore) {
		p.Add("Until %v: before NotBefore %v", o.Until, o.NotBefore)
	}
	seen := map[string]bool{}
	var kinds []Kind
	for i, code := range o.Codes {
		k, ok := c.Kind(code)
		if !ok {
			p.Add("Codes[%d] %q: not in the catalogue", i, code)
		}
		if seen[code] {
			p.Add("Codes[%d] %q: twice", i, code)
		}
		seen[code] = true
		kinds = append(kinds, k)
	}
	if p.Len() > 0 {
		return Trip{}, p.Err()
	}
	t := Trip{NotBefore: o.NotBefore, Until: o.Until}
	for i := range kinds {
		t.Exams = append(t.Exams, kinds[i].exam())
		for j := range kinds {
			c.addRules(&t, &kinds[i], &kinds[j])
		}
	}
	p.Within("Codes: rules of order between them", int64(len(t.Precedences)), 0, MaxRules)
	p.Within("Codes: rules of distance between them", int64(len(t.Separations)), 0, MaxRules)
	return t, p.Err()
}

// addRules adds what the catalogue says of a before b, and, once, of the distance between them: the longest gap counts.
func (c *Catalogue) addRules(t *Trip, a, b *Kind) {
	order, apart := none, none
	for _, r := range c.before {
		if a.is(r.First) && b.is(r.Then) {
			order = max(order, r.GapMinutes)
		}
	}
	for _, r := range c.between {
		if a.Code < b.Code && (a.is(r.A) && b.is(r.B) || a.is(r.B) && b.is(r.A)) {
			apart = max(apart, r.GapMinutes)
		}
	}
	if order != none {
		t.Precedences = append(t.Precedences, Precedence{a.Code, b.Code, order})
	}
	if apart != none {
		t.Separations = append(t.Separations, Separation{a.Code, b.Code, apart})
	}
}

// Preparation is one thing that a patient must do for an examination.
type Preparation struct {
	Exam string // code
	Kind PreparationKind
	// Day and FromMinute say since when: a fast for the morning begins the evening before.
	Day        slots.Date
	FromMinute int
}

// PreparationKind is a kind of preparation.
type PreparationKind uint8

// The kinds of preparation.
const (
	// NoFood: nothing to eat from then on until the examination is over.
	NoFood PreparationKind = 1 + iota
	// DrinkWater: begin to drink water, for a full bladder; a fast allows it.
	DrinkWater
	// NoTobaccoOrAlcohol from then on until the examination is over.
	NoTobaccoOrAlcohol
)

var preparationNames = [...]string{"no preparation", "no food", "drink water", "no tobacco or alcohol"}

// IsValid reports whether k is one of the kinds.
func (k PreparationKind) IsValid() bool { return k >= NoFood && k <= NoTobaccoOrAlcohol }

// String returns the kind in a few words.
func (k PreparationKind) String() string {
	if int(k) >= len(preparationNames) {
		return fmt.Sprintf("PreparationKind(%d)", uint8(k))
	}
	return preparationNames[k]
}

// Preparations lists what the patient must do for an itinerary, leg by leg. Codes that are not in the catalogue need nothing.
func (c *Catalogue) Preparations(it Itinerary) []Preparation {
	var list []Preparation
	for _, leg := range it.Legs {
		k, ok := c.Kind(leg.Exam)
		if !ok {
			continue
		}
		before := func(kind PreparationKind, minutes int) {
			day, from := leg.Day, leg.StartMinute-minutes
			for from < 0 {
				day, from = day.AddDays(-1), from+24*60
			}
			list = append(list, Preparation{leg.Exam, kind, day, from})
		}
		if k.FastingMinutes > 0 {
			before(NoFood, k.FastingMinutes)
		}
		if k.FullBladderMinutes > 0 {
			before(DrinkWater, k.FullBladderMinutes)
		}
		if k.Abstain {
			before(NoTobaccoOrAlcohol, leg.StartMinute)
		}
	}
	return list
}

package exam

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// CatalogueConfig is what a hospital says of its examinations: facts as data. NewCatalogue checks it.
type CatalogueConfig struct {
	// Kinds are the examinations; at most MaxKinds, each code once.
	Kinds []Kind
	// Before are the rules of order ("ultrasound before endoscopy") and Between the rules of distance ("two days for contrast to
	// wash out"); at most MaxRules of each.
	Before  []BeforeRule
	Between []BetweenRule
}

// Kind is one examination of the catalogue.
type Kind struct {
	// Code is the hospital's own; it must not be a group's.
	Code string
	// NameZH and NameEN are what people call it; both are required.
	NameZH, NameEN string
	// Group is what rules may call it together with others ("ultrasound"); empty for none.
	Group   string
	Minutes int // how long it takes, 1 to MaxExamMinutes
	// FastingMinutes is how long before it the patient must not eat; 0 for no fast, at most MaxFastMinutes.
	FastingMinutes int
	// LatestFastingStart is the latest start of an examination with a fast: nobody, and no diabetic, should fast into the
	// afternoon. Required with FastingMinutes, not allowed without.
	LatestFastingStart slots.Clock
	// BreaksFast: something is swallowed for it (oral contrast, a test meal).
	BreaksFast bool
	// FullBladderMinutes is how long before it to begin drinking water, which a fast allows; 0 for no full bladder.
	FullBladderMinutes int
	// Abstain: no tobacco and no alcohol on its day.
	Abstain bool
}

// BeforeRule puts First at least GapMinutes before Then. Each names a code or a group.
type BeforeRule struct {
	First, Then string
	GapMinutes  int
}

// BetweenRule keeps A and B at least GapMinutes apart, whichever comes first. Each names a code or a group; two examinations
// of one group are kept apart by a rule that names it twice.
type BetweenRule struct {
	A, B       string
	GapMinutes int
}

// Limits of a catalogue.
const (
	MaxKinds = 2000
	// MaxFastMinutes bounds a fast: two days.
	MaxFastMinutes = 2 * 24 * 60
	// MaxDrinkMinutes bounds FullBladderMinutes.
	MaxDrinkMinutes = 4 * 60
)

// Catalogue is a checked catalogue. It never changes.
type Catalogue struct {
	kinds   []Kind // by code
	before  []BeforeRule
	between []BetweenRule
}

// NewCatalogue checks a configuration and copies it; the error joins all problems, each naming the field and the value.
// Among them: rules that name nothing, and rules of order that make an examination come before itself.
func NewCatalogue(config CatalogueConfig) (*Catalogue, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	c := &Catalogue{slices.Clone(config.Kinds), slices.Clone(config.Before), slices.Clone(config.Between)}
	slices.SortFunc(c.kinds, func(a, b Kind) int { return cmp.Compare(a.Code, b.Code) })
	return c, nil
}

// Kind finds an examination by its code.
func (c *Catalogue) Kind(code string) (Kind, bool) {
	i, ok := slices.BinarySearchFunc(c.kinds, code, func(k Kind, code string) int { return cmp.Compare(k.Code, code) })
	if !ok {
		return Kind{}, false
	}
	return c.kinds[i], true
}

// Kinds returns all examinations in order of code, as a copy.
func (c *Catalogue) Kinds() []Kind { return slices.Clone(c.kinds) }

// is reports whether a rule's name means the examination.
func (k *Kind) is(name string) bool { return name == k.Code || name == k.Group }

// exam is the kind as a trip wants it.
func (k *Kind) exam() Exam {
	return Exam{Code: k.Code, Minutes: k.Minutes, Fasting: k.FastingMinutes > 0, LatestStart: k.LatestFastingStart,
		FastMinutes: k.FastingMinutes, BreaksFast: k.BreaksFast}
}

package triage

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Config is a routing table as a hospital writes it: plain data, in any order. NewTable checks it.
type Config struct {
	// Codes are the complaints (主诉) and referrals that a need may come with.
	Codes []Term
	// Signs are what else may be known of a patient and rules ask about: pregnant, cold sweat, contact with an infection.
	Signs []Term
	// Clinics are what the hospital offers, each with whom it takes. A rule leads nowhere else.
	Clinics []Eligibility
	Rules   []Rule
	// Gaps says what to do about needs that no rule answers.
	Gaps Gaps
	// Otherwise is why such a need is put to a nurse: required with GapsListed, not allowed with GapsRefused.
	Otherwise Term
	// WorkLimit bounds the steps of NewTable's proofs, at most MaxWorkLimit; 0 is DefaultWorkLimit.
	WorkLimit int64
}

// Limits of a table.
const (
	MaxCodes        = 4000
	MaxSigns        = 32
	MaxClinics      = 1000
	MaxRules        = 4000
	MaxDestinations = 16 // of a rule
	MaxRank         = 10_000
	// DefaultWorkLimit is enough for hospital-like tables of MaxRules rules; a step takes some nanoseconds.
	DefaultWorkLimit = 50_000_000
	MaxWorkLimit     = 10_000_000_000
)

// Term is a code of the hospital's own with what people read. All three are required.
type Term struct {
	Code, ZH, EN string
}

// Clinic is what a number can be booked for. Two clinics are the same when == says so. Department and Kind are required.
type Clinic struct {
	Department string
	Service    string // the clinic within the department; may be empty
	Kind       slots.Kind
}

// String returns department/service (kind).
func (c Clinic) String() string { return c.Department + "/" + c.Service + " (" + c.Kind.String() + ")" }

// Eligibility is a clinic and whom it takes, also of those who ask for it by name: paediatrics until 14 years, gynaecology
// women, a follow-up clinic those who were there before.
type Eligibility struct {
	Clinic Clinic
	Takes  Condition
}

// Rule answers the needs that have one of its codes and meet its condition.
type Rule struct {
	// ID names it in answers and findings; each once.
	ID string
	// Rank is its precedence, 1 to MaxRank: 1 goes before 2. Whatever the rank, EmergencyNow goes before the rest.
	Rank int
	// Codes are what it is for; AnyCode says that it is for all of them. One of the two.
	Codes   []string
	AnyCode bool
	If      Condition
	Action  Action
	// To are the destinations of Book, the best first; none for the other actions.
	To []Clinic
	// Reason is the hospital's, for the patient to read.
	Reason Term
}

// Condition is met where all of its parts are. A part that is empty does not ask; the zero Condition takes everybody.
type Condition struct {
	Ages      booking.AgeRange
	Sexes     []booking.Sex // one of these
	Urgencies []Urgency     // one of these
	// Visit is FirstVisit or FollowUp; AnyVisit does not ask.
	Visit    slots.Visit
	Referral Referral
	With     []string // signs that must all be there
	Without  []string // signs of which none must be there
}

// Need is what is known of one who wants to be seen: small, without a name.
type Need struct {
	Code string // a complaint or a referral
	Age  booking.Age
	Sex  booking.Sex
	// Urgency is what the nurse or the questions at the door found.
	Urgency Urgency
	// Visit is FirstVisit or FollowUp, from the hospital's own record of former visits.
	Visit    slots.Visit
	Referral Referral
	// Signs are those that are there; any that is not listed is not.
	Signs []string
}

func (c Condition) clone() Condition {
	c.Sexes, c.Urgencies = copied(c.Sexes), copied(c.Urgencies)
	c.With, c.Without = copied(c.With), copied(c.Without)
	return c
}

func (r Rule) clone() Rule {
	r.Codes, r.To, r.If = copied(r.Codes), append([]Clinic(nil), r.To...), r.If.clone()
	return r
}

// copied is a copy in order; nil for none, so that equal tables are equal values.
func copied[T ~uint8 | ~string](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Sorted(slices.Values(list))
}

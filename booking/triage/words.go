package triage

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Urgency is how soon the patient must be seen; the smaller, the sooner. The zero Urgency is invalid.
type Urgency uint8

// The levels, with the priority of a FHIR request that each stands for.
const (
	// Immediate: now (stat).
	Immediate Urgency = 1 + iota
	// SameDay: today (asap).
	SameDay
	// Soon: within days (urgent).
	Soon
	// Routine: whenever there is a number (routine).
	Routine
)

// IsValid reports whether u is one of the four.
func (u Urgency) IsValid() bool { return u >= Immediate && u <= Routine }

// String returns immediate, same day, soon or routine.
func (u Urgency) String() string { return word("Urgency", uint8(u), urgencyWords[:]) }

// Referral says whether the patient brings a referral (转诊). In a Condition the zero Referral does not ask; in a Need it is invalid.
type Referral uint8

// The two.
const (
	Unreferred Referral = 1 + iota
	Referred
)

// IsValid reports whether r is one of the two.
func (r Referral) IsValid() bool { return r == Unreferred || r == Referred }

// String returns unreferred or referred.
func (r Referral) String() string { return word("Referral", uint8(r), referralWords[:]) }

// Action is what an answer says to do. The zero Action is invalid.
type Action uint8

// The actions.
const (
	// EmergencyNow is a red flag: no number is booked, the patient goes to the emergency department at once.
	EmergencyNow Action = 1 + iota
	// AskNurse: the table does not decide; a person does.
	AskNurse
	// Book: one of the destinations, the first if it can be had.
	Book
)

// IsValid reports whether a is one of the three.
func (a Action) IsValid() bool { return a >= EmergencyNow && a <= Book }

// String returns emergency now, ask nurse or book.
func (a Action) String() string { return word("Action", uint8(a), actionWords[:]) }

// Gaps says what a table does about needs that no rule answers. The zero Gaps is invalid.
type Gaps uint8

// The choices.
const (
	// GapsRefused: a table with a gap is not made.
	GapsRefused Gaps = 1 + iota
	// GapsListed: gaps are listed by Table.Gaps, and such a need is answered by AskNurse with Config.Otherwise as its reason.
	GapsListed
)

// IsValid reports whether g is one of the two.
func (g Gaps) IsValid() bool { return g == GapsRefused || g == GapsListed }

// String returns refused or listed.
func (g Gaps) String() string { return word("Gaps", uint8(g), gapsWords[:]) }

// Criterion is one of the things that a Condition asks about. The zero Criterion is invalid.
type Criterion uint8

// The criteria, in the order of a Condition's fields.
const (
	ByAge Criterion = 1 + iota
	BySex
	ByUrgency
	ByVisit
	ByReferral
	// BySign: a sign is missing that must be there.
	BySign
	// ByOtherSign: a sign is there that must not be.
	ByOtherSign
)

// IsValid reports whether c is one of the criteria.
func (c Criterion) IsValid() bool { return c >= ByAge && c <= ByOtherSign }

// String returns age, sex, urgency, visit, referral, sign or other sign.
func (c Criterion) String() string { return word("Criterion", uint8(c), criterionWords[:]) }

// Because says why a matching rule does or does not answer. The zero Because is invalid.
type Because uint8

// The reasons, in the order of precedence.
const (
	// Answers: it goes before every other rule that matches.
	Answers Because = 1 + iota
	// RedFlagFirst: a red flag goes before everything else.
	RedFlagFirst
	// RankFirst: another has a smaller rank.
	RankFirst
	// SaidAlready: another of the same rank, with the smaller ID, says the same.
	SaidAlready
)

// IsValid reports whether b is one of the reasons.
func (b Because) IsValid() bool { return b >= Answers && b <= SaidAlready }

// String returns answers, red flag first, rank first or said already.
func (b Because) String() string { return word("Because", uint8(b), becauseWords[:]) }

// FindingKind is what is wrong with rules that are each well formed. The zero FindingKind is invalid.
type FindingKind uint8

// The kinds of finding.
const (
	// Contradiction: two rules of one rank answer the same need differently, and no rule goes before both.
	Contradiction FindingKind = 1 + iota
	// Unreachable: every need that the rule matches is answered by rules before it.
	Unreachable
	// Misled: a need that the rule answers is led to a clinic that does not take it.
	Misled
	// Gap: needs that no rule answers.
	Gap
)

// IsValid reports whether k is one of the kinds.
func (k FindingKind) IsValid() bool { return k >= Contradiction && k <= Gap }

// String returns contradiction, unreachable, misled or gap.
func (k FindingKind) String() string { return word("FindingKind", uint8(k), findingWords[:]) }

// The words of the JSON form, from the zero value on. They are part of the version promise.
var (
	sexWords       = [...]string{"", booking.Female.String(), booking.Male.String(), booking.Unstated.String()}
	urgencyWords   = [...]string{"", "immediate", "same day", "soon", "routine"}
	referralWords  = [...]string{"", "unreferred", "referred"}
	actionWords    = [...]string{"", "emergency now", "ask nurse", "book"}
	gapsWords      = [...]string{"", "refused", "listed"}
	criterionWords = [...]string{"", "age", "sex", "urgency", "visit", "referral", "sign", "other sign"}
	becauseWords   = [...]string{"", "answers", "red flag first", "rank first", "said already"}
	findingWords   = [...]string{"", "contradiction", "unreachable", "misled", "gap"}
)

func word(kind string, n uint8, words []string) string {
	if n == 0 || int(n) >= len(words) {
		return fmt.Sprintf("%s(%d)", kind, n)
	}
	return words[n]
}

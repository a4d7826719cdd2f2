package booking

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Rules are the request-time rules of a Book: configuration, of which the log records only version and digest. The zero
// Rules are invalid; NewRules checks a value once and for all.
type Rules struct {
	// Version numbers the rules, from 1; a change of rules is a higher version.
	Version uint32
	// HoldSeconds is the longest life of a hold, 1 s to 7 days.
	HoldSeconds int64
	// KeySeconds is how long keys are remembered, 1 s to 30 days.
	KeySeconds int64
	// StepSeconds is the furthest that a stamp may lie ahead of the Book's clock, at least 1 s.
	StepSeconds int64
	// TravelMinutes is what a person needs between two different sites, 0 to 1440.
	TravelMinutes int
	// Travel is where that is other, by the names of two sites, either way round. At most MaxTravel.
	Travel []Travel
	// LateCancel says what happens to a patient's cancellation or move after the deadline.
	LateCancel LateCancel
	// RestSeconds is how long a number given back rests before it can be booked again, 0 (at once) to 30 days; RestSpreadSeconds, 0
	// to 30 days, is the most that is drawn on top, evenly to the second, for each
	// appointment that gives back. A rest ends when the slot closes for booking, if that is sooner.
	RestSeconds, RestSpreadSeconds int64
	// RestSeed is the key of the draw: 32 secret bytes, so that nobody outside can tell when a number comes out again. Required with a
	// spread, and zero without. The log holds its hash only, within the digest of the rules.
	RestSeed [32]byte
	// WaitlistPerPerson is how many open entries of the waitlist one person may have, 0 (there is no waitlist) to 1000.
	WaitlistPerPerson int32
	// WaitlistOfferSeconds is how long a number is kept for someone who waited, from the offer; 1 s to 7 days where there is a waitlist, else 0. An
	// offer ends when the slot closes for booking, if that is sooner.
	WaitlistOfferSeconds int64
	// WaitlistClasses names the classes that come first in line, the first before all others. At most 200.
	WaitlistClasses []string
	// Limits bound what one person or account may have. At most MaxLimits.
	Limits []Limit
	// Cooling is for how long whoever gave a number back may not book the like.
	Cooling Cooling
	// ReturnDays is for how many days after a fulfilled visit its patient may come back with results without a number (回诊), 0 (not) to 365. Days
	// that are retired entitle to nothing: retire later than that.
	ReturnDays int
	// Displacement is where an emergency may move others.
	Displacement Displacement
	// Reallocation is how unsold reserves move to the classes that sell (号源动态调配).
	Reallocation Reallocation
	// Exempt names the classes that no restriction bars: emergencies.
	Exempt []string
	// Eligible says whom classes are for: requests that bear one must meet it, whatever the session. A class at most once; at most MaxEligible.
	Eligible []ClassEligibility
	// Policies are the ways to choose among free slots that requests may name; the first is the default. At least one.
	Policies []Policy
}

// DefaultRules are rules to begin with, to be changed field by field before NewRules: holds of 15 minutes, keys remembered
// for a day, stamps up to a day ahead, half an hour between sites, late cancellations recorded, one number per person and
// session and one per person, department and day, and two policies: earliest (the default), then level-load. A department that
// gives one person several appointments a day, as for examinations, needs another second limit.
func DefaultRules() Rules {
	return Rules{Version: 1, HoldSeconds: 15 * 60, KeySeconds: 86400, StepSeconds: 86400, TravelMinutes: 30, LateCancel: LateRecorded,
		Limits: []Limit{
			{Name: "one per session", Who: PerPerson, Same: SameSession, Of: AllVisits, Max: 1},
			{Name: "one per department and day", Who: PerPerson, Same: SameDepartment | SameDay, Of: AllVisits, Max: 1},
		},
		Policies: []Policy{Earliest{}, LevelLoad{}}}
}

// MaxLimits bounds Rules.Limits.
const MaxLimits = 64

// LateCancel is what happens to a cancellation, or a move, after its deadline.
type LateCancel uint8

// The choices.
const (
	// LateRecorded: allowed, and recorded as late.
	LateRecorded LateCancel = 1 + iota
	// LateRefused: refused as TooLate.
	LateRefused
)

// Limit is one bound: at most Max of Who's appointments that agree with the new one in all of Same.
type Limit struct {
	// Name is what people call it.
	Name string
	Who  Holder
	Same Same
	// Of says which appointments count.
	Of  Counted
	Max int32
	// Kind confines it to sessions of one kind: only requests for them are judged, and only visits in them count. Zero is any kind.
	Kind slots.Kind
}

// Holder is whose appointments a limit counts.
type Holder uint8

// The holders.
const (
	PerPerson Holder = 1 + iota
	PerAccount
)

// Same is a set of what must agree for an appointment to count against a limit; the empty set counts all.
type Same uint8

// The members of a Same. SameMonth is the calendar month of the session's date; SameResource is any shared resource.
const (
	SameSession Same = 1 << iota
	SameDay
	SameMonth
	SameDepartment
	SameService
	SameResource

	allSame = SameSession | SameDay | SameMonth | SameDepartment | SameService | SameResource
)

// Counted says which states count for a limit.
type Counted uint8

// The choices.
const (
	// OpenVisits: what still lies ahead or is under way.
	OpenVisits Counted = 1 + iota
	// AllVisits: those, and what was fulfilled or missed.
	AllVisits
	// UnpaidHolds: holds that wait for payment, so that an unfinished payment blocks whatever is asked next: hold, booking or move. Those
	// of one bundle do not count for each other when they are asked for. What is offered when a session closes does not wait for them.
	UnpaidHolds
)

// LimitWindowDays is the longest window of a limit (a calendar month): Retire keeps what limits may count this long.
const LimitWindowDays = 31

// NewRules checks r whole and returns a copy that later changes of r do not reach; the error joins all problems.
func NewRules(r Rules) (*Rules, error) {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	within := func(field string, v, lo, hi int64) {
		if v < lo || v > hi {
			bad("%s %d: want %d to %d", field, v, lo, hi)
		}
	}
	const day = 86400
	within("Version", int64(r.Version), 1, 1<<31)
	within("HoldSeconds", r.HoldSeconds, 1, 7*day)
	within("KeySeconds", r.KeySeconds, 1, 30*day)
	within("StepSeconds", r.StepSeconds, 1, 100*366*day)
	within("TravelMinutes", int64(r.TravelMinutes), 0, 1440)
	within("RestSeconds", r.RestSeconds, 0, 30*day)
	within("RestSpreadSeconds", r.RestSpreadSeconds, 0, 30*day)
	if (r.RestSpreadSeconds != 0) != (r.RestSeed != [32]byte{}) {
		bad("RestSeed: want one exactly where RestSpreadSeconds, here %d, is not 0", r.RestSpreadSeconds)
	}
	within("WaitlistPerPerson", int64(r.WaitlistPerPerson), 0, 1000)
	if r.WaitlistPerPerson > 0 {
		within("WaitlistOfferSeconds", r.WaitlistOfferSeconds, 1, 7*day)
	} else if r.WaitlistOfferSeconds != 0 || len(r.WaitlistClasses) > 0 {
		bad("WaitlistOfferSeconds %d, WaitlistClasses %q: without a waitlist (WaitlistPerPerson)", r.WaitlistOfferSeconds, r.WaitlistClasses)
	}
	within("len(WaitlistClasses)", int64(len(r.WaitlistClasses)), 0, 200)
	for i, name := range r.WaitlistClasses {
		within(fmt.Sprintf("len(WaitlistClasses[%d])", i), int64(len(name)), 1, MaxNameBytes)
	}
	if r.LateCancel != LateRecorded && r.LateCancel != LateRefused {
		bad("LateCancel %d: want LateRecorded or LateRefused", r.LateCancel)
	}
	within("len(Limits)", int64(len(r.Limits)), 0, MaxLimits)
	for i, l := range r.Limits {
		if l.Who != PerPerson && l.Who != PerAccount {
			bad("Limits[%d].Who %d: want PerPerson or PerAccount", i, l.Who)
		}
		if l.Same&^allSame != 0 {
			bad("Limits[%d].Same %#x: unknown member", i, uint8(l.Same))
		}
		if l.Of < OpenVisits || l.Of > UnpaidHolds {
			bad("Limits[%d].Of %d: want OpenVisits, AllVisits or UnpaidHolds", i, l.Of)
		}
		if l.Kind != 0 && !l.Kind.IsValid() {
			bad("Limits[%d].Kind %v: want a kind of session, or 0", i, l.Kind)
		}
		if l.Of == AllVisits && l.Same&(SameSession|SameDay|SameMonth) == 0 {
			bad("Limits[%d].Of AllVisits: needs a window of time in Same, or it would count for ever", i)
		}
		within(fmt.Sprintf("Limits[%d].Max", i), int64(l.Max), 0, 1<<30)
	}
	for i, name := range r.Exempt {
		within(fmt.Sprintf("len(Exempt[%d])", i), int64(len(name)), 1, MaxNameBytes)
	}
	problems = append(problems, eligibleListProblems(r.Eligible)...)
	within("ReturnDays", int64(r.ReturnDays), 0, 365)
	problems = append(problems, travelProblems(r.Travel)...)
	problems = append(problems, r.Cooling.problems()...)
	problems = append(problems, r.Displacement.problems(r.Exempt)...)
	problems = append(problems, r.Reallocation.problems()...)
	within("len(Policies)", int64(len(r.Policies)), 1, 255)
	for i, p := range r.Policies {
		if p == nil {
			bad("Policies[%d]: nil", i)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	r.Limits = append([]Limit(nil), r.Limits...)
	r.WaitlistClasses = append([]string(nil), r.WaitlistClasses...)
	r.Exempt = append([]string(nil), r.Exempt...)
	r.Eligible = append([]ClassEligibility(nil), r.Eligible...)
	r.Travel = append([]Travel(nil), r.Travel...)
	r.Displacement = r.Displacement.clone()
	r.Reallocation = r.Reallocation.clone()
	r.Policies = append([]Policy(nil), r.Policies...)
	return &r, nil
}

// Policy is what Request.Policy must say to be served by the policy of that name.
func (r *Rules) Policy(name string) (policy uint8, ok bool) {
	for i, p := range r.Policies {
		if p.Name() == name {
			return uint8(i + 1), true
		}
	}
	return 0, false
}

// digest identifies the rules in the log: a hash of every field, policies by name.
func (r *Rules) digest() [32]byte {
	var b []byte
	num := func(v int64) { b = binary.LittleEndian.AppendUint64(b, uint64(v)) }
	text := func(s string) { num(int64(len(s))); b = append(b, s...) }
	for _, v := range []int64{int64(r.Version), r.HoldSeconds, r.KeySeconds, r.StepSeconds, int64(r.TravelMinutes), int64(r.LateCancel),
		r.RestSeconds, r.RestSpreadSeconds, int64(len(r.Limits))} {
		num(v)
	}
	b = append(b, r.RestSeed[:]...)
	num(int64(r.WaitlistPerPerson))
	num(r.WaitlistOfferSeconds)
	num(int64(len(r.WaitlistClasses)))
	for _, s := range r.WaitlistClasses {
		text(s)
	}
	for _, l := range r.Limits {
		text(l.Name)
		for _, v := range []int64{int64(l.Who), int64(l.Same), int64(l.Of), int64(l.Max), int64(l.Kind)} {
			num(v)
		}
	}
	num(int64(len(r.Travel)))
	for _, x := range r.Travel {
		text(x.From)
		text(x.To)
		num(int64(x.Minutes))
	}
	for _, v := range []int64{r.Cooling.Seconds, int64(r.Cooling.Same), int64(r.ReturnDays), int64(len(r.Displacement.Kinds))} {
		num(v)
	}
	for _, k := range r.Displacement.Kinds {
		num(int64(k))
	}
	num(int64(len(r.Displacement.Untouchable)))
	for _, s := range r.Displacement.Untouchable {
		text(s)
	}
	for _, v := range r.Displacement.numbers() {
		num(v)
	}
	for _, v := range r.Reallocation.numbers() {
		num(v)
	}
	num(int64(len(r.Exempt)))
	for _, s := range r.Exempt {
		text(s)
	}
	digestEligible(r.Eligible, num, text)
	for _, p := range r.Policies {
		text(p.Name())
	}
	return sha256.Sum256(b)
}

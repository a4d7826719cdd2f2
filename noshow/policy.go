package noshow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Limits of a policy.
const (
	// MaxRules is the most rules that a policy has.
	MaxRules = 64
	// MaxThreshold is the highest Threshold.
	MaxThreshold = 100
)

// Rule says: so many incidents of these kinds within such a time have this effect for that long.
//
// "3 no-shows within 3 months: no booking for 6 months" is
//
//	Rule{ID: "A", Kinds: []Kind{NoShow}, Threshold: 3, Within: Term{3, Months},
//	     Effect: Suspend, Lasts: Term{6, Months}, Binding: Automatic, Afterwards: KeepCounting}
type Rule struct {
	// ID names the rule, uniquely within its policy. Required.
	ID string
	// Kinds are counted together; at least one, none twice.
	Kinds []Kind
	// Threshold is the number of incidents that meets the rule, 1 to MaxThreshold. "At least 3" is 3; "more than 3" is 4.
	Threshold int
	// Within is how long an incident is remembered, from its own day: "3 months" rolls, "1 calendar year" starts
	// anew each January, "forever" never forgets. An incident of 31 August within 6 months counts up to and including 27 February.
	Within Term
	// Effect is what follows.
	Effect Effect
	// Channels are closed by RestrictChannels; required there, refused elsewhere.
	Channels []string
	// FeeCode says what ChargeFee charges, in the host's code; required there, refused elsewhere.
	FeeCode string
	// Lasts is how long the effect lasts, from the day of the incident that met the rule, that day included.
	Lasts Term
	// Binding says whether the effect follows by itself or waits for a person.
	Binding Binding
	// Afterwards says whether the incidents that met the rule go on counting.
	Afterwards Afterwards
	// Only, where not empty, limits the rule to persons of at least one of these classes ("new-patient").
	Only []string
	// Exempt frees persons of any of these classes from the rule; it beats Only.
	Exempt []string
}

// PolicyConfig is a hospital's rules as plain data. It can be kept as JSON: enums and terms have text forms.
type PolicyConfig struct {
	// Name is the policy's name for people. Required.
	Name string
	// CountFrom, where it is a date, is the first day whose incidents count: no rule reaches back before it was made known.
	CountFrom slots.Date
	// Rules each have their own effect; their order means nothing. No rules: nothing ever follows.
	Rules []Rule
}

// Policy is a checked PolicyConfig. It never changes and may be shared. The zero Policy has no rules.
type Policy struct {
	name      string
	countFrom slots.Date
	rules     []Rule // in order of ID
}

// NewPolicy checks and copies c. The error joins every problem, each naming its rule, field and value.
func NewPolicy(c PolicyConfig) (Policy, error) {
	var problems []error
	if c.Name == "" {
		problems = append(problems, errors.New("name: empty"))
	}
	if n := len(c.Rules); n > MaxRules {
		problems = append(problems, fmt.Errorf("rules: %d, want at most %d", n, MaxRules))
	}
	p := Policy{name: c.Name, countFrom: c.CountFrom}
	for i, r := range c.Rules {
		for _, problem := range checkRule(r) {
			problems = append(problems, fmt.Errorf("rules[%d] (ID %q): %w", i, r.ID, problem))
		}
		if slices.ContainsFunc(c.Rules[:i], func(o Rule) bool { return o.ID == r.ID }) {
			problems = append(problems, fmt.Errorf("rules[%d] (ID %q): ID is used twice", i, r.ID))
		}
		r.Kinds, r.Channels = slices.Clone(r.Kinds), slices.Clone(r.Channels)
		r.Only, r.Exempt = slices.Clone(r.Only), slices.Clone(r.Exempt)
		p.rules = append(p.rules, r)
	}
	if err := errors.Join(problems...); err != nil {
		return Policy{}, err
	}
	slices.SortFunc(p.rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return p, nil
}

// Name returns the policy's name.
func (p Policy) Name() string { return p.name }

func checkRule(r Rule) (problems []error) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if r.ID == "" {
		bad("ID: empty")
	}
	if len(r.Kinds) == 0 {
		bad("kinds: none")
	}
	for i, k := range r.Kinds {
		if !k.IsValid() {
			bad("kinds[%d]: %v: no such kind", i, k)
		}
		if slices.Contains(r.Kinds[:i], k) {
			bad("kinds[%d]: %v is there twice", i, k)
		}
	}
	if r.Threshold < 1 || r.Threshold > MaxThreshold {
		bad("threshold: %d, want 1 to %d", r.Threshold, MaxThreshold)
	}
	if !r.Within.IsValid() {
		bad("within: %v: no such term", r.Within)
	}
	if !r.Lasts.IsValid() {
		bad("lasts: %v: no such term", r.Lasts)
	}
	if !r.Binding.IsValid() {
		bad("binding: %v: want automatic or proposed", r.Binding)
	}
	if !r.Afterwards.IsValid() {
		bad("afterwards: %v: want keep-counting or start-afresh", r.Afterwards)
	}
	return append(append(problems, checkEffect(r)...), checkClasses(r)...)
}

func checkEffect(r Rule) (problems []error) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !r.Effect.IsValid() {
		bad("effect: %v: no such effect", r.Effect)
	}
	if (r.Effect == RestrictChannels) != (len(r.Channels) > 0) {
		bad("channels: %q with effect %v: channels belong to restrict-channels, and it needs them", r.Channels, r.Effect)
	}
	if (r.Effect == ChargeFee) != (r.FeeCode != "") {
		bad("feeCode: %q with effect %v: a fee code belongs to charge-fee, and it needs one", r.FeeCode, r.Effect)
	}
	return append(problems, checkNames("channels", r.Channels)...)
}

func checkClasses(r Rule) []error {
	problems := append(checkNames("only", r.Only), checkNames("exempt", r.Exempt)...)
	for i, class := range r.Only {
		if slices.Contains(r.Exempt, class) {
			problems = append(problems, fmt.Errorf("only[%d]: %q is exempt too", i, class))
		}
	}
	return problems
}

func checkNames(field string, names []string) (problems []error) {
	for i, name := range names {
		if name == "" {
			problems = append(problems, fmt.Errorf("%s[%d]: empty", field, i))
		}
		if slices.Contains(names[:i], name) {
			problems = append(problems, fmt.Errorf("%s[%d]: %q is there twice", field, i, name))
		}
	}
	return problems
}

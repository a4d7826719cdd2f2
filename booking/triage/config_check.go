package triage

import (
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// check reports everything that is wrong with the entries, each for itself and by their names. Whether the rules agree is
// what the proof finds.
func (c *Config) check() error {
	var p problems
	p.Within("len(Codes)", int64(len(c.Codes)), 0, MaxCodes)
	p.Within("len(Signs)", int64(len(c.Signs)), 0, MaxSigns)
	p.Within("len(Clinics)", int64(len(c.Clinics)), 0, MaxClinics)
	p.Within("len(Rules)", int64(len(c.Rules)), 0, MaxRules)
	if p.Len() > 0 {
		return p.Err()
	}
	k := checker{problems: &p, codes: checkTerms(&p, "Codes", c.Codes), signs: checkTerms(&p, "Signs", c.Signs), clinics: map[Clinic]bool{}}
	for i := range c.Clinics {
		k.clinic(fmt.Sprintf("Clinics[%d].", i), &c.Clinics[i])
	}
	ids := map[string]bool{}
	for i := range c.Rules {
		r := &c.Rules[i]
		k.rule(fmt.Sprintf("Rules[%d] %q: ", i, r.ID), r)
		if ids[r.ID] {
			p.Add("Rules[%d].ID %q: twice", i, r.ID)
		}
		ids[r.ID] = true
	}
	switch {
	case !c.Gaps.IsValid():
		p.Add("Gaps %d: want GapsRefused or GapsListed", uint8(c.Gaps))
	case c.Gaps == GapsListed:
		checkTerm(&p, "Otherwise", c.Otherwise)
	case c.Otherwise != Term{}:
		p.Add("Otherwise.Code %q: with GapsRefused nothing is left for it", c.Otherwise.Code)
	}
	p.Within("WorkLimit", c.WorkLimit, 0, MaxWorkLimit)
	return p.Err()
}

// checker holds the names that entries may use.
type checker struct {
	*problems
	codes, signs map[string]bool
	clinics      map[Clinic]bool
}

func checkTerms(p *problems, field string, terms []Term) map[string]bool {
	seen := map[string]bool{}
	for i, t := range terms {
		checkTerm(p, fmt.Sprintf("%s[%d]", field, i), t)
		if seen[t.Code] {
			p.Add("%s[%d].Code %q: twice", field, i, t.Code)
		}
		seen[t.Code] = true
	}
	return seen
}

func checkTerm(p *problems, at string, t Term) {
	p.text(at+".Code", t.Code, true)
	p.text(at+".ZH", t.ZH, true)
	p.text(at+".EN", t.EN, true)
}

func (k *checker) clinic(at string, e *Eligibility) {
	k.text(at+"Clinic.Department", e.Clinic.Department, true)
	k.text(at+"Clinic.Service", e.Clinic.Service, false)
	if !e.Clinic.Kind.IsValid() {
		k.Add("%sClinic.Kind %d: want General to Joint", at, uint8(e.Clinic.Kind))
	}
	if k.clinics[e.Clinic] {
		k.Add("%sClinic %v: twice", at, e.Clinic)
	}
	k.clinics[e.Clinic] = true
	k.condition(at+"Takes.", &e.Takes)
}

func (k *checker) rule(at string, r *Rule) {
	k.text(at+"ID", r.ID, true)
	k.Within(at+"Rank", int64(r.Rank), 1, MaxRank)
	switch {
	case len(r.Codes) == 0 && !r.AnyCode:
		k.Add("%sCodes: none; a rule for all of them says AnyCode", at)
	case len(r.Codes) > 0 && r.AnyCode:
		k.Add("%sAnyCode: with %d Codes", at, len(r.Codes))
	}
	k.known(at+"Codes", "a code", r.Codes, k.codes)
	k.condition(at+"If.", &r.If)
	if !r.Action.IsValid() {
		k.Add("%sAction %d: want EmergencyNow, AskNurse or Book", at, uint8(r.Action))
	}
	if r.Action == Book {
		k.Within(at+"len(To)", int64(len(r.To)), 1, MaxDestinations)
	} else if len(r.To) > 0 {
		k.Add("%sTo[0] %v: not with Action %v", at, r.To[0], r.Action)
	}
	for i, c := range r.To {
		if !k.clinics[c] {
			k.Add("%sTo[%d] %v: not among Clinics", at, i, c)
		}
		if slices.Contains(r.To[:i], c) {
			k.Add("%sTo[%d] %v: twice", at, i, c)
		}
	}
	checkTerm(k.problems, at+"Reason", r.Reason)
}

// condition checks all but the order of ages, for which the whole table's bounds are needed.
func (k *checker) condition(at string, c *Condition) {
	for _, b := range [...]struct {
		name  string
		bound booking.AgeBound
	}{{"From", c.Ages.From}, {"Until", c.Ages.Until}} {
		if b.bound.IsSet() && !b.bound.IsValid() {
			k.Add("%sAges.%s {%d, %d}: want 1 to %d days, %d months or %d years", at, b.name, b.bound.Count, uint8(b.bound.Unit),
				booking.MaxAgeYears*365, booking.MaxAgeYears*12-1, booking.MaxAgeYears-1)
		}
	}
	members(k.problems, at+"Sexes", c.Sexes)
	members(k.problems, at+"Urgencies", c.Urgencies)
	if !c.Visit.IsValid() {
		k.Add("%sVisit %d: want AnyVisit, FirstVisit or FollowUp", at, uint8(c.Visit))
	}
	if c.Referral != 0 && !c.Referral.IsValid() {
		k.Add("%sReferral %d: want Unreferred, Referred or none", at, uint8(c.Referral))
	}
	k.known(at+"With", "a sign", c.With, k.signs)
	k.known(at+"Without", "a sign", c.Without, k.signs)
	for i, s := range c.Without {
		if slices.Contains(c.With, s) {
			k.Add("%sWithout[%d] %q: also With, which nobody meets", at, i, s)
		}
	}
}

// known checks that names are of the list and each there once.
func (k *checker) known(field, what string, names []string, list map[string]bool) {
	seen := map[string]bool{}
	for i, name := range names {
		if !list[name] {
			k.Add("%s[%d] %q: not %s of the table", field, i, name, what)
		}
		if seen[name] {
			k.Add("%s[%d] %q: twice", field, i, name)
		}
		seen[name] = true
	}
}

// members checks a set that is written as a list.
func members[T interface {
	~uint8
	IsValid() bool
}](p *problems, field string, list []T) {
	for i, v := range list {
		if !v.IsValid() {
			p.Add("%s[%d] %d: no such member", field, i, uint8(v))
		} else if slices.Contains(list[:i], v) {
			p.Add("%s[%d] %v: twice", field, i, v)
		}
	}
}

// checkNeed reports everything that is wrong with a need, but for its code, of which a direct request has none.
func (n *Need) check(p *problems) {
	if !n.Age.IsValid() {
		p.Add("Age %v", n.Age)
	}
	if !n.Sex.IsValid() {
		p.Add("Sex %d: want Female, Male or Unstated", uint8(n.Sex))
	}
	if !n.Urgency.IsValid() {
		p.Add("Urgency %d: want Immediate to Routine", uint8(n.Urgency))
	}
	if n.Visit != slots.FirstVisit && n.Visit != slots.FollowUp {
		p.Add("Visit %d: want FirstVisit or FollowUp", uint8(n.Visit))
	}
	if !n.Referral.IsValid() {
		p.Add("Referral %d: want Unreferred or Referred", uint8(n.Referral))
	}
}

package triage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Table is a checked routing table. It never changes, and answers the same whatever order its configuration was written in.
type Table struct {
	config Config // in canonical order; rules by precedence
	axis   axis
	codes  map[string]int32
	// Rules by place in order of precedence: of each code, and of every code.
	byCode  [][]int32
	anyCode []int32
	boxes   []box // of each rule
	clinics map[Clinic]int32
	takes   []box // of each clinic
	gaps    []Finding
}

// NewTable checks a configuration, copies it and proves that its rules agree. The error joins everything that is wrong: first what is
// wrong with single entries, each naming the entry, the field and the value; if those are right, a *TableError with contradictory
// rules, unreachable rules, rules that lead to a clinic that refuses, and gaps unless they are listed.
//
// The proofs are exact: sets of needs are taken apart into boxes, code by code. They cost, for each set of codes with the same
// rules, those rules times the boxes that are left of all needs: a few dozen in a hospital's table, exponential in the signs at
// worst, and never more than WorkLimit steps, of which one is a comparison of two boxes, or 2^20 boxes at once. A table that
// is not proven is refused, and the error says so.
func NewTable(config Config) (*Table, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	t := &Table{config: canonical(config)}
	var p problems
	if t.compile(&p); p.Len() > 0 {
		return nil, p.Err()
	}
	w := prover{Table: t, limit: cmp.Or(config.WorkLimit, DefaultWorkLimit)}
	w.prove()
	slices.SortStableFunc(w.findings, func(a, b Finding) int { return cmp.Compare(a.Kind, b.Kind) })
	if config.Gaps == GapsListed {
		first := slices.IndexFunc(w.findings, func(f Finding) bool { return f.Kind == Gap })
		if first >= 0 {
			t.gaps, w.findings = slices.Clone(w.findings[first:]), w.findings[:first]
		}
	}
	if len(w.findings) > 0 || w.spent() {
		return nil, &TableError{w.findings, w.spent()}
	}
	return t, nil
}

// canonical is a copy in the one order that means nothing but order.
func canonical(c Config) Config {
	byCode := func(a, b Term) int { return cmp.Compare(a.Code, b.Code) }
	c.Codes = slices.SortedFunc(slices.Values(c.Codes), byCode)
	c.Signs = slices.SortedFunc(slices.Values(c.Signs), byCode)
	c.Clinics, c.Rules = append([]Eligibility(nil), c.Clinics...), append([]Rule(nil), c.Rules...)
	for i := range c.Clinics {
		c.Clinics[i].Takes = c.Clinics[i].Takes.clone()
	}
	for i := range c.Rules {
		c.Rules[i] = c.Rules[i].clone()
	}
	slices.SortFunc(c.Clinics, func(a, b Eligibility) int { return a.Clinic.compare(b.Clinic) })
	slices.SortFunc(c.Rules, precedes)
	return c
}

// precedes orders rules by precedence: red flags first, then rank, then ID.
func precedes(a, b Rule) int {
	flag := func(r Rule) int {
		if r.Action == EmergencyNow {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(flag(a), flag(b)), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
}

func (c Clinic) compare(d Clinic) int {
	return cmp.Or(strings.Compare(c.Department, d.Department), strings.Compare(c.Service, d.Service), cmp.Compare(c.Kind, d.Kind))
}

// compile makes the boxes, and reports ages that have no order or between which nobody is.
func (t *Table) compile(p *problems) {
	c := &t.config
	var ranges []booking.AgeRange
	for i := range c.Clinics {
		ranges = append(ranges, c.Clinics[i].Takes.Ages)
	}
	for i := range c.Rules {
		ranges = append(ranges, c.Rules[i].If.Ages)
	}
	if t.axis = newAxis(ranges, p); p.Len() > 0 {
		return
	}
	t.codes, t.byCode = make(map[string]int32, len(c.Codes)), make([][]int32, len(c.Codes))
	for i, code := range c.Codes {
		t.codes[code.Code] = int32(i)
	}
	t.clinics = make(map[Clinic]int32, len(c.Clinics))
	for i := range c.Clinics {
		e := &c.Clinics[i]
		t.clinics[e.Clinic] = int32(i)
		t.takes = append(t.takes, t.box(&e.Takes, p, "Clinic "+e.Clinic.String()+": Takes"))
	}
	for i := range c.Rules {
		r := &c.Rules[i]
		t.boxes = append(t.boxes, t.box(&r.If, p, "Rule "+r.ID+": If"))
		if r.AnyCode {
			t.anyCode = append(t.anyCode, int32(i))
		}
		for _, code := range r.Codes {
			k := t.codes[code]
			t.byCode[k] = append(t.byCode[k], int32(i))
		}
	}
}

func (t *Table) box(c *Condition, p *problems, where string) box {
	b := box{sexes: set(c.Sexes, allSexes), urgencies: set(c.Urgencies, allUrgencies), visits: optional(c.Visit, allVisits),
		referral: optional(c.Referral, allReferrals)}
	if b.from, b.until = t.axis.span(c.Ages); b.from >= b.until {
		p.Add("%s.Ages %v: nobody is that old", where, c.Ages)
	}
	for _, s := range c.With {
		b.with |= 1 << t.sign(s)
	}
	for _, s := range c.Without {
		b.without |= 1 << t.sign(s)
	}
	return b
}

// sign is the place of a sign's code, or -1.
func (t *Table) sign(code string) int {
	i, ok := slices.BinarySearchFunc(t.config.Signs, code, func(s Term, code string) int { return strings.Compare(s.Code, code) })
	if !ok {
		return -1
	}
	return i
}

func (t *Table) signs(mask uint32) []string {
	var codes []string
	for i, s := range t.config.Signs {
		if mask>>i&1 != 0 {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

// condition is the inverse of box.
func (t *Table) condition(b *box) Condition {
	return Condition{Ages: t.axis.ages(b.from, b.until), Sexes: list[booking.Sex](b.sexes, allSexes),
		Urgencies: list[Urgency](b.urgencies, allUrgencies), Visit: visit(b.visits), Referral: one[Referral](b.referral),
		With: t.signs(b.with), Without: t.signs(b.without)}
}

// Config returns a copy of the configuration in canonical order: rules by precedence, everything else by name.
func (t *Table) Config() Config { return canonical(t.config) }

// Gaps returns a copy of the needs that no rule answers, in order of codes; none where gaps are refused. They overlap nowhere.
func (t *Table) Gaps() []Finding {
	gaps := slices.Clone(t.gaps)
	for i := range gaps {
		g := &gaps[i]
		g.Codes, g.When, g.Example.Signs = copied(g.Codes), g.When.clone(), copied(g.Example.Signs)
	}
	return gaps
}

// Takes returns whom a clinic takes, as a copy, and whether there is such a clinic.
func (t *Table) Takes(c Clinic) (Condition, bool) {
	i, ok := t.clinics[c]
	if !ok {
		return Condition{}, false
	}
	return t.config.Clinics[i].Takes.clone(), true
}

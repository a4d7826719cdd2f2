package triage

import (
	"math"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Answer is what the table says of a need.
type Answer struct {
	Action Action
	// Rule is the ID of the rule that answers; empty where none does.
	Rule string
	// Reason is that rule's, or Config.Otherwise.
	Reason Term
}

// Destination is where a number may be booked, with the rule that says so and why.
type Destination struct {
	Clinic Clinic
	Rule   string
	Reason Term
}

// Ask returns the ask with the destination's department and service in place of the need. A request has no kind of number: where
// two clinics differ in nothing else, give them different services.
func (d Destination) Ask(a booking.Ask) booking.Ask {
	a.Department, a.Service = d.Clinic.Department, d.Clinic.Service
	return a
}

// Route answers a need: the rule that goes before all others that match it, by Action, then Rank, then ID. Its destinations are
// appended to dst, the best first; there are none unless the action is Book. The error says everything that is wrong with the need, each
// field with its value, and then nothing is appended.
//
// It costs one look at each rule of the need's code and at each rule of every code, up to the one that answers, and allocates
// nothing but room in dst.
func (t *Table) Route(dst []Destination, n Need) ([]Destination, Answer, error) {
	code, p, err := t.point(&n)
	if err != nil {
		return dst, Answer{}, err
	}
	m := t.matching(code)
	r := m.next(t, &p)
	if r < 0 {
		return dst, Answer{Action: AskNurse, Reason: t.config.Otherwise}, nil
	}
	rule := &t.config.Rules[r]
	for _, c := range rule.To {
		dst = append(dst, Destination{c, rule.ID, rule.Reason})
	}
	return dst, Answer{rule.Action, rule.ID, rule.Reason}, nil
}

// matcher walks the rules of a code and those of every code, both by precedence, as one list.
type matcher struct{ own, every []int32 }

func (t *Table) matching(code int32) matcher { return matcher{t.byCode[code], t.anyCode} }

// next is the next rule that matches, or -1.
func (m *matcher) next(t *Table, p *point) int32 {
	for {
		a, b := int32(math.MaxInt32), int32(math.MaxInt32)
		if len(m.own) > 0 {
			a = m.own[0]
		}
		if len(m.every) > 0 {
			b = m.every[0]
		}
		switch {
		case a < b:
			m.own = m.own[1:]
		case b < a:
			m.every = m.every[1:]
		default:
			return -1
		}
		if r := min(a, b); t.boxes[r].has(p) {
			return r
		}
	}
}

// point reads a need that has a code.
func (t *Table) point(n *Need) (int32, point, error) {
	p, problems := t.who(n)
	code, ok := t.codes[n.Code]
	if !ok {
		problems.Add("Code %q: not a code of the table", n.Code)
	}
	if problems.Len() > 0 {
		return 0, point{}, problems.Err()
	}
	return code, p, nil
}

// who reads all of a need but its code.
func (t *Table) who(n *Need) (p point, q problems) {
	if n.check(&q); q.Len() > 0 {
		n = &Need{Signs: n.Signs, Sex: booking.Female, Urgency: Routine, Visit: slots.FirstVisit, Referral: Unreferred}
	}
	p = point{place: t.axis.place(n.Age), sex: bit(n.Sex), urgency: bit(n.Urgency), visit: bit(n.Visit), referredBy: bit(n.Referral)}
	for i, s := range n.Signs {
		k := t.sign(s)
		if k < 0 {
			q.Add("Signs[%d] %q: not a sign of the table", i, s)
			continue
		}
		p.signs |= 1 << k
	}
	return p, q
}

// Match is a rule that matches a need, and why it does or does not answer.
type Match struct {
	Rule   string
	Action Action
	Rank   int
	Reason Term
	// Because is Answers for the first match; for the others, why OutrankedBy, the one that answers, goes before them.
	Because     Because
	OutrankedBy string
}

// Explain lists all rules that match a need by precedence: the first is the one that Route gives, the others are outranked by it.
// The error is Route's.
func (t *Table) Explain(n Need) ([]Match, error) {
	code, p, err := t.point(&n)
	if err != nil {
		return nil, err
	}
	var found []Match
	walk := t.matching(code)
	for r := walk.next(t, &p); r >= 0; r = walk.next(t, &p) {
		rule := &t.config.Rules[r]
		m := Match{Rule: rule.ID, Action: rule.Action, Rank: rule.Rank, Reason: rule.Reason, Because: Answers}
		if len(found) > 0 {
			m.OutrankedBy, m.Because = found[0].Rule, outranked(&found[0], &m)
		}
		found = append(found, m)
	}
	return found, nil
}

func outranked(winner, m *Match) Because {
	switch {
	case winner.Action == EmergencyNow && m.Action != EmergencyNow:
		return RedFlagFirst
	case winner.Rank != m.Rank:
		return RankFirst
	}
	return SaidAlready
}

// Unmet is one part of a clinic's condition that a need does not meet, with what the clinic takes; only the field of its criterion
// is set.
type Unmet struct {
	Criterion Criterion
	Ages      booking.AgeRange // ByAge
	Sexes     []booking.Sex    // BySex
	Urgencies []Urgency        // ByUrgency
	Visit     slots.Visit      // ByVisit
	Referral  Referral         // ByReferral
	Sign      Term             // BySign, ByOtherSign: the sign that is missing, or there
}

// Eligible judges a direct request, one that names a clinic: it appends to dst every part of the clinic's condition that the need
// does not meet, in the order of the criteria; nothing means that the clinic takes the patient. The need's code is not looked
// at. The error says that the clinic is not the table's, or what is wrong with the need.
func (t *Table) Eligible(dst []Unmet, n Need, c Clinic) ([]Unmet, error) {
	p, problems := t.who(&n)
	k, ok := t.clinics[c]
	if !ok {
		problems.Add("Clinic %v: not among Clinics", c)
	}
	if problems.Len() > 0 {
		return dst, problems.Err()
	}
	b, takes := &t.takes[k], &t.config.Clinics[k].Takes
	if b.has(&p) {
		return dst, nil
	}
	if p.place < b.from || p.place >= b.until {
		dst = append(dst, Unmet{Criterion: ByAge, Ages: takes.Ages})
	}
	if b.sexes&p.sex == 0 {
		dst = append(dst, Unmet{Criterion: BySex, Sexes: slices.Clone(takes.Sexes)})
	}
	if b.urgencies&p.urgency == 0 {
		dst = append(dst, Unmet{Criterion: ByUrgency, Urgencies: slices.Clone(takes.Urgencies)})
	}
	if b.visits&p.visit == 0 {
		dst = append(dst, Unmet{Criterion: ByVisit, Visit: takes.Visit})
	}
	if b.referral&p.referredBy == 0 {
		dst = append(dst, Unmet{Criterion: ByReferral, Referral: takes.Referral})
	}
	for i, s := range t.config.Signs {
		switch {
		case b.with&^p.signs>>i&1 != 0:
			dst = append(dst, Unmet{Criterion: BySign, Sign: s})
		case b.without&p.signs>>i&1 != 0:
			dst = append(dst, Unmet{Criterion: ByOtherSign, Sign: s})
		}
	}
	return dst, nil
}

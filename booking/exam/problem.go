package exam

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Problem is a checked trip, brought into canonical order. It never changes; Solve and WhyNot may be asked as often as one likes.
type Problem struct {
	exams []Exam // by code
	// offers by examination, day, start, site, minutes, slot, count: the canonical order. Minutes is filled in.
	offers []Offer
	// exam[i] is the index in exams of offers[i].
	exam             []int32
	rules            []Rule
	sites            []string
	walk             [][]int
	notBefore, until sl.Date
	workLimit        int64
}

// NewProblem checks a trip and copies it; the error joins all problems, each naming the field and the value. An order that
// cannot be kept (a precedence in a circle, no offers) is no error: Solve answers Infeasible and says why.
// Cost: sorting the offers.
func NewProblem(t Trip) (*Problem, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	p := &Problem{notBefore: t.NotBefore, until: t.Until, workLimit: t.WorkLimit}
	if p.workLimit == 0 {
		p.workLimit = DefaultWorkLimit
	}
	p.exams = slices.Clone(t.Exams)
	slices.SortFunc(p.exams, func(a, b Exam) int { return cmp.Compare(a.Code, b.Code) })
	p.addSites(&t)
	p.addOffers(&t)
	p.addRules(&t)
	return p, nil
}

func (p *Problem) addSites(t *Trip) {
	p.sites = slices.Sorted(slices.Values(t.Sites))
	if len(p.sites) == 0 {
		p.sites, p.walk = []string{""}, [][]int{{0}}
		return
	}
	for _, from := range p.sites {
		var row []int
		for _, to := range p.sites {
			row = append(row, t.WalkMinutes[slices.Index(t.Sites, from)][slices.Index(t.Sites, to)])
		}
		p.walk = append(p.walk, row)
	}
}

func (p *Problem) addOffers(t *Trip) {
	p.offers = slices.Clone(t.Offers)
	for i := range p.offers {
		o := &p.offers[i]
		if o.Minutes == 0 {
			o.Minutes = p.exams[p.index(o.Exam)].Minutes
		}
	}
	slices.SortFunc(p.offers, compareOffers)
	p.offers = slices.CompactFunc(p.offers, func(a, b Offer) bool {
		a.Slot, a.Count = b.Slot, b.Count // equal but for what is booked: the first, that is the least, stays
		return a == b
	})
	p.exam = make([]int32, len(p.offers))
	for i := range p.offers {
		p.exam[i] = int32(p.index(p.offers[i].Exam))
	}
}

// compareOffers is the canonical order.
func compareOffers(a, b Offer) int {
	return cmp.Or(
		cmp.Compare(a.Exam, b.Exam), a.Day.Compare(b.Day), cmp.Compare(a.StartMinute, b.StartMinute),
		cmp.Compare(a.Site, b.Site), cmp.Compare(a.Minutes, b.Minutes),
		cmp.Compare(a.Slot.Session, b.Slot.Session), cmp.Compare(a.Slot.N, b.Slot.N), cmp.Compare(a.Count, b.Count))
}

// addRules lists every rule once, in the order that conflicts keep.
func (p *Problem) addRules(t *Trip) {
	for _, e := range p.exams {
		if e.Fasting {
			p.rules = append(p.rules, Rule{Kind: FastingStart, Exam: e.Code, Minutes: e.LatestStart.Minutes()})
		}
	}
	for _, r := range t.Precedences {
		p.rules = append(p.rules, Rule{InOrder, r.First, r.Then, r.GapMinutes})
	}
	for _, r := range t.Separations {
		p.rules = append(p.rules, Rule{Apart, min(r.A, r.B), max(r.A, r.B), r.GapMinutes})
	}
	for i, a := range p.exams {
		for j, b := range p.exams {
			if i != j && a.Fasting && b.BreaksFast {
				p.rules = append(p.rules, Rule{KeepFast, a.Code, b.Code, a.FastMinutes})
			}
			if i < j {
				p.rules = append(p.rules, Rule{NoOverlap, a.Code, b.Code, 0})
			}
		}
	}
	slices.SortFunc(p.rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Exam, b.Exam), cmp.Compare(a.Other, b.Other), cmp.Compare(a.Minutes, b.Minutes))
	})
	p.rules = slices.Compact(p.rules)
}

// index finds an examination that check has seen.
func (p *Problem) index(code string) int {
	i, _ := slices.BinarySearchFunc(p.exams, code, func(e Exam, code string) int { return cmp.Compare(e.Code, code) })
	return i
}

// Days returns the days that have an offer within NotBefore and Until, ascending.
func (p *Problem) Days() []sl.Date {
	var days []sl.Date
	for _, o := range p.offers {
		if p.within(o.Day) {
			days = append(days, o.Day)
		}
	}
	slices.SortFunc(days, sl.Date.Compare)
	return slices.Compact(days)
}

// within reports whether the trip may use a day.
func (p *Problem) within(d sl.Date) bool {
	return (!p.notBefore.IsValid() || !d.Before(p.notBefore)) && (!p.until.IsValid() || !d.After(p.until))
}

// itinerary makes the answer of one offer for each of the problem's examinations.
func (p *Problem) itinerary(offers []int32) Itinerary {
	var it Itinerary
	for _, i := range offers {
		it.Legs = append(it.Legs, p.offers[i])
	}
	slices.SortFunc(it.Legs, func(a, b Offer) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.StartMinute, b.StartMinute), cmp.Compare(a.Exam, b.Exam))
	})
	finish := int64(-1)
	for from := 0; from < len(it.Legs); {
		day := it.On(it.Legs[from].Day)
		end := 0
		for _, o := range day {
			end = max(end, o.StartMinute+o.Minutes)
			if f := minuteOf(o.Day, o.StartMinute+o.Minutes); f > finish {
				finish, it.FinishDay, it.FinishMinute = f, o.Day, o.StartMinute+o.Minutes
			}
		}
		it.Days++
		it.SpanMinutes += int64(end - day[0].StartMinute)
		from += len(day)
	}
	return it
}

// minuteOf counts minutes from 0000-12-31T00:00: int64, for there are more of them than an int of 32 bits holds.
func minuteOf(d sl.Date, minute int) int64 { return int64(d.Number())*24*60 + int64(minute) }

package exam_test

import (
	"math"
	"slices"
	"sort"

	"github.com/haoyuan-go/haoyuan/booking/exam"
)

// brute tries every choice of offers and knows nothing of the solver: it works on the trip as it was given, with a day's
// minutes counted from the first day of all, and keeps the best by the definition. It returns nil where nothing fits. With rules,
// those alone are looked at.
func brute(t exam.Trip, rules ...exam.Rule) *bruteBest {
	b := bruteWorld{trip: t, rules: rules}
	exams := append([]exam.Exam(nil), t.Exams...)
	sort.Slice(exams, func(i, j int) bool { return exams[i].Code < exams[j].Code })
	for _, e := range exams {
		var mine []exam.Offer
		for _, o := range t.Offers {
			if o.Exam != e.Code || t.NotBefore.IsValid() && o.Day.Before(t.NotBefore) || t.Until.IsValid() && o.Day.After(t.Until) {
				continue
			}
			if o.Minutes == 0 {
				o.Minutes = e.Minutes
			}
			mine = append(mine, o)
		}
		sort.Slice(mine, func(i, j int) bool { return earlier(mine[i], mine[j]) })
		b.choices = append(b.choices, mine)
		b.exams = append(b.exams, e)
	}
	b.try(nil)
	return b.best
}

func earlier(a, b exam.Offer) bool {
	switch {
	case a.Day != b.Day:
		return a.Day.Before(b.Day)
	case a.StartMinute != b.StartMinute:
		return a.StartMinute < b.StartMinute
	case a.Site != b.Site:
		return a.Site < b.Site
	case a.Minutes != b.Minutes:
		return a.Minutes < b.Minutes
	case a.Slot.Session != b.Slot.Session:
		return a.Slot.Session < b.Slot.Session
	}
	return a.Slot.N < b.Slot.N
}

type bruteBest struct {
	days, finish, spans int
	offers              []exam.Offer // by code
}

type bruteWorld struct {
	rules   []exam.Rule // where set, only these are looked at
	trip    exam.Trip
	exams   []exam.Exam
	choices [][]exam.Offer
	best    *bruteBest
}

// try walks all choices in canonical order, so that of equals the first stays.
func (b *bruteWorld) try(chosen []exam.Offer) {
	if len(chosen) < len(b.exams) {
		for _, o := range b.choices[len(chosen)] {
			b.try(append(chosen[:len(chosen):len(chosen)], o))
		}
		return
	}
	if !b.allowed(chosen) {
		return
	}
	days, finish, spans := b.measure(chosen)
	best := b.best
	if best == nil || days < best.days || days == best.days && (finish < best.finish || finish == best.finish && spans < best.spans) {
		b.best = &bruteBest{days, finish, spans, append([]exam.Offer(nil), chosen...)}
	}
}

func (b *bruteWorld) clock(o exam.Offer) (start, end int) {
	start = o.Day.Sub(b.trip.Offers[0].Day)*1440 + o.StartMinute
	return start, start + o.Minutes
}

func (b *bruteWorld) walk(from, to string) int {
	for i, x := range b.trip.Sites {
		for j, y := range b.trip.Sites {
			if x == from && y == to {
				return b.trip.WalkMinutes[i][j]
			}
		}
	}
	return 0
}

func (b *bruteWorld) allowed(chosen []exam.Offer) bool {
	of := map[string]exam.Offer{}
	for i, e := range b.exams {
		of[e.Code] = chosen[i]
		if e.Fasting && b.on(exam.FastingStart, e.Code, "", e.LatestStart.Minutes()) && chosen[i].StartMinute > e.LatestStart.Minutes() {
			return false
		}
	}
	for i, x := range chosen {
		for j, y := range chosen {
			if i == j {
				continue
			}
			xs, xe := b.clock(x)
			ys, _ := b.clock(y)
			if (b.on(exam.NoOverlap, x.Exam, y.Exam, 0) || b.on(exam.NoOverlap, y.Exam, x.Exam, 0)) && xs <= ys && (x.Day == y.Day || x.StartMinute+x.Minutes > 1440) && ys < xe+b.walk(x.Site, y.Site) {
				return false
			}
			if b.exams[j].Fasting && b.exams[i].BreaksFast && b.on(exam.KeepFast, y.Exam, x.Exam, b.exams[j].FastMinutes) {
				_, ye := b.clock(y)
				if x.Day == y.Day && xs < ye {
					return false
				}
				if f := b.exams[j].FastMinutes; f > 0 && x.Day.Before(y.Day) && ys-xe < f {
					return false
				}
			}
		}
	}
	for _, r := range b.trip.Precedences {
		_, end := b.clock(of[r.First])
		if start, _ := b.clock(of[r.Then]); start < end+r.GapMinutes && b.on(exam.InOrder, r.First, r.Then, r.GapMinutes) {
			return false
		}
	}
	for _, r := range b.trip.Separations {
		as, ae := b.clock(of[r.A])
		bs, be := b.clock(of[r.B])
		close := as <= bs && bs-ae < r.GapMinutes || bs <= as && as-be < r.GapMinutes
		if close && (b.on(exam.Apart, r.A, r.B, r.GapMinutes) || b.on(exam.Apart, r.B, r.A, r.GapMinutes)) {
			return false
		}
	}
	return true
}

// on reports whether a rule is to be looked at.
func (b *bruteWorld) on(kind exam.RuleKind, code, other string, minutes int) bool {
	if slices.Contains(b.rules, (exam.Rule{Kind: kind, Exam: code, Other: other, Minutes: minutes})) {
		return true
	}
	return len(b.rules) == 0
}

func (b *bruteWorld) measure(chosen []exam.Offer) (days, finish, spans int) {
	first, last := map[string]int{}, map[string]int{}
	finish = math.MinInt32
	for _, o := range chosen {
		start, end := b.clock(o)
		day := o.Day.String()
		if _, ok := first[day]; !ok || start < first[day] {
			first[day] = start
		}
		if _, ok := last[day]; !ok || end > last[day] {
			last[day] = end
		}
		finish = max(finish, end)
	}
	for day := range first {
		spans += last[day] - first[day]
	}
	return len(first), finish, spans
}

package triage

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

const (
	// findingSteps is what one finding counts as, so that their number is bounded too.
	findingSteps = 1000
	// maxBoxes bounds what is left at one time, and so the memory, to some 60 MB.
	maxBoxes = 1 << 20
)

// prover finds what is wrong with a table whose entries are right. For each class of codes that have the same rules it goes through
// the rules in order of precedence with what is left of all needs, as disjoint boxes: what a rule meets of it is what the rule
// answers, and is taken away. A rule that never meets anything is unreachable, and what is left at the end are the gaps.
type prover struct {
	*Table
	limit, steps int64
	findings     []Finding
	reached      []bool
	contradicts  map[[2]int32]bool
	misled       map[[2]int32]bool // rule and clinic
	left, next   []box
}

// class is codes with the same rules.
type class struct {
	codes []int32
	rules []int32
}

func (w *prover) spent() bool { return w.steps > w.limit || len(w.next) > maxBoxes }

func (w *prover) find(f Finding) {
	w.steps += findingSteps
	w.findings = append(w.findings, f)
}

func (w *prover) prove() {
	w.reached = make([]bool, len(w.boxes))
	w.contradicts, w.misled = map[[2]int32]bool{}, map[[2]int32]bool{}
	classes := w.classes()
	for i := range classes {
		w.proveClass(&classes[i])
		if w.spent() {
			return
		}
	}
	for r := range w.reached {
		if !w.reached[r] && !w.spent() {
			w.find(Finding{Kind: Unreachable, Rule: w.config.Rules[r].ID, Others: w.takers(classes, int32(r))})
		}
	}
}

// classes are in the order of their first codes.
func (t *Table) classes() []class {
	var classes []class
	at := map[string]int{}
	var key []byte
	for code := range t.byCode {
		key = key[:0]
		for _, r := range t.byCode[code] {
			key = binary.LittleEndian.AppendUint32(key, uint32(r))
		}
		i, ok := at[string(key)]
		if !ok {
			i = len(classes)
			at[string(key)] = i
			classes = append(classes, class{rules: t.rulesOf(int32(code))})
		}
		classes[i].codes = append(classes[i].codes, int32(code))
	}
	return classes
}

// rulesOf merges a code's own rules and those of every code.
func (t *Table) rulesOf(code int32) []int32 {
	rules := slices.Concat(t.byCode[code], t.anyCode)
	slices.Sort(rules)
	return rules
}

func (w *prover) everybody() box {
	return box{until: int32(len(w.axis.cuts)) + 1, sexes: allSexes, urgencies: allUrgencies, visits: allVisits, referral: allReferrals}
}

func (w *prover) proveClass(c *class) {
	w.left = append(w.left[:0], w.everybody())
	for from := 0; from < len(c.rules) && len(w.left) > 0; {
		until := from + 1
		for until < len(c.rules) && w.samePlace(c.rules[from], c.rules[until]) {
			until++
		}
		w.contradictions(c, c.rules[from:until])
		for _, r := range c.rules[from:until] {
			w.take(c, r)
			if w.spent() {
				return
			}
		}
		from = until
	}
	w.join()
	for i := range w.left {
		b := &w.left[i]
		f := Finding{Kind: Gap, When: w.condition(b), Example: w.example(c, b)}
		for _, code := range c.codes {
			f.Codes = append(f.Codes, w.config.Codes[code].Code)
		}
		w.find(f)
	}
}

// maxJoined is how many boxes are worth joining: of more, nobody reads the list.
const maxJoined = 128

// join makes few large boxes of what is left, for people to read.
func (w *prover) join() {
	if len(w.left) > maxJoined {
		return
	}
	for changed := true; changed; {
		changed = false
		for i := 0; i < len(w.left); i++ {
			for k := len(w.left) - 1; k > i; k-- {
				w.steps++
				if u, ok := w.left[i].joined(&w.left[k]); ok {
					w.left[i], w.left = u, slices.Delete(w.left, k, k+1)
					changed = true
				}
			}
		}
	}
}

// samePlace: neither goes before the other by anything but its ID.
func (t *Table) samePlace(a, b int32) bool {
	r, s := &t.config.Rules[a], &t.config.Rules[b]
	return r.Rank == s.Rank && (r.Action == EmergencyNow) == (s.Action == EmergencyNow)
}

// sameAnswer is for rules of the same place: among them red flags are alone, and of the rest only those that book have destinations.
func (t *Table) sameAnswer(a, b int32) bool {
	return slices.Equal(t.config.Rules[a].To, t.config.Rules[b].To)
}

// contradictions looks at the pairs of rules of one precedence that say different things: is there a need for both that none
// before them answers?
func (w *prover) contradictions(c *class, rules []int32) {
	for i, r := range rules {
		for _, s := range rules[i+1:] {
			if w.spent() {
				return
			}
			w.steps++
			if w.sameAnswer(r, s) || !w.boxes[r].meets(&w.boxes[s]) || w.contradicts[[2]int32{r, s}] {
				continue
			}
			both := w.boxes[r].both(&w.boxes[s])
			for k := range w.left {
				w.steps++
				if !w.left[k].meets(&both) {
					continue
				}
				w.contradicts[[2]int32{r, s}] = true
				open := w.left[k].both(&both)
				w.find(Finding{Kind: Contradiction, Rule: w.config.Rules[r].ID, Others: []string{w.config.Rules[s].ID},
					Example: w.example(c, &open)})
				break
			}
		}
	}
}

// take takes what the rule answers away from what is left.
func (w *prover) take(c *class, r int32) {
	mine := &w.boxes[r]
	w.next = w.next[:0]
	for i := range w.left {
		if w.spent() {
			return
		}
		b := &w.left[i]
		w.steps++
		if !b.meets(mine) {
			w.next = append(w.next, *b)
			continue
		}
		w.reached[r] = true
		w.lead(c, r, b)
		before := len(w.next)
		w.next = b.less(w.next, mine)
		w.steps += int64(len(w.next) - before)
	}
	w.left, w.next = w.next, w.left
}

// lead looks for a need of b, answered by the rule, that a destination of it does not take.
func (w *prover) lead(c *class, r int32, b *box) {
	answered := b.both(&w.boxes[r])
	for _, clinic := range w.config.Rules[r].To {
		k := w.clinics[clinic]
		w.steps++
		if w.misled[[2]int32{r, k}] {
			continue
		}
		refused := answered
		if answered.meets(&w.takes[k]) {
			out := answered.less(nil, &w.takes[k])
			if len(out) == 0 {
				continue
			}
			refused = out[0]
		}
		w.misled[[2]int32{r, k}] = true
		w.find(Finding{Kind: Misled, Rule: w.config.Rules[r].ID, Clinic: clinic, Example: w.example(c, &refused)})
	}
}

// takers are the rules that between them answer everything that an unreachable rule matches.
func (w *prover) takers(classes []class, rule int32) []string {
	takes := make([]bool, rule)
	for i := range classes {
		if _, ok := slices.BinarySearch(classes[i].rules, rule); !ok {
			continue
		}
		w.left = append(w.left[:0], w.boxes[rule])
		for _, r := range classes[i].rules {
			if r >= rule || len(w.left) == 0 {
				break
			}
			w.next = w.next[:0]
			for k := range w.left {
				if w.spent() {
					return nil
				}
				w.steps++
				if !w.left[k].meets(&w.boxes[r]) {
					w.next = append(w.next, w.left[k])
					continue
				}
				takes[r] = true
				w.next = w.left[k].less(w.next, &w.boxes[r])
			}
			w.left, w.next = w.next, w.left
		}
	}
	var ids []string
	for r, is := range takes {
		if is {
			ids = append(ids, w.config.Rules[r].ID)
		}
	}
	return ids
}

// example is one need of the box: the youngest, the first of each set, and no sign that is not asked for.
func (w *prover) example(c *class, b *box) Need {
	return Need{Code: w.config.Codes[c.codes[0]].Code, Age: w.axis.youngest(b.from), Sex: first[booking.Sex](b.sexes),
		Urgency: first[Urgency](b.urgencies), Visit: first[slots.Visit](b.visits), Referral: first[Referral](b.referral), Signs: w.signs(b.with)}
}

func first[T ~uint8](s uint8) T { return T(bits.TrailingZeros8(s) + 1) }

// visit is the one visit of a set, or AnyVisit for both.
func visit(s uint8) slots.Visit { return one[slots.Visit](s) }

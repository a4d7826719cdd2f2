package exam

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// check reports everything that is wrong with a catalogue.
func (c *CatalogueConfig) check() error {
	var p problems
	p.Within("len(Kinds)", int64(len(c.Kinds)), 0, MaxKinds)
	p.Within("len(Before)", int64(len(c.Before)), 0, MaxRules)
	p.Within("len(Between)", int64(len(c.Between)), 0, MaxRules)
	if p.Len() > 0 {
		return p.Err()
	}
	codes, groups := map[string]bool{}, map[string]bool{}
	for i := range c.Kinds {
		k := &c.Kinds[i]
		k.check(&p, fmt.Sprintf("Kinds[%d].", i))
		if codes[k.Code] {
			p.Add("Kinds[%d].Code %q: twice", i, k.Code)
		}
		codes[k.Code] = true
		if k.Group != "" {
			groups[k.Group] = true
		}
	}
	for i := range c.Kinds {
		if code := c.Kinds[i].Code; groups[code] {
			p.Add("Kinds[%d].Code %q: is a Group too", i, code)
		}
	}
	rule := func(field, name string) {
		if !codes[name] && !groups[name] {
			p.Add("%s %q: neither a code nor a group", field, name)
		}
	}
	for i, r := range c.Before {
		rule(fmt.Sprintf("Before[%d].First", i), r.First)
		rule(fmt.Sprintf("Before[%d].Then", i), r.Then)
		p.Within(fmt.Sprintf("Before[%d].GapMinutes", i), int64(r.GapMinutes), 0, MaxGapMinutes)
	}
	for i, r := range c.Between {
		rule(fmt.Sprintf("Between[%d].A", i), r.A)
		rule(fmt.Sprintf("Between[%d].B", i), r.B)
		p.Within(fmt.Sprintf("Between[%d].GapMinutes", i), int64(r.GapMinutes), 1, MaxGapMinutes)
		if r.A == r.B && codes[r.A] {
			p.Add("Between[%d].B %q: apart from itself", i, r.B)
		}
	}
	c.checkCircles(&p)
	return p.Err()
}

func (k *Kind) check(p *problems, at string) {
	p.text(at+"Code", k.Code, true)
	p.text(at+"NameZH", k.NameZH, true)
	p.text(at+"NameEN", k.NameEN, true)
	p.text(at+"Group", k.Group, false)
	p.Within(at+"Minutes", int64(k.Minutes), 1, MaxExamMinutes)
	p.Within(at+"FastingMinutes", int64(k.FastingMinutes), 0, MaxFastMinutes)
	p.Within(at+"FullBladderMinutes", int64(k.FullBladderMinutes), 0, MaxDrinkMinutes)
	set := k.LatestFastingStart != (slots.Clock{})
	if k.FastingMinutes > 0 && !set {
		p.Add("%sLatestFastingStart %v: missing with FastingMinutes", at, k.LatestFastingStart)
	}
	if k.FastingMinutes == 0 && set {
		p.Add("%sLatestFastingStart %v: without FastingMinutes", at, k.LatestFastingStart)
	}
}

// checkCircles names the examinations that come before themselves: what is left when again and again those go that
// come after none that is left.
func (c *CatalogueConfig) checkCircles(p *problems) {
	left := make([]bool, len(c.Kinds))
	for i := range left {
		left[i] = true
	}
	for changed := true; changed; {
		changed = false
		for i := range c.Kinds {
			if left[i] && !c.comesAfter(i, left) {
				left[i], changed = false, true
			}
		}
	}
	for i := range c.Kinds {
		if left[i] {
			p.Add("Before: %q comes after itself, or after examinations that do", c.Kinds[i].Code)
		}
	}
}

// comesAfter reports whether some examination that is left must come before examination i.
func (c *CatalogueConfig) comesAfter(i int, left []bool) bool {
	for _, r := range c.Before {
		if !c.Kinds[i].is(r.Then) {
			continue
		}
		for j := range c.Kinds {
			if left[j] && c.Kinds[j].is(r.First) {
				return true
			}
		}
	}
	return false
}

package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// Revision changes one session on one date: moved to another hour or another day, shortened or lengthened, relocated, cut
// differently. The session keeps its identity, the rule's ID and the date that it was planned for; so Diff says moved or resized, not
// removed and added, if it is given both days: one that leaves the range generated is told as MovedOut. A moved session is held on the new day whatever the calendar says; leave and closures of the new day
// still remove it. Fields left zero stay as they were.
type Revision struct {
	Rule  string // of a rule or extra session
	Date  Date   // that it was planned for
	To    Date   // another day
	Hours Hours  // other hours: start and minutes, both
	Part  string // another part of the day, where the label goes with the hours
	Site  string
	Room  string
	Cut   Cut
}

func (v *Revision) check() error {
	var p problems
	p.text("Rule", v.Rule, true)
	if !v.Date.IsValid() {
		p.add("Date %v: want a date", v.Date)
	}
	p.text("Part", v.Part, false)
	p.text("Site", v.Site, false)
	p.text("Room", v.Room, false)
	if v.To == v.Date && v.To.IsValid() {
		p.add("To %v: the day that it is on", v.To)
	}
	if !v.To.IsValid() && v.Hours == (Hours{}) && v.Part == "" && v.Site == "" && v.Room == "" && v.Cut == (Cut{}) {
		p.add("To, Hours, Part, Site, Room, Cut: want at least one; it changes nothing")
	}
	return p.err()
}

// on is the day that the session is then held on.
func (v *Revision) on() Date {
	if v.To.IsValid() {
		return v.To
	}
	return v.Date
}

// readRevisions checks them, and indexes them by session and by the day that they lead to.
func (r *Roster) readRevisions(list []Revision, sources []*source, p *problems) {
	byID := make(map[string]*source, len(sources))
	if len(list) > 0 {
		for _, s := range sources {
			byID[s.ID] = s
		}
	}
	r.revisions = make(map[sessionKey]*Revision, len(list))
	for i := range list {
		v, where := list[i], fmt.Sprintf("Revisions[%d]: ", i)
		p.under(where, v.check())
		s := byID[v.Rule]
		if s == nil {
			if v.Rule != "" {
				p.add("%sRule %.60q: no rule or extra session has it", where, v.Rule)
			}
			continue
		}
		if s.date.IsValid() && v.Date != s.date {
			p.add("%sDate %v: the extra session %.60q is on %v", where, v.Date, v.Rule, s.date)
		}
		hours, cut := v.apply(Hours{s.Start, s.Minutes}, s.Cut)
		p.under(where+"Hours.", v.checkHours(hours, cut, s.Start))
		if v.Cut != (Cut{}) {
			p.under(where, cut.Check(hours.Minutes))
			if cut.Kind == CountedNumbers && len(s.Blocks) > 0 {
				p.add("%sCut.Kind counted: the session has blocks", where)
			}
		}
		key := sessionKey{v.Rule, v.Date}
		if r.revisions[key] != nil {
			p.add("%sRule %.60q, Date %v: twice", where, v.Rule, v.Date)
		}
		r.revisions[key] = &v
		if v.To.IsValid() {
			r.moved = append(r.moved, &v)
		}
	}
	slices.SortFunc(r.moved, func(a, b *Revision) int {
		return cmp.Or(a.To.Compare(b.To), cmp.Compare(a.Rule, b.Rule), a.Date.Compare(b.Date))
	})
}

func (v *Revision) checkHours(h Hours, c Cut, usual Clock) error {
	if v.Hours == (Hours{}) {
		return nil
	}
	return h.check(c, usual)
}

// apply returns the hours and the cut that the session then has.
func (v *Revision) apply(hours Hours, cut Cut) (Hours, Cut) {
	if v.Hours != (Hours{}) {
		hours = v.Hours
	}
	if v.Cut != (Cut{}) {
		cut = v.Cut
	}
	return hours, cut
}

// sessionKey identifies a session: a rule and the date it was planned for.
type sessionKey struct {
	rule string
	date Date
}

// relocate puts the line where the session is then held.
func (v *Revision) relocate(l *Line) {
	if v.Site != "" {
		l.Site = v.Site
	}
	if v.Room != "" {
		l.Room = v.Room
	}
}

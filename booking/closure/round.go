package closure

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/allocate"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// session is what is asked about a session.
type session struct {
	booking.SessionView
	resources []booking.Resource
}

func (p *planner) session(id booking.Session) *session {
	s := p.sessions[id]
	if s == nil {
		s = &session{}
		s.SessionView, _ = p.book.Session(id)
		s.resources = p.book.Resources(nil, id)
		p.sessions[id] = s
	}
	return s
}

// like reports whether a session may take over what another closes.
func (s *session) like(o *session, otherGrade bool) bool {
	return s.Kind == o.Kind && s.Counted == o.Counted && (otherGrade || s.Grade == o.Grade)
}

// terms are what a patient notices of a slot.
func (p *planner) terms(at booking.Slot) allocate.RebookTerms {
	t, ok := p.known[at]
	if ok {
		return t
	}
	s := p.session(at.Session)
	v, _ := p.book.Slot(at)
	t = allocate.RebookTerms{Grade: int(s.Grade), Date: sl.DateOf(v.Start, p.closing.Zone)}
	wall := v.Start.In(p.closing.Zone)
	t.Clock, _ = sl.NewClock(wall.Hour(), wall.Minute())
	if s.Department != 0 {
		t.Department = strconv.FormatUint(uint64(s.Department), 10)
	}
	if len(s.resources) > 0 {
		t.Physician = strconv.FormatUint(uint64(s.resources[0]), 10)
	}
	p.known[at] = t
	return t
}

func loss(had, gets allocate.RebookTerms) allocate.RebookLoss {
	return allocate.RebookLoss{Department: had.Department != gets.Department, Physician: had.Physician != "" && had.Physician != gets.Physician,
		GradeSteps: gets.Grade - had.Grade, Days: gets.Date.Sub(had.Date), Minutes: gets.Clock.Minutes() - had.Clock.Minutes()}
}

// objective adds up what proposals are worth, as Rebook does.
func objective(list []Proposal, classes int) allocate.RebookObjective {
	o := allocate.RebookObjective{Classes: make([]allocate.RebookTotals, classes)}
	size := func(n int) int64 { return int64(max(n, -n)) }
	for i := range list {
		x := &list[i]
		t := &o.Classes[x.Class-1]
		t.Affected++
		switch x.Fate {
		case allocate.RebookMoved:
			t.Moved++
		case allocate.RebookWaitlisted:
			t.Waitlisted++
		default:
			t.Told++
		}
		if x.Loss.Department {
			t.Departments++
		}
		if x.Loss.Physician {
			t.Physicians++
		}
		if x.Loss.Earlier() {
			t.Earlier++
		}
		t.GradeSteps += size(x.Loss.GradeSteps)
		t.Days += size(x.Loss.Days)
		t.Minutes += size(x.Loss.Minutes)
	}
	return o
}

func name(id booking.Appointment) string { return "a" + strconv.FormatUint(uint64(id), 10) }

func slotName(s booking.Slot) string { return fmt.Sprintf("%d/%d", s.Session, s.N) }

// runName names the place of a visit of several slots, which is nobody else's.
func runName(id booking.Appointment) string { return "run" + strconv.FormatUint(uint64(id), 10) }

// findOptions asks the Book what each could have. Where the Book alone would put them is among it, so that no answer is worse.
func (p *planner) findOptions(alone *outcome) error {
	rooms := map[booking.Slot]int{}
	for _, id := range p.book.Affected(nil, p.closing.Sessions) {
		v, _ := p.book.Appointment(id)
		if v.State == booking.Held || v.IsReturn || v.Linked != 0 {
			continue // they are cancelled, or fall with the others of their joint clinic
		}
		x := person{id: id, visit: v, class: p.closing.class(v.Bear), waits: p.waits(p.session(v.Slot.Session))}
		if v.Count > 1 {
			if x.fixed = alone.where(id); x.fixed.IsValid() && !p.near(&x, x.fixed) {
				x.fixed = booking.Slot{} // further than Rebook can say: the Book alone knows
			}
		} else if err := p.optionsOf(&x, alone.where(id), rooms); err != nil {
			return err
		}
		p.people = append(p.people, x)
	}
	for at, room := range rooms { //house:anyorder they are sorted below
		p.slots = append(p.slots, place{at, room})
	}
	slices.SortFunc(p.slots, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.slot.Session, b.slot.Session), cmp.Compare(a.slot.N, b.slot.N))
	})
	p.takeRuns()
	return nil
}

// takeRuns takes the units of visits of several slots off the room.
func (p *planner) takeRuns() {
	for i := range p.people {
		x := &p.people[i]
		for n := range x.visit.Count {
			if !x.fixed.IsValid() {
				break
			}
			at := booking.Slot{Session: x.fixed.Session, N: x.fixed.N + uint16(n)}
			if k := slices.IndexFunc(p.slots, func(s place) bool { return s.slot == at }); k >= 0 {
				p.slots[k].room = max(0, p.slots[k].room-1)
			}
		}
	}
}

// waits reports whether the Book would put those of a session on the waitlist.
func (p *planner) waits(s *session) bool {
	c := &p.closing
	return c.Waitlist && (c.Until == 0 || c.Until > c.At) && (s.Department != 0 || s.Service != 0 || len(s.resources) > 0)
}

// optionsOf finds a person's options, the same physician's first, then the nearest.
func (p *planner) optionsOf(x *person, alone booking.Slot, rooms map[booking.Slot]int) error {
	s := p.session(x.visit.Slot.Session)
	var wheres []booking.Request
	for _, r := range s.resources {
		wheres = append(wheres, booking.Request{Resource: r})
	}
	if s.Department != 0 || s.Service != 0 {
		wheres = append(wheres, booking.Request{Department: s.Department, Service: s.Service})
	}
	if p.closing.OtherDepartment && s.Service != 0 {
		wheres = append(wheres, booking.Request{Service: s.Service})
	}
	type option struct {
		booking.Candidate
		place int // in wheres
	}
	var list []option
	seen := map[booking.Slot]bool{}
	for i := range wheres {
		wheres[i].From, wheres[i].Until = p.closing.From, p.until(s)
		found, err := p.book.Replacements(nil, &p.batch, p.closing.command(), x.id, wheres[i], maxOptions)
		if err != nil {
			return err
		}
		for _, c := range found {
			if !seen[c.Slot] && s.like(p.session(c.Slot.Session), p.closing.OtherGrade) && p.near(x, c.Slot) {
				seen[c.Slot] = true
				list = append(list, option{c, i})
			}
		}
	}
	was := x.visit.Start
	slices.SortFunc(list, func(a, b option) int {
		return cmp.Or(cmp.Compare(min(a.place, len(s.resources)), min(b.place, len(s.resources))), cmp.Compare(max(a.Start-was, was-a.Start), max(b.Start-was, was-b.Start)),
			cmp.Compare(a.Start, b.Start), cmp.Compare(a.Slot.Session, b.Slot.Session), cmp.Compare(a.Slot.N, b.Slot.N))
	})
	for i, o := range list {
		if p.closing.Options == 0 || i < p.closing.Options || o.Slot == alone {
			x.options = append(x.options, o.Slot)
			rooms[o.Slot] = o.Room
		}
	}
	return nil
}

// near reports whether a slot is within the days that Rebook knows of.
func (p *planner) near(x *person, at booking.Slot) bool {
	days := p.terms(at).Date.Sub(p.terms(x.visit.Slot).Date)
	return days >= -allocate.MaxRebookDays && days <= allocate.MaxRebookDays
}

// until is where the search ends, as the Book has it: 14 days after the session, or after From or At where that is later.
func (p *planner) until(s *session) sl.Instant {
	if p.closing.Until != 0 {
		return p.closing.Until
	}
	return max(p.closing.From, p.closing.At, s.Start) + 14*86400
}

// round is what Rebook is asked, without what is forbidden.
func (p *planner) round() allocate.RebookRound {
	r := allocate.RebookRound{Classes: len(p.closing.Frailest) + 1, Salt: p.closing.Salt}
	for i := range p.slots {
		s := &p.slots[i]
		r.Slots = append(r.Slots, allocate.RebookSlot{ID: slotName(s.slot), Terms: p.terms(s.slot), Free: min(s.room, allocate.MaxRebookFree)})
	}
	for i := range p.people {
		x := &p.people[i]
		a := allocate.RebookAffected{ID: name(x.id), Class: x.class, Had: p.terms(x.visit.Slot), OtherDepartment: true, DeclinesWaitlist: !x.waits}
		for _, at := range x.options {
			if !p.forbidden[ban{x.id, at.Session}] {
				a.Options = append(a.Options, slotName(at))
			}
		}
		if x.fixed.IsValid() {
			id := runName(x.id)
			r.Slots = append(r.Slots, allocate.RebookSlot{ID: id, Terms: p.terms(x.fixed), Free: 1})
			a.Options = []string{id}
		}
		r.Affected = append(r.Affected, a)
	}
	return r
}

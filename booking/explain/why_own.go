package explain

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// This file is about what the person has already: limits, places at once, states. Only the person's own appointments are
// looked at, never another's, not even one of the same account.

// own calls f for each of the person's appointments that fill a unit, but for the one that the command is about.
func (q *question) own(f func(v *booking.Visit)) {
	for _, id := range q.book.AppointmentsOf(nil, q.request.Person) {
		if v, ok := q.book.Appointment(id); ok && id != q.appointment && v.Slot.IsValid() && !v.IsReturn {
			f(&v)
		}
	}
}

// giveBack is a remedy of giving back so many of some of the person's own, of those that can be given back; none if that is too few.
func (q *question) giveBack(list []booking.Visit, count int, sure bool) []Remedy {
	slices.SortFunc(list, func(a, b booking.Visit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Appointment, b.Appointment))
	})
	cools := q.book.Rules().Cooling.Seconds > 0 // then one must wait before one asks again
	r := Remedy{Do: GiveBack, Sure: sure && !cools && !q.bundled && len(q.book.EntriesOf(nil, q.request.Person)) == 0, Count: count}
	for i := range list {
		v := &list[i]
		if v.Linked > v.Appointment {
			continue // a joint clinic is given back as one: its last number stands for all
		}
		if v.Linked != 0 {
			r.Sure = false
		}
		c := booking.Cancel{Meta: booking.Meta{At: q.meta.At}, Appointment: v.Appointment, By: booking.ByPatient}
		if _, ok := q.can(c); ok {
			r.Numbers = append(r.Numbers, Number{v.Appointment, placeIn(q.book, v.Slot, v.Count)})
		}
	}
	if !r.Sure {
		count = min(count, len(r.Numbers))
		r.Count = count
	}
	if count < 1 || len(r.Numbers) < count {
		return nil
	}
	return []Remedy{r}
}

// limitRemedies: give back enough of what counts, or ask for what does not count together with it.
func (q *question) limitRemedies() []Remedy {
	rules := q.book.Rules()
	if q.no.Rule < 1 || int(q.no.Rule) > len(rules.Limits) {
		return []Remedy{{Do: AskDesk}}
	}
	l := &rules.Limits[q.no.Rule-1]
	if l.Max == 0 {
		return []Remedy{{Do: NothingToDo}}
	}
	elsewhere := Remedy{Do: AskElsewhere, Same: l.Same}
	var list []booking.Visit
	q.own(func(v *booking.Visit) {
		if l.Who == booking.PerAccount && v.Account != q.request.Account || l.Of == booking.OpenVisits && v.State.IsTerminal() ||
			l.Of == booking.UnpaidHolds && v.State != booking.Held || l.Kind != 0 && q.kind(v.Slot.Session) != l.Kind {
			return
		}
		if q.agrees(l.Same, v.Slot.Session, q.request.Slot.Session) {
			list = append(list, *v)
		}
	})
	counted := int32(len(list))
	if l.Who == booking.PerAccount {
		counted = max(counted, l.Max) // others of the account may count too
	}
	back := q.giveBack(list, int(counted-l.Max)+1, l.Who == booking.PerPerson)
	if l.Of == booking.UnpaidHolds {
		back = append(q.payFirst(list, int(counted-l.Max)+1), back...)
	}
	if l.Same == 0 {
		if len(back) == 0 {
			back = []Remedy{{Do: AskDesk}}
		}
		return back
	}
	return append(back, elsewhere)
}

// agrees reports whether two sessions agree in all of same: what a limit counts together.
func (q *question) agrees(same booking.Same, one, two booking.Session) bool {
	if one == two {
		return true
	}
	a, ok := q.book.Session(one)
	b, ok2 := q.book.Session(two)
	has := func(x booking.Same) bool { return same&x != 0 }
	year, month, _ := a.Date.Civil()
	year2, month2, _ := b.Date.Civil()
	switch {
	case !ok || !ok2 || has(booking.SameSession),
		has(booking.SameDay) && a.Date != b.Date,
		has(booking.SameMonth) && (year != year2 || month != month2),
		has(booking.SameDepartment) && (a.Department != b.Department || a.Department == 0),
		has(booking.SameService) && (a.Service != b.Service || a.Service == 0):
		return false
	}
	if !has(booking.SameResource) {
		return true
	}
	resources := q.book.Resources(nil, two)
	return slices.ContainsFunc(q.book.Resources(nil, one), func(r booking.Resource) bool { return slices.Contains(resources, r) })
}

// clashes: every number of the person's own that keeps them from being there must go. The refusal names one of them.
func (q *question) clashes() []Remedy {
	to := placeIn(q.book, q.request.Slot, int(q.request.Count))
	var list []booking.Visit
	named := q.no.Appointment == 0 // a clash within a bundle
	q.own(func(v *booking.Visit) {
		if v.State.IsTerminal() || !q.meets(v, &to) {
			return
		}
		list = append(list, *v)
		named = named || v.Appointment == q.no.Appointment
	})
	return q.giveBack(list, len(list), named)
}

// meets reports whether a visit and a place overlap, the way between two sites included.
func (q *question) meets(v *booking.Visit, to *Place) bool {
	start, end := slotSpan(q.book, to)
	other, _ := q.book.Session(v.Slot.Session)
	travel := sl.Instant(q.book.TravelMinutes(other.Site, to.Site)) * 60
	until := v.Start.AddMinutes(v.Minutes)
	if v.Start < end && start < until {
		return true
	}
	return travel > 0 && v.Start < end+travel && start < until+travel
}

// slotSpan is when the run itself begins and ends: of a number without a time, the stay to expect.
func slotSpan(b *booking.Book, p *Place) (from, until sl.Instant) {
	if !p.Counted {
		return p.Start, p.Start.AddMinutes(p.Minutes)
	}
	x, _ := b.Slot(p.Slot)
	return x.Start, x.Start.AddMinutes(x.Minutes)
}

// stateRemedies: what must be done first, if anything can.
func (q *question) stateRemedies() []Remedy {
	var wanted []booking.State
	switch q.command.(type) {
	case booking.Confirm:
		wanted = []booking.State{booking.Booked}
	case booking.CheckIn:
		wanted = []booking.State{booking.Booked, booking.Confirmed}
	case booking.Start:
		wanted = []booking.State{booking.CheckedIn}
	case booking.Complete:
		wanted = []booking.State{booking.CheckedIn, booking.InConsultation}
	case booking.Transfer:
		if v, _ := q.book.Appointment(q.appointment); v.Linked != 0 {
			return []Remedy{{Do: AskDesk}} // a joint clinic goes nowhere else
		}
		wanted = []booking.State{booking.CheckedIn, booking.InConsultation}
	case booking.Reschedule, booking.Return:
		if !q.no.State.IsTerminal() {
			return []Remedy{{Do: AskDesk}} // an add-on, or someone who is here
		}
	}
	if len(wanted) == 0 || slices.Contains(wanted, q.no.State) {
		return []Remedy{{Do: NothingToDo}}
	}
	r := Remedy{Do: StepsFirst, Sure: q.no.State != booking.Displaced && q.no.State != booking.Offered}
	for state := q.no.State; !slices.Contains(wanted, state); {
		var s Step
		switch state {
		case booking.Held:
			s, state = PayIt, booking.Booked
		case booking.Booked, booking.Confirmed:
			s, state = CheckInIt, booking.CheckedIn
		case booking.Displaced, booking.Offered:
			if v, _ := q.book.Appointment(q.appointment); !v.Slot.IsValid() {
				return []Remedy{{Do: ChooseOther}, {Do: DeclineOffer}}
			}
			s, state = AcceptIt, booking.Booked
		default:
			return []Remedy{{Do: NothingToDo}}
		}
		r.Steps = append(r.Steps, s)
	}
	return []Remedy{r}
}

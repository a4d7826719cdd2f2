package explain

import "github.com/haoyuan-go/haoyuan/booking"

// This file follows persons: who was found to be whom, and what a session asked of them.

// meant is whom a handle stands for now.
func (t *Teller) meant(p booking.Person) booking.Person {
	for t.merged[p].into != 0 {
		p = t.merged[p].into
	}
	return p
}

// merging is that a person was found to be another, and when.
type merging struct {
	into   booking.Person
	number uint64
}

// readPerson takes what the log learns of a person.
func (t *Teller) readPerson(w *reading, e *booking.Event) {
	into, from := e.Person(), e.Other()
	if e.Kind() == booking.PersonDescribed {
		t.described[into] = append(t.described[into], t.entry(w, e, Asked))
		return
	}
	x := t.entry(w, e, Asked)
	t.persons[into] = append(t.persons[into], x)
	t.persons[from] = append(t.persons[from], x)
	t.merged[from] = merging{into, x.number}
	if y := lastRestriction(t.persons[from]); y != nil {
		if z := lastRestriction(t.persons[into]); z == nil || z.event.Until() < y.event.Until() {
			copied := *y
			copied.since = x.number // from now on it is theirs
			t.persons[into] = append(t.persons[into], copied)
		}
	}
	if known := t.described[from]; len(known) > 0 && len(t.described[into]) == 0 {
		copied := known[len(known)-1]
		copied.since = x.number
		t.described[into] = append(t.described[into], copied)
	}
}

func lastRestriction(list []entry) *entry {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].event.Kind() == booking.HolderRestricted {
			return &list[i]
		}
	}
	return nil
}

// concern is one stretch of the log in which an appointment's person went by one handle.
type concern struct {
	list        []entry
	from, until uint64 // numbers, both excluded
}

// concerns are the stretches of the person who made the appointment, and of whom they were found to be after it.
func (t *Teller) concerns(p booking.Person, over uint64) (list []concern) {
	from := uint64(0)
	for {
		c := concern{t.persons[p], from, over}
		m := t.merged[p]
		if m.into != 0 {
			c.until = min(over, m.number+1)
		}
		list = append(list, c)
		if m.into == 0 || m.number >= over {
			return list
		}
		p, from = m.into, m.number
	}
}

// addDescription adds what was known of the person when the appointment was made, where its session asked for age or sex.
func (t *Teller) addDescription(c *Chain, made *entry, x *appointment) {
	if made.place.count == 0 {
		return
	}
	if asks := t.sessions[made.place.slot.Session-1].opening.Eligible; asks.Sex == 0 && asks.Ages == (booking.AgeRange{}) {
		return
	}
	stood := -1
	list := t.described[x.person]
	for i := range list {
		if list[i].since < made.number {
			stood = i
		}
	}
	if stood >= 0 {
		c.Links = append(c.Links, link(&list[stood], OfHolder))
	}
}

// personRemedies: put the record right where it says too little, go to another clinic, or come with what is asked for.
func (q *question) personRemedies() []Remedy {
	var list []Remedy
	known, _ := q.book.Person(q.request.Person)
	switch {
	case q.no.Reason == booking.ReferralNeeded:
		list = append(list, Remedy{Do: AskWith, Class: q.no.Class})
	case q.no.Reason == booking.AgeNotTaken && !known.Born.IsValid(), q.no.Reason == booking.SexNotTaken && known.Sex == 0:
		list = append(list, Remedy{Do: RecordPerson})
	}
	return append(append(list, Remedy{Do: AskElsewhere}), q.addOn()...)
}

// eligibility is whom the session or, if the refusal names a class whose rule it is, the class is for.
func (q *question) eligibility() (booking.AgeRange, booking.Sex) {
	if q.no.Reason != booking.AgeNotTaken && q.no.Reason != booking.SexNotTaken {
		return booking.AgeRange{}, 0
	}
	if q.no.Class != 0 {
		name := q.book.Name(booking.ClassName, uint32(q.no.Class))
		for _, x := range q.book.Rules().Eligible {
			if x.Class == name {
				return x.Ages, x.Sex
			}
		}
	}
	x, _ := q.book.EligibilityOf(q.request.Slot.Session)
	return x.Ages, x.Sex
}

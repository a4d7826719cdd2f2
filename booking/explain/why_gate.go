package explain

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// This file is about what binds the person or the account for a while: gates, and numbers given back.

// boundRemedies: wait until it is over, ask for what is allowed, give something back, or ask the staff, who may lift it.
func (q *question) boundRemedies() []Remedy {
	later := []Remedy{{Do: AskLater, Sure: true, At: q.no.Until}}
	switch q.no.Reason {
	case booking.BeyondHorizon:
		later[0].At = q.withinHorizon()
		return append(later, Remedy{Do: AskElsewhere}, Remedy{Do: AskDesk})
	case booking.TooManyOpen:
		return append(append(q.closeOpen(), later...), Remedy{Do: AskDesk})
	}
	if same := q.book.Rules().Cooling.Same; same != 0 {
		return append(later, Remedy{Do: AskElsewhere, Same: same})
	}
	return later
}

// concerned are the gates that the request must pass.
func (q *question) concerned() []booking.Restriction {
	return slices.DeleteFunc(q.book.Restrictions(nil, q.request.Person, q.request.Account), func(r booking.Restriction) bool {
		return r.Gate.Channel != 0 && !q.request.Bear.Has(r.Gate.Channel)
	})
}

// withinHorizon is when the number asked for is not too far ahead any more, or the gates are over that say so, whichever comes first.
func (q *question) withinHorizon() (at sl.Instant) {
	x, ok := q.book.Slot(q.request.Slot)
	if !ok {
		return q.no.Until
	}
	for _, r := range q.concerned() {
		if days := sl.Instant(r.Gate.HorizonDays); days != 0 && x.Start >= q.meta.At+days*86400 {
			at = max(at, min(r.Until, x.Start-days*86400+1))
		}
	}
	return cmp.Or(at, q.no.Until)
}

// closeOpen: give back enough of the person's own open visits, where they count for every gate in the way.
func (q *question) closeOpen() []Remedy {
	var list []booking.Visit
	q.own(func(v *booking.Visit) {
		if !v.State.IsTerminal() {
			list = append(list, *v)
		}
	})
	most, person := 0, true
	for _, r := range q.concerned() {
		if n := int(r.Gate.MaxOpen); n != 0 {
			person = person && r.Account == 0
			if most == 0 || n < most {
				most = n
			}
		}
	}
	return q.giveBack(list, max(len(list)-most+1, 1), person && most > 0)
}

// barredChannel is the channel of the request, where every gate that bars it is for that channel alone.
func (q *question) barredChannel() (c booking.Class, ok bool) {
	c = q.request.Bear.Channel()
	for _, r := range q.concerned() {
		if r.Gate.Bars() {
			if ok = r.Gate.Channel == c; !ok {
				return 0, false
			}
		}
	}
	return c, ok
}

// payFirst is a remedy of paying so many of the person's own holds; none if there are too few.
func (q *question) payFirst(holds []booking.Visit, count int) []Remedy {
	r := Remedy{Do: PayFirst, Count: count}
	for i := range holds {
		r.Numbers = append(r.Numbers, Number{holds[i].Appointment, placeIn(q.book, holds[i].Slot, holds[i].Count)})
	}
	if len(r.Numbers) < count {
		return nil
	}
	return []Remedy{r}
}

func (q *question) kind(id booking.Session) sl.Kind {
	v, _ := q.book.Session(id)
	return v.Kind
}

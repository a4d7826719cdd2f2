package main

import "github.com/haoyuan-go/haoyuan/booking"

// nearest says what stood between a patient and a number where the policy's answer was that none is free: of all slots of
// the wished day, the one that came nearest to being given says why it was not, as reasons are judged in a fixed order.
func (w *world) nearest(r *Request) booking.Reason {
	pool := w.desk.Pool()
	q, ok := w.registered(r, r.Channel.String())
	if !ok {
		return booking.NoneFree
	}
	best := booking.NoneFree
	var reasons []booking.Refusal
	for _, id := range w.sessionsOn(r) {
		for n := range w.session(id).Slots {
			q.Slot = booking.Slot{Session: id, N: uint16(n)}
			var err error
			if reasons, err = pool.Reasons(reasons[:0], &w.batch, q, w.now); !w.check(err) {
				return booking.NoneFree
			}
			if len(reasons) > 0 && (best == booking.NoneFree || reasons[0].Reason > best) {
				best = reasons[0].Reason
			}
		}
	}
	return best
}

// sessionsOn are the clinics of the wished department, or physician, on the wished day.
func (w *world) sessionsOn(r *Request) (ids []booking.Session) {
	for _, id := range w.byDay[r.Target] {
		s := w.session(id)
		if s.Line.Department == r.Department && s.Line.Service == visitService && (r.Physician == "" || s.Resources[0] == r.Physician) {
			ids = append(ids, id)
		}
	}
	return ids
}

// registered is a request in the Book's handles, without what is sought. A name that the Book does not know yet is
// introduced.
func (w *world) registered(r *Request, channel string) (booking.Request, bool) {
	a := w.ask(r)
	pool := w.desk.Pool()
	handle := func(kind booking.NameKind, name string) uint32 {
		if h := pool.Find(kind, name); h != 0 || name == "" {
			return h
		}
		_, err := w.desk.Do(booking.Introduce{Meta: booking.Meta{At: w.now}, Kind: kind, Name: name})
		w.check(err)
		return pool.Find(kind, name)
	}
	var classes []booking.Class
	for _, c := range a.Classes {
		classes = append(classes, booking.Class(handle(booking.ClassName, c)))
	}
	bear, err := booking.NewBearing(booking.Class(handle(booking.ClassName, channel)), classes...)
	return booking.Request{Person: booking.Person(handle(booking.PersonName, a.Person)),
		Account: booking.Account(handle(booking.AccountName, a.Account)), Bear: bear}, w.check(err)
}

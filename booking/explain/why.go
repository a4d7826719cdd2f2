package explain

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Explanation is why a command was refused and what would have to change: data, of which a Speaker makes text.
type Explanation struct {
	Reason booking.Reason
	// Limit is the limit of the rules that was reached (LimitReached); its Who is 0 for every other reason.
	Limit booking.Limit
	// Class is whose cap, reserve, slot or hour it is, where it is someone's.
	Class booking.Class
	// Reached is the number that was reached.
	Reached int64
	// Until is when the obstacle goes or, for BookingClosed and TooLate, since when it stands; zero: no time.
	Until sl.Instant
	// State is the appointment's state where that is the obstacle.
	State booking.State
	// Asked is the number, or the session, that was asked for; of a step, the number it was about. The zero Place: none was named.
	Asked Place
	// Ages and Sex are whom the session, or the class, is for (AgeNotTaken, SexNotTaken).
	Ages booking.AgeRange
	Sex  booking.Sex
	// Exempt are the classes that a restriction does not bar (Restricted).
	Exempt []Exempt
	// Obstacles are what stood in the way where something was sought and nothing found (NoneFree): Book.Obstacles.
	Obstacles []booking.Obstacle
	// Remedies are never empty: where nothing helps, the one is NothingToDo. Those to try first come first.
	Remedies []Remedy
}

// Exempt is a class that no restriction bars, as the rules name it; Class is 0 while no request has borne it.
type Exempt struct {
	Name  string
	Class booking.Class
}

// ErrNotRefused is what Why says of a reply that refuses nothing, or of a command that is none.
var ErrNotRefused = errors.New("explain: no refusal to explain")

// Why explains a refused command. The Book must be as it was when it refused, with nothing due before the command's stamp; it
// is only read. A reply may also be made of one of the reasons that Book.Reasons lists; whoever has no command but a wish (a
// Desk's Ask) gives a Take or a Hold with what is known of it, and gets remedies as good as that.
//
// Cost: some decisions of the Book, tried and dropped: at most ten, and one for each of the person's own appointments.
func Why(b *booking.Book, c booking.Command, r booking.Reply) (Explanation, error) {
	if r.Outcome != booking.Refused || !r.Refusal.Reason.IsValid() {
		return Explanation{}, fmt.Errorf("%w: outcome %v, reason %v", ErrNotRefused, r.Outcome, r.Refusal.Reason)
	}
	q, ok := questionOf(b, c, int(r.Count))
	if !ok {
		return Explanation{}, fmt.Errorf("%w: %T is not a command of package booking, by value", ErrNotRefused, c)
	}
	no := r.Refusal
	q.no = no
	x := Explanation{Reason: no.Reason, Class: no.Class, Reached: int64(no.Limit), Until: no.Until, State: no.State, Asked: q.asked()}
	if rules := b.Rules(); no.Rule >= 1 && int(no.Rule) <= len(rules.Limits) {
		x.Limit = rules.Limits[no.Rule-1]
	}
	if no.Reason == booking.Restricted {
		for _, name := range b.Rules().Exempt {
			x.Exempt = append(x.Exempt, Exempt{name, booking.Class(b.Find(booking.ClassName, name))})
		}
	}
	x.Obstacles = q.obstacles()
	x.Ages, x.Sex = q.eligibility()
	x.Remedies = q.remedies()
	return x, nil
}

// question is a refused command, taken apart.
type question struct {
	book    *booking.Book
	command booking.Command
	meta    booking.Meta
	no      booking.Refusal
	// request is what was asked, if isRequest.
	request   booking.Request
	isRequest bool
	bundled   bool // among others
	// appointment is what the command was about, if it was about one.
	appointment booking.Appointment
	session     booking.Session // of a command about a session
	trial       booking.Batch
}

// questionOf takes a command apart; index is which request of a bundle was refused.
func questionOf(b *booking.Book, c booking.Command, index int) (*question, bool) {
	q := &question{book: b, command: c}
	ask := func(m booking.Meta, r booking.Request) { q.meta, q.request, q.isRequest = m, r, true }
	step := func(m booking.Meta, id booking.Appointment) { q.meta, q.appointment = m, id }
	switch c := c.(type) {
	case booking.Take:
		ask(c.Meta, c.Request)
	case booking.Hold:
		ask(c.Meta, c.Request)
	case booking.AddOn:
		ask(c.Meta, c.Request)
	case booking.Bundle:
		q.meta, q.bundled = c.Meta, true
		if index < len(c.Requests) {
			ask(c.Meta, c.Requests[index])
		}
	case booking.Displace:
		q.ofDisplace(&c, index)
	case booking.Joint:
		q.meta, q.bundled = c.Meta, true
		ask(c.Meta, partOfJoint(&c, index))
	case booking.Series:
		q.meta, q.bundled = c.Meta, true
		if ask(c.Meta, c.Request); index > 0 {
			q.request.From, q.request.Until = 0, 0
		}
	case booking.Reschedule:
		ask(c.Meta, c.Want)
		q.appointment = c.Appointment
		if v, ok := b.Appointment(c.Appointment); ok {
			q.request.Person, q.request.Account, q.request.Bear, q.request.Count = v.Person, v.Account, v.Bear, uint16(v.Count)
		}
	case booking.Transfer:
		ask(c.Meta, c.Want)
		q.appointment = c.Appointment
		if v, ok := b.Appointment(c.Appointment); ok {
			q.request.Person, q.request.Account, q.request.Bear, q.request.Count = v.Person, v.Account, v.Bear, uint16(v.Count)
		}
	case booking.Return:
		step(c.Meta, c.Appointment)
		q.session = c.Session
	case booking.Pay:
		step(c.Meta, c.Appointment)
	case booking.Confirm:
		step(c.Meta, c.Appointment)
	case booking.Cancel:
		step(c.Meta, c.Appointment)
	case booking.CheckIn:
		step(c.Meta, c.Appointment)
	case booking.Start:
		step(c.Meta, c.Appointment)
	case booking.Complete:
		step(c.Meta, c.Appointment)
	case booking.MarkNoShow:
		step(c.Meta, c.Appointment)
	case booking.Void:
		step(c.Meta, c.Appointment)
	case booking.Answer:
		step(c.Meta, c.Appointment)
	case booking.Join:
		ask(c.Meta, c.Request)
	case booking.Leave:
		q.meta = c.Meta
	case booking.Screen:
		q.meta = c.Meta
	case booking.CloseSession:
		q.meta, q.session = c.Meta, c.Session
	case booking.Substitute:
		q.meta, q.session = c.Meta, c.Session
	case booking.SetQuota:
		q.meta, q.session = c.Meta, c.Session
	case booking.Grant:
		q.meta, q.session = c.Meta, c.Slot.Session
	case booking.Open:
		q.meta = c.Meta
	case booking.Introduce:
		q.meta = c.Meta
	case booking.Describe:
		q.meta = c.Meta
	case booking.Merge:
		q.meta = c.Meta
	case booking.Restrict:
		q.meta = c.Meta
	case booking.Retire:
		q.meta = c.Meta
	case booking.Adopt:
		q.meta = c.Meta
	case booking.Advance:
		q.meta = c.Meta
	default:
		return nil, false
	}
	q.request.Count = max(q.request.Count, 1)
	return q, true
}

// asked is the number or session that the command named.
func (q *question) asked() Place {
	switch {
	case q.isRequest && q.request.Slot.IsValid():
		return placeIn(q.book, q.request.Slot, int(q.request.Count))
	case q.isRequest:
		return Place{}
	case q.session != 0:
		return placeIn(q.book, booking.Slot{Session: q.session}, 0)
	}
	if v, ok := q.book.Appointment(q.appointment); ok && v.Slot.IsValid() {
		return placeIn(q.book, v.Slot, v.Count)
	}
	return Place{}
}

// can reports whether the Book would carry a command out, and why not.
func (q *question) can(c booking.Command) (booking.Reply, bool) {
	q.trial.Reset()
	r, err := q.book.Decide(&q.trial, c)
	return r, err == nil && r.Outcome == booking.Done
}

// placeIn is a run of slots, as the Book knows it; of count 0, or where there is no such run, the session.
func placeIn(b *booking.Book, at booking.Slot, count int) Place {
	v, ok := b.Session(at.Session)
	if !ok {
		return Place{}
	}
	p := Place{Session: at.Session, Date: v.Date, Start: v.Start, Minutes: v.Minutes, Counted: v.Counted, Department: v.Department,
		Service: v.Service, Site: v.Site, Resources: b.Resources(nil, at.Session)}
	if count < 1 || int(at.N)+count > v.Slots {
		return p
	}
	p.Slot, p.Count = at, count
	if !v.Counted {
		first, _ := b.Slot(at)
		last, _ := b.Slot(booking.Slot{Session: at.Session, N: at.N + uint16(count-1)})
		p.Start = first.Start
		p.Minutes = int(last.Start-first.Start)/60 + last.Minutes
	}
	return p
}

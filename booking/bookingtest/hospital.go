package bookingtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Hospital is a small facility and what is asked of it, one after another, by name: what the laws of policies are tried on.
type Hospital struct {
	Clinics []Clinic
	Wishes  []Wish
	// Weeks is how many weeks later all of it happens.
	Weeks int
}

// Clinic is one session of the department "heart", cut evenly.
type Clinic struct {
	Name, Physician string
	Day             int // after 2026-11-23, a Monday
	Minute          int // of the day, at which it starts
	SlotMinutes     int
	Slots, Capacity int
	Quotas          []booking.NamedQuota
	// After is how many wishes come before it is opened.
	After int
}

// Wish is one step: a request, or what is done with an earlier one.
type Wish struct {
	Kind    WishKind
	Person  string
	Channel string
	Classes []string
	// Physician is whom it must be with; empty: anyone of the department.
	Physician string
	// From and Until bound the start, in minutes after 2026-11-23 00:00, half-open; 0 is no bound.
	From, Until int
	Count       int
}

// WishKind is what a Wish does.
type WishKind uint8

// The kinds.
const (
	// Asks books by the policy.
	Asks WishKind = 1 + iota
	// AsksAgain reschedules the person's last appointment by the same request.
	AsksAgain
	// GivesBack cancels the person's last appointment.
	GivesBack
)

// Outcome is what a wish came to.
type Outcome struct {
	Served  bool
	Clinic  string
	Start   sl.Instant
	N       int
	Reason  booking.Reason // where refused
	Charged string
	// Listed are the candidates that there were before, in the Book's order, where the play was told to list them.
	Listed []Choice
	// reply is what a story says.
	reply string
}

// Choice is one candidate, by name.
type Choice struct {
	Clinic string
	N      int
	Start  sl.Instant
}

var hospitalZone = time.FixedZone("CST", 8*3600)

const (
	hospitalDepartment = "heart"
	daySeconds         = 86400
)

// first is the midnight before the hospital's first day.
func (h *Hospital) first() sl.Instant {
	return firstMorning - 8*3600 + sl.Instant(h.Weeks)*7*daySeconds
}

// now is when everything is asked: three days before the first day, at 08:00.
func (h *Hospital) now() sl.Instant { return h.first() - 3*daySeconds + 8*3600 }

func (c *Clinic) start(h *Hospital) sl.Instant {
	return h.first() + sl.Instant(c.Day)*daySeconds + sl.Instant(c.Minute)*60
}

// clone shares nothing that is changed.
func (h *Hospital) clone() Hospital {
	c := *h
	c.Clinics, c.Wishes = slices.Clone(h.Clinics), slices.Clone(h.Wishes)
	return c
}

// ward is a Book at work, by name, as a story drives it.
type ward struct {
	rules  *booking.Rules
	desk   *booking.Desk
	batch  []booking.Event
	visits map[string]booking.Appointment
	// list has each request's candidates listed before it is made; restore makes the Book anew from its snapshot before each.
	list, restore bool
}

func newWard(now sl.Instant, policies ...booking.Policy) (*ward, error) {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 60 * daySeconds,
		LateCancel: booking.LateRecorded, Policies: policies})
	if err != nil {
		return nil, err
	}
	w := &ward{rules: rules, visits: map[string]booking.Appointment{}}
	w.desk, err = booking.NewDesk(booking.New(rules), now, w.keep)
	return w, err
}

func (w *ward) keep(t *booking.Batch) error {
	w.batch = append(w.batch[:0], t.Events()...)
	return nil
}

// refresh continues with a Book made from the snapshot of the one before.
func (w *ward) refresh() error {
	b, err := booking.Restore(w.rules, w.desk.Pool().Snapshot(nil))
	if err != nil {
		return err
	}
	w.desk, err = booking.NewDesk(b, b.Clock(), w.keep)
	return err
}

func (w *ward) open(h *Hospital, c *Clinic, now sl.Instant) (string, error) {
	start := c.start(h)
	s := sl.Session{ID: c.Name, Date: sl.DateOf(start, hospitalZone), Start: start, Minutes: c.Slots * c.SlotMinutes,
		Line: sl.Line{Department: hospitalDepartment, Kind: sl.General}}
	if c.Physician != "" {
		s.Resources = []string{c.Physician}
	}
	for n := range c.Slots {
		s.Slots = append(s.Slots, sl.Slot{Start: start.AddMinutes(n * c.SlotMinutes), Minutes: c.SlotMinutes, Capacity: c.Capacity})
	}
	if _, err := w.desk.Open(now, s, booking.Terms{Quotas: c.Quotas}); err != nil {
		return "", err
	}
	return fmt.Sprintf("opened %s slots=%d numbers=%d released", c.Name, c.Slots, c.Slots*c.Capacity), nil
}

// ask is a wish as the Desk takes it.
func (h *Hospital) ask(x *Wish, policy string) booking.Ask {
	a := booking.Ask{Person: x.Person, Channel: x.Channel, Classes: x.Classes, Resource: x.Physician, Department: hospitalDepartment,
		Count: x.Count, Policy: policy}
	if x.From != 0 {
		a.From = h.first().AddMinutes(x.From)
	}
	if x.Until != 0 {
		a.Until = h.first().AddMinutes(x.Until)
	}
	return a
}

// do carries out one wish. An error is a mistake in the hospital, not a no.
func (w *ward) do(h *Hospital, x *Wish, policy string, now sl.Instant) (o Outcome, err error) {
	if w.restore {
		if err := w.refresh(); err != nil {
			return o, err
		}
	}
	a := h.ask(x, policy)
	if w.list && x.Kind == Asks {
		if o.Listed, err = w.listed(a, now); err != nil {
			return o, err
		}
	}
	w.batch = w.batch[:0]
	id := w.visits[x.Person]
	switch {
	case x.Kind == Asks:
		id, err = w.desk.Book(now, a)
	case id == 0:
		o.Reason, o.reply = booking.UnknownAppointment, "nothing to do: "+x.Person
		return o, nil
	case x.Kind == AsksAgain:
		err = w.desk.Reschedule(now, id, a)
	default:
		err = w.desk.Cancel(now, id, booking.ByPatient)
	}
	return w.tell(o, x, id, err)
}

func (w *ward) tell(o Outcome, x *Wish, id booking.Appointment, err error) (Outcome, error) {
	var refusal *booking.Refusal
	refused := errors.As(err, &refusal)
	if err != nil && !refused {
		return o, err
	}
	if refused {
		o.Reason = refusal.Reason
		o.reply = fmt.Sprintf("%s refused: %v", x.Person, refusal.Reason)
		return o, nil
	}
	if x.Kind == GivesBack {
		delete(w.visits, x.Person)
		o.reply = fmt.Sprintf("cancelled %s by=patient", x.Person)
		return o, nil
	}
	b := w.desk.Pool()
	v, _ := b.Appointment(id)
	w.visits[x.Person] = id
	o.Served, o.Start, o.N = true, v.Start, int(v.Slot.N)
	o.Clinic = b.Name(booking.SessionName, uint32(v.Slot.Session))
	o.Charged = b.Name(booking.ClassName, uint32(v.Class))
	verb := map[WishKind]string{Asks: "booked", AsksAgain: "rescheduled"}[x.Kind]
	if x.Kind == AsksAgain && len(w.batch) == 0 {
		o.reply = "nothing to do: " + x.Person
		return o, nil
	}
	o.reply = fmt.Sprintf("%s %s %s charge=%s", verb, x.Person, o.slot(), o.Charged)
	if v.Count > 1 {
		o.reply += fmt.Sprintf(" slots=%d", v.Count)
	}
	return o, nil
}

// slot is what a story calls it.
func (o *Outcome) slot() string { return o.Clinic + "/" + o.Start.In(hospitalZone).Format("15:04") }

func (w *ward) listed(a booking.Ask, now sl.Instant) (list []Choice, err error) {
	found, err := w.desk.Candidates(now, a, 10000)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		list = append(list, Choice{w.desk.Pool().Name(booking.SessionName, uint32(c.Slot.Session)), int(c.Slot.N), c.Start})
	}
	return list, nil
}

// how is how a hospital is played.
type how uint8

const (
	plainly   how = 1 + iota
	listing       // the candidates are listed before each request
	restoring     // the Book is made anew from its snapshot before each wish
)

// play plays a hospital from its beginning.
func (h *Hospital) play(p booking.Policy, in how) (list []Outcome, err error) {
	w, err := newWard(h.now(), p)
	if err != nil {
		return nil, err
	}
	w.list, w.restore = in == listing, in == restoring
	for i := 0; ; i++ {
		for k := range h.Clinics {
			if h.Clinics[k].After == i {
				if _, err := w.open(h, &h.Clinics[k], h.now()); err != nil {
					return nil, err
				}
			}
		}
		if i == len(h.Wishes) {
			return list, nil
		}
		o, err := w.do(h, &h.Wishes[i], p.Name(), h.now())
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
}

// reordered opens the clinics that start apart in order of start, or against it; those that start together stay in their order.
func (h *Hospital) reordered(backward bool) Hospital {
	c := h.clone()
	slices.SortStableFunc(c.Clinics, func(a, b Clinic) int {
		if backward {
			a, b = b, a
		}
		return cmp.Compare(a.start(h), b.start(h))
	})
	return c
}

// renamed puts the same letters before every name, so that names stay in their order.
func (h *Hospital) renamed() Hospital {
	c := h.clone()
	for i := range c.Clinics {
		x := &c.Clinics[i]
		x.Name, x.Physician = renaming+x.Name, renaming+x.Physician
		x.Quotas = slices.Clone(x.Quotas)
		for k := range x.Quotas {
			x.Quotas[k].Class = renaming + x.Quotas[k].Class
		}
	}
	for i := range c.Wishes {
		x := &c.Wishes[i]
		x.Person, x.Channel, x.Classes = renaming+x.Person, renaming+x.Channel, slices.Clone(x.Classes)
		if x.Physician != "" {
			x.Physician = renaming + x.Physician
		}
		for k := range x.Classes {
			x.Classes[k] = renaming + x.Classes[k]
		}
	}
	return c
}

const renaming = "other-"

package booking

import (
	"crypto/sha256"
	"math"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Ask is a Request by name.
type Ask struct {
	// Ref, if not empty, is the caller's own reference: the same Ref with the same wish is answered once, however often it
	// is asked within the life of a key. It is scoped by Caller.
	Ref    string
	Caller Caller
	// Made is when the caller first asked, where that is not now.
	Made    sl.Instant
	Person  string
	Account string
	Booker  string
	// Channel and Classes are introduced where they are new: one that no quota names has no cap, so spell them with care.
	Channel string
	Classes []string
	// Session and N name a slot, if Session is not empty.
	Session string
	N       int
	// Otherwise what is sought, as in Request.
	Resource, Department, Service string
	AnyOf                         []string // any of these resources
	Weekdays                      sl.Weekdays
	From, Until                   sl.Instant
	Count                         int
	// Policy is the name of one of the rules' policies; empty is the first.
	Policy string
}

// Book books for a person, who is introduced if new. The error is a *Refusal where the rules say no.
func (d *Desk) Book(now sl.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Booked, false)
}

// Hold keeps a slot until it is paid or the hold lapses.
func (d *Desk) Hold(now sl.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Held, false)
}

// AddOn makes a unit for a named person in a named slot (加号).
func (d *Desk) AddOn(now sl.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Booked, true)
}

func (d *Desk) ask(now sl.Instant, a *Ask, as State, addOn bool) (Appointment, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	stampKey(&m, a)
	q, err := d.request(m.At, a)
	if err != nil {
		d.batch.Reset()
		return 0, err
	}
	var reply Reply
	switch {
	case addOn:
		reply, err = d.Do(AddOn{m, q})
	case as == Held:
		reply, err = d.Do(Hold{m, q})
	default:
		reply, err = d.Do(Take{m, q})
	}
	return reply.Appointment, err
}

// stampKey puts the key of an ask's reference on a command.
func stampKey(m *Meta, a *Ask) {
	if a.Ref == "" {
		return
	}
	sum := sha256.Sum256([]byte(a.Ref))
	copy(m.Key[:], sum[:])
	m.Caller, m.Made = a.Caller, a.Made
	if m.Made == 0 {
		m.Made = m.At
	}
}

// Reasons lists every reason why an ask for a named slot (Session and N) would be refused at now, after what is due; none
// where it would be granted. Whoever merely asks leaves no trace.
func (d *Desk) Reasons(now sl.Instant, a Ask) ([]Refusal, error) {
	m, err := d.meta(now)
	if err != nil {
		return nil, err
	}
	defer d.batch.Reset()
	q, err := d.request(m.At, &a)
	if err != nil {
		return nil, err
	}
	return d.book.Reasons(nil, &d.batch, q, m.At)
}

// request turns names into handles. New names are introduced in the same batch, so that a refusal leaves no trace of them.
func (d *Desk) request(at sl.Instant, a *Ask) (q Request, err error) {
	name := func(k NameKind, s string) uint32 {
		if s == "" || err != nil {
			return 0
		}
		var h uint32
		h, err = d.handle(at, k, s)
		return h
	}
	if a.N < 0 || a.N > math.MaxUint16 || a.Count < 0 || a.Count > math.MaxUint16 {
		return q, badCommand("N %d, Count %d: out of range", a.N, a.Count)
	}
	if isStage(a.Channel) || slices.ContainsFunc(a.Classes, isStage) {
		return q, badCommand("Channel %q, Classes %q: nobody bears the stage of a release", a.Channel, a.Classes)
	}
	d.fetched = d.book.fetchNames(a)
	q = Request{From: a.From, Until: a.Until, Count: uint16(a.Count), Weekdays: a.Weekdays}
	q.Person = Person(name(PersonName, a.Person))
	q.Account = Account(name(AccountName, a.Account))
	q.Booker = Person(name(PersonName, a.Booker))
	var classes [MaxClasses]Class
	channel := Class(name(ClassName, a.Channel))
	others := classes[:0]
	for _, c := range a.Classes {
		others = append(others, Class(name(ClassName, c)))
	}
	known := func(k NameKind, s string) uint32 {
		if s == "" || err != nil {
			return 0
		}
		h := d.book.names[k].find(s)
		if h == 0 {
			err = badCommand("%v %q: no session has one of that name", k, s)
		}
		return h
	}
	q.Resource = Resource(known(ResourceName, a.Resource))
	q.Department = Department(known(DepartmentName, a.Department))
	q.Service = Service(known(ServiceName, a.Service))
	if err != nil {
		return q, err
	}
	if len(a.AnyOf) > 0 {
		if q.AnyOf, err = d.anyOf(a.AnyOf); err != nil {
			return q, err
		}
	}
	if q.Bear, err = NewBearing(channel, others...); err != nil {
		return q, badCommand("Channel, Classes: %v", err)
	}
	if a.Session != "" {
		s := d.book.Find(SessionName, a.Session)
		if s == 0 {
			return q, badCommand("Session %q: not opened", a.Session)
		}
		q.Slot = Slot{Session(s), uint16(a.N)}
	}
	if policy, ok := d.book.rules.Policy(a.Policy); ok {
		q.Policy = policy
	} else if a.Policy != "" {
		return q, badCommand("Policy %q: not one of the rules'", a.Policy)
	}
	return q, nil
}

// handle finds a name's handle, or introduces it in the batch at hand.
func (d *Desk) handle(at sl.Instant, k NameKind, name string) (uint32, error) {
	if h := d.book.names[k].find(name); h != 0 {
		return h, nil
	}
	next := uint32(d.book.names[k].len()) + 1
	for i := range d.batch.events {
		if e := &d.batch.events[i]; e.kind == Introduced && e.NameKind() == k {
			if d.batch.Text(e) == name {
				return e.number, nil
			}
			next = e.number + 1
		}
	}
	_, err := d.book.Decide(&d.batch, Introduce{Meta: Meta{At: at}, Kind: k, Name: name})
	return next, err
}

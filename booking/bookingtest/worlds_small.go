package bookingtest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// SmallWorld is a pool so small that everything that can happen in it is tried: two sessions of a department with two slots each,
// each a physician's; up to three persons, of whom the first bears a channel and a patient class, the second another channel and
// the class, the third the channel alone; a reserve that falls open, a cap, one number per person and session, holds of ten minutes, sessions that end.
type SmallWorld struct {
	// Depth is how many commands in a row are tried, 1 or more.
	Depth int
	// Persons is how many of the three there are, 1 to 3.
	Persons int
	// MaxStates ends the search; 0 is no bound.
	MaxStates int
	// Restore makes the Subject anew in a state; nil is booking.Restore.
	Restore func(*booking.Rules, []byte) (Subject, error)
}

// Explored is how much there was.
type Explored struct {
	// States are the different ones, and New how many of them were first reached by so many commands, from 0 on.
	States int
	New    []int
	// Transitions are the commands that were tried: Done of them carried out, Refused by the rules; the others had nothing to do,
	// or were errors.
	Transitions, Done, Refused int
	// Cut says that MaxStates ended the search.
	Cut bool
}

// String is the counts in one line.
func (e Explored) String() string {
	text := fmt.Sprintf("%d states, %d transitions (%d done, %d refused); new by depth %v", e.States, e.Transitions, e.Done, e.Refused, e.New)
	if e.Cut {
		text += "; cut short"
	}
	return text
}

// place is a state on the way: what is needed to go on from it, and how it was reached.
type place struct {
	snapshot []byte
	model    *Model
	parent   int
	depth    int
	command  booking.Command
}

// placeKey is what tells states apart: the Digest and the clock. Names, ids, keys and appointments that are over are not told
// apart, so that of two ways to the same situation one is followed.
type placeKey struct {
	digest [32]byte
	clock  sl.Instant
}

// Explore tries all sequences of commands up to w.Depth, breadth first, each state once, and holds every transition to every law:
// Decide writes nothing; reply, state and Wake are the Model's; Check finds nothing broken; what the batch's binary form makes of a
// copy is the live Book byte for byte, and so is its snapshot restored; the same key again is a repeat that appends nothing; to book and
// then cancel leaves the Digest. It returns what there was, and the first law broken with the commands that lead to it. Cost: about
// a third of a millisecond a transition, and some 10 kB of memory for each state that is not of the last depth.
func Explore(w SmallWorld) (Explored, error) {
	x := &explorer{SmallWorld: w, seen: map[placeKey]bool{}}
	if x.Restore == nil {
		x.Restore = func(r *booking.Rules, b []byte) (Subject, error) { return booking.Restore(r, b) }
	}
	if w.Depth < 1 || w.MaxStates < 0 || w.Persons < 1 || w.Persons > 3 {
		return x.Explored, fmt.Errorf("bookingtest: Depth %d, Persons %d, MaxStates %d: want 1 or more, 1 to 3, 0 or more", w.Depth, w.Persons, w.MaxStates)
	}
	if err := x.begin(); err != nil {
		return x.Explored, err
	}
	for i := 0; i < len(x.places) && x.places[i].depth < w.Depth; i++ {
		for _, c := range x.commands(x.places[i].model, x.places[i].depth) {
			if x.MaxStates > 0 && x.States >= x.MaxStates {
				x.Cut = true
				return x.Explored, nil
			}
			if err := x.try(i, c); err != nil {
				return x.Explored, fmt.Errorf("%s\n%w", x.way(i, c), err)
			}
		}
		x.places[i].snapshot, x.places[i].model = nil, nil
	}
	return x.Explored, nil
}

type explorer struct {
	SmallWorld
	Explored
	rules  *booking.Rules
	places []place
	seen   map[placeKey]bool
	// fresh is a Subject in the state of the place at hand, as long as nothing was applied to it.
	fresh   Subject
	freshIn int
}

// way is the commands that lead to a state, and the one that is tried there.
func (x *explorer) way(i int, c booking.Command) string {
	lines := []string{fmt.Sprintf("%T%+v", c, c)}
	for ; x.places[i].command != nil; i = x.places[i].parent {
		lines = append([]string{fmt.Sprintf("%T%+v", x.places[i].command, x.places[i].command)}, lines...)
	}
	return strings.Join(lines, "\n")
}

// begin sets up the world.
func (x *explorer) begin() (err error) {
	x.rules, err = booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 600, KeySeconds: 30 * daySeconds, StepSeconds: 30 * daySeconds,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}},
		Limits: []booking.Limit{{Name: "one per session", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.OpenVisits, Max: 1}}})
	if err != nil {
		return err
	}
	empty := booking.New(x.rules).Snapshot(nil)
	s, err := x.Restore(x.rules, empty)
	if err != nil {
		return err
	}
	model := NewModel(*x.rules, nil)
	for _, c := range smallWorldCommands() {
		var t booking.Batch
		if _, err := s.Decide(&t, c); err != nil {
			return err
		}
		if err := s.Apply(&t); err != nil {
			return err
		}
		if _, err := model.Do(c); err != nil {
			return err
		}
	}
	if err := Compare(s, model); err != nil {
		return err
	}
	x.note(s, place{model: model})
	return nil
}

// smallWorldCommands set the small world up.
func smallWorldCommands() []booking.Command {
	meta := booking.Meta{At: firstMorning - 3600}
	list := []booking.Command{booking.Adopt{Meta: meta}}
	for _, n := range []struct {
		kind  booking.NameKind
		count int
	}{{booking.PersonName, 3}, {booking.ClassName, 3}, {booking.ResourceName, 2}, {booking.DepartmentName, 1}} {
		for i := range n.count {
			list = append(list, booking.Introduce{Meta: meta, Kind: n.kind, Name: fmt.Sprintf("%v%d", n.kind, i+1)})
		}
	}
	one := booking.Opening{Date: firstDay, Start: firstMorning, Kind: sl.General, Department: 1, Resources: []booking.Resource{1}, End: firstMorning + 3600,
		Slots:  []booking.SlotSpec{{Minutes: 30, Capacity: 1}, {OffsetMinutes: 30, Minutes: 30, Capacity: 1}},
		Quotas: []booking.Quota{{Class: 2, Reserve: 1, OpenAt: firstMorning - 1800}}}
	two := booking.Opening{Date: firstDay, Start: firstMorning + 1800, Kind: sl.General, Department: 1, Resources: []booking.Resource{2}, AddOns: 1,
		Slots:    []booking.SlotSpec{{Minutes: 30, Capacity: 2}, {OffsetMinutes: 30, Minutes: 30, Capacity: 1}},
		Quotas:   []booking.Quota{{Class: 1, Cap: 1, Capped: true}},
		CancelBy: firstMorning - 1200}
	return append(list, booking.Open{Meta: meta, Name: "one", Opening: one}, booking.Open{Meta: meta, Name: "two", Opening: two})
}

// note takes a state in, unless it is known.
func (x *explorer) note(s Subject, p place) {
	key := placeKey{s.Digest(), s.Clock()}
	if x.seen[key] {
		return
	}
	x.seen[key] = true
	if p.depth < x.Depth { // what is reached last leads nowhere
		p.snapshot = s.Snapshot(nil)
		x.places = append(x.places, p)
	}
	x.States++
	for len(x.New) <= p.depth {
		x.New = append(x.New, 0)
	}
	x.New[p.depth]++
}

// bearings are what the three persons bear.
func bearings() []booking.Bearing {
	a, _ := booking.NewBearing(1)
	b, _ := booking.NewBearing(1, 2)
	c, _ := booking.NewBearing(3, 2)
	return []booking.Bearing{b, c, a}
}

// commands are all that are tried in a state.
func (x *explorer) commands(m *Model, depth int) (list []booking.Command) {
	meta := booking.Meta{At: m.Clock()}
	if at, ok := m.Wake(); ok {
		list = append(list, booking.Advance{Meta: booking.Meta{At: at}})
		if at <= m.Clock() {
			return list
		}
	}
	for _, at := range m.boundaries(1) {
		if wake, ok := m.Wake(); !ok || at < wake {
			list = append(list, booking.Advance{Meta: booking.Meta{At: at}, Jump: true})
		}
	}
	keyed := meta
	keyed.Key, keyed.Made = booking.Key{1, byte(depth)}, meta.At
	for i, bear := range bearings()[:x.Persons] {
		q := booking.Request{Person: booking.Person(i + 1), Bear: bear, Department: 1}
		list = append(list, booking.Hold{Meta: keyed, Request: q})
		for n := range uint16(4) {
			q.Slot = booking.Slot{Session: booking.Session(n/2 + 1), N: n % 2}
			list = append(list, booking.Take{Meta: keyed, Request: q})
		}
		list = append(list, booking.AddOn{Meta: meta, Request: q})
	}
	for id := booking.Appointment(1); int(id) <= m.Appointments(); id++ {
		v, _ := m.Appointment(id)
		if v.State == booking.Cancelled || v.State == booking.Lapsed || v.State == booking.EnteredInError {
			continue
		}
		list = append(list, booking.Pay{Meta: meta, Appointment: id}, booking.Cancel{Meta: keyed, Appointment: id, By: booking.ByPatient},
			booking.CheckIn{Meta: meta, Appointment: id}, booking.Complete{Meta: meta, Appointment: id}, booking.Void{Meta: meta, Appointment: id},
			booking.MarkNoShow{Meta: meta, Appointment: id}, booking.Answer{Meta: meta, Appointment: id, Accept: true},
			booking.Reschedule{Meta: keyed, Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: 2, N: 1}}},
			booking.Reschedule{Meta: keyed, Appointment: id, Want: booking.Request{Department: 1}})
	}
	return append(list, booking.CloseSession{Meta: meta, Session: 1, AnswerBy: meta.At + 1200},
		booking.SetQuota{Meta: meta, Session: 2, Quota: booking.Quota{Class: 2, Reserve: 1}},
		booking.SetQuota{Meta: meta, Session: 1, Quota: booking.Quota{Class: 2, Reserve: 2}}, booking.Grant{Meta: meta, Slot: booking.Slot{Session: 1}, Units: 1})
}

// try carries out one command from a state, and holds it to the laws.
func (x *explorer) try(from int, c booking.Command) error {
	p := &x.places[from]
	if x.fresh == nil || x.freshIn != from {
		s, err := x.Restore(x.rules, p.snapshot)
		if err != nil {
			return err
		}
		x.fresh, x.freshIn = s, from
	}
	s := x.fresh
	x.Transitions++
	var t booking.Batch
	reply, err := s.Decide(&t, c)
	if !bytes.Equal(s.Snapshot(nil), p.snapshot) {
		return errors.New("a decision wrote to the book")
	}
	model := p.model.Clone()
	want, wantErr := model.Do(c)
	switch {
	case !sameError(err, wantErr):
		return fmt.Errorf("error %v, the model's is %v", err, wantErr)
	case reply != want:
		return fmt.Errorf("reply\n  book  %+v\n  model %+v", reply, want)
	}
	if err != nil || reply.Outcome != booking.Done {
		if err == nil && reply.Outcome == booking.Refused {
			x.Refused++
		}
		if t.Len() > 0 {
			return fmt.Errorf("%d events for reply %+v", t.Len(), reply)
		}
		return nil
	}
	x.Done++
	x.fresh = nil
	if err := x.applies(s, &t, p.snapshot); err != nil {
		return err
	}
	if err := x.holds(s, model); err != nil {
		return err
	}
	if err := repeats(s, c, reply); err != nil {
		return err
	}
	if q, ok := c.(booking.Take); ok {
		m := &machine{subject: restored{s, p.snapshot}, model: model, rules: x.rules}
		if m.bookThenCancel(q.Request, q.At); m.fault != nil {
			return m.fault
		}
	}
	x.note(s, place{model: model, parent: from, depth: p.depth + 1, command: c})
	return nil
}

// restored is a Subject that gives the snapshot of a state before.
type restored struct {
	Subject
	snapshot []byte
}

func (r restored) Snapshot(dst []byte) []byte { return append(dst, r.snapshot...) }

// applies: the batch is applied to the subject, and what its binary form says to a copy, which is then the same.
func (x *explorer) applies(s Subject, t *booking.Batch, before []byte) error {
	decoded, err := roundTrips(t)
	if err != nil {
		return err
	}
	replica, err := booking.Restore(x.rules, before)
	if err != nil {
		return err
	}
	if err := errors.Join(s.Apply(t), replica.Apply(decoded)); err != nil {
		return fmt.Errorf("a batch that Decide gave: %w", err)
	}
	if !bytes.Equal(replica.Snapshot(nil), s.Snapshot(nil)) {
		return errors.New("the batch's bytes do not make the live book")
	}
	return nil
}

// holds: the subject is the model, finds nothing broken in itself, and is what its snapshot makes.
func (x *explorer) holds(s Subject, m *Model) error {
	if err := Compare(s, m); err != nil {
		return err
	}
	for _, f := range s.Check() {
		if f.Broken {
			return fmt.Errorf("check: %v", f)
		}
	}
	live := s.Snapshot(nil)
	again, err := x.Restore(x.rules, live)
	if err != nil {
		return err
	}
	if !bytes.Equal(again.Snapshot(nil), live) || again.Digest() != s.Digest() {
		return errors.New("a restored snapshot is not the live book")
	}
	return nil
}

// repeats: a command that was done under a key is, asked again, the same reply and no event.
func repeats(s Subject, c booking.Command, first booking.Reply) error {
	if metaOf(c).Key == (booking.Key{}) {
		return nil
	}
	if due, ok := s.Wake(); ok && due <= s.Clock() {
		return nil
	}
	var t booking.Batch
	reply, err := s.Decide(&t, c)
	first.Repeat = true
	if err != nil || reply != first || t.Len() > 0 {
		return fmt.Errorf("the same key again: %+v, %v, %d events; first it was %+v", reply, err, t.Len(), first)
	}
	return nil
}

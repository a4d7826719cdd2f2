package explain_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/booking/explain"
)

var shanghai = time.FixedZone("CST", 8*3600)

// explained is a Book whose every batch is told and whose every refusal is explained; bookingtest drives it through its
// generated hospitals. A law that is broken comes out as an error, which no model agrees with.
type explained struct {
	*booking.Book
	teller *explain.Teller
	last   booking.Command
	// kinds are the events of each appointment, as they came by.
	kinds map[booking.Appointment][]booking.Kind
	seen  *seenActions
	// told are the refusals that were explained since the last event: the machine asks for every slot, again and again.
	told map[string]bool
	turn int // which reader is told next
}

// seenActions counts the remedies that were tried.
type seenActions struct{ sure, advice [explain.NothingToDo + 1]int }

func newExplained(seen *seenActions) func(*booking.Rules) bookingtest.Subject {
	return func(r *booking.Rules) bookingtest.Subject {
		return &explained{Book: booking.New(r), teller: explain.NewTeller(), kinds: map[booking.Appointment][]booking.Kind{}, seen: seen,
			told: map[string]bool{}}
	}
}

// Chains fold to what the Book says of every appointment after every batch, and what makes a refusal good does so.
func TestLaws(t *testing.T) {
	bookingtest.Run(t, bookingtest.Config{New: newExplained(&seenActions{})})
}

// Every remedy that is ever Sure but the rare ones (TestQuotaRemedies) comes up in a few worlds, so that the laws say something.
func TestLawsTryRemedies(t *testing.T) {
	var seen seenActions
	for seed := range 20 {
		require.NoError(t, bookingtest.Probe(bookingtest.Config{New: newExplained(&seen)}, seed), "seed %d", seed)
	}
	for _, a := range []explain.Action{explain.AskLater, explain.AskAnew, explain.FewerUnits, explain.GiveBack, explain.StepsFirst,
		explain.StaffAddOn, explain.StaffCancel, explain.OtherName} {
		require.Positive(t, seen.sure[a], "%v", a)
	}
	for _, a := range []explain.Action{explain.AskElsewhere, explain.AskWider, explain.OtherChannel, explain.AskDesk,
		explain.FinishFirst, explain.CheckNumber, explain.NothingToDo} {
		require.Positive(t, seen.advice[a], "%v", a)
	}
}

func (x *explained) Decide(t *booking.Batch, c booking.Command) (booking.Reply, error) {
	x.last = c
	r, err := x.Book.Decide(t, c)
	if err != nil || r.Outcome != booking.Refused {
		return r, err
	}
	once := fmt.Sprintf("%T %v", c, r.Refusal)
	if x.told[once] {
		return r, nil
	}
	x.told[once] = true
	before := x.Snapshot(nil)
	why, err := explain.Why(x.Book, c, r)
	switch {
	case err != nil:
		return r, fmt.Errorf("why of %v: %w", r.Refusal.Reason, err)
	case string(before) != string(x.Snapshot(nil)):
		return r, errors.New("Why wrote to the book")
	case len(why.Remedies) == 0:
		return r, fmt.Errorf("no remedy for %v", r.Refusal.Reason)
	}
	for i := range why.Remedies {
		m := &why.Remedies[i]
		if !m.Sure {
			x.seen.advice[m.Do]++
			continue
		}
		x.seen.sure[m.Do]++
		if err := x.try(c, &r, m); err != nil {
			return r, fmt.Errorf("%v: remedy %+v: %w", r.Refusal.Reason, *m, err)
		}
	}
	if err := x.texts(func(s *explain.Speaker) []string { return s.Refusal(&why) }); err != nil {
		return r, fmt.Errorf("text of %v: %w", r.Refusal.Reason, err)
	}
	return r, nil
}

// texts makes a text for one of the readers, who come in turn, and checks that there is one, that nothing was left unfilled,
// and that the patient's names nobody.
func (x *explained) texts(make func(*explain.Speaker) []string) error {
	x.turn++
	style := explain.Style{Language: explain.English + explain.Language(x.turn%2), Reader: explain.Patient + explain.Reader(x.turn/2%2),
		Zone: shanghai, Names: x.Book}
	s, err := explain.NewSpeaker(style)
	if err != nil {
		return err
	}
	lines := make(s)
	if len(lines) == 0 {
		return fmt.Errorf("%v, %v: nothing said", style.Language, style.Reader)
	}
	for _, line := range lines {
		if line == "" || strings.ContainsAny(line, "{}") || strings.Contains(line, "%!") {
			return fmt.Errorf("%v, %v: %q", style.Language, style.Reader, line)
		}
		if style.Reader == explain.Patient {
			if err := namesNobody(x.Book, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// namesNobody: no person's and no account's name is in the text.
func namesNobody(b *booking.Book, text string) error {
	for _, k := range []booking.NameKind{booking.PersonName, booking.AccountName} {
		for h := uint32(1); b.Name(k, h) != ""; h++ {
			if strings.Contains(text, b.Name(k, h)) {
				return fmt.Errorf("a patient is told of %v %s: %q", k, b.Name(k, h), text)
			}
		}
	}
	return nil
}

func (x *explained) Apply(t *booking.Batch) error {
	clear(x.told)
	want, err := x.expectCharge(t)
	if err != nil {
		return err
	}
	for i := range t.Events() {
		if e := &t.Events()[i]; e.Appointment() != 0 {
			for n := booking.Appointment(0); n == 0 || e.Kind() == booking.AppointmentsLinked && n < booking.Appointment(e.Number()); n++ {
				x.kinds[e.Appointment()+n] = append(x.kinds[e.Appointment()+n], e.Kind()) // what links some happened to each
			}
		}
	}
	if err := errors.Join(x.teller.Read(t), x.Book.Apply(t)); err != nil {
		return err
	}
	for _, id := range x.teller.Appointments(nil) {
		if err := x.checkChain(id); err != nil {
			return err
		}
	}
	for i := range t.Events() {
		e := &t.Events()[i]
		if e.Appointment() == 0 {
			continue
		}
		c, _ := x.teller.Chain(e.Appointment())
		if err := errors.Join(x.texts(func(s *explain.Speaker) []string { return s.Chain(&c) }), x.checkKey(&c)); err != nil {
			return err
		}
	}
	return x.checkCharge(t, want)
}

// checkChain: the chain folded is the Book's appointment, and nothing that happened to it is left out.
func (x *explained) checkChain(id booking.Appointment) error {
	c, ok := x.teller.Chain(id)
	if !ok {
		return fmt.Errorf("appointment %d: no chain", id)
	}
	var kinds []booking.Kind
	var state booking.State
	var place explain.Place
	var charge explain.Charge
	number := uint64(0)
	for i := range c.Links {
		l := &c.Links[i]
		if l.Number <= number || !l.Relation.IsValid() || !l.Cause.IsValid() {
			return fmt.Errorf("appointment %d: link %+v", id, l)
		}
		if number = l.Number; l.Relation != explain.OfAppointment {
			continue
		}
		kinds, state, place = append(kinds, l.Event.Kind()), l.State, l.Place
		if l.Charge.From != 0 {
			charge = l.Charge
		}
	}
	if fmt.Sprint(kinds) != fmt.Sprint(x.kinds[id]) {
		return fmt.Errorf("appointment %d: chain of %v, events %v", id, kinds, x.kinds[id])
	}
	v, ok := x.Appointment(id)
	if !ok {
		return nil // forgotten by the Book, not by the log
	}
	if state != v.State || c.State != v.State || c.Person != v.Person || place.Slot != v.Slot || charge.Class != v.Class ||
		place.IsValid() && (place.Start != v.Start || place.Date != v.Date || place.Count != v.Count || (v.AddOn || v.IsReturn) != (charge.From == explain.Beside)) {
		return fmt.Errorf("appointment %d: chain says %v %+v %+v, the book %+v", id, state, place, charge, v)
	}
	return nil
}

// checkKey: the last command's key is on what it did.
func (x *explained) checkKey(c *explain.Chain) error {
	var m booking.Meta
	switch c := x.last.(type) {
	case booking.Take:
		m = c.Meta
	case booking.Hold:
		m = c.Meta
	case booking.Cancel:
		m = c.Meta
	case booking.Bundle:
		m = c.Meta
	case booking.Joint:
		m = c.Meta
	case booking.Series:
		m = c.Meta
	case booking.Reschedule:
		m = c.Meta
	case booking.Displace:
		m = c.Meta
	case booking.Transfer:
		m = c.Meta
	case booking.Return:
		m = c.Meta
	}
	last := explain.Link{}
	for i := range c.Links {
		if c.Links[i].Relation == explain.OfAppointment {
			last = c.Links[i]
		}
	}
	if last.Key != m.Key || last.IsKeyed != (m.Key != booking.Key{}) || last.IsKeyed && last.Caller != m.Caller {
		return fmt.Errorf("appointment %d: key %x of %d, want %x of %d", c.Appointment, last.Key, last.Caller, m.Key, m.Caller)
	}
	return nil
}

// expectCharge asks the Book, before the batch, what was kept and free for the number that the batch gives first, where it
// gives one to someone new.
func (x *explained) expectCharge(t *booking.Batch) (want explain.Charge, err error) {
	for i := range t.Events() {
		e := &t.Events()[i]
		if e.Kind() == booking.AppointmentDisplaced {
			return explain.Charge{}, nil // what is kept and free then is not what was before the batch
		}
		if k := e.Kind(); k != booking.AppointmentBooked && k != booking.AppointmentHeld || e.IsAddOn() {
			continue
		}
		want.Class, want.From = e.Class(), explain.FromRest
		v, _ := x.Session(e.Session())
		for n := range v.Slots {
			if s, ok := x.Slot(booking.Slot{Session: e.Session(), N: uint16(n)}); ok && s.ClosesAt > e.At() {
				want.Free += int64(s.Room)
			}
		}
		for _, q := range x.Quotas(nil, e.Session(), e.At()) {
			if q.Class == e.Class() {
				want.Kept, want.Quota = int64(q.Effective), q.Quota
			}
		}
		if want.Kept >= int64(e.Count()) {
			want.From = explain.FromReserve
		} else if want.Kept > 0 {
			want.From = explain.FromBoth
		}
		return want, nil
	}
	return want, nil
}

func (x *explained) checkCharge(t *booking.Batch, want explain.Charge) error {
	if want.From == 0 {
		return nil
	}
	for i := range t.Events() {
		e := &t.Events()[i]
		if k := e.Kind(); k != booking.AppointmentBooked && k != booking.AppointmentHeld || e.IsAddOn() {
			continue
		}
		c, _ := x.teller.Chain(e.Appointment())
		for _, l := range c.Links {
			if l.Number == t.Base()+uint64(i)+1 && l.Charge != want {
				return fmt.Errorf("appointment %d: charge %+v, the book's %+v", c.Appointment, l.Charge, want)
			}
		}
		return nil
	}
	return nil
}

// try does what a remedy says on a copy of the Book, and reports an error where the reason stays.
func (x *explained) try(c booking.Command, r *booking.Reply, m *explain.Remedy) error {
	b, err := booking.Restore(x.Rules(), x.Snapshot(nil))
	if err != nil {
		return err
	}
	at := metaOf(c).At
	do := func(c booking.Command) (booking.Reply, error) {
		var t booking.Batch
		reply, err := b.Decide(&t, c)
		if err == nil && reply.Outcome == booking.Done && !reply.Repeat {
			err = b.Apply(&t)
		}
		return reply, err
	}
	must := func(c booking.Command) error {
		reply, err := do(c)
		if err == nil && reply.Outcome != booking.Done {
			err = fmt.Errorf("%T%+v: %v, %v", c, c, reply.Outcome, reply.Refusal.Reason)
		}
		return err
	}
	meta := booking.Meta{At: at}
	again := withMeta(c, meta)
	switch m.Do {
	case explain.AskLater:
		for b.Clock() < m.At {
			reply, err := do(booking.Advance{Meta: booking.Meta{At: m.At}, Jump: true})
			if err != nil || reply.Outcome == booking.Nothing {
				return fmt.Errorf("advance: %v %v", reply, err)
			}
		}
		for {
			if due, ok := b.Wake(); !ok || due > m.At {
				break
			}
			if err := must(booking.Advance{Meta: booking.Meta{At: m.At}}); err != nil {
				return err
			}
		}
		again = withMeta(c, booking.Meta{At: m.At})
	case explain.AskAnew:
		fresh := metaOf(c)
		fresh.Made = fresh.At
		binary.BigEndian.PutUint64(fresh.Key[8:], 1<<63)
		again = withMeta(c, fresh)
	case explain.FewerUnits:
		again = withCount(again, uint16(m.Count))
	case explain.GiveBack:
		for i, n := range m.Numbers[:m.Count] {
			var t booking.Batch // one fewer is not enough
			reply, err := b.Decide(&t, again)
			// What was given back may be kept for others now, and that is said before the reason that is left.
			masked := i > 0 && reply.Outcome == booking.Refused && reply.Refusal.Reason < r.Refusal.Reason
			if err != nil || !masked && !same(&reply.Refusal, &r.Refusal) {
				return fmt.Errorf("%d given back are enough: %v, %w", i, reply, err)
			}
			if err := must(booking.Cancel{Meta: meta, Appointment: n.Appointment, By: booking.ByPatient}); err != nil {
				return err
			}
			for { // whoever waits comes first
				if due, ok := b.Wake(); !ok || due > at {
					break
				}
				if err := must(booking.Advance{Meta: meta}); err != nil {
					return err
				}
			}
		}
	case explain.StepsFirst:
		for _, s := range m.Steps {
			if err := must(stepCommand(s, meta, appointmentOf(c))); err != nil {
				return err
			}
		}
	case explain.StaffAddOn:
		q := requestOf(c)
		q.Count = 1
		return must(booking.AddOn{Meta: meta, Request: q})
	case explain.StaffCancel:
		return must(booking.Cancel{Meta: meta, Appointment: appointmentOf(c), By: booking.ByHospital})
	case explain.CapAtLeast, explain.ReserveAtLeast:
		q := again.(booking.SetQuota)
		if m.Do == explain.CapAtLeast {
			q.Quota.Cap = uint16(m.Count)
		} else {
			q.Quota.Reserve = uint16(m.Count)
		}
		again = q
	case explain.OtherName:
		o := again.(booking.Open)
		o.Name += " again"
		again = o
	default:
		return errors.New("said to be sure, and no one knows how to try it")
	}
	reply, err := do(again)
	switch {
	case err != nil && m.Do == explain.AskAnew:
		return nil // keys come before the host's own duties: to advance, to adopt
	case err != nil:
		return err
	case reply.Outcome == booking.Refused && same(&reply.Refusal, &r.Refusal) && reply.Count == r.Count: // of a bundle, the same request
		return fmt.Errorf("still %+v", reply.Refusal)
	}
	return nil
}

// same reports whether it is the same rule that refuses.
func same(a, b *booking.Refusal) bool {
	return a.Reason == b.Reason && a.Rule == b.Rule && (a.Reason != booking.CapReached || a.Class == b.Class)
}

package bookingtest

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Subject is what Run tests: a *booking.Book, or something that claims to behave like one.
type Subject interface {
	Configure(*booking.Rules)
	Rules() *booking.Rules
	Decide(*booking.Batch, booking.Command) (booking.Reply, error)
	Apply(*booking.Batch) error
	Wake() (sl.Instant, bool)
	Clock() sl.Instant
	Snapshot([]byte) []byte
	Digest() [32]byte
	Check() []booking.Finding
	Appointment(booking.Appointment) (booking.Visit, bool)
	AppointmentsOf([]booking.Appointment, booking.Person) []booking.Appointment
	AppointmentsIn([]booking.Appointment, booking.Session) []booking.Appointment
	Entry(booking.Entry) (booking.EntryView, bool)
	EntriesOf([]booking.Entry, booking.Person) []booking.Entry
	Session(booking.Session) (booking.SessionView, bool)
	Slot(booking.Slot) (booking.SlotView, bool)
	Quotas([]booking.QuotaView, booking.Session, sl.Instant) []booking.QuotaView
	Candidates([]booking.Candidate, *booking.Batch, booking.Request, sl.Instant, int) ([]booking.Candidate, error)
	Displacements([]booking.DisplacementPlan, *booking.Batch, booking.Request, sl.Instant, int) ([]booking.DisplacementPlan, error)
	Alternatives([]booking.Alternative, *booking.Batch, booking.Request, sl.Instant, int) ([]booking.Alternative, error)
	Obstacles([]booking.Obstacle, *booking.Batch, booking.Request, sl.Instant) ([]booking.Obstacle, error)
	RestrictedUntil(booking.Person) sl.Instant
	Restrictions([]booking.Restriction, booking.Person, booking.Account) []booking.Restriction
	GivenBack([]booking.GivenBack, booking.Person) []booking.GivenBack
	Person(booking.Person) (booking.PersonView, bool)
}

var _ Subject = (*booking.Book)(nil)

// Compare reports the first thing in which a Subject and a Model differ, or nil: every appointment, slot, session, quota
// line, list and restriction, the clock and Wake. Cost: a pass over both, recounting.
func Compare(s Subject, m *Model) error {
	same := func(what string, have, want any) error {
		if reflect.DeepEqual(have, want) {
			return nil
		}
		return fmt.Errorf("%s:\n  book  %+v\n  model %+v", what, have, want)
	}
	if err := same("clock", s.Clock(), m.Clock()); err != nil {
		return err
	}
	type found[T any] struct {
		Value T
		OK    bool
	}
	for id := booking.Appointment(1); int(id) <= m.Appointments()+1; id++ {
		var have, want found[booking.Visit]
		have.Value, have.OK = s.Appointment(id)
		want.Value, want.OK = m.Appointment(id)
		if err := same(fmt.Sprintf("appointment %d", id), have, want); err != nil {
			return err
		}
	}
	for id := booking.Entry(1); int(id) <= m.Entries()+1; id++ {
		var have, want found[booking.EntryView]
		have.Value, have.OK = s.Entry(id)
		want.Value, want.OK = m.Entry(id)
		if err := same(fmt.Sprintf("entry %d", id), have, want); err != nil {
			return err
		}
	}
	for id := booking.Session(1); int(id) <= m.Sessions(); id++ {
		if err := compareSession(s, m, id, same); err != nil {
			return err
		}
	}
	for p := range m.names[booking.PersonName] {
		p := booking.Person(p + 1)
		var have, want found[booking.PersonView]
		have.Value, have.OK = s.Person(p)
		want.Value, want.OK = m.Person(p)
		if err := same(fmt.Sprintf("person %d", p), have, want); err != nil {
			return err
		}
		if err := errors.Join(same(fmt.Sprintf("appointments of person %d", p), s.AppointmentsOf(nil, p), m.AppointmentsOf(p)),
			same(fmt.Sprintf("entries of person %d", p), s.EntriesOf(nil, p), m.EntriesOf(p)),
			same(fmt.Sprintf("gates of person %d and account %d", p, p), s.Restrictions(nil, p, booking.Account(p)), m.Restrictions(p, booking.Account(p))),
			same(fmt.Sprintf("what person %d gave back", p), s.GivenBack(nil, p), m.GivenBack(p)),
			same(fmt.Sprintf("restriction of person %d", p), s.RestrictedUntil(p), m.RestrictedUntil(p))); err != nil {
			return err
		}
	}
	var have, want found[sl.Instant]
	have.Value, have.OK = s.Wake()
	want.Value, want.OK = m.Wake()
	return same("wake", have, want)
}

func compareSession(s Subject, m *Model, id booking.Session, same func(string, any, any) error) error {
	have, ok := s.Session(id)
	want, _ := m.Session(id)
	if want.Retired {
		if ok && !have.Retired {
			return fmt.Errorf("session %d: the model has retired it", id)
		}
		return nil
	}
	if err := errors.Join(same(fmt.Sprintf("session %d", id), have, want),
		same(fmt.Sprintf("appointments in session %d", id), s.AppointmentsIn(nil, id), m.AppointmentsIn(id)),
		same(fmt.Sprintf("quotas of session %d", id), s.Quotas(nil, id, s.Clock()), m.Quotas(id, m.Clock()))); err != nil {
		return err
	}
	for n := range want.Slots {
		at := booking.Slot{Session: id, N: uint16(n)}
		have, _ := s.Slot(at)
		want, _ := m.Slot(at)
		if err := same(fmt.Sprintf("slot %v", at), have, want); err != nil {
			return err
		}
	}
	return nil
}

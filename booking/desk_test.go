package booking_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Names that the desk refuses, in every field: an error of misuse, and no trace of the names that were good.
func TestDeskRefusesMalformedAsks(t *testing.T) {
	for want, change := range map[string]func(*booking.Ask){
		"Person: none given":        func(a *booking.Ask) { a.Person = "" },
		"Name: 201 bytes":           func(a *booking.Ask) { a.Person = strings.Repeat("x", 201) },
		"not UTF-8":                 func(a *booking.Ask) { a.Account = "\xff" },
		"channel: none given":       func(a *booking.Ask) { a.Channel = "" },
		"zero class":                func(a *booking.Ask) { a.Classes = []string{""} },
		"more than 8":               func(a *booking.Ask) { a.Classes = []string{"1", "2", "3", "4", "5", "6", "7", "8"} },
		"Session \"none\"":          func(a *booking.Ask) { a.Session = "none" },
		"N -1":                      func(a *booking.Ask) { a.N = -1 },
		"N 65536":                   func(a *booking.Ask) { a.N = 65536 },
		"Count -1":                  func(a *booking.Ask) { a.Count = -1 },
		"Count 65536":               func(a *booking.Ask) { a.Count = 65536 },
		"want at least one":         func(a *booking.Ask) { a.Session = "" },
		"Policy \"none\": not one ": func(a *booking.Ask) { a.Policy = "none" },
		"Until":                     func(a *booking.Ask) { a.Session, a.Resource, a.From, a.Until = "", "Dr Wang", 9, 9 },
	} {
		desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
		before := desk.Pool().Snapshot(nil)
		good := booking.Ask{Person: "Li", Account: "new", Channel: "app", Classes: []string{"new"}, Booker: "Son", Session: "wang/23"}
		ask := good
		change(&ask)
		_, err := desk.Book(on("20 09:01"), ask)
		require.ErrorIs(t, err, booking.ErrCommand, want)
		require.ErrorContains(t, err, want)
		require.Equal(t, before, desk.Pool().Snapshot(nil), want)
		id, err := desk.Book(on("20 09:01"), good)
		require.NoError(t, err)
		v, _ := desk.Pool().Appointment(id)
		require.Equal(t, "Li", desk.Pool().Name(booking.PersonName, uint32(v.Person)))
		require.Equal(t, "Son", desk.Pool().Name(booking.PersonName, uint32(v.Booker)))
		require.Equal(t, "new", desk.Pool().Name(booking.AccountName, uint32(v.Account)))
	}
}

// A refusal leaves no trace either: the names of the one who was refused are not kept.
func TestDeskRefusalLeavesNoTrace(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	_, err := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	before := desk.Pool().Snapshot(nil)
	_, err = desk.Book(on("20 09:00"), booking.Ask{Person: "Zhao", Channel: "kiosk", Session: "wang/23"})
	require.ErrorIs(t, err, booking.ErrRefused)
	var no *booking.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.Full, no.Reason)
	require.False(t, errors.Is(err, booking.ErrCommand))
	require.Equal(t, before, desk.Pool().Snapshot(nil))
	require.Zero(t, desk.Pool().Find(booking.PersonName, "Zhao"))
}

func TestDeskOpenRefusesSlotsOutOfRange(t *testing.T) {
	for _, change := range []func(*slots.Session){
		func(s *slots.Session) { s.Slots[0].Start -= 60 }, func(s *slots.Session) { s.Slots[1].Start += 86400 * 3 },
		func(s *slots.Session) { s.Slots[0].Minutes = -1 }, func(s *slots.Session) { s.Slots[0].Minutes = 65536 + 30 },
		func(s *slots.Session) { s.Slots[0].Capacity = -1 }, func(s *slots.Session) { s.Slots[0].Capacity = 65537 },
		func(s *slots.Session) { s.Line.Kind = 0 }, func(s *slots.Session) { s.Slots = nil }, func(s *slots.Session) { s.ID = "" },
		func(s *slots.Session) { s.Resources = []string{"a", "a"} },
	} {
		desk := deskOn("20 09:00")
		before := desk.Pool().Snapshot(nil)
		s := morning("wang/23", "23", "Dr Wang", 2)
		change(&s)
		_, err := desk.Open(on("20 09:00"), s, booking.Terms{})
		require.ErrorIs(t, err, booking.ErrCommand)
		require.Equal(t, before, desk.Pool().Snapshot(nil))
	}
}

// The host may be late or have a clock that went back: the desk stamps max(now, the Book's clock).
func TestDeskStampsWithTheLaterClock(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	_, err := desk.Book(on("20 08:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	require.Equal(t, on("20 09:00"), desk.Pool().Clock())

	again, err := booking.NewDesk(desk.Pool(), on("01 00:00"), nil) // the rules are adopted already
	require.NoError(t, err)
	require.Equal(t, on("20 09:00"), again.Pool().Clock())
}

func TestDeskRestartsFromASnapshot(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	id, err := desk.Hold(on("20 09:00"), booking.Ask{Ref: "r", Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	book, err := booking.Restore(mustRules(plainRules()), desk.Pool().Snapshot(nil))
	require.NoError(t, err)
	again, err := booking.NewDesk(book, on("20 09:01"), nil)
	require.NoError(t, err)
	same, err := again.Hold(on("20 09:01"), booking.Ask{Ref: "r", Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	require.Equal(t, id, same)
	require.NoError(t, again.Pay(on("20 09:02"), id))

	// Under other rules the desk adopts them, if they are newer.
	r := plainRules()
	r.HoldSeconds = 60
	book, err = booking.Restore(mustRules(r), desk.Pool().Snapshot(nil))
	require.NoError(t, err)
	_, err = booking.NewDesk(book, on("20 09:01"), nil)
	require.ErrorContains(t, err, "Rules.Version 1: the log has adopted version 1")
	r.Version = 2
	book.Configure(mustRules(r))
	_, err = booking.NewDesk(book, on("20 09:01"), nil)
	require.NoError(t, err)
	require.EqualValues(t, 2, book.Rules().Version)
}

// Ref is scoped by Caller and checked against Made.
func TestDeskReferences(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 4))
	ask := booking.Ask{Ref: "7", Caller: 1, Person: "Li", Channel: "app", Resource: "Dr Wang"}
	first, err := desk.Book(on("20 09:00"), ask)
	require.NoError(t, err)
	other := ask
	other.Caller = 2
	second, err := desk.Book(on("20 09:00"), other)
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	var no *booking.Refusal
	_, err = desk.Hold(on("20 09:00"), other) // another wish
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.KeyReused, no.Reason)
	ask.Made = on("20 09:00")
	_, err = desk.Book(on("21 09:00"), booking.Ask{Ref: "8", Caller: 1, Person: "Zhao", Channel: "app", Resource: "Dr Wang"})
	require.NoError(t, err) // makes the table forget
	_, err = desk.Book(on("21 09:00"), ask)
	require.ErrorAs(t, err, &no)
	require.Equal(t, booking.Stale, no.Reason)
}

func TestDeskVerbsOnUnknownThings(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	at := on("20 09:00")
	for _, err := range []error{desk.Pay(at, 9), desk.Confirm(at, 9), desk.Cancel(at, 9, booking.ByPatient), desk.CheckIn(at, 9), desk.Start(at, 9),
		desk.Complete(at, 9), desk.Answer(at, 9, true), desk.Reschedule(at, 9, booking.Ask{Session: "wang/23"})} {
		var no *booking.Refusal
		require.ErrorAs(t, err, &no)
		require.Equal(t, booking.UnknownAppointment, no.Reason)
	}
	for _, err := range []error{desk.CloseSession(at, "none", at+60), desk.Restrict(at, "nobody", at+60), desk.CloseSession(at, "wang/23", at)} {
		require.ErrorIs(t, err, booking.ErrCommand)
	}
	id, err := desk.Book(at, booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	require.ErrorIs(t, desk.Cancel(at, id, 0), booking.ErrCommand)
	require.ErrorIs(t, desk.Reschedule(at, id, booking.Ask{Session: "none"}), booking.ErrCommand)
}

// A command that is none: a pointer, or nothing.
func TestDecideTakesCommandsByValue(t *testing.T) {
	desk := deskOn("20 09:00")
	for _, c := range []booking.Command{nil, &booking.Take{}, (*booking.Advance)(nil)} {
		_, err := desk.Do(c)
		require.ErrorIs(t, err, booking.ErrCommand)
	}
}

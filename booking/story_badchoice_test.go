package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// stubborn is a wrong policy: it chooses the same slot whatever may be had.
type stubborn struct{ slot booking.Slot }

func (stubborn) Name() string { return "stubborn" }

func (p stubborn) Choose(*booking.View) (booking.Slot, bool) { return p.slot, true }

// A wrong policy can be unfair; it cannot overbook, nor book what is not there. The story is told in Go, since stories know
// only the package's own policies.
func TestBadChoice(t *testing.T) {
	monday := slots.MustInstant("2026-11-23T08:00:00+08:00")
	session := func(id string, at slots.Instant) slots.Session {
		return slots.Session{ID: id, Date: slots.DateOf(at, shanghai), Start: at, Minutes: 15, Line: slots.Line{Kind: slots.General},
			Resources: []string{"Li"}, Slots: []slots.Slot{{Start: at, Minutes: 15, Capacity: 1}}}
	}
	for name, c := range map[string]struct {
		chosen booking.Slot
		want   booking.Reason // of the second person's request
	}{
		"its slot is taken":              {booking.Slot{Session: 1}, booking.BadChoice},
		"its slot is not there":          {booking.Slot{Session: 2, N: 7}, booking.BadChoice},
		"its session is not there":       {booking.Slot{Session: 9}, booking.BadChoice},
		"no slot at all":                 {booking.Slot{}, booking.BadChoice},
		"its session is not out yet":     {booking.Slot{Session: 3}, booking.BadChoice},
		"a slot that may well be booked": {booking.Slot{Session: 2}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 30 * 86400,
				LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}, stubborn{c.chosen}}})
			require.NoError(t, err)
			now := monday - 3*86400
			d, err := booking.NewDesk(booking.New(rules), now, nil)
			require.NoError(t, err)
			for i, id := range []string{"first", "second", "secret"} {
				terms := booking.Terms{}
				if id == "secret" {
					terms.Release = monday - 86400
				}
				_, err := d.Open(now, session(id, monday+slots.Instant(i*1800)), terms)
				require.NoError(t, err)
			}
			_, err = d.Book(now, booking.Ask{Person: "A", Channel: "app", Session: "first"})
			require.NoError(t, err)

			before, events := d.Pool().Digest(), d.Pool().Events()
			_, err = d.Book(now, booking.Ask{Person: "B", Channel: "app", Resource: "Li", Policy: "stubborn"})
			if c.want == 0 {
				require.NoError(t, err)
				return
			}
			var no *booking.Refusal
			require.ErrorAs(t, err, &no)
			require.Equal(t, c.want, no.Reason)
			require.Equal(t, before, d.Pool().Digest(), "the book stayed as it was")
			require.Equal(t, events, d.Pool().Events())
		})
	}
}

// A slot that could well be booked is not one that was asked for: another physician's, department's or service's, or outside
// the window. A policy that gives it away is wrong, and nobody has it.
func TestBadChoiceIsWhatWasNotAskedFor(t *testing.T) {
	monday := slots.MustInstant("2026-11-23T08:00:00+08:00")
	now := monday - 3*86400
	for name, c := range map[string]struct {
		ask  booking.Ask
		want booking.Reason
	}{
		"asked for":             {booking.Ask{Resource: "Li", Department: "heart", Service: "visit", From: monday, Until: monday + 1}, 0},
		"another physician's":   {booking.Ask{Resource: "Wu"}, booking.BadChoice},
		"another department's":  {booking.Ask{Department: "lung"}, booking.BadChoice},
		"another service's":     {booking.Ask{Service: "echo"}, booking.BadChoice},
		"of all, one not":       {booking.Ask{Resource: "Li", Department: "heart", Service: "echo"}, booking.BadChoice},
		"too early":             {booking.Ask{Resource: "Li", From: monday + 1}, booking.BadChoice},
		"too late, by a second": {booking.Ask{Resource: "Li", Until: monday}, booking.BadChoice},
	} {
		rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 30 * 86400,
			LateCancel: booking.LateRecorded, Policies: []booking.Policy{stubborn{booking.Slot{Session: 1}}}})
		require.NoError(t, err)
		d, err := booking.NewDesk(booking.New(rules), now, nil)
		require.NoError(t, err)
		for _, x := range []struct{ who, department, service string }{{"Li", "heart", "visit"}, {"Wu", "lung", "echo"}} {
			_, err = d.Open(now, slots.Session{ID: x.who, Date: slots.DateOf(monday, shanghai), Start: monday, Minutes: 15, Resources: []string{x.who},
				Line:  slots.Line{Department: x.department, Service: x.service, Kind: slots.General},
				Slots: []slots.Slot{{Start: monday, Minutes: 15, Capacity: 1}}}, booking.Terms{})
			require.NoError(t, err)
		}
		c.ask.Person, c.ask.Channel = "A", "app"
		_, err = d.Book(now, c.ask)
		if c.want == 0 {
			require.NoError(t, err)
			continue
		}
		var no *booking.Refusal
		require.ErrorAs(t, err, &no, name)
		require.Equal(t, c.want, no.Reason, name)
	}
}

// meddler takes a good candidate and then changes the request that it was shown.
type meddler struct{ change func(*booking.Request) }

func (meddler) Name() string { return "meddler" }

func (p meddler) Choose(v *booking.View) (booking.Slot, bool) {
	if !v.NextSession() {
		return booking.Slot{}, false
	}
	c, ok := v.NextSlot()
	request := v.Request()
	p.change(&request)
	return c.Slot, ok
}

// Nor can a policy change who is booked, or how many units, behind the Book's back.
func TestMeddlingPolicy(t *testing.T) {
	monday := slots.MustInstant("2026-11-23T08:00:00+08:00")
	for name, change := range map[string]func(*booking.Request){
		"more units":     func(q *booking.Request) { q.Count = 2 },
		"another person": func(q *booking.Request) { q.Person = 1 },
		"nobody":         func(q *booking.Request) { q.Person = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 30 * 86400,
				LateCancel: booking.LateRecorded, Policies: []booking.Policy{meddler{change}}})
			require.NoError(t, err)
			now := monday - 3*86400
			d, err := booking.NewDesk(booking.New(rules), now, nil)
			require.NoError(t, err)
			pair := slots.Session{ID: "pair", Date: slots.DateOf(monday, shanghai), Start: monday, Minutes: 30,
				Line: slots.Line{Kind: slots.General}, Resources: []string{"Li"}, Slots: []slots.Slot{
					{Start: monday, Minutes: 15, Capacity: 1}, {Start: monday + 900, Minutes: 15, Capacity: 1}}}
			_, err = d.Open(now, pair, booking.Terms{})
			require.NoError(t, err)
			_, err = d.Book(now, booking.Ask{Person: "A", Channel: "app", Session: "pair", N: 1})
			require.NoError(t, err)

			id, err := d.Book(now, booking.Ask{Person: "B", Channel: "app", Resource: "Li"})
			if err != nil {
				require.ErrorIs(t, err, booking.ErrRefused)
				return
			}
			v, ok := d.Pool().Appointment(id)
			require.True(t, ok)
			require.Equal(t, 1, v.Count)
			require.Equal(t, "B", d.Pool().Name(booking.PersonName, uint32(v.Person)))
			require.Empty(t, d.Pool().Check())
		})
	}
}

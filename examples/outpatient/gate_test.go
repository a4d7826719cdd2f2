package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// What noshow says of a person is what booking is told: a suspension is a gate that bars everything, a restriction of channels one gate a
// channel, each until the midnight at which the measure is over.
func TestStandingBecomesGates(t *testing.T) {
	months := noshow.Term{Count: 3, Unit: noshow.Months}
	policy, err := noshow.NewPolicy(noshow.PolicyConfig{Name: "steps", Rules: []noshow.Rule{
		{ID: "first", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 1, Within: months, Effect: noshow.RestrictChannels, Channels: []string{"app", "phone"},
			Lasts: noshow.Term{Count: 1, Unit: noshow.Months}, Binding: noshow.Automatic, Afterwards: noshow.KeepCounting},
		{ID: "second", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 2, Within: months, Effect: noshow.Suspend,
			Lasts: noshow.Term{Count: 7, Unit: noshow.Days}, Binding: noshow.Automatic, Afterwards: noshow.KeepCounting}}})
	require.NoError(t, err)
	record := noshow.RecordConfig{Person: "Li"}
	for _, day := range []string{"2026-11-02", "2026-11-05"} {
		record.Incidents = append(record.Incidents, noshow.Incident{ID: day, Person: "Li", Kind: noshow.NoShow, Day: slots.MustDate(day)})
	}
	r, err := noshow.NewRecord(record)
	require.NoError(t, err)

	midnight := func(d slots.Date) slots.Instant { return slots.MustInstant(d.String() + "T00:00:00+08:00") }
	now := midnight(slots.MustDate("2026-11-06"))
	rules := booking.DefaultRules()
	rules.Limits, rules.StepSeconds = nil, 60*86400
	checked, err := booking.NewRules(rules)
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(checked), now, nil)
	require.NoError(t, err)
	s := slots.Session{ID: "Wang", Date: slots.MustDate("2026-12-25"), Start: slots.MustInstant("2026-12-25T08:00:00+08:00"), Minutes: 15,
		Line: slots.Line{Department: "Cardiology", Kind: slots.General}, Slots: []slots.Slot{{Start: slots.MustInstant("2026-12-25T08:00:00+08:00"), Minutes: 15, Capacity: 9}}}
	_, err = desk.Open(now, s, booking.Terms{})
	require.NoError(t, err)

	tell := func(on slots.Date) {
		standing := policy.Standing(r, on)
		gate := func(channel string, until slots.Date) {
			if until.IsValid() {
				require.NoError(t, desk.Gate(midnight(on), booking.NamedGate{Person: "Li", Channel: channel}, midnight(until)))
			}
		}
		gate("", standing.SuspendedUntil())
		for _, channel := range []string{"app", "phone"} {
			gate(channel, standing.BarredUntil(channel))
		}
	}
	tell(slots.MustDate("2026-11-06"))
	for _, x := range []struct {
		day, channel string
		booked       bool
	}{
		{"2026-11-06", "window", false}, {"2026-11-11", "window", false}, {"2026-11-12", "window", true}, // a week from the second
		{"2026-11-12", "app", false}, {"2026-12-04", "phone", false}, {"2026-12-05", "app", true}, {"2026-12-05", "phone", true},
	} {
		q := booking.Ask{Person: "Li", Channel: x.channel, Session: "Wang"}
		reasons, err := desk.Reasons(midnight(slots.MustDate(x.day)), q)
		require.NoError(t, err)
		require.Equal(t, x.booked, len(reasons) == 0, "%v: %v", x, reasons)
	}
}

package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
)

// busyLog is a log of some hundred bookings and as many cancellations, half of them under a key.
func busyLog(b *testing.B) (*booking.Rules, *booking.Log) {
	var log booking.Log
	r := booking.DefaultRules()
	r.Limits = nil
	rules, err := booking.NewRules(r)
	require.NoError(b, err)
	desk, err := booking.NewDesk(booking.New(rules), on("16 08:00"), log.Append)
	require.NoError(b, err)
	_, err = desk.Open(on("16 08:00"), morning("Li", "23", "Dr Li", 16), booking.Terms{Quotas: []booking.NamedQuota{{Class: "app", Reserve: 4}, {Class: "window", Reserve: 4}}})
	require.NoError(b, err)
	for i := range 320 {
		a := booking.Ask{Person: "A", Channel: "app", Session: "Li", N: i % 16}
		if i%2 == 0 {
			a.Ref = string(rune('a' + i))
		}
		id, err := desk.Book(on("16 09:00"), a)
		require.NoError(b, err)
		require.NoError(b, desk.Cancel(on("16 09:00"), id, booking.ByPatient))
	}
	return rules, &log
}

// Reading a log: beside what a replay of it costs, what a teller of one appointment adds, and one of all. An op is the whole log.
func BenchmarkRead(b *testing.B) {
	rules, log := busyLog(b)
	run := func(name string, each func() func(*booking.Batch) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				read := each()
				for t, err := range log.All() {
					if err == nil {
						err = read(t)
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(log.Events()), "ns/event")
		})
	}
	run("decode", func() func(*booking.Batch) error { return func(*booking.Batch) error { return nil } })
	run("replay", func() func(*booking.Batch) error { return booking.New(rules).Apply })
	run("teller-one", func() func(*booking.Batch) error { return explain.NewTeller(7).Read })
	run("teller-all", func() func(*booking.Batch) error { return explain.NewTeller().Read })
}

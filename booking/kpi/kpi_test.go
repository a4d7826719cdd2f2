package kpi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

func at(s string) sl.Instant { return sl.MustInstant("2026-11-" + s + ":00+08:00") }

// clinic opens a session of one-person slots of given minutes.
func clinic(t *testing.T, w *world, id, start string, terms booking.Terms, minutes ...int) {
	s := sl.Session{ID: id, Start: at(start), Date: sl.DateOf(at(start), shanghai), Line: sl.Line{Department: "Eyes", Kind: sl.General}}
	offset := 0
	for _, m := range minutes {
		s.Slots = append(s.Slots, sl.Slot{Start: s.Start.AddMinutes(offset), Minutes: m, Capacity: 1})
		offset += m
	}
	_, err := w.desk.Open(w.desk.Pool().Clock(), s, terms)
	require.NoError(t, err)
}

func (w *world) take(t *testing.T, now, person, session string, n int) booking.Appointment {
	id, err := w.desk.Book(at(now), booking.Ask{Person: person, Channel: "app", Session: session, N: n})
	require.NoError(t, err)
	return id
}

func (w *world) whole(t *testing.T) kpi.Line {
	lines, err := w.sheet.Report(kpi.Selection{}, kpi.Whole)
	require.NoError(t, err)
	require.Len(t, lines, 1)
	return lines[0]
}

func TestRatio(t *testing.T) {
	for want, r := range map[string]kpi.Ratio{"-": {}, "0.0%": {Whole: 3}, "33.3%": {Part: 1, Whole: 3}, "66.7%": {Part: 2, Whole: 3},
		"100.0%": {Part: 3, Whole: 3}, "12.5%": {Part: 1, Whole: 8}, "0.1%": {Part: 1, Whole: 2000}} {
		require.Equal(t, want, r.String())
	}
	require.False(t, kpi.Ratio{}.IsValid())
	require.Zero(t, kpi.Ratio{Part: 3}.Permille())
	require.Zero(t, kpi.Ratio{Part: 3}.Float64())
	require.InDelta(t, 0.75, kpi.Ratio{Part: 3, Whole: 4}.Float64(), 0)
	require.Equal(t, kpi.Ratio{Part: 7, Whole: 2}, kpi.Distribution{Count: 2, Sum: 7}.Mean())
}

// TestLongAndShortSlots: fill is in minutes, coverage in slots; an overbooked unit makes no minutes.
func TestLongAndShortSlots(t *testing.T) {
	w := newWorld(t)
	clinic(t, w, "S", "23T08:00", booking.Terms{AddOns: 1}, 60, 20, 20)
	w.take(t, "02T08:00", "A", "S", 0)
	_, err := w.desk.Do(booking.Grant{Meta: booking.Meta{At: at("02T09:00")}, Slot: booking.Slot{Session: 1}, Units: 1})
	require.NoError(t, err)
	w.take(t, "02T10:00", "B", "S", 0)
	_, err = w.desk.AddOn(at("02T11:00"), booking.Ask{Person: "C", Channel: "window", Session: "S", N: 2})
	require.NoError(t, err)
	l := w.whole(t)
	require.Equal(t, kpi.Supply{Sessions: 1, Slots: 3, CoveredSlots: 1, Units: 3, BookableMinutes: 100, BookedMinutes: 60,
		GrantedUnits: 1, OverbookedUnits: 1}, l.Supply)
	require.Equal(t, "60.0%", l.Supply.FillRate().String())
	require.Equal(t, "33.3%", l.Supply.Coverage().String())
	require.Equal(t, int64(1), l.Visits.AddOns)
	require.Equal(t, int64(3), l.Visits.Bookings)
}

// TestClosedHalfway: what had begun when the session closed stays supply, to the second.
func TestClosedHalfway(t *testing.T) {
	for closing, want := range map[string]int64{"23T08:29": 30, "23T08:30": 30, "23T08:31": 60, "23T08:00": 0} {
		w := newWorld(t)
		clinic(t, w, "S", "23T08:00", booking.Terms{}, 30, 30, 30)
		id := w.take(t, "02T08:00", "A", "S", 0)
		require.NoError(t, w.desk.CheckIn(at("23T07:50"), id))
		require.NoError(t, w.desk.Start(at("23T07:55"), id))
		require.NoError(t, w.desk.CloseSession(at(closing), "S", at("24T08:00")))
		s := w.whole(t).Supply
		require.Equal(t, want, s.BookableMinutes, closing)
		require.Equal(t, min(want, 30), s.BookedMinutes, closing)
		require.Equal(t, int64(1), s.ClosedSessions)
	}
}

// TestDirectWait: from the later of appointment time and arrival; below 0 for who is seen before the time.
func TestDirectWait(t *testing.T) {
	for _, c := range []struct {
		arrived, started string
		want             int64
	}{{"23T07:30", "23T08:10", 600}, {"23T08:20", "23T08:25", 300}, {"23T07:30", "23T07:50", -600}, {"23T07:30", "23T08:00", 0}} {
		w := newWorld(t)
		clinic(t, w, "S", "23T08:00", booking.Terms{}, 30)
		id := w.take(t, "02T08:00", "A", "S", 0)
		require.NoError(t, w.desk.CheckIn(at(c.arrived), id))
		require.NoError(t, w.desk.Start(at(c.started), id))
		require.Equal(t, kpi.Distribution{Count: 1, Sum: c.want, Min: c.want, Max: c.want, Median: c.want, P90: c.want}, w.whole(t).DirectSeconds)
	}
}

// TestDaysAreTheHospitals: one minute apart, another day; and the same instants are other days in another zone.
func TestDaysAreTheHospitals(t *testing.T) {
	for _, c := range []struct {
		zone *time.Location
		now  string
		want int64
	}{{shanghai, "22T23:59", 1}, {shanghai, "23T00:00", 0}, {time.UTC, "23T07:59", 1}, {time.UTC, "23T08:00", 0}} {
		sheet, err := kpi.New(c.zone)
		require.NoError(t, err)
		desk, err := booking.NewDesk(booking.New(bookRules(t)), at("01T08:00"), sheet.Apply)
		require.NoError(t, err)
		w := &world{desk: desk, sheet: sheet}
		clinic(t, w, "S", "23T10:00", booking.Terms{}, 30, 30, 30, 30)
		next, err := sheet.ThirdNext(kpi.Selection{}, at(c.now))
		require.NoError(t, err)
		require.Equal(t, kpi.ThirdNext{Found: true, Days: int(c.want), Start: at("23T11:00"), Session: "S", N: 2}, next)
		w.take(t, c.now, "A", "S", 0)
		require.Equal(t, c.want, w.whole(t).IndirectDays.Sum, "%v %s", c.zone, c.now)
	}
}

// TestPastMidnight: a number after midnight belongs to its session's evening, and its wait is not below 0.
func TestPastMidnight(t *testing.T) {
	w := newWorld(t)
	clinic(t, w, "S", "23T23:30", booking.Terms{}, 30, 30, 30, 30)
	next, err := w.sheet.ThirdNext(kpi.Selection{}, at("24T00:10"))
	require.NoError(t, err)
	require.False(t, next.Found, "two are left")
	next, err = w.sheet.ThirdNext(kpi.Selection{}, at("23T23:45"))
	require.NoError(t, err)
	require.Equal(t, kpi.ThirdNext{Found: true, Start: at("24T01:00"), Session: "S", N: 3}, next)
	w.take(t, "24T00:10", "A", "S", 2)
	require.Equal(t, kpi.Distribution{Count: 1}, w.whole(t).IndirectDays)
}

// TestQuantiles: of 1..n, the median is the half rounded up, the ninetieth percentile nine tenths rounded up.
func TestQuantiles(t *testing.T) {
	w := newWorld(t)
	minutes := make([]int, 11)
	for i := range minutes {
		minutes[i] = 10
	}
	clinic(t, w, "S", "23T08:00", booking.Terms{}, minutes...)
	var ids []booking.Appointment
	for n := range minutes {
		ids = append(ids, w.take(t, "02T08:00", fmt.Sprint(n), "S", n))
		require.NoError(t, w.desk.CheckIn(at("02T08:00"), ids[n]))
	}
	for i, want := range [][2]int64{{1, 1}, {1, 2}, {2, 3}, {2, 4}, {3, 5}, {3, 6}, {4, 7}, {4, 8}, {5, 9}, {5, 9}, {6, 10}} {
		n := i + 1 // called n seconds after the time
		require.NoError(t, w.desk.Start(at("23T08:00").AddMinutes(10*i)+sl.Instant(n), ids[i]))
		d := w.whole(t).DirectSeconds
		require.Equal(t, want, [2]int64{d.Median, d.P90}, n)
		require.Equal(t, int64(n*(n+1)/2), d.Sum)
	}
}

// TestSelectionProblems: unknown names and an empty range are errors, all at once; never a zero.
func TestSelectionProblems(t *testing.T) {
	w := newWorld(t)
	clinic(t, w, "S", "23T08:00", booking.Terms{}, 30)
	_, err := w.sheet.Report(kpi.Selection{Department: "Ears", Service: "x", Resource: "y", Channel: "z",
		From: sl.MustDate("2026-11-02"), Until: sl.MustDate("2026-11-02")}, kpi.Whole)
	for _, want := range []string{`Department "Ears"`, `Service "x"`, `Resource "y"`, `Channel "z"`, "Until 2026-11-02"} {
		require.ErrorContains(t, err, want)
	}
	_, err = w.sheet.Report(kpi.Selection{}, 0)
	require.ErrorContains(t, err, "Grouping(0)")
	w.take(t, "02T08:00", "A", "S", 0)
	_, err = w.sheet.ThirdNext(kpi.Selection{Channel: "app"}, at("01T08:00"))
	require.ErrorContains(t, err, `Channel "app"`)
	require.ErrorIs(t, err, kpi.ErrAsOf)
	_, err = kpi.New(nil)
	require.ErrorContains(t, err, "zone")
	for by := kpi.Whole; by.IsValid(); by++ {
		require.NotContains(t, by.String(), "(")
	}
}

// TestBadLogs: what does not follow from the log so far is ErrLog, and says which event.
func TestBadLogs(t *testing.T) {
	good := func() (*kpi.Projection, uint64) {
		w := newWorld(t)
		clinic(t, w, "S", "23T08:00", booking.Terms{Quotas: []booking.NamedQuota{{Class: "old", Reserve: 1}}}, 30, 30)
		w.take(t, "02T08:00", "A", "S", 0)
		return w.sheet, w.sheet.Events()
	}
	booked := `"kind":"AppointmentBooked","appointment":2,"person":1,"account":0,"booker":0,"bear":[1],"session":1,"slot":0,"count":1,"class":1,"flags":0`
	for want, event := range map[string]string{
		"session 7: not opened":        `"kind":"Released","due":"","session":7`,
		"slot 9 of 2":                  `"kind":"Granted","session":1,"slot":9,"count":0,"number":1`,
		"no line for it":               `"kind":"ReserveOpened","due":"","session":1,"class":2`,
		"appointment 9: unknown":       `"kind":"AppointmentPaid","appointment":9`,
		"appointment 9 after 1":        strings.Replace(booked, `"appointment":2`, `"appointment":9`, 1),
		"slots 2 and 0 more of 2":      strings.Replace(booked, `"slot":0`, `"slot":2`, 1),
		"channel 5: not introduced":    strings.Replace(booked, `[1]`, `[5]`, 1),
		"booked cannot become State(0": `"kind":"AppointmentPaid","appointment":1`,
		"cannot become fulfilled":      `"kind":"AppointmentFulfilled","appointment":1`,
		"department 5 after 1":         `"kind":"Introduced","names":"department","number":5,"name":"x"`,
	} {
		p, n := good()
		err := applyJSON(t, p, n, `"at":"2026-11-02T01:00:00Z","rules":1,`+event)
		require.ErrorIs(t, err, kpi.ErrLog)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, fmt.Sprintf("event %d", n))
	}
	p, n := good()
	require.ErrorContains(t, applyJSON(t, p, n, `"at":"2026-11-01T00:00:00Z","rules":1,"kind":"AppointmentConfirmed","appointment":1`), "before")
	p, n = good()
	require.ErrorContains(t, applyJSON(t, p, n+1, `"at":"2026-11-02T01:00:00Z","rules":1,"kind":"AppointmentConfirmed","appointment":1`), "it follows event")
	require.NoError(t, p.Apply(new(booking.Batch)))
	require.Equal(t, n, p.Events())
}

func applyJSON(t *testing.T, p *kpi.Projection, base uint64, event string) error {
	var b booking.Batch
	text := fmt.Sprintf(`{"version":4,"base":%d,"keyed":0,"events":[{%s}]}`, base, event)
	require.NoError(t, b.UnmarshalJSON([]byte(text)), text)
	return p.Apply(&b)
}

// FuzzApply: no log makes it panic, and what a Book accepts it accepts.
func FuzzApply(f *testing.F) {
	rules := bookRules(f)
	var log booking.Log
	desk, err := booking.NewDesk(booking.New(rules), at("01T08:00"), log.Append)
	require.NoError(f, err)
	start := at("23T08:00")
	_, err = desk.Open(at("01T08:00"), sl.Session{ID: "S", Date: sl.MustDate("2026-11-23"), Start: start, Resources: []string{"D1"},
		Line: sl.Line{Department: "Eyes", Kind: sl.General}, Slots: []sl.Slot{{Start: start, Minutes: 30, Capacity: 2}}}, booking.Terms{
		Quotas: []booking.NamedQuota{{Class: "old", Reserve: 1, OpenAt: at("03T08:00")}}})
	require.NoError(f, err)
	_, err = desk.Hold(at("02T08:00"), booking.Ask{Person: "A", Channel: "app", Session: "S"})
	require.NoError(f, err)
	id, err := desk.Book(at("04T08:00"), booking.Ask{Person: "B", Channel: "app", Session: "S"})
	require.NoError(f, err)
	require.NoError(f, desk.CheckIn(at("23T07:00"), id))
	require.NoError(f, desk.CloseSession(at("23T08:00"), "S", at("23T18:00")))
	f.Add(log.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := booking.LogOf(data)
		if err != nil {
			return
		}
		_, wrong := booking.Replay(rules, log)
		p, err := kpi.New(shanghai)
		require.NoError(t, err)
		for b, err := range log.All() {
			require.NoError(t, err)
			if err := p.Apply(b); err != nil {
				require.ErrorIs(t, err, kpi.ErrLog)
				require.Error(t, wrong, "the book accepts what the projection refuses: %v", err)
				return
			}
		}
		for by := kpi.Whole; by.IsValid(); by++ {
			lines, err := p.Report(kpi.Selection{}, by)
			require.NoError(t, err)
			for _, l := range lines {
				nobodyIsLost(t, l)
			}
		}
		_, err = p.ThirdNext(kpi.Selection{}, p.Clock())
		require.NoError(t, err)
	})
}

package kpi_test

import (
	"fmt"
	"slices"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// in reports whether a session is selected, and whether it counts in the line of g.
func (d *driver) in(of kpi.Selection, by kpi.Grouping, g kpi.Group, session int, channel string) bool {
	s := d.sessions[session-1]
	if of.From.IsValid() && s.Date.Compare(of.From) < 0 || of.Until.IsValid() && s.Date.Compare(of.Until) >= 0 ||
		of.Department != "" && of.Department != s.Line.Department || of.Service != "" && of.Service != s.Line.Service ||
		of.Resource != "" && !slices.Contains(s.Resources, of.Resource) || of.Channel != "" && of.Channel != channel {
		return false
	}
	switch by {
	case kpi.ByDay:
		return g.Date == s.Date
	case kpi.ByDepartment:
		return g.Name == s.Line.Department
	case kpi.ByService:
		return g.Name == s.Line.Service
	case kpi.ByChannel:
		return g.Name == channel
	case kpi.ByResource:
		return slices.Contains(s.Resources, g.Name) || g.Name == "" && len(s.Resources) == 0
	}
	return true
}

func (d *driver) channel(f *fact2) string {
	return d.desk.Pool().Name(booking.ClassName, uint32(f.seen.Bear.Channel()))
}

// line recounts one line from the facts.
func (d *driver) line(of kpi.Selection, by kpi.Grouping, g kpi.Group) kpi.Line {
	l := kpi.Line{Group: g}
	var days, seconds []int
	for _, f := range d.visits {
		mine := d.in(of, by, g, int(f.home.Session), d.channel(f))
		bookings := f.booked && f.seen.State != booking.EnteredInError
		if bookings && d.in(of, kpi.Whole, kpi.Group{}, int(f.home.Session), d.channel(f)) {
			l.Share.Whole++
		}
		if !mine {
			continue
		}
		v := &l.Visits
		v.Made++
		v.Reschedules += f.reschedules
		v.LateReschedules += f.lateReschedules
		v.Transfers += f.transfers
		*map[booking.State]*int64{booking.Held: &v.Held, booking.Booked: &v.Booked, booking.Confirmed: &v.Confirmed, booking.CheckedIn: &v.CheckedIn,
			booking.InConsultation: &v.InConsultation, booking.Fulfilled: &v.Fulfilled, booking.NoShow: &v.NoShow, booking.Displaced: &v.Displaced,
			booking.Lapsed: &v.HoldsLapsed, booking.EnteredInError: &v.Voided,
			booking.Cancelled: map[bool]*int64{true: &v.CancelledByHospital, false: &v.CancelledByPatient}[f.hospital]}[f.seen.State]++
		if f.seen.State == booking.EnteredInError {
			continue
		}
		if bookings {
			v.Bookings++
			l.Share.Part++
		}
		if f.seen.AddOn {
			v.AddOns++
		}
		if f.arrived != 0 && !f.seen.IsReturn {
			v.Arrived++
		}
		if f.seen.IsReturn {
			v.Returns++
		}
		if f.late {
			v.LateCancellations++
		}
		s := d.sessions[f.home.Session-1]
		switch f.seen.State {
		case booking.Booked, booking.Confirmed, booking.CheckedIn, booking.InConsultation, booking.Fulfilled, booking.NoShow:
			n := 0
			if f.seen.IsReturn {
				break // there was no number to wait for
			}
			for day := sl.DateOf(f.requested, shanghai); day.Before(s.Date); day = day.AddDays(1) {
				n++
			}
			days = append(days, n)
		}
		if f.started != 0 {
			due := max(f.arrived, s.Slots[f.home.N].Start)
			seconds = append(seconds, int(f.started-due))
		}
	}
	l.IndirectDays, l.DirectSeconds = spread(days), spread(seconds)
	for _, m := range d.moves {
		if !d.in(of, by, g, m.from, d.channel(d.visits[m.visit])) {
			continue
		}
		c := &l.Closures
		if m.how == "hold" {
			c.HoldsCancelled++
			continue
		}
		c.Displaced++
		if m.unplaced {
			c.Unplaced++
		}
		*map[string]*int64{"accepted": &c.Accepted, "declined": &c.Declined, "lapsed": &c.Lapsed, "moved": &c.Moved, "pending": &c.Pending,
			"rescheduled": &c.Rescheduled, "cancelled": &c.Cancelled, "voided": &c.Voided, "again": &c.Again}[m.how]++
	}
	if by != kpi.ByChannel && of.Channel == "" {
		d.supply(&l, of, by, g)
	}
	return l
}

// supply recounts supply and overtime from the sessions as they were opened, and the Book's slots.
func (d *driver) supply(l *kpi.Line, of kpi.Selection, by kpi.Grouping, g kpi.Group) {
	for i, s := range d.sessions {
		if !d.in(of, by, g, i+1, "") {
			continue
		}
		view, _ := d.desk.Pool().Session(booking.Session(i + 1))
		if view.Closed {
			l.Supply.ClosedSessions++
		}
		if view.Released {
			l.Supply.Sessions++
		}
		last := sl.Instant(0)
		for _, f := range d.visits {
			if f.seen.State == booking.Fulfilled && int(f.home.Session) == i+1 && f.done > last {
				last = f.done
			}
		}
		if last != 0 {
			x := s.Slots[len(s.Slots)-1]
			o := min(int64(last-x.Start)-int64(60*x.Minutes), int64(last-s.Start)-int64(60*s.Minutes))
			l.Overtime.Sessions++
			if o > 0 {
				l.Overtime.Over++
				l.Overtime.TotalSeconds += o
				l.Overtime.MaxSeconds = max(l.Overtime.MaxSeconds, o)
			}
		}
		for n, x := range s.Slots {
			u, _ := d.desk.Pool().Slot(booking.Slot{Session: booking.Session(i + 1), N: uint16(n)})
			if !view.Released || view.Closed && x.Start >= s.closedAt {
				continue
			}
			l.Supply.GrantedUnits += int64(u.Granted)
			for k := range u.Taken {
				if k >= x.Capacity {
					l.Supply.OverbookedUnits++
				} else {
					l.Supply.BookedMinutes += int64(x.Minutes)
				}
			}
			for range x.Capacity {
				l.Supply.Units++
				l.Supply.BookableMinutes += int64(x.Minutes)
			}
			if x.Capacity > 0 {
				l.Supply.Slots++
				if u.Taken > 0 {
					l.Supply.CoveredSlots++
				}
			}
		}
	}
}

// spread is a Distribution by its words: the least value that at least a half (nine tenths) do not exceed.
func spread(values []int) (s kpi.Distribution) {
	if len(values) == 0 {
		return s
	}
	sort.Ints(values)
	s.Count, s.Min, s.Max = int64(len(values)), int64(values[0]), int64(values[len(values)-1])
	least := func(tenths int) int64 {
		for _, v := range values {
			n := 0
			for _, w := range values {
				if w <= v {
					n++
				}
			}
			if 10*n >= tenths*len(values) {
				return int64(v)
			}
		}
		return -1
	}
	s.Median, s.P90 = least(5), least(9)
	for _, v := range values {
		s.Sum += int64(v)
	}
	return s
}

func (d *driver) anySelection() kpi.Selection {
	var of kpi.Selection
	name := func(k booking.NameKind, names ...string) string {
		n := rapid.SampledFrom(append(names, "", "", "", "")).Draw(d.T, "name")
		if d.desk.Pool().Find(k, n) == 0 {
			return ""
		}
		return n
	}
	of.Department = name(booking.DepartmentName, "Cardiology", "Neurology")
	of.Service = name(booking.ServiceName, "scan")
	of.Resource = name(booking.ResourceName, "D1", "R1")
	of.Channel = name(booking.ClassName, "app", "window")
	if d.draw("from", 0, 2) == 0 {
		of.From = sl.MustDate("2026-11-09").AddDays(d.draw("day", 0, 2))
	}
	if d.draw("until", 0, 2) == 0 {
		of.Until = sl.MustDate("2026-11-12").AddDays(d.draw("day", 0, 2))
	}
	return of
}

// TestAgainstRecount: after a random history, every figure of every line is what a recount gives that saw the Book and no
// event; and the lines are exactly those in which something counts.
func TestAgainstRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDriver(t)
		d.play(200)
		for by := kpi.Whole; by.IsValid(); by++ {
			of := d.anySelection()
			lines, err := d.sheet.Report(of, by)
			require.NoError(t, err)
			want := []kpi.Line{}
			for _, g := range everyGroup(by) {
				l := d.line(of, by, g)
				something := l
				something.Share = kpi.Ratio{}
				if by == kpi.Whole || something != (kpi.Line{Group: g}) {
					want = append(want, l)
				}
			}
			require.Equal(t, want, lines, "%v %+v", by, of)
			for _, l := range lines {
				nobodyIsLost(t, l)
			}
		}
	})
}

func everyGroup(by kpi.Grouping) []kpi.Group {
	var groups []kpi.Group
	names := map[kpi.Grouping][]string{kpi.Whole: {""}, kpi.ByDepartment: {"Cardiology", "Eyes", "Neurology"}, kpi.ByService: {"scan", "visit"},
		kpi.ByResource: {"", "D1", "D2", "R1"}, kpi.ByChannel: {"app", "kiosk", "window"}}[by]
	for _, n := range names {
		groups = append(groups, kpi.Group{Name: n})
	}
	for day := 9; by == kpi.ByDay && day < 16; day++ {
		groups = append(groups, kpi.Group{Date: sl.MustDate(fmt.Sprintf("2026-11-%02d", day))})
	}
	return groups
}

func nobodyIsLost(t require.TestingT, l kpi.Line) {
	v, c := l.Visits, l.Closures
	require.Equal(t, v.Made, v.Held+v.Booked+v.Confirmed+v.CheckedIn+v.InConsultation+v.Fulfilled+v.NoShow+v.Displaced+
		v.CancelledByPatient+v.CancelledByHospital+v.HoldsLapsed+v.Voided)
	require.Equal(t, c.Displaced, c.Accepted+c.Declined+c.Lapsed+c.Moved+c.Rescheduled+c.Cancelled+c.Voided+c.Again+c.Pending)
	require.LessOrEqual(t, l.Supply.BookedMinutes, l.Supply.BookableMinutes)
}

// TestThirdNextAgainstStrangers: three strangers walk up to a copy of the Book, one after another, and each asks for slot
// after slot in order of time until one is given. The third one's is the third next available.
func TestThirdNextAgainstStrangers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDriver(t)
		d.play(60)
		now := d.now + sl.Instant(d.draw("later", 0, 20000))
		require.NoError(t, d.desk.Advance(now))
		of := d.anySelection()
		of.Channel = ""
		got, err := d.sheet.ThirdNext(of, now)
		require.NoError(t, err)
		require.Equal(t, d.strangers(of, now), got)
	})
}

func (d *driver) strangers(of kpi.Selection, now sl.Instant) kpi.ThirdNext {
	book, err := booking.Replay(d.rules, &d.log)
	require.NoError(d, err)
	desk, err := booking.NewDesk(book, now, nil)
	require.NoError(d, err)
	type place struct {
		start      sl.Instant
		session, n int
	}
	var places []place
	for i, s := range d.sessions {
		for n, x := range s.Slots {
			if d.in(of, kpi.Whole, kpi.Group{}, i+1, "") {
				places = append(places, place{x.Start, i, n})
			}
		}
	}
	sort.SliceStable(places, func(i, j int) bool { return places[i].start < places[j].start })
	taken := 0
	for _, p := range places {
		for {
			s := d.sessions[p.session]
			if s.Counted && p.start <= now {
				break // it can be had still, but is not after now
			}
			_, err := desk.Book(now, booking.Ask{Person: fmt.Sprint("stranger ", taken), Channel: "street", Session: s.ID, N: p.n})
			if err != nil {
				require.ErrorIs(d, err, booking.ErrRefused)
				break
			}
			if taken++; taken == 3 {
				days := max(0, s.Date.Sub(sl.DateOf(now, shanghai)))
				return kpi.ThirdNext{Found: true, Days: days, Start: p.start, Session: s.ID, N: p.n}
			}
		}
	}
	return kpi.ThirdNext{}
}

// TestFromTheLog: replayed from the log's bytes, the projection is the one that was kept live.
func TestFromTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDriver(t)
		d.play(60)
		again, err := kpi.New(shanghai)
		require.NoError(t, err)
		for b, err := range d.log.All() {
			require.NoError(t, err)
			require.NoError(t, again.Apply(b))
		}
		require.Equal(t, d.sheet, again)
		require.Equal(t, d.desk.Pool().Clock(), again.Clock())
		require.Equal(t, d.log.Events(), again.Events())
	})
}

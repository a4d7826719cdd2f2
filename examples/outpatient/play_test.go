package main

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// shippedWeeks plays the shipped data set once for all tests, which only read it.
var shippedWeeks = sync.OnceValues(func() (*weeks, error) {
	h, err := loadData(shipped())
	if err != nil {
		return nil, err
	}
	return playWeeks(h, func(int64, int64) {})
})

func playedWeeks(t *testing.T) *weeks {
	t.Helper()
	ws, err := shippedWeeks()
	require.NoError(t, err)
	return ws
}

func (ws *weeks) all() []*world { return []*world{ws.before, ws.levelled, ws.after} }

func TestPlayedTwiceTheSame(t *testing.T) {
	ws := playedWeeks(t)
	h, err := loadData(shipped())
	require.NoError(t, err)
	again, err := playWeeks(h, func(int64, int64) {})
	require.NoError(t, err)
	for i, w := range ws.all() {
		require.Equal(t, w.log.Digest(), again.all()[i].log.Digest())
	}
	require.NotEqual(t, ws.before.log.Digest(), ws.levelled.log.Digest())
	require.NotEqual(t, ws.levelled.log.Digest(), ws.after.log.Digest())
	require.Equal(t, ws.proof, again.proof)
}

// TestOneThingDiffers: before and after have the same requests and the same supply; only the policy is another.
func TestOneThingDiffers(t *testing.T) {
	ws := playedWeeks(t)
	b, a := ws.before, ws.levelled
	require.Same(t, b.p, a.p)
	require.Equal(t, "earliest", b.mechanism.Policy.Name())
	require.Equal(t, "level-load", a.mechanism.Policy.Name())
	require.False(t, b.mechanism.Elastic || a.mechanism.Elastic)
	require.Len(t, a.held, len(b.held))
	for i := range b.held {
		require.Equal(t, b.held[i].Session, a.held[i].Session)
	}
	before, err := b.indicators()
	require.NoError(t, err)
	after, err := a.indicators()
	require.NoError(t, err)
	require.Equal(t, before.StaffMinutes, after.StaffMinutes)
	require.Equal(t, before.Requests, after.Requests)
}

// TestLevellingLowersThePeak: that is what it is for, and the chart is to show it.
func TestLevellingLowersThePeak(t *testing.T) {
	ws := playedWeeks(t)
	before, after := peaks(&Report{Load: loadPeriods(ws.before, ws.levelled)})
	require.Less(t, after*10, before*9, "by more than a tenth")
}

func TestBooksAreWhole(t *testing.T) {
	ws := playedWeeks(t)
	for _, w := range ws.all() {
		p, err := prove(w)
		require.NoError(t, err)
		require.True(t, p.Replayed)
		require.Zero(t, p.Broken)
		require.Zero(t, p.Over, "nothing was cut, merged or changed afterwards")
		require.Regexp(t, "^[0-9a-f]{64}$", p.Digest)
		require.Equal(t, w.log.Events(), w.kpi.Events(), "the indicators have seen all of the log")
		for id := range w.visits {
			now, ok := w.desk.Pool().Appointment(booking.Appointment(id + 1))
			require.True(t, ok)
			require.True(t, now.State.IsTerminal(), "appointment %d is %v: the weeks are played to their end", id+1, now.State)
		}
	}
}

// TestNothingIsSoldBeforeItsRelease reads the log alone: no number is given before its session's own release, which is
// at 20:00 fifteen days ahead.
func TestNothingIsSoldBeforeItsRelease(t *testing.T) {
	w := playedWeeks(t).after
	first := map[booking.Session]slots.Instant{}
	atRelease := 0
	for batch, err := range w.log.All() {
		require.NoError(t, err)
		for i := range batch.Events() {
			e := &batch.Events()[i]
			if k := e.Kind(); k != booking.AppointmentHeld && k != booking.AppointmentBooked {
				continue
			}
			if _, ok := first[e.Session()]; !ok {
				first[e.Session()] = e.At()
			}
		}
	}
	for id, at := range first {
		s := w.session(id)
		if s.added {
			continue
		}
		release := s.Date.AddDays(-15)
		local := at.In(w.p.h.Zone)
		day := slots.DateOf(at, w.p.h.Zone)
		require.False(t, day.Before(release) || day == release && local.Hour() < 20, "%s sold at %v", s.ID, local)
		if day == release && local.Hour() == 20 && local.Minute() == 0 && s.Line.Service == visitService {
			atRelease++
		}
	}
	require.Greater(t, atRelease, 100, "the rush meets most clinics in their first minute")
}

// TestOnePoolForSixChannels: some clinic sold numbers through all six channels.
func TestOnePoolForSixChannels(t *testing.T) {
	w := playedWeeks(t).after
	seen := map[booking.Session]map[Channel]bool{}
	for id := range w.visits {
		now, _ := w.desk.Pool().Appointment(booking.Appointment(id + 1))
		if w.visits[id].exam != "" || !now.Slot.IsValid() {
			continue
		}
		if seen[now.Slot.Session] == nil {
			seen[now.Slot.Session] = map[Channel]bool{}
		}
		seen[now.Slot.Session][w.p.demand.Requests[w.visits[id].request].Channel] = true
	}
	most := 0
	for _, c := range seen {
		most = max(most, len(c))
	}
	require.Equal(t, len(channels), most)
}

// TestIllnessIsHeldAgainstNobody, and the count that says so can say otherwise.
func TestIllnessIsHeldAgainstNobody(t *testing.T) {
	h, err := loadData(shipped())
	require.NoError(t, err)
	h.Played, h.Weeks = []string{"01", "02"}, 2
	p, err := newPlan(h)
	require.NoError(t, err)
	w, err := play(p, mechanism{Policy: booking.Earliest{}}, func(int64, int64) {})
	require.NoError(t, err)
	require.Zero(t, w.penalised())
	declined := 0
	for id := range w.visits {
		now, _ := w.desk.Pool().Appointment(booking.Appointment(id + 1))
		if !now.From.IsValid() {
			continue
		}
		require.Equal(t, p.ill.Day, w.session(now.From.Session).Date)
		require.Equal(t, p.ill.Physician, w.session(now.From.Session).Resources[0])
		if now.State == booking.Cancelled {
			w.happened(now.Appointment, noshow.NoShow, p.ill.Day)
			declined++
		}
	}
	require.Positive(t, declined)
	require.Equal(t, int64(declined), w.penalised())
}

// TestConsequencesReachTheDesk: whoever missed too often is refused for that, and an emergency never is.
func TestConsequencesReachTheDesk(t *testing.T) {
	w := playedWeeks(t).after
	restricted := 0
	for i, o := range w.outcomes {
		if o.state != refused || o.reason != booking.Restricted {
			continue
		}
		restricted++
		r := &w.p.demand.Requests[i]
		require.False(t, r.Emergency)
		missed := 0
		for _, x := range w.incidents[r.Patient] {
			if x.Day.Before(slots.DateOf(r.At, w.p.h.Zone).AddDays(1)) {
				missed++
			}
		}
		require.GreaterOrEqual(t, missed, 3)
	}
	require.Positive(t, restricted)
	require.GreaterOrEqual(t, w.counts.Suspended, int64(1))
}

// TestElasticSupplyIsSold: what was added is in the pool, is sold, and asks nobody to be in two places.
func TestElasticSupplyIsSold(t *testing.T) {
	ws := playedWeeks(t)
	w := ws.after
	require.NotEmpty(t, w.elastic.Sessions)
	require.NotEmpty(t, w.elastic.Windows)
	sold := int64(0)
	for _, s := range w.elastic.Sessions {
		n := w.sold(s.Session)
		require.LessOrEqual(t, n, int64(s.Units))
		sold += n
		added := w.session(s.Session)
		require.True(t, added.added)
		for _, id := range w.byDay[added.Date] {
			other := w.session(id)
			if id != s.Session && other.Resources[0] == added.Resources[0] {
				require.False(t, other.Span().Overlaps(added.Span()), "%s and %s", added.ID, other.ID)
			}
		}
	}
	require.Positive(t, sold)
	require.Len(t, w.held, len(ws.levelled.held)+len(w.elastic.Sessions))
	levelled, err := ws.levelled.indicators()
	require.NoError(t, err)
	after, err := w.indicators()
	require.NoError(t, err)
	require.Greater(t, after.Booked, levelled.Booked)
	require.Greater(t, after.StaffMinutes, levelled.StaffMinutes, "it is paid for, and said")
}

// TestExamsKeepTheirRules: a fasting examination starts early enough, an ultrasound comes before the endoscopy of its
// order, and each machine does what it can do.
func TestExamsKeepTheirRules(t *testing.T) {
	w := playedWeeks(t).after
	type key struct {
		request int
		exam    string
	}
	starts := map[key]slots.Instant{}
	for id := range w.visits {
		v := &w.visits[id]
		if v.exam == "" {
			continue
		}
		now, _ := w.desk.Pool().Appointment(booking.Appointment(id + 1))
		row, ok := w.p.h.exam(v.exam)
		require.True(t, ok)
		s := w.session(now.Slot.Session)
		require.Contains(t, w.p.machines[s.Rule].Exams, v.exam)
		if row.FastingHours > 0 {
			require.LessOrEqual(t, w.clock(now.Start).Minutes(), row.LatestStart.Minutes())
		}
		starts[key{v.request, v.exam}] = now.Start
	}
	pairs := 0
	for k, at := range starts {
		row, _ := w.p.h.exam(k.exam)
		for _, first := range row.After {
			if before, ok := starts[key{k.request, first}]; ok {
				pairs++
				require.Less(t, before, at)
			}
		}
	}
	require.Positive(t, pairs)
}

package kpi_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// thirdNumber is the slot of the third next available number as of an instant, -1 for none.
func (w *world) thirdNumber(t *testing.T, now string) int {
	require.NoError(t, w.desk.Advance(at(now)))
	x, err := w.sheet.ThirdNext(kpi.Selection{}, at(now))
	require.NoError(t, err)
	if !x.Found {
		return -1
	}
	return x.N
}

// TestThirdNextEdges: each rule that takes a number out of what is open, at the second at which it does.
func TestThirdNextEdges(t *testing.T) {
	old := func(q booking.NamedQuota) booking.Terms {
		q.Class = "old"
		return booking.Terms{Quotas: []booking.NamedQuota{q}}
	}
	for _, c := range []struct {
		name  string
		terms booking.Terms
		now   string
		want  int
	}{
		{"all open", booking.Terms{}, "23T07:59", 2},
		{"strictly after", booking.Terms{}, "23T08:00", 3},
		{"lead, a minute before", booking.Terms{LeadMinutes: 60}, "23T06:59", 2},
		{"lead, that minute", booking.Terms{LeadMinutes: 60}, "23T07:00", 3},
		{"close, a minute before", booking.Terms{Close: at("22T15:00")}, "22T14:59", 2},
		{"close, that minute", booking.Terms{Close: at("22T15:00")}, "22T15:00", -1},
		{"ended", booking.Terms{End: at("23T08:10")}, "23T08:10", -1},
		{"reserve of one", old(booking.NamedQuota{Reserve: 1}), "22T15:00", 2},
		{"reserve of two", old(booking.NamedQuota{Reserve: 2}), "22T15:00", -1},
		{"reserve of two, cap of one", old(booking.NamedQuota{Reserve: 2, Cap: 1, Capped: true}), "22T15:00", 2},
		{"a reserve is met by what is still open", booking.Terms{LeadMinutes: 60, Quotas: []booking.NamedQuota{{Class: "old", Reserve: 1}}}, "23T07:00", -1},
		{"reserve falls open", old(booking.NamedQuota{Reserve: 2, OpenAt: at("22T15:00")}), "22T15:00", 2},
	} {
		w := newWorld(t)
		clinic(t, w, "S", "23T08:00", c.terms, 30, 30, 30, 30)
		require.Equal(t, c.want, w.thirdNumber(t, c.now), c.name)
	}
}

// TestQuotaChangeClosesAgain: a line that is changed after it fell open keeps its reserve again.
func TestQuotaChangeClosesAgain(t *testing.T) {
	w := newWorld(t)
	clinic(t, w, "S", "23T08:00", booking.Terms{Quotas: []booking.NamedQuota{{Class: "old", Reserve: 2, OpenAt: at("22T15:00")}}}, 30, 30, 30, 30)
	require.Equal(t, 2, w.thirdNumber(t, "22T15:00"))
	_, err := w.desk.Do(booking.SetQuota{Meta: booking.Meta{At: at("22T16:00")}, Session: 1, Quota: booking.Quota{
		Class: booking.Class(w.desk.Pool().Find(booking.ClassName, "old")), Reserve: 2}})
	require.NoError(t, err)
	require.Equal(t, -1, w.thirdNumber(t, "22T16:00"))
}

// TestDisplacedTwice: the session that was offered closes too; then the patient finds a number alone.
func TestDisplacedTwice(t *testing.T) {
	w := newWorld(t)
	clinic(t, w, "Mon", "23T08:00", booking.Terms{}, 30)
	clinic(t, w, "Tue", "24T08:00", booking.Terms{}, 30)
	id := w.take(t, "02T08:00", "A", "Mon", 0)
	require.NoError(t, w.desk.CloseSession(at("20T08:00"), "Mon", at("22T08:00")))
	require.NoError(t, w.desk.CloseSession(at("20T09:00"), "Tue", at("22T08:00")))
	require.Equal(t, kpi.Closures{Displaced: 2, Again: 1, Pending: 1, Unplaced: 1}, w.whole(t).Closures)
	days, err := w.sheet.Report(kpi.Selection{}, kpi.ByDay)
	require.NoError(t, err)
	require.Equal(t, int64(1), days[0].Visits.Displaced, "counted where it was before anything closed")
	require.Equal(t, int64(1), days[1].Closures.Displaced)

	clinic(t, w, "Wed", "25T08:00", booking.Terms{}, 30)
	require.NoError(t, w.desk.Reschedule(at("20T10:00"), id, booking.Ask{Session: "Wed"}))
	l := w.whole(t)
	require.Equal(t, kpi.Closures{Displaced: 2, Again: 1, Rescheduled: 1, Unplaced: 1}, l.Closures)
	require.Equal(t, int64(30), l.Supply.BookedMinutes)
	require.Equal(t, int64(1), l.Visits.Reschedules)
}

// TestOvertimeIsBeyondThePlannedLength: a morning of four hours whose numbers have no times, expected stay twenty minutes, and one
// whose last slot ends an hour before the clinic does. Who is seen at half past eleven is not overtime; at noon and a second, it is.
func TestOvertimeIsBeyondThePlannedLength(t *testing.T) {
	for _, counted := range []bool{true, false} {
		for done, want := range map[string]kpi.Overtime{"23T11:30": {Sessions: 1}, "23T12:00": {Sessions: 1},
			"23T12:01": {Sessions: 1, Over: 1, TotalSeconds: 60, MaxSeconds: 60}} {
			w := newWorld(t)
			s := sl.Session{ID: "S", Start: at("23T08:00"), Date: sl.MustDate("2026-11-23"), Line: sl.Line{Department: "Eyes", Kind: sl.General},
				Minutes: 240, Counted: counted, Slots: []sl.Slot{{Start: at("23T08:00"), Minutes: 20, Capacity: 3}}}
			if !counted {
				s.Slots[0].Minutes = 180
			}
			_, err := w.desk.Open(at("02T08:00"), s, booking.Terms{})
			require.NoError(t, err)
			id := w.take(t, "02T08:00", "A", "S", 0)
			require.NoError(t, w.desk.CheckIn(at("23T08:00"), id))
			require.NoError(t, w.desk.Complete(at(done), id))
			require.Equal(t, want, w.whole(t).Overtime, "counted %v, done at %v", counted, done)
		}
	}
}

// TestThirdNextOfNumbersWithoutTimes: before the session, its numbers are at its start; once it has begun they can still be
// booked, but are not after now.
func TestThirdNextOfNumbersWithoutTimes(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.Open(at("02T08:00"), sl.Session{ID: "Free", Start: at("23T08:00"), Date: sl.MustDate("2026-11-23"), Minutes: 240, Counted: true,
		Line:  sl.Line{Department: "Eyes", Kind: sl.General},
		Slots: []sl.Slot{{Start: at("23T08:00"), Minutes: 20, Capacity: 4}}}, booking.Terms{LeadMinutes: 30})
	require.NoError(t, err)
	clinic(t, w, "Timed", "23T11:45", booking.Terms{}, 10, 10, 10, 10)
	next := func(now string) string {
		x, err := w.sheet.ThirdNext(kpi.Selection{}, at(now))
		require.NoError(t, err)
		return fmt.Sprint(x.Session, " ", x.N)
	}
	require.Equal(t, "Free 0", next("23T07:59"))
	require.Equal(t, "Timed 2", next("23T08:00"))
	w.take(t, "23T11:29", "A", "Free", 0) // it can still be had
	_, err = w.desk.Book(at("23T11:30"), booking.Ask{Person: "B", Channel: "app", Session: "Free"})
	require.ErrorIs(t, err, booking.ErrRefused)
	require.Equal(t, "Timed 2", next("23T11:30"))
}

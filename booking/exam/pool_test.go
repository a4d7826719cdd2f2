package exam_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// nightBook is a pool with one session of two slots, before and after midnight.
func nightBook(t require.TestingT) (*booking.Desk, slots.Instant) {
	now := slots.MustInstant("2026-11-20T08:00:00+08:00")
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}}})
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(rules), now, nil)
	require.NoError(t, err)
	start := slots.MustInstant("2026-11-23T23:30:00+08:00")
	_, err = desk.Open(now, slots.Session{ID: "MR/2026-11-23", Date: monday, Start: start,
		Line:  slots.Line{Department: "imaging", Service: "MR", Site: "main", Kind: slots.Examination},
		Slots: []slots.Slot{{Start: start, Minutes: 30, Capacity: 1}, {Start: start.AddMinutes(30), Minutes: 30, Capacity: 1}}}, booking.Terms{})
	require.NoError(t, err)
	return desk, now
}

// A slot after midnight belongs to the patient's next day, whatever date its session has.
func TestAppendOffersAfterMidnight(t *testing.T) {
	desk, now := nightBook(t)
	_, err := desk.Do(booking.Introduce{Meta: booking.Meta{At: now}, Kind: booking.PersonName, Name: "Zhou"})
	require.NoError(t, err)
	_, err = desk.Do(booking.Introduce{Meta: booking.Meta{At: now}, Kind: booking.ClassName, Name: "app"})
	require.NoError(t, err)
	bear, err := booking.NewBearing(1)
	require.NoError(t, err)
	var batch booking.Batch
	found, err := desk.Pool().Candidates(nil, &batch, booking.Request{Person: 1, Bear: bear, Service: 1}, now, 10)
	require.NoError(t, err)
	days := exam.Midnights(monday, monday.AddDays(1), shanghai)
	offers, err := exam.AppendOffers(nil, desk.Pool(), "MR", 20, 0, found, days)
	require.NoError(t, err)
	require.Equal(t, []exam.Offer{
		{Exam: "MR", Day: monday, StartMinute: 1410, Minutes: 30, Site: "main", Slot: booking.Slot{Session: 1, N: 0}, Count: 1},
		{Exam: "MR", Day: monday.AddDays(1), StartMinute: 0, Minutes: 30, Site: "main", Slot: booking.Slot{Session: 1, N: 1}, Count: 1},
	}, offers)

	kept, err := exam.AppendOffers(offers, desk.Pool(), "MR", 31, 1, found, days[:2])
	require.ErrorContains(t, err, "candidates[0].Minutes 30: the examination takes 31")
	require.Equal(t, offers, kept)
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, found, days[:2])
	require.ErrorContains(t, err, "candidates[1].Start 2026-11-23T16:00:00Z: on none of the days")
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, found, []exam.Midnight{days[1], days[0]})
	require.ErrorContains(t, err, "midnights[1]")
	found[0].Slot.Session, found[1].Start = 9, found[1].Start+1
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, found, days)
	require.ErrorContains(t, err, "candidates[0].Slot {9 0}: not in this book")
	require.ErrorContains(t, err, "not a whole minute")
}

func TestMidnights(t *testing.T) {
	require.Empty(t, exam.Midnights(monday, monday.AddDays(-1), shanghai))
	require.Len(t, exam.Midnights(monday, monday, shanghai), 2)
	// In 1940 the clocks of Shanghai went from 00:00 to 01:00 on the first of June: that day begins at 01:00.
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Skip("no tz database on this machine")
	}
	days := exam.Midnights(slots.MustDate("1940-06-01"), slots.MustDate("1940-06-01"), loc)
	require.Equal(t, "1940-06-01T01:00:00+09:00", days[0].At.In(loc).Format(time.RFC3339))
}

// In 2011 Apia skipped the whole of 30 December. The days around it follow each other; nothing else may be missing.
func TestMidnightsOfSkippedDay(t *testing.T) {
	loc, err := time.LoadLocation("Pacific/Apia")
	if err != nil {
		t.Skip("no tz database on this machine")
	}
	day := slots.MustDate
	days := exam.Midnights(day("2011-12-28"), day("2012-01-01"), loc)
	var listed []string
	for _, m := range days {
		listed = append(listed, m.Day.String())
	}
	require.Equal(t, []string{"2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"}, listed)
	require.EqualValues(t, 24*3600, days[2].At-days[1].At)
	until := exam.Midnights(day("2011-12-28"), day("2011-12-29"), loc)
	require.Equal(t, days[:3], until, "the last day is ended by the next that there is")
	require.Equal(t, days[:3], exam.Midnights(day("2011-12-28"), day("2011-12-30"), loc))

	desk, _ := nightBook(t)
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, nil, days)
	require.NoError(t, err)
	longer := []exam.Midnight{days[0], {Day: days[0].Day.AddDays(2), At: days[0].At + 48*3600}}
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, nil, longer)
	require.ErrorContains(t, err, "midnights[1]", "a day that there was is missing")
	_, err = exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, nil, []exam.Midnight{days[0], {Day: days[0].Day.AddDays(3), At: days[0].At + 24*3600}})
	require.ErrorContains(t, err, "midnights[1]")

	session := booking.Candidate{Slot: booking.Slot{Session: 1}, Start: days[1].At + 23*3600, Minutes: 30}
	offers, err := exam.AppendOffers(nil, desk.Pool(), "MR", 20, 1, []booking.Candidate{session, {Slot: session.Slot, Start: days[2].At, Minutes: 30}}, days)
	require.NoError(t, err)
	require.Equal(t, []string{"2011-12-29", "2011-12-31"}, []string{offers[0].Day.String(), offers[1].Day.String()})
	require.Equal(t, []int{23 * 60, 0}, []int{offers[0].StartMinute, offers[1].StartMinute})
}

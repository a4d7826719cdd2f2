package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// remindedIn are the reminders of a log: appointment and number, in order; the mark at the end of each is appointment 0.
func remindedIn(t require.TestingT, l *booking.Log) (list []string) {
	for _, batch := range batchesOf(t, l) {
		for _, e := range batch.Events() {
			if e.Kind() == booking.ReminderDue {
				list = append(list, fmt.Sprintf("%d/%d #%d %v", e.Session(), e.Number(), e.Appointment(), e.Due()))
			}
		}
	}
	return list
}

// Who has a number, paid and not used, is reminded, in order of time; the others are not.
func TestWhoIsReminded(t *testing.T) {
	b := newStage(t, waitRules())
	o := b.halfHours("10", "Dr Wang", 6, 1)
	o.Reminders = []slots.Instant{on("05 18:00"), on("09 18:00")}
	s := b.open("s", o)
	booked, held, late := b.take("Li", s, 3), b.hold("Zhao", s, 1), b.take("Sun", s, 0)
	b.done(booking.Confirm{Meta: b.meta(), Appointment: late})
	here := b.here("Wu", s, 2)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Qian", s, 4), By: booking.ByPatient})
	b.advance(on("05 17:50")) // the hold has lapsed long since
	held = b.hold("Zhao", s, 1)
	b.advance(on("05 18:00") - 1)
	require.Empty(t, remindedIn(t, &b.log))
	before := b.log.Events()
	b.advance(on("05 18:00"))
	at := on("05 18:00")
	first := []string{fmt.Sprintf("1/1 #%d %v", late, at), fmt.Sprintf("1/1 #%d %v", booked, at), fmt.Sprintf("1/1 #0 %v", at)}
	require.Equal(t, first, remindedIn(t, &b.log))
	require.EqualValues(t, 3, b.log.Events()-before)
	require.Equal(t, [2]booking.State{booking.Held, booking.CheckedIn}, [2]booking.State{b.state(held), b.state(here)})
	// One who books at that very second has no part in it, but in the next.
	after := b.take("Zheng", s, 5)
	require.Equal(t, first, remindedIn(t, &b.log))
	b.advance(on("09 19:00")) // an hour late
	require.Contains(t, remindedIn(t, &b.log), fmt.Sprintf("1/2 #%d %v", after, on("09 18:00")))
	require.Len(t, remindedIn(t, &b.log), 3+4)
	require.Empty(t, b.book.Check())
}

// What lay in the past when the session was opened is past; a session that is closed or over reminds nobody.
func TestRemindersThatDoNotCome(t *testing.T) {
	for name, end := range map[string]func(b *stage, o *booking.Opening, s func() booking.Session){
		"past": func(b *stage, o *booking.Opening, s func() booking.Session) {
			o.Reminders = []slots.Instant{b.now - 1, b.now}
			s()
		},
		"closed": func(b *stage, o *booking.Opening, s func() booking.Session) {
			o.Reminders = []slots.Instant{b.now + 60}
			b.done(booking.CloseSession{Meta: b.meta(), Session: s(), AnswerBy: b.now + 50})
		},
		"ended in the same second": func(b *stage, o *booking.Opening, s func() booking.Session) {
			o.Reminders, o.End = []slots.Instant{on("10 12:00")}, on("10 12:00")
			s()
		},
	} {
		b := newStage(t, plainRules())
		o := b.halfHours("10", "Dr Wang", 1, 1)
		end(b, &o, func() booking.Session {
			s := b.open("s", o)
			b.take("Li", s, 0)
			return s
		})
		requireSnapshotRoundTrip(t, b.book)
		b.advance(on("11 08:00"))
		require.Empty(t, remindedIn(t, &b.log), name)
		_, due := b.book.Wake()
		require.False(t, due, name)
	}
}

// However often the host breaks off and begins again, from a snapshot or from the log, everyone who had a number before an instant is
// reminded at it exactly once, and nobody else.
func TestRemindersComeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newStage(t, plainRules())
		opened := b.now
		var openings []booking.Opening
		for i := range 2 {
			o := b.halfHours(fmt.Sprint(10+i), "Dr Wang", 3, 9)
			at := b.now + slots.Instant(pick(t, "first", 4)*900)
			for range 3 {
				o.Reminders = append(o.Reminders, at)
				at += slots.Instant(1+pick(t, "next", 3)) * 900
			}
			b.open(fmt.Sprint("s", i), o)
			openings = append(openings, o)
		}
		var want []string
		for id := booking.Appointment(1); id <= 12; id++ {
			b.now += slots.Instant(pick(t, "wait", 3) * 450)
			for stop := pick(t, "breaks off", 4); ; stop-- { // in the midst of what is due, too
				if stop == 0 {
					b.restart(t, pick(t, "from the log", 2) == 0)
				}
				if reply, err := b.do(booking.Advance{Meta: b.meta()}); err != nil || reply.Outcome != booking.Done {
					break
				}
			}
			q := b.request(fmt.Sprint("patient", id), booking.Session(1+pick(t, "session", 2)), pick(t, "slot", 3))
			require.Equal(t, id, b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment)
			for n, at := range openings[q.Slot.Session-1].Reminders {
				if at > b.now {
					want = append(want, fmt.Sprintf("%d/%d #%d %v", q.Slot.Session, n+1, id, at))
				}
			}
		}
		b.advance(b.now + 86400)
		for i, o := range openings {
			for n, at := range o.Reminders {
				if at > opened {
					want = append(want, fmt.Sprintf("%d/%d #0 %v", i+1, n+1, at))
				}
			}
		}
		require.ElementsMatch(t, want, remindedIn(t, &b.log))
	})
}

// restart makes the Book anew, from a snapshot or from the log.
func (b *stage) restart(t require.TestingT, fromLog bool) {
	again, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
	if fromLog {
		again, err = booking.Replay(b.book.Rules(), &b.log)
	}
	require.NoError(t, err)
	b.book = again
}

// The evening before at six, and the morning itself; twice the same is once.
func TestRemindersOf(t *testing.T) {
	clock := func(s string) slots.Clock { c, _ := slots.ParseClock(s); return c }
	evening := slots.Ahead{Days: 1, Unit: slots.CalendarDays, At: clock("18:00")}
	list, err := booking.RemindersOf(slots.MustDate("2026-11-10"), slots.Calendar{}, shanghai,
		slots.Ahead{Unit: slots.CalendarDays, At: clock("07:00")}, evening, evening)
	require.NoError(t, err)
	require.Equal(t, []slots.Instant{on("09 18:00"), on("10 07:00")}, list)
	_, err = booking.RemindersOf(slots.MustDate("2026-11-10"), slots.Calendar{}, shanghai, slots.Ahead{Days: -1}, slots.Ahead{Days: 401, Unit: slots.CalendarDays})
	require.ErrorContains(t, err, "Days -1")
	require.ErrorContains(t, err, "Days 401")
}

// An opening's reminders are in order, and not too many.
func TestMalformedReminders(t *testing.T) {
	b := newStage(t, plainRules())
	many := make([]slots.Instant, booking.MaxReminders+1)
	for i := range many {
		many[i] = b.now + slots.Instant(i)
	}
	for want, list := range map[string][]slots.Instant{
		"Reminders: 9 of them, want at most 8": many, "Reminders[1] 5:": {5, 5}, "Reminders[0] 0:": {0}, "Reminders[1] -1:": {3, -1},
	} {
		o := b.halfHours("10", "Dr Wang", 1, 1)
		o.Reminders = list
		_, err := b.do(booking.Open{Meta: b.meta(), Name: "s", Opening: o})
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, want)
	}
	o := b.halfHours("10", "Dr Wang", 1, 1)
	o.Reminders = many[:booking.MaxReminders]
	b.open("s", o)
}

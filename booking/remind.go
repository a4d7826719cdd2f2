package booking

import (
	"cmp"
	"errors"
	"slices"
	"time"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Reminders, whole. A session says when those who have a number in it are reminded (Opening.Reminders). When such an instant comes,
// Advance says ReminderDue of each appointment that is then booked or confirmed there, in order of (time, id), and last of the
// session alone: that reminder is past. All of it is one batch, so that each is said exactly once, whatever is replayed or restored.
//
// A hold is not paid, an offer is not answered and whoever is here needs none; whoever books at that instant or later is not reminded of
// it. A session that closes or ends reminds nobody any more, and what lay in the past when it was opened is past. Text and sending are
// the host's (package notice).

// RemindersOf are the instants at which the sessions of a date remind, in order and each once: {1, CalendarDays, 18:00} is 18:00 of
// the evening before. Errors are those of Ahead.Instant, joined.
func RemindersOf(date sl.Date, calendar sl.Calendar, loc *time.Location, when ...sl.Ahead) ([]sl.Instant, error) {
	list := make([]sl.Instant, 0, len(when))
	var all []error
	for _, a := range when {
		at, err := a.Instant(date, calendar, loc)
		list, all = append(list, at), append(all, err)
	}
	if err := errors.Join(all...); err != nil {
		return nil, err
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// reminds reports whether an appointment in this state is reminded.
func (s State) reminds() bool { return s == Booked || s == Confirmed }

// remindedBy is how many of a session's reminders are past at an instant.
func remindedBy(list []sl.Instant, at sl.Instant) (n uint8) {
	for int(n) < len(list) && list[n] <= at {
		n++
	}
	return n
}

// decideRemind reminds everyone in a session, and says how many that is.
func (b *Book) decideRemind(t *Batch, c *Advance, d dueItem) int {
	id := Session(d.id())
	e := b.dueEvent(ReminderDue, c, d)
	e.session, e.number = id, uint32(b.sessions.at(d.id()).far.reminded)+1
	ids := t.work.ids[:0]
	b.inSession(id, func(id Appointment, x *appointment) {
		if x.state.reminds() {
			ids = append(ids, id)
		}
	})
	slices.SortFunc(ids, func(i, j Appointment) int {
		return cmp.Or(cmp.Compare(b.appointments.at(uint32(i)).start, b.appointments.at(uint32(j)).start), cmp.Compare(i, j))
	})
	t.work.ids = ids
	for _, a := range ids {
		e.appointment = a
		t.add(e)
	}
	e.appointment = 0
	t.add(e)
	return len(ids)
}

// applyReminded notes that a reminder is past; one of an appointment changes nothing.
func (b *Book) applyReminded(e *Event) bool {
	if !b.sessions.has(uint32(e.session)) {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	n := int(s.far.reminded)
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 || n >= len(s.far.reminders) || e.number != uint32(n)+1 || e.due != s.far.reminders[n] || e.at < e.due {
		return false
	}
	if e.appointment != 0 {
		x, _ := b.appointment(e.appointment)
		return x != nil && x.session == e.session && x.state.reminds()
	}
	s.far.reminded++
	b.dueSet(&s.dueAt, b.nextDue(e.session, s))
	return true
}

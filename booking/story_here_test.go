package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// transfer sends someone who is here elsewhere.
func (w *storyWorld) transfer(s *slotstest.Step) string {
	now, a := w.now(s), w.ask(s)
	id, name := w.visitNamed(s, s.Text("of"))
	err := w.desk.Transfer(now, id, a, s.Has("add-on"))
	if text := w.told(s, name, err); text != "" {
		return text
	}
	return "nothing to do"
}

// comeBack brings someone back with results: the new appointment goes by as=, else by its person's name.
func (w *storyWorld) comeBack(s *slotstest.Step) string {
	now := w.now(s)
	id, name := w.visitNamed(s, s.Text("of"))
	if s.Has("as") {
		w.as = []string{s.Text("as")}
	}
	_, err := w.desk.Return(now, id, s.Text("session"))
	return w.told(s, name, err)
}

// momentsOf reads a list of times.
func momentsOf(s *slotstest.Step, key string) (list []slots.Instant) {
	for _, text := range s.List(key) {
		list = append(list, minuteOf(s, text))
	}
	return list
}

// hereWords tells what happens after check-in, and reminders; "" for the rest.
func (w *storyWorld) hereWords(e *booking.Event) string {
	switch e.Kind() {
	case booking.AppointmentTransferred:
		text := fmt.Sprintf("transferred %s %s", w.names[e.Appointment()], w.slot(e.Slot()))
		if e.IsAddOn() {
			return text + " add-on"
		}
		return text + " charge=" + w.class(e.Class())
	case booking.PatientReturned:
		former := w.names[e.Former()]
		w.nameVisit(e)
		return fmt.Sprintf("returned %s %s after=%s", w.names[e.Appointment()], w.sessionName(e.Session()), former)
	case booking.ReminderDue:
		if e.Appointment() == 0 {
			return fmt.Sprintf("all reminded %s number=%d", w.sessionName(e.Session()), e.Number())
		}
		return fmt.Sprintf("reminded %s number=%d", w.names[e.Appointment()], e.Number())
	}
	return ""
}

package booking_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// storyTime is how replies write an instant: without a space, so that it is one word.
func storyTime(at slots.Instant) string { return at.In(shanghai).Format("2006-01-02T15:04") }

func (w *storyWorld) name(k booking.NameKind, handle uint32) string {
	return w.desk.Pool().Name(k, handle)
}

func (w *storyWorld) class(c booking.Class) string { return w.name(booking.ClassName, uint32(c)) }

func (w *storyWorld) sessionName(id booking.Session) string {
	return w.name(booking.SessionName, uint32(id))
}

// slot names a slot by its session and its time.
func (w *storyWorld) slot(at booking.Slot) string {
	v, ok := w.desk.Pool().Slot(at)
	if !ok {
		return w.sessionName(at.Session)
	}
	return w.sessionName(at.Session) + "/" + v.Start.In(shanghai).Format("15:04")
}

// eventWords tells an event in the past tense. Names that the log learns say nothing to a reader.
func (w *storyWorld) eventWords(e *booking.Event) string {
	w.seen.kinds[e.Kind()]++
	text := w.sessionEvent(e)
	if text == "" {
		text = w.personEvent(e)
	}
	if text == "" {
		text = w.visitEvent(e)
	}
	if text == "" {
		text = w.hereWords(e)
	}
	if text != "" && e.Due() != 0 && e.Due() != e.At() {
		text += " due=" + storyTime(e.Due())
	}
	return text
}

func (w *storyWorld) sessionEvent(e *booking.Event) string {
	session, class := w.sessionName(e.Session()), w.class(e.Class())
	switch e.Kind() {
	case booking.RulesAdopted:
		return fmt.Sprintf("rules adopted version=%d", e.Rules())
	case booking.SessionOpened:
		v, _ := w.desk.Pool().Session(e.Session())
		units := 0
		for n := range v.Slots {
			x, _ := w.desk.Pool().Slot(booking.Slot{Session: e.Session(), N: uint16(n)})
			units += x.Capacity
		}
		return fmt.Sprintf("opened %s slots=%d numbers=%d", session, v.Slots, units)
	case booking.Released:
		return "released " + session
	case booking.ReserveOpened:
		return fmt.Sprintf("reserve opened %s class=%s", session, class)
	case booking.QuotaChanged:
		return fmt.Sprintf("quota changed %s %s", session, w.quotaWords(e.QuotaChange()))
	case booking.ReserveShort:
		return fmt.Sprintf("reserve short %s class=%s units=%d", session, class, e.Number())
	case booking.ReserveMoved:
		return w.movedWords(e)
	case booking.Granted:
		return fmt.Sprintf("granted %s units=%d", w.slot(e.Slot()), e.Number())
	case booking.SessionClosed:
		return "closed " + session
	case booking.SessionStaffed:
		return "staffed " + session + " " + w.staffWords(e.Session())
	case booking.SessionEnded:
		return "ended " + session
	case booking.HolderRestricted:
		who := w.name(booking.PersonName, uint32(e.Person()))
		if e.Account() != 0 {
			who = "account " + w.name(booking.AccountName, uint32(e.Account()))
		}
		if e.Until() == 0 {
			return "restriction lifted " + who + w.gateWords(e.Gate())
		}
		return fmt.Sprintf("restricted %s until=%s%s", who, storyTime(e.Until()), w.gateWords(e.Gate()))
	case booking.RestrictionEnded:
		who := w.name(booking.PersonName, uint32(e.Person()))
		if e.Account() != 0 {
			who = "account " + w.name(booking.AccountName, uint32(e.Account()))
		}
		return "restriction ended " + who + w.gateWords(e.Gate())
	case booking.EntryJoined:
		name := w.name(booking.PersonName, uint32(e.Person()))
		if w.asEntry != "" {
			name, w.asEntry = w.asEntry, ""
		}
		w.entries[name], w.waits[e.Entry()] = e.Entry(), name
		return "joined " + name
	case booking.EntryApproved:
		return "approved " + w.waits[e.Entry()]
	case booking.EntryServed:
		return "served " + w.waits[e.Entry()]
	case booking.EntryEnded:
		return fmt.Sprintf("%v %s", e.EntryState(), w.waits[e.Entry()])
	case booking.WaitlistPassed:
		if e.Until() != 0 {
			return fmt.Sprintf("nobody in line for %s until=%s", session, storyTime(e.Until()))
		}
		return "nobody in line for " + session
	case booking.UnitReturned:
		return "comes out " + w.slot(e.Slot())
	case booking.DaysRetired:
		return "retired before=" + e.Before().String()
	case booking.ClockMoved:
		return "clock moved " + storyTime(e.At())
	}
	return ""
}

func (w *storyWorld) visitEvent(e *booking.Event) string {
	if k := e.Kind(); k == booking.AppointmentBooked || k == booking.AppointmentHeld || k == booking.AppointmentOffered {
		w.nameVisit(e)
	}
	name := w.names[e.Appointment()]
	plain := map[booking.Kind]string{
		booking.AppointmentPaid: "paid", booking.AppointmentConfirmed: "confirmed", booking.HoldLapsed: "hold lapsed",
		booking.PatientArrived: "arrived", booking.ConsultationStarted: "started", booking.AppointmentFulfilled: "fulfilled",
		booking.PatientMissed: "missed", booking.AppointmentVoided: "voided", booking.OfferAccepted: "accepted",
		booking.OfferDeclined: "declined", booking.OfferLapsed: "offer lapsed",
	}[e.Kind()]
	where := fmt.Sprintf("%s charge=%s", w.slot(e.Slot()), w.class(e.Class()))
	if e.Count() > 1 {
		where += fmt.Sprintf(" slots=%d", e.Count())
	}
	late := ""
	if e.IsLate() {
		late = " late"
	}
	switch e.Kind() {
	case booking.AppointmentsLinked:
		return w.linkedWords(e)
	case booking.UnitRested:
		return fmt.Sprintf("rests %s until=%s", w.slot(e.Slot()), storyTime(e.Until()))
	case booking.AppointmentHeld:
		return fmt.Sprintf("held %s %s until=%s", name, where, storyTime(e.Until()))
	case booking.AppointmentOffered:
		return fmt.Sprintf("offered %s %s until=%s", name, where, storyTime(e.Until()))
	case booking.AppointmentBooked:
		if e.IsAddOn() {
			return fmt.Sprintf("booked %s %s add-on", name, w.slot(e.Slot()))
		}
		return fmt.Sprintf("booked %s %s", name, where)
	case booking.AppointmentRescheduled:
		if e.Until() != 0 {
			where += " until=" + storyTime(e.Until())
		}
		return fmt.Sprintf("rescheduled %s %s%s", name, where, late)
	case booking.AppointmentDisplaced:
		return fmt.Sprintf("displaced %s %s", name, where)
	case booking.AppointmentCancelled:
		if e.Until() != 0 {
			late += " cooling-off=" + storyTime(e.Until())
		}
		return fmt.Sprintf("cancelled %s by=%v%s", name, e.Party(), late)
	case booking.OfferMade:
		return w.offerWords(e, name, where)
	}
	if plain == "" {
		return ""
	}
	return plain + " " + name
}

// nameVisit gives a new appointment the name that the step gave it, or its person's. The latest of that name is meant later.
func (w *storyWorld) nameVisit(e *booking.Event) {
	name := w.name(booking.PersonName, uint32(e.Person()))
	if len(w.as) > 0 {
		name, w.as = w.as[0], w.as[1:]
	}
	w.visits[name], w.names[e.Appointment()] = e.Appointment(), name
}

func (w *storyWorld) refusalWords(r *booking.Refusal) string {
	words := []string{r.Reason.String()}
	add := func(key, value string) { words = append(words, key+"="+value) }
	if r.Rule != 0 {
		add("rule", w.rules.Limits[r.Rule-1].Name)
	}
	if r.Class != 0 {
		add("class", w.class(r.Class))
	}
	switch r.Reason {
	case booking.CapReached, booking.AddOnLimit, booking.LimitReached, booking.BeyondHorizon, booking.TooManyOpen, booking.Full, booking.BelowUse, booking.NotTerminal:
		add("limit", strconv.Itoa(int(r.Limit))) // 0 is a limit too
	}
	if r.State != 0 {
		add("state", strings.ReplaceAll(r.State.String(), " ", "-"))
	}
	if r.Until != 0 {
		add("time", storyTime(r.Until))
	}
	if r.Appointment != 0 {
		add("other", w.names[r.Appointment])
	}
	return strings.Join(words, " ")
}

func (w *storyWorld) quotaWords(q booking.Quota) string {
	words := []string{"class=" + w.class(q.Class), "reserve=" + strconv.Itoa(int(q.Reserve))}
	if q.Capped {
		words = append(words, "cap="+strconv.Itoa(int(q.Cap)))
	}
	if q.OpenAt != 0 {
		words = append(words, "until="+storyTime(q.OpenAt))
	}
	if q.CapLifts {
		words = append(words, "cap-lifts")
	}
	if q.From != 0 {
		words = append(words, "from="+storyTime(q.From))
	}
	return strings.Join(words, " ")
}

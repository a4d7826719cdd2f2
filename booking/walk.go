package booking

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// codecVersion is the version of the binary and JSON forms of batches. Readers refuse any other.
const codecVersion = 4

// What a kind of event records beyond kind, at and rules: a set of fields. Fields outside the set are zero.
const (
	hasDue uint32 = 1 << iota
	hasUntil
	hasAppointment
	hasHolders // person, account
	hasBooking // booker, bear
	hasSession
	hasRun // slot, count
	hasClass
	hasNumber
	hasExtra
	hasFlags
	hasNameKind // in slot
	hasQuota    // reserve, cap and from, in slot, count and due
	hasName     // side: text
	hasDigest   // side: 32 bytes
	hasOpening  // side: an opening
	hasEntry    // in number
	hasEnd      // an entry's state, in slot
	hasWaiting  // side: what an entry asks for
	hasGate     // most open, days ahead and channel, in number, extra and class
	hasPersonal // born and sex, in number and slot
	hasOther    // another person, in booker
	hasFormer   // another appointment, in number
	hasGiven    // another class, in extra
	hasGrounds  // side: why a reserve was moved
	hasStaff    // side: resources and grade
)

var eventFields = [kinds]uint32{
	RulesAdopted:           hasNumber | hasDigest,
	Introduced:             hasNameKind | hasNumber | hasName,
	SessionOpened:          hasSession | hasOpening,
	Released:               hasSession | hasDue,
	ReserveOpened:          hasSession | hasDue | hasClass,
	QuotaChanged:           hasSession | hasClass | hasQuota | hasUntil | hasFlags,
	ReserveShort:           hasSession | hasClass | hasNumber,
	Granted:                hasSession | hasRun | hasNumber,
	AppointmentHeld:        hasAppointment | hasHolders | hasBooking | hasSession | hasRun | hasClass | hasUntil,
	AppointmentBooked:      hasAppointment | hasHolders | hasBooking | hasSession | hasRun | hasClass | hasFlags,
	AppointmentPaid:        hasAppointment,
	AppointmentConfirmed:   hasAppointment,
	AppointmentRescheduled: hasAppointment | hasSession | hasRun | hasClass | hasUntil | hasFlags,
	AppointmentCancelled:   hasAppointment | hasFlags | hasUntil | hasDue,
	HoldLapsed:             hasAppointment | hasDue,
	PatientArrived:         hasAppointment,
	ConsultationStarted:    hasAppointment,
	AppointmentFulfilled:   hasAppointment,
	PatientMissed:          hasAppointment | hasDue,
	AppointmentVoided:      hasAppointment,
	SessionClosed:          hasSession,
	OfferMade:              hasAppointment | hasSession | hasRun | hasClass | hasUntil | hasFlags,
	OfferAccepted:          hasAppointment | hasFlags,
	OfferDeclined:          hasAppointment,
	OfferLapsed:            hasAppointment | hasDue,
	SessionEnded:           hasSession | hasDue,
	HolderRestricted:       hasHolders | hasUntil | hasGate,
	DaysRetired:            hasNumber | hasExtra,
	ClockMoved:             0,
	UnitRested:             hasAppointment | hasSession | hasRun | hasUntil | hasDue,
	UnitReturned:           hasSession | hasRun | hasDue,
	AppointmentOffered:     hasAppointment | hasHolders | hasBooking | hasSession | hasRun | hasClass | hasUntil,
	EntryJoined:            hasEntry | hasHolders | hasBooking | hasSession | hasWaiting,
	EntryApproved:          hasEntry | hasSession,
	EntryServed:            hasEntry | hasAppointment | hasDue,
	EntryEnded:             hasEntry | hasEnd | hasDue,
	WaitlistPassed:         hasSession | hasUntil | hasDue,
	RestrictionEnded:       hasHolders | hasDue | hasClass,
	PersonDescribed:        hasHolders | hasPersonal,
	PersonsMerged:          hasHolders | hasOther,
	AppointmentTransferred: hasAppointment | hasSession | hasRun | hasClass | hasFlags,
	PatientReturned:        hasAppointment | hasHolders | hasBooking | hasSession | hasRun | hasFormer,
	AppointmentsLinked:     hasAppointment | hasNumber,
	ReserveMoved:           hasSession | hasClass | hasNumber | hasGiven | hasGrounds | hasDue,
	ReminderDue:            hasAppointment | hasSession | hasNumber | hasDue,
	SessionStaffed:         hasSession | hasStaff,
	AppointmentDisplaced:   hasAppointment | hasSession | hasRun | hasClass | hasFormer,
}

// walkEvent codes one event; its side bytes are the batch's.
func walkEvent(c coder, t *Batch, e *Event) {
	c.object("")
	enum(c, "kind", &e.kind, kindNames[:])
	if !e.kind.IsValid() {
		c.fail("kind of event: none")
	}
	moment(c, "at", &e.at)
	num(c, "rules", &e.rules)
	fields := eventFields[e.kind]
	has := func(f uint32) bool { return fields&f != 0 }
	if has(hasDue) {
		moment(c, "due", &e.due)
	}
	if has(hasAppointment) {
		num(c, "appointment", &e.appointment)
	}
	if has(hasHolders) {
		num(c, "person", &e.person)
		num(c, "account", &e.account)
	}
	if has(hasBooking) {
		num(c, "booker", &e.booker)
		walkBearing(c, &e.bear)
	}
	if has(hasSession) {
		num(c, "session", &e.session)
	}
	if has(hasRun) {
		num(c, "slot", &e.slot)
		num(c, "count", &e.count)
	}
	if has(hasNameKind) {
		enum(c, "names", &e.slot, nameKindNames[:])
	}
	if has(hasQuota) {
		num(c, "reserve", &e.slot)
		num(c, "cap", &e.count)
		moment(c, "from", &e.due)
	}
	if has(hasClass) {
		num(c, "class", &e.class)
	}
	if has(hasUntil) {
		moment(c, "until", &e.until)
	}
	if has(hasNumber) {
		num(c, "number", &e.number)
	}
	if has(hasEntry) {
		num(c, "entry", &e.number)
	}
	if has(hasFormer) {
		num(c, "former", &e.number)
	}
	if has(hasOther) {
		num(c, "other", &e.booker)
	}
	if has(hasGiven) {
		num(c, "givenTo", &e.extra)
	}
	if has(hasGate) {
		walkGate(c, e)
	}
	if has(hasPersonal) {
		walkPersonal(c, e)
	}
	if has(hasEnd) {
		enum(c, "end", &e.slot, entryStateNames[:])
	}
	if has(hasExtra) {
		num(c, "extra", &e.extra)
	}
	if has(hasFlags) {
		e.flags = uint8(c.number("flags", uint64(e.flags), uint64(allFlags)))
	}
	if fields&(hasName|hasDigest|hasOpening|hasWaiting|hasGrounds|hasStaff) != 0 {
		walkSide(c, t, e, fields)
	}
	c.end()
}

// walkSide codes an event's text or list. A writer finds it in the batch, a reader puts it there.
func walkSide(c coder, t *Batch, e *Event, fields uint32) {
	side, _ := t.sideOf(e)
	switch {
	case fields&hasName != 0:
		side = c.text("name", side, MaxNameBytes)
		t.keepSide(e, side)
	case fields&hasDigest != 0:
		var d [32]byte
		copy(d[:], side)
		c.binary("digest", d[:])
		t.keepSide(e, d[:])
	case fields&hasGrounds != 0:
		walkGroundsSide(c, t, e, side)
	case fields&hasStaff != 0:
		walkStaffSide(c, t, e, side)
	case fields&hasWaiting != 0:
		var x waiting
		if len(side) > 0 {
			if err := decodeWaiting(side, &x); err != nil {
				c.fail("waiting: %v", err)
			}
		}
		walkWaiting(c, &x)
		if e.sideN == 0 && c.fault() == nil {
			t.keepSide(e, appendWaiting(nil, &x))
		}
	default:
		o := t.openingFor(e)
		if len(side) > 0 {
			if err := decodeOpening(side, o); err != nil {
				c.fail("opening: %v", err)
			}
		}
		r, _ := c.(*binaryReader)
		start := 0
		if r != nil {
			start = r.at
		}
		walkOpening(c, o)
		switch {
		case e.sideN != 0 || c.fault() != nil:
		case r != nil:
			t.keepSide(e, r.b[start:r.at]) // there is one encoding, so this is it
		default:
			t.keepSide(e, appendOpening(nil, o))
		}
	}
}

// openingFor lends the memory in which an event's opening is coded. A writer's is new: it changes nothing of the batch.
func (t *Batch) openingFor(e *Event) *Opening {
	if e.sideN != 0 {
		return new(Opening)
	}
	if t.opening == nil {
		t.opening = new(Opening)
	}
	return t.opening
}

// keepSide gives a freshly read event its side bytes; one that has them already is being written.
func (t *Batch) keepSide(e *Event, side []byte) {
	if e.sideN == 0 && len(side) > 0 {
		e.sideAt, e.sideN = uint32(len(t.side)), uint32(len(side))
		t.side = append(t.side, side...)
	}
}

func walkBearing(c coder, b *Bearing) {
	n := 0
	for n < MaxClasses && b.c[n] != 0 {
		n++
	}
	n = c.list("bear", n, MaxClasses)
	for i := range n {
		if num(c, "", &b.c[i]); b.c[i] == 0 {
			c.fail("bear: the zero class")
		}
	}
	c.end()
}

func walkOpening(c coder, o *Opening) {
	c.object("opening")
	day(c, "date", &o.Date)
	moment(c, "start", &o.Start)
	num(c, "kind", &o.Kind)
	num(c, "grade", &o.Grade)
	num(c, "department", &o.Department)
	num(c, "service", &o.Service)
	num(c, "site", &o.Site)
	moment(c, "release", &o.Release)
	moment(c, "close", &o.Close)
	moment(c, "cancelBy", &o.CancelBy)
	moment(c, "end", &o.End)
	num(c, "minutes", &o.Minutes)
	flag(c, "counted", &o.Counted)
	num(c, "leadMinutes", &o.LeadMinutes)
	num(c, "cancelLeadMinutes", &o.CancelLeadMinutes)
	num(c, "addOns", &o.AddOns)
	n := c.list("slots", len(o.Slots), MaxSlots)
	o.Slots = sized(o.Slots, n)
	for i := range o.Slots {
		x := &o.Slots[i]
		c.object("")
		num(c, "offsetMinutes", &x.OffsetMinutes)
		num(c, "minutes", &x.Minutes)
		num(c, "capacity", &x.Capacity)
		num(c, "only", &x.Only)
		c.end()
	}
	c.end()
	n = c.list("resources", len(o.Resources), MaxResources)
	o.Resources = sized(o.Resources, n)
	for i := range o.Resources {
		num(c, "", &o.Resources[i])
	}
	c.end()
	n = c.list("quotas", len(o.Quotas), MaxQuotas)
	o.Quotas = sized(o.Quotas, n)
	for i := range o.Quotas {
		q := &o.Quotas[i]
		c.object("")
		num(c, "class", &q.Class)
		num(c, "reserve", &q.Reserve)
		num(c, "cap", &q.Cap)
		flag(c, "capped", &q.Capped)
		moment(c, "openAt", &q.OpenAt)
		flag(c, "capLifts", &q.CapLifts)
		moment(c, "from", &q.From)
		c.end()
	}
	c.end()
	o.Pauses = walkPauses(c, o.Pauses)
	walkEligibility(c, &o.Eligible)
	o.Reminders = walkMoments(c, "reminders", o.Reminders, MaxReminders)
	o.Reallocate = walkMoments(c, "reallocate", o.Reallocate, MaxReallocations)
	c.end()
}

// walkMoments codes a list of instants and returns it; a reader's lies in the memory of the one given.
func walkMoments(c coder, name string, list []slots.Instant, limit int) []slots.Instant {
	n := c.list(name, len(list), limit)
	list = sized(list, n)
	for i := range list {
		moment(c, "", &list[i])
	}
	c.end()
	return list
}

// walkPauses codes a list of pauses and returns it; a reader's lies in the memory of the one given.
func walkPauses(c coder, list []Pause) []Pause {
	n := c.list("pauses", len(list), MaxPauses)
	list = sized(list, n)
	for i := range list {
		p := &list[i]
		c.object("")
		num(c, "class", &p.Class)
		from, to := p.Span.From(), p.Span.To()
		moment(c, "from", &from)
		moment(c, "to", &to)
		span, err := slots.NewSpan(from, to)
		if err != nil {
			c.fail("pause: %v", err)
		}
		p.Span = span
		c.end()
	}
	c.end()
	return list
}

// sized gives s the length n, reusing its memory.
func sized[T any](s []T, n int) []T {
	return slices.Grow(s[:0], n)[:n]
}

func appendOpening(dst []byte, o *Opening) []byte {
	w := binaryWriter{b: dst}
	walkOpening(&w, o)
	return w.b
}

func decodeOpening(side []byte, o *Opening) error {
	r := binaryReader{b: side}
	walkOpening(&r, o)
	return r.finish()
}

// walkBatch codes a whole batch.
func walkBatch(c coder, t *Batch) {
	version := uint64(codecVersion)
	c.object("")
	version = c.number("version", version, 1<<32)
	if version != codecVersion {
		c.fail("version %d: this reader knows %d", version, codecVersion)
		c.end()
		return
	}
	num(c, "base", &t.base)
	flag(c, "keyed", &t.keyed)
	if t.keyed {
		c.binary("key", t.key[:])
		num(c, "caller", &t.caller)
		num(c, "fingerprint", &t.print)
		num(c, "appointment", &t.reply.Appointment)
		num(c, "count", &t.reply.Count)
	}
	n := c.list("events", len(t.events), maxBatchEvents)
	if n != len(t.events) {
		t.events = sized(t.events, n)
		clear(t.events)
	}
	for i := range t.events {
		walkEvent(c, t, &t.events[i])
		if c.fault() != nil {
			break
		}
	}
	c.end()
	c.end()
}

// maxBatchEvents bounds a batch: the largest session may end with everyone in a joint clinic.
const maxBatchEvents = 1 << 20

package booking

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Opening is all that the Book knows of a session: what Open asks for and SessionOpened records.
type Opening struct {
	Date slots.Date
	// Start is the origin of the slots' offsets.
	Start slots.Instant
	// Slots in order of time, not overlapping; at least one, at most MaxSlots.
	Slots []SlotSpec
	// Minutes is the session's planned length, at least to the end of its last slot; 0 means just that.
	Minutes uint16
	// Counted says that the session has numbers without times: one slot at offset 0, whose Capacity is how many numbers and
	// whose Minutes is the stay to expect. It can be booked while the session runs.
	Counted    bool
	Kind       slots.Kind
	Grade      slots.Grade
	Department Department
	Service    Service
	// Site is where; zero where travel never matters.
	Site Site
	// Resources are the physicians, rooms and machines occupied; at most MaxResources.
	Resources []Resource
	// Quotas in rule order; at most MaxQuotas, a class at most once.
	Quotas []Quota
	// Release is when the numbers come out; zero, or an instant not after the command, means at once. A class may have to wait
	// longer (Quota.From).
	Release slots.Instant
	// Close is when booking closes for the whole session; zero means that only LeadMinutes closes slots.
	Close slots.Instant
	// LeadMinutes is how long before its start a slot closes for booking; a counted session's, before the session's end.
	LeadMinutes uint16
	// CancelBy is the end of free cancellation; zero means the slot's start, or a counted session's end.
	CancelBy slots.Instant
	// CancelLeadMinutes states that end as so long before the slot's start, or before a counted session's end. At most one of the two.
	CancelLeadMinutes uint16
	// End is when the session is over, those who never came are no-shows, and what was not paid or answered lapses: not before
	// its last slot starts; zero means never by itself.
	End slots.Instant
	// AddOns is how many add-ons (加号) the session may carry.
	AddOns uint16
	// Pauses are stretches in which nobody, or nobody who bears a class, may book; in order of (From, Class), those of one class
	// not overlapping; at most MaxPauses.
	Pauses []Pause
	// Eligible is whom the session takes.
	Eligible Eligibility
	// Reminders are when those who have a number then are reminded of it (ReminderDue), in ascending order; at most MaxReminders.
	Reminders []slots.Instant
	// Reallocate are when unsold reserves move to the classes that sell (Rules.Reallocation), in ascending order; at most MaxReallocations.
	// One that is past when the session opens comes at once, and finds nothing sold.
	Reallocate []slots.Instant
}

// Limits on a session's size.
const (
	MaxSlots          = 512
	MaxResources      = 16
	MaxQuotas         = 32
	MaxSessionMinutes = 2 * 24 * 60
	MaxSessionUnits   = 60_000
	MaxAddOns         = 5_000
	MaxPauses         = 512 // every night of a year ahead, or three a day of half a year
	MaxReminders      = 8
	MaxReallocations  = 64
)

// SlotSpec is one slot to be: from OffsetMinutes after the session's start, Minutes long, for Capacity persons.
// Capacity 0 is a slot that no one can book, not an unlimited one.
type SlotSpec struct {
	OffsetMinutes, Minutes, Capacity uint16
	// Only is whom the slot is for, such as first visits: requests that bear the class; zero is anyone. Of a run of slots, each asks.
	// Its units are the session's like any other: a reserve is kept in units, not in particular slots.
	Only Class
}

// Quota is one class's line in a session. The rule, whole: accounting is in units; an appointment bears every class of its
// request and is charged to one. With free the room over the session's slots that are released and open for booking, for
// each class k in rule order:
//
//	due(k) = 0 if opened, else max(0, min(Reserve − charged(k), Cap − borne(k)))
//	eff(k) = min(due(k), what earlier classes left of free)        common = free − Σ eff
//
// A request for u units is granted iff borne(k) + u ≤ Cap for every class it bears, and common + eff(c) ≥ u for some borne c. It
// is charged to the first such c with eff(c) ≥ u, else to the first such c. Before From of a class that it bears, it is refused. So "at most 3 of 10 from the app" is a cap,
// "3 kept for the elderly" a reserve, and a partition a cap with a reserve each. An absent cap (Capped false) is unlimited, an absent reserve is 0, and 0 is 0.
type Quota struct {
	Class   Class
	Reserve uint16
	Cap     uint16
	Capped  bool
	// OpenAt is when an unused reserve falls open to everyone; zero means never.
	OpenAt slots.Instant
	// CapLifts says that the cap goes with the reserve at OpenAt.
	CapLifts bool
	// From is when requests that bear the class may begin to book, where that is after the session's Release; zero means with
	// everyone. The reserve of a class whose time has not come is kept all the same.
	From slots.Instant
}

// problems checks everything that can be checked without a Book, and reports all of it.
func (o *Opening) problems() error {
	var all []error
	bad := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if !o.Date.IsValid() {
		bad("Date: none")
	}
	if o.Start <= 0 || o.Start > maxStamp {
		bad("Start %d: want an instant before the year 9000", o.Start)
	}
	for _, x := range [...]struct {
		field string
		at    slots.Instant
	}{{"Release", o.Release}, {"Close", o.Close}, {"CancelBy", o.CancelBy}, {"End", o.End}} {
		if !validInstant(x.at) {
			bad("%s %d: want an instant before the year 10000, or 0", x.field, x.at)
		}
	}
	if !o.Kind.IsValid() {
		bad("Kind %v: none", o.Kind)
	}
	if len(o.Slots) < 1 || len(o.Slots) > MaxSlots {
		bad("Slots: %d of them, want 1 to %d", len(o.Slots), MaxSlots)
	}
	if len(o.Resources) > MaxResources {
		bad("Resources: %d of them, want at most %d", len(o.Resources), MaxResources)
	}
	if len(o.Quotas) > MaxQuotas {
		bad("Quotas: %d of them, want at most %d", len(o.Quotas), MaxQuotas)
	}
	if len(o.Pauses) > MaxPauses {
		bad("Pauses: %d of them, want at most %d", len(o.Pauses), MaxPauses)
	}
	ascending := func(field string, list []slots.Instant, limit int) {
		if len(list) > limit {
			bad("%s: %d of them, want at most %d", field, len(list), limit)
			return
		}
		for i, at := range list {
			if at <= 0 || !validInstant(at) || i > 0 && at <= list[i-1] {
				bad("%s[%d] %d: want an instant before the year 10000, after the one before it", field, i, at)
			}
		}
	}
	ascending("Reminders", o.Reminders, MaxReminders)
	ascending("Reallocate", o.Reallocate, MaxReallocations)
	all = append(all, o.Eligible.problems()...)
	if len(all) > 0 {
		return errors.Join(all...) // sizes first: the lists are walked only when bounded
	}
	if o.CancelBy != 0 && o.CancelLeadMinutes != 0 {
		bad("CancelLeadMinutes %d: with CancelBy; want one of the two", o.CancelLeadMinutes)
	}
	end, units := 0, 0
	for i, s := range o.Slots {
		if s.Minutes == 0 {
			bad("Slots[%d].Minutes 0: want at least 1", i)
		}
		if int(s.OffsetMinutes) < end {
			bad("Slots[%d].OffsetMinutes %d: before the end of the slot before it, %d", i, s.OffsetMinutes, end)
		}
		end = int(s.OffsetMinutes) + int(s.Minutes)
		units += int(s.Capacity)
	}
	if o.Minutes != 0 && int(o.Minutes) < end {
		bad("Minutes %d: before the end of the last slot, %d", o.Minutes, end)
	}
	if o.Counted && (len(o.Slots) != 1 || o.Slots[0].OffsetMinutes != 0) {
		bad("Counted: want one slot at offset 0")
	}
	end = max(end, int(o.Minutes))
	if end > MaxSessionMinutes {
		bad("Slots: end %d minutes after Start, want at most %d", end, MaxSessionMinutes)
	}
	if o.End != 0 && o.End < o.Start {
		bad("End %v: before Start, %v", o.End, o.Start)
	}
	if o.AddOns > MaxAddOns {
		bad("AddOns %d: want at most %d", o.AddOns, MaxAddOns)
	}
	if units > MaxSessionUnits {
		bad("Slots: capacity %d in all, want at most %d", units, MaxSessionUnits)
	}
	for i, r := range o.Resources {
		for _, earlier := range o.Resources[:i] {
			if r == earlier {
				bad("Resources[%d] %d: twice", i, r)
			}
		}
	}
	for i := range o.Quotas {
		q := &o.Quotas[i]
		if q.problems("") != nil { // the field's name is only made where it is said
			all = append(all, q.problems(fmt.Sprintf("Quotas[%d].", i))...)
		}
		for _, earlier := range o.Quotas[:i] {
			if q.Class == earlier.Class {
				bad("Quotas[%d].Class %d: twice", i, q.Class)
			}
		}
	}
	return errors.Join(append(all, pauseProblems(o.Pauses)...)...)
}

// problems are those of one line, whose fields are named after prefix.
func (q *Quota) problems(prefix string) (all []error) {
	if q.Cap != 0 && !q.Capped {
		all = append(all, fmt.Errorf("%sCap %d: without Capped", prefix, q.Cap))
	}
	if q.CapLifts && (!q.Capped || q.OpenAt == 0) {
		all = append(all, fmt.Errorf("%sCapLifts: without Capped and OpenAt", prefix))
	}
	if !validInstant(q.OpenAt) {
		all = append(all, fmt.Errorf("%sOpenAt %d: want an instant before the year 10000, or 0", prefix, q.OpenAt))
	}
	if !validInstant(q.From) {
		all = append(all, fmt.Errorf("%sFrom %d: want an instant before the year 10000, or 0", prefix, q.From))
	}
	return all
}

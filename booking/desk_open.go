package booking

import (
	"errors"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Terms are what a roster does not say about a session: when its numbers come out and close, and for whom they are kept.
// The fields mean what they mean in Opening: give an End (Session.Span's, say) if those who never came are to be no-shows.
type Terms struct {
	Release, Close, CancelBy, End slots.Instant
	LeadMinutes                   uint16
	AddOns                        uint16
	Quotas                        []NamedQuota
}

// NamedQuota is a Quota by its class's name.
type NamedQuota struct {
	Class    string
	Reserve  uint16
	Cap      uint16
	Capped   bool
	OpenAt   slots.Instant
	CapLifts bool
}

// Open adds a session of a roster to the pool under the given terms. Opening one that is open is a *Refusal.
func (d *Desk) Open(now slots.Instant, s slots.Session, terms Terms) (Session, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	o := Opening{Date: s.Date, Start: s.Start, Kind: s.Line.Kind, Grade: s.Line.Grade, Release: terms.Release, Close: terms.Close,
		CancelBy: terms.CancelBy, End: terms.End, LeadMinutes: terms.LeadMinutes, AddOns: terms.AddOns}
	name := func(k NameKind, text string) uint32 {
		if text == "" || err != nil {
			return 0
		}
		var h uint32
		h, err = d.handle(m.At, k, text)
		return h
	}
	o.Counted = s.Counted
	if s.Minutes > 0 && s.Minutes <= MaxSessionMinutes {
		o.Minutes = uint16(s.Minutes)
	}
	o.Department = Department(name(DepartmentName, s.Line.Department))
	o.Service = Service(name(ServiceName, s.Line.Service))
	o.Site = Site(name(SiteName, s.Line.Site))
	for _, r := range s.Resources {
		o.Resources = append(o.Resources, Resource(name(ResourceName, r)))
	}
	for _, q := range terms.Quotas {
		o.Quotas = append(o.Quotas, Quota{Class(name(ClassName, q.Class)), q.Reserve, q.Cap, q.Capped, q.OpenAt, q.CapLifts})
	}
	for i, x := range s.Slots {
		offset := int64(x.Start-s.Start) / 60
		if offset < 0 || offset > MaxSessionMinutes || x.Minutes < 0 || x.Minutes > MaxSessionMinutes || x.Capacity < 0 || x.Capacity > MaxSessionUnits {
			err = errors.Join(err, badCommand("Slots[%d]: offset %d, minutes %d or capacity %d out of range", i, offset, x.Minutes, x.Capacity))
			continue
		}
		o.Slots = append(o.Slots, SlotSpec{uint16(offset), uint16(x.Minutes), uint16(x.Capacity)})
	}
	if err != nil {
		d.batch.Reset()
		return 0, err
	}
	next := Session(d.book.sessions.next())
	if _, err := d.Do(Open{m, s.ID, o}); err != nil {
		return 0, err
	}
	return next, nil
}

package booking

import (
	"errors"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Open adds a session of a roster to the pool under the given terms. Opening one that is open is a *Refusal.
func (d *Desk) Open(now sl.Instant, s sl.Session, terms Terms) (Session, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	o, err := d.opening(m.At, &s, &terms)
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

// opening turns names into handles. New names are introduced in the batch at hand.
func (d *Desk) opening(at sl.Instant, s *sl.Session, terms *Terms) (o Opening, err error) {
	o = Opening{Date: s.Date, Start: s.Start, Kind: s.Line.Kind, Grade: s.Line.Grade, Counted: s.Counted, Release: terms.Release,
		Close: terms.Close, CancelBy: terms.CancelBy, CancelLeadMinutes: terms.CancelLeadMinutes, End: terms.End,
		LeadMinutes: terms.LeadMinutes, AddOns: terms.AddOns, Reallocate: slices.Clone(terms.Reallocate),
		Reminders: slices.Clone(terms.Reminders)}
	if s.Minutes > 0 && s.Minutes <= MaxSessionMinutes {
		o.Minutes = uint16(s.Minutes)
	}
	name := func(k NameKind, text string) uint32 {
		if text == "" || err != nil {
			return 0
		}
		var h uint32
		h, err = d.handle(at, k, text)
		return h
	}
	o.Department = Department(name(DepartmentName, s.Line.Department))
	o.Service = Service(name(ServiceName, s.Line.Service))
	o.Site = Site(name(SiteName, s.Line.Site))
	for _, r := range s.Resources {
		o.Resources = append(o.Resources, Resource(name(ResourceName, r)))
	}
	for _, q := range terms.Quotas {
		o.Quotas = append(o.Quotas, q.quota(Class(name(ClassName, q.Class))))
	}
	for _, p := range terms.Pauses {
		o.Pauses = append(o.Pauses, Pause{Class(name(ClassName, p.Class)), p.Span})
	}
	o.Eligible = d.eligibleByName(&terms.Eligible, func(c string) Class { return Class(name(ClassName, c)) })
	slices.SortFunc(o.Pauses, func(a, b Pause) int { return a.compare(&b) })
	first, followUp := Class(name(ClassName, terms.FirstVisit)), Class(name(ClassName, terms.FollowUp))
	for i, x := range s.Slots {
		only := Class(0)
		switch x.Visit {
		case sl.FirstVisit:
			only = first
		case sl.FollowUp:
			only = followUp
		}
		offset := int64(x.Start-s.Start) / 60
		if offset < 0 || offset > MaxSessionMinutes || x.Minutes < 0 || x.Minutes > MaxSessionMinutes || x.Capacity < 0 || x.Capacity > MaxSessionUnits {
			err = errors.Join(err, badCommand("Slots[%d]: offset %d, minutes %d or capacity %d out of range", i, offset, x.Minutes, x.Capacity))
			continue
		}
		o.Slots = append(o.Slots, SlotSpec{uint16(offset), uint16(x.Minutes), uint16(x.Capacity), only})
	}
	return o, errors.Join(err, terms.visits(s))
}

// SetQuota changes a class's line in a session by name, or gives it one; a class that is new is introduced.
func (d *Desk) SetQuota(now sl.Instant, session string, q NamedQuota) error {
	m, err := d.meta(now)
	if err != nil {
		return err
	}
	class, err := d.handle(m.At, ClassName, q.Class)
	if err != nil {
		d.batch.Reset()
		return err
	}
	_, err = d.Do(SetQuota{m, Session(d.book.Find(SessionName, session)), q.quota(Class(class))})
	return err
}

// quota is the line of the class that a name stands for.
func (q *NamedQuota) quota(c Class) Quota {
	return Quota{Class: c, Reserve: q.Reserve, Cap: q.Cap, Capped: q.Capped, OpenAt: q.OpenAt, CapLifts: q.CapLifts, From: q.From}
}

// visits reports the kinds of visit that slots are for and the terms have no class for.
func (t *Terms) visits(s *sl.Session) error {
	var all []error
	for _, v := range [...]struct {
		field, class string
		visit        sl.Visit
	}{{"FirstVisit", t.FirstVisit, sl.FirstVisit}, {"FollowUp", t.FollowUp, sl.FollowUp}} {
		if i := slices.IndexFunc(s.Slots, func(x sl.Slot) bool { return x.Visit == v.visit }); i >= 0 && v.class == "" {
			all = append(all, badCommand("Terms.%s: no class, and Slots[%d] is for a %v", v.field, i, v.visit))
		}
	}
	if i := slices.IndexFunc(s.Slots, func(x sl.Slot) bool { return !x.Visit.IsValid() }); i >= 0 {
		all = append(all, badCommand("Slots[%d].Visit %v: want AnyVisit, FirstVisit or FollowUp", i, s.Slots[i].Visit))
	}
	return errors.Join(all...)
}

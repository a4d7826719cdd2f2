package booking

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/slots"
)

// decideOpen adds a session to the pool.
func (b *Book) decideOpen(t *Batch, c *Open) (Reply, error) {
	print := printOpening(printOf(printOpen, hashName(c.Name)), &c.Opening)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	err := errors.Join(checkName(c.Name), c.problems())
	if len(c.Resources) <= MaxResources && len(c.Quotas) <= MaxQuotas && len(c.Slots) <= MaxSlots && len(c.Pauses) <= MaxPauses {
		// the lists are walked only when bounded
		err = errors.Join(err, b.unknownIn(t, &c.Opening))
	}
	if err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	if b.names[SessionName].find(c.Name) != 0 {
		return refused(AlreadyOpen), nil
	}
	if c.Date.Before(b.retiredBefore) {
		return refused(SessionGone), nil
	}
	b.introduce(t, &c.Meta, SessionName, c.Name)
	e := b.event(SessionOpened, &c.Meta)
	e.session = Session(b.sessions.next())
	t.work.side = appendOpening(t.work.side[:0], &c.Opening)
	t.addSide(e, t.work.side...)
	if c.Release <= c.At {
		r := b.event(Released, &c.Meta)
		r.session = e.session
		t.add(r)
	}
	return b.done(t, &c.Meta, print, 0, 0)
}

// unknownIn names every handle of an opening that the log has not introduced.
func (b *Book) unknownIn(t *Batch, o *Opening) error {
	var all []error
	check := func(field string, k NameKind, handle uint32) {
		if !b.known(t, k, handle) {
			all = append(all, fmt.Errorf("%s %d: not introduced", field, handle))
		}
	}
	if o.Department != 0 {
		check("Department", DepartmentName, uint32(o.Department))
	}
	if o.Service != 0 {
		check("Service", ServiceName, uint32(o.Service))
	}
	if o.Site != 0 {
		check("Site", SiteName, uint32(o.Site))
	}
	checkItem := func(format string, i int, k NameKind, handle uint32) { // the field's name is only made where it is said
		if !b.known(t, k, handle) {
			check(fmt.Sprintf(format, i), k, handle)
		}
	}
	for i, r := range o.Resources {
		checkItem("Resources[%d]", i, ResourceName, uint32(r))
	}
	for i := range o.Quotas {
		checkItem("Quotas[%d].Class", i, ClassName, uint32(o.Quotas[i].Class))
	}
	for i := range o.Slots {
		if only := o.Slots[i].Only; only != 0 {
			checkItem("Slots[%d].Only", i, ClassName, uint32(only))
		}
	}
	if o.Eligible.Need != 0 {
		check("Eligible.Need", ClassName, uint32(o.Eligible.Need))
	}
	for i := range o.Pauses {
		if c := o.Pauses[i].Class; c != 0 {
			checkItem("Pauses[%d].Class", i, ClassName, uint32(c))
		}
	}
	return errors.Join(all...)
}

func checkName[T string | []byte](name T) error {
	if !utf8.ValidString(string(name)) {
		return fmt.Errorf("Name %q: not UTF-8", string(name))
	}
	if len(name) < 1 || len(name) > MaxNameBytes {
		return fmt.Errorf("Name: %d bytes, want 1 to %d", len(name), MaxNameBytes)
	}
	return nil
}

// decideIntroduce gives a name its handle.
func (b *Book) decideIntroduce(t *Batch, c *Introduce) (Reply, error) {
	print := printOf(printIntroduce, uint64(c.Kind), hashName(c.Name))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if !c.Kind.IsValid() || c.Kind == SessionName {
		return Reply{}, badCommand("Kind %v: want a kind of name other than session, which Open introduces", c.Kind)
	}
	if err := checkName(c.Name); err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	if b.names[c.Kind].find(c.Name) != 0 {
		return Reply{Outcome: Nothing}, nil
	}
	if c.Kind == ClassName && b.names[ClassName].len()+int(t.introduced[ClassName]) >= maxClassNames {
		return Reply{}, badCommand("Name: there are %d classes, and cannot be more", maxClassNames)
	}
	for i := range t.events {
		if e := &t.events[i]; e.kind == Introduced && e.NameKind() == c.Kind && t.Text(e) == c.Name {
			return Reply{Outcome: Nothing}, nil
		}
	}
	b.introduce(t, &c.Meta, c.Kind, c.Name)
	return b.done(t, &c.Meta, print, 0, 0)
}

func (b *Book) introduce(t *Batch, m *Meta, k NameKind, name string) {
	e := b.event(Introduced, m)
	t.introduced[k]++
	e.slot, e.number = uint16(k), uint32(b.names[k].len())+t.introduced[k]
	e.sideAt, e.sideN = uint32(len(t.side)), uint32(len(name))
	t.side = append(t.side, name...)
	t.add(e)
}

// openSession finds a session that is neither closed, ended nor retired.
func (b *Book) openSession(id Session) (*session, Refusal, error) {
	if id == 0 || uint32(id) >= b.sessions.next() {
		return nil, Refusal{}, badCommand("Session %d: not opened", id)
	}
	if !b.sessions.has(uint32(id)) {
		return nil, Refusal{Reason: SessionGone}, nil
	}
	s := b.sessions.at(uint32(id))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return nil, Refusal{Reason: SessionGone}, nil
	}
	return s, Refusal{}, nil
}

// decideSetQuota changes one class's line.
func (b *Book) decideSetQuota(t *Batch, c *SetQuota) (Reply, error) {
	print := printQuotaLine(printOf(printQuota, uint64(c.Session)), &c.Quota)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	s, refusal, err := b.openSession(c.Session)
	if err != nil || s == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, err
	}
	n := c.Quota
	if err := errors.Join(n.problems("Quota.")...); err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	for i, q := range s.quotas() {
		if q.class != n.Class {
			continue
		}
		changed := quota{class: q.class, reserve: n.Reserve, cap: n.Cap, charged: q.charged, borne: q.borne, flags: quotaFlagsOf(n)}
		switch used := (Refusal{Reason: BelowUse, Class: n.Class}); {
		case changed.capped() && q.borne > n.Cap:
			used.Limit = int32(q.borne)
			return Reply{Outcome: Refused, Refusal: used}, nil
		case q.charged > n.Reserve && n.Reserve < q.reserve:
			used.Limit = int32(q.charged)
			return Reply{Outcome: Refused, Refusal: used}, nil
		}
		if changed.flags == q.flags&^quotaOpened && n.Reserve == q.reserve && n.Cap == q.cap && n.OpenAt == s.opens()[i] && n.From == s.from(i) {
			return Reply{Outcome: Nothing}, nil
		}
		b.reportShort(t, &c.Meta, c.Session, &attempt{at: c.At}, &changed)
		b.addQuotaChange(t, c)
		return b.done(t, &c.Meta, print, 0, 0)
	}
	return b.decideNewQuota(t, c, print, s)
}

// addQuotaChange records a class's new line.
func (b *Book) addQuotaChange(t *Batch, c *SetQuota) {
	n := c.Quota
	e := b.event(QuotaChanged, &c.Meta)
	e.session, e.class, e.slot, e.count, e.until = c.Session, n.Class, n.Reserve, n.Cap, n.OpenAt
	e.due = n.From
	if n.Capped {
		e.flags |= flagCapped
	}
	if n.CapLifts {
		e.flags |= flagCapLifts
	}
	t.add(e)
}

func quotaFlagsOf(q Quota) (f quotaFlags) {
	if q.Capped {
		f |= quotaCapped
	}
	if q.CapLifts {
		f |= quotaCapLifts
	}
	return f
}

// decideGrant adds overbooking units to a slot.
func (b *Book) decideGrant(t *Batch, c *Grant) (Reply, error) {
	print := printOf(printGrant, uint64(c.Slot.Session), uint64(c.Slot.N), uint64(c.Units))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	s, refusal, err := b.openSession(c.Slot.Session)
	if err != nil || s == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, err
	}
	if c.Slot.N >= s.slotN {
		return Reply{}, badCommand("Slot.N %d: the session has %d slots", c.Slot.N, s.slotN)
	}
	total := int(c.Units)
	for _, x := range s.slots() {
		total += int(x.capacity) + int(x.granted)
	}
	if c.Units == 0 || total > MaxSessionUnits {
		return Reply{}, badCommand("Units %d: want at least 1, and %d in the session in all", c.Units, MaxSessionUnits)
	}
	e := b.event(Granted, &c.Meta)
	e.session, e.slot, e.number = c.Slot.Session, c.Slot.N, uint32(c.Units)
	t.add(e)
	return b.done(t, &c.Meta, print, 0, 0)
}

// decideRetire forgets the days before a date, if all is over there.
func (b *Book) decideRetire(t *Batch, c *Retire) (Reply, error) {
	print := printOf(printRetire, uint64(c.Before.Number()))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if !c.Before.IsValid() {
		return Reply{}, badCommand("Before: no date")
	}
	if !b.retiredBefore.Before(c.Before) {
		return Reply{Outcome: Nothing}, nil
	}
	if latest := slots.DateOf(c.At, time.UTC).AddDays(2); latest.Before(c.Before) {
		return Reply{}, badCommand("Before %v: want at most %v, for days to come cannot be over", c.Before, latest)
	}
	if pending := b.pendingBefore(c.Before, c.At); pending > 0 {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: NotTerminal, Limit: pending}}, nil
	}
	e := b.event(DaysRetired, &c.Meta)
	e.number = uint32(c.Before.Number())
	e.extra = uint32(max(c.Before.Number()-LimitWindowDays, 1))
	t.add(e)
	return b.done(t, &c.Meta, print, 0, 0)
}

// decideAdopt puts the configured rules into force. It waits for nothing that is due, since Advance needs
// adopted rules itself; after a long silence, stamp it with the Book's own clock and let Advance jump.
func (b *Book) decideAdopt(t *Batch, c *Adopt) (Reply, error) {
	switch {
	case c.At <= 0 || c.At > maxStamp:
		return Reply{}, badCommand("At %d: want an instant before the year 9000", c.At)
	case c.At < b.clock:
		return Reply{}, ErrClock
	case b.digest == b.adopted:
		return Reply{Outcome: Nothing}, nil
	case b.clock != 0 && int64(c.At-b.clock) > b.rules.StepSeconds:
		return Reply{}, b.stepError(c.At)
	case b.rules.Version <= b.adoptedVersion:
		return Reply{}, badCommand("Rules.Version %d: the log has adopted version %d with another content; raise Version", b.rules.Version, b.adoptedVersion)
	}
	e := b.event(RulesAdopted, &c.Meta)
	e.number = uint32(b.rules.KeySeconds)
	t.addSide(e, b.digest[:]...)
	t.reply = Reply{Outcome: Done}
	return t.reply, nil
}

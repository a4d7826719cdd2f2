package bookingtest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// The small hospital that Run generates: how many of each there are.
const (
	worldPersons     = 4
	worldAccounts    = 2
	worldClasses     = 4 // two channels, a patient class, emergencies
	worldResources   = 3
	worldDepartments = 2
	worldServices    = 2
	worldSites       = 2
	worldSessions    = 4 // at most, that lie ahead or run
	worldDays        = 2
)

// The small hospital's first day, and 08:00 of it.
var (
	firstDay     = sl.MustDate("2026-11-23")
	firstMorning = sl.MustInstant("2026-11-23T08:00:00+08:00")
)

// drawRules draws rules that NewRules accepts.
func drawRules(t *rapid.T, version uint32, more []booking.Policy) booking.Rules {
	r := booking.Rules{
		Version:       version,
		HoldSeconds:   pick(t, []int64{60, 7200, 7200}, "hold"),
		KeySeconds:    pick(t, []int64{600, 86400}, "keys"),
		StepSeconds:   pick(t, []int64{86400, 40 * 86400}, "step"),
		TravelMinutes: pick(t, []int{0, 15, 60}, "travel"),
		LateCancel:    pick(t, []booking.LateCancel{booking.LateRecorded, booking.LateRefused}, "late"),
		RestSeconds:   pick(t, []int64{0, 0, 0, 600, 7200, 86400}, "rest"),
		Exempt:        []string{"class4"},
		Policies:      append([]booking.Policy{booking.Earliest{}, booking.LevelLoad{}}, more...),
	}
	if between(t, 0, 3, "spread") == 3 {
		r.RestSpreadSeconds, r.RestSeed = 3600, [32]byte{byte(version), 31: 1}
	}
	if between(t, 0, 3, "waitlist") > 0 {
		r.WaitlistPerPerson, r.WaitlistOfferSeconds = int32(pick(t, []int{1, 2, 3}, "entries")), pick(t, []int64{600, 7200, 86400}, "offer")
		r.WaitlistClasses = pick(t, [][]string{nil, {"class3"}, {"class4", "class3"}}, "first in line")
	}
	drawGateRules(t, &r)
	r.Reallocation = drawReallocation(t)
	if between(t, 0, 3, "displacement") > 0 {
		r.Displacement = drawDisplacement(t)
	}
	r.ReturnDays = pick(t, []int{1, 2, 2, 0}, "return days")
	r.Eligible = drawClassEligibility(t)
	for range between(t, 0, 2, "limits") {
		r.Limits = append(r.Limits, drawLimit(t))
	}
	return r
}

func drawLimit(t *rapid.T) booking.Limit {
	l := booking.Limit{
		Who: pick(t, []booking.Holder{booking.PerPerson, booking.PerAccount}, "who"),
		Of:  pick(t, []booking.Counted{booking.OpenVisits, booking.OpenVisits, booking.AllVisits, booking.AllVisits, booking.UnpaidHolds}, "of"),
		Max: int32(pick(t, []int{1, 1, 2, 2, 3, 3, 0}, "max")),
	}
	windows := []booking.Same{booking.SameSession, booking.SameDay, booking.SameMonth}
	if l.Of != booking.AllVisits {
		windows = append(windows, 0)
	}
	l.Kind = pick(t, []sl.Kind{0, 0, 0, sl.General, sl.Specialist}, "of kind")
	l.Same = pick(t, windows, "window") |
		pick(t, []booking.Same{0, booking.SameDepartment, booking.SameService, booking.SameResource}, "same")
	return l
}

// drawOpening draws a session of one to four slots, on one of the days that follow.
func drawOpening(t *rapid.T, now sl.Instant) booking.Opening {
	day := today(now) + 1 + between(t, 0, worldDays-1, "day")
	o := booking.Opening{
		Date:        firstDay.AddDays(day),
		Start:       firstMorning.AddMinutes(day*24*60 + pick(t, []int{0, 0, 15, 30, 60}, "start")),
		Kind:        pick(t, []sl.Kind{sl.General, sl.General, sl.General, sl.General, sl.General, sl.General, sl.Specialist}, "kind"),
		Grade:       sl.Chief,
		Department:  booking.Department(pick(t, []int{1, 1, 1, 2, 0}, "department")),
		Service:     booking.Service(pick(t, []int{1, 1, 1, 2, 0}, "service")),
		Site:        booking.Site(between(t, 0, worldSites, "site")),
		LeadMinutes: uint16(pick(t, []int{0, 0, 15, 120}, "lead")),
		AddOns:      uint16(between(t, 0, 2, "add-ons")),
	}
	minutes := pick(t, []uint16{15, 30}, "minutes")
	offset := uint16(0)
	for i := range between(t, 1, 4, "slots") {
		if i > 0 && between(t, 0, 5, "gap") == 0 {
			offset += 15
		}
		o.Slots = append(o.Slots, booking.SlotSpec{OffsetMinutes: offset, Minutes: minutes,
			Capacity: pick(t, []uint16{1, 1, 1, 2, 2, 3, 0}, "capacity"), Only: pick(t, []booking.Class{0, 0, 0, 0, 0, 1, 3}, "only")})
		offset += minutes
	}
	o.Minutes = pick(t, []uint16{0, 0, offset, offset + 30}, "session minutes")
	if len(o.Slots) == 1 && between(t, 0, 1, "counted") > 0 {
		o.Counted, o.Minutes, offset = true, 120, 120
		o.Slots[0].Capacity++
	}
	for r := booking.Resource(1); r <= worldResources; r++ {
		if between(t, 0, 1, "resource") == 0 {
			o.Resources = append(o.Resources, r)
		}
	}
	for _, c := range rapid.Permutation([]booking.Class{1, 2, 3, 4}).Draw(t, "classes")[:pick(t, []int{0, 0, 1, 2, 3}, "quotas")] {
		o.Quotas = append(o.Quotas, drawQuota(t, c, now, o.Start))
	}
	o.Release = drawTime(t, "release", now, o.Start, 1)
	o.Close = drawTime(t, "close", now, o.Start, 1)
	o.CancelBy = drawTime(t, "cancelBy", now, o.Start, 1)
	if o.CancelBy == 0 {
		o.CancelLeadMinutes = uint16(pick(t, []int{0, 0, 30, 24 * 60}, "cancel lead"))
	}
	o.Pauses = drawPauses(t, now, o.Start)
	drawRounds(t, &o, now)
	o.Reminders = drawReminders(t, now, o.Start)
	o.Eligible = drawEligibility(t)
	if rapid.Bool().Draw(t, "ends") {
		o.End = o.Start.AddMinutes(int(offset) + pick(t, []int{-15, 0, 60}, "end"))
	}
	return o
}

func drawQuota(t *rapid.T, c booking.Class, now, start sl.Instant) booking.Quota {
	q := booking.Quota{Class: c, Reserve: uint16(pick(t, []int{0, 1, 1, 2, 3}, "reserve")), Capped: rapid.Bool().Draw(t, "capped")}
	if q.Capped {
		q.Cap = uint16(pick(t, []int{1, 1, 2, 3, 0}, "cap"))
	}
	q.OpenAt = drawTime(t, "openAt", now, start, 1)
	q.CapLifts = q.Capped && q.OpenAt != 0 && rapid.Bool().Draw(t, "lifts")
	if between(t, 0, 3, "own time") == 3 {
		q.From = drawTime(t, "from", now, start, 2)
	}
	return q
}

// drawPauses draws pauses of everyone or of a class: apart, touching, and of two classes at once.
func drawPauses(t *rapid.T, now, start sl.Instant) (list []booking.Pause) {
	if between(t, 0, 2, "pauses") < 2 {
		return nil
	}
	ends := map[booking.Class]sl.Instant{}
	at := now + sl.Instant(pick(t, []int{0, 600, 3600}, "first pause"))
	for range between(t, 1, 4, "how many pauses") {
		class := pick(t, []booking.Class{0, 0, 1, 3}, "whose pause")
		if n := len(list); at < ends[class] || n > 0 && list[n-1].Span.From() == at && list[n-1].Class >= class {
			continue
		}
		seconds := sl.Instant(pick(t, []int{600, 3600, 4 * 3600, 12 * 3600}, "pause"))
		span, _ := sl.NewSpan(at, at+seconds)
		list, ends[class] = append(list, booking.Pause{Class: class, Span: span}), at+seconds
		at += pick(t, []sl.Instant{0, seconds, seconds, seconds + 3600, max(seconds, (start-at)/2)}, "next pause")
	}
	return list
}

// drawTime draws none, or one of a few instants before a session's start, in likely parts of three.
func drawTime(t *rapid.T, label string, now, start sl.Instant, likely int) sl.Instant {
	if between(t, 1, 3, label) > likely {
		return 0
	}
	span := max(start-now, 4)
	return now + pick(t, []sl.Instant{span / 4, span / 4, span / 2, span - 3600, span}, label+" at")
}

// today is how many days after the first day an instant is, 08:00 to 08:00.
func today(now sl.Instant) int {
	day := now - firstMorning + 86400
	return int(day/86400) - 1
}

// setUp adopts the rules, introduces everyone and opens three sessions.
func (m *machine) setUp(t *rapid.T) {
	start := firstMorning - 86400
	meta := booking.Meta{At: start}
	m.do(booking.Adopt{Meta: meta})
	for _, kind := range []struct {
		kind  booking.NameKind
		count int
	}{{booking.PersonName, worldPersons}, {booking.AccountName, worldAccounts}, {booking.ClassName, worldClasses},
		{booking.ResourceName, worldResources}, {booking.DepartmentName, worldDepartments}, {booking.ServiceName, worldServices},
		{booking.SiteName, worldSites}} {
		for i := range kind.count {
			m.do(booking.Introduce{Meta: meta, Kind: kind.kind, Name: fmt.Sprintf("%v%d", kind.kind, i+1)})
		}
	}
	for range 3 {
		m.open(t, meta)
	}
}

// open opens another session, now and then one that is open already.
func (m *machine) open(t *rapid.T, meta booking.Meta) {
	m.catchUp(meta.At)
	if m.names < 3 || between(t, 0, 7, "again") > 0 {
		m.names++
	}
	m.do(booking.Open{Meta: meta, Name: fmt.Sprintf("session%d", m.names), Opening: drawOpening(t, meta.At)})
}

// drawRequest draws what someone wants: a slot, or anything that matches.
func (m *machine) drawRequest(t *rapid.T) booking.Request {
	q := booking.Request{
		Person:  booking.Person(between(t, 1, worldPersons, "person")),
		Account: booking.Account(between(t, 0, worldAccounts, "account")),
		Count:   uint16(pick(t, []int{0, 1, 1, 1, 1, 1, 2, 3}, "count")),
	}
	classes := rapid.Permutation([]booking.Class{1, 2, 3, 4}).Draw(t, "bear")
	q.Bear, _ = booking.NewBearing(classes[0], classes[1:between(t, 1, 3, "classes")]...)
	switch between(t, 0, 5, "named") {
	case 0, 1:
		q.Slot = m.drawSlot(t)
		return q
	case 2, 3, 4: // something that can be had, if there is anything
		var list []booking.Slot
		for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
			for n := range m.model.session(id).Slots {
				q.Slot = booking.Slot{Session: id, N: uint16(n)}
				if len(m.model.Candidates(q, m.model.Clock())) > 0 {
					list = append(list, q.Slot)
				}
			}
		}
		if len(list) > 0 {
			q.Slot = pick(t, list, "free")
			return q
		}
		q.Slot = booking.Slot{}
	}
	switch between(t, 0, 3, "by") {
	case 3:
		drawAnyOf(t, &q)
	case 0:
		q.Resource = booking.Resource(between(t, 1, worldResources, "resource"))
	case 1:
		q.Department = booking.Department(pick(t, []int{1, 1, 2}, "department"))
		q.Service = booking.Service(pick(t, []int{0, 1, 1, 2}, "service"))
	case 2:
		q.Service = booking.Service(pick(t, []int{1, 1, 2}, "service"))
	}
	if q.Policy = uint8(between(t, 0, 2, "policy")); len(m.rules.Policies) > 2 &&
		between(t, 0, 7, "other policy") > 7-min(7, (len(m.rules.Policies)-1)/2) {
		q.Policy = uint8(between(t, 3, len(m.rules.Policies), "which policy"))
	}
	if between(t, 0, 2, "window") == 0 {
		q.From = firstMorning.AddMinutes(pick(t, []int{0, 15, 30, 24 * 60}, "from"))
		q.Until = q.From.AddMinutes(pick(t, []int{15, 60, 48 * 60}, "until"))
	}
	return q
}

// drawSlot draws a slot, or one beside what there is.
func (m *machine) drawSlot(t *rapid.T) booking.Slot {
	id := booking.Session(between(t, 1, max(1, m.model.Sessions()), "session"))
	for tries := 0; tries < 2 && m.model.gone(m.model.session(id)); tries++ {
		id = booking.Session(between(t, 1, m.model.Sessions(), "session instead"))
	}
	return booking.Slot{Session: id, N: uint16(pick(t, []int{0, 0, 0, 1, 1, 2, 3, 4}, "n"))}
}

package bookingtest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// shape is what kind of hospital a law needs.
type shape uint8

const (
	anyShape   shape = 1 + iota
	plainShape       // no quotas, nobody gives back, every wish for one slot
	levelShape       // no clinic ever fills; wishes for windows of half-hours
	fairShape        // one day, no clinic ever fills, wishes for anyone; perhaps a physician who comes later
)

// HospitalPhysicians and HospitalClasses are the names in every generated hospital, so that a policy's settings can name them. The
// first two classes are channels.
func HospitalPhysicians() []string { return []string{"He", "Li", "Wu", "Yu"} }

// HospitalClasses are the classes, see HospitalPhysicians.
func HospitalClasses() []string { return []string{"app", "window", "elderly", "referral"} }

func drawHospital(t *rapid.T, s shape) (h Hospital) {
	switch s {
	case levelShape:
		return drawLevel(t)
	case fairShape:
		return drawFair(t)
	}
	starts := []int{8 * 60, 8 * 60, 8*60 + 30, 9 * 60, 14 * 60}
	for i := range between(t, 1, 4, "clinics") {
		c := Clinic{Name: fmt.Sprintf("s%d", i+1), Physician: pick(t, HospitalPhysicians(), "physician"), Day: pick(t, []int{0, 0, 0, 1, 3}, "day"),
			Minute: pick(t, starts, "start"), SlotMinutes: pick(t, []int{30, 15}, "minutes"), Slots: between(t, 1, 4, "slots"),
			Capacity: pick(t, []int{1, 1, 1, 2, 3}, "capacity")}
		if s == anyShape {
			c.Quotas = drawNamedQuotas(t)
		}
		h.Clinics = append(h.Clinics, c)
	}
	for i := range between(t, 1, 8, "wishes") {
		h.Wishes = append(h.Wishes, drawWish(t, &h, i, s))
	}
	return h
}

func drawWish(t *rapid.T, h *Hospital, i int, s shape) Wish {
	if s == anyShape && i > 0 && between(t, 0, 9, "gives back") == 9 {
		return Wish{Kind: GivesBack, Person: h.Wishes[between(t, 0, i-1, "who")].Person}
	}
	x := Wish{Kind: Asks, Person: fmt.Sprintf("p%d", i+1), Channel: pick(t, HospitalClasses()[:2], "channel"), Count: 1}
	if i > 0 && between(t, 0, 2, "alike") == 2 { // the same wish as someone else's
		person := x.Person
		if x = h.Wishes[between(t, 0, i-1, "as who")]; x.Kind == Asks {
			x.Person = person
			return x
		}
		x = Wish{Kind: Asks, Person: person, Channel: "app", Count: 1}
	}
	if between(t, 0, 2, "class") == 2 {
		x.Classes = []string{pick(t, HospitalClasses()[2:], "which")}
	}
	if between(t, 0, 4, "named") == 4 {
		x.Physician = h.Clinics[between(t, 0, len(h.Clinics)-1, "whose")].Physician
	}
	if between(t, 0, 2, "window") == 2 {
		c := &h.Clinics[between(t, 0, len(h.Clinics)-1, "around")]
		x.From = c.Day*1440 + c.Minute + pick(t, []int{0, 0, 30, -30}, "from")
		x.Until = x.From + pick(t, []int{30, 60, 90, 240, 1440}, "until")
	}
	if s == anyShape {
		x.Count = pick(t, []int{1, 1, 1, 1, 2}, "count")
		if between(t, 0, 4, "was here") == 4 && i > 0 {
			x.Person = h.Wishes[between(t, 0, i-1, "who again")].Person
		}
	}
	return x
}

func drawNamedQuotas(t *rapid.T) (list []booking.NamedQuota) {
	for _, c := range rapid.Permutation(HospitalClasses()).Draw(t, "classes")[:pick(t, []int{0, 0, 0, 1, 2}, "quotas")] {
		q := booking.NamedQuota{Class: c, Reserve: uint16(between(t, 0, 2, "reserve")), Capped: rapid.Bool().Draw(t, "capped")}
		if q.Capped {
			q.Cap = uint16(between(t, 1, 3, "cap"))
		}
		list = append(list, q)
	}
	return list
}

// ample is more than there are wishes.
const ample = 40

func drawLevel(t *rapid.T) (h Hospital) {
	halves := between(t, 1, 6, "half-hours")
	for i := range between(t, 1, 2, "clinics") {
		h.Clinics = append(h.Clinics, Clinic{Name: fmt.Sprintf("s%d", i+1), Physician: HospitalPhysicians()[i], Minute: 8 * 60, SlotMinutes: 30,
			Slots: halves, Capacity: ample})
	}
	same := between(t, 0, 2, "all alike") == 0
	for i := range between(t, 1, 12, "wishes") {
		x := Wish{Kind: Asks, Person: fmt.Sprintf("p%d", i+1), Channel: "app", Count: 1}
		if !same {
			from := between(t, 0, halves-1, "from")
			x.From = 8*60 + 30*from
			x.Until = x.From + 30*between(t, 1, halves-from, "until")
		}
		h.Wishes = append(h.Wishes, x)
	}
	return h
}

func drawFair(t *rapid.T) (h Hospital) {
	n := between(t, 2, 4, "physicians")
	wishes := between(t, 1, 20, "wishes")
	day := between(t, 0, 4, "day")
	for i := range n {
		c := Clinic{Name: fmt.Sprintf("s%d", i+1), Physician: HospitalPhysicians()[i], Day: day, Minute: 8*60 + 30*between(t, 0, 2, "start"), SlotMinutes: 30,
			Slots: between(t, 1, 3, "slots"), Capacity: ample}
		if i == n-1 && n > 2 && rapid.Bool().Draw(t, "comes later") {
			c.After = between(t, 1, wishes, "after")
		}
		h.Clinics = append(h.Clinics, c)
	}
	for i := range wishes {
		h.Wishes = append(h.Wishes, Wish{Kind: Asks, Person: fmt.Sprintf("p%d", i+1), Channel: "app", Count: 1})
	}
	return h
}

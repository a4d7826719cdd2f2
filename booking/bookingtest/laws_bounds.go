package bookingtest

import (
	"fmt"
	"math/bits"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// LevelLoadBound claims that the policy keeps the peak near the best that could have been done knowing all requests beforehand.
// The load of a half-hour is the number of persons whose visit starts in it; the peak is the greatest load. With m half-hours,
// requests for any window of them and room for everyone, the peak is at most ⌈log₂ m⌉ + 1 times the least possible peak; where
// all ask for the same window, it is the least possible peak. The first is the theorem of Azar, Naor and Rom on greedy assignment of unit
// tasks to a subset of the machines (J. Algorithms 18, 1995, 221-237), where nothing is given back; the second holds since greedy
// levels what it may choose freely. No smaller factor holds: over four half-hours, four requests reach three times the best. The least possible peak is, by Hall's theorem, the greatest over all windows of the number of
// requests that lie within, divided by its half-hours, rounded up.
type LevelLoadBound struct{}

// String is the law's name.
func (LevelLoadBound) String() string { return "level-loading bound" }

func (LevelLoadBound) shape() shape { return levelShape }

func (LevelLoadBound) check(p booking.Policy, h *Hospital) (*Violation, error) {
	list, err := h.play(p, plainly)
	if err != nil {
		return nil, err
	}
	halves := h.halves()
	load := make([]int, halves)
	alike := true
	for i := range list {
		if !list[i].Served {
			return h.broken(i, "refused, though there is room for everyone").always("booked " + h.Wishes[i].Person), nil
		}
		at := int(list[i].Start-h.Clinics[0].start(h)) / 1800
		load[at]++
		alike = alike && h.Wishes[i].alike(&h.Wishes[0])
		factor := bits.Len32(uint32(halves-1)) + 1 // ⌈log₂ m⌉ + 1
		if alike {
			factor = 1
		}
		if best := h.leastPeak(i + 1); load[at] > factor*best {
			return h.broken(i, fmt.Sprintf("the peak is %d; %d is possible, and %d times that is the bound", load[at], best, factor)).never(list[i].reply), nil
		}
	}
	return nil, nil
}

// halves is how many half-hours the hospital's clinics have, all of them from the same start.
func (h *Hospital) halves() (n int) {
	for i := range h.Clinics {
		n = max(n, h.Clinics[i].Slots)
	}
	return n
}

// leastPeak is the best that could have been done for the first n wishes.
func (h *Hospital) leastPeak(n int) (peak int) {
	halves, first := h.halves(), h.Clinics[0].Minute
	for from := range halves {
		for until := from + 1; until <= halves; until++ {
			within := 0
			for i := range n {
				x := &h.Wishes[i]
				a, b := 0, halves
				if x.From != 0 {
					a = max(0, (x.From-first)/30)
				}
				if x.Until != 0 {
					b = min(halves, (x.Until-first)/30)
				}
				if a >= from && b <= until {
					within++
				}
			}
			peak = max(peak, (within+until-from-1)/(until-from))
		}
	}
	return peak
}

// FairBound claims that requests for anyone are shared among physicians by weight: of the first m, with room for everyone,
// each has their share m·w/W rounded down or up; and once a physician has come later, nobody who is chosen has more than their weight of
// the last W requests: who is new is not flooded. W is the sum of the weights of those who are there.
type FairBound struct {
	// Shares are the weights of HospitalPhysicians; who is not named has 1.
	Shares []booking.Share
}

// String is the law's name.
func (FairBound) String() string { return "fairness bound" }

func (FairBound) shape() shape { return fairShape }

func (f FairBound) weight(physician string) int {
	for _, s := range f.Shares {
		if s.Resource == trimmed(physician) {
			return s.Weight
		}
	}
	return 1
}

func (f FairBound) check(p booking.Policy, h *Hospital) (*Violation, error) {
	list, err := h.play(p, plainly)
	if err != nil {
		return nil, err
	}
	newcomer := false
	var given []string // the physicians, request by request
	for i := range list {
		if !list[i].Served {
			return h.broken(i, "refused, though there is room for everyone").always("booked " + h.Wishes[i].Person), nil
		}
		weights := 0
		for k := range h.Clinics {
			c := &h.Clinics[k]
			newcomer = newcomer || c.After > 0 && c.After <= i
			if c.After <= i {
				weights += f.weight(c.Physician)
			}
			if c.Name == list[i].Clinic {
				given = append(given, c.Physician)
			}
		}
		if why := f.unfair(h, given, weights, newcomer); why != "" {
			return h.broken(i, why).never(list[i].reply), nil
		}
	}
	return nil, nil
}

// unfair says what is wrong with what was given last, or nothing.
func (f FairBound) unfair(h *Hospital, given []string, weights int, newcomer bool) string {
	m, last := len(given), given[len(given)-1]
	if newcomer {
		if have := count(given[max(0, m-weights):], last); have > f.weight(last) {
			return fmt.Sprintf("%s has %d of the last %d requests; the weight is %d of %d", last, have, weights, f.weight(last), weights)
		}
		return ""
	}
	for k := range h.Clinics {
		c := &h.Clinics[k]
		if c.After > 0 {
			continue
		}
		have, w := count(given, c.Physician), f.weight(c.Physician)
		if have < m*w/weights || have > (m*w+weights-1)/weights {
			return fmt.Sprintf("%s has %d of %d requests; the weight is %d of %d", c.Physician, have, m, w, weights)
		}
	}
	return ""
}

func count(list []string, who string) (n int) {
	for _, x := range list {
		if x == who {
			n++
		}
	}
	return n
}

// BoundedWait claims that nobody who is served starts more than so many minutes after the earliest candidate there was.
type BoundedWait struct{ Minutes int }

// String is the law's name.
func (b BoundedWait) String() string { return fmt.Sprintf("bounded wait of %d minutes", b.Minutes) }

func (BoundedWait) shape() shape { return anyShape }

func (b BoundedWait) check(p booking.Policy, h *Hospital) (*Violation, error) {
	list, err := h.play(p, listing)
	if err != nil {
		return nil, err
	}
	for i := range list {
		o := &list[i]
		for _, c := range o.Listed {
			if o.Served && o.Start > c.Start+sl.Instant(b.Minutes)*60 {
				return h.broken(i, fmt.Sprintf("%s is more than %d minutes after %s, which was free", o.slot(), b.Minutes, c.slot())).never(o.reply), nil
			}
		}
	}
	return nil, nil
}

// Protects claims that whoever is served leaves free, in the session, what booking.Protection says that their class must leave:
// the first level of a class that they bear, or the level of "", in units and in parts of the session's units.
type Protects struct{ Levels []booking.ProtectionLevel }

// String is the law's name.
func (Protects) String() string { return "protects" }

func (Protects) shape() shape { return anyShape }

func (l Protects) check(p booking.Policy, h *Hospital) (*Violation, error) {
	list, err := h.play(p, plainly)
	if err != nil {
		return nil, err
	}
	used := map[string]int{}
	last := map[string]int{} // by person, the outcome that stands
	for i := range list {
		o, x := &list[i], &h.Wishes[i]
		if x.Kind == GivesBack {
			if k, ok := last[x.Person]; ok {
				used[list[k].Clinic] -= h.Wishes[k].Count
				delete(last, x.Person)
			}
			continue
		}
		if !o.Served {
			continue
		}
		used[o.Clinic] += x.Count
		last[x.Person] = i
		for k := range h.Clinics {
			c := &h.Clinics[k]
			units := c.Slots * c.Capacity
			if leave := l.leave(x, units); c.Name == o.Clinic && units-used[c.Name] < leave {
				return h.broken(i, fmt.Sprintf("%d of %d are left free in %s; %s must leave %d", units-used[c.Name], units, c.Name, x.Person, leave)).never(o.reply), nil
			}
		}
	}
	return nil, nil
}

func (l Protects) leave(x *Wish, units int) int {
	for _, level := range l.Levels {
		if level.Class == "" || level.Class == x.Channel || count(x.Classes, level.Class) > 0 {
			return max(level.Leave, (units*level.LeavePercent+99)/100)
		}
	}
	return 0
}

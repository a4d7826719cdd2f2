package search

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// hours are the times of the week at which slots are wanted, and for whom.
type hours struct {
	windows  []stretch      // empty: any time of day
	weekdays slots.Weekdays // empty: any
	visit    slots.Visit
}

// stretch is a part of the day in seconds, [from, until); from may be in the next day, and until after it.
type stretch struct{ from, until int32 }

func hoursOf(q *Query) hours { return hours{union(q.Windows), q.Weekdays, q.Visit} }

// union lays the windows over two days and joins those that meet, so that a slot lies in the union of the windows exactly where
// it, or itself a day later, lies in one stretch. It is empty where there is no window, or where they are the whole day.
func union(windows []Window) []stretch {
	laid := make([]stretch, 0, 2*len(windows))
	for _, w := range windows {
		s := stretch{int32(w.From.Minutes()) * 60, int32(w.Until.Minutes()) * 60}
		if s.until <= s.from {
			s.until += daySeconds
		}
		laid = append(laid, s, stretch{s.from + daySeconds, s.until + daySeconds})
	}
	slices.SortFunc(laid, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	joined := laid[:0]
	for _, s := range laid {
		if n := len(joined); n > 0 && s.from <= joined[n-1].until {
			joined[n-1].until = max(joined[n-1].until, s.until)
		} else {
			joined = append(joined, s)
		}
	}
	for _, s := range joined {
		if s.until-s.from >= daySeconds {
			return nil
		}
	}
	return joined
}

// holds reports whether [second, second+length) of a day lies in the windows.
func (h *hours) holds(second, length int32) bool {
	if len(h.windows) == 0 {
		return true
	}
	for _, s := range h.windows {
		if s.from <= second && second+length <= s.until || s.from <= second+daySeconds && second+daySeconds+length <= s.until {
			return true
		}
	}
	return false
}

func (h *hours) on(day slots.Weekday) bool { return h.weekdays == 0 || h.weekdays.Has(day) }

// rows sets words to the slots of a face that are wanted, bit r for slot r. Cost: O(slots × windows).
func (h *hours) rows(words []uint64, f *face, sh *shape, w wall) {
	clear(words)
	for r := range sh.offsets {
		if h.wants(f, sh, r, &w) {
			words[r>>6] |= 1 << (r & 63)
		}
	}
}

func (h *hours) wants(f *face, sh *shape, r int, w *wall) bool {
	if v := sh.visit(r); h.visit != slots.AnyVisit && v != slots.AnyVisit && v != h.visit {
		return false
	}
	if h.weekdays == 0 && len(h.windows) == 0 {
		return true
	}
	if f.changes {
		return h.wantsOver(f.start+slots.Instant(sh.offsets[r]), f.start+slots.Instant(sh.end(r)), w)
	}
	second := f.wallSecond + sh.offsets[r]
	day := slots.Weekday((int32(f.weekday)-1+second/daySeconds)%7 + 1)
	return h.on(day) && h.holds(second%daySeconds, sh.lengths[r])
}

// wantsOver judges a slot of a session in which the clocks change, part by part.
func (h *hours) wantsOver(from, until slots.Instant, w *wall) bool {
	offset, _, _ := w.at(from)
	if day, _ := wallOf(from, offset); !h.on(day) {
		return false
	}
	for from < until {
		offset, change, held := w.at(from)
		end := until
		if held {
			end = min(end, change)
		}
		if _, second := wallOf(from, offset); !h.holds(second, int32(end-from)) {
			return false
		}
		from = end
	}
	return true
}

var endOfDay = slots.MustClock("24:00")

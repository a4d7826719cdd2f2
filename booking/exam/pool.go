package exam

import (
	"cmp"
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Midnight is when a day begins. Days are resolved once, when the slots are made, as slots are; later changes of zone rules
// move nothing that is in the pool already.
type Midnight struct {
	Day sl.Date
	At  sl.Instant
}

// Midnights resolves the days from first to last, and the one after, in loc: AppendOffers wants them ascending and ended. A day whose
// 00:00 does not exist begins with the first quarter of an hour that does. A day that the clocks skip whole, as Apia skipped
// 2011-12-30, is not listed; the one before ends when the one after it begins. It is empty where last is before first.
// Cost: some table look-ups a day.
func Midnights(first, last sl.Date, loc *time.Location) []Midnight {
	var list []Midnight
	ended := !first.IsValid() || !last.IsValid() || last.Before(first)
	for d := first; !ended && d.IsValid(); d = d.AddDays(1) {
		for minute := 0; minute < 24*60; minute += 15 {
			clock, _ := sl.NewClock(minute/60, minute%60)
			if at, how := sl.Resolve(d, clock, loc); how != sl.Skipped {
				list = append(list, Midnight{d, at})
				ended = d.After(last)
				break
			}
		}
	}
	return list
}

// longestDay is longer than any day whose clocks change by hours.
const longestDay = 30 * 3600

// follows reports whether b begins the day after a: the next one, or the one after that where the clocks skipped the next, so
// that no more than a day has passed.
func (b Midnight) follows(a Midnight) bool {
	days := b.Day.Sub(a.Day)
	return b.At > a.At && (days == 1 || days == 2 && b.At-a.At <= longestDay)
}

// AppendOffers makes offers for an examination of what the pool has for it: candidates are what booking.Book.Candidates
// answered to a request for the examination's service with that Count. Times are counted from midnight; the last midnight only ends
// the day before it. Each midnight is of the day after the one before it; only a day that the clocks skip whole may be missing. A candidate that is shorter than minutes, or on no day, is an error, never left out in silence.
func AppendOffers(dst []Offer, book *booking.Book, code string, minutes int, count uint16, candidates []booking.Candidate, midnights []Midnight) ([]Offer, error) {
	var p problems
	for i := 1; i < len(midnights); i++ {
		if !midnights[i].follows(midnights[i-1]) {
			p.Add("midnights[%d] %v %v: not the day after midnights[%d]", i, midnights[i].Day, midnights[i].At, i-1)
		}
	}
	if p.Len() > 0 {
		return dst, p.Err()
	}
	offers := dst
	for i, c := range candidates {
		day, found := slices.BinarySearchFunc(midnights, c.Start, func(m Midnight, at sl.Instant) int { return cmp.Compare(m.At, at) })
		if !found {
			day--
		}
		session, known := book.Session(c.Slot.Session)
		switch {
		case !known:
			p.Add("candidates[%d].Slot %v: not in this book", i, c.Slot)
		case c.Minutes < minutes:
			p.Add("candidates[%d].Minutes %d: the examination takes %d; ask for more consecutive slots", i, c.Minutes, minutes)
		case day < 0 || day+1 >= len(midnights):
			p.Add("candidates[%d].Start %v: on none of the days", i, c.Start)
		case (c.Start-midnights[day].At)%60 != 0:
			p.Add("candidates[%d].Start %v: not a whole minute of its day", i, c.Start)
		default:
			offers = append(offers, Offer{Exam: code, Day: midnights[day].Day, StartMinute: int((c.Start - midnights[day].At) / 60),
				Minutes: c.Minutes, Site: book.Name(booking.SiteName, uint32(session.Site)), Slot: c.Slot, Count: max(count, 1)})
		}
	}
	if p.Len() > 0 {
		return dst, p.Err()
	}
	return offers, nil
}

// Bundle is the one command that books an itinerary whole or not at all. Each leg becomes a request for its slots, in order of
// time; everything else (person, account, booker, classes) is taken from who. The Book judges it anew: what was listed when the
// offers were made may be gone.
func (it *Itinerary) Bundle(m booking.Meta, as booking.State, who booking.Request) booking.Bundle {
	b := booking.Bundle{Meta: m, As: as}
	for _, leg := range it.Legs {
		q := who
		q.Slot, q.Count = leg.Slot, leg.Count
		b.Requests = append(b.Requests, q)
	}
	return b
}

package booking

import (
	"cmp"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Travel is what a person needs between two sites, where that is not Rules.TravelMinutes: either way round, by the names of the
// sites. A name that no session has had yet is kept for when one has. Book.TravelMinutes tells what holds for two sites.
type Travel struct {
	From, To string
	Minutes  int // 0 to 1440; 0: one may go straight from the one to the other
}

// MaxTravel bounds Rules.Travel.
const MaxTravel = 1000

func travelProblems(list []Travel) (all []error) {
	bad := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if len(list) > MaxTravel {
		bad("len(Travel) %d: want 0 to %d", len(list), MaxTravel)
		return all
	}
	seen := map[[2]string]int{}
	for i, x := range list {
		if checkName(x.From) != nil || checkName(x.To) != nil || x.From == x.To {
			bad("Travel[%d].From %q, To %q: want the names of two sites", i, x.From, x.To)
		}
		if x.Minutes < 0 || x.Minutes > 1440 {
			bad("Travel[%d].Minutes %d: want 0 to 1440", i, x.Minutes)
		}
		pair := [2]string{min(x.From, x.To), max(x.From, x.To)}
		if first, twice := seen[pair]; twice {
			bad("Travel[%d]: %q and %q are Travel[%d] already", i, x.From, x.To, first)
		} else {
			seen[pair] = i
		}
	}
	return all
}

// route is one line of Rules.Travel, by handles.
type route struct {
	sites   uint64 // the lesser handle, then the greater
	seconds sl.Instant
}

func sitesOf(x, y Site) uint64 { return uint64(min(x, y))<<32 | uint64(max(x, y)) }

// noteTravel works out what the rules say of the sites that are known. Cost: a look-up for each line of Rules.Travel.
func (b *Book) noteTravel() {
	b.routes, b.travelMost = nil, sl.Instant(b.rules.TravelMinutes)*60
	for _, x := range b.rules.Travel {
		from, to := Site(b.names[SiteName].find(x.From)), Site(b.names[SiteName].find(x.To))
		if from != 0 && to != 0 {
			b.routes = append(b.routes, route{sitesOf(from, to), sl.Instant(x.Minutes) * 60})
			b.travelMost = max(b.travelMost, sl.Instant(x.Minutes)*60)
		}
	}
	slices.SortFunc(b.routes, func(x, y route) int { return cmp.Compare(x.sites, y.sites) })
}

// travel is what the way between two different sites takes.
func (b *Book) travel(x, y Site) sl.Instant {
	if len(b.routes) > 0 {
		pair := sitesOf(x, y)
		if i, found := slices.BinarySearchFunc(b.routes, pair, func(r route, pair uint64) int { return cmp.Compare(r.sites, pair) }); found {
			return b.routes[i].seconds
		}
	}
	return sl.Instant(b.rules.TravelMinutes) * 60
}

// TravelMinutes is what the rules say a person needs from one site to another, in minutes: 0 within a site, and from or to a session
// that says no site.
func (b *Book) TravelMinutes(from, to Site) int {
	if from == to || from == 0 || to == 0 {
		return 0
	}
	return int(b.travel(from, to) / 60)
}

package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// The shape of the timetable, that of a real middle-sized hospital: how many of each there are. Who sits where and when is
// drawn.
const (
	rosterPhysicians = 89
	rosterRooms      = 38
	rosterTwoPlaces  = 19 // physicians in two places at once, each in a different cell and person
	rosterShared     = 18 // rooms with two sessions at once
	rosterClosed     = 154
)

// rosterCells are the rows of the timetable by weekday, Monday to Saturday, for each part: 304 together, 41 of them evenings.
var rosterCells = []struct {
	part string
	rows [6]int
}{
	{"am", [6]int{31, 31, 31, 31, 30, 11}},
	{"pm", [6]int{20, 20, 20, 19, 19, 0}},
	{"evening", [6]int{9, 8, 8, 8, 8, 0}},
}

// generateRoster draws the timetable. The counts above hold for every seed, by construction.
func generateRoster(seed uint64, first slots.Date) []RosterRow {
	g := rosterMaker{draw: newStream(seed, "roster")}
	g.queue = g.allPhysicians()
	twoPlaces, shared := g.spread(rosterTwoPlaces), g.spread(rosterShared)
	cell := 0
	for _, c := range rosterCells {
		for weekday, rows := range c.rows {
			if rows == 0 {
				continue
			}
			g.fillCell(slots.Weekday(weekday+1), c.part, rows, twoPlaces[cell], shared[cell])
			cell++
		}
	}
	g.flags()
	g.closures(first)
	slices.SortFunc(g.rows, func(a, b RosterRow) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Physician, b.Physician),
			cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(partRank(a.Part), partRank(b.Part)), cmp.Compare(a.Room, b.Room))
	})
	return g.rows
}

func partRank(part string) int {
	return slices.IndexFunc(rosterCells, func(c struct {
		part string
		rows [6]int
	}) bool {
		return c.part == part
	})
}

type rosterMaker struct {
	draw  stream
	queue []int // physicians still to be placed in this round
	rooms int   // how many rooms have been used at all
	rows  []RosterRow
}

// spread deals n awkward cases over the cells of weekday mornings and afternoons, at most two to a cell.
func (g *rosterMaker) spread(n int) [16]int {
	var count [16]int // am 0..5, pm 6..10, evening 11..15
	for n > 0 {
		if i := g.draw.below(11); i != 5 && count[i] < 2 {
			count[i]++
			n--
		}
	}
	return count
}

func (g *rosterMaker) allPhysicians() []int {
	all := make([]int, rosterPhysicians)
	for i := range all {
		all[i] = i
	}
	g.draw.shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// nextPhysician takes the first of the round who is not in the cell yet; rounds make the load even and leave nobody out.
func (g *rosterMaker) nextPhysician(in map[int]bool) int {
	for {
		for i, p := range g.queue {
			if !in[p] {
				g.queue = slices.Delete(g.queue, i, i+1)
				in[p] = true
				return p
			}
		}
		g.queue = append(g.queue, g.allPhysicians()...)
	}
}

// fillCell makes the rows of one weekday and part. The first shared rows sit two to a room, the last twoPlaces rows are
// second places of physicians who are there already.
func (g *rosterMaker) fillCell(weekday slots.Weekday, part string, rows, twoPlaces, shared int) {
	in, taken := map[int]bool{}, map[int]bool{}
	begin := len(g.rows)
	for i := range rows {
		var physician int
		department := 0
		second := i >= rows-twoPlaces
		if second {
			physician = physicianNumber(g.rows[begin+i-(rows-twoPlaces)].Physician)
			department = otherDepartment(departmentOf(physician))
		} else {
			physician = g.nextPhysician(in)
			department = departmentOf(physician)
		}
		room := ""
		// The sharer joins the room of a row from the middle of the cell: never of one who is in two places.
		if at := i - (rows - twoPlaces - shared); at >= 0 && !second {
			room = g.rows[begin+twoPlaces+at].Room
		} else {
			room = roomName(g.freeRoom(department, taken))
		}
		g.rows = append(g.rows, RosterRow{
			Department: departmentNames[department].code, Physician: physicianCode(physician),
			Weekday: weekday, Part: part, Room: room,
		})
	}
}

// freeRoom gives a room that was never used while there is one, then the free one nearest after the department's own.
func (g *rosterMaker) freeRoom(department int, taken map[int]bool) int {
	room := (department*5 + int(g.draw.below(3))) % rosterRooms
	if g.rooms < rosterRooms {
		room = g.rooms
		g.rooms++
	}
	for taken[room] {
		room = (room + 1) % rosterRooms
	}
	taken[room] = true
	return room
}

// flags marks a few rows, each once.
func (g *rosterMaker) flags() {
	for _, f := range []struct {
		flag  Flag
		count int
	}{{Substitute, 10}, {FullyBooked, 8}, {NotOnWeb, 5}} {
		for left := f.count; left > 0; {
			if r := &g.rows[g.draw.below(int64(len(g.rows)))]; r.Flag == NoFlag {
				r.Flag = f.flag
				left--
			}
		}
	}
}

// closures draws days on which a physician is away within ten weeks from first, until so many dates are closed.
func (g *rosterMaker) closures(first slots.Date) {
	left := rosterClosed
	for left > 0 {
		some := g.rows[g.draw.below(int64(len(g.rows)))]
		monday := first.AddDays(1 - int(first.Weekday()))
		day := monday.AddDays(int(some.Weekday) - 1 + 7*int(g.draw.below(10)))
		if day.Before(first) {
			continue
		}
		for i := range g.rows {
			r := &g.rows[i]
			if left > 0 && r.Physician == some.Physician && r.Weekday == some.Weekday && !slices.Contains(r.Closed, day) {
				r.Closed = append(r.Closed, day)
				slices.SortFunc(r.Closed, slots.Date.Compare)
				left--
			}
		}
	}
}

func physicianCode(n int) string { return fmt.Sprintf("D%03d", n+1) }

func physicianNumber(code string) int {
	n := 0
	for _, c := range code[1:] {
		n = n*10 + int(c-'0')
	}
	return n - 1
}

func roomName(n int) string { return fmt.Sprint(101 + n/10*100 + n%10) }

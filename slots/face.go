package slots

import "time"

// face is the wall clock of one session, in minutes after its start, and the instants behind it.
type face struct {
	date  Date
	clock Clock
	loc   *time.Location
	start Instant // of minute 0
	end   Instant // of the last minute
	plain bool    // clocks do not change between start and end, and no time in between occurs twice
}

func newFace(d Date, c Clock, minutes int, loc *time.Location) face {
	f := face{date: d, clock: c, loc: loc}
	var how1, how2 Resolution
	f.start, how1 = f.at(0)
	if f.end, how2 = f.at(minutes); how2 == Skipped && f.end < f.start { // past the end of the calendar
		f.end = f.start.AddMinutes(minutes)
	}
	// Between two times that each occur once, in one stretch of unchanging offset, every time occurs once: a time that
	// occurs twice lies at an end of the stretch.
	if how1 == Exact && how2 == Exact {
		_, change := f.start.In(loc).ZoneBounds()
		f.plain = change.IsZero() || int64(f.end) < change.Unix()
	}
	return f
}

// dayFace is the wall clock of a date and the next; the faces of its sessions are read off it where it is plain.
type dayFace struct{ face }

func newDayFace(d Date, loc *time.Location) dayFace {
	return dayFace{newFace(d, Clock{}, 2*24*60, loc)}
}

func (f *dayFace) of(c Clock, minutes int) face {
	if !f.plain {
		return newFace(f.date, c, minutes, f.loc)
	}
	start := f.start.AddMinutes(c.Minutes())
	return face{date: f.date, clock: c, loc: f.loc, start: start, end: start.AddMinutes(minutes), plain: true}
}

// at returns the first instant at which the clocks show that minute or a later one.
func (f *face) at(minute int) (Instant, Resolution) {
	if f.plain {
		return f.start.AddMinutes(minute), Exact
	}
	return locate(f.date, f.clock.Minutes()+minute, f.loc)
}

// slot returns the start of a slot, how it was found, and whether the clocks leave it its full length.
func (f *face) slot(p piece) (at Instant, how Resolution, fits bool) {
	at, how = f.at(int(p.offset))
	if f.plain {
		return at, how, true
	}
	end, _ := f.at(int(p.offset + p.minutes))
	return at, how, end >= at.AddMinutes(int(p.minutes))
}

// minutes is the real length of the session, rounded up: offsets of the nineteenth century have seconds.
func (f *face) minutes() int { return int((f.end - f.start + 59) / 60) }

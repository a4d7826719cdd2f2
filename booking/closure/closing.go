package closure

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/allocate"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Closing is what is to close, and how those affected are to be placed.
type Closing struct {
	// Sessions that close together, 1 to booking.MaxClosing, each once.
	Sessions []booking.Session
	// At is when it is decided: not before the Book's clock, with nothing due.
	At sl.Instant
	// AnswerBy, From, Until, Move and Waitlist are as in booking.CloseSession.
	AnswerBy, From, Until sl.Instant
	Move, Waitlist        bool
	// Zone is where the hospital's clock hangs.
	Zone *time.Location
	// Frailest are classes that requests bear, those to be placed first of all first; who bears none of them comes last. At most allocate.MaxRebookClasses − 1.
	Frailest []booking.Class
	// OtherGrade allows sessions of another grade; OtherDepartment such of the same service in another department. Both cost as Rebook says.
	OtherGrade, OtherDepartment bool
	// Options is how many places are considered for each, the same physician's first, then the nearest in time; 0 is all there are.
	Options int
	// Salt keys the choice among equally good answers.
	Salt uint64
}

// problems says what is wrong with the parts that the Book does not check itself.
func (c *Closing) problems() error {
	var all []error
	if len(c.Sessions) < 1 || len(c.Sessions) > booking.MaxClosing {
		all = append(all, fmt.Errorf("Sessions: %d of them, want 1 to %d", len(c.Sessions), booking.MaxClosing))
	}
	if c.Zone == nil {
		all = append(all, errors.New("Zone: none given"))
	}
	if len(c.Frailest) >= allocate.MaxRebookClasses {
		all = append(all, fmt.Errorf("Frailest: %d classes, want at most %d", len(c.Frailest), allocate.MaxRebookClasses-1))
	}
	if c.Options < 0 || c.Options > maxOptions {
		all = append(all, fmt.Errorf("Options %d: want 0 to %d", c.Options, maxOptions))
	}
	return errors.Join(all...)
}

// maxOptions is more than any round can hold.
const maxOptions = allocate.MaxRebookOptions

// command is the closing without a plan.
func (c *Closing) command() booking.CloseSession {
	return booking.CloseSession{Meta: booking.Meta{At: c.At}, Session: c.Sessions[0], And: c.Sessions[1:], AnswerBy: c.AnswerBy, From: c.From, Until: c.Until,
		Move: c.Move, Waitlist: c.Waitlist}
}

// class is the frailty of one who bears some classes: 1 is the frailest.
func (c *Closing) class(bear booking.Bearing) int {
	for i, x := range c.Frailest {
		if bear.Has(x) {
			return i + 1
		}
	}
	return len(c.Frailest) + 1
}

// PhysicianDay appends the sessions of a date in which a resource is, as far as they are open and not over at an instant: what closes when
// a physician falls ill. In order of (start, handle).
func PhysicianDay(dst []booking.Session, b *booking.Book, r booking.Resource, date sl.Date, at sl.Instant) []booking.Session {
	from, until := around(date)
	return open(dst, b, b.SessionsOf(nil, r, from, until), date, at)
}

// SiteDay appends the sessions of a date at a site, as far as they are open and not over at an instant. In the order in which they were opened.
func SiteDay(dst []booking.Session, b *booking.Book, site booking.Site, date sl.Date, at sl.Instant) []booking.Session {
	from, until := around(date)
	return open(dst, b, b.SessionsAt(nil, site, from, until), date, at)
}

// around is a stretch that has every start of a date in it, wherever the clock hangs.
func around(date sl.Date) (from, until sl.Instant) {
	const day = 86400
	midnight := sl.Instant(date.Sub(sl.DateOf(0, time.UTC))) * day
	return midnight - 2*day, midnight + 3*day
}

func open(dst []booking.Session, b *booking.Book, list []booking.Session, date sl.Date, at sl.Instant) []booking.Session {
	for _, id := range list {
		if v, _ := b.Session(id); v.Date == date && !v.Closed && !v.Ended && v.Start.AddMinutes(v.Minutes) > at {
			dst = append(dst, id)
		}
	}
	return dst
}

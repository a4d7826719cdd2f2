package capacity

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Limits of a day's demand.
const (
	// MinPeriodMinutes and MaxPeriodMinutes bound a period. Half an hour is usual.
	MinPeriodMinutes = 15
	MaxPeriodMinutes = 240
	// MaxPeriods is a day of the shortest periods.
	MaxPeriods = 24 * 60 / MinPeriodMinutes
	// MaxServiceSeconds is the longest mean service time, eight hours.
	MaxServiceSeconds = 8 * 3600
	// MaxArrivalsThousandths bounds what comes in one period, a million patients.
	MaxArrivalsThousandths = 1_000_000_000
	// MaxMinimumStaff bounds a house rule.
	MaxMinimumStaff = 1000
	// MaxWithinSeconds is the longest wait that a target can name, one day.
	MaxWithinSeconds = 24 * 3600
)

// Demand is what comes in one period of the day. Expected numbers are in thousandths of a patient, so that an
// expectation of 12.4 patients is 12400 and adds up alike everywhere.
type Demand struct {
	// Start is the clock at which the period begins.
	Start slots.Clock
	// Minutes is its length, MinPeriodMinutes to MaxPeriodMinutes; the period ends by 24:00.
	Minutes int
	// BookedThousandths is how many of the patients booked in the period are expected to come: the sum of their show
	// probabilities, not their number.
	BookedThousandths int64
	// WalkInThousandths is how many are expected without an appointment. Booked and walk-ins together are the
	// arrivals, 0 to MaxArrivalsThousandths.
	WalkInThousandths int64
	// ServiceSeconds is the mean time one patient occupies one member of staff, 1 to MaxServiceSeconds.
	ServiceSeconds int
	// MinimumStaff must be present even if nobody comes (one window stays open), 0 to MaxMinimumStaff.
	MinimumStaff int
}

// Target is the promise about waiting: at least SharePPM of the patients wait at most WithinSeconds.
type Target struct {
	// WithinSeconds is 0 (no wait at all) to MaxWithinSeconds.
	WithinSeconds int
	// SharePPM is in parts per million: 800000 is 80 %. From 1 to 999999; nobody can promise all.
	SharePPM int
}

// ArrivalsThousandths is everybody expected in the period.
func (d Demand) ArrivalsThousandths() int64 { return d.BookedThousandths + d.WalkInThousandths }

// end is the minute of the day at which the period is over.
func (d Demand) end() int { return d.Start.Minutes() + d.Minutes }

// The offered load is work/room erlangs, exactly: work in thousandths of a patient times seconds, room what one
// member of staff can do in the period in the same unit.
func (d Demand) work() int64 { return d.ArrivalsThousandths() * int64(d.ServiceSeconds) }
func (d Demand) room() int64 { return int64(d.Minutes) * 60 * 1000 }

func (d Demand) erlangs() float64 { return float64(d.work()) / float64(d.room()) }

// problems lists everything wrong with d, each with its field and value.
func (d Demand) problems(name string) []error {
	p := problems{name: name}
	p.within("Minutes", int64(d.Minutes), MinPeriodMinutes, MaxPeriodMinutes)
	p.within("BookedThousandths", d.BookedThousandths, 0, MaxArrivalsThousandths)
	p.within("WalkInThousandths", d.WalkInThousandths, 0, MaxArrivalsThousandths)
	p.within("ServiceSeconds", int64(d.ServiceSeconds), 1, MaxServiceSeconds)
	p.within("MinimumStaff", int64(d.MinimumStaff), 0, MaxMinimumStaff)
	if len(p.list) > 0 {
		return p.list
	}
	p.within("ArrivalsThousandths (booked and walk-in)", d.ArrivalsThousandths(), 0, MaxArrivalsThousandths)
	if d.end() > 24*60 {
		p.add("Start %v + %d minutes: the period ends after 24:00", d.Start, d.Minutes)
	}
	if d.work() > MaxErlangs*d.room() {
		p.add("load %.3f erlangs: want at most %d", d.erlangs(), MaxErlangs)
	}
	return p.list
}

func (t Target) problems() []error {
	p := problems{name: "Target"}
	p.within("WithinSeconds", int64(t.WithinSeconds), 0, MaxWithinSeconds)
	p.within("SharePPM", int64(t.SharePPM), 1, 999_999)
	return p.list
}

// dayProblems checks the periods of one day: each alone, and their order.
func dayProblems(day []Demand) []error {
	if len(day) == 0 || len(day) > MaxPeriods {
		p := problems{name: "Demand"}
		p.add("%d periods: want 1 to %d", len(day), MaxPeriods)
		return p.list
	}
	var list []error
	for i, d := range day {
		p := problems{name: fmt.Sprintf("Demand[%d]", i)}
		p.list = d.problems(p.name)
		if i > 0 && d.Start.Minutes() < day[i-1].end() {
			p.add("Start %v: the period before runs to %s", d.Start, clockText(day[i-1].end()))
		}
		list = append(list, p.list...)
	}
	return list
}

// problems collects everything wrong with one named input.
type problems struct {
	name string
	list []error
}

func (p *problems) add(format string, args ...any) {
	p.list = append(p.list, fmt.Errorf(p.name+": "+format, args...))
}

func (p *problems) within(field string, value, low, high int64) {
	if value < low || value > high {
		p.add("%s %d: want %d to %d", field, value, low, high)
	}
}

// ErrInvalid is what every error about an input wraps; the text lists all its problems.
var ErrInvalid = errors.New("capacity: invalid input")

func refuse(list []error) error {
	if len(list) == 0 {
		return nil
	}
	return fmt.Errorf("%w:\n%w", ErrInvalid, errors.Join(list...))
}

func clockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

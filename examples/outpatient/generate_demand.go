package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Offer is one session as the generator of requests sees it.
type Offer struct {
	Department, Physician string
	Grade                 slots.Grade
	Date                  slots.Date
	Part                  string
	Start                 slots.Clock
	Minutes               int
	Capacity              int
}

// DemandConfig says how many requests there are, against the supply of the day that they would like best.
type DemandConfig struct {
	Seed uint64
	// Release is when a date's numbers open.
	Release slots.Ahead
	// WeekdayPerMille is requests per 1000 numbers, Monday first. Above 1000 somebody must be turned away or moved.
	WeekdayPerMille [7]int64
	// LeastPerMille and MostPerMille bound how sought after a department is, against the weekday's figure: some clinics
	// are always full while others have room.
	LeastPerMille, MostPerMille int64
	// EmergencyPerMille are requests that are walk-ins of the same day and in need.
	EmergencyPerMille int64
	Curve             MissCurve
}

// usualDemand is the demand of the shipped weeks: our own round numbers, Mondays the fullest.
func usualDemand(h *Hospital, release slots.Ahead) DemandConfig {
	return DemandConfig{
		Seed: h.Seed, Release: release,
		WeekdayPerMille: [7]int64{1060, 960, 920, 900, 880, 840, 800},
		LeastPerMille:   600, MostPerMille: 1350,
		EmergencyPerMille: 12,
		Curve:             curveOf(h.Visits),
	}
}

// generateDemand draws the requests for a horizon of offers, before anything is decided. It is made once: whatever
// mechanism is tried afterwards meets the same requests of the same patients with the same fates. The order of offers
// means nothing. Each request has its own stream, named by department, date and number, so that more supply on one day
// leaves all the requests of other days as they were; patients are drawn from a pool as large as the whole stream asks for.
func generateDemand(h *Hospital, offers []Offer, c DemandConfig) Demand {
	offers = slices.Clone(offers)
	slices.SortFunc(offers, func(a, b Offer) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), a.Date.Compare(b.Date), a.Start.Compare(b.Start),
			cmp.Compare(a.Physician, b.Physician), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Capacity, b.Capacity))
	})
	d := Demand{Seed: c.Seed, Curve: c.Curve}
	for from := 0; from < len(offers); {
		to := from
		for to < len(offers) && offers[to].Department == offers[from].Department && offers[to].Date == offers[from].Date {
			to++
		}
		d.Requests = append(d.Requests, dayRequests(h, offers[from:to], c)...)
		from = to
	}
	slices.SortStableFunc(d.Requests, func(a, b Request) int { return cmp.Compare(a.At, b.At) })
	d.Patients = generatePatients(c.Seed, len(d.Requests))
	for i := range d.Requests {
		d.Requests[i].ID = fmt.Sprintf("R%06d", i+1)
	}
	for i := range d.Requests {
		assignPatient(&d, i)
	}
	return d
}

// dayRequests draws the requests for one department and day.
func dayRequests(h *Hospital, offers []Offer, c DemandConfig) []Request {
	department, date := offers[0].Department, offers[0].Date
	key := []uint64{textKey(department), uint64(date.Number())}
	day := newStream(c.Seed, "day", key...)
	capacity := int64(0)
	for _, o := range offers {
		capacity += int64(o.Capacity)
	}
	// A day is busier or calmer than its weekday by up to 8 %.
	sought := newStream(c.Seed, "department", textKey(department))
	wanted := capacity * c.WeekdayPerMille[date.Weekday()-1] / 1000 * day.between(920, 1080) / 1000
	wanted = wanted * sought.between(c.LeastPerMille, c.MostPerMille) / 1000
	var list []Request
	for n := range wanted {
		draw := newStream(c.Seed, "request", append(key, uint64(n))...)
		r := Request{Department: department, Target: date, Class: Ordinary}
		r.Emergency = draw.chance(c.EmergencyPerMille)
		r.wish(&draw, offers)
		if !r.ask(&draw, h, c.Release) {
			continue // its moment does not exist: the clocks skip it, or its year is not known
		}
		r.Fate = drawFate(newStream(c.Seed, "fate", append(key, uint64(n))...), h)
		list = append(list, r)
	}
	return list
}

// gradeWeights say whom patients ask for by name: resident to chief.
var gradeWeights = [...]int64{1, 1, 2, 4, 7}

// preferredHalfHour weighs the half-hours of a session by how many would like to come then: the first ones by far. This
// is the peak that levelling works on.
var preferredHalfHour = []int64{16, 24, 22, 14, 9, 6, 5}

// wish draws whom, which part of the day, and when.
func (r *Request) wish(draw *stream, offers []Offer) {
	weights := make([]int64, len(offers))
	for i, o := range offers {
		weights[i] = gradeWeights[o.Grade] * int64(o.Capacity)
		if o.Part == "am" {
			weights[i] *= 2
		}
	}
	o := offers[max(0, draw.pick(weights))]
	named := draw.chance(420)
	if named && !r.Emergency {
		r.Physician = o.Physician
	}
	r.Part = o.Part
	halfHours := min(max(1, o.Minutes/30), len(preferredHalfHour))
	first := min(o.Start.Minutes()+30*draw.pick(preferredHalfHour[:halfHours]), minutesPerDay-60)
	r.PreferFrom, r.PreferTo = clockAt(first), clockAt(first+60)
	r.ToleranceMinutes = int([...]int64{0, 30, 60, 120, 240}[draw.pick([]int64{15, 20, 25, 25, 15})])
	before, after := draw.pick([]int64{55, 25, 15, 5}), draw.pick([]int64{30, 25, 20, 10, 5, 3, 3, 4})
	if r.Emergency {
		before, after = 0, 0
	}
	r.FromDay, r.ToDay = r.Target.AddDays(-before), r.Target.AddDays(after)
}

func clockAt(minute int) slots.Clock {
	minute = min(minute, minutesPerDay)
	c, _ := slots.NewClock(minute/60, minute%60) // in range
	return c
}

// How a request meets the release: at the rush, or so many days before its day (0 to 14) by the weights.
const rushPerMille = 340

var leadWeights = []int64{12, 15, 12, 10, 8, 7, 6, 6, 5, 4, 4, 3, 3, 3, 2}

// rushSeconds are quantiles of the seconds between release and request: half of the rush is there within twenty.
var rushSeconds = []int64{0, 1, 2, 4, 9, 18, 40, 90, 240, 900, 3600}

// hourWeights is the day of those who do not wait for the release, by hour from 06:00 to 22:00.
var hourWeights = []int64{2, 6, 12, 14, 12, 9, 5, 6, 8, 8, 7, 6, 6, 7, 8, 7, 4}

// channelWeights by how the request comes: at the rush, ahead, on the day itself, and by an elderly patient.
var channelWeights = map[string][]int64{
	"rush":    {46, 34, 12, 0, 0, 8},
	"ahead":   {32, 28, 9, 8, 12, 11},
	"day":     {10, 12, 4, 38, 36, 0},
	"elderly": {14, 18, 4, 10, 34, 20},
}

// ask draws when the request is made and through what. ok is false if that moment does not exist.
func (r *Request) ask(draw *stream, h *Hospital, release slots.Ahead) (ok bool) {
	rush := draw.chance(rushPerMille)
	lead := draw.pick(leadWeights)
	seconds := draw.quantile(rushSeconds)
	hour, counterHour, within := draw.pick(hourWeights), 1+draw.pick(hourWeights[1:11]), draw.below(3600)
	how := "ahead"
	switch {
	case r.Emergency:
		how, lead, rush = "day", 0, false
	case rush:
		how = "rush"
	case lead == 0:
		how = "day"
	}
	r.Channel = Channel(1 + draw.pick(channelWeights[how]))
	if r.elderlyDraw(draw) && how != "rush" && !r.Emergency {
		r.Channel = Channel(1 + draw.pick(channelWeights["elderly"]))
		if how == "day" && r.Channel < Kiosk {
			r.Channel = Window
		}
	}
	if how == "day" {
		// From 75 to 15 minutes before the wished time, not before 07:00 if the wish leaves an hour: late enough for a
		// walk-in, early enough to be seen.
		wished := r.PreferFrom.Minutes()
		minute := max(0, min(7*60, wished-60), wished-75) + int(within)/60
		at, resolved := slots.Resolve(r.Target, clockAt(minute), h.Zone)
		r.At = at + slots.Instant(within%60)
		r.FromDay = r.Target
		return resolved != slots.Skipped
	}
	if rush {
		at, err := release.Instant(r.Target, h.Calendar, h.Zone)
		r.At = at + slots.Instant(seconds)
		return err == nil
	}
	if r.Channel == Kiosk || r.Channel == Window { // the hall is open from 07:00 to 17:00
		hour = counterHour
	}
	on := r.Target.AddDays(-lead)
	at, resolved := slots.Resolve(on, clockAt((6+hour)*60), h.Zone)
	r.At = at + slots.Instant(within)
	if r.FromDay.Compare(on) <= 0 {
		r.FromDay = on.AddDays(1)
	}
	return resolved != slots.Skipped
}

// elderlyDraw decides early whether the patient of the request will be an elderly one; assignPatient keeps to it.
func (r *Request) elderlyDraw(draw *stream) bool {
	elderly, other := draw.chance(220), draw.pick([]int64{70, 6, 24})
	switch {
	case elderly:
		r.Class = Elderly
	case other == 1:
		r.Class = Referral
	case other == 2:
		r.Class = FollowUp
	}
	return elderly
}

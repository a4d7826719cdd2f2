package search

import "github.com/haoyuan-go/haoyuan/slots"

// Check reports all that is wrong with a configuration, each problem with its field and value; of more than 100 problems, the first
// 100 and how many more.
func (c *Config) Check() error {
	var p problems
	if c.Location == nil {
		p.Add("Location: missing")
	}
	p.texts("Classes", c.Classes, MaxClasses)
	if len(c.Sessions) > MaxSessions {
		p.Add("Sessions %d: want at most %d", len(c.Sessions), MaxSessions)
		return p.Err()
	}
	total := int64(0)
	for i := range c.Sessions {
		s := &c.Sessions[i]
		total += int64(len(s.Slots))
		q := sessionProblems(s)
		if i > 0 && compareSessions(&c.Sessions[i-1], s) >= 0 {
			q.Add("Start %v, Date %v: not after the one before in order of (Start, Date, ID)", s.Start, s.Date)
		}
		if q.Len() > 0 {
			p.Under(indexed("Sessions", i, s.ID), &q.List)
		}
	}
	if total > MaxSlots {
		p.Add("Sessions: %d slots, want at most %d", total, MaxSlots)
	}
	if n := len(c.Sessions); n > 0 && p.Len() == 0 {
		// In order of start, so the last slot ends in one of the last sessions; a session's length is far below the bound.
		if seconds := int64(c.Sessions[n-1].Start-c.Sessions[0].Start) + 60*MaxSessionMinutes; seconds > MaxSpanSeconds {
			p.Add("Sessions: %d seconds from the first start to the last end, want at most %d", seconds, int64(MaxSpanSeconds))
		}
	}
	return p.Err()
}

// sessionProblems looks for what is wrong with one session. It makes no text for what is right: there may be millions.
func sessionProblems(s *slots.Session) (p problems) {
	if s.Start < firstInstant || s.Start > lastInstant {
		p.Add("Start %d: want a second of the years 1 to 9999", int64(s.Start))
		return p
	}
	p.text("Line.Department", s.Line.Department, true)
	p.text("Line.Service", s.Line.Service, false)
	p.text("Line.Site", s.Line.Site, false)
	if !s.Line.Kind.IsValid() {
		p.Add("Line.Kind %d: want General to Joint", uint8(s.Line.Kind))
	}
	if !s.Line.Grade.IsValid() {
		p.Add("Line.Grade %d: want NoGrade to Chief", uint8(s.Line.Grade))
	}
	p.texts("Resources", s.Resources, MaxResources)
	p.within("Slots", len(s.Slots), 1, MaxSessionSlots)
	if s.Counted && len(s.Slots) > 1 {
		p.Add("Slots %d: a counted session has one", len(s.Slots))
	}
	end := s.Start
	for i := range s.Slots[:min(len(s.Slots), MaxSessionSlots)] {
		slot := &s.Slots[i]
		if slot.Minutes < 1 || slot.Minutes > MaxSessionMinutes {
			p.Add("Slots[%d].Minutes %d: want 1 to %d", i, slot.Minutes, MaxSessionMinutes)
			break
		}
		if slot.Start < end || slot.Start > s.Start.AddMinutes(MaxSessionMinutes-slot.Minutes) {
			p.Add("Slots[%d].Start %v: want %v, where the session starts or the slot before ends, or later, and its end within %d minutes of the session's start",
				i, slot.Start, end, MaxSessionMinutes)
			break
		}
		if !slot.Visit.IsValid() {
			p.Add("Slots[%d].Visit %d: want AnyVisit, FirstVisit or FollowUp", i, uint8(slot.Visit))
			break
		}
		end = slot.Start.AddMinutes(slot.Minutes)
	}
	return p
}

// firstInstant and lastInstant bound the years 1 to 9999.
const (
	firstInstant slots.Instant = -62135596800
	lastInstant  slots.Instant = 253402300799
)

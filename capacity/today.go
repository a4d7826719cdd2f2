package capacity

import (
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Limits of one day's plan of one line.
const (
	// MaxShifts, MaxExtras and MaxPeople bound the lists of Today.
	MaxShifts = 500
	MaxExtras = 200
	MaxPeople = 1000
	// MaxResources bounds the people and things of one extra.
	MaxResources = 20
	// MaxIDBytes bounds every name.
	MaxIDBytes = 128
	// MaxPlaces bounds the rooms or windows of a line.
	MaxPlaces = 1000
	// MaxOvertimeMinutes bounds what one person may be asked for in a day.
	MaxOvertimeMinutes = 12 * 60
	// MaxCost bounds each cost, in any unit of money (fen, cents, or points of dislike).
	MaxCost = 1_000_000_000
	// MinSlotMinutes and MaxSlotMinutes bound the slots that an extra session offers to the pool.
	MinSlotMinutes = 1
	MaxSlotMinutes = 480
	// DefaultWorkLimit is a search of at most some tenths of a second; MaxWorkLimit one of seconds and hundreds of megabytes.
	DefaultWorkLimit = 1_000_000
	MaxWorkLimit     = 5_000_000
)

// Today is the plan of one line of equal servers for one day, and what may be done about it. A line is a set of people or
// sessions who can stand in for each other: the registration windows, the general clinics of a department, the
// ultrasound rooms. Everything in it is copied; nothing is kept.
//
// Names of people, things and places are one namespace: whatever has the same name cannot be in use twice at one time.
type Today struct {
	// Date is carried into the proposal.
	Date slots.Date
	// Line names the service, as the embedding system knows it. Required.
	Line string
	// Now is the clock: nothing is proposed for a period that has begun.
	Now slots.Clock
	// Demand is the day's periods in order, without overlap. Nothing is proposed outside them.
	Demand []Demand
	// Target is the promise about waiting that decides how many are needed.
	Target Target
	// Places is how many rooms or windows the line has: no proposal has more people present at once. 1 to MaxPlaces.
	Places int
	// People are those who may be asked for overtime. Who is not listed is not asked.
	People []Person
	// Shifts are who is planned to work today.
	Shifts []Shift
	// Extras are what could be added.
	Extras []Extra
	// WorkLimit bounds the search, in choices tried by each of its steps: 1 to MaxWorkLimit; DefaultWorkLimit is a good start. A search that
	// meets it gives the best found, and says so (Proposal.Proven).
	WorkLimit int
}

// Person says what overtime one person may do today.
type Person struct {
	// ID is the person, as in Shift.Person.
	ID string
	// MaxOvertimeMinutes is for all shifts of the day together, 0 to MaxOvertimeMinutes.
	MaxOvertimeMinutes int
	// OvertimeCostPerHalfHour is paid for each started half-hour of each extension, 0 to MaxCost.
	OvertimeCostPerHalfHour int64
}

// Shift is one person at work on the line, or one session being held: one server. It counts for a period only if it lasts
// the whole period.
type Shift struct {
	// ID names the shift or session; unique among shifts and extras.
	ID string
	// Person works it; may be empty for somebody not named, who is then not asked for overtime.
	Person string
	// Place is the room or window; may be empty.
	Place string
	// Start and Minutes (at least 1) say when. It ends by 24:00: a night is two shifts.
	Start   slots.Clock
	Minutes int
	// SlotMinutes is the length of the slots that the pool sells of this session, so that an extension can say how many it
	// adds: 0 for a line that sells none (windows), else MinSlotMinutes to MaxSlotMinutes.
	SlotMinutes int
	// MayLeave says that the person can be used elsewhere: CloseWindow may be proposed for the end of the shift.
	MayLeave bool
}

// Extra is one server that could be added: an extra session, or a window opened with standby staff. At most one stretch
// of it is proposed.
type Extra struct {
	// ID names the offer; unique among shifts and extras.
	ID string
	// Kind is AddSession or OpenWindow.
	Kind Kind
	// Resources are the people and things it occupies; at least one.
	Resources []string
	// Place is the room or window it would take, which must be free; may be empty if any place will do.
	Place string
	// From and To are the clocks between which it may run. It begins and ends with periods.
	From, To slots.Clock
	// MinMinutes and MaxMinutes bound its length: 1 ≤ MinMinutes ≤ MaxMinutes.
	MinMinutes, MaxMinutes int
	// SlotMinutes is the length of the slots that the pool would sell: MinSlotMinutes to MaxSlotMinutes for AddSession, 0
	// for OpenWindow.
	SlotMinutes int
	// FixedCost is paid once, CostPerHalfHour for each started half-hour; 0 to MaxCost.
	FixedCost, CostPerHalfHour int64
}

func (s Shift) end() int { return s.Start.Minutes() + s.Minutes }

// validate lists everything wrong with the plan.
func (t Today) validate() error {
	p := problems{name: "Today"}
	if !t.Date.IsValid() {
		p.add("Date: missing")
	}
	p.id("Line", t.Line)
	p.within("Places", int64(t.Places), 1, MaxPlaces)
	p.within("WorkLimit", int64(t.WorkLimit), 1, MaxWorkLimit)
	p.within("number of People", int64(len(t.People)), 0, MaxPeople)
	p.within("number of Shifts", int64(len(t.Shifts)), 0, MaxShifts)
	p.within("number of Extras", int64(len(t.Extras)), 0, MaxExtras)
	list := append(append(dayProblems(t.Demand), t.Target.problems()...), p.list...)
	var people, lines []string
	for i, person := range t.People {
		list = append(list, person.problems(fmt.Sprintf("People[%d]", i))...)
		people = append(people, person.ID)
	}
	for i, s := range t.Shifts {
		list = append(list, s.problems(fmt.Sprintf("Shifts[%d]", i))...)
		lines = append(lines, s.ID)
	}
	for i, e := range t.Extras {
		list = append(list, e.problems(fmt.Sprintf("Extras[%d]", i))...)
		lines = append(lines, e.ID)
	}
	list = append(list, repeated("People: ID", people)...)
	list = append(list, repeated("Shifts and Extras: ID", lines)...)
	return refuse(list)
}

func (p Person) problems(name string) []error {
	found := problems{name: name}
	found.id("ID", p.ID)
	found.within("MaxOvertimeMinutes", int64(p.MaxOvertimeMinutes), 0, MaxOvertimeMinutes)
	found.within("OvertimeCostPerHalfHour", p.OvertimeCostPerHalfHour, 0, MaxCost)
	return found.list
}

func (s Shift) problems(name string) []error {
	found := problems{name: name}
	found.id("ID", s.ID)
	found.optional("Person", s.Person)
	found.optional("Place", s.Place)
	if s.Person != "" && s.Person == s.Place {
		found.add("Place %q: is the Person; names of people and places are one namespace", s.Place)
	}
	found.within("Minutes", int64(s.Minutes), 1, 24*60-int64(s.Start.Minutes()))
	if s.SlotMinutes != 0 {
		found.within("SlotMinutes", int64(s.SlotMinutes), MinSlotMinutes, MaxSlotMinutes)
	}
	return found.list
}

func (e Extra) problems(name string) []error {
	found := problems{name: name}
	found.id("ID", e.ID)
	switch e.Kind {
	case AddSession:
		found.within("SlotMinutes", int64(e.SlotMinutes), MinSlotMinutes, MaxSlotMinutes)
	case OpenWindow:
		found.within("SlotMinutes of a window", int64(e.SlotMinutes), 0, 0)
	default:
		found.add("Kind %v: want AddSession or OpenWindow", e.Kind)
	}
	found.within("number of Resources", int64(len(e.Resources)), 1, MaxResources)
	for i, r := range e.Resources {
		found.id(fmt.Sprintf("Resources[%d]", i), r)
	}
	found.optional("Place", e.Place)
	found.list = append(found.list, repeated(name+": Resources and Place", append(slices.Clone(e.Resources), e.Place))...)
	if e.To.Compare(e.From) <= 0 {
		found.add("To %v: want after From %v", e.To, e.From)
	}
	found.within("MinMinutes", int64(e.MinMinutes), 1, 24*60)
	found.within("MaxMinutes", int64(e.MaxMinutes), int64(max(1, e.MinMinutes)), 24*60)
	found.within("FixedCost", e.FixedCost, 0, MaxCost)
	found.within("CostPerHalfHour", e.CostPerHalfHour, 0, MaxCost)
	return found.list
}

func (p *problems) id(field, id string) {
	if id == "" {
		p.add("%s: missing", field)
	}
	p.optional(field, id)
}

func (p *problems) optional(field, id string) {
	if len(id) > MaxIDBytes {
		p.add("%s: %d bytes: want at most %d", field, len(id), MaxIDBytes)
	}
}

// repeated names each value that occurs more than once, in order; empty ones are somebody else's business.
func repeated(name string, values []string) []error {
	sorted := slices.Sorted(slices.Values(values))
	var list []error
	for i, v := range sorted {
		if v != "" && i > 0 && v == sorted[i-1] && (i < 2 || v != sorted[i-2]) {
			list = append(list, fmt.Errorf("%s %q: occurs more than once", name, v))
		}
	}
	return list
}

package main

import (
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Hospital is everything the program knows before the first day: what the data files say, checked. It is made by
// loadData and not changed afterwards.
type Hospital struct {
	Name        string
	Zone        *time.Location
	FirstDay    slots.Date     // first day that is played
	Weeks       int            // how many weeks are played, 1 to 12
	Played      []string       // codes of the departments that are played; empty = the play chooses
	Seed        uint64         // of everything that is drawn
	Follows     []slots.Follow // which weekday's timetable a make-up working day runs
	Departments []Department
	Physicians  []Physician
	Roster      []RosterRow
	Parts       []PartRow
	Machines    []MachineRow
	Exams       []ExamRow
	Windows     []WindowRow
	Calendar    slots.Calendar
	Years       []int       // the calendar knows these
	Visits      []PastVisit // the no-show history; empty when there is none
	Findings    []Finding   // true but awkward: reported, never fatal
	Notes       []string    // files that were not read, defaults that were taken
}

// Department is one clinic of the timetable. The order of Hospital.Departments is by code.
type Department struct {
	Code    string
	Chinese string
	English string // Chinese again where there is no English name
	// ConsultSeconds is the mean length of a consultation.
	ConsultSeconds int64
}

// name is the department's name in a language.
func (d Department) name(l Lang) string {
	if l == Chinese {
		return d.Chinese
	}
	return d.English
}

// Physician is one person of the timetable, by code only.
type Physician struct {
	Code  string
	Grade string // resident, attending, associate-chief or chief
}

// Flag is a remark of the timetable on one of its rows.
type Flag uint8

// The remarks that a timetable makes.
const (
	NoFlag      Flag = iota
	Substitute       // another physician stands in (替诊)
	FullyBooked      // sold out when the timetable was printed
	NotOnWeb         // not bookable by app, WeChat or Alipay
)

var flagNames = [...]string{"", "substitute", "fully_booked", "not_on_web"}

// String is the word that the file uses; empty for none.
func (f Flag) String() string {
	if int(f) < len(flagNames) {
		return flagNames[f]
	}
	return "invalid flag"
}

// RosterRow is one weekly session of the timetable. Department, physician, weekday, part and room together name it.
type RosterRow struct {
	Line       int // in its file, for messages
	Department string
	Physician  string
	Weekday    slots.Weekday
	Part       string
	Room       string
	Flag       Flag
	Closed     []slots.Date // dated closures (停诊), ascending, all on Weekday
}

// ID is unique in a timetable, and the same whenever the same row is read.
func (r RosterRow) ID() string {
	return identity(r.Department, r.Physician, weekdayCodes[r.Weekday], r.Part, r.Room)
}

// identity joins codes by blanks, which no code has: two lists of codes never make one identity.
func identity(codes ...string) string { return strings.Join(codes, " ") }

var weekdayCodes = [...]string{"?", "1", "2", "3", "4", "5", "6", "7"}

// PartRow says what a part of the day (午别) means: when it starts, how long it lasts, how it is cut into numbers. A
// row with a department overrides the general row of the same part there.
type PartRow struct {
	Part        string
	Department  string // empty: the general row
	Start       slots.Clock
	Minutes     int
	Cut         string // timed, packed or counted
	SlotMinutes int    // timed: of a slot; packed: of a segment
	PerSlot     int    // timed: capacity of a slot; packed: numbers in a segment
	Numbers     int    // counted: how many; packed: at most so many, 0 = as many as fit
	StayMinutes int    // counted: the expected stay
}

// Capacity is how many numbers one session of the part has.
func (p PartRow) Capacity() int {
	switch p.Cut {
	case "counted":
		return p.Numbers
	case "packed":
		if n := p.Minutes / p.SlotMinutes * p.PerSlot; p.Numbers == 0 || n < p.Numbers {
			return n
		}
		return p.Numbers
	}
	return p.Minutes / p.SlotMinutes * p.PerSlot
}

// slots is how many slots one session of the part is cut into.
func (p PartRow) slots() int {
	switch p.Cut {
	case "counted":
		return 1
	case "packed":
		return p.Capacity()
	}
	return p.Minutes / p.SlotMinutes
}

// MachineRow is one weekly session of an imaging machine with its room and its technician.
type MachineRow struct {
	Line        int
	Machine     string
	Modality    string // CT, MRI, US, XR, ES
	Room        string
	Technician  string
	Weekday     slots.Weekday
	Part        string
	SlotMinutes int
	Exams       []string // codes that it can do, ascending
}

// ExamRow is one examination of the catalogue.
type ExamRow struct {
	Code          string
	Modality      string
	Chinese       string
	English       string
	Minutes       int
	FastingHours  int         // 0: none
	LatestStart   slots.Clock // 24:00: any time (a fasting patient cannot wait all day)
	ResultMinutes int         // until the report is there
	After         []string    // examinations of the same order that must come first
	Weight        int64       // how often it is ordered, against the others
}

// WindowRow is the staff of the registration windows in one stretch of a working day.
type WindowRow struct {
	From, To       slots.Clock
	Staff          int
	ServiceSeconds int64 // mean time for one patient
}

// PastVisit is one line of a no-show history.
type PastVisit struct {
	Patient   string
	Scheduled slots.Date
	Day       slots.Date
	NoShow    bool
}

// department finds a department by code.
func (h *Hospital) department(code string) (Department, bool) {
	for _, d := range h.Departments {
		if d.Code == code {
			return d, true
		}
	}
	return Department{}, false
}

// physician finds a physician by code.
func (h *Hospital) physician(code string) (Physician, bool) {
	for _, p := range h.Physicians {
		if p.Code == code {
			return p, true
		}
	}
	return Physician{}, false
}

// part finds what a part of the day means in a department: its own row, else the general one.
func (h *Hospital) part(label, department string) (PartRow, bool) {
	found, ok := PartRow{}, false
	for _, p := range h.Parts {
		if p.Part != label {
			continue
		}
		if p.Department == department {
			return p, true
		}
		if p.Department == "" {
			found, ok = p, true
		}
	}
	return found, ok
}

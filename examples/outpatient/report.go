package main

import "github.com/haoyuan-go/haoyuan/slots"

// Report is everything that the page shows. It is plain data: the same Report gives the same bytes. Shares are per
// mille, times whole minutes; names and sentences come in the page's language.
type Report struct {
	Lang     Lang
	Hospital string
	From, To slots.Date
	Seed     uint64
	Digest   string // of the event log of the world after, 64 hex digits
	// Mechanism is the one thing that differs between before and after.
	Mechanism     string
	Before, After Indicators
	// Elastic is the world after once more, with elastic staffing: a second thing, so a column of its own. What follows
	// below Load and Losers is from this world, the weeks as they were played in the end.
	Elastic     Indicators
	Refusals    []NamedCount   // why requests ended without a number
	Proof       string         // what was checked of the log and the Book
	Channels    []ChannelCount // of the requests that were booked
	Load        []LoadPeriod   // by Start
	StaffDay    slots.Date
	Staff       []StaffPeriod      // by Start, on StaffDay
	Departments []DepartmentResult // after, in the order in which they are shown
	Losers      Losers
	Overtime    []OvertimeRow
	Changes     []Change
	DaySheet    DaySheet
	Findings    []string
	Notes       []string // how the figures were made
}

// Indicators are those of one world, by the definitions of booking/kpi.
type Indicators struct {
	// Requests are Booked + Unpaid + Refused.
	Requests, Booked, Unpaid, Refused int64
	FillPerMille                      int64 // booked bookable minutes of bookable minutes
	CoveragePerMille                  int64 // slots with at least one booking of slots
	ThirdNextDays                     int64 // median over days and departments, calendar days; -1: never three free
	LeadTenthDays                     int64 // mean of appointment day minus request day, in tenths of a day
	NoShowPerMille                    int64 // of arrived and no-show
	WaitMedianMinutes                 int64 // start minus the later of appointment and arrival
	WaitNinetyMinutes                 int64 // nine of ten waited no longer
	OvertimeMinutes                   int64 // past the ends of sessions, all together
	StaffMinutes                      int64 // rostered consulting time, all together
}

// NamedCount is something and how often.
type NamedCount struct {
	Name  string
	Count int64
}

// ChannelCount is how many numbers a channel took.
type ChannelCount struct {
	Channel Channel
	Count   int64
}

// LoadPeriod is a half-hour of the day over all the weeks: patients booked into it before and after, and the numbers there are.
type LoadPeriod struct {
	Start                   slots.Clock
	Before, After, Capacity int64
}

// StaffPeriod is a half-hour of one day, in people: needed by the demand, rostered, and added, as overtime or standby.
type StaffPeriod struct {
	Start                   slots.Clock
	Needed, Rostered, Added int64
}

// DepartmentResult is what became of a department's numbers. Bookable and Booked are units.
type DepartmentResult struct {
	Name             string
	Bookable, Booked int64
	Arrived, NoShow  int64
}

// Losers tells who is worse off after than before: the same patients, one by one.
type Losers struct {
	Same, Earlier, Later int64 // start of the appointment against the world before
	LostNumber           int64 // had a number before and has none after
	GainedNumber         int64
	LaterThanWished      int64 // after: past the wished time by more than the patient's tolerance
	LaterThanWishedOnce  int64 // the same before
	// Delays counts those who are Later, by how many minutes at most; the last bucket may be open (UpToMinutes 0).
	Delays                 []DelayBucket
	MedianDelay, MostDelay int64 // of those who are Later, in minutes
	WaitLonger             int64 // wait longer on the day than before
}

// DelayBucket counts patients by how much later they come.
type DelayBucket struct {
	UpToMinutes int64
	Count       int64
}

// OvertimeRow is one person's or machine's time past the ends of sessions.
type OvertimeRow struct {
	Who                         string
	BeforeMinutes, AfterMinutes int64
}

// Change is one thing that was done to the plan, and why.
type Change struct {
	When, What, Why, Effect string
}

// DaySheet is the excerpt of one day.
type DaySheet struct {
	Date slots.Date
	Rows []DaySheetRow
	More int64 // rows left out
}

// DaySheetRow is one number of the day.
type DaySheetRow struct {
	Time                                         slots.Clock
	Number, Patient, Department, Physician, Room string
	Channel                                      Channel
	State                                        string
}

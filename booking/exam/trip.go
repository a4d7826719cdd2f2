package exam

import (
	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Trip is what is to be planned: one patient's examinations, when each could be done, and the rules between them. It is
// plain data; NewProblem copies and checks it. The order of its lists means nothing, but for WalkMinutes, which goes with Sites.
type Trip struct {
	// Exams are the examinations to be done, 1 to MaxExams, each code once.
	Exams []Exam
	// Offers are the free times, at most MaxOffers, on at most MaxDays days. One given twice counts once.
	Offers []Offer
	// NotBefore and Until bound the days, both included; the zero Date bounds nothing.
	NotBefore, Until slots.Date
	// Precedences and Separations name examinations of Exams; at most MaxRules of each.
	Precedences []Precedence
	Separations []Separation
	// Sites names the places, at most MaxSites. None means a single place, "".
	Sites []string
	// WalkMinutes[a][b] is the way from Sites[a] to Sites[b], 0 to MaxWalkMinutes; the diagonal is the way from one
	// examination to the next within a site.
	WalkMinutes [][]int
	// WorkLimit bounds the steps of one Solve or WhyNot, 1 to MaxWorkLimit; 0 means DefaultWorkLimit.
	WorkLimit int64
}

// Limits of a Trip.
const (
	MaxExams       = 16
	MaxOffers      = 20_000
	MaxDays        = 366
	MaxRules       = 256
	MaxSites       = 64
	MaxWalkMinutes = 24 * 60
	// MaxGapMinutes bounds gaps and fasts: a year.
	MaxGapMinutes = 366 * 24 * 60
	// MaxExamMinutes bounds an examination's length: a day.
	MaxExamMinutes = 24 * 60
	// DefaultWorkLimit is about a second of work at most, of the largest trip too; problems of 8 examinations with 300 offers each
	// need some thousands to some ten thousands of steps, the hardest seen 125 thousand.
	DefaultWorkLimit = 2_000_000
	MaxWorkLimit     = 1_000_000_000
)

// Exam is one examination to be done.
type Exam struct {
	Code    string
	Minutes int // how long it lasts, 1 to MaxExamMinutes
	// Fasting: it starts at or before LatestStart, and on its day nothing that breaks the fast starts before it ends.
	// LatestStart is not used, and must be 00:00, without Fasting.
	Fasting     bool
	LatestStart slots.Clock
	// FastMinutes is how long before its start a fast-breaking examination of an earlier day must have ended: the
	// fast that crosses midnight. 0 leaves earlier days out of it.
	FastMinutes int
	// BreaksFast: contrast medium by mouth, a test meal, sugar water.
	BreaksFast bool
}

// Offer is a time at which an examination can be done. Offers compare with ==.
type Offer struct {
	Exam        string // code
	Day         slots.Date
	StartMinute int // of the day, 0 to 1439
	// Minutes is how long the patient is taken up, at least the examination's Minutes; 0 means exactly those. A slot of
	// the pool may be longer than the examination.
	Minutes int
	Site    string
	// Slot and Count say what to book; both are only handed through. Of offers that are otherwise equal the one with the
	// lesser Slot is taken.
	Slot  booking.Slot
	Count uint16
}

// Precedence says that First ends at least GapMinutes before Then starts, on the same day or another.
type Precedence struct {
	First, Then string
	GapMinutes  int
}

// Separation says that whichever of A and B comes second starts at least GapMinutes after the end of the other.
type Separation struct {
	A, B       string
	GapMinutes int
}

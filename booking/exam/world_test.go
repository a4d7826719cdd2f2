package exam_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

var monday = slots.MustDate("2026-11-23")

// smallTrip draws trips that brute force can try: up to 4 examinations with up to 6 offers. Times are coarse and few, so that
// rules bite and ties are common; some offers run past midnight.
func smallTrip() *rapid.Generator[exam.Trip] {
	return rapid.Custom(func(t *rapid.T) exam.Trip {
		var trip exam.Trip
		n := rapid.IntRange(1, 4).Draw(t, "exams")
		for i := range n {
			e := exam.Exam{Code: fmt.Sprintf("E%d", i), Minutes: rapid.IntRange(1, 4).Draw(t, "minutes") * 10,
				BreaksFast: rapid.IntRange(0, 3).Draw(t, "breaks") == 0}
			if e.Fasting = rapid.IntRange(0, 2).Draw(t, "fasting") == 0; e.Fasting {
				e.LatestStart = clock(rapid.SampledFrom([]int{500, 600, 1440}).Draw(t, "latest"))
				e.FastMinutes = rapid.SampledFrom([]int{0, 0, 480, 1440}).Draw(t, "fast")
			}
			trip.Exams = append(trip.Exams, e)
		}
		if rapid.Bool().Draw(t, "two sites") {
			across, within := rapid.IntRange(0, 3), rapid.SampledFrom([]int{0, 0, 5})
			trip.Sites = []string{"west", "east"}
			trip.WalkMinutes = [][]int{{within.Draw(t, "west"), 15 * across.Draw(t, "to east")}, {15 * across.Draw(t, "to west"), within.Draw(t, "east")}}
		}
		days := rapid.IntRange(1, 3).Draw(t, "days")
		starts := rapid.SampledFrom([]int{480, 490, 500, 510, 520, 540, 600, 1420, 0})
		for i := range n {
			for k := range rapid.IntRange(0, 6).Draw(t, "offers") {
				o := exam.Offer{Exam: trip.Exams[i].Code, Day: monday.AddDays(rapid.IntRange(0, days-1).Draw(t, "day")),
					StartMinute: starts.Draw(t, "start"), Slot: booking.Slot{Session: booking.Session(k + 1)}}
				if rapid.IntRange(0, 4).Draw(t, "longer") == 0 {
					o.Minutes = trip.Exams[i].Minutes + 20
				}
				if len(trip.Sites) > 0 {
					o.Site = rapid.SampledFrom(trip.Sites).Draw(t, "site")
				}
				trip.Offers = append(trip.Offers, o)
			}
		}
		gaps := rapid.SampledFrom([]int{0, 10, 30, 600, 1440, 2000})
		for i := range n {
			for j := range n {
				switch rapid.IntRange(0, 7).Draw(t, "rule") {
				case 0:
					if i != j {
						trip.Precedences = append(trip.Precedences, exam.Precedence{First: trip.Exams[i].Code, Then: trip.Exams[j].Code, GapMinutes: gaps.Draw(t, "gap")})
					}
				case 1:
					if i != j {
						trip.Separations = append(trip.Separations, exam.Separation{A: trip.Exams[i].Code, B: trip.Exams[j].Code, GapMinutes: gaps.Draw(t, "gap")})
					}
				}
			}
		}
		if rapid.IntRange(0, 5).Draw(t, "bounded") == 0 {
			trip.NotBefore = monday.AddDays(1)
		}
		return trip
	})
}

func clock(minute int) slots.Clock {
	c, err := slots.NewClock(minute/60, minute%60)
	if err != nil {
		panic(err)
	}
	return c
}

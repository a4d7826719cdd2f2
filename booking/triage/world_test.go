package triage_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

// bounds are the birthdays that small tables use; of any two, one always comes first.
var bounds = []booking.AgeBound{booking.Days(28), booking.Months(1), booking.Days(42), booking.Months(12), booking.Years(14), booking.Months(170)}

// ages are one real age for every way to have reached some of the bounds and not the others, found by trying dates.
var ages = func() []booking.Age {
	var list []booking.Age
	seen := map[int]bool{}
	for month := 1; month <= 12; month++ {
		born, _ := slots.NewDate(2001, month, 1)
		for days := range 15 * 366 {
			a, err := booking.NewAge(born, born.AddDays(days))
			if err != nil {
				panic(err)
			}
			reached := 0
			for i, b := range bounds {
				if naiveReached(a, b) {
					reached |= 1 << i
				}
			}
			if !seen[reached] {
				seen[reached] = true
				list = append(list, a)
			}
		}
	}
	return list
}()

var (
	sexes     = []booking.Sex{booking.Female, booking.Male, booking.Unstated}
	urgencies = []triage.Urgency{triage.Immediate, triage.SameDay, triage.Soon, triage.Routine}
	visits    = []slots.Visit{slots.FirstVisit, slots.FollowUp}
	referrals = []triage.Referral{triage.Unreferred, triage.Referred}
	signCodes = []string{"pregnant", "sweat"}
)

// universe is every need that a table of the codes can tell apart.
func universe(codes []triage.Term) []triage.Need {
	var needs []triage.Need
	for _, code := range codes {
		for _, age := range ages {
			for _, sex := range sexes {
				for _, urgency := range urgencies {
					for _, visit := range visits {
						for _, referral := range referrals {
							for _, signs := range [][]string{nil, signCodes[:1], signCodes[1:], signCodes} {
								needs = append(needs, triage.Need{Code: code.Code, Age: age, Sex: sex, Urgency: urgency, Visit: visit,
									Referral: referral, Signs: signs})
							}
						}
					}
				}
			}
		}
	}
	return needs
}

func term(code string) triage.Term {
	return triage.Term{Code: code, ZH: code + "(中文)", EN: code + " in words"}
}

func clinic(department string) triage.Clinic {
	return triage.Clinic{Department: department, Kind: slots.General}
}

// part is a condition that asks about at most two things, so that rules meet.
func part(t *rapid.T, label string) triage.Condition {
	var c triage.Condition
	for range rapid.IntRange(0, 2).Draw(t, label+" parts") {
		switch rapid.IntRange(0, 6).Draw(t, label+" part") {
		case 0, 1:
			from := rapid.IntRange(-1, len(bounds)-2).Draw(t, "from")
			until := rapid.IntRange(from+1, len(bounds)).Draw(t, "until")
			c.Ages = booking.AgeRange{}
			if from >= 0 {
				c.Ages.From = bounds[from]
			}
			if until < len(bounds) {
				c.Ages.Until = bounds[until]
			}
		case 2:
			c.Sexes = rapid.SliceOfNDistinct(rapid.SampledFrom(sexes), 1, 3, rapid.ID[booking.Sex]).Draw(t, "sexes")
		case 3:
			c.Urgencies = rapid.SliceOfNDistinct(rapid.SampledFrom(urgencies), 1, 4, rapid.ID[triage.Urgency]).Draw(t, "urgencies")
		case 4:
			c.Visit = rapid.SampledFrom(visits).Draw(t, "visit")
		case 5:
			c.Referral = rapid.SampledFrom(referrals).Draw(t, "referral")
		case 6:
			signs := rapid.Permutation(signCodes).Draw(t, "signs")
			n := rapid.IntRange(0, 2).Draw(t, "with")
			c.With, c.Without = signs[:n:n], signs[n:][:rapid.IntRange(0, 2-n).Draw(t, "without")]
		}
	}
	return c
}

// smallConfig draws tables that enumeration can judge. Every other one ends in a rule for all codes.
func smallConfig() *rapid.Generator[triage.Config] {
	return rapid.Custom(func(t *rapid.T) triage.Config {
		c := triage.Config{Signs: []triage.Term{term("pregnant"), term("sweat")}, Gaps: triage.GapsListed, Otherwise: term("ask")}
		codes := []string{"A", "B", "C"}[:rapid.IntRange(1, 3).Draw(t, "codes")]
		for _, code := range codes {
			c.Codes = append(c.Codes, term(code))
		}
		var places []triage.Clinic
		for i := range 3 {
			places = append(places, clinic(fmt.Sprintf("D%d", i)))
			e := triage.Eligibility{Clinic: places[i]}
			if i == 2 {
				e.Takes = part(t, "takes")
			}
			c.Clinics = append(c.Clinics, e)
		}
		for i := range rapid.IntRange(0, 7).Draw(t, "rules") {
			r := triage.Rule{ID: fmt.Sprintf("r%d", i), Rank: rapid.IntRange(1, 3).Draw(t, "rank"), If: part(t, "if"), Reason: term(fmt.Sprintf("why %d", i)),
				Action: rapid.SampledFrom([]triage.Action{triage.EmergencyNow, triage.AskNurse, triage.Book, triage.Book, triage.Book}).Draw(t, "action")}
			if r.AnyCode = rapid.IntRange(0, 3).Draw(t, "any") == 0; !r.AnyCode {
				r.Codes = rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, len(codes), rapid.ID[string]).Draw(t, "of")
			}
			if r.Action == triage.Book {
				r.To = rapid.SliceOfNDistinct(rapid.SampledFrom(places), 1, 2, rapid.ID[triage.Clinic]).Draw(t, "to")
			}
			c.Rules = append(c.Rules, r)
		}
		if rapid.Bool().Draw(t, "default") {
			c.Rules = append(c.Rules, triage.Rule{ID: "z", Rank: 9, AnyCode: true, Action: triage.AskNurse, Reason: term("default")})
		}
		return c
	})
}

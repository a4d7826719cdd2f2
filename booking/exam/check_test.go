package exam_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Every bad field is named, with its value, all at once.
func TestNewProblemReportsEverything(t *testing.T) {
	_, err := exam.NewProblem(exam.Trip{
		Exams: []exam.Exam{{Code: "A", Minutes: 0}, {Code: "A", Minutes: 10, LatestStart: clock(600)}, {Code: "", Minutes: 1441, FastMinutes: 5},
			{Code: "B", Minutes: 30, Fasting: true, FastMinutes: -1}},
		Offers:      []exam.Offer{{Exam: "C", Day: monday}, {Exam: "B", StartMinute: 1440, Minutes: 29}, {Exam: "B", Day: monday, StartMinute: -1, Site: "moon"}},
		Precedences: []exam.Precedence{{First: "A", Then: "A"}, {First: "X", Then: "B", GapMinutes: -1}},
		Separations: []exam.Separation{{A: "B", B: "B"}, {A: "A", B: "Y", GapMinutes: exam.MaxGapMinutes + 1}},
		Sites:       []string{"main", "main"}, WalkMinutes: [][]int{{0, -1}, {0}},
	})
	for _, want := range []string{
		"Exams[0].Minutes 0: want 1 to 1440", `Exams[1].Code "A": twice`, "Exams[1].LatestStart 10:00: without Fasting", `Exams[2].Code "": missing`,
		"Exams[2].Minutes 1441", "Exams[2].FastMinutes 5: without Fasting", "Exams[3].FastMinutes -1",
		`Offers[0].Exam "C": not among Exams`, "Offers[1].Day: none", "Offers[1].StartMinute 1440", "Offers[1].Minutes 29: want 30 to 1440",
		"Offers[2].StartMinute -1", `Offers[2].Site "moon": not among Sites`, `Precedences[0].Then "A": before itself`,
		`Precedences[1].First "X": not among Exams`, "Precedences[1].GapMinutes -1", `Separations[0].B "B": apart from itself`,
		`Separations[1].B "Y": not among Exams`, "Separations[1].GapMinutes 527041", `Sites[1] "main": twice`,
		"WalkMinutes[0][1] -1", "WalkMinutes[1]: 1 columns",
	} {
		require.ErrorContains(t, err, want)
	}
}

func TestNewProblemBounds(t *testing.T) {
	one := exam.Trip{Exams: []exam.Exam{{Code: "A", Minutes: 10}}}
	for want, change := range map[string]func(*exam.Trip){
		"len(Exams) 0: want 1 to 16":        func(t *exam.Trip) { t.Exams = nil },
		"len(Exams) 17":                     func(t *exam.Trip) { t.Exams = make([]exam.Exam, 17) },
		"len(Offers) 20001":                 func(t *exam.Trip) { t.Offers = make([]exam.Offer, 20_001) },
		"len(Precedences) 257":              func(t *exam.Trip) { t.Precedences = make([]exam.Precedence, 257) },
		"len(Separations) 257":              func(t *exam.Trip) { t.Separations = make([]exam.Separation, 257) },
		"len(Sites) 65":                     func(t *exam.Trip) { t.Sites = make([]string, 65) },
		"WorkLimit -1: want 0 to":           func(t *exam.Trip) { t.WorkLimit = -1 },
		"Until 2026-11-22: before":          func(t *exam.Trip) { t.NotBefore, t.Until = monday, monday.AddDays(-1) },
		"WalkMinutes: 1 rows, want one for": func(t *exam.Trip) { t.WalkMinutes = [][]int{{0}} },
		"Offers: days 367: want 0 to 366": func(t *exam.Trip) {
			for d := range 367 {
				t.Offers = append(t.Offers, exam.Offer{Exam: "A", Day: monday.AddDays(d)})
			}
		},
	} {
		trip := one
		change(&trip)
		_, err := exam.NewProblem(trip)
		require.ErrorContains(t, err, want)
	}
	_, err := exam.NewProblem(one)
	require.NoError(t, err)
}

func kind(code string) exam.Kind {
	return exam.Kind{Code: code, NameZH: "检查", NameEN: "examination", Minutes: 15}
}

func TestNewCatalogueReportsEverything(t *testing.T) {
	bad := kind("B")
	bad.Minutes, bad.FastingMinutes, bad.FullBladderMinutes, bad.Group = 0, 480, 241, "A"
	late := kind("C")
	late.LatestFastingStart, late.NameZH = clock(600), ""
	config := exam.CatalogueConfig{
		Kinds:   []exam.Kind{kind("A"), kind("A"), bad, late, {Code: " D", NameZH: "检查", NameEN: strings.Repeat("x", 201), Minutes: 1, FastingMinutes: 2881}},
		Before:  []exam.BeforeRule{{First: "C", Then: "nothing"}, {First: "C", Then: "C", GapMinutes: -1}},
		Between: []exam.BetweenRule{{A: "C", B: "C", GapMinutes: 0}, {A: "nobody", B: "A", GapMinutes: 1}},
	}
	_, err := exam.NewCatalogue(config)
	for _, want := range []string{
		`Kinds[1].Code "A": twice`, "Kinds[2].Minutes 0: want 1 to 1440", "Kinds[2].LatestFastingStart 00:00: missing", "Kinds[2].FullBladderMinutes 241: want 0 to 240",
		`Kinds[3].NameZH "": missing`, "Kinds[3].LatestFastingStart 10:00: without", `Kinds[4].Code " D": space`, `": 201 bytes, want at most 200`,
		"Kinds[4].FastingMinutes 2881: want 0 to 2880", `Kinds[0].Code "A": is a Group too`, `Before[0].Then "nothing": neither a code nor a group`,
		"Before[1].GapMinutes -1", `Before: "C" comes after itself`, "Between[0].GapMinutes 0: want 1 to", `Between[0].B "C": apart from itself`,
		`Between[1].A "nobody": neither`,
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = exam.NewCatalogue(exam.CatalogueConfig{Kinds: make([]exam.Kind, exam.MaxKinds+1)})
	require.ErrorContains(t, err, "len(Kinds) 2001")
}

// What the catalogue says reaches the trip: fasts, groups, the longest gap of several rules, and nothing about others.
func TestTripOfOrder(t *testing.T) {
	us, ct, mr, es := kind("US"), kind("CT-C"), kind("MR-C"), kind("ES")
	us.Group, us.FastingMinutes, us.LatestFastingStart = "ultrasound", 480, clock(630)
	ct.Group, ct.BreaksFast, mr.Group = "contrast", true, "contrast"
	c, err := exam.NewCatalogue(exam.CatalogueConfig{
		Kinds:   []exam.Kind{us, ct, mr, es},
		Before:  []exam.BeforeRule{{First: "ultrasound", Then: "ES"}, {First: "US", Then: "ES", GapMinutes: 30}},
		Between: []exam.BetweenRule{{A: "contrast", B: "contrast", GapMinutes: 1440}, {A: "MR-C", B: "CT-C", GapMinutes: 600}},
	})
	require.NoError(t, err)
	trip, err := c.Trip(exam.Order{Patient: "Zhou", Codes: []string{"ES", "MR-C", "CT-C", "US"}, NotBefore: monday, Until: monday.AddDays(7)})
	require.NoError(t, err)
	require.Equal(t, exam.Trip{
		Exams: []exam.Exam{{Code: "ES", Minutes: 15}, {Code: "MR-C", Minutes: 15}, {Code: "CT-C", Minutes: 15, BreaksFast: true},
			{Code: "US", Minutes: 15, Fasting: true, LatestStart: clock(630), FastMinutes: 480}},
		Precedences: []exam.Precedence{{First: "US", Then: "ES", GapMinutes: 30}},
		Separations: []exam.Separation{{A: "CT-C", B: "MR-C", GapMinutes: 1440}},
		NotBefore:   monday, Until: monday.AddDays(7),
	}, trip)
	trip, err = c.Trip(exam.Order{Patient: "Zhou", Codes: []string{"ES", "CT-C"}})
	require.NoError(t, err)
	require.Empty(t, trip.Precedences)
	require.Empty(t, trip.Separations)
	require.Len(t, c.Kinds(), 4)
	_, ok := c.Kind("XR")
	require.False(t, ok)
	_, err = c.Trip(exam.Order{Codes: []string{"XR", "ES", "ES"}, NotBefore: monday, Until: monday.AddDays(-1)})
	for _, want := range []string{`Patient "": missing`, `Codes[0] "XR": not in the catalogue`, `Codes[2] "ES": twice`, "Until 2026-11-22: before NotBefore"} {
		require.ErrorContains(t, err, want)
	}
	_, err = c.Trip(exam.Order{Patient: "Zhou"})
	require.ErrorContains(t, err, "len(Codes) 0: want 1 to 16")
}

func TestWords(t *testing.T) {
	require.Equal(t, "found infeasible undecided", exam.Found.String()+" "+exam.Infeasible.String()+" "+exam.Undecided.String())
	require.True(t, exam.Undecided.IsValid() && exam.NoOverlap.IsValid() && exam.DrinkWater.IsValid())
	require.False(t, exam.Outcome(0).IsValid() || exam.RuleKind(6).IsValid() || exam.PreparationKind(0).IsValid())
	require.Equal(t, "Outcome(9) RuleKind(9) PreparationKind(9)", exam.Outcome(9).String()+" "+exam.RuleKind(9).String()+" "+exam.PreparationKind(9).String())
	require.Equal(t, slots.MustDate("2026-11-23"), monday)
}

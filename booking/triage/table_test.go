package triage_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

// small is a table of one rule that is right.
func small() triage.Config {
	return triage.Config{
		Codes:   []triage.Term{term("A")},
		Signs:   []triage.Term{term("s")},
		Clinics: []triage.Eligibility{{Clinic: clinic("D")}},
		Rules:   []triage.Rule{{ID: "r", Rank: 1, Codes: []string{"A"}, Action: triage.Book, To: []triage.Clinic{clinic("D")}, Reason: term("why")}},
		Gaps:    triage.GapsRefused,
	}
}

func adult() triage.Need {
	age, err := booking.NewAge(slots.MustDate("1990-01-01"), monday)
	if err != nil {
		panic(err)
	}
	return triage.Need{Code: "A", Age: age, Sex: booking.Female, Urgency: triage.Routine, Visit: slots.FirstVisit, Referral: triage.Unreferred}
}

// Every bad field is named, with its value, all at once.
func TestNewTableReportsEverything(t *testing.T) {
	long := strings.Repeat("x", triage.MaxTextBytes+1)
	_, err := triage.NewTable(triage.Config{
		Codes: []triage.Term{term("A"), term("A"), {Code: " B", ZH: "乙", EN: "\xff"}},
		Signs: []triage.Term{term("s"), {Code: long}},
		Clinics: []triage.Eligibility{
			{Clinic: clinic("D")}, {Clinic: clinic("D")}, {Clinic: triage.Clinic{Service: " x"}},
			{Clinic: clinic("E"), Takes: triage.Condition{Ages: booking.AgeRange{From: booking.Years(150), Until: booking.AgeBound{Count: 1}}}}},
		Rules: []triage.Rule{
			{ID: "r1", Rank: 0, Codes: []string{"A", "X", "A"}, AnyCode: true, Action: triage.Book, Reason: term("why")},
			{ID: "r1", Rank: 10_001, Action: triage.EmergencyNow, To: []triage.Clinic{clinic("D")}},
			{ID: "r3", Rank: 1, Codes: []string{"A"}, Action: 9, If: triage.Condition{Sexes: []booking.Sex{booking.Male, booking.Male, 7},
				Urgencies: []triage.Urgency{0}, Visit: 3, Referral: 3, With: []string{"s", "q"}, Without: []string{"s"}}, Reason: term("why")},
			{ID: "r4", Rank: 1, Codes: []string{"A"}, Action: triage.Book, To: []triage.Clinic{clinic("F"), clinic("D"), clinic("D")}, Reason: term("why")},
		},
		Gaps: 3, WorkLimit: -1,
	})
	for _, want := range []string{
		`Codes[1].Code "A": twice`, `Codes[2].Code " B": space at an end`, `Codes[2].EN "\xff": not UTF-8`, `xxx": 401 bytes, want at most 400`, `Signs[1].ZH "": missing`,
		"Clinics[1].Clinic D/ (general): twice", `Clinics[2].Clinic.Department "": missing`, `Clinics[2].Clinic.Service " x": space`,
		"Clinics[2].Clinic.Kind 0", "Clinics[3].Takes.Ages.From {150, 3}: want 1 to 54750 days, 1799 months or 149 years", "Clinics[3].Takes.Ages.Until {1, 0}",
		`Rules[0] "r1": Rank 0: want 1 to 10000`, `Rules[0] "r1": AnyCode: with 3 Codes`, `Rules[0] "r1": Codes[1] "X": not a code`, `Rules[0] "r1": Codes[2] "A": twice`,
		`Rules[0] "r1": len(To) 0: want 1 to 16`, `Rules[1].ID "r1": twice`, `Rules[1] "r1": Rank 10001`, `Rules[1] "r1": Codes: none`,
		`Rules[1] "r1": To[0] D/ (general): not with Action emergency now`, `Rules[1] "r1": Reason.Code "": missing`, `Rules[2] "r3": Action 9`,
		`If.Sexes[1] male: twice`, "If.Sexes[2] 7: no such member", "If.Urgencies[0] 0: no such member", "If.Visit 3", "If.Referral 3", `If.With[1] "q": not a sign`,
		`If.Without[0] "s": also With`, `Rules[3] "r4": To[0] F/ (general): not among Clinics`, "To[2] D/ (general): twice", "Gaps 3", "WorkLimit -1",
	} {
		require.ErrorContains(t, err, want)
	}
}

func TestNewTableBounds(t *testing.T) {
	for want, change := range map[string]func(*triage.Config){
		"len(Codes) 4001":   func(c *triage.Config) { c.Codes = make([]triage.Term, 4001) },
		"len(Signs) 33":     func(c *triage.Config) { c.Signs = make([]triage.Term, 33) },
		"len(Clinics) 1001": func(c *triage.Config) { c.Clinics = make([]triage.Eligibility, 1001) },
		"len(Rules) 4001":   func(c *triage.Config) { c.Rules = make([]triage.Rule, 4001) },
		"len(To) 17":        func(c *triage.Config) { c.Rules[0].To = make([]triage.Clinic, 17) },
		"WorkLimit 10000000001: want 0 to 10000000000":                  func(c *triage.Config) { c.WorkLimit = triage.MaxWorkLimit + 1 },
		`Otherwise.Code "": missing`:                                    func(c *triage.Config) { c.Gaps = triage.GapsListed },
		`Otherwise.Code "ask": with GapsRefused nothing is left for it`: func(c *triage.Config) { c.Otherwise = term("ask") },
		"Rule r: If.Ages from 1 years until 12 months: nobody is that old": func(c *triage.Config) {
			c.Rules[0].If.Ages = booking.AgeRange{From: booking.Years(1), Until: booking.Months(12)}
		},
		"Clinic D/ (general): Takes.Ages from 14 years until 28 days: nobody is": func(c *triage.Config) {
			c.Clinics[0].Takes.Ages = booking.AgeRange{From: booking.Years(14), Until: booking.Days(28)}
		},
	} {
		c := small()
		change(&c)
		_, err := triage.NewTable(c)
		require.ErrorContains(t, err, want)
	}
	_, err := triage.NewTable(small())
	require.NoError(t, err)
	empty, err := triage.NewTable(triage.Config{Gaps: triage.GapsRefused})
	require.NoError(t, err, "no codes have no needs")
	_, _, err = empty.Route(nil, adult())
	require.ErrorContains(t, err, `Code "A": not a code`)
}

// Each part of a condition is asked: a need that meets it is answered by the rule, and one that misses it is not; and a clinic
// with the same condition takes the one and names the part to the other.
func TestEachPartOfAConditionMatters(t *testing.T) {
	born := func(years, days int) booking.Age {
		d, _ := slots.NewDate(2026-years, 11, 23)
		a, err := booking.NewAge(d.AddDays(days), monday)
		require.NoError(t, err)
		return a
	}
	for name, c := range map[string]struct {
		condition triage.Condition
		in, out   func(*triage.Need)
		criterion triage.Criterion
		zh        string
	}{
		"from, on the birthday": {triage.Condition{Ages: booking.AgeRange{From: booking.Years(14)}},
			func(n *triage.Need) { n.Age = born(14, 0) },
			func(n *triage.Need) { n.Age = born(14, 1) },
			triage.ByAge, "仅限年龄满14周岁"},
		"until, the day before": {triage.Condition{Ages: booking.AgeRange{Until: booking.Years(14)}},
			func(n *triage.Need) { n.Age = born(14, 1) },
			func(n *triage.Need) { n.Age = born(14, 0) },
			triage.ByAge, "仅限年龄未满14周岁"},
		"days": {triage.Condition{Ages: booking.AgeRange{Until: booking.Days(28)}},
			func(n *triage.Need) { n.Age = born(0, -27) },
			func(n *triage.Need) { n.Age = born(0, -28) },
			triage.ByAge, "仅限年龄未满28天"},
		"sex": {triage.Condition{Sexes: []booking.Sex{booking.Female}},
			func(*triage.Need) {},
			func(n *triage.Need) { n.Sex = booking.Unstated },
			triage.BySex, "仅限女"},
		"urgency": {triage.Condition{Urgencies: []triage.Urgency{triage.Immediate, triage.SameDay}},
			func(n *triage.Need) { n.Urgency = triage.SameDay },
			func(n *triage.Need) { n.Urgency = triage.Soon },
			triage.ByUrgency, "仅限立即就诊或当日就诊"},
		"follow-up with a former visit": {triage.Condition{Visit: slots.FollowUp},
			func(n *triage.Need) { n.Visit = slots.FollowUp },
			func(*triage.Need) {},
			triage.ByVisit, "仅限复诊"},
		"first visit": {triage.Condition{Visit: slots.FirstVisit},
			func(*triage.Need) {},
			func(n *triage.Need) { n.Visit = slots.FollowUp },
			triage.ByVisit, "仅限初诊"},
		"referral": {triage.Condition{Referral: triage.Referred},
			func(n *triage.Need) { n.Referral = triage.Referred },
			func(*triage.Need) {},
			triage.ByReferral, "仅限经转诊"},
		"without referral": {triage.Condition{Referral: triage.Unreferred},
			func(*triage.Need) {},
			func(n *triage.Need) { n.Referral = triage.Referred },
			triage.ByReferral, "仅限未经转诊"},
		"sign": {triage.Condition{With: []string{"s"}},
			func(n *triage.Need) { n.Signs = []string{"s", "s"} },
			func(*triage.Need) {},
			triage.BySign, "仅限:s(中文)"},
		"no sign": {triage.Condition{Without: []string{"s"}},
			func(*triage.Need) {},
			func(n *triage.Need) { n.Signs = []string{"s"} },
			triage.ByOtherSign, "不接诊:s(中文)"},
	} {
		t.Run(name, func(t *testing.T) {
			config := small()
			config.Gaps, config.Otherwise = triage.GapsListed, term("ask")
			config.Rules[0].If, config.Clinics[0].Takes = c.condition, c.condition
			table, err := triage.NewTable(config)
			require.NoError(t, err)
			in, out := adult(), adult()
			c.in(&in)
			c.out(&out)
			to, answer, err := table.Route(nil, in)
			require.NoError(t, err)
			require.Equal(t, triage.Answer{Action: triage.Book, Rule: "r", Reason: term("why")}, answer)
			require.Len(t, to, 1)
			to, answer, err = table.Route(nil, out)
			require.NoError(t, err)
			require.Equal(t, triage.Answer{Action: triage.AskNurse, Reason: term("ask")}, answer)
			require.Empty(t, to)

			in.Code, out.Code = "", "" // a direct request has no complaint
			unmet, err := table.Eligible(nil, in, clinic("D"))
			require.NoError(t, err)
			require.Empty(t, unmet)
			unmet, err = table.Eligible(nil, out, clinic("D"))
			require.NoError(t, err)
			require.Len(t, unmet, 1)
			require.Equal(t, c.criterion, unmet[0].Criterion)
			require.Equal(t, c.zh, unmet[0].Explain(triage.Chinese))
			require.NotEmpty(t, unmet[0].Explain(triage.English))
			takes, ok := table.Takes(clinic("D"))
			require.True(t, ok)
			require.Equal(t, c.condition, takes)
		})
	}
}

// A clinic whose condition a rule does not repeat is a rule that leads nowhere, unless those before it take the rest.
func TestMisled(t *testing.T) {
	c := small()
	c.Clinics[0].Takes.Ages.From = booking.Years(14)
	_, found := findings(t, c)
	require.Len(t, found, 1)
	require.Equal(t, "misled: rule r leads (A, 0 days, female, immediate, first visit, unreferred) to D/ (general), which does not take it", found[0].Explain(triage.English))
	require.Equal(t, "误导:规则 r 把 (A,0 岁 0 个月(0 天),女,立即就诊,初诊,未经转诊) 引到不接诊的 D/ (general)", found[0].Explain(triage.Chinese))
	c.Rules = append(c.Rules, triage.Rule{ID: "a", Rank: 1, AnyCode: true, If: triage.Condition{Ages: booking.AgeRange{Until: booking.Years(14)}},
		Action: triage.EmergencyNow, Reason: term("child")})
	_, err := triage.NewTable(c)
	require.NoError(t, err)
}

// A red flag goes before a booking of any rank, and two red flags by rank.
func TestRedFlagsFirst(t *testing.T) {
	c := small()
	c.Rules = append(c.Rules,
		triage.Rule{ID: "flag", Rank: 9000, Codes: []string{"A"}, If: triage.Condition{With: []string{"s"}}, Action: triage.EmergencyNow, Reason: term("go")},
		triage.Rule{ID: "earlier flag", Rank: 8999, AnyCode: true, If: triage.Condition{With: []string{"s"}, Sexes: []booking.Sex{booking.Male}},
			Action: triage.EmergencyNow, Reason: term("go now")})
	table, err := triage.NewTable(c)
	require.NoError(t, err)
	n := adult()
	n.Signs = []string{"s"}
	_, answer, err := table.Route(nil, n)
	require.NoError(t, err)
	require.Equal(t, triage.Answer{Action: triage.EmergencyNow, Rule: "flag", Reason: term("go")}, answer)
	n.Sex = booking.Male
	matches, err := table.Explain(n)
	require.NoError(t, err)
	var lines []string
	for _, m := range matches {
		lines = append(lines, m.Explain(triage.English), m.Explain(triage.Chinese))
	}
	require.Equal(t, []string{
		"earlier flag (rank 8999): go now in words; answers", "earlier flag(级别 8999):go now(中文);由此规则作答",
		"flag (rank 9000): go in words; rank first: earlier flag", "flag(级别 9000):go(中文);级别在前的规则优先:earlier flag",
		"r (rank 1): why in words; red flag first: earlier flag", "r(级别 1):why(中文);急症规则优先:earlier flag",
	}, lines)
}

// All that is wrong with a need is said at once, and nothing is appended.
func TestBadNeeds(t *testing.T) {
	table, err := triage.NewTable(small())
	require.NoError(t, err)
	dst := make([]triage.Destination, 1)
	got, answer, err := table.Route(dst, triage.Need{Code: "X", Sex: 9, Signs: []string{"s", "q"}})
	require.EqualError(t, err, "Age no age\nSex 9: want Female, Male or Unstated\nUrgency 0: want Immediate to Routine\nVisit 0: want FirstVisit or FollowUp\n"+
		"Referral 0: want Unreferred or Referred\nSigns[1] \"q\": not a sign of the table\nCode \"X\": not a code of the table")
	require.Equal(t, dst, got)
	require.Zero(t, answer)
	_, err = table.Explain(triage.Need{})
	require.ErrorContains(t, err, `Code "": not a code`)
	_, err = table.Eligible(nil, triage.Need{}, clinic("Z"))
	require.ErrorContains(t, err, "Age no age")
	require.ErrorContains(t, err, "Clinic Z/ (general): not among Clinics")
	_, ok := table.Takes(clinic("Z"))
	require.False(t, ok)
}

// What a table hands out is the caller's: writing it changes no answer.
func TestNothingIsShared(t *testing.T) {
	c := small()
	c.Gaps, c.Otherwise = triage.GapsListed, term("ask")
	c.Rules[0].If = triage.Condition{Sexes: []booking.Sex{booking.Female}, Urgencies: urgencies[:2:2], With: []string{"s"}}
	c.Clinics[0].Takes = c.Rules[0].If
	table, err := triage.NewTable(c)
	require.NoError(t, err)
	before := string(table.AppendJSON(nil)) + fmt.Sprint(table.Gaps())
	out, _ := table.Takes(clinic("D"))
	out.Sexes[0], out.Urgencies[0], out.With[0] = booking.Male, triage.Soon, "z"
	config := table.Config()
	config.Codes[0], config.Rules[0].Codes[0], config.Rules[0].If.With[0], config.Rules[0].To[0] = term("z"), "z", "z", clinic("Z")
	config.Clinics[0].Takes.Sexes[0] = booking.Male
	for _, g := range table.Gaps() {
		g.Codes[0] = "z"
	}
	n := adult()
	n.Sex = booking.Male
	unmet, err := table.Eligible(nil, n, clinic("D"))
	require.NoError(t, err)
	unmet[0].Sexes[0] = booking.Male
	c.Rules[0].Codes[0] = "z"
	require.Equal(t, before, string(table.AppendJSON(nil))+fmt.Sprint(table.Gaps()))
}

// hard is a table whose boxes double with every rule: pairs of signs.
func hard() triage.Config {
	c := triage.Config{Codes: []triage.Term{term("A")}, Gaps: triage.GapsListed, Otherwise: term("ask")}
	for i := range triage.MaxSigns {
		c.Signs = append(c.Signs, term(fmt.Sprintf("s%02d", i)))
	}
	for i := range triage.MaxSigns / 2 {
		c.Rules = append(c.Rules, triage.Rule{ID: fmt.Sprintf("r%02d", i), Rank: 1 + i, AnyCode: true, Action: triage.AskNurse, Reason: term("why"),
			If: triage.Condition{With: []string{c.Signs[2*i].Code, c.Signs[2*i+1].Code}}})
	}
	return c
}

// A table that is not proven within the limit is refused and says so; the same table within a larger one is made.
func TestWorkLimit(t *testing.T) {
	c := hard()
	c.WorkLimit = 10_000
	_, err := triage.NewTable(c)
	var e *triage.TableError
	require.True(t, errors.As(err, &e))
	require.True(t, e.Unproven)
	require.ErrorContains(t, err, "unproven: WorkLimit reached")
	c.Rules = c.Rules[:8]
	_, err = triage.NewTable(c)
	require.True(t, errors.As(err, &e) && e.Unproven, "256 gaps count 1000 each")
	c.WorkLimit = 0
	table, err := triage.NewTable(c)
	require.NoError(t, err)
	require.Len(t, table.Gaps(), 256)
}

// Boxes are bounded as steps are: a table whose rules ask for three signs each, in all combinations, is given up.
func TestBoxesAreBounded(t *testing.T) {
	c := triage.Config{Codes: []triage.Term{term("A")}, Gaps: triage.GapsListed, Otherwise: term("ask"), WorkLimit: triage.MaxWorkLimit}
	for i := range triage.MaxSigns {
		c.Signs = append(c.Signs, term(fmt.Sprintf("s%02d", i)))
	}
	for i := range triage.MaxSigns {
		signs := []string{c.Signs[i].Code, c.Signs[(i+7)%32].Code, c.Signs[(i+12)%32].Code}
		c.Rules = append(c.Rules, triage.Rule{ID: fmt.Sprintf("r%03d", i), Rank: 1 + i, AnyCode: true, Action: triage.AskNurse, Reason: term("why"),
			If: triage.Condition{With: signs}})
	}
	_, err := triage.NewTable(c)
	var e *triage.TableError
	require.True(t, errors.As(err, &e) && e.Unproven, "%v", err)
	require.Empty(t, e.Findings)
}

func TestAsk(t *testing.T) {
	d := triage.Destination{Clinic: triage.Clinic{Department: "neurology", Service: "headache", Kind: slots.General}}
	require.Equal(t, booking.Ask{Person: "Zhou", Channel: "app", Department: "neurology", Service: "headache"}, d.Ask(booking.Ask{Person: "Zhou", Channel: "app", Service: "x"}))
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		valid, wrong interface {
			IsValid() bool
			String() string
		}
		text, wrongText string
	}{
		{booking.Unstated, booking.Sex(4), "unstated", "Sex(4)"},
		{triage.SameDay, triage.Urgency(0), "same day", "Urgency(0)"},
		{triage.Referred, triage.Referral(3), "referred", "Referral(3)"},
		{triage.EmergencyNow, triage.Action(0), "emergency now", "Action(0)"},
		{triage.GapsListed, triage.Gaps(0), "listed", "Gaps(0)"},
		{triage.ByOtherSign, triage.Criterion(8), "other sign", "Criterion(8)"},
		{triage.SaidAlready, triage.Because(5), "said already", "Because(5)"},
		{triage.Gap, triage.FindingKind(math.MaxUint8), "gap", "FindingKind(255)"},
		{booking.InYears, booking.AgeUnit(0), "years", "AgeUnit(0)"},
	} {
		require.True(t, c.valid.IsValid())
		require.False(t, c.wrong.IsValid())
		require.Equal(t, []string{c.text, c.wrongText}, []string{c.valid.String(), c.wrong.String()})
	}
	require.Equal(t, "Criterion(0)", triage.Unmet{}.Explain(triage.Chinese))
	require.Equal(t, "FindingKind(0)", triage.Finding{}.Explain(triage.Chinese))
}

func TestRouteAllocatesNothing(t *testing.T) {
	c := small()
	c.Rules[0].If.Ages.From = booking.Days(0 + 1)
	c.Gaps, c.Otherwise = triage.GapsListed, term("ask")
	table, err := triage.NewTable(c)
	require.NoError(t, err)
	n := adult()
	n.Signs = []string{"s"}
	dst := make([]triage.Destination, 0, triage.MaxDestinations)
	require.Zero(t, testing.AllocsPerRun(100, func() { dst, _, _ = table.Route(dst[:0], n) }))
	require.Len(t, dst, 1)
	var unmet []triage.Unmet
	require.Zero(t, testing.AllocsPerRun(100, func() { unmet, _ = table.Eligible(unmet[:0], n, clinic("D")) }))
}

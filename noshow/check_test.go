package noshow_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/stretchr/testify/require"
)

func goodRule() noshow.Rule {
	return noshow.Rule{
		ID: "A", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 3, Within: noshow.Term{Count: 3, Unit: noshow.Months},
		Effect: noshow.Suspend, Lasts: noshow.Term{Count: 6, Unit: noshow.Months},
		Binding: noshow.Automatic, Afterwards: noshow.KeepCounting,
	}
}

func TestPolicyProblems(t *testing.T) {
	for want, spoil := range map[string]func(*noshow.Rule){
		"ID: empty":                          func(r *noshow.Rule) { r.ID = "" },
		"kinds: none":                        func(r *noshow.Rule) { r.Kinds = nil },
		"kinds[0]: Kind(0)":                  func(r *noshow.Rule) { r.Kinds = []noshow.Kind{0} },
		"kinds[0]: Kind(7)":                  func(r *noshow.Rule) { r.Kinds = []noshow.Kind{7} },
		"kinds[1]: no-show is there twice":   func(r *noshow.Rule) { r.Kinds = append(r.Kinds, noshow.NoShow) },
		"threshold: 0":                       func(r *noshow.Rule) { r.Threshold = 0 },
		"threshold: 101":                     func(r *noshow.Rule) { r.Threshold = 101 },
		"within: Term(0 Unit(0))":            func(r *noshow.Rule) { r.Within = noshow.Term{} },
		"within: Term(0 day)":                func(r *noshow.Rule) { r.Within = noshow.Term{Unit: noshow.Days} },
		"within: Term(10000 day)":            func(r *noshow.Rule) { r.Within = noshow.Term{Count: 10000, Unit: noshow.Days} },
		"lasts: Term(1 forever)":             func(r *noshow.Rule) { r.Lasts = noshow.Term{Count: 1, Unit: noshow.Forever} },
		"effect: Effect(0)":                  func(r *noshow.Rule) { r.Effect = 0 },
		"binding: Binding(3)":                func(r *noshow.Rule) { r.Binding = 3 },
		"afterwards: Afterwards(0)":          func(r *noshow.Rule) { r.Afterwards = 0 },
		`channels: ["app"] with effect susp`: func(r *noshow.Rule) { r.Channels = []string{"app"} },
		`channels: [] with effect restrict`:  func(r *noshow.Rule) { r.Effect = noshow.RestrictChannels },
		`feeCode: "" with effect charge-fee`: func(r *noshow.Rule) { r.Effect = noshow.ChargeFee },
		`feeCode: "X" with effect suspend`:   func(r *noshow.Rule) { r.FeeCode = "X" },
		"channels[0]: empty":                 func(r *noshow.Rule) { r.Effect, r.Channels = noshow.RestrictChannels, []string{""} },
		"only[0]: empty":                     func(r *noshow.Rule) { r.Only = []string{""} },
		`exempt[1]: "aid" is there twice`:    func(r *noshow.Rule) { r.Exempt = []string{"aid", "aid"} },
		`only[0]: "aid" is exempt too`:       func(r *noshow.Rule) { r.Only, r.Exempt = []string{"aid"}, []string{"aid"} },
	} {
		r := goodRule()
		spoil(&r)
		_, err := noshow.NewPolicy(noshow.PolicyConfig{Name: "p", Rules: []noshow.Rule{r}})
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, fmt.Sprintf("rules[0] (ID %q)", r.ID))
	}
	_, err := noshow.NewPolicy(noshow.PolicyConfig{Name: "p", Rules: []noshow.Rule{goodRule(), goodRule()}})
	require.ErrorContains(t, err, "ID is used twice")
	_, err = noshow.NewPolicy(noshow.PolicyConfig{Name: "p", Rules: make([]noshow.Rule, 65)})
	require.ErrorContains(t, err, "rules: 65, want at most 64")
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := noshow.NewPolicy(noshow.PolicyConfig{Rules: []noshow.Rule{{Effect: noshow.ChargeFee}}})
	require.Len(t, strings.Split(err.Error(), "\n"), 9, "%v", err) // name, ID, kinds, threshold, within, lasts, binding, afterwards, fee code

	day := slots.MustDate("2026-01-01")
	_, err = noshow.NewRecord(noshow.RecordConfig{
		Person:  "P",
		Classes: []string{""},
		Incidents: []noshow.Incident{
			{ID: "", Person: "P", Kind: noshow.NoShow, Day: day},
			{ID: "b", Person: "Q", Kind: noshow.NoShow, Day: day},
			{ID: "c", Person: "P", Kind: 9, Day: day},
			{ID: "d", Person: "P", Kind: noshow.NoShow},
			{ID: "e", Person: "P", Kind: noshow.NoShow, Day: day},
			{ID: "e", Person: "P", Kind: noshow.LateArrival, Day: day},
		},
	})
	for _, want := range []string{
		"classes[0]: empty", "incidents[0] (ID \"\"): ID is empty", `incidents[1] (ID "b"): person "Q", but the record is of "P"`,
		`incidents[2] (ID "c"): kind Kind(9)`, `incidents[3] (ID "d"): day: no date`, `incident ID "e": names two different incidents`,
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = noshow.NewRecord(noshow.RecordConfig{Incidents: make([]noshow.Incident, noshow.MaxIncidents+1)})
	require.ErrorContains(t, err, "person: empty")
	require.ErrorContains(t, err, "incidents: 1001, want at most 1000")
	_, err = noshow.NewRecord(noshow.RecordConfig{Person: "P", Excused: []string{"x", "y"}})
	require.EqualError(t, err, "excused \"x\": no such incident counts\nexcused \"y\": no such incident counts")

	_, err = noshow.NewPrior(0, math.NaN())
	require.ErrorContains(t, err, "shows: 0")
	require.ErrorContains(t, err, "noShows: NaN")
	_, err = noshow.NewClinic(noshow.ClinicConfig{
		BandWeight: math.Inf(1), PersonWeight: -1,
		Bands: []noshow.Band{{FromDays: 1}, {FromDays: 1, Shows: -1}, {FromDays: 2, NoShows: noshow.MaxCount + 1}},
	})
	for _, want := range []string{
		"prior: ", "bandWeight: +Inf", "personWeight: -1", "bands[0].fromDays: 1, want 0", "bands[1].fromDays: 1, want above 1",
		"bands[1].shows: -1", "bands[2].noShows: 1000000000001",
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = noshow.NewClinic(noshow.ClinicConfig{Bands: make([]noshow.Band, noshow.MaxBands+1)})
	require.ErrorContains(t, err, "bands: 65, want 1 to 64")
}

// What is given is copied: changing it afterwards changes nothing.
func TestConfigsAreCopied(t *testing.T) {
	s := scenario()
	policy, err := noshow.NewPolicy(s.policy)
	require.NoError(t, err)
	record, err := noshow.NewRecord(s.record)
	require.NoError(t, err)
	on := slots.MustDate("2026-02-01")
	before := policy.Standing(record, on)
	require.Len(t, before.Measures, 3)
	for i := range s.policy.Rules {
		s.policy.Rules[i].Kinds[0] = noshow.BadFaithBooking
	}
	s.policy.Rules[1].Channels[0] = "other"
	s.record.Incidents[0].Kind = noshow.BadFaithBooking
	s.record.Classes[0] = "aid"
	record.Incidents()[0].Day = on
	policy.Standing(record, on).Measures[1].Channels[0] = "other"
	require.Equal(t, before, policy.Standing(record, on))
}

type world struct {
	policy noshow.PolicyConfig
	record noshow.RecordConfig
}

// scenario has three rules in force on 2026-02-01: a suspension, a restriction and a fee.
func scenario() *world {
	w := &world{policy: noshow.PolicyConfig{Name: "p"}, record: noshow.RecordConfig{Person: "P", Classes: []string{"new"}}}
	for i, effect := range []noshow.Effect{noshow.Suspend, noshow.RestrictChannels, noshow.ChargeFee} {
		r := goodRule()
		r.ID, r.Effect = fmt.Sprint("R", i), effect
		w.policy.Rules = append(w.policy.Rules, r)
	}
	w.policy.Rules[1].Channels, w.policy.Rules[2].FeeCode = []string{"app"}, "NS40"
	for i, day := range []string{"2026-01-01", "2026-01-05", "2026-01-09"} {
		w.record.Incidents = append(w.record.Incidents, noshow.Incident{ID: fmt.Sprint("V", i), Person: "P", Kind: noshow.NoShow, Day: slots.MustDate(day)})
	}
	return w
}

// print is all that can be seen of the scenario: standings of a year, and the policy's name.
func (w *world) print(t *testing.T) string {
	var b strings.Builder
	policy, err := noshow.NewPolicy(w.policy)
	require.NoError(t, err)
	record, err := noshow.NewRecord(w.record)
	require.NoError(t, err)
	for day := slots.MustDate("2026-01-01"); day.Before(slots.MustDate("2027-01-01")); day = day.AddDays(1) {
		s := policy.Standing(record, day)
		fmt.Fprintln(&b, policy.Name(), s, s.SuspendedUntil(), s.BarredUntil("app"))
	}
	return b.String()
}

// Every configured field is enforced: changing it, alone, changes what is seen. A new field without a row here fails.
func TestEveryFieldMatters(t *testing.T) {
	changes := map[string]func(*world){
		"PolicyConfig.Name":      func(w *world) { w.policy.Name = "q" },
		"PolicyConfig.CountFrom": func(w *world) { w.policy.CountFrom = slots.MustDate("2026-01-02") },
		"PolicyConfig.Rules":     func(w *world) { w.policy.Rules = w.policy.Rules[1:] },
		"Rule.ID":                func(w *world) { w.policy.Rules[0].ID = "other" },
		"Rule.Kinds":             func(w *world) { w.policy.Rules[0].Kinds[0] = noshow.LateArrival },
		"Rule.Threshold":         func(w *world) { w.policy.Rules[0].Threshold = 2 },
		"Rule.Within":            func(w *world) { w.policy.Rules[0].Within = noshow.Term{Count: 8, Unit: noshow.Days} },
		"Rule.Effect":            func(w *world) { w.policy.Rules[0].Effect = noshow.RequireReferral },
		"Rule.Channels":          func(w *world) { w.policy.Rules[1].Channels[0] = "kiosk" },
		"Rule.FeeCode":           func(w *world) { w.policy.Rules[2].FeeCode = "NS50" },
		"Rule.Lasts":             func(w *world) { w.policy.Rules[0].Lasts.Count = 5 },
		"Rule.Binding":           func(w *world) { w.policy.Rules[0].Binding = noshow.Proposed },
		"Rule.Afterwards": func(w *world) {
			w.policy.Rules[0].Afterwards = noshow.StartAfresh
		},
		"Rule.Only":              func(w *world) { w.policy.Rules[0].Only = []string{"old"} },
		"Rule.Exempt":            func(w *world) { w.policy.Rules[0].Exempt = []string{"new"} },
		"RecordConfig.Person":    func(w *world) { w.record.Person = "Q"; w.setPerson("Q") },
		"RecordConfig.Classes":   func(w *world) { w.record.Classes = nil },
		"RecordConfig.Incidents": func(w *world) { w.record.Incidents = w.record.Incidents[:2] },
		"RecordConfig.Excused":   func(w *world) { w.record.Excused = []string{"V1"} },
		"Incident.ID":            func(w *world) { w.record.Incidents[0].ID = "other" },
		"Incident.Person":        func(w *world) { w.record.Person = "Q"; w.setPerson("Q") }, // a mismatch is refused: TestAllProblemsAtOnce
		"Incident.Kind":          func(w *world) { w.record.Incidents[0].Kind = noshow.LateArrival },
		"Incident.Day":           func(w *world) { w.record.Incidents[0].Day = slots.MustDate("2025-01-01") },
	}
	base := func() *world { // a fourth incident, for Afterwards; a class that a rule asks for
		w := scenario()
		in := w.record.Incidents[0]
		in.ID, in.Day = "V3", slots.MustDate("2026-01-20")
		w.record.Incidents = append(w.record.Incidents, in)
		w.policy.Rules[1].Only = []string{"new"}
		return w
	}
	var fields []string
	for _, v := range []any{noshow.PolicyConfig{}, noshow.Rule{}, noshow.RecordConfig{}, noshow.Incident{}} {
		for i := range reflect.TypeOf(v).NumField() {
			fields = append(fields, reflect.TypeOf(v).Name()+"."+reflect.TypeOf(v).Field(i).Name)
		}
	}
	require.Len(t, changes, len(fields))
	before := base().print(t)
	for _, field := range fields {
		require.Contains(t, changes, field)
		w := base()
		changes[field](w)
		require.NotEqual(t, before, w.print(t), field)
	}
}

func (w *world) setPerson(p string) {
	for i := range w.record.Incidents {
		w.record.Incidents[i].Person = p
	}
}

func TestRecord(t *testing.T) {
	w := scenario()
	record, err := noshow.NewRecord(w.record)
	require.NoError(t, err)
	require.Equal(t, "P", record.Person())
	require.Equal(t, w.record.Incidents, record.Incidents())
	less, err := record.Excuse("V1", "V1")
	require.NoError(t, err)
	require.Len(t, less.Incidents(), 2)
	require.Len(t, record.Incidents(), 3, "the record itself never changes")
	_, err = less.Excuse("V0", "V1")
	require.EqualError(t, err, `excused "V1": no such incident counts`)
	require.Empty(t, noshow.Record{}.Incidents())
}

func TestZeroValuesAreHarmless(t *testing.T) {
	w := scenario()
	policy, err := noshow.NewPolicy(w.policy)
	require.NoError(t, err)
	record, err := noshow.NewRecord(w.record)
	require.NoError(t, err)
	require.True(t, noshow.Policy{}.Standing(record, slots.MustDate("2026-02-01")).IsGood())
	require.True(t, policy.Standing(noshow.Record{}, slots.MustDate("2026-02-01")).IsGood())
	require.True(t, policy.Standing(record, slots.Date{}).IsGood())
	require.False(t, noshow.Standing{}.SuspendedUntil().IsValid())
}

// The last day of the calendar ends every term without ending the program.
func TestLastDay(t *testing.T) {
	w := scenario()
	for i := range w.record.Incidents {
		w.record.Incidents[i].Day = noshow.LastDay().AddDays(i - 2)
	}
	policy, err := noshow.NewPolicy(w.policy)
	require.NoError(t, err)
	record, err := noshow.NewRecord(w.record)
	require.NoError(t, err)
	require.True(t, policy.Standing(record, noshow.LastDay()).IsGood())
	require.Equal(t, "9999-12-31", noshow.LastDay().String())
}

func TestPolicyAsJSON(t *testing.T) {
	w := scenario()
	w.policy.CountFrom = slots.MustDate("2026-01-01")
	w.policy.Rules[2].Only, w.policy.Rules[2].Exempt = []string{"new"}, []string{"aid"}
	b, err := json.Marshal(w.policy)
	require.NoError(t, err)
	require.Contains(t, string(b), `"Kinds":["no-show"],"Threshold":3,"Within":"3 months","Effect":"suspend"`)
	var back noshow.PolicyConfig
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, w.policy, back)
	require.Error(t, json.Unmarshal([]byte(`{"Rules":[{"Kinds":["noshow"]}]}`), &back))
}

func FuzzPolicyJSON(f *testing.F) {
	b, err := json.Marshal(scenario().policy)
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte(`{"Name":"x","CountFrom":"2026-02-30"}`))
	f.Add([]byte(`{"Name":"x","Rules":[{"Within":"0 days"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var c noshow.PolicyConfig
		if json.Unmarshal(b, &c) != nil {
			return
		}
		policy, err := noshow.NewPolicy(c)
		if err != nil {
			return
		}
		again, err := json.Marshal(c)
		require.NoError(t, err, "what NewPolicy accepts can be kept")
		var back noshow.PolicyConfig
		require.NoError(t, json.Unmarshal(again, &back))
		policy2, err := noshow.NewPolicy(back)
		require.NoError(t, err)
		record, err := noshow.NewRecord(scenario().record)
		require.NoError(t, err)
		on := slots.MustDate("2026-02-01")
		require.Equal(t, len(policy.Standing(record, on).Measures), len(policy2.Standing(record, on).Measures))
	})
}

func TestEffectsOnOtherChannels(t *testing.T) {
	w := scenario()
	w.policy.Rules = slices.Delete(w.policy.Rules, 0, 1) // without the suspension
	s := standing(t, w.policy, w.record, slots.MustDate("2026-02-01"))
	require.False(t, s.SuspendedUntil().IsValid())
	require.False(t, s.BarredUntil("window").IsValid())
	require.Equal(t, slots.MustDate("2026-07-09"), s.BarredUntil("app"))
}

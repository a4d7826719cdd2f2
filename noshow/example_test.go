package noshow_test

import (
	"encoding/json"
	"fmt"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// threeInThreeMonths is a city platform's rule: 3 no-shows within 3 months, no booking for 6 months.
func threeInThreeMonths() noshow.PolicyConfig {
	return noshow.PolicyConfig{Name: "city platform", Rules: []noshow.Rule{{
		ID: "A", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 3, Within: noshow.Term{Count: 3, Unit: noshow.Months},
		Effect: noshow.Suspend, Lasts: noshow.Term{Count: 6, Unit: noshow.Months},
		Binding: noshow.Automatic, Afterwards: noshow.KeepCounting,
	}}}
}

func threeNoShows() noshow.RecordConfig {
	r := noshow.RecordConfig{Person: "P1"}
	for _, day := range []string{"2026-09-01", "2026-09-15", "2026-10-12"} {
		r.Incidents = append(r.Incidents, noshow.Incident{ID: "visit of " + day, Person: "P1", Kind: noshow.NoShow, Day: slots.MustDate(day)})
	}
	return r
}

// The third no-show suspends; the appeal against it is upheld, for the clinic was closed, and the suspension is gone.
func Example_appeal() {
	policy, err := noshow.NewPolicy(threeInThreeMonths())
	if err != nil {
		fmt.Println(err)
		return
	}
	record, err := noshow.NewRecord(threeNoShows())
	if err != nil {
		fmt.Println(err)
		return
	}
	today := slots.MustDate("2026-10-20")
	fmt.Println(policy.Standing(record, today).Explain(noshow.English))

	record, err = record.Excuse("visit of 2026-10-12")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(policy.Standing(record, today).Explain(noshow.English))
	// Output:
	// No booking from 2026-10-12 through 2027-04-11: rule A, 3 counted (visit of 2026-09-01, visit of 2026-09-15, visit of 2026-10-12); excusing 1 of them lifts it.
	// Emergencies are never barred.
	// In good standing on 2026-10-20.
}

func ExampleNewPolicy() {
	_, err := noshow.NewPolicy(noshow.PolicyConfig{Name: "hasty", Rules: []noshow.Rule{{
		ID: "A", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 0, Within: noshow.Term{Count: 3, Unit: noshow.Months},
		Effect: noshow.RestrictChannels, Lasts: noshow.Term{Unit: noshow.Forever}, Binding: noshow.Automatic,
	}}})
	fmt.Println(err)
	// Output:
	// rules[0] (ID "A"): threshold: 0, want 1 to 100
	// rules[0] (ID "A"): afterwards: Afterwards(0): want keep-counting or start-afresh
	// rules[0] (ID "A"): channels: [] with effect restrict-channels: channels belong to restrict-channels, and it needs them
}

// A policy can be kept as JSON.
func ExamplePolicyConfig() {
	var c noshow.PolicyConfig
	err := json.Unmarshal([]byte(`{"Name": "hospital F", "Rules": [{
		"ID": "F", "Kinds": ["no-show"], "Threshold": 4, "Within": "forever",
		"Effect": "suspend", "Lasts": "6 months", "Binding": "automatic", "Afterwards": "start-afresh"
	}]}`), &c)
	if err != nil {
		fmt.Println(err)
		return
	}
	policy, err := noshow.NewPolicy(c)
	fmt.Println(policy.Name(), err)
	// Output:
	// hospital F <nil>
}

func ExampleNewRecord() {
	_, err := noshow.NewRecord(noshow.RecordConfig{
		Person:    "P1",
		Incidents: []noshow.Incident{{ID: "V7", Person: "P2", Kind: noshow.NoShow, Day: slots.MustDate("2026-10-12")}},
	})
	fmt.Println(err)
	// Output:
	// incidents[0] (ID "V7"): person "P2", but the record is of "P1"
}

func ExampleRecord_Excuse() {
	record, _ := noshow.NewRecord(threeNoShows())
	less, err := record.Excuse("visit of 2026-10-12")
	fmt.Println(len(record.Incidents()), len(less.Incidents()), err)
	_, err = less.Excuse("visit of 2026-10-12")
	fmt.Println(err)
	// Output:
	// 3 2 <nil>
	// excused "visit of 2026-10-12": no such incident counts
}

func ExamplePolicy_Standing() {
	policy, _ := noshow.NewPolicy(threeInThreeMonths())
	record, _ := noshow.NewRecord(threeNoShows())
	for _, on := range []string{"2026-10-11", "2026-10-12", "2027-04-12"} {
		standing := policy.Standing(record, slots.MustDate(on))
		fmt.Println(on, standing.IsGood(), standing.SuspendedUntil())
	}
	// Output:
	// 2026-10-11 true no date
	// 2026-10-12 false 2027-04-12
	// 2027-04-12 true no date
}

func ExampleStanding_SuspendedUntil() {
	policy, _ := noshow.NewPolicy(threeInThreeMonths())
	record, _ := noshow.NewRecord(threeNoShows())
	until := policy.Standing(record, slots.MustDate("2026-10-12")).SuspendedUntil()
	fmt.Println("no booking before", until)
	// Output:
	// no booking before 2027-04-12
}

func ExampleStanding_BarredUntil() {
	c := threeInThreeMonths()
	c.Rules[0].Effect, c.Rules[0].Channels = noshow.RestrictChannels, []string{"app"}
	policy, _ := noshow.NewPolicy(c)
	record, _ := noshow.NewRecord(threeNoShows())
	standing := policy.Standing(record, slots.MustDate("2026-10-12"))
	fmt.Println("app:", standing.BarredUntil("app"))
	fmt.Println("window:", standing.BarredUntil("window"))
	// Output:
	// app: 2027-04-12
	// window: no date
}

func ExampleStanding_Explain() {
	policy, _ := noshow.NewPolicy(threeInThreeMonths())
	record, _ := noshow.NewRecord(threeNoShows())
	fmt.Println(policy.Standing(record, slots.MustDate("2026-10-12")).Explain(noshow.Chinese))
	// Output:
	// 暂停预约:自 2026-10-12 起,至 2027-04-11(含)。依据规则 A,计入 3 次(visit of 2026-09-01、visit of 2026-09-15、visit of 2026-10-12);其中 1 次申诉成立即解除。
	// 急诊不受影响。
}

func ExampleParseTerm() {
	rolling, _ := noshow.ParseTerm("6 months")
	rest, _ := noshow.ParseTerm("1 calendar month")
	fmt.Println(rolling.Until(slots.MustDate("2026-08-31")))
	fmt.Println(rest.Until(slots.MustDate("2026-08-31")))
	_, err := noshow.ParseTerm("half a year")
	fmt.Println(err)
	// Output:
	// 2027-02-28
	// 2026-09-01
	// term "half a year": want "3 months", "1 calendar year", …, "forever"; count 1 to 9999
}

func ExampleTerm_Until() {
	year := noshow.Term{Count: 1, Unit: noshow.CalendarYears}
	fmt.Println(year.Until(slots.MustDate("2026-12-31")))
	// Output:
	// 2027-01-01
}

func ExampleLastDay() {
	fmt.Println(noshow.Term{Unit: noshow.Forever}.Until(slots.MustDate("2026-12-31")) == noshow.LastDay())
	// Output:
	// true
}

// A belief worth ten visits, eight of them kept; then two visits missed.
func ExampleNewPrior() {
	prior, err := noshow.NewPrior(8, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	history := noshow.History{}.Then(noshow.Missed, noshow.Fading{}).Then(noshow.Missed, noshow.Fading{})
	fmt.Println(prior.Show(noshow.History{}).PPM(), prior.Show(history).PPM())
	// Output:
	// 800000 666667
}

func ExamplePrior_Show() {
	prior, _ := noshow.NewPrior(1, 1)
	fmt.Printf("%.3f\n", float64(prior.Show(noshow.History{}.Then(noshow.Showed, noshow.Fading{}))))
	// Output:
	// 0.667
}

// Old visits lose weight: a missed visit long ago weighs less than the ones kept since.
func ExampleNewFading() {
	fading, err := noshow.NewFading(2)
	if err != nil {
		fmt.Println(err)
		return
	}
	history := noshow.History{}.Then(noshow.Missed, fading).Then(noshow.Showed, fading).Then(noshow.Showed, fading)
	fmt.Printf("%.3f of %.3f\n", history.Shows(), history.Visits())
	// Output:
	// 1.707 of 2.207
}

func ExampleHistory_Then() {
	history := noshow.History{}.Then(noshow.Showed, noshow.Fading{}).Then(noshow.Missed, noshow.Fading{})
	fmt.Println(history.Shows(), "of", history.Visits())
	// Output:
	// 1 of 2
}

// Few come whose visit was booked long ahead. A person's own record moves the figure, by as much as it is long.
func ExampleNewClinic() {
	prior, _ := noshow.NewPrior(8, 2)
	clinic, err := noshow.NewClinic(noshow.ClinicConfig{
		Prior: prior, BandWeight: 50, PersonWeight: 4,
		Bands: []noshow.Band{{FromDays: 0, Shows: 950, NoShows: 50}, {FromDays: 8, Shows: 350, NoShows: 150}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	sameDay, _ := clinic.Show(0, noshow.History{})
	weeks, _ := clinic.Show(21, noshow.History{})
	missedTwo, _ := clinic.Show(21, noshow.History{}.Then(noshow.Missed, noshow.Fading{}).Then(noshow.Missed, noshow.Fading{}))
	fmt.Println(clinic.Rate().PPM(), sameDay.PPM(), weeks.PPM(), missedTwo.PPM())
	// Output:
	// 866225 946011 715111 476741
}

func ExampleClinic_Show() {
	_, err := noshow.Clinic{}.Show(0, noshow.History{})
	fmt.Println(err)
	// Output:
	// leadDays: 0: no band
}

func ExampleClinic_Rate() {
	prior, _ := noshow.NewPrior(8, 2)
	clinic, _ := noshow.NewClinic(noshow.ClinicConfig{Prior: prior, BandWeight: 50, PersonWeight: 4, Bands: noshow.LeadBands()})
	fmt.Println(clinic.Rate().PPM())
	// Output:
	// 800000
}

func ExampleTally() {
	bands := noshow.LeadBands()
	noshow.Tally(bands, 5, noshow.Showed)
	noshow.Tally(bands, 6, noshow.Missed)
	fmt.Println(bands[3])
	// Output:
	// {4 1 1}
}

func ExampleLeadBands() {
	for _, b := range noshow.LeadBands() {
		fmt.Print(b.FromDays, " ")
	}
	// Output:
	// 0 1 2 4 8 15 31
}

func ExampleProbability_PPM() {
	fmt.Println(noshow.Probability(2.0 / 3).PPM())
	// Output:
	// 666667
}

// Three booked, 2.4 expected: room for one more only if the session has place for more than that.
func ExampleExpectedShows() {
	fmt.Println(noshow.ExpectedShows([]noshow.PPM{900000, 800000, 700000}))
	// Output:
	// 2400000
}

package triage_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

// headaches is a table of three rules.
func headaches() triage.Config {
	neurology := triage.Clinic{Department: "neurology", Service: "headache", Kind: slots.General}
	internal := triage.Clinic{Department: "internal medicine", Kind: slots.General}
	paediatrics := triage.Clinic{Department: "paediatrics", Kind: slots.General}
	grown, child := booking.AgeRange{From: booking.Years(14)}, booking.AgeRange{Until: booking.Years(14)}
	return triage.Config{
		Codes: []triage.Term{{Code: "HEADACHE", ZH: "头痛", EN: "headache"}},
		Clinics: []triage.Eligibility{
			{Clinic: neurology, Takes: triage.Condition{Ages: grown}},
			{Clinic: internal, Takes: triage.Condition{Ages: grown}},
			{Clinic: paediatrics, Takes: triage.Condition{Ages: child}},
		},
		Rules: []triage.Rule{
			{ID: "in danger", Rank: 1, AnyCode: true, If: triage.Condition{Urgencies: []triage.Urgency{triage.Immediate}},
				Action: triage.EmergencyNow, Reason: triage.Term{Code: "E", ZH: "请立即前往急诊", EN: "go to the emergency department now"}},
			{ID: "child", Rank: 10, AnyCode: true, If: triage.Condition{Ages: child}, Action: triage.Book, To: []triage.Clinic{paediatrics},
				Reason: triage.Term{Code: "C", ZH: "14 周岁以下请就诊儿科", EN: "under 14 paediatrics"}},
			{ID: "headache", Rank: 20, Codes: []string{"HEADACHE"}, Action: triage.Book, To: []triage.Clinic{neurology, internal},
				Reason: triage.Term{Code: "H", ZH: "头痛请就诊神经内科", EN: "headache is seen in neurology"}},
		},
		Gaps: triage.GapsRefused,
	}
}

// someone is a need of a woman with a headache, born on a date.
func someone(born string) triage.Need {
	age, err := booking.NewAge(slots.MustDate(born), slots.MustDate("2026-11-23"))
	if err != nil {
		fmt.Println(err)
	}
	return triage.Need{Code: "HEADACHE", Age: age, Sex: booking.Female, Urgency: triage.Routine, Visit: slots.FirstVisit,
		Referral: triage.Unreferred}
}

func table(config triage.Config) *triage.Table {
	t, err := triage.NewTable(config)
	if err != nil {
		fmt.Println(err)
	}
	return t
}

// A request names a need instead of a department: what the table answers is booked, the best destination first.
func Example() {
	rules, _ := booking.NewRules(booking.DefaultRules())
	now := slots.MustInstant("2026-11-23T08:00:00+08:00")
	pool, _ := booking.NewDesk(booking.New(rules), now, nil)
	for _, department := range []string{"neurology", "internal medicine"} {
		x := slots.Session{ID: department + " tomorrow", Date: slots.MustDate("2026-11-24"), Start: now + 86400,
			Line:  slots.Line{Department: department, Service: map[string]string{"neurology": "headache"}[department], Kind: slots.General},
			Slots: []slots.Slot{{Start: now + 86400, Minutes: 15, Capacity: 1}}}
		if _, err := pool.Open(now, x, booking.Terms{}); err != nil {
			fmt.Println(err)
		}
	}
	triageTable := table(headaches())
	for _, person := range []string{"Zhou", "Wu", "Zheng"} {
		to, answer, _ := triageTable.Route(nil, someone("1980-01-01"))
		booked := "nothing free: waitlist"
		for _, d := range to {
			if _, err := pool.Book(now, d.Ask(booking.Ask{Person: person, Channel: "app"})); err == nil {
				booked = d.Clinic.Department
				break
			}
		}
		fmt.Printf("%s: %s → %s\n", person, answer.Reason.ZH, booked)
	}
	// Output:
	// Zhou: 头痛请就诊神经内科 → neurology
	// Wu: 头痛请就诊神经内科 → internal medicine
	// Zheng: 头痛请就诊神经内科 → nothing free: waitlist
}

func ExampleNewTable() {
	config := headaches()
	config.Rules[1].Rank = 30 // children after headache: it now leads them to neurology, too
	_, err := triage.NewTable(config)
	fmt.Println(err)
	// Output:
	// unreachable: rule child, for all of it is answered by in danger, headache
	// misled: rule headache leads (HEADACHE, 0 days, female, same day, first visit, unreferred) to neurology/headache (general), which does not take it
	// misled: rule headache leads (HEADACHE, 0 days, female, same day, first visit, unreferred) to internal medicine/ (general), which does not take it
}

func ExampleTable_Route() {
	t := table(headaches())
	for _, born := range []string{"2012-11-24", "2012-11-23"} {
		to, answer, _ := t.Route(nil, someone(born))
		fmt.Println(answer.Action, answer.Reason.EN)
		for _, d := range to {
			fmt.Println("-", d.Clinic)
		}
	}
	n := someone("1980-01-01")
	n.Urgency = triage.Immediate
	_, answer, _ := t.Route(nil, n)
	fmt.Println(answer.Action, answer.Reason.ZH)
	// Output:
	// book under 14 paediatrics
	// - paediatrics/ (general)
	// book headache is seen in neurology
	// - neurology/headache (general)
	// - internal medicine/ (general)
	// emergency now 请立即前往急诊
}

func ExampleTable_Explain() {
	matches, _ := table(headaches()).Explain(someone("2015-05-05"))
	for _, m := range matches {
		fmt.Println(m.Explain(triage.English))
	}
	// Output:
	// child (rank 10): under 14 paediatrics; answers
	// headache (rank 20): headache is seen in neurology; rank first: child
}

func ExampleTable_Eligible() {
	t := table(headaches())
	n := someone("1980-01-01")
	n.Code = "" // a direct request has no complaint
	unmet, _ := t.Eligible(nil, n, triage.Clinic{Department: "paediatrics", Kind: slots.General})
	for _, u := range unmet {
		fmt.Println(u.Criterion, "-", u.Explain(triage.Chinese))
	}
	takes, _ := t.Takes(triage.Clinic{Department: "paediatrics", Kind: slots.General})
	fmt.Println(takes.Ages)
	// Output:
	// age - 仅限年龄未满14周岁
	// until 14 years
}

func ExampleTable_Gaps() {
	config := headaches()
	config.Rules = config.Rules[:2]
	config.Gaps, config.Otherwise = triage.GapsListed, triage.Term{Code: "N", ZH: "请咨询导诊台", EN: "please ask at the desk"}
	t := table(config)
	for _, g := range t.Gaps() {
		fmt.Println(g.Explain(triage.English))
	}
	_, answer, _ := t.Route(nil, someone("1980-01-01"))
	fmt.Println(answer.Action, answer.Reason.ZH)
	// Output:
	// gap: no rule answers HEADACHE: age from 14 years, same day or soon or routine, such as (HEADACHE, 14 years 0 months (5113 days), female, same day, first visit, unreferred)
	// ask nurse 请咨询导诊台
}

func ExampleReadConfig() {
	config, err := triage.ReadConfig([]byte(`{
		"codes": [{"code": "COUGH", "zh": "咳嗽", "en": "cough"}],
		"clinics": [{"clinic": {"department": "respiratory", "kind": "general"}}],
		"rules": [{"id": "cough", "rank": 1, "codes": ["COUGH"], "action": "book", "to": [{"department": "respiratory", "kind": "general"}],
			"reason": {"code": "R", "zh": "咳嗽请就诊呼吸科", "en": "cough is seen in respiratory medicine"}}],
		"gaps": "refused"}`))
	fmt.Println(len(config.Rules), err)
	_, err = triage.ReadConfig([]byte(`{"gaps": "ignored"}`))
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// gaps "ignored": want one of refused, listed
}

func ExampleNewAge() {
	for _, on := range []string{"2026-02-28", "2026-03-01"} {
		age, _ := booking.NewAge(slots.MustDate("2012-02-29"), slots.MustDate(on))
		fmt.Println(age.Years(), age)
	}
	// Output:
	// 13 13 years 11 months (5113 days)
	// 14 14 years 0 months (5114 days)
}

func ExampleParseAgeBound() {
	b, _ := booking.ParseAgeBound("28 days")
	fmt.Println(b == booking.Days(28), booking.AgeRange{From: b, Until: booking.Years(14)})
	// Output: true from 28 days until 14 years
}

func ExampleTable_AppendJSON() {
	config := headaches()
	one := table(config).AppendJSON(nil)
	config.Rules[0], config.Rules[2] = config.Rules[2], config.Rules[0]
	two := table(config).AppendJSON(nil)
	fmt.Println(string(one) == string(two))
	// Output: true
}

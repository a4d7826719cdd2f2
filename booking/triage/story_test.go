package triage_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt. Verbs:
//
//	hospital                    the table of testdata/hospital.json
//	without rules=(id, id)      the same table without some rules
//	listed otherwise=text       the same table, gaps allowed
//	rule id=x rank=1 codes=(A) [with=(s)] [from="14 years"] [until=...] [referral=referred] action=book to=(neurology/expert)
//	                            the same table with one rule more
//	route code=A born=1990-01-01 on=2026-11-23 [sex=male] [urgency="same day"] [visit=follow-up] [referral=referred] [signs=(s)]
//	explain ...                 as route: all rules that match
//	eligible clinic=neurology/expert born=... as route, without a code: what is not met
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &desk{}
		return slotstest.Verbs{"hospital": w.hospital, "without": w.without, "rule": w.rule,
			"listed": w.listed, "route": w.route, "explain": w.explain, "eligible": w.eligible}
	})
}

// desk is the one at the door where patients ask where to go.
type desk struct {
	config triage.Config
	table  *triage.Table
}

func (w *desk) hospital(s *slotstest.Step) string {
	text, err := os.ReadFile("testdata/hospital.json")
	if err == nil {
		w.config, err = triage.ReadConfig(text)
	}
	if err != nil {
		s.Failf("%v", err)
	}
	return w.make()
}

// make replies with the number of rules and the gaps, or with what is wrong.
func (w *desk) make() string {
	table, err := triage.NewTable(w.config)
	if err != nil {
		return "refused: " + err.Error()
	}
	w.table = table
	lines := []string{fmt.Sprintf("%d rules", len(w.config.Rules))}
	for _, g := range table.Gaps() {
		lines = append(lines, g.Explain(triage.English), g.Explain(triage.Chinese))
	}
	return strings.Join(lines, "\n")
}

func (w *desk) without(s *slotstest.Step) string {
	for _, id := range s.List("rules") {
		for i, r := range w.config.Rules {
			if r.ID == id {
				w.config.Rules = append(w.config.Rules[:i:i], w.config.Rules[i+1:]...)
			}
		}
	}
	return w.make()
}

// listed otherwise="please ask": gaps are allowed.
func (w *desk) listed(s *slotstest.Step) string {
	w.config.Gaps, w.config.Otherwise = triage.GapsListed, triage.Term{Code: "N0", ZH: "请到导诊台咨询", EN: s.Text("otherwise")}
	return w.make()
}

func (w *desk) rule(s *slotstest.Step) string {
	r := triage.Rule{ID: s.Text("id"), Rank: s.Int("rank"), Codes: s.List("codes"), Reason: triage.Term{Code: "X", ZH: "新规则", EN: "a new rule"},
		Action: named(s, "action", triage.EmergencyNow, triage.AskNurse, triage.Book),
		If:     triage.Condition{Ages: booking.AgeRange{From: bound(s, "from"), Until: bound(s, "until")}, With: s.List("with")}}
	if s.Has("referral") {
		r.If.Referral = named(s, "referral", triage.Unreferred, triage.Referred)
	}
	for _, name := range s.List("to") {
		r.To = append(r.To, w.clinic(s, name))
	}
	before := w.config.Rules
	w.config.Rules = append(before[:len(before):len(before)], r)
	reply := w.make()
	if strings.HasPrefix(reply, "refused") {
		w.config.Rules = before
	}
	return reply
}

func bound(s *slotstest.Step, key string) booking.AgeBound {
	b, err := booking.ParseAgeBound(s.TextOr(key, ""))
	if err != nil {
		s.Failf("%v", err)
	}
	return b
}

// named is the value whose word the argument is.
func named[T fmt.Stringer](s *slotstest.Step, key string, values ...T) T {
	for _, v := range values {
		if v.String() == s.Text(key) {
			return v
		}
	}
	s.Failf("%s: no such word", key)
	return values[0]
}

func (w *desk) clinic(s *slotstest.Step, name string) triage.Clinic {
	department, service, _ := strings.Cut(name, "/")
	for _, e := range w.config.Clinics {
		if e.Clinic.Department == department && e.Clinic.Service == service {
			return e.Clinic
		}
	}
	s.Failf("no clinic %q", name)
	return triage.Clinic{}
}

func (w *desk) need(s *slotstest.Step, code string) triage.Need {
	age, err := booking.NewAge(s.Date("born"), s.Date("on"))
	if err != nil {
		s.Failf("%v", err)
	}
	n := triage.Need{Code: code, Age: age, Sex: booking.Female, Urgency: triage.Routine, Visit: slots.FirstVisit, Referral: triage.Unreferred,
		Signs: s.List("signs")}
	if s.Has("sex") {
		n.Sex = named(s, "sex", sexes...)
	}
	if s.Has("urgency") {
		n.Urgency = named(s, "urgency", urgencies...)
	}
	if s.Has("visit") {
		n.Visit = named(s, "visit", visits...)
	}
	if s.Has("referral") {
		n.Referral = named(s, "referral", referrals...)
	}
	return n
}

func (w *desk) route(s *slotstest.Step) string {
	to, answer, err := w.table.Route(nil, w.need(s, s.Text("code")))
	if err != nil {
		return "refused: " + err.Error()
	}
	lines := []string{strings.TrimSpace(answer.Action.String() + ": " + answer.Rule), answer.Reason.ZH, answer.Reason.EN}
	for _, d := range to {
		lines = append(lines, "to "+d.Clinic.String())
	}
	return strings.Join(lines, "\n")
}

func (w *desk) explain(s *slotstest.Step) string {
	matches, err := w.table.Explain(w.need(s, s.Text("code")))
	if err != nil {
		return "refused: " + err.Error()
	}
	var lines []string
	for _, m := range matches {
		lines = append(lines, m.Explain(triage.English))
	}
	return strings.Join(lines, "\n")
}

func (w *desk) eligible(s *slotstest.Step) string {
	unmet, err := w.table.Eligible(nil, w.need(s, ""), w.clinic(s, s.Text("clinic")))
	if err != nil {
		return "refused: " + err.Error()
	}
	lines := []string{}
	for _, u := range unmet {
		lines = append(lines, u.Criterion.String()+": "+u.Explain(triage.English)+" "+u.Explain(triage.Chinese))
	}
	return strings.Join(lines, "\n")
}

package triage_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

// dice is SplitMix64: the same cases on every machine.
type dice uint64

func (d *dice) n(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// largeConfig is a table of 2,000 rules, as a large hospital's might be: 495 complaints with four rules each (a red flag by a sign,
// children, women of child-bearing age, everybody else) and 20 rules for all complaints: ten red flags and ten of other kinds.
func largeConfig() triage.Config {
	c := triage.Config{Gaps: triage.GapsRefused}
	for i := range 10 {
		c.Signs = append(c.Signs, term(fmt.Sprintf("S%d", i)))
	}
	for i := range 200 {
		c.Clinics = append(c.Clinics, triage.Eligibility{Clinic: clinic(fmt.Sprintf("D%03d", i))})
	}
	to := func(i int) []triage.Clinic {
		return []triage.Clinic{c.Clinics[i%200].Clinic, c.Clinics[(i+7)%200].Clinic}
	}
	add := func(r triage.Rule) {
		r.ID, r.Reason = fmt.Sprintf("R%04d", len(c.Rules)), term("why")
		c.Rules = append(c.Rules, r)
	}
	for i := range 10 {
		signs := []string{c.Signs[i].Code, c.Signs[(i+1)%10].Code}
		add(triage.Rule{Rank: 1 + i, AnyCode: true, Action: triage.EmergencyNow, If: triage.Condition{With: signs, Urgencies: urgencies[:2]}})
		add(triage.Rule{Rank: 100 + i, AnyCode: true, Action: triage.AskNurse, If: triage.Condition{With: signs, Visit: slots.FollowUp}})
	}
	for i := range 495 {
		code := fmt.Sprintf("C%03d", i)
		c.Codes = append(c.Codes, term(code))
		codes := []string{code}
		add(triage.Rule{Rank: 20, Codes: codes, Action: triage.EmergencyNow,
			If: triage.Condition{With: []string{c.Signs[i%10].Code}, Urgencies: urgencies[:1]}})
		add(triage.Rule{Rank: 200, Codes: codes, Action: triage.Book, To: to(i),
			If: triage.Condition{Ages: booking.AgeRange{Until: booking.Years(14)}}})
		add(triage.Rule{Rank: 300, Codes: codes, Action: triage.Book, To: to(i + 1), If: triage.Condition{Sexes: sexes[:1],
			Ages: booking.AgeRange{From: booking.Years(14), Until: booking.Years(50)}}})
		add(triage.Rule{Rank: 400, Codes: codes, Action: triage.Book, To: to(i + 2)})
	}
	return c
}

func largeNeeds(c triage.Config) []triage.Need {
	d := dice(1)
	var needs []triage.Need
	for range 4096 {
		a, err := booking.NewAge(monday.AddDays(-d.n(90*365)), monday)
		if err != nil {
			panic(err)
		}
		n := triage.Need{Code: c.Codes[d.n(len(c.Codes))].Code, Age: a, Sex: sexes[d.n(2)], Urgency: urgencies[d.n(4)], Visit: visits[d.n(2)],
			Referral: referrals[d.n(2)]}
		for range d.n(3) {
			n.Signs = append(n.Signs, c.Signs[d.n(len(c.Signs))].Code)
		}
		needs = append(needs, n)
	}
	return needs
}

// The large table answers as the naive one.
func TestLargeTable(t *testing.T) {
	c := largeConfig()
	require.Len(t, c.Rules, 2000)
	table, err := triage.NewTable(c)
	require.NoError(t, err)
	for _, n := range largeNeeds(c)[:300] {
		_, answer, err := table.Route(nil, n)
		require.NoError(t, err)
		require.Equal(t, naiveMatching(c, n)[0].ID, answer.Rule)
	}
}

// BenchmarkRoute answers needs from 2,000 rules. The baseline, as one writes it on a first day, has the rules sorted by precedence and
// tries each until one matches.
func BenchmarkRoute(b *testing.B) {
	c := largeConfig()
	table, err := triage.NewTable(c)
	require.NoError(b, err)
	needs, sorted := largeNeeds(c), table.Config().Rules
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		dst, i := make([]triage.Destination, 0, triage.MaxDestinations), 0
		for b.Loop() {
			dst, _, _ = table.Route(dst[:0], needs[i%4096])
			i++
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		dst, i := make([]triage.Clinic, 0, triage.MaxDestinations), 0
		for b.Loop() {
			for _, r := range sorted {
				if firstDay(&r, &needs[i%4096]) {
					dst = append(dst[:0], r.To...)
					break
				}
			}
			i++
		}
	})
}

// firstDay is a plain match without allocation.
func firstDay(r *triage.Rule, n *triage.Need) bool {
	return (r.AnyCode || slices.Contains(r.Codes, n.Code)) && (!r.If.Ages.From.IsSet() || naiveReached(n.Age, r.If.Ages.From)) &&
		(!r.If.Ages.Until.IsSet() || !naiveReached(n.Age, r.If.Ages.Until)) && (len(r.If.Sexes) == 0 || slices.Contains(r.If.Sexes, n.Sex)) &&
		(len(r.If.Urgencies) == 0 || slices.Contains(r.If.Urgencies, n.Urgency)) && (r.If.Visit == slots.AnyVisit || r.If.Visit == n.Visit) &&
		(r.If.Referral == 0 || r.If.Referral == n.Referral) && all(r.If.With, n.Signs) && none(r.If.Without, n.Signs)
}

func all(list, of []string) bool {
	for _, x := range list {
		if !slices.Contains(of, x) {
			return false
		}
	}
	return true
}

func none(list, of []string) bool {
	for _, x := range list {
		if slices.Contains(of, x) {
			return false
		}
	}
	return true
}

// BenchmarkNewTable proves 2,000 rules, and gives up on a table that is exponential.
func BenchmarkNewTable(b *testing.B) {
	b.Run("2000-rules", func(b *testing.B) {
		c := largeConfig()
		for b.Loop() {
			_, err := triage.NewTable(c)
			require.NoError(b, err)
		}
	})
	b.Run("unproven", func(b *testing.B) {
		for b.Loop() {
			_, err := triage.NewTable(hard())
			require.Error(b, err)
		}
	})
}

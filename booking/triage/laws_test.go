package triage_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/triage"
)

// findings is what NewTable says, and the table if there is one. Any other error fails.
func findings(t require.TestingT, c triage.Config) (*triage.Table, []triage.Finding) {
	table, err := triage.NewTable(c)
	if err == nil {
		return table, nil
	}
	var e *triage.TableError
	require.True(t, errors.As(err, &e), "%v", err)
	require.False(t, e.Unproven)
	return nil, e.Findings
}

func findingText(f triage.Finding) string {
	switch f.Kind {
	case triage.Misled:
		return "misled " + f.Rule + " " + f.Clinic.String()
	case triage.Contradiction:
		return "contradiction " + f.Rule + " " + f.Others[0]
	}
	return f.Kind.String() + " " + f.Rule
}

// What NewTable finds is what enumeration finds: every contradiction, every unreachable rule, every rule that leads nowhere,
// and exactly the needs without an answer, each in one gap.
func TestFindingsAreThoseOfEnumeration(t *testing.T) {
	require.Len(t, ages, len(bounds)+1)
	rapid.Check(t, func(t *rapid.T) {
		c := smallConfig().Draw(t, "config")
		c.Gaps, c.Otherwise = triage.GapsRefused, triage.Term{}
		needs := universe(c.Codes)
		wrong, unanswered := naiveFindings(c, needs)
		table, found := findings(t, c)
		require.Equal(t, len(wrong) == 0 && len(unanswered) == 0, table != nil)
		var gaps []triage.Finding
		for _, f := range found {
			requireWitness(t, c, f)
			if f.Kind == triage.Gap {
				gaps = append(gaps, f)
				continue
			}
			require.True(t, wrong[findingText(f)], "not so: %v", f.Explain(triage.English))
			delete(wrong, findingText(f))
		}
		require.Empty(t, wrong, "not found")
		var inGaps []triage.Need
		for _, n := range needs {
			in := 0
			for _, g := range gaps {
				if slices.Contains(g.Codes, n.Code) && naiveMeets(g.When, n) {
					in++
				}
			}
			if in > 1 {
				require.Fail(t, "gaps overlap", "%v", n)
			}
			if in == 1 {
				inGaps = append(inGaps, n)
			}
		}
		require.Equal(t, fmt.Sprint(unanswered), fmt.Sprint(inGaps))
	})
}

// requireWitness checks a finding by the need that it shows, or by the rules that it names.
func requireWitness(t require.TestingT, c triage.Config, f triage.Finding) {
	rule := func(id string) triage.Rule {
		i := slices.IndexFunc(c.Rules, func(r triage.Rule) bool { return r.ID == id })
		require.GreaterOrEqual(t, i, 0, id)
		return c.Rules[i]
	}
	matching := naiveMatching(c, f.Example)
	switch f.Kind {
	case triage.Contradiction:
		a, b := rule(f.Rule), rule(f.Others[0])
		require.True(t, naiveMatches(a, f.Example) && naiveMatches(b, f.Example))
		require.Equal(t, naivePlace(a), naivePlace(matching[0]))
		require.Equal(t, naivePlace(b), naivePlace(matching[0]))
	case triage.Unreachable:
		requireTakers(t, c, rule(f.Rule), f.Others)
		return
	case triage.Misled:
		require.Equal(t, f.Rule, matching[0].ID)
		i := slices.IndexFunc(c.Clinics, func(e triage.Eligibility) bool { return e.Clinic == f.Clinic })
		require.False(t, naiveMeets(c.Clinics[i].Takes, f.Example))
	case triage.Gap:
		require.Empty(t, matching)
		require.True(t, slices.Contains(f.Codes, f.Example.Code) && naiveMeets(f.When, f.Example))
	}
	require.True(t, isSomebodys(f.Example.Age, "2001-01-01", 3*366), "%v", f.Example.Age)
}

// requireTakers: the others are exactly those that answer what the rule matches.
func requireTakers(t require.TestingT, c triage.Config, r triage.Rule, others []string) {
	first := map[string]bool{}
	for _, n := range universe(c.Codes) {
		if naiveMatches(r, n) {
			first[naiveMatching(c, n)[0].ID] = true
		}
	}
	require.Len(t, first, len(others))
	for _, id := range others {
		require.True(t, first[id], id)
	}
}

// repaired leaves out what NewTable names until it makes a table: of a contradiction the second rule.
func repaired(t require.TestingT, c triage.Config) (*triage.Table, triage.Config) {
	for range 100 {
		table, found := findings(t, c)
		if table != nil {
			return table, c
		}
		out := found[0].Rule
		if found[0].Kind == triage.Contradiction {
			out = found[0].Others[0]
		}
		c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r triage.Rule) bool { return r.ID == out })
	}
	require.Fail(t, "no end to repairs")
	return nil, c
}

// Route, Explain and Eligible say what trying every rule says.
func TestAnswersAreThoseOfEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := repaired(t, smallConfig().Draw(t, "config"))
		var dst []triage.Destination
		for _, n := range universe(c.Codes) {
			matching := naiveMatching(c, n)
			want, to := triage.Answer{Action: triage.AskNurse, Reason: c.Otherwise}, []triage.Clinic(nil)
			if len(matching) > 0 {
				want = triage.Answer{Action: matching[0].Action, Rule: matching[0].ID, Reason: matching[0].Reason}
				to = matching[0].To
			}
			var got triage.Answer
			var err error
			dst, got, err = table.Route(dst[:0], n)
			if err != nil || got != want || len(dst) != len(to) {
				require.Fail(t, "another answer", "%v: %v, want %v (%v)", n, got, want, err)
			}
			for i, d := range dst {
				unmet, err := table.Eligible(nil, n, d.Clinic)
				if d != (triage.Destination{Clinic: to[i], Rule: want.Rule, Reason: want.Reason}) || err != nil || len(unmet) > 0 {
					require.Fail(t, "another destination, or one that refuses", "%v: %v, want %v; %v, %v", n, d, to[i], unmet, err)
				}
			}
		}
		n := rapid.SampledFrom(universe(c.Codes)).Draw(t, "need")
		requireExplained(t, table, c, n)
		for _, e := range c.Clinics {
			unmet, err := table.Eligible(nil, n, e.Clinic)
			require.NoError(t, err)
			var words []string
			for _, u := range unmet {
				if u.Sign.Code != "" {
					words = append(words, u.Sign.Code+": ")
				} else {
					words = append(words, "")
				}
				words[len(words)-1] += u.Criterion.String()
			}
			require.Equal(t, naiveUnmet(e.Takes, n), words)
		}
	})
}

func requireExplained(t require.TestingT, table *triage.Table, c triage.Config, n triage.Need) {
	got, err := table.Explain(n)
	require.NoError(t, err)
	want := naiveMatching(c, n)
	require.Len(t, got, len(want))
	for i, m := range got {
		require.Equal(t, []any{want[i].ID, want[i].Rank, want[i].Action, want[i].Reason}, []any{m.Rule, m.Rank, m.Action, m.Reason})
		if i == 0 {
			require.Equal(t, []any{triage.Answers, ""}, []any{m.Because, m.OutrankedBy})
			continue
		}
		require.Equal(t, want[0].ID, m.OutrankedBy)
		switch m.Because {
		case triage.RedFlagFirst:
			require.True(t, want[0].Action == triage.EmergencyNow && m.Action != triage.EmergencyNow)
		case triage.RankFirst:
			require.Greater(t, m.Rank, want[0].Rank)
		default:
			require.Equal(t, triage.SaidAlready, m.Because)
			require.True(t, naiveSame(want[0], want[i]))
		}
	}
}

// A rule that NewTable calls unreachable changes no answer when it is left out.
func TestUnreachableRuleChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := smallConfig().Draw(t, "config")
		_, found := findings(t, c)
		needs := universe(c.Codes)
		for _, f := range found {
			if f.Kind != triage.Unreachable {
				continue
			}
			without := c
			without.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r triage.Rule) bool { return r.ID == f.Rule })
			for _, n := range needs {
				with, less := naiveMatching(c, n), naiveMatching(without, n)
				if len(with) == 0 && len(less) == 0 {
					continue
				}
				if len(less) == 0 || less[0].ID != with[0].ID {
					require.Fail(t, "another answer", "%v without %s", n, f.Rule)
				}
			}
		}
	})
}

// The order of codes, signs, clinics, rules and members of sets means nothing; only that of destinations does.
func TestOrderMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := smallConfig().Draw(t, "config")
		if rapid.Bool().Draw(t, "repaired") {
			_, c = repaired(t, c)
		}
		mixed := c
		mixed.Codes = rapid.Permutation(c.Codes).Draw(t, "codes")
		mixed.Signs = rapid.Permutation(c.Signs).Draw(t, "signs")
		mixed.Clinics = rapid.Permutation(c.Clinics).Draw(t, "clinics")
		mixed.Rules = rapid.Permutation(c.Rules).Draw(t, "rules")
		for i := range mixed.Rules {
			r := &mixed.Rules[i]
			r.Codes = reversed(r.Codes)
			r.If.Sexes, r.If.Urgencies, r.If.With, r.If.Without = reversed(r.If.Sexes), reversed(r.If.Urgencies), reversed(r.If.With), reversed(r.If.Without)
		}
		before := fmt.Sprint(mixed)
		one, found := findings(t, c)
		two, again := findings(t, mixed)
		require.Equal(t, found, again)
		if one != nil {
			require.Equal(t, string(one.AppendJSON(nil)), string(two.AppendJSON(nil)))
			require.Equal(t, one.Gaps(), two.Gaps())
		}
		require.Equal(t, before, fmt.Sprint(mixed), "the configuration is the caller's")
	})
}

func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// The listed gaps are those that would have been refused.
func TestGapsListedAreThoseRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := repaired(t, smallConfig().Draw(t, "config"))
		c.Gaps, c.Otherwise = triage.GapsRefused, triage.Term{}
		_, found := findings(t, c)
		require.Equal(t, len(found), len(table.Gaps()))
		if len(found) > 0 {
			require.Equal(t, found, table.Gaps())
		}
	})
}

// The JSON form holds all of a table.
func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, _ := repaired(t, smallConfig().Draw(t, "config"))
		text := table.AppendJSON(nil)
		config, err := triage.ReadConfig(text)
		require.NoError(t, err)
		require.Equal(t, table.Config(), config)
		again, err := triage.NewTable(config)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again.AppendJSON([]byte("x"))[1:]))
	})
}

package exam

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// crowded is the largest trip on a single day: every offer has thousands of others to be compared with.
func crowded(t *testing.T) *Problem {
	t.Helper()
	trip := Trip{}
	for i := range MaxExams {
		e := Exam{Code: fmt.Sprintf("E%02d", i), Minutes: 10}
		trip.Exams = append(trip.Exams, e)
		for k := range MaxOffers / MaxExams {
			trip.Offers = append(trip.Offers, Offer{Exam: e.Code, Day: sl.MustDate("2026-11-23"), StartMinute: k % 300, Minutes: 10 + k/300})
		}
	}
	p, err := NewProblem(trip)
	require.NoError(t, err)
	return p
}

// TestWorkLimitCountsComparisons: the limit bounds what is compared, not only what is chosen. The count is of the rows that were
// made, each of which compares one offer with all of its day.
func TestWorkLimitCountsComparisons(t *testing.T) {
	p := crowded(t)
	for _, limit := range []int64{1, 1000, 20_000} {
		m := p.newModel(1<<MaxExams-1, p.allRules(), sl.Date{})
		require.Len(t, m.values, MaxOffers)
		w := &work{limit: limit}
		require.False(t, m.solve(w).proven)
		made := int64(0)
		for _, row := range m.rows {
			if row != nil {
				made++
			}
		}
		oneRow := int64(len(m.values) / looksPerStep)
		require.LessOrEqual(t, made*oneRow, limit+(MaxExams+1)*oneRow, "limit %d", limit)
		require.LessOrEqual(t, w.steps, limit+2*oneRow, "it stops soon after")
	}
}

// TestWorkLimitCountsModels: to find a conflict, one smaller problem after another is laid out, and that is work too.
func TestWorkLimitCountsModels(t *testing.T) {
	p := crowded(t)
	p.rules = append(p.rules, Rule{InOrder, "E00", "E01", 2000})
	p.workLimit = 1
	a := p.Solve()
	require.Equal(t, Infeasible, a.Outcome)
	require.False(t, a.Conflict.Minimal)
	p.workLimit = DefaultWorkLimit
	a = p.Solve()
	require.True(t, a.Conflict.Minimal)
	require.Equal(t, []string{"E00", "E01"}, a.Conflict.Exams)
	require.Greater(t, a.Steps, int64(MaxExams*MaxOffers/looksPerStep))
}

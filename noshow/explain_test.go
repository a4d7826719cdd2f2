package noshow_test

import (
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/stretchr/testify/require"
)

// The words that no story shows: a fee, in both languages, which bars nobody, so that nothing is said of emergencies.
func TestExplainFee(t *testing.T) {
	w := scenario()
	w.policy.Rules = w.policy.Rules[2:]
	s := standing(t, w.policy, w.record, slots.MustDate("2026-02-01"))
	english := "Fee NS40 from 2026-01-09 through 2026-07-08: rule R2, 3 counted (V0, V1, V2); excusing 1 of them lifts it."
	require.Equal(t, english, s.Explain(noshow.English))
	require.Equal(t, english, s.Explain(0), "an invalid language speaks English")
	require.Equal(t, "收取费用(NS40):自 2026-01-09 起,至 2026-07-08(含)。依据规则 R2,计入 3 次(V0、V1、V2);其中 1 次申诉成立即解除。",
		s.Explain(noshow.Chinese))
}

package noshow

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Language is one that Explain speaks. The zero Language is invalid.
type Language uint8

// The languages.
const (
	// English, in ISO dates.
	English Language = 1 + iota
	// Chinese, in simplified characters.
	Chinese
)

// Explain says the standing to the patient or the clerk, one line per measure: what, from when until when, by which
// rule, because of which incidents, and what would lift it sooner; then that emergencies are not barred. An invalid
// language speaks English. The wording is not part of the version promise.
func (s Standing) Explain(language Language) string {
	if s.IsGood() {
		if language == Chinese {
			return "信用良好:" + s.On.String() + " 无任何限制。"
		}
		return "In good standing on " + s.On.String() + "."
	}
	var b strings.Builder
	barred := false
	for _, m := range s.Measures {
		if language == Chinese {
			b.WriteString(m.chinese())
		} else {
			b.WriteString(m.english())
		}
		b.WriteByte('\n')
		barred = barred || m.Effect == Suspend || m.Effect == RestrictChannels
	}
	switch {
	case barred && language == Chinese:
		b.WriteString("急诊不受影响。")
	case barred:
		b.WriteString("Emergencies are never barred.")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (m Measure) english() string {
	what := m.Effect.String()
	switch m.Effect {
	case Suspend:
		what = "No booking"
	case RestrictChannels:
		what = "No booking through " + strings.Join(m.Channels, ", ")
	case ChargeFee:
		what = "Fee " + m.FeeCode
	case RequireReferral:
		what = "New referral needed"
	}
	if m.Binding == Proposed {
		what = "Proposed, for a person to confirm: " + what
	}
	until := "through " + dayBefore(m.Until).String()
	if m.Until == LastDay() {
		until = "without end"
	}
	return fmt.Sprintf("%s from %s %s: rule %s, %d counted (%s); excusing %d of them lifts it.",
		what, m.From, until, m.Rule, len(m.Because), strings.Join(m.Because, ", "), m.ExcusesToLift)
}

func (m Measure) chinese() string {
	what := m.Effect.String()
	switch m.Effect {
	case Suspend:
		what = "暂停预约"
	case RestrictChannels:
		what = "暂停以下渠道预约(" + strings.Join(m.Channels, "、") + ")"
	case ChargeFee:
		what = "收取费用(" + m.FeeCode + ")"
	case RequireReferral:
		what = "须重新转诊"
	}
	if m.Binding == Proposed {
		what = "建议(待人工确认):" + what
	}
	until := "至 " + dayBefore(m.Until).String() + "(含)"
	if m.Until == LastDay() {
		until = "长期有效"
	}
	return fmt.Sprintf("%s:自 %s 起,%s。依据规则 %s,计入 %d 次(%s);其中 %d 次申诉成立即解除。",
		what, m.From, until, m.Rule, len(m.Because), strings.Join(m.Because, "、"), m.ExcusesToLift)
}

func dayBefore(d slots.Date) slots.Date { return d.AddDays(-1) }

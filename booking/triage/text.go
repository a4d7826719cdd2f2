package triage

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Language is one that Explain speaks. The zero Language is invalid.
type Language uint8

// The languages.
const (
	English Language = 1 + iota
	// Chinese, in simplified characters.
	Chinese
)

func (l Language) pick(english, chinese string) string {
	if l == Chinese {
		return chinese
	}
	return english
}

var (
	sexesZH     = [...]string{"", "女", "男", "性别未说明"}
	urgenciesZH = [...]string{"", "立即就诊", "当日就诊", "近日就诊", "常规就诊"}
	visitsZH    = [...]string{"", "初诊", "复诊"}
	referralsZH = [...]string{"", "未经转诊", "经转诊"}
	unitsZH     = [...]string{"", "天", "个月", "周岁"}
	becauseZH   = [...]string{"", "由此规则作答", "急症规则优先", "级别在前的规则优先", "同级规则已作相同回答"}
)

// said is a value in the language.
func said[T interface {
	~uint8
	fmt.Stringer
}](l Language, v T, zh []string) string {
	if l != Chinese || int(v) >= len(zh) {
		return v.String()
	}
	return zh[v]
}

// joined is a list of values in the language.
func joined[T interface {
	~uint8
	fmt.Stringer
}](l Language, values []T, zh []string) string {
	var parts []string
	for _, v := range values {
		parts = append(parts, said(l, v, zh))
	}
	return strings.Join(parts, l.pick(" or ", "或"))
}

func saidBound(l Language, b booking.AgeBound) string {
	return l.pick(b.String(), fmt.Sprint(b.Count)+said(l, b.Unit, unitsZH[:]))
}

func saidAges(l Language, r booking.AgeRange) string {
	if l != Chinese {
		return "age " + r.String()
	}
	text := "年龄"
	if r.From.IsSet() {
		text += "满" + saidBound(l, r.From)
	}
	if r.Until.IsSet() {
		text += "未满" + saidBound(l, r.Until)
	}
	return text
}

// Explain says in one line what the clinic takes, to the patient or the clerk. An invalid language speaks English. The wording
// is not part of the version promise.
func (u Unmet) Explain(l Language) string {
	only := l.pick("only ", "仅限")
	switch u.Criterion {
	case ByAge:
		return only + saidAges(l, u.Ages)
	case BySex:
		return only + joined(l, u.Sexes, sexesZH[:])
	case ByUrgency:
		return only + joined(l, u.Urgencies, urgenciesZH[:])
	case ByVisit:
		return only + said(l, u.Visit, visitsZH[:])
	case ByReferral:
		return only + said(l, u.Referral, referralsZH[:])
	case BySign:
		return l.pick("only with: "+u.Sign.EN, "仅限:"+u.Sign.ZH)
	case ByOtherSign:
		return l.pick("not with: "+u.Sign.EN, "不接诊:"+u.Sign.ZH)
	}
	return u.Criterion.String()
}

// Explain says in one line what the rule says and why it does or does not answer. An invalid language speaks English. The
// wording is not part of the version promise.
func (m Match) Explain(l Language) string {
	text := fmt.Sprintf(l.pick("%s (rank %d): %s; %s", "%s(级别 %d):%s;%s"), m.Rule, m.Rank, l.pick(m.Reason.EN, m.Reason.ZH),
		said(l, m.Because, becauseZH[:]))
	if m.OutrankedBy == "" {
		return text
	}
	return text + l.pick(": ", ":") + m.OutrankedBy
}

// Explain says the finding in one line, to who writes the table; codes are not translated. An invalid language speaks English. The
// wording is not part of the version promise.
func (f Finding) Explain(l Language) string {
	others := strings.Join(f.Others, ", ")
	switch f.Kind {
	case Contradiction:
		form := l.pick("contradiction: rules %s and %s answer %s differently", "矛盾:规则 %s 与 %s 对同一情况回答不同:%s")
		return fmt.Sprintf(form, f.Rule, others, f.Example.said(l))
	case Unreachable:
		if others == "" {
			return fmt.Sprintf(l.pick("unreachable: rule %s has no code to answer", "不可达:规则 %s 没有可用的代码"), f.Rule)
		}
		form := l.pick("unreachable: rule %s, for all of it is answered by %s", "不可达:规则 %s 的全部情况已由 %s 回答")
		return fmt.Sprintf(form, f.Rule, others)
	case Misled:
		form := l.pick("misled: rule %s leads %s to %v, which does not take it", "误导:规则 %s 把 %s 引到不接诊的 %v")
		return fmt.Sprintf(form, f.Rule, f.Example.said(l), f.Clinic)
	case Gap:
		form := l.pick("gap: no rule answers %s: %s, such as %s", "空缺:没有规则回答 %s:%s,例如 %s")
		return fmt.Sprintf(form, strings.Join(f.Codes, ", "), f.When.said(l), f.Example.said(l))
	}
	return f.Kind.String()
}

func (c *Condition) said(l Language) string {
	var parts []string
	if c.Ages != (booking.AgeRange{}) {
		parts = append(parts, saidAges(l, c.Ages))
	}
	if len(c.Sexes) > 0 {
		parts = append(parts, joined(l, c.Sexes, sexesZH[:]))
	}
	if len(c.Urgencies) > 0 {
		parts = append(parts, joined(l, c.Urgencies, urgenciesZH[:]))
	}
	if c.Visit != slots.AnyVisit {
		parts = append(parts, said(l, c.Visit, visitsZH[:]))
	}
	if c.Referral != 0 {
		parts = append(parts, said(l, c.Referral, referralsZH[:]))
	}
	if len(c.With) > 0 {
		parts = append(parts, l.pick("with ", "有 ")+strings.Join(c.With, l.pick(" and ", "、")))
	}
	if len(c.Without) > 0 {
		parts = append(parts, l.pick("without ", "无 ")+strings.Join(c.Without, l.pick(" or ", "、")))
	}
	if len(parts) == 0 {
		return l.pick("everybody", "所有人")
	}
	return strings.Join(parts, l.pick(", ", ","))
}

func (n *Need) said(l Language) string {
	age := n.Age.String()
	if l == Chinese {
		age = fmt.Sprintf("%d 岁 %d 个月(%d 天)", n.Age.Years(), n.Age.Months()%12, n.Age.Days())
	}
	parts := []string{n.Code, age, said(l, n.Sex, sexesZH[:]), said(l, n.Urgency, urgenciesZH[:]),
		said(l, n.Visit, visitsZH[:]), said(l, n.Referral, referralsZH[:])}
	if len(n.Signs) > 0 {
		parts = append(parts, l.pick("with ", "有 ")+strings.Join(n.Signs, l.pick(" and ", "、")))
	}
	return "(" + strings.Join(parts, l.pick(", ", ",")) + ")"
}

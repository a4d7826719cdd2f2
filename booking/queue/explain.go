package queue

import "fmt"

// Language is one that Explain speaks. The zero Language is invalid.
type Language uint8

// The languages.
const (
	English Language = 1 + iota
	// Chinese, in simplified characters.
	Chinese
)

// Explain says a reply to the patient or the clerk in one line: for a call whom, and why them. An invalid language speaks
// English. Only the queue number is said, for it is said aloud. The wording is not part of the version promise.
func (r Reply) Explain(language Language) string {
	pick := func(english, chinese string) string {
		if language == Chinese {
			return chinese
		}
		return english
	}
	n := r.Entry.Number
	switch {
	case r.Refusal != 0:
		return pick("Not done: "+r.Refusal.String()+".", "未执行:"+r.Refusal.chinese()+"。")
	case r.Why != 0:
		text := fmt.Sprintf(pick("Number %d, please: ", "请 %d 号就诊:"), n) + pick(r.whyEnglish(), r.whyChinese())
		if r.Place != OnlyOne {
			text += pick("; "+r.Place.String(), ";"+r.Place.chinese())
		}
		if r.OnlyMissed {
			text += pick("; only missed numbers wait", ";仅剩过号人员")
		}
		return text + pick(".", "。")
	case r.Arrival != 0:
		return fmt.Sprintf(pick("Number %d, checked in: %s.", "%d 号,已签到:%s。"), n, pick(r.Arrival.String(), r.Arrival.chinese()))
	case r.Entry.State == Waiting:
		return fmt.Sprintf(pick("Number %d missed the call: after %d others.", "%d 号过号:排在 %d 人之后。"), n, r.Entry.Behind)
	}
	return fmt.Sprintf(pick("Number %d: %s.", "%d 号:%s。"), n, pick(r.Entry.State.String(), r.Entry.State.chinese()))
}

func (r Reply) whyEnglish() string {
	switch r.Why {
	case PriorityFirst:
		return fmt.Sprintf("priority, at most %d in a row", r.Limit)
	case OrdinaryTurn:
		return fmt.Sprintf("an ordinary visit after %d priority ones", r.Limit)
	case ReturnTurn:
		return fmt.Sprintf("back with results, one call in %d", r.Limit)
	case BeforeReturning:
		return fmt.Sprintf("a visit; back with results is one call in %d", r.Limit)
	}
	return "next of those who wait"
}

func (r Reply) whyChinese() string {
	switch r.Why {
	case PriorityFirst:
		return fmt.Sprintf("优先,至多连续 %d 位", r.Limit)
	case OrdinaryTurn:
		return fmt.Sprintf("已优先 %d 位,轮到普通号", r.Limit)
	case ReturnTurn:
		return fmt.Sprintf("回诊,每 %d 位中一位", r.Limit)
	case BeforeReturning:
		return fmt.Sprintf("初诊;回诊每 %d 位中一位", r.Limit)
	}
	return "按顺序"
}

func (p Place) chinese() string {
	return word("Place", uint8(p), "仅一位", "预约时段在前", "准时者在前", "签到在前", "编号在前")
}

func (a Arrival) chinese() string {
	return word("Arrival", uint8(a), "准时", "迟到", "无预约时间")
}

func (s State) chinese() string {
	return word("State", uint8(s), "候诊", "已叫号", "就诊结束", "过号作废", "已离开")
}

func (r Refusal) chinese() string {
	return word("Refusal", uint8(r), "时间倒退", "号票有误", "已签到", "队列已满", "诊室有人", "无人候诊", "未签到", "未被叫号", "已结束")
}

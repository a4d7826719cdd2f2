package explain

import "github.com/haoyuan-go/haoyuan/booking"

// hereWords is what is said of what happens after check-in, and of reminders.
func hereWords(l *Link) phrase {
	e := &l.Event
	switch e.Kind() {
	case booking.AppointmentTransferred:
		if e.IsAddOn() {
			return phrase{"You were sent on, with a number added for you: {place}.", "Transferred from {from} to {place}, as an add-on.",
				"已为您转至{place}（加号）。", "由{from}转科至{place}（加号）。"}
		}
		return phrase{"You were sent on to {place}.", "Transferred from {from} to {place}.", "已为您转至{place}。", "由{from}转科至{place}。"}
	case booking.PatientReturned:
		return phrase{"You came back with your results: {place}. No new number is needed.", "Returned with the results of appointment {former}, without a number: {place}.",
			"您持检查结果回诊：{place}，无需另行挂号。", "持预约{former}的检查结果回诊，不占号：{place}。"}
	case booking.ReminderDue:
		if e.Appointment() == 0 {
			return both("Everyone with a number was reminded: reminder {n}.", "第{n}次提醒已发送完毕。")
		}
		return phrase{"You were reminded of {place}.", "Reminder {n} was due.", "已提醒您就诊：{place}。", "第{n}次就诊提醒。"}
	}
	return phrase{}
}

// unseenWords is what is said of a return with results that the hospital cancelled because its session closed or ended.
func unseenWords(l *Link) phrase {
	if l.Cause == Closure {
		return phrase{"The clinic was closed before you were seen; you may come back with your results another day.",
			"The session was closed before the patient was seen; they may return another day.",
			"因停诊未能就诊，您可改日持检查结果回诊。", "因停诊未就诊，可改日回诊。"}
	}
	return phrase{"The clinic ended before you were seen; you may come back with your results another day.",
		"The session ended before the patient was seen; they may return another day.",
		"出诊已结束，未能就诊，您可改日持检查结果回诊。", "出诊结束未就诊，可改日回诊。"}
}

// entitlementWords is why someone cannot come back with results without a number.
func entitlementWords(x *Explanation) phrase {
	if x.Until != 0 {
		return phrase{"You could come back with the results of this visit, without a new number, until {day}.", "The visit entitled to return with results until {day}.",
			"该次就诊的回诊期限为{day}，现已超过。", "该次就诊可回诊至{day}，已超过。"}
	}
	return phrase{"You cannot come back with the results of this visit without a new number: it was used, or this is another department.",
		"{place}: the visit does not entitle to return here without a number: not by the rules, not any more, or not in this department.",
		"该次就诊不能在此免号回诊（已使用，或非原科室）。", "{place}：该次就诊不能在此免号回诊（规则不允许、已使用或非原科室）。"}
}

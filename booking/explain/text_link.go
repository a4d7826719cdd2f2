package explain

import "github.com/haoyuan-go/haoyuan/booking"

// linkWords is what is said of an event.
func linkWords(l *Link) phrase {
	e := &l.Event
	if l.AboutSubstitute {
		if p := substituteWords(l); p != (phrase{}) {
			return p
		}
	}
	switch e.Kind() {
	case booking.AppointmentHeld:
		return phrase{"{place} was kept for you, to be paid by {until}.", "Held for {who}: {place}, to be paid by {until}.",
			"已为您锁号：{place}，请于{until}前支付。", "为{who}锁号：{place}，支付截止{until}。"}
	case booking.AppointmentBooked:
		if e.IsAddOn() {
			return phrase{"A number was added for you: {place}.", "Added for {who}: {place}.", "已为您加号：{place}。", "为{who}加号：{place}。"}
		}
		return phrase{"{place} was booked for you.", "Booked for {who}: {place}.", "已为您预约：{place}。", "为{who}预约：{place}。"}
	case booking.AppointmentPaid:
		return phrase{"It was paid; the number is yours.", "Paid.", "支付成功，预约已生效。", "已支付。"}
	case booking.AppointmentConfirmed:
		return phrase{"You confirmed that you will come.", "Confirmed by the patient.", "您已确认就诊。", "患者已确认就诊。"}
	case booking.AppointmentRescheduled:
		return rescheduledWords(l)
	case booking.AppointmentCancelled:
		return cancelledWords(l)
	case booking.HoldLapsed:
		if l.Cause == SessionOver {
			return both("The clinic ended before it was paid; the number went back.", "出诊已结束，未支付的号已放回。")
		}
		return both("It was to be paid by {due}; the number went back.", "支付已于{due}截止，号已放回。")
	case booking.PatientArrived:
		return phrase{"You checked in.", "Checked in.", "您已签到。", "已签到。"}
	case booking.ConsultationStarted:
		return phrase{"Your visit began.", "The visit began.", "开始就诊。", "开始就诊。"}
	case booking.AppointmentFulfilled:
		return phrase{"Your visit was completed.", "The visit was completed.", "就诊已完成。", "就诊完成。"}
	case booking.PatientMissed:
		if l.Cause == SessionOver {
			return phrase{"The clinic ended; no check-in was recorded.", "The session ended, and nobody had checked in: a no-show.",
				"出诊结束，没有签到记录，记为爽约。", "出诊结束未签到，记为爽约。"}
		}
		return phrase{"It was recorded that the visit did not take place.", "Marked as a no-show.", "登记为未到诊（爽约）。", "登记为爽约。"}
	case booking.AppointmentVoided:
		return both("The appointment was withdrawn: it had been entered in error.", "该预约系录入有误，已作废。")
	case booking.AppointmentOffered:
		return phrase{"You waited, and there is a number: {place}. Please answer by {until}.", "Offered from the waitlist to {who}: {place}, to be answered by {until}.",
			"候补成功：{place}，请于{until}前确认。", "候补：为{who}保留{place}，答复截止{until}。"}
	case booking.EntryServed:
		return phrase{"It was found for you on the waitlist.", "Entry {entry} of the waitlist was served with it.", "该号来自候补。", "候补记录{entry}已兑现。"}
	case booking.AppointmentsLinked:
		return phrase{"It is one of {n} numbers of a joint clinic: they are kept, moved or given back together.", "One of {n} appointments of a joint clinic, which stand and fall together.",
			"该号属于多学科联合门诊，共{n}个号，须一并就诊、改约或退号。", "多学科联合门诊，共{n}个号，同进同退。"}
	case booking.UnitRested:
		return phrase{"What was given back comes out again later.", "A unit given back rests until {until}; nobody can book it before.",
			"退还的号将择时重新放出。", "退还的号暂不放出，至{until}后可约。"}
	case booking.AppointmentDisplaced:
		return displacedWords()
	case booking.AppointmentTransferred, booking.PatientReturned, booking.ReminderDue:
		return hereWords(l)
	case booking.OfferMade:
		return offerWords(l)
	case booking.OfferAccepted:
		return phrase{"You accepted {place}.", "Accepted: {place}.", "您已接受：{place}。", "患者接受：{place}。"}
	case booking.OfferDeclined:
		if l.FromWaitlist {
			return phrase{"You declined the number; this does not count against you.", "Declined; the number goes to the next in line.",
				"您已放弃该号，不计爽约。", "患者放弃候补的号，由下一位递补。"}
		}
		return phrase{"You gave the number back; this does not count against you.", "Declined; given back on the hospital's account.",
			"您已退号，不计爽约。", "患者未接受，按停诊退号，不计爽约。"}
	case booking.OfferLapsed:
		if l.FromWaitlist {
			return phrase{"No answer came by {due}, and the number went to others; this does not count against you.", "No answer came by {due}; the number goes to the next in line.",
				"至{due}未收到答复，该号已放出，不计爽约。", "至{due}未收到答复，由下一位递补。"}
		}
		if l.Cause == SessionOver {
			return phrase{"The clinic ended before an answer came; the number was given back, and this does not count against you.",
				"The session ended before an answer came; given back on the hospital's account.",
				"出诊已结束，未收到答复，已退号，不计爽约。", "出诊已结束，未收到答复，按停诊退号，不计爽约。"}
		}
		return phrase{"No answer came by {due}; the number was given back, and this does not count against you.",
			"No answer came by {due}; given back on the hospital's account.", "至{due}未收到答复，已退号，不计爽约。", "至{due}未收到答复，按停诊退号，不计爽约。"}
	}
	return supplyWords(l)
}

func rescheduledWords(l *Link) phrase {
	switch {
	case !l.From.IsValid():
		return both("A new time was chosen: {place}.", "改约至{place}。")
	case l.Event.IsLate():
		return both("Moved from {from} to {place}, after the deadline for changes.", "由{from}改约至{place}（已过改约截止时间）。")
	}
	return both("Moved from {from} to {place}.", "由{from}改约至{place}。")
}

func cancelledWords(l *Link) phrase {
	switch {
	case l.IsReturn && (l.Cause == Closure || l.Cause == SessionOver):
		return unseenWords(l)
	case l.Cause == Closure:
		return phrase{"The clinic was closed, and the hospital cancelled the number that was not paid yet; this does not count against you.",
			"The session was closed: the hold was cancelled on the hospital's account.", "因停诊，未支付的号由医院取消，不计爽约。", "因停诊，锁号由医院取消，不计爽约。"}
	case l.Event.Party() == booking.ByHospital:
		return phrase{"The hospital cancelled the appointment; this does not count against you.", "Cancelled by the hospital, on its own account.",
			"医院取消了您的预约，不计爽约。", "医院取消，不计爽约。"}
	case l.Event.IsLate():
		if l.Event.Until() != 0 {
			return phrase{"The number was given back, after the deadline for that; the like can be booked again from {until}.",
				"Given back by the patient, late; they may book the like from {until}.",
				"已退号（已过退号截止时间）；同类号可于{until}起再约。", "患者临时退号（已过退号截止时间）；同类号{until}起可再约。"}
		}
		return phrase{"The number was given back, after the deadline for that.", "Given back by the patient, late.",
			"已退号（已过退号截止时间）。", "患者临时退号（已过退号截止时间）。"}
	}
	if l.Event.Until() != 0 {
		return phrase{"You gave the number back; the like can be booked again from {until}.", "Given back by the patient, who may book the like from {until}.",
			"您已退号；同类号可于{until}起再约。", "患者退号；同类号{until}起可再约。"}
	}
	return phrase{"You gave the number back.", "Given back by the patient.", "您已退号。", "患者退号。"}
}

func offerWords(l *Link) phrase {
	switch {
	case l.Event.IsMoved():
		return phrase{"Because of the closure you were moved to {place}.", "Moved because of the closure, from {from} to {place}.",
			"因停诊，已为您改约至{place}。", "因停诊，由{from}改约至{place}。"}
	case !l.Place.IsValid():
		return phrase{"We found no other time to offer. Until {until} you may choose one, or give the number back at no cost.",
			"Displaced by the closure from {from}; nothing was found to offer; to be answered by {until}.",
			"暂无可替换的号。{until}前您可自行改约，或退号（不计爽约）。", "因停诊离开{from}，未找到可替换的号，答复截止{until}。"}
	}
	return phrase{"Because of the closure you are offered {place}; please answer by {until}.", "Displaced by the closure from {from}; offered {place}, to be answered by {until}.",
		"因停诊，为您安排：{place}，请于{until}前答复。", "因停诊离开{from}，安排{place}，答复截止{until}。"}
}

// supplyWords is what is said of an event that is nobody's.
func supplyWords(l *Link) phrase {
	e := &l.Event
	switch e.Kind() {
	case booking.RulesAdopted:
		return both("The booking rules, version {rules}, came into force.", "预约规则第{rules}版开始执行。")
	case booking.Introduced:
		return both("A name entered the log: a {name}.", "登记名称一个（{name}）。")
	case booking.SessionOpened:
		return both("{place} was put up with {n} numbers.", "{place}建立，共{n}个号。")
	case booking.Released:
		return both("{place}: the numbers came out.", "{place}：放号。")
	case booking.ReserveOpened:
		return both("{place}: what was kept for {class} became everyone's.", "{place}：为{class}预留的号向所有人开放。")
	case booking.QuotaChanged:
		return both("{place}: the quota of {class} became: reserve {reserve}, cap {cap}.", "{place}：{class}的名额改为预留{reserve}，限号{cap}。")
	case booking.ReserveMoved:
		return movedWords(e)
	case booking.ReserveShort:
		return both("{place}: {class} can no longer count on {n} of its reserve.", "{place}：为{class}预留的号中有{n}个无法保证。")
	case booking.UnitReturned:
		return both("{place}: a number that had been given back came out again.", "{place}：退还的号重新放出。")
	case booking.Granted:
		return both("{place}: granted beyond its capacity: {n}.", "{place}：增放{n}个号。")
	case booking.SessionClosed:
		return both("{place}: the clinic was closed.", "{place}：停诊。")
	case booking.SessionStaffed:
		return both("Somebody else is there now (substitute): {place}.", "替诊，出诊人员变更：{place}。")
	case booking.SessionEnded:
		return both("{place}: the clinic ended.", "{place}：出诊结束。")
	case booking.PersonDescribed, booking.PersonsMerged:
		return personWords(l)
	case booking.HolderRestricted, booking.RestrictionEnded:
		return gateWords(e)
	case booking.DaysRetired:
		return both("The days before {before} were put away.", "{before}之前的记录已归档。")
	case booking.EntryJoined:
		return phrase{"You joined the waitlist.", "{who} joined the waitlist: entry {entry}.", "您已加入候补。", "{who}加入候补，记录{entry}。"}
	case booking.EntryApproved:
		return both("The request on the waitlist was approved: entry {entry}.", "候补申请已通过审核：记录{entry}。")
	case booking.EntryEnded:
		return endedWords(e.EntryState())
	case booking.WaitlistPassed:
		return both("{place}: nobody who waits could have a number there.", "{place}：候补人员均不符合条件。")
	case booking.ClockMoved:
		return both("Time passed.", "时间推进。")
	}
	return phrase{}
}

// endedWords is how an entry of the waitlist ended.
func endedWords(s booking.EntryState) phrase {
	switch s {
	case booking.Left:
		return both("The request on the waitlist was taken back: entry {entry}.", "已取消候补：记录{entry}。")
	case booking.Rejected:
		return both("The request on the waitlist was not approved: entry {entry}.", "候补申请未通过审核：记录{entry}。")
	case booking.Withdrawn:
		return both("The request on the waitlist ended, for there is a booking that meets it: entry {entry}.", "已约到所需的号，候补结束：记录{entry}。")
	}
	return both("The request on the waitlist ran out: entry {entry}.", "候补已到期：记录{entry}。")
}

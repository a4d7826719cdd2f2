package explain

import "github.com/haoyuan-go/haoyuan/booking"

// staffed is who is in a session from an event on.
type staffed struct {
	number uint64 // of the event, in the log
	booking.Staffing
}

// readStaffed follows a substitute (替诊).
func (t *Teller) readStaffed(w *reading, e *booking.Event) error {
	s, err := t.session(e.Session())
	if err != nil {
		return err
	}
	staff, err := w.batch.Staff(e)
	if err != nil {
		return err
	}
	s.staffed = append(s.staffed, staffed{t.events + 1, staff})
	s.entries = append(s.entries, t.entry(w, e, Asked))
	return nil
}

// staffAt is who was in a session when an event had happened.
func (s *session) staffAt(when uint64) []booking.Resource {
	for i := len(s.staffed) - 1; i >= 0; i-- {
		if s.staffed[i].number <= when {
			return s.staffed[i].Resources
		}
	}
	return s.opening.Resources
}

// ownSlot reports whether an offer is of what the appointment has: the question whether a substitute will do, or that it is settled.
func (x *appointment) ownSlot(e *booking.Event) bool {
	return e.Kind() == booking.OfferMade && e.Count() > 0 && x.at == run{e.Slot(), uint16(e.Count())}
}

// substituteWords is what is said of the question whether a substitute will do.
func substituteWords(l *Link) phrase {
	switch l.Event.Kind() {
	case booking.OfferMade:
		if l.Event.IsMoved() {
			return phrase{"You need not answer any more; the number stands: {place}.", "Nothing is asked any more, for the grade is again what it was; the number stands: {place}.",
				"无需再答复，您的号保持不变：{place}。", "出诊人员职级已恢复，无需答复，原号保留：{place}。"}
		}
		return phrase{"Somebody of another grade is there instead. Your number stays: {place}. Please say by {until} whether that will do, or come; giving it back costs nothing.",
			"Asked whether a substitute of a lower grade will do: {place}, to be answered by {until}.",
			"因替诊，出诊人员职级有变，您的号保留：{place}。请于{until}前答复是否接受，直接到院签到即视为接受；退号不计爽约。", "替诊职级降低，征询患者意见：{place}，答复截止{until}。"}
	case booking.OfferAccepted:
		return phrase{"You accepted the substitute: {place}.", "The substitute is accepted: {place}.", "您已接受替诊：{place}。", "患者接受替诊：{place}。"}
	case booking.OfferDeclined:
		return phrase{"You did not accept the substitute and gave the number back; this does not count against you.", "The substitute is declined; given back on the hospital's account.",
			"您未接受替诊，已退号，不计爽约。", "患者不接受替诊，按医院原因退号，不计爽约。"}
	case booking.OfferLapsed:
		if l.Cause == SessionOver {
			return phrase{"The clinic ended before you answered about the substitute; the number was given back, and this does not count against you.",
				"The session ended before an answer about the substitute came; given back on the hospital's account.",
				"出诊已结束，未收到是否接受替诊的答复，已退号，不计爽约。", "出诊已结束，未收到替诊答复，按医院原因退号，不计爽约。"}
		}
		return phrase{"No answer about the substitute came by {due}; the number was given back, and this does not count against you.",
			"No answer about the substitute came by {due}; given back on the hospital's account.",
			"至{due}未收到是否接受替诊的答复，已退号，不计爽约。", "至{due}未收到替诊答复，按医院原因退号，不计爽约。"}
	}
	return phrase{}
}

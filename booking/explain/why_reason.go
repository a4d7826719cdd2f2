package explain

import "github.com/haoyuan-go/haoyuan/booking"

// remedies lists what would help, by reason. A reason that is not here gets none, which the test of all reasons catches.
func (q *question) remedies() []Remedy {
	list := q.byReason()
	for _, r := range list {
		if !r.Staff {
			return list
		}
	}
	if len(list) > 0 {
		list = append(list, Remedy{Do: AskDesk}) // whoever is not staff can at least ask them
	}
	return list
}

func (q *question) byReason() []Remedy {
	elsewhere := Remedy{Do: AskElsewhere}
	switch q.no.Reason {
	case booking.KeyReused, booking.Stale:
		return []Remedy{{Do: AskAnew, Sure: true}}
	case booking.UnknownAppointment:
		return []Remedy{{Do: CheckNumber}}
	case booking.IllegalState:
		return q.stateRemedies()
	case booking.AlreadyOpen:
		return []Remedy{{Do: OtherName, Sure: true, Staff: true}}
	case booking.SessionGone:
		if q.isRequest && q.appointment == 0 {
			return []Remedy{elsewhere}
		}
		return []Remedy{{Do: NothingToDo}}
	case booking.NotReleased, booking.Paused, booking.Restricted, booking.TooEarly:
		return q.timeRemedies()
	case booking.BookingClosed, booking.SlotForOthers:
		return append([]Remedy{elsewhere}, q.addOn()...)
	case booking.AgeNotTaken, booking.SexNotTaken, booking.ReferralNeeded:
		return q.personRemedies()
	case booking.Full, booking.RunBroken:
		return append(append(q.fewer(), elsewhere), q.addOn()...)
	case booking.CapReached:
		return q.capRemedies()
	case booking.ReservedForOthers:
		return append(append(append(q.reserveTimes(), q.fewer()...), elsewhere), q.addOn()...)
	case booking.AddOnLimit:
		return []Remedy{{Do: AskElsewhere, Staff: true}}
	case booking.BeyondHorizon, booking.TooManyOpen, booking.CoolingOff:
		return q.boundRemedies()
	case booking.LimitReached:
		return q.limitRemedies()
	case booking.TwoPlaces:
		return append(q.clashes(), elsewhere)
	case booking.NoneFree:
		return q.noneRemedies()
	case booking.TooLate:
		return q.lateRemedies()
	case booking.BelowUse:
		return q.quotaRemedies()
	case booking.NotTerminal:
		return []Remedy{{Do: FinishFirst, Staff: true, Count: int(q.no.Limit)}}
	case booking.NoEntitlement:
		return []Remedy{{Do: AskDesk}}
	case booking.WaitlistLimit:
		return []Remedy{{Do: AskDesk}}
	case booking.UnknownEntry:
		return []Remedy{{Do: CheckNumber}}
	case booking.EntryOver:
		return []Remedy{{Do: NothingToDo}}
	case booking.Untouchable:
		return []Remedy{{Do: AskElsewhere, Staff: true}}
	case booking.BadChoice:
		return []Remedy{{Do: NameSlot, Sure: !q.bundled}, {Do: AskDesk}}
	}
	return nil
}

// timeRemedies are of what goes by itself.
func (q *question) timeRemedies() []Remedy {
	list := []Remedy{{Do: AskLater, Sure: true, At: q.no.Until}}
	switch q.no.Reason {
	case booking.NotReleased, booking.Paused:
		return append(list, Remedy{Do: AskElsewhere})
	case booking.Restricted:
		if c, ok := q.barredChannel(); ok {
			list = append(list, Remedy{Do: OtherChannel, Class: c})
		}
		return append(list, Remedy{Do: AskDesk}) // a restriction can be appealed against
	}
	return list
}

func (q *question) capRemedies() (list []Remedy) {
	if q.no.Until != 0 {
		list = append(list, Remedy{Do: AskLater, Sure: true, At: q.no.Until})
	}
	list = append(list, q.fewer()...)
	if q.isRequest && q.request.Bear.Channel() == q.no.Class {
		list = append(list, Remedy{Do: OtherChannel, Class: q.no.Class})
	}
	return append(append(list, Remedy{Do: AskElsewhere}), q.addOn()...)
}

// reserveTimes are when reserves for others fall open: the first, after which more may be had, and the last, after which one unit
// is not refused for this any more. A reserve that never opens leaves the last unsure.
func (q *question) reserveTimes() []Remedy {
	if q.no.Until == 0 {
		return nil
	}
	last, never := q.no.Until, q.bundled || q.request.Count > 1
	for _, line := range q.book.Quotas(nil, q.request.Slot.Session, q.meta.At) {
		switch {
		case line.Opened || line.Reserve == 0 || q.request.Bear.Has(line.Class):
		case line.OpenAt == 0:
			never = true
		default:
			last = max(last, line.OpenAt)
		}
	}
	list := []Remedy{{Do: AskLater, Sure: !never && last == q.no.Until, At: q.no.Until}}
	if last > q.no.Until {
		list = append(list, Remedy{Do: AskLater, Sure: !never, At: last})
	}
	return list
}

func (q *question) noneRemedies() []Remedy {
	if _, ok := q.command.(booking.Answer); ok {
		return []Remedy{{Do: ChooseOther}, {Do: DeclineOffer}}
	}
	return append(q.fewer(), Remedy{Do: AskWider})
}

// lateRemedies: the hospital may always take it on itself.
func (q *question) lateRemedies() (list []Remedy) {
	cancel := booking.Cancel{Meta: booking.Meta{At: q.meta.At}, Appointment: q.appointment, By: booking.ByHospital}
	if _, ok := q.can(cancel); ok {
		list = append(list, Remedy{Do: StaffCancel, Sure: true, Staff: true})
	}
	return append(list, Remedy{Do: AskDesk})
}

// quotaRemedies says which of the line's two numbers must be more, and tries it.
func (q *question) quotaRemedies() []Remedy {
	r := Remedy{Do: ReserveAtLeast, Staff: true, Count: int(q.no.Limit)}
	c, ok := q.command.(booking.SetQuota)
	if !ok {
		return []Remedy{r}
	}
	c.Meta = booking.Meta{At: q.meta.At}
	c.Quota.Reserve = max(c.Quota.Reserve, uint16(q.no.Limit))
	for _, line := range q.book.Quotas(nil, c.Session, q.meta.At) {
		if line.Class == c.Quota.Class && c.Quota.Capped && int(c.Quota.Cap) < line.Borne && line.Borne == int(q.no.Limit) {
			r.Do = CapAtLeast
			c.Quota = q.command.(booking.SetQuota).Quota
			c.Quota.Cap = uint16(q.no.Limit)
		}
	}
	again, done := q.can(c)
	r.Sure = done || again.Outcome == booking.Nothing
	return []Remedy{r}
}

// addOn tries whether the hospital may add a number for the person (加号) in the slot that was named.
func (q *question) addOn() []Remedy {
	if !q.isRequest || q.appointment != 0 || !q.request.Slot.IsValid() {
		return nil
	}
	if _, ok := q.command.(booking.AddOn); ok {
		return nil
	}
	c := booking.AddOn{Meta: booking.Meta{At: q.meta.At}, Request: q.request}
	c.Count = 1
	if _, ok := q.can(c); !ok {
		return nil
	}
	return []Remedy{{Do: StaffAddOn, Sure: !q.bundled, Staff: true}}
}

// fewer tries fewer units: the most that can be had.
func (q *question) fewer() []Remedy {
	if !q.isRequest || q.appointment != 0 || q.request.Count < 2 {
		return nil
	}
	const tries = 8
	last := max(1, int(q.request.Count)-tries)
	for n := int(q.request.Count) - 1; n >= 1; n-- {
		if n < last {
			n = 1 // of a very long run, what comes near it or one
		}
		if q.canWith(uint16(n)) {
			return []Remedy{{Do: FewerUnits, Sure: true, Count: n}}
		}
	}
	return nil
}

// canWith reports whether the same command with another count would be carried out. Of a bundle that is not tried.
func (q *question) canWith(count uint16) bool {
	request, meta := q.request, booking.Meta{At: q.meta.At}
	request.Count = count
	var c booking.Command
	switch q.command.(type) {
	case booking.Take:
		c = booking.Take{Meta: meta, Request: request}
	case booking.Hold:
		c = booking.Hold{Meta: meta, Request: request}
	default:
		return false
	}
	_, ok := q.can(c)
	return ok
}

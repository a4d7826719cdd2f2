package kpi

// Supply is what there was to book and what was booked of it. Supply has no channel: in a report by channel, or of one,
// it is zero.
type Supply struct {
	// Sessions whose numbers came out, and those of all that were closed.
	Sessions, ClosedSessions int64
	// Slots that were bookable (capacity above 0), and those with at least one booking.
	Slots, CoveredSlots int64
	// Units are the places in those slots.
	Units int64
	// BookableMinutes and BookedMinutes are minutes of units; booked are at most the bookable.
	BookableMinutes, BookedMinutes int64
	// GrantedUnits were added for overbooking; OverbookedUnits are taken beyond capacity.
	GrantedUnits, OverbookedUnits int64
}

// FillRate is booked bookable minutes over bookable minutes after closures.
func (s Supply) FillRate() Ratio { return Ratio{s.BookedMinutes, s.BookableMinutes} }

// Coverage is slots with at least one booking over slots.
func (s Supply) Coverage() Ratio { return Ratio{s.CoveredSlots, s.Slots} }

// Visits counts appointments by what they are now. Made is the sum of Held to Voided: nobody is lost.
type Visits struct {
	Made                                                                             int64
	Held, Booked, Confirmed, CheckedIn, InConsultation, Fulfilled, NoShow, Displaced int64
	// CancelledByHospital includes offers that were declined or not answered.
	CancelledByPatient, CancelledByHospital int64
	HoldsLapsed, Voided                     int64

	// What follows cuts across the above.

	// Bookings were ever booked, and not voided.
	Bookings int64
	// Arrived came to the session in which they count, and are not voided.
	Arrived int64
	// LateCancellations are by patients, after the deadline.
	LateCancellations int64
	// Reschedules counts moves at the patient's wish, not patients; LateReschedules those of them after the deadline.
	Reschedules, LateReschedules int64
	// Transfers counts moves to another session after check-in (转科), in the session where they led last.
	Transfers int64
	// Yielded counts moves by the hospital for the sake of an emergency.
	Yielded int64
	// Returns came back with results (回诊) and have no number: they are in Made and in what it is the sum of, in direct wait and in overtime,
	// and nowhere else.
	Returns int64
	// AddOns are the bookings that were made as add-ons (加号).
	AddOns int64
}

// ShowRate is arrived over arrived and no-show.
func (v Visits) ShowRate() Ratio { return Ratio{v.Arrived, v.Arrived + v.NoShow} }

// NoShowRate is no-show over arrived and no-show.
func (v Visits) NoShowRate() Ratio { return Ratio{v.NoShow, v.Arrived + v.NoShow} }

// LateCancellationRate is late cancellations over bookings.
func (v Visits) LateCancellationRate() Ratio { return Ratio{v.LateCancellations, v.Bookings} }

// Overtime is how long sessions ran over. Zero, as Supply, where there is a channel.
type Overtime struct {
	// Sessions in which someone was completed, and those of them that ran over.
	Sessions, Over int64
	// TotalSeconds over all, MaxSeconds of the worst.
	TotalSeconds, MaxSeconds int64
}

// Closures is what became of those whose session closed, counted once each time it did. Displaced is the sum of Accepted
// to Pending: nobody is lost.
type Closures struct {
	Displaced int64
	// Accepted, Declined and Lapsed are answers to an offer, or none in time.
	Accepted, Declined, Lapsed int64
	// Moved at once, without being asked.
	Moved int64
	// Rescheduled to a number that they found themselves.
	Rescheduled int64
	// Cancelled instead of answering, by either side.
	Cancelled int64
	Voided    int64
	// Again: the session that was offered closed too; the new offer counts anew.
	Again int64
	// Pending wait for an answer.
	Pending int64

	// Unplaced are those of Displaced for whom nothing was found.
	Unplaced int64
	// HoldsCancelled had not paid when the session closed, and are not displaced.
	HoldsCancelled int64
}

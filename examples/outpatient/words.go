package main

import "github.com/haoyuan-go/haoyuan/booking"

// stateKeys and reasonKeys name the library's constants in the table of texts; its own words for them are English and may
// change. They are read only.
var stateKeys = map[booking.State]string{
	booking.Held: "state.held", booking.Booked: "state.booked", booking.Confirmed: "state.confirmed",
	booking.CheckedIn: "state.checked-in", booking.InConsultation: "state.in-consultation", booking.Fulfilled: "state.fulfilled",
	booking.Displaced: "state.displaced", booking.Cancelled: "state.cancelled", booking.NoShow: "state.no-show",
	booking.Lapsed: "state.lapsed", booking.Offered: "state.offered", booking.EnteredInError: "state.in-error",
}

var reasonKeys = map[booking.Reason]string{
	booking.SessionGone: "reason.gone", booking.NotReleased: "reason.not-released", booking.BookingClosed: "reason.closed",
	booking.Full: "reason.full", booking.RunBroken: "reason.run", booking.CapReached: "reason.cap",
	booking.ReservedForOthers: "reason.reserved", booking.AddOnLimit: "reason.add-ons", booking.Restricted: "reason.restricted",
	booking.BeyondHorizon: "reason.horizon", booking.TooManyOpen: "reason.open", booking.CoolingOff: "reason.cooling",
	booking.AgeNotTaken: "reason.age", booking.SexNotTaken: "reason.sex", booking.ReferralNeeded: "reason.referral",
	booking.Paused: "reason.paused", booking.SlotForOthers: "reason.slot", booking.LimitReached: "reason.limit", booking.TwoPlaces: "reason.two-places", booking.NoneFree: "reason.none",
}

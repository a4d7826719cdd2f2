package booking

// FHIRStatus is a state in the codes of HL7 FHIR. The codes of Appointment, of its participant, of Slot and of AppointmentResponse are the same in
// R4 (4.0.1) and R5 (5.0.0); those of Encounter are not. An empty code: there is no such resource then.
//
//	state            Appointment       participant   Slot            Encounter R4      Encounter R5
//	held             pending           tentative     busy-tentative  -                 -
//	booked           booked            tentative     busy            -                 -
//	confirmed        booked            accepted      busy            -                 -
//	checked in       checked-in        accepted      busy            arrived           planned
//	in consultation  checked-in        accepted      busy            in-progress       in-progress
//	fulfilled        fulfilled         accepted      busy            finished          completed
//	displaced        proposed          needs-action  busy-tentative  -                 -
//	cancelled        cancelled         declined      free            cancelled         cancelled
//	no-show          noshow            tentative     busy            -                 -
//	lapsed           cancelled         declined      free            -                 -
//	entered in error entered-in-error  declined      free            entered-in-error  entered-in-error
//	offered          proposed          needs-action  busy-tentative  -                 -
//
// Beside the states: arrived, of Appointment, is not used, for checked-in says it; R5's Encounter of someone who waits is planned with subjectStatus
// arrived. A cancelled Encounter is one that check-in had begun. Why it was cancelled is Appointment.cancelationReason in R4 and
// cancellationReason, with cancellationDate, in R5. An offer is answered by an AppointmentResponse, participantStatus accepted or declined (Answer); until then it is
// needs-action. What a transfer or a closing moves keeps its id; a host that makes a new Appointment of it says so by R5's replaces. A
// return with results is an Appointment without slot, whose previousAppointment (R5) is Visit.Former. An entry of the waitlist is an Appointment of status waitlist,
// without slot and start. A unit that is at rest, not out, or of a session that is closed is a Slot busy-unavailable; one with room is free.
type FHIRStatus struct {
	Appointment, Participant, Slot, EncounterR4, EncounterR5 string
}

var fhirTable = [states]FHIRStatus{
	Held:           {"pending", "tentative", "busy-tentative", "", ""},
	Booked:         {"booked", "tentative", "busy", "", ""},
	Confirmed:      {"booked", "accepted", "busy", "", ""},
	CheckedIn:      {"checked-in", "accepted", "busy", "arrived", "planned"},
	InConsultation: {"checked-in", "accepted", "busy", "in-progress", "in-progress"},
	Fulfilled:      {"fulfilled", "accepted", "busy", "finished", "completed"},
	Displaced:      {"proposed", "needs-action", "busy-tentative", "", ""},
	Cancelled:      {"cancelled", "declined", "free", "cancelled", "cancelled"},
	NoShow:         {"noshow", "tentative", "busy", "", ""},
	Lapsed:         {"cancelled", "declined", "free", "", ""},
	EnteredInError: {"entered-in-error", "declined", "free", "entered-in-error", "entered-in-error"},
	Offered:        {"proposed", "needs-action", "busy-tentative", "", ""},
}

// FHIR is the state in FHIR's codes: Slot is that of the one unit; all empty for an invalid state.
func (s State) FHIR() FHIRStatus {
	if !s.IsValid() {
		return FHIRStatus{}
	}
	return fhirTable[s]
}

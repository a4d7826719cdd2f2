package booking

// Placement puts an appointment in a slot.
type Placement struct {
	Appointment Appointment
	Slot        Slot
}

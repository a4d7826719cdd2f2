package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Transfer sends someone who is here to what want seeks, on the same day; as an add-on of the slot it names where addOn is set. The rest of
// want is the appointment's own, whatever it says. The error is a *Refusal where the rules say no.
func (d *Desk) Transfer(now sl.Instant, id Appointment, want Ask, addOn bool) error {
	m, err := d.meta(now)
	if err != nil {
		return err
	}
	v, ok := d.book.Appointment(id)
	if !ok {
		return &Refusal{Reason: UnknownAppointment}
	}
	want.Person, want.Account, want.Booker, want.Classes = d.book.Name(PersonName, uint32(v.Person)), "", "", nil
	want.Channel = d.book.Name(ClassName, uint32(v.Bear.Channel()))
	q, err := d.request(m.At, &want)
	if err != nil {
		d.batch.Reset()
		return err
	}
	_, err = d.Do(Transfer{m, id, q, addOn})
	return err
}

// Return brings the patient of a fulfilled visit back with results, into a session by name, and gives the appointment without a number
// that this makes. The error is a *Refusal where there is no such entitlement.
func (d *Desk) Return(now sl.Instant, id Appointment, session string) (Appointment, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	reply, err := d.Do(Return{m, id, Session(d.book.Find(SessionName, session))})
	return reply.Appointment, err
}

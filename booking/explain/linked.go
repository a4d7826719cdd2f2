package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// readLinked takes that some appointments stand and fall together: each of them is told.
func (t *Teller) readLinked(w *reading, e *booking.Event) error {
	first, n := int64(e.Appointment()), int64(e.Number())
	if first < 1 || n < 2 || first+n-1 > int64(len(t.appointments)) {
		return fmt.Errorf("appointments %d and %d more: unknown", first, n-1)
	}
	for id := first; id < first+n; id++ {
		if err := t.readConsequenceOf(w, e, booking.Appointment(id), run{}); err != nil {
			return err
		}
	}
	return nil
}

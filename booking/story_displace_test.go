package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// storyDisplacement reads where emergencies may move others: displace=(examination), untouchable=(…), most-moved=, move-days=.
func storyDisplacement(s *slotstest.Step) (d booking.Displacement) {
	for _, name := range s.List("displace") {
		for k := slots.General; k.IsValid(); k++ {
			if k.String() == name {
				d.Kinds = append(d.Kinds, k)
			}
		}
	}
	if len(d.Kinds) != len(s.List("displace")) {
		s.Failf("displace=%v: want kinds of sessions", s.List("displace"))
	}
	d.Untouchable = s.List("untouchable")
	if len(d.Kinds) > 0 {
		d.MaxMoves, d.HorizonDays = s.IntOr("most-moved", 1), s.IntOr("move-days", 7)
	}
	return d
}

// displace makes room for an emergency: by the best plan that there is, or by the moves of the body, "VISIT SLOT" a line.
func (w *storyWorld) displace(s *slotstest.Step) string {
	now, a := w.now(s), w.ask(s)
	a.Person, a.Channel = s.Text("person"), s.Text("via")
	var moves []booking.Placement
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 2 {
			s.Failf("%q: want VISIT SLOT", line)
		}
		id, _ := w.visitNamed(s, f[0])
		moves = append(moves, booking.Placement{Appointment: id, Slot: w.slotOf(s, f[1])})
	}
	if len(moves) == 0 {
		plans, err := w.desk.Displacements(now, a, 1)
		if err != nil || len(plans) == 0 {
			return strings.TrimSpace(w.told(s, a.Person, err) + "\nno plan")
		}
		moves = plans[0].Placements()
		a.Session, a.N = w.sessionName(plans[0].Slot.Session), int(plans[0].Slot.N)
	}
	id, err := w.desk.Displace(now, a, moves)
	text := w.told(s, a.Person, err)
	if text == "" {
		return "as before: " + w.names[id]
	}
	return text
}

// showPlans lists how an emergency could have what others have.
func (w *storyWorld) showPlans(s *slotstest.Step, now slots.Instant) (lines []string) {
	var t booking.Batch
	list, err := w.desk.Pool().Displacements(nil, &t, w.wish(s, now, &t), now, 10)
	if err != nil {
		s.Failf("%v", err)
	}
	for _, p := range list {
		var line strings.Builder
		line.WriteString("plan " + w.slot(p.Slot))
		for _, m := range p.Moves {
			fmt.Fprintf(&line, " | %s to %s later=%dmin", w.names[m.Appointment], w.slot(m.Slot), m.DelaySeconds/60)
			if m.Elsewhere {
				line.WriteString(" elsewhere")
			}
		}
		lines = append(lines, line.String())
	}
	if len(lines) == 0 {
		return []string{"no plan"}
	}
	return lines
}

// showInstead lists other numbers than what was wished, each with the reason it is offered.
func (w *storyWorld) showInstead(s *slotstest.Step, now slots.Instant) (lines []string) {
	var t booking.Batch
	list, err := w.desk.Pool().Alternatives(nil, &t, w.wish(s, now, &t), now, s.Int("instead"))
	if err != nil {
		s.Failf("%v", err)
	}
	for _, x := range list {
		line := x.Likeness.String()
		if x.Candidate.Slot.IsValid() {
			line += fmt.Sprintf(": %s %s", w.slot(x.Candidate.Slot), storyTime(x.Candidate.Start))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []string{"nothing instead"}
	}
	return lines
}

// showObstacles lists what stands in the way of a request that seeks.
func (w *storyWorld) showObstacles(s *slotstest.Step, now slots.Instant) (lines []string) {
	var t booking.Batch
	list, err := w.desk.Pool().Obstacles(nil, &t, w.wish(s, now, &t), now)
	if err != nil {
		s.Failf("%v", err)
	}
	for _, x := range list {
		line := fmt.Sprintf("%v: sessions=%d slots=%d", x.Reason, x.Sessions, x.Slots)
		if x.Until != 0 {
			line += " until=" + storyTime(x.Until)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []string{"nothing in the way"}
	}
	return lines
}

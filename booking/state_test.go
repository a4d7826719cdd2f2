package booking_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

var allStates = []booking.State{booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn, booking.InConsultation,
	booking.Fulfilled, booking.Displaced, booking.Cancelled, booking.NoShow, booking.Lapsed, booking.EnteredInError, booking.Offered}

// inState makes an appointment in a state, by drawn paths alone. Its session has a free neighbour.
func inState(t tester, s booking.State) (*stage, booking.Appointment) {
	r := plainRules()
	r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1, 3600
	b := newStage(t, r)
	session := b.open("wang/10", b.halfHours("10", "Dr Wang", 2, 1))
	b.open("wang/11", b.halfHours("11", "Dr Wang", 2, 1))
	if s == booking.Held || s == booking.Lapsed {
		id := b.hold("Li", session, 0)
		if s == booking.Lapsed {
			b.advance(b.now + 900)
		}
		return b, id
	}
	if s == booking.Offered {
		b.join("Li", on("10 08:00"), nil)
		b.advance(b.now)
		require.Equal(t, s, b.state(1))
		return b, 1
	}
	id := b.take("Li", session, 0)
	step := func(commands ...booking.Command) {
		for _, c := range commands {
			b.done(c)
		}
	}
	m := b.meta()
	switch s {
	case booking.Confirmed:
		step(booking.Confirm{Meta: m, Appointment: id})
	case booking.CheckedIn:
		step(booking.CheckIn{Meta: m, Appointment: id})
	case booking.InConsultation:
		step(booking.CheckIn{Meta: m, Appointment: id}, booking.Start{Meta: m, Appointment: id})
	case booking.Fulfilled:
		step(booking.CheckIn{Meta: m, Appointment: id}, booking.Complete{Meta: m, Appointment: id})
	case booking.Displaced:
		step(booking.CloseSession{Meta: m, Session: session, AnswerBy: b.now + 86400})
	case booking.Cancelled:
		step(booking.Cancel{Meta: m, Appointment: id, By: booking.ByPatient})
	case booking.NoShow:
		b.advance(on("10 08:00"))
		step(booking.MarkNoShow{Meta: b.meta(), Appointment: id})
	case booking.EnteredInError:
		step(booking.Void{Meta: m, Appointment: id})
	}
	require.Equal(t, s, b.state(id))
	return b, id
}

// The paths of the package comment's drawing, written out once more: from each state, what each command makes of it.
// What is not here is refused.
var paths = map[string]map[booking.State]booking.State{
	"Pay":     {booking.Held: booking.Booked},
	"Confirm": {booking.Booked: booking.Confirmed},
	"CheckIn": {booking.Booked: booking.CheckedIn, booking.Confirmed: booking.CheckedIn},
	"Start":   {booking.CheckedIn: booking.InConsultation},
	"Complete": {booking.CheckedIn: booking.Fulfilled,
		booking.InConsultation: booking.Fulfilled},
	"MarkNoShow": {booking.Booked: booking.NoShow, booking.Confirmed: booking.NoShow},
	"Cancel": {booking.Held: booking.Cancelled, booking.Booked: booking.Cancelled, booking.Confirmed: booking.Cancelled,
		booking.CheckedIn: booking.Cancelled, booking.Displaced: booking.Cancelled, booking.Offered: booking.Cancelled},
	"Reschedule": {booking.Held: booking.Held, booking.Booked: booking.Booked, booking.Confirmed: booking.Booked,
		booking.Displaced: booking.Booked},
	"Transfer": {booking.CheckedIn: booking.CheckedIn, booking.InConsultation: booking.CheckedIn},
	"Accept":   {booking.Displaced: booking.Booked, booking.Offered: booking.Booked},
	"Decline":  {booking.Displaced: booking.Cancelled, booking.Offered: booking.Cancelled},
	"Void": {booking.Held: booking.EnteredInError, booking.Booked: booking.EnteredInError, booking.Confirmed: booking.EnteredInError,
		booking.CheckedIn: booking.EnteredInError, booking.InConsultation: booking.EnteredInError,
		booking.Displaced: booking.EnteredInError, booking.Fulfilled: booking.EnteredInError, booking.NoShow: booking.EnteredInError,
		booking.Offered: booking.EnteredInError},
}

func commandOn(name string, m booking.Meta, id booking.Appointment) booking.Command {
	switch name {
	case "Pay":
		return booking.Pay{Meta: m, Appointment: id}
	case "Confirm":
		return booking.Confirm{Meta: m, Appointment: id}
	case "CheckIn":
		return booking.CheckIn{Meta: m, Appointment: id}
	case "Start":
		return booking.Start{Meta: m, Appointment: id}
	case "Complete":
		return booking.Complete{Meta: m, Appointment: id}
	case "MarkNoShow":
		return booking.MarkNoShow{Meta: m, Appointment: id}
	case "Cancel":
		return booking.Cancel{Meta: m, Appointment: id, By: booking.ByPatient}
	case "Reschedule":
		return booking.Reschedule{Meta: m, Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: 2, N: 1}}}
	case "Transfer":
		return booking.Transfer{Meta: m, Appointment: id, Want: booking.Request{Department: 1, From: on("10 08:30"), Until: on("10 08:31")}}
	case "Accept":
		return booking.Answer{Meta: m, Appointment: id, Accept: true}
	case "Decline":
		return booking.Answer{Meta: m, Appointment: id}
	}
	return booking.Void{Meta: m, Appointment: id}
}

func TestEveryStateMeetsEveryCommand(t *testing.T) {
	for name, from := range paths {
		for _, s := range allStates {
			b, id := inState(t, s)
			c := commandOn(name, b.meta(), id)
			before := b.book.Snapshot(nil)
			if to, drawn := from[s]; drawn {
				if name == "MarkNoShow" {
					require.Equal(t, on("10 08:00"), b.refused(booking.TooEarly, c).Until)
					b.advance(on("10 08:00"))
					c = commandOn(name, b.meta(), id)
				}
				reply := b.done(c)
				require.Equal(t, id, reply.Appointment)
				require.Equal(t, to, b.state(id), "%s of %v", name, s)
				require.Empty(t, b.book.Check())
				continue
			}
			no := b.refused(booking.IllegalState, c)
			require.Equal(t, s, no.State, "%s of %v", name, s)
			require.Equal(t, before, b.book.Snapshot(nil))
		}
	}
}

// What Advance and CloseSession do to each state.
func TestEveryStateMeetsTheSessionsEndAndItsClosing(t *testing.T) {
	for _, s := range allStates {
		b, id := inState(t, s)
		v, _ := b.book.Appointment(id)
		in := v.Slot.Session
		b.done(booking.CloseSession{Meta: b.meta(), Session: in, AnswerBy: b.now + 86400})
		want := s
		switch s {
		case booking.Held:
			want = booking.Cancelled
		case booking.Booked, booking.Confirmed, booking.CheckedIn, booking.Displaced, booking.Offered:
			want = booking.Displaced
		}
		require.Equal(t, want, b.state(id), "closing with %v", s)
	}
	for _, s := range allStates {
		if s == booking.Displaced || s == booking.Offered || s == booking.Lapsed || s == booking.Held {
			continue // TestSessionsEndLapsesWhatWaits
		}
		b := newStage(t, plainRules())
		o := b.halfHours("10", "Dr Wang", 2, 1)
		o.End = on("10 12:00")
		session := b.open("wang/10", o)
		id := b.take("Li", session, 0)
		if s == booking.NoShow {
			b.advance(on("10 08:00"))
		}
		for _, name := range map[booking.State][]string{booking.Confirmed: {"Confirm"}, booking.CheckedIn: {"CheckIn"},
			booking.InConsultation: {"CheckIn", "Start"}, booking.Fulfilled: {"CheckIn", "Complete"}, booking.Cancelled: {"Cancel"},
			booking.NoShow: {"MarkNoShow"}, booking.EnteredInError: {"Void"}}[s] {
			b.done(commandOn(name, b.meta(), id))
		}
		b.advance(on("10 12:00"))
		want := s
		if s == booking.Booked || s == booking.Confirmed {
			want = booking.NoShow
		}
		require.Equal(t, want, b.state(id), "end with %v", s)
	}
}

func TestUnknownAppointmentsAreRefused(t *testing.T) {
	b, _ := inState(t, booking.Booked)
	for name := range paths {
		for _, id := range []booking.Appointment{0, 2, 1<<32 - 1} {
			b.refused(booking.UnknownAppointment, commandOn(name, b.meta(), id))
		}
	}
}

// The table in the package comment is what the code says: it is read here and compared, so that it cannot drift.
func TestDocTableOfStates(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	require.NoError(t, err)
	rows := docTable(t, file.Doc)
	require.Len(t, rows, len(allStates))
	for i, s := range allStates {
		name := s.String()
		require.True(t, strings.HasPrefix(rows[i], name+" "), "row %d is %q, want %v", i, rows[i], s)
		cells := strings.Fields(strings.TrimPrefix(rows[i], name))
		unit, limits, elsewhere, terminal := cells[0], cells[1], cells[2], cells[3]
		require.Equal(t, unit != "none", s.Occupies(), name)
		require.Equal(t, limits == "yes", s.Counts(), name)
		require.Equal(t, terminal == "yes", s.IsTerminal(), name)
		require.Equal(t, unit, unitOf(t, s), name)
		require.Equal(t, elsewhere == "barred", barsElsewhere(t, s), name)
		for _, next := range allStates {
			require.False(t, s.IsTerminal() && next != booking.EnteredInError && s.CanBecome(next), "%v is terminal, %v follows", s, next)
		}
	}
}

// docTable is the lines of the table, its head left out.
func docTable(t *testing.T, doc *ast.CommentGroup) (rows []string) {
	var inside bool
	for line := range strings.SplitSeq(doc.Text(), "\n") {
		cells := strings.Fields(line)
		switch {
		case len(cells) > 1 && cells[0] == "state" && cells[1] == "unit":
			require.Equal(t, "state unit limits elsewhere terminal FHIR Appointment.status", strings.Join(cells, " "))
			inside = true
		case inside && len(cells) == 0:
			return rows
		case inside:
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return rows
}

// unitOf finds by query which counter of its slot an appointment in the state fills.
func unitOf(t *testing.T, s booking.State) string {
	b, id := inState(t, s)
	v, _ := b.book.Appointment(id)
	x, ok := b.book.Slot(v.Slot)
	require.True(t, ok)
	require.LessOrEqual(t, x.Taken+x.Held+x.Offered, 1)
	switch {
	case x.Taken == 1:
		return "taken"
	case x.Held == 1:
		return "held"
	case x.Offered == 1:
		return "offered"
	}
	return "none"
}

// barsElsewhere finds by asking whether the person could be in another room at the same time.
func barsElsewhere(t *testing.T, s booking.State) bool {
	b, id := inState(t, s)
	v, _ := b.book.Appointment(id)
	o := b.halfHours(wall(v.Start)[:2], "Scanner", 2, 1)
	o.Start += 15 * 60 // while the visit lasts, and not yet closed when it begins
	elsewhere := b.open("echo", o)
	reply, err := b.decide(booking.Take{Meta: b.meta(), Request: b.request("Li", elsewhere, 0)})
	require.NoError(t, err)
	if reply.Outcome == booking.Done {
		return false
	}
	require.Equal(t, booking.TwoPlaces, reply.Refusal.Reason)
	require.Equal(t, id, reply.Refusal.Appointment)
	return true
}

// Every arrow of the drawing is a path, and every path that CanBecome knows is taken by some command, the session's end, its
// closing or a lapse.
func TestPathsAreTheStateTable(t *testing.T) {
	reached := map[[2]booking.State]bool{
		{booking.Held, booking.Lapsed}:         true, // in time
		{booking.Held, booking.Cancelled}:      true, // by closing
		{booking.Booked, booking.Displaced}:    true,
		{booking.Confirmed, booking.Displaced}: true,
		{booking.CheckedIn, booking.Displaced}: true,
		{booking.Offered, booking.Displaced}:   true,
		{booking.Displaced, booking.Displaced}: true, // the second session closes too
		{booking.Displaced, booking.CheckedIn}: true, // who was here, and goes to a time of the same day
	}
	for _, from := range paths {
		for s, to := range from {
			reached[[2]booking.State{s, to}] = true
		}
	}
	for _, s := range allStates {
		for _, to := range allStates {
			require.Equal(t, reached[[2]booking.State{s, to}], s.CanBecome(to), "%v to %v", s, to)
		}
	}
	for _, s := range []booking.State{0, booking.Offered + 1} {
		require.False(t, s.IsValid() || s.Occupies() || s.Counts() || s.IsTerminal() || s.CanBecome(booking.Booked) || booking.Booked.CanBecome(s))
	}
}

// Enumerations start at 1, know what is valid and have a word for each value.
func TestWords(t *testing.T) {
	words := map[string]bool{}
	note := func(valid bool, word string) {
		require.True(t, valid, word)
		require.NotContains(t, word, "(")
		require.False(t, words[word], word)
		words[word] = true
	}
	for _, s := range allStates {
		note(s.IsValid(), s.String())
	}
	for k := booking.RulesAdopted; k <= booking.WaitlistPassed; k++ {
		note(k.IsValid(), k.String())
	}
	for r := booking.KeyReused; r <= booking.EntryOver; r++ {
		note(r.IsValid(), r.String())
	}
	for k := booking.PersonName; k <= booking.SessionName; k++ {
		note(k.IsValid(), k.String())
	}
	for o := booking.Done; o <= booking.Nothing; o++ {
		note(true, o.String())
	}
	require.Equal(t, "patient hospital", booking.ByPatient.String()+" "+booking.ByHospital.String())
	require.Equal(t, []string{"State(0)", "Kind(99)", "Reason(99)", "NameKind(0)", "Outcome(9)", "no party"}, []string{booking.State(0).String(),
		booking.Kind(99).String(), booking.Reason(99).String(), booking.NameKind(0).String(), booking.Outcome(9).String(), booking.Party(0).String()})
	require.False(t, booking.Kind(0).IsValid() || booking.Reason(0).IsValid() || booking.NameKind(0).IsValid() || booking.Party(0).IsValid())
	require.False(t, slots.Date{}.IsValid() || booking.Slot{}.IsValid())
}

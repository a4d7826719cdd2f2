package booking_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// The value sets of FHIR, written out from hl7.org/fhir (R4: 4.0.1, R5: 5.0.0): appointmentstatus, participationstatus, slotstatus and encounter-status.
var (
	fhirAppointment = []string{"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in", "waitlist"}
	fhirParticipant = []string{"accepted", "declined", "tentative", "needs-action"}
	fhirSlot        = []string{"busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error"}
	fhirEncounterR4 = []string{"", "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown"}
	fhirEncounterR5 = []string{"", "planned", "in-progress", "on-hold", "discharged", "completed", "cancelled", "discontinued", "entered-in-error", "unknown"}
)

// Every state has a row, of codes that are in the value sets; the comment's table and the package comment's last column say the same.
func TestEveryStateIsInFHIR(t *testing.T) {
	source, err := os.ReadFile("fhir.go")
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	require.NoError(t, err)
	rows := docTable(t, file.Doc)
	dash := func(code string) string {
		if code == "" {
			return "-"
		}
		return code
	}
	for i, s := range allStates {
		f := s.FHIR()
		require.Contains(t, fhirAppointment, f.Appointment, s)
		require.Contains(t, fhirParticipant, f.Participant, s)
		require.Contains(t, fhirSlot, f.Slot, s)
		require.Contains(t, fhirEncounterR4, f.EncounterR4, s)
		require.Contains(t, fhirEncounterR5, f.EncounterR5, s)
		row := fmt.Sprint(s, " ", f.Appointment, " ", f.Participant, " ", f.Slot, " ", dash(f.EncounterR4), " ", dash(f.EncounterR5))
		require.True(t, slices.ContainsFunc(strings.Split(string(source), "\n"), func(line string) bool {
			return strings.Join(strings.Fields(strings.TrimPrefix(line, "//")), " ") == row
		}), "the comment of fhir.go has no row %q", row)
		cells := strings.Fields(strings.TrimPrefix(rows[i], s.String()))
		require.Equal(t, f.Appointment, cells[4], "package comment, %v", s)
		// What fills a unit is busy, what is only kept for an answer or a payment is tentatively so, and what is given back is free.
		want := map[string]string{"none": "free", "held": "busy-tentative", "offered": "busy-tentative", "taken": "busy"}[cells[0]]
		require.Equal(t, want, f.Slot, s)
	}
	require.Zero(t, booking.State(0).FHIR())
}

// A hospital's interface engine asks for codes.
func ExampleState_FHIR() {
	for _, s := range []booking.State{booking.Held, booking.CheckedIn, booking.Fulfilled} {
		f := s.FHIR()
		fmt.Printf("%v: %s %s %q %q\n", s, f.Appointment, f.Slot, f.EncounterR4, f.EncounterR5)
	}
	// Output:
	// held: pending busy-tentative "" ""
	// checked in: checked-in busy "arrived" "planned"
	// fulfilled: fulfilled busy "finished" "completed"
}

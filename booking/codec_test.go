package booking_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// requireBatchRoundTrip: both forms of a batch lead back to the same bytes.
func requireBatchRoundTrip(t require.TestingT, b *booking.Batch) {
	data, err := b.AppendBinary(nil)
	require.NoError(t, err)
	var fromBinary, fromJSON booking.Batch
	require.NoError(t, fromBinary.UnmarshalBinary(data))
	again, _ := fromBinary.AppendBinary(nil)
	require.Equal(t, data, again)
	text, err := b.MarshalJSON()
	require.NoError(t, err)
	require.True(t, json.Valid(text))
	require.NoError(t, fromJSON.UnmarshalJSON(text))
	again, _ = fromJSON.AppendBinary(nil)
	require.Equal(t, data, again)
	textAgain, _ := fromBinary.MarshalJSON()
	require.Equal(t, string(text), string(textAgain))
	require.Equal(t, b.Len(), fromBinary.Len())
	for i := range b.Events() {
		requireSameEvent(t, b, &b.Events()[i], &fromBinary, &fromBinary.Events()[i])
	}
}

// requireSameEvent compares by accessors, which know nothing of the forms.
func requireSameEvent(t require.TestingT, b *booking.Batch, e *booking.Event, c *booking.Batch, f *booking.Event) {
	require.Equal(t, [...]any{e.Kind(), e.At(), e.Due(), e.Until(), e.Rules(), e.Appointment(), e.Person(), e.Account(), e.Booker(),
		e.Bear(), e.Session(), e.Slot(), e.Count(), e.Class(), e.Number(), e.NameKind(), e.Party(), e.IsLate(), e.IsAddOn(), e.IsMoved(),
		e.Gate(), e.Before(), e.QuotaChange(), b.Text(e)},
		[...]any{f.Kind(), f.At(), f.Due(), f.Until(), f.Rules(), f.Appointment(), f.Person(), f.Account(), f.Booker(),
			f.Bear(), f.Session(), f.Slot(), f.Count(), f.Class(), f.Number(), f.NameKind(), f.Party(), f.IsLate(), f.IsAddOn(), f.IsMoved(),
			f.Gate(), f.Before(), f.QuotaChange(), c.Text(f)})
	o, err := b.Opening(e)
	p, errAgain := c.Opening(f)
	require.Equal(t, err == nil, errAgain == nil)
	require.Equal(t, err == nil, e.Kind() == booking.SessionOpened)
	require.Equal(t, o, p)
}

// requireSnapshotRoundTrip: both forms of a snapshot restore to a Book with the same snapshots, and nothing broken.
func requireSnapshotRoundTrip(t require.TestingT, b *booking.Book) *booking.Book {
	data, text := b.Snapshot(nil), b.SnapshotJSON()
	require.True(t, json.Valid(text))
	fromBinary, err := booking.Restore(b.Rules(), data)
	require.NoError(t, err)
	fromJSON, err := booking.RestoreJSON(b.Rules(), text)
	require.NoError(t, err)
	for _, c := range []*booking.Book{fromBinary, fromJSON} {
		require.Equal(t, data, c.Snapshot(nil))
		require.Equal(t, string(text), string(c.SnapshotJSON()))
		require.Equal(t, b.Digest(), c.Digest())
		require.Equal(t, b.Check(), c.Check())
	}
	return fromBinary
}

func TestEveryKindOccursAndRoundTrips(t *testing.T) {
	d := everyKind(t, true)
	seen := map[booking.Kind]bool{}
	for b, err := range d.log.All() {
		require.NoError(t, err)
		requireBatchRoundTrip(t, b)
		for _, e := range b.Events() {
			seen[e.Kind()] = true
		}
	}
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		require.True(t, seen[k], "%v does not occur", k)
	}
	requireSnapshotRoundTrip(t, d.book)
	requireSnapshotRoundTrip(t, booking.New(mustRules(fullRules())))
}

func TestRoundTripsOfDrawnBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 40)
		for b, err := range d.log.All() {
			require.NoError(t, err)
			requireBatchRoundTrip(t, b)
		}
		for _, f := range d.book.Check() {
			require.False(t, f.Broken, "%v", f)
		}
		requireSnapshotRoundTrip(t, d.book)
		replayed, err := booking.Replay(d.book.Rules(), &d.log)
		require.NoError(t, err)
		require.Equal(t, d.book.Snapshot(nil), replayed.Snapshot(nil))
	})
}

// The golden files are the form itself: a change of any of them is a new version of the form, never an edit.
//
// PatientArrived.hex by hand: 03 version, 29 = 41 events before it, 00 no key, 01 event; 10 = the 16th kind;
// d4 ba c9 d7 06 = 0x54 + 0x3a·2^7 + 0x49·2^14 + 0x57·2^21 + 6·2^28 = 1,794,268,500 = 2026-11-09T23:55:00Z, seven bits a byte, least
// first; 01 the rules' version; 01 the appointment. TestGoldenByHand builds a batch and a snapshot without the writer.
func TestGolden(t *testing.T) {
	d := everyKind(t, false)
	seen := map[booking.Kind]bool{}
	for b, err := range d.log.All() {
		require.NoError(t, err)
		for _, e := range b.Events() {
			if !seen[e.Kind()] {
				seen[e.Kind()] = true
				data, _ := b.AppendBinary(nil)
				requireGolden(t, e.Kind().String(), data)
			}
		}
	}
	e := everyKind(t, true)
	for b, err := range e.log.All() {
		require.NoError(t, err)
		if last := b.Events()[b.Len()-1]; last.Kind() == booking.DaysRetired {
			data, _ := b.AppendBinary(nil)
			requireGolden(t, last.Kind().String(), data)
			seen[last.Kind()] = true
		}
	}
	require.Len(t, seen, int(booking.AppointmentDisplaced))
	requireGolden(t, "Snapshot", d.book.Snapshot(nil))
	requireGolden(t, "SnapshotRetired", e.book.Snapshot(nil))
	digest := d.book.Digest()
	requireGolden(t, "Digest", digest[:])
	require.Len(t, seen, int(booking.AppointmentDisplaced))
}

// requireGolden compares bytes with testdata/golden/NAME.hex: lines of 32 bytes. GOLDEN=write makes the missing ones, and
// only those.
func requireGolden(t *testing.T, name string, data []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".hex")
	want, err := os.ReadFile(path)
	if os.IsNotExist(err) && os.Getenv("GOLDEN") == "write" {
		var text strings.Builder
		for rest := data; len(rest) > 0; rest = rest[min(32, len(rest)):] {
			text.WriteString(hex.EncodeToString(rest[:min(32, len(rest))]) + "\n")
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o644))
		return
	}
	require.NoError(t, err)
	require.Equal(t, strings.Join(strings.Fields(string(want)), ""), hex.EncodeToString(data), name)
}

// A batch and a snapshot written out by hand from the field lists of walk.go and walk_book.go.
func TestGoldenByHand(t *testing.T) {
	// 2026-11-23 00:00 UTC is day 20,780 since 1970, 1,795,392,000 s. Seven bits at a time from the least; a byte that is not
	// the last has its high bit set.
	require.Equal(t, 1795392000, 0x00+0x04<<7+0x0e<<14+0x58<<21+6<<28)
	hand := []byte{
		4,    // version
		5,    // events before this batch
		0,    // no key
		1,    // one event:
		16,   // PatientArrived, 16th of the kinds
		0x80, // at
		0x84,
		0x8e,
		0xd8,
		0x06,
		1,    // rules version
		0xac, // appointment 300 = 0x2c + 2·2^7
		0x02,
	}
	var b booking.Batch
	require.NoError(t, b.UnmarshalBinary(hand))
	require.EqualValues(t, 5, b.Base())
	require.Equal(t, 1, b.Len())
	e := b.Events()[0]
	require.Equal(t, booking.PatientArrived, e.Kind())
	require.Equal(t, "2026-11-23T00:00:00Z", e.At().String())
	require.EqualValues(t, 1, e.Rules())
	require.EqualValues(t, 300, e.Appointment())
	again, _ := b.AppendBinary(nil)
	require.Equal(t, hand, again)

	// An empty Book: version 4, 32 bytes of no rules, rules version, clock, events and date 0, eight empty lists of names, two
	// of restrictions, nothing dropped and no sessions, nothing dropped and no appointments, nothing dropped and no entries of the waitlist, nobody described and nobody merged, nothing given back, key life, epoch, forgetting and keys 0.
	empty := append([]byte{4}, make([]byte, 32+4+8+2+2+2+2+2+1+4)...)
	require.Equal(t, empty, booking.New(mustRules(fullRules())).Snapshot(nil))
}

func TestUnknownVersionsAreRefused(t *testing.T) {
	d := everyKind(t, false)
	rules := d.book.Rules()
	var b booking.Batch
	for i, original := range batchesOf(t, &d.log) {
		data, _ := original.AppendBinary(nil)
		for _, version := range []byte{0, 1, 2, 3, 5, 0x7f} {
			data[0] = version
			require.ErrorContains(t, b.UnmarshalBinary(data), "version", i)
			require.Zero(t, b.Len())
		}
		text, _ := original.MarshalJSON()
		require.ErrorContains(t, b.UnmarshalJSON(bytes.Replace(text, []byte(`"version":4`), []byte(`"version":5`), 1)), "version")
	}
	data := d.book.Snapshot(nil)
	data[0] = 2
	_, err := booking.Restore(rules, data)
	require.ErrorContains(t, err, "version")
	_, err = booking.RestoreJSON(rules, bytes.Replace(d.book.SnapshotJSON(), []byte(`"version":4`), []byte(`"version":5`), 1))
	require.ErrorContains(t, err, "version")
}

func TestJSONIsStrict(t *testing.T) {
	good := `{"version":4,"base":5,"keyed":0,"events":[{"kind":"PatientArrived","at":"2026-11-23T00:00:00Z","rules":1,"appointment":3}]}`
	var b booking.Batch
	require.NoError(t, b.UnmarshalJSON([]byte(good)))
	text, _ := b.MarshalJSON()
	require.Equal(t, good, string(text))
	for _, c := range []struct{ name, old, new string }{
		{"unknown field", `"rules":1`, `"rules":1,"extra":0`},
		{"missing field", `"rules":1,`, ``},
		{"misspelt field", `"appointment"`, `"apointment"`},
		{"field of another kind", `"appointment":3`, `"appointment":3,"session":1`},
		{"fraction", `"appointment":3`, `"appointment":3.5`},
		{"negative", `"appointment":3`, `"appointment":-3`},
		{"number too great", `"appointment":3`, `"appointment":4294967296`},
		{"number as text", `"appointment":3`, `"appointment":"3"`},
		{"unknown kind", `PatientArrived`, `PatientVanished`},
		{"no kind", `PatientArrived`, ``},
		{"fraction of a second", `00:00:00Z`, `00:00:00.5Z`},
		{"before 1970", `2026-11-23T00:00:00Z`, `1969-11-23T00:00:00Z`},
		{"not a time", `2026-11-23T00:00:00Z`, `tomorrow`},
		{"events no list", `[{`, `{"a":{`},
		{"cut off", `]}`, ``},
		{"text after it", `]}`, `]} {}`},
		{"flag that is neither", `"keyed":0`, `"keyed":2`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad)
		err := b.UnmarshalJSON([]byte(bad))
		var format *booking.FormatError
		require.ErrorAs(t, err, &format, c.name)
		require.Equal(t, -1, format.Offset)
		require.Zero(t, b.Len(), c.name)
	}
}

func TestBinaryIsStrict(t *testing.T) {
	good := []byte{4, 5, 0, 1, 16, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1, 3}
	var b booking.Batch
	require.NoError(t, b.UnmarshalBinary(good))
	for name, bad := range map[string][]byte{
		"left over":           append(bytes.Clone(good), 0),
		"longer than need be": {4, 0x85, 0x00, 0, 1, 16, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1, 3},
		"flag 2":              {4, 5, 2, 1, 16, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1, 3},
		"kind 0":              {4, 5, 0, 1, 0, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1},
		"kind 48":             {4, 5, 0, 1, 48, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1},
		"list beyond input":   {4, 5, 0, 0xff, 0x7f, 16, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1, 3},
		"eleven-byte number":  {4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01},
		"year 10000":          {4, 5, 0, 1, 16, 0x80, 0x83, 0xd1, 0xff, 0xaf, 0x07, 1, 3},
		"appointment 2^32":    {4, 5, 0, 1, 16, 0x80, 0x84, 0x8e, 0xd8, 0x06, 1, 0x80, 0x80, 0x80, 0x80, 0x10},
		"nothing":             {},
	} {
		err := b.UnmarshalBinary(bad)
		var format *booking.FormatError
		require.ErrorAs(t, err, &format, name)
		require.LessOrEqual(t, format.Offset, len(bad))
		require.Zero(t, b.Len(), name)
	}
}

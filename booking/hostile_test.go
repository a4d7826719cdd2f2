package booking_test

import (
	"bytes"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Single bytes are seldom the worst that can be said. Here every number and word of the JSON forms is replaced by others of
// its kind: well formed, and mostly untrue.

var (
	jsonNumber  = regexp.MustCompile(`:\d+|[\[,]\d+`)
	jsonState   = regexp.MustCompile(`"state":"[a-z -]+"`)
	jsonInstant = regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]+"`)
	hostile     = map[*regexp.Regexp][]string{
		jsonNumber:  {"0", "1", "4", "255", "65535", "2147483648", "4294967295"},
		jsonInstant: {`""`, `"1970-01-01T00:00:01Z"`, `"2026-11-10T00:00:00Z"`, `"9999-12-31T23:59:59Z"`},
	}
)

// variants calls f with the text, each place that matches replaced by each other value in turn.
func variants(text []byte, places *regexp.Regexp, values []string, f func([]byte)) {
	for _, at := range places.FindAllIndex(text, -1) {
		from := at[0]
		if places == jsonNumber {
			from++ // the sign before it
		}
		for _, v := range values {
			f(slices.Concat(text[:from], []byte(v), text[at[1]:]))
		}
	}
}

func TestHostileSnapshots(t *testing.T) {
	d := everyKind(t, true)
	rules, text := d.book.Rules(), d.book.SnapshotJSON()
	accepted, refused := 0, 0
	try := func(text []byte) {
		b, err := booking.RestoreJSON(rules, text)
		if err != nil {
			refused++
			return
		}
		accepted++
		trySnapshot(t, rules, b.Snapshot(nil))
	}
	for places, values := range hostile {
		variants(text, places, values, try)
	}
	var states []string
	for _, s := range allStates {
		states = append(states, `"state":"`+s.String()+`"`)
	}
	variants(text, jsonState, states, try)
	require.NotZero(t, accepted)
	require.NotZero(t, refused)
}

func TestHostileBatches(t *testing.T) {
	d := everyKind(t, true)
	rules := d.book.Rules()
	book := booking.New(rules)
	applied, refused := 0, 0
	for _, b := range batchesOf(t, &d.log) {
		before := book.Snapshot(nil)
		text, err := b.MarshalJSON()
		require.NoError(t, err)
		try := func(text []byte) {
			var c booking.Batch
			if c.UnmarshalJSON(text) != nil {
				refused++
				return
			}
			requireBatchRoundTrip(t, &c)
			again, err := booking.Restore(rules, before)
			require.NoError(t, err)
			if err := again.Apply(&c); err != nil {
				require.ErrorIs(t, err, booking.ErrBatch)
				refused++
				return
			}
			applied++
			tryBook(t, again)
		}
		for places, values := range hostile {
			variants(text, places, values, try)
		}
		require.NoError(t, book.Apply(b))
	}
	require.NotZero(t, applied)
	require.NotZero(t, refused)
}

// tryLog replays bytes that may be a damaged log: it is refused, or it decodes to batches that encode to the same bytes, and
// then applying them stops with an error or leaves a Book that can be counted, listed, kept and asked.
func tryLog(t require.TestingT, rules *booking.Rules, data []byte) {
	log, err := booking.LogOf(data)
	if err != nil {
		return
	}
	require.True(t, bytes.Equal(data, log.Bytes()))
	book := booking.New(rules)
	for b, err := range log.All() {
		require.NoError(t, err)
		encoded, _ := b.AppendBinary(nil)
		require.True(t, bytes.Contains(data, encoded), "%x\nnot in %x", encoded, data)
		if err := book.Apply(b); err != nil {
			require.ErrorIs(t, err, booking.ErrBatch)
			return
		}
	}
	tryBook(t, book)
}

// tryBook asks a Book whatever it can be asked; what it says does not matter.
func tryBook(t require.TestingT, book *booking.Book) {
	book.Check()
	book.Digest()
	snapshot := book.Snapshot(nil)
	if again, err := booking.Restore(book.Rules(), snapshot); err == nil {
		require.Equal(t, snapshot, again.Snapshot(nil))
	}
	var batch booking.Batch
	at, ok := book.Wake()
	for n := 0; ok && n < 50; n++ {
		_, err := book.Decide(&batch, booking.Advance{Meta: booking.Meta{At: max(at, book.Clock())}, Jump: true})
		if err != nil || book.Apply(&batch) != nil {
			return
		}
		batch.Reset()
		at, ok = book.Wake()
	}
	bear, _ := booking.NewBearing(1)
	for id := range booking.Appointment(20) {
		book.Appointment(id)
		_, _ = book.Decide(&batch, booking.Cancel{Meta: booking.Meta{At: book.Clock()}, Appointment: id, By: booking.ByPatient})
		_, _ = book.Decide(&batch, booking.Take{Meta: booking.Meta{At: book.Clock()}, Request: booking.Request{Person: 1, Bear: bear, Resource: 1}})
		batch.Reset()
	}
}

func TestEveryTruncationOfALog(t *testing.T) {
	d := everyKind(t, true)
	data := d.log.Bytes()
	frames := 0
	for n := range data {
		if _, err := booking.LogOf(data[:n]); err == nil {
			frames++ // the log ends where a batch does
		}
		tryLog(t, d.book.Rules(), data[:n])
	}
	require.Equal(t, len(batchesOf(t, &d.log)), frames)
}

func TestEveryCorruptionOfALog(t *testing.T) {
	d := everyKind(t, true)
	data := bytes.Clone(d.log.Bytes())
	for i := range data {
		was := data[i]
		for _, now := range []byte{was + 1, was - 1, was ^ 0x80, 0} {
			if now != was {
				data[i] = now
				tryLog(t, d.book.Rules(), data)
			}
		}
		data[i] = was
	}
}

func TestEveryTruncationAndCorruptionOfASnapshot(t *testing.T) {
	d := everyKind(t, true)
	data := d.book.Snapshot(nil)
	rules := d.book.Rules()
	for n := range data {
		_, err := booking.Restore(rules, data[:n])
		require.Error(t, err, n)
	}
	for i := range data {
		was := data[i]
		for _, now := range []byte{was + 1, was - 1, was ^ 0x80, 0} {
			if now == was {
				continue
			}
			data[i] = now
			trySnapshot(t, rules, data)
		}
		data[i] = was
	}
}

func TestASnapshotHasOneForm(t *testing.T) {
	rules := mustRules(fullRules())
	text := string(booking.New(rules).SnapshotJSON())
	require.Contains(t, text, `"keyEpoch":""`)
	_, err := booking.RestoreJSON(rules, []byte(strings.Replace(text, `"keyEpoch":""`, `"keyEpoch":"2026-11-23T00:00:00Z"`, 1)))
	require.ErrorContains(t, err, "without keys")
}

// trySnapshot: bytes are refused, or restore to a Book whose snapshot they are, and which is sound.
func trySnapshot(t require.TestingT, rules *booking.Rules, data []byte) {
	b, err := booking.Restore(rules, data)
	if err != nil {
		return
	}
	require.Equal(t, data, b.Snapshot(nil))
	for _, f := range b.Check() {
		require.False(t, f.Broken, "%v", f)
	}
	tryBook(t, b)
}

// Hostile input costs memory in proportion to its length, whatever lengths it claims.
func TestDecodersAllocateInProportion(t *testing.T) {
	rules := mustRules(fullRules())
	const size = 1 << 16
	long := func(prefix ...byte) []byte { return append(prefix, bytes.Repeat([]byte{1}, size)...) }
	names := append([]byte{2}, make([]byte, 32+4)...)
	var batch booking.Batch
	for name, decode := range map[string]func(){
		"events":  func() { _ = batch.UnmarshalBinary(long(2, 0, 0, 0xff, 0xff, 0x03)) },
		"opening": func() { _ = batch.UnmarshalBinary(long(2, 0, 0, 1, 3, 1, 1, 1, 1, 1)) },
		"names":   func() { _, _ = booking.Restore(rules, long(append(names, 0x80, 0xff, 0x03)...)) },
		"sessions": func() {
			_, _ = booking.Restore(rules, long(append(append(names, make([]byte, 11)...), 0x80, 0xff, 0x03)...))
		},
		"log":         func() { _, _ = booking.LogOf(long(0xff, 0xff, 0x03)) },
		"nested JSON": func() { _ = batch.UnmarshalJSON(bytes.Repeat([]byte("["), size)) },
		"flat JSON":   func() { _ = batch.UnmarshalJSON([]byte("[" + strings.Repeat("0,", size/2) + "0]")) },
		"JSON events": func() {
			_ = batch.UnmarshalJSON([]byte(`{"version":4,"base":0,"keyed":0,"events":[` + strings.Repeat("0,", size/2) + "0]}"))
		},
	} {
		batch = booking.Batch{}
		require.Less(t, bytesAllocated(decode), uint64(300*size), name)
	}
}

func bytesAllocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

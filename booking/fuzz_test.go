package booking_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// FuzzBatchBinary: bytes are refused, or are exactly what the batch they decode to encodes to. Applying it to a Book that
// has lived does no harm.
func FuzzBatchBinary(f *testing.F) {
	d := everyKind(f, true)
	rules, snapshot := d.book.Rules(), everyKind(f, false).book.Snapshot(nil)
	for _, b := range batchesOf(f, &d.log) {
		data, _ := b.AppendBinary(nil)
		f.Add(data)
	}
	f.Add([]byte{2, 0xc0, 0, 1, 29, 1, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var b booking.Batch
		if err := b.UnmarshalBinary(data); err != nil {
			var format *booking.FormatError
			require.ErrorAs(t, err, &format)
			return
		}
		again, _ := b.AppendBinary(nil)
		require.True(t, bytes.Equal(data, again), "%x, now %x", data, again)
		text, _ := b.MarshalJSON()
		require.NotEmpty(t, text)
		book, err := booking.Restore(rules, snapshot)
		require.NoError(t, err)
		if book.Apply(&b) == nil {
			tryBook(t, book)
		}
	})
}

// FuzzBatchJSON: text is refused, or decodes to a batch whose own text decodes to the same.
func FuzzBatchJSON(f *testing.F) {
	d := everyKind(f, true)
	for _, b := range batchesOf(f, &d.log) {
		text, _ := b.MarshalJSON()
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var b, c booking.Batch
		if b.UnmarshalJSON(text) != nil {
			require.Zero(t, b.Len())
			return
		}
		again, _ := b.MarshalJSON()
		require.NoError(t, c.UnmarshalJSON(again))
		once, _ := b.AppendBinary(nil)
		twice, _ := c.AppendBinary(nil)
		require.True(t, bytes.Equal(once, twice))
		var e booking.Batch
		require.NoError(t, e.UnmarshalBinary(once))
	})
}

// FuzzSnapshot: bytes are refused, or restore to a sound Book whose snapshot they are.
func FuzzSnapshot(f *testing.F) {
	for _, retire := range []bool{false, true} {
		d := everyKind(f, retire)
		f.Add(d.book.Snapshot(nil))
	}
	rules := mustRules(fullRules())
	f.Add(booking.New(rules).Snapshot(nil))
	f.Add(deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1)).Pool().Snapshot(nil))
	f.Fuzz(func(t *testing.T, data []byte) { trySnapshot(t, rules, data) })
}

// FuzzLog: see tryLog.
func FuzzLog(f *testing.F) {
	d := everyKind(f, true)
	f.Add(d.log.Bytes())
	_, short := loggedMorning()
	f.Add(short.Bytes())
	rules := d.book.Rules()
	f.Fuzz(func(t *testing.T, data []byte) { tryLog(t, rules, data) })
}

package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

func TestLogKeepsBatchesInOrder(t *testing.T) {
	d := everyKind(t, true)
	all := batchesOf(t, &d.log)
	var log booking.Log
	require.Zero(t, log.Events())
	require.Empty(t, log.Bytes())
	require.ErrorIs(t, log.Append(all[1]), booking.ErrBatch)
	require.NoError(t, log.Append(&booking.Batch{})) // nothing to keep
	require.Zero(t, log.Events())
	digests := map[[32]byte]bool{log.Digest(): true}
	for i, b := range all {
		require.NoError(t, log.Append(b))
		require.ErrorIs(t, log.Append(b), booking.ErrBatch)
		require.EqualValues(t, b.Base()+uint64(b.Len()), log.Events())
		require.False(t, digests[log.Digest()])
		digests[log.Digest()] = true
		again, err := booking.LogOf(log.Bytes())
		require.NoError(t, err)
		require.Equal(t, log.Digest(), again.Digest())
		require.Equal(t, log.Events(), again.Events())
		require.Len(t, batchesOf(t, again), i+1)
	}
	require.Equal(t, d.log.Bytes(), log.Bytes())

	// LogOf copies: what happens to the bytes later does not reach it, and it can go on.
	data := append([]byte(nil), log.Bytes()...)
	again, err := booking.LogOf(data)
	require.NoError(t, err)
	clear(data)
	require.Equal(t, log.Digest(), again.Digest())
}

func TestLogStopsWhereItIsToldTo(t *testing.T) {
	d := everyKind(t, false)
	n := 0
	for range d.log.All() {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func TestLogOfRefusesWhatIsNone(t *testing.T) {
	d := everyKind(t, false)
	data := d.log.Bytes()
	for name, bad := range map[string][]byte{
		"cut off":       data[:len(data)-1],
		"first missing": data[1+int(data[0]):],
		"garbage":       {5, 1, 2, 3},
		"twice":         append(append([]byte(nil), data...), data...),
	} {
		_, err := booking.LogOf(bad)
		require.Error(t, err, name)
	}
}

// A batch fits one place in one log: applied again, too early, or to another Book it is refused, and nothing is changed.
func TestApplyRefusesBatchesOutOfPlace(t *testing.T) {
	d := everyKind(t, false)
	all := batchesOf(t, &d.log)
	book := booking.New(d.book.Rules())
	for i, b := range all {
		if i+1 < len(all) {
			require.ErrorIs(t, book.Apply(all[i+1]), booking.ErrBatch)
		}
		require.NoError(t, book.Apply(b))
		before := book.Snapshot(nil)
		require.ErrorIs(t, book.Apply(b), booking.ErrBatch)
		require.NoError(t, book.Apply(&booking.Batch{}))
		require.Equal(t, before, book.Snapshot(nil))
	}
	require.Equal(t, d.book.Snapshot(nil), book.Snapshot(nil))
	_, err := booking.Replay(d.book.Rules(), &booking.Log{})
	require.NoError(t, err)
}

// The accessors that a kind of event does not record give zero values.
func TestEventsGiveZeroWhereTheyRecordNothing(t *testing.T) {
	d := everyKind(t, true)
	for b := range d.log.All() {
		for _, e := range b.Events() {
			k := e.Kind()
			made := k == booking.AppointmentHeld || k == booking.AppointmentBooked || k == booking.AppointmentOffered
			run := made || k == booking.AppointmentRescheduled || k == booking.AppointmentDisplaced || k == booking.OfferMade ||
				k == booking.AppointmentTransferred || k == booking.PatientReturned || k == booking.UnitRested || k == booking.UnitReturned
			require.Equal(t, k == booking.Introduced, e.NameKind() != 0, "%v", k)
			require.Equal(t, k == booking.Introduced || k == booking.RulesAdopted, b.Text(&e) != "", "%v", k)
			require.Equal(t, k == booking.AppointmentCancelled, e.Party() != 0, "%v", k)
			require.Equal(t, k == booking.EntryEnded, e.EntryState() != 0, "%v", k)
			require.Equal(t, k >= booking.EntryJoined && k <= booking.EntryEnded, e.Entry() != 0, "%v", k)
			_, err := b.Joined(&e)
			require.Equal(t, k == booking.EntryJoined, err == nil, "%v", k)
			require.Equal(t, k == booking.AppointmentDisplaced || k == booking.PatientReturned, e.Former() != 0, "%v", k)
			require.Equal(t, k == booking.DaysRetired, e.Before().IsValid(), "%v", k)
			require.Equal(t, k == booking.QuotaChanged, e.QuotaChange() != booking.Quota{}, "%v", k)
			require.Equal(t, made || k == booking.EntryJoined || k == booking.PatientReturned, e.Bear() != booking.Bearing{}, "%v", k)
			if !run {
				require.Zero(t, e.Count(), "%v", k)
				require.Equal(t, k == booking.Granted, e.Slot().IsValid(), "%v", k)
			}
			require.Positive(t, e.Rules())
			require.NotZero(t, e.At())
		}
	}
}

func TestBatchResetIsEmpty(t *testing.T) {
	b := newStage(t, plainRules())
	var batch booking.Batch
	c := booking.Introduce{Meta: booking.Meta{At: b.now, Key: booking.Key{1}, Made: b.now}, Kind: booking.PersonName, Name: "Li"}
	_, err := b.book.Decide(&batch, c)
	require.NoError(t, err)
	require.EqualValues(t, 1, batch.Base())
	used, _ := batch.AppendBinary(nil)
	batch.Reset()
	empty, _ := batch.AppendBinary(nil)
	zero, _ := (&booking.Batch{}).AppendBinary(nil)
	require.Equal(t, zero, empty)
	_, err = b.book.Decide(&batch, c)
	require.NoError(t, err)
	again, _ := batch.AppendBinary(nil)
	require.Equal(t, used, again)
}

// Introduce twice in one batch is once, and a refused command after it takes nothing of it away.
func TestSeveralDecidesIntoOneBatch(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
	var batch booking.Batch
	introduce := booking.Introduce{Meta: b.meta(), Kind: booking.PersonName, Name: "Li"}
	reply, err := b.book.Decide(&batch, introduce)
	require.NoError(t, err)
	require.Equal(t, booking.Done, reply.Outcome)
	reply, err = b.book.Decide(&batch, introduce)
	require.NoError(t, err)
	require.Equal(t, booking.Nothing, reply.Outcome)
	app, err := booking.NewBearing(1)
	require.NoError(t, err)
	take := booking.Take{Meta: b.meta(), Request: booking.Request{Person: 1, Bear: app, Slot: booking.Slot{Session: s}}}
	_, err = b.book.Decide(&batch, take)
	require.ErrorContains(t, err, "class 1 not introduced")
	require.Equal(t, 1, batch.Len())
	_, err = b.book.Decide(&batch, booking.Introduce{Meta: b.meta(), Kind: booking.ClassName, Name: "app"})
	require.NoError(t, err)
	reply, err = b.book.Decide(&batch, take)
	require.NoError(t, err)
	require.Equal(t, booking.Done, reply.Outcome)
	require.Equal(t, 3, batch.Len())
	require.NoError(t, b.log.Append(&batch))
	require.NoError(t, b.book.Apply(&batch))
	require.Equal(t, "Li", b.book.Name(booking.PersonName, 1))
	requireBatchRoundTrip(t, &batch)
}

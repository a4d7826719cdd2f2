package booking

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Replay reads ahead, and yet says what it met first: a batch that does not follow comes before damage behind it.
func TestReplaySaysWhatItMetFirst(t *testing.T) {
	var log Log
	b, _ := visitBook(t)
	var batch Batch
	for i := range 3 * aheadN {
		_, err := b.Decide(&batch, Introduce{visitMeta, AccountName, string(rune('一' + i))})
		require.NoError(t, err)
		batch.base = log.events
		require.NoError(t, log.Append(&batch))
		batch.Reset()
	}
	whole := len(log.b)
	damaged := Log{b: append(append([]byte(nil), log.b...), 3, 1, 2, 3), events: log.events}
	_, err := Replay(b.rules, &damaged)
	require.ErrorIs(t, err, ErrBatch) // every name here has the same handle
	_, err = Replay(b.rules, &Log{b: damaged.b[whole:]})
	var format *FormatError
	require.ErrorAs(t, err, &format)
	require.Zero(t, format.Offset)
}

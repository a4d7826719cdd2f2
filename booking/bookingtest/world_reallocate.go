package bookingtest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// drawReallocation draws rules of reallocation, mostly ones that let much move.
func drawReallocation(t *rapid.T) (r booking.Reallocation) {
	if between(t, 0, 3, "reserves move") == 0 {
		return r
	}
	r.MaxMovePercent = int32(pick(t, []int{100, 100, 50, 1}, "most of a reserve"))
	r.KeepUnits = int32(pick(t, []int{0, 0, 0, 1}, "kept"))
	r.KeepPercent = int32(pick(t, []int{0, 0, 34}, "kept of each"))
	r.MinElapsedSeconds = pick(t, []int64{0, 0, 3600}, "at least so long out")
	r.Never = pick(t, [][]string{nil, nil, {"class4"}, {"class3", "class4"}}, "never moved")
	return r
}

// drawRounds draws when a session's reserves move and, now and then, makes its quotas a partition.
func drawRounds(t *rapid.T, o *booking.Opening, now sl.Instant) {
	if len(o.Quotas) < 2 || between(t, 0, 2, "rounds") == 0 {
		return
	}
	span := max(o.Start-now, 8)
	at := now
	for range between(t, 1, 4, "how many rounds") {
		at += max(1, span/sl.Instant(pick(t, []int{16, 8, 4, 2}, "next round")))
		o.Reallocate = append(o.Reallocate, at)
	}
	if between(t, 0, 1, "partition") == 0 {
		o.Quotas = slices.Clone(o.Quotas)
		for i := range o.Quotas {
			q := &o.Quotas[i]
			q.Capped, q.Cap = true, q.Reserve
		}
	}
}

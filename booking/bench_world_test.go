package booking_test

import (
	"fmt"
	"math"
	"sort"
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The benchmark's world: physicians × days × 2 sessions × 12 slots of 15 minutes, capacity 1 to 3, six channels with a
// reserve and a cap each in every session, everything released. Requests: 40 % a named slot, 45 % the next available of a
// physician on or after a date, 15 % cancellations of an earlier request, and 1 % of all are retries under the same key.
// Physicians are drawn by Zipf with exponent 0.8, patients evenly from half as many as there are requests.

const (
	benchDays     = 15
	benchSlots    = 12
	benchChannels = 6
)

var benchStart = slots.MustInstant("2026-11-23T08:00:00+08:00")

// benchRequest is 64 bytes: the stride of the requests is part of every figure, the bound's included.
type benchRequest struct {
	key      booking.Key
	from     slots.Instant
	at       slots.Instant
	op       benchOp
	channel  uint8
	slot     uint16
	session  uint32
	resource uint32
	person   uint32
	target   uint32 // request whose appointment is cancelled, or that is repeated
	_        [12]byte
}

type benchOp uint8

const (
	opNamed benchOp = iota
	opNext
	opCancel
	opRetry
)

// benchRand is splitmix64 (Steele, Lea & Flood 2014).
type benchRand uint64

func (r *benchRand) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (r *benchRand) below(n int) int { return int(r.next() % uint64(n)) }

func benchCapacity(session, slot int) int { return 1 + (session*31+slot*7)%3 }

// benchQuota is channel c's line in a session of the given capacity: a twelfth reserved, a third at most for each.
func benchQuota(c, units int) (reserve, limit int) {
	if c >= 3 {
		return 0, units
	}
	return units / 12, units/3 + 1
}

func sessionStart(physician, day, half int) slots.Instant {
	return benchStart + slots.Instant(day)*86400 + slots.Instant(half)*6*3600
}

// benchRequests draws n requests for a world of the given number of physicians.
func benchRequests(n, physicians int, seed uint64) []benchRequest {
	r := benchRand(seed)
	cumulative := make([]float64, physicians)
	sum := 0.0
	for i := range cumulative {
		sum += 1 / math.Pow(float64(i+1), 0.8)
		cumulative[i] = sum
	}
	requests := make([]benchRequest, n)
	for i := range requests {
		q := &requests[i]
		q.at = benchStart - 86400 + slots.Instant(i/100)
		q.channel = uint8(r.below(benchChannels))
		q.person = uint32(1 + r.below(max(n/2, 1)))
		p := sort.SearchFloat64s(cumulative, float64(r.next()>>11)/(1<<53)*sum)
		day, half := r.below(benchDays), r.below(2)
		q.resource = uint32(p + 1)
		q.session = uint32(p*benchDays*2 + day*2 + half + 1)
		q.slot = uint16(r.below(benchSlots))
		q.from = benchStart + slots.Instant(day)*86400
		for j := 0; j < 16; j += 8 {
			v := r.next()
			for k := range 8 {
				q.key[j+k] = byte(v >> (8 * k))
			}
		}
		switch x := r.below(10000); {
		case i > 1000 && x < 100:
			q.op = opRetry
			q.target = uint32(i - 1 - r.below(1000))
		case i > 1000 && x < 1600:
			q.op = opCancel
			q.target = uint32(r.below(i))
		case x < 5500:
			q.op = opNamed
		default:
			q.op = opNext
		}
	}
	return requests
}

func benchRules(tb testing.TB) *booking.Rules {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400,
		LateCancel: booking.LateRecorded,
		Limits:     []booking.Limit{{Name: "one active booking per session", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.OpenVisits, Max: 1}},
		Policies:   []booking.Policy{booking.Earliest{}}})
	if err != nil {
		tb.Fatal(err)
	}
	return rules
}

// benchWorld is a Book with every session open and every name known, and the log that made it.
func benchWorld(tb testing.TB, physicians, persons int) (*booking.Book, *booking.Log) {
	b := booking.New(benchRules(tb))
	log := &booking.Log{}
	var batch booking.Batch
	do := func(c booking.Command) {
		r, err := b.Decide(&batch, c)
		if err != nil || r.Outcome != booking.Done {
			tb.Fatalf("%T: %v %v", c, r, err)
		}
		if err := log.Append(&batch); err != nil {
			tb.Fatal(err)
		}
		if err := b.Apply(&batch); err != nil {
			tb.Fatal(err)
		}
		batch.Reset()
	}
	m := booking.Meta{At: benchStart - 2*86400}
	do(booking.Adopt{Meta: m})
	for c := range benchChannels {
		do(booking.Introduce{Meta: m, Kind: booking.ClassName, Name: fmt.Sprintf("channel %d", c)})
	}
	for d := range 40 {
		do(booking.Introduce{Meta: m, Kind: booking.DepartmentName, Name: fmt.Sprintf("department %d", d)})
	}
	for p := range physicians {
		do(booking.Introduce{Meta: m, Kind: booking.ResourceName, Name: physicianName(p)})
	}
	for p := range persons {
		do(booking.Introduce{Meta: m, Kind: booking.PersonName, Name: personName(uint32(p + 1))})
	}
	for p := range physicians {
		for day := range benchDays {
			for half := range 2 {
				do(benchOpen(m, p, day, half))
			}
		}
	}
	return b, log
}

func physicianName(p int) string { return fmt.Sprintf("physician %05d", p+1) }
func personName(p uint32) string { return fmt.Sprintf("person %08d", p) }

func benchOpen(m booking.Meta, p, day, half int) booking.Open {
	n := p*benchDays*2 + day*2 + half
	start := sessionStart(p, day, half)
	o := booking.Opening{Date: slots.DateFromNumber(739943 + int32(day)), Start: start, Kind: slots.Specialist, Grade: slots.Chief,
		Department: booking.Department(p%40 + 1), Resources: []booking.Resource{booking.Resource(p + 1)},
		CancelBy: start - 3600, End: start + 4*3600}
	units := 0
	for i := range benchSlots {
		c := benchCapacity(n, i)
		units += c
		o.Slots = append(o.Slots, booking.SlotSpec{OffsetMinutes: uint16(15 * i), Minutes: 15, Capacity: uint16(c)})
	}
	for c := range benchChannels {
		reserve, limit := benchQuota(c, units)
		o.Quotas = append(o.Quotas, booking.Quota{Class: booking.Class(c + 1), Reserve: uint16(reserve), Cap: uint16(limit), Capped: true})
	}
	return booking.Open{Meta: m, Name: sessionName(n), Opening: o}
}

func sessionName(n int) string { return fmt.Sprintf("s%07d", n+1) }

// benchBearings are the bearings of the six channels.
func benchBearings(tb testing.TB) (bear [benchChannels]booking.Bearing) {
	for c := range bear {
		var err error
		if bear[c], err = booking.NewBearing(booking.Class(c + 1)); err != nil {
			tb.Fatal(err)
		}
	}
	return bear
}

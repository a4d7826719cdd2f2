package booking_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func TestDescribe(t *testing.T) {
	b := newStage(t, plainRules())
	li := b.person("Li")
	view := func() booking.PersonView {
		v, ok := b.book.Person(li)
		require.True(t, ok)
		return v
	}
	require.Equal(t, booking.PersonView{Person: li}, view())
	before := b.book.Snapshot(nil)
	c := booking.Describe{Meta: b.meta(), Person: li, Born: slots.MustDate("1980-02-29"), Sex: booking.Female}
	require.Equal(t, "done", b.outcome(c))
	require.Equal(t, booking.PersonView{Person: li, Born: c.Born, Sex: c.Sex}, view())
	require.Equal(t, "nothing", b.outcome(c))
	described := b.book.Digest()
	c.Born = slots.Date{}
	require.Equal(t, "done", b.outcome(c))
	require.Equal(t, booking.PersonView{Person: li, Sex: booking.Female}, view())
	require.NotEqual(t, described, b.book.Digest())
	c.Sex = 0
	require.Equal(t, "done", b.outcome(c), "what was known is taken back")
	require.Equal(t, "nothing", b.outcome(c))
	restored := requireSnapshotRoundTrip(t, b.book)
	require.Len(t, restored.Snapshot(nil), len(before))
	_, ok := b.book.Person(li + 1)
	require.False(t, ok)

	for want, c := range map[string]booking.Describe{
		"Person 9: not introduced":      {Person: 9},
		"Person 0: not introduced":      {},
		"Sex Sex(4): want Female":       {Person: li, Sex: 4},
		"Born: born 2026-11-03: after":  {Person: li, Born: slots.MustDate("2026-11-03")},
		"Born: born 1876-11-02: 150 ye": {Person: li, Born: slots.MustDate("1876-11-02")},
	} {
		c.Meta = b.meta()
		_, err := b.do(c)
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, "done", b.outcome(booking.Describe{Meta: b.meta(), Person: li, Born: slots.MustDate("2026-11-02")}), "today, somewhere")
}

func TestMergeIsRefusedOrNothing(t *testing.T) {
	b := newStage(t, plainRules())
	li, zhao, sun := b.person("Li"), b.person("Zhao"), b.person("Sun")
	for want, c := range map[string]booking.Merge{"Into 9: not introduced": {Into: 9, From: li}, "From 0: not introduced": {Into: li}, "From 1: the same as Into": {Into: li, From: li}} {
		c.Meta = b.meta()
		_, err := b.do(c)
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, want)
	}
	merge := func(into, from booking.Person) string {
		return b.outcome(booking.Merge{Meta: b.meta(), Into: into, From: from})
	}
	require.Equal(t, "done", merge(zhao, li))
	require.Equal(t, "nothing", merge(zhao, li))
	require.Equal(t, "nothing", merge(li, zhao), "they are one already")
	require.Equal(t, "done", merge(sun, li), "whoever Li is, is Sun")
	for _, p := range []booking.Person{li, zhao, sun} {
		v, _ := b.book.Person(p)
		require.Equal(t, sun, v.Person)
	}
	require.EqualValues(t, li, b.book.Find(booking.PersonName, "Li"))
	requireSnapshotRoundTrip(t, b.book)
}

// A retry is the same command, whatever its persons have come to mean since; and what was cancelled before is told as the other's.
func TestMergeKeepsKeysAndWhatIsOver(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
	q := b.request("Li", s, 0)
	c := booking.Take{Meta: booking.Meta{At: b.now, Key: booking.Key{1}, Made: b.now}, Request: q}
	id := b.done(c).Appointment
	b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
	zhao := b.person("Zhao")
	b.done(booking.Merge{Meta: b.meta(), Into: zhao, From: q.Person})
	require.True(t, b.done(c).Repeat)
	other := c
	other.Person = zhao
	b.refused(booking.KeyReused, other)
	v, _ := b.book.Appointment(id)
	require.Equal(t, zhao, v.Person)
	q.Booker, q.Slot.N = q.Person, 1
	made := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
	v, _ = b.book.Appointment(made)
	require.Equal(t, [2]booking.Person{zhao, zhao}, [2]booking.Person{v.Person, v.Booker})
	require.Equal(t, []booking.Appointment{made}, b.book.AppointmentsOf(nil, q.Person))
	requireSnapshotRoundTrip(t, b.book)
}

// Of two restrictions the later end stands; lifting by either name lifts it.
func TestMergeKeepsTheLaterRestriction(t *testing.T) {
	for _, ends := range [][2]slots.Instant{{600, 1200}, {1200, 600}, {0, 600}, {600, 0}} {
		b := newStage(t, plainRules())
		li, zhao := b.person("Li"), b.person("Zhao")
		for i, p := range []booking.Person{li, zhao} {
			if ends[i] > 0 {
				b.done(booking.Restrict{Meta: b.meta(), Person: p, Until: b.now + ends[i]})
			}
		}
		b.done(booking.Merge{Meta: b.meta(), Into: li, From: zhao})
		for _, p := range []booking.Person{li, zhao} {
			require.Equal(t, b.now+max(ends[0], ends[1]), b.book.RestrictedUntil(p))
		}
		requireSnapshotRoundTrip(t, b.book)
		b.done(booking.Restrict{Meta: b.meta(), Person: zhao})
		require.Zero(t, b.book.RestrictedUntil(li))
	}
}

// What is known of Into stands; what is not is filled from From.
func TestMergeFillsWhatIsNotKnown(t *testing.T) {
	b := newStage(t, plainRules())
	li, zhao := b.person("Li"), b.person("Zhao")
	b.done(booking.Describe{Meta: b.meta(), Person: li, Sex: booking.Female})
	b.done(booking.Describe{Meta: b.meta(), Person: zhao, Sex: booking.Male, Born: slots.MustDate("1980-02-29")})
	b.done(booking.Merge{Meta: b.meta(), Into: li, From: zhao})
	for _, p := range []booking.Person{li, zhao} {
		v, _ := b.book.Person(p)
		require.Equal(t, booking.PersonView{Person: li, Sex: booking.Female, Born: slots.MustDate("1980-02-29")}, v)
	}
	b.done(booking.Describe{Meta: b.meta(), Person: zhao, Sex: booking.Male})
	v, _ := b.book.Person(li)
	require.Equal(t, booking.PersonView{Person: li, Sex: booking.Male}, v)
	require.Empty(t, b.book.Check())
}

// The law of merging: a Book whose log has two persons merged at its end judges, lists and means the same as one whose log had the one
// everywhere. The other log is made from the JSON of the first, by writing one handle for the other; what nobody could have decided so
// (two places, limits) is applied all the same.
func TestMergedIsAsIfTheLogHadOnePerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 24)
		d.advance(d.now)
		into, from := booking.Person(1), booking.Person(2+pick(t, "from", len(drawnPersons)-1))
		if d.book.RestrictedUntil(into) != 0 || d.book.RestrictedUntil(from) != 0 {
			t.Skip("of two restrictions in one log the last stands, of two that are merged the later end")
		}
		other := booking.New(d.book.Rules())
		for _, batch := range batchesOf(t, &d.log) {
			require.NoError(t, other.Apply(renamed(t, batch, from, into)))
		}
		merged, err := booking.Replay(d.book.Rules(), &d.log)
		require.NoError(t, err)
		var batch booking.Batch
		_, err = merged.Decide(&batch, booking.Merge{Meta: d.meta(), Into: into, From: from})
		require.NoError(t, err)
		require.NoError(t, merged.Apply(&batch))
		require.Equal(t, other.Digest(), merged.Digest())
		require.Equal(t, other.AppointmentsOf(nil, into), merged.AppointmentsOf(nil, from))
		require.Equal(t, other.Check(), merged.Check())
		for range 6 {
			q := d.request(drawnPersons[into-1], booking.Session(1+pick(t, "session", 2)), pick(t, "slot", 4))
			if pick(t, "elderly", 2) == 0 {
				q.Bear = d.bear("app", "elderly")
			}
			theirs := q
			theirs.Person = from
			at := d.now + slots.Instant(pick(t, "later", 600))
			if due, ok := merged.Wake(); ok && due <= at {
				at = merged.Clock()
			}
			want, wantErr := other.Reasons(nil, &booking.Batch{}, q, at)
			got, err := merged.Reasons(nil, &booking.Batch{}, theirs, at)
			require.Equal(t, wantErr, err)
			require.Equal(t, want, got)
			q.Slot, q.Department = booking.Slot{}, 1
			theirs.Slot, theirs.Department = booking.Slot{}, 1
			listed, _ := other.Candidates(nil, &booking.Batch{}, q, at, 99)
			theirList, _ := merged.Candidates(nil, &booking.Batch{}, theirs, at, 99)
			require.Equal(t, listed, theirList)
		}
	})
}

// renamed is a batch with one person's handle written for another's.
func renamed(t require.TestingT, b *booking.Batch, from, into booking.Person) *booking.Batch {
	text, err := b.MarshalJSON()
	require.NoError(t, err)
	var form struct {
		Version     json.RawMessage              `json:"version"`
		Base        json.RawMessage              `json:"base"`
		Keyed       json.RawMessage              `json:"keyed"`
		Key         json.RawMessage              `json:"key,omitempty"`
		Caller      json.RawMessage              `json:"caller,omitempty"`
		Fingerprint json.RawMessage              `json:"fingerprint,omitempty"`
		Appointment json.RawMessage              `json:"appointment,omitempty"`
		Count       json.RawMessage              `json:"count,omitempty"`
		Events      []map[string]json.RawMessage `json:"events"`
	}
	require.NoError(t, json.Unmarshal(text, &form))
	handle := func(p booking.Person) string { x, _ := json.Marshal(p); return string(x) }
	for _, e := range form.Events {
		for _, field := range []string{"person", "booker"} {
			if string(e[field]) == handle(from) {
				e[field] = json.RawMessage(handle(into))
			}
		}
	}
	text, err = json.Marshal(form)
	require.NoError(t, err)
	var c booking.Batch
	require.NoError(t, c.UnmarshalJSON(text))
	return &c
}

// A damaged log or snapshot cannot give anything to who was merged into another.
func TestNothingIsLeftWithWhoWasMerged(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
	b.take("Li", s, 0)
	b.take("Zhao", s, 1)
	b.done(booking.Describe{Meta: b.meta(), Person: 2, Sex: booking.Female})
	b.done(booking.Merge{Meta: b.meta(), Into: 1, From: 2})
	for _, c := range []booking.Command{booking.Take{Meta: b.meta(), Request: b.request("Li", s, 2)},
		booking.Describe{Meta: b.meta(), Person: 1, Sex: booking.Male}, booking.Restrict{Meta: b.meta(), Person: 1, Until: b.now + 60}} {
		var batch booking.Batch
		reply, err := b.book.Decide(&batch, c)
		require.NoError(t, err)
		require.Equal(t, booking.Done, reply.Outcome)
		require.ErrorIs(t, b.book.Apply(renamed(t, &batch, 1, 2)), booking.ErrBatch, "%T", c)
	}
}

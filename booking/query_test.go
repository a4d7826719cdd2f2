package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// What is listed can be booked, what is not listed is refused, and Reasons is empty for the one and not for the other.
func TestListedIsBookable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 30)
		q := d.request(rapid.SampledFrom(drawnPersons).Draw(t, "person"), 1, 0)
		q.Count = uint16(rapid.IntRange(0, 2).Draw(t, "count"))
		q.Slot, q.Resource = booking.Slot{}, 1
		var batch booking.Batch
		before := d.book.Snapshot(nil)
		list, err := d.book.Candidates(nil, &batch, q, d.now, 100)
		require.NoError(t, err)
		require.Zero(t, batch.Len())
		listed := map[booking.Slot]bool{}
		for i, c := range list {
			listed[c.Slot] = true
			if i > 0 {
				require.LessOrEqual(t, list[i-1].Start, c.Start)
			}
		}
		short, err := d.book.Candidates(nil, &batch, q, d.now, 1)
		require.NoError(t, err)
		require.Equal(t, list[:min(1, len(list))], short)
		for id := booking.Session(1); id <= 2; id++ {
			s, _ := d.book.Session(id)
			for n := range s.Slots {
				named := q
				named.Slot = booking.Slot{Session: id, N: uint16(n)}
				reply, err := d.decide(booking.Take{Meta: d.meta(), Request: named})
				require.NoError(t, err)
				why, err := d.book.Reasons(nil, &batch, named, d.now)
				require.NoError(t, err)
				one, err := d.book.Candidates(nil, &batch, named, d.now, 5)
				require.NoError(t, err)
				granted := reply.Outcome == booking.Done
				require.Equal(t, listed[named.Slot], granted, "%v: %v", named.Slot, &reply.Refusal)
				require.Equal(t, granted, len(why) == 0)
				require.Len(t, one, map[bool]int{true: 1}[granted])
				if !granted {
					require.Equal(t, reply.Refusal, why[0])
				}
			}
		}
		require.Equal(t, before, d.book.Snapshot(nil))
	})
}

func TestQueriesOfWhatIsNotThere(t *testing.T) {
	book := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1)).Pool()
	for _, id := range []uint32{0, 2, 1<<32 - 1} {
		_, ok := book.Appointment(booking.Appointment(id))
		require.False(t, ok)
		_, ok = book.Session(booking.Session(id))
		require.False(t, ok)
		_, ok = book.Slot(booking.Slot{Session: booking.Session(id)})
		require.False(t, ok)
		require.Empty(t, book.AppointmentsOf(nil, booking.Person(id)))
		require.Empty(t, book.AppointmentsIn(nil, booking.Session(id)))
		require.Empty(t, book.Resources(nil, booking.Session(id)))
		require.Empty(t, book.Quotas(nil, booking.Session(id), on("20 09:00")))
		require.Zero(t, book.RestrictedUntil(booking.Person(id)))
		require.Empty(t, book.Name(booking.PersonName, id))
		require.Empty(t, book.Name(booking.NameKind(id), 1))
	}
	_, ok := book.Slot(booking.Slot{Session: 1, N: 1})
	require.False(t, ok)
	require.Zero(t, book.Find(0, "Dr Wang"))
	require.Zero(t, book.Find(booking.SessionName+1, "Dr Wang"))
	var batch booking.Batch
	_, err := book.Reasons(nil, &batch, booking.Request{}, on("20 09:00"))
	require.ErrorIs(t, err, booking.ErrCommand)
}

// Lists are in the order that they promise, and append to what is there.
func TestListsAreInOrder(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
	for _, x := range []struct {
		who string
		n   int
	}{{"Li", 2}, {"Zhao", 0}, {"Qian", 2}, {"Sun", 0}, {"Li", 1}} {
		b.take(x.who, s, x.n)
	}
	b.done(booking.Cancel{Meta: b.meta(), Appointment: 4, By: booking.ByPatient})
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: 3, Want: booking.Request{Slot: booking.Slot{Session: s, N: 0}}})
	require.Equal(t, []booking.Appointment{99, 2, 3, 5, 1}, b.book.AppointmentsIn([]booking.Appointment{99}, s))
	require.Equal(t, []booking.Appointment{99, 1, 5}, b.book.AppointmentsOf([]booking.Appointment{99}, 1))
	v, _ := b.book.Session(s)
	require.Equal(t, 2, v.Free)
}

// Check reports what a later cut or change leaves over, and calls none of it broken.
func TestCheckReportsWhatIsOver(t *testing.T) {
	r := plainRules()
	b := newStage(t, r)
	east, west := b.halfHours("10", "Dr Wang", 2, 2), b.halfHours("10", "Dr Zhou", 2, 2)
	east.Site, west.Site = booking.Site(b.name(booking.SiteName, "East")), booking.Site(b.name(booking.SiteName, "West"))
	first, second := b.open("e", east), b.open("w", west)
	b.take("Li", first, 0)
	b.take("Li", second, 1)
	require.Empty(t, b.book.Check())
	r.Version, r.TravelMinutes = 2, 30
	r.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 1}}
	b.book.Configure(mustRules(r))
	laws := map[string]booking.Finding{}
	for _, f := range b.book.Check() {
		require.False(t, f.Broken)
		require.Contains(t, f.String(), "over: "+f.Law)
		laws[f.Law] = f
	}
	require.Len(t, laws, 2)
	require.EqualValues(t, 2, laws["over limit"].Appointment)
	require.EqualValues(t, 2, laws["two places"].Appointment)
	require.Contains(t, booking.Finding{Broken: true, Law: "quota"}.String(), "broken: quota")
}

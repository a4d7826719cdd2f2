package notice_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/booking/notice"
)

// listener is a Book beside which notices are read, as a host does; what each appointment's states and places say must have been told is
// compared after every batch.
type listener struct {
	*booking.Book
	log       booking.Log
	told      []notice.Notice
	kinds     map[notice.Kind]int
	snapshots map[uint64][]byte // by how many events there were
}

func (l *listener) Apply(t *booking.Batch) error {
	if l.Events()%7 == 0 {
		l.snapshots[l.Events()] = l.Snapshot(nil)
	}
	before := l.visits()
	from := len(l.told)
	var err error
	if l.told, err = notice.Of(l.told, l.Book, t); err != nil {
		return err
	}
	if err := l.log.Append(t); err != nil {
		return err
	}
	if err := l.Book.Apply(t); err != nil {
		return err
	}
	said := map[booking.Appointment][]notice.Kind{}
	for _, n := range l.told[from:] {
		l.kinds[n.Kind]++
		if v, ok := l.Appointment(n.Appointment); n.Appointment != 0 && (!ok || v.Person != n.Person || v.Account != n.Account) {
			return fmt.Errorf("notice %+v of %+v", n, v)
		}
		if n.Kind != notice.Reminder {
			said[n.Appointment] = append(said[n.Appointment], n.Kind)
		}
	}
	for id, v := range l.visits() {
		var was booking.Visit
		if id < len(before) {
			was = before[id]
		}
		may := due(was, v)
		have := said[booking.Appointment(id+1)]
		if len(may) == 0 && len(have) != 0 || len(may) > 0 && (len(have) != 1 || !slices.Contains(may, have[0])) {
			return fmt.Errorf("appointment %d, %+v then %+v: told %v, want one of %v", id+1, was, v, have, may)
		}
	}
	return nil
}

// visits are all appointments, by id less 1; those that are forgotten are zero.
func (l *listener) visits() (list []booking.Visit) {
	for id := booking.Appointment(1); id <= 200; id++ {
		v, _ := l.Appointment(id)
		v.ReturnUntil = v.Date.AddDays(0)
		list = append(list, v)
	}
	return list
}

// due is what a patient must be told whose appointment was the one and is the other: one of these, or nothing. It reads no event.
func due(was, is booking.Visit) []notice.Kind {
	was.Person, was.Booker = is.Person, is.Booker // found to be one with another: nothing is said of the appointment
	moved := was.Slot != is.Slot || was.AddOn != is.AddOn || was.IsReturn != is.IsReturn
	switch {
	case is.State == 0 || was == is:
		return nil
	case was.State == 0:
		return map[booking.State][]notice.Kind{booking.Booked: {notice.Booked}, booking.Held: {notice.HeldUntil}, booking.Offered: {notice.WaitlistOffer}}[is.State]
	case is.State == booking.Lapsed:
		return []notice.Kind{notice.HoldOver}
	case is.State == booking.NoShow:
		return []notice.Kind{notice.Missed}
	case is.State == booking.EnteredInError:
		return []notice.Kind{notice.Withdrawn}
	case is.State == booking.Cancelled && (was.State == booking.Displaced || was.State == booking.Offered):
		return []notice.Kind{notice.OfferGone, notice.GivenBack, notice.CancelledByHospital}
	case is.State == booking.Cancelled:
		return []notice.Kind{notice.GivenBack, notice.CancelledByHospital}
	case is.State == booking.Displaced && !is.Slot.IsValid():
		return []notice.Kind{notice.NothingFound}
	case is.State == booking.Displaced:
		return []notice.Kind{notice.ClosureOffer, notice.ConsentAsked}
	case was.State == booking.Held && is.State == booking.Booked:
		return []notice.Kind{notice.Paid}
	case (was.State == booking.Displaced || was.State == booking.Offered) && !moved:
		return []notice.Kind{notice.OfferTaken}
	case moved && is.From.IsValid() && is.From != was.From:
		return []notice.Kind{notice.MovedByHospital, notice.ConsentAsked, notice.DisplacedForOther}
	case moved && (was.State == booking.CheckedIn || was.State == booking.InConsultation):
		return []notice.Kind{notice.Transferred}
	case moved:
		return []notice.Kind{notice.Moved}
	}
	return nil
}

// Over random histories: what is told is what the appointments' own lives ask for; the same from the log alone; and a host that crashed
// anywhere, began again from an older snapshot and skipped what it had sent tells the rest once.
func TestEachIsToldOnce(t *testing.T) {
	kinds := map[notice.Kind]int{}
	for seed := range 40 {
		var l *listener
		config := bookingtest.Config{New: func(r *booking.Rules) bookingtest.Subject {
			l = &listener{Book: booking.New(r), kinds: kinds, snapshots: map[uint64][]byte{}}
			return l
		}}
		require.NoError(t, bookingtest.Probe(config, seed), "seed %d", seed)
		for i := 1; i < len(l.told); i++ {
			require.Less(t, l.told[i-1].ID, l.told[i].ID)
		}
		require.Equal(t, l.told, l.from(t, booking.New(l.Rules()), 0))
		for events, snapshot := range l.snapshots { //house:anyorder each is a test of its own
			restored, err := booking.Restore(l.Rules(), snapshot)
			require.NoError(t, err)
			sent := events + uint64(seed)%5 // crashed a little later than the snapshot
			var rest []notice.Notice
			for _, n := range l.told {
				if n.ID > sent {
					rest = append(rest, n)
				}
			}
			require.Equal(t, rest, l.from(t, restored, sent), "from event %d", events)
		}
	}
	for k := notice.Booked; k.IsValid(); k++ {
		if k != notice.ConsentAsked && k != notice.DisplacedForOther { // TestOffersOfWhatTheyHave
			require.Positive(t, kinds[k], "%v never told", k)
		}
	}
}

// from reads the log on from where a Book stands, and tells what was not sent.
func (l *listener) from(t *testing.T, b *booking.Book, sent uint64) (told []notice.Notice) {
	var list []notice.Notice
	for batch, err := range l.log.All() {
		require.NoError(t, err)
		if batch.Base() < b.Events() {
			continue
		}
		list, err = notice.Of(list[:0], b, batch)
		require.NoError(t, err)
		require.NoError(t, b.Apply(batch))
		for _, n := range list {
			if n.ID > sent {
				told = append(told, n)
			}
		}
	}
	return told
}

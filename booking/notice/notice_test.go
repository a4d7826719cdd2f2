package notice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/notice"
	"github.com/haoyuan-go/haoyuan/slots"
)

// A batch out of its place is refused, and the list is as it was; the same batch in its place is read.
func TestOfWantsTheBookWhereTheBatchBegins(t *testing.T) {
	rules, err := booking.NewRules(booking.DefaultRules())
	require.NoError(t, err)
	book := booking.New(rules)
	var log booking.Log
	desk, err := booking.NewDesk(book, on("20 09:00"), log.Append)
	require.NoError(t, err)
	s := slots.Session{ID: "Li/23", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 30, Line: slots.Line{Department: "heart", Kind: slots.Specialist},
		Slots: []slots.Slot{{Start: on("23 08:00"), Minutes: 30, Capacity: 1}}}
	_, err = desk.Open(on("20 09:00"), s, booking.Terms{})
	require.NoError(t, err)
	id, err := desk.Book(on("20 09:01"), booking.Ask{Person: "Zhang", Channel: "app", Account: "phone", Session: "Li/23"})
	require.NoError(t, err)
	require.NoError(t, desk.Cancel(on("20 09:02"), id, booking.ByHospital))
	empty := booking.New(rules)
	kept := []notice.Notice{{ID: 7}}
	var all []notice.Notice
	replay := booking.New(rules)
	for batch, err := range log.All() {
		require.NoError(t, err)
		if batch.Base() > 0 {
			got, err := notice.Of(kept, empty, batch)
			require.ErrorIs(t, err, booking.ErrBatch)
			require.Equal(t, kept, got)
		}
		all, err = notice.Of(all, replay, batch)
		require.NoError(t, err)
		require.NoError(t, replay.Apply(batch))
	}
	at := booking.Slot{Session: 1}
	require.Equal(t, []notice.Notice{
		{ID: 9, Kind: notice.Booked, Person: 1, Account: 1, Appointment: 1, Slot: at, At: on("20 09:01")},
		{ID: 10, Kind: notice.CancelledByHospital, Person: 1, Account: 1, Appointment: 1, Slot: at, At: on("20 09:02")},
	}, all)
	// A pool that stands there but knows nobody is no pool of this log.
	for batch := range log.All() {
		if batch.Base() == 9 {
			_, err := notice.Of(nil, stranger{}, batch)
			require.ErrorIs(t, err, booking.ErrBatch)
		}
	}
	list, err := notice.Of(nil, empty, &booking.Batch{})
	require.NoError(t, err)
	require.Empty(t, list)
}

// stranger is a pool that knows nobody.
type stranger struct{}

func (stranger) Appointment(booking.Appointment) (booking.Visit, bool) { return booking.Visit{}, false }
func (stranger) Entry(booking.Entry) (booking.EntryView, bool)         { return booking.EntryView{}, false }
func (stranger) Events() uint64                                        { return 9 }

// someone is a pool in which appointment 4 is of person 2, in slot 1 of session 3.
type someone struct{ stranger }

func (someone) Appointment(id booking.Appointment) (booking.Visit, bool) {
	return booking.Visit{Appointment: id, Person: 2, Slot: booking.Slot{Session: 3, N: 1}}, id == 4
}

// An offer of the very number that somebody has asks for their consent to someone else; another number is another notice. What an
// emergency displaces is told apart.
func TestOffersOfWhatTheyHave(t *testing.T) {
	const made = `"kind":"OfferMade","at":"2026-11-20T01:00:00Z","rules":1,"appointment":4,"session":3,"slot":`
	for event, want := range map[string]notice.Kind{
		made + `1,"count":1,"class":1,"until":"2026-11-21T01:00:00Z","flags":0`:                                                                   notice.ConsentAsked,
		made + `1,"count":1,"class":1,"until":"","flags":32`:                                                                                      notice.ConsentAsked,
		made + `2,"count":1,"class":1,"until":"2026-11-21T01:00:00Z","flags":0`:                                                                   notice.ClosureOffer,
		made + `2,"count":1,"class":1,"until":"","flags":32`:                                                                                      notice.MovedByHospital,
		made + `0,"count":0,"class":0,"until":"2026-11-21T01:00:00Z","flags":0`:                                                                   notice.NothingFound,
		`"kind":"AppointmentDisplaced","at":"2026-11-20T01:00:00Z","rules":1,"appointment":4,"session":3,"slot":2,"count":1,"class":1,"former":9`: notice.DisplacedForOther,
	} {
		var b booking.Batch
		require.NoError(t, b.UnmarshalJSON([]byte(`{"version":4,"base":9,"keyed":0,"events":[{`+event+`}]}`)), event)
		list, err := notice.Of(nil, someone{}, &b)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, want.String(), list[0].Kind.String())
		require.EqualValues(t, 2, list[0].Person)
	}
}

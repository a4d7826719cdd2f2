package booking

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

const visitDay = sl.Instant(1_800_000_000)

// visitBook is a Book with one person and six sessions of one slot, an hour apart.
func visitBook(t require.TestingT) (*Book, func(Command) Reply) {
	rules, err := NewRules(Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400, LateCancel: LateRecorded, Policies: []Policy{Earliest{}},
		Limits: []Limit{{Name: "two a day", Who: PerPerson, Same: SameDay | SameDepartment, Of: OpenVisits, Max: 2}}})
	require.NoError(t, err)
	b := New(rules)
	do := func(c Command) Reply {
		var batch Batch
		reply, err := b.Decide(&batch, c)
		require.NoError(t, err)
		require.NoError(t, b.Apply(&batch))
		return reply
	}
	do(Adopt{visitMeta})
	do(Introduce{visitMeta, PersonName, "Li"})
	do(Introduce{visitMeta, ClassName, "app"})
	do(Introduce{visitMeta, DepartmentName, "eyes"})
	do(Introduce{visitMeta, DepartmentName, "ears"})
	for i := range 6 {
		do(Open{visitMeta, fmt.Sprint("s", i), Opening{Date: sl.DateFromNumber(739000 + int32(i/3)), Start: visitDay + sl.Instant(3600*i), Kind: sl.Specialist,
			Department: Department(1 + i%2), Slots: []SlotSpec{{Minutes: 30, Capacity: 1}}}})
	}
	return b, do
}

var visitMeta = Meta{At: visitDay - 86400}

func visitTake(session int) Take {
	bear, _ := NewBearing(1)
	return Take{visitMeta, Request{Person: 1, Bear: bear, Slot: Slot{Session: Session(session)}}}
}

// Whatever happens to a person's appointments, what is kept of their open visits is what the list says, and Check agrees.
func TestVisitsFollowTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, do := visitBook(t)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			id := Appointment(rapid.IntRange(1, max(1, b.appointments.len())).Draw(t, "appointment"))
			session := rapid.IntRange(1, 6).Draw(t, "session")
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0, 1, 2:
				do(visitTake(session))
			case 3:
				do(Cancel{visitMeta, id, ByPatient})
			case 4:
				do(CheckIn{visitMeta, id})
			case 5:
				do(Complete{visitMeta, id})
			case 6:
				do(Reschedule{visitMeta, id, visitTake(session).Request})
			case 7:
				do(Void{visitMeta, id})
			}
			require.Empty(t, b.Check())
			kept := *b.visits.at(1)
			b.recall(1)
			require.Equal(t, kept, *b.visits.at(1))
		}
	})
}

// Check does not believe what is kept.
func TestCheckFindsAWrongVisit(t *testing.T) {
	wrong := map[string]func(v *openVisits){
		"time":       func(v *openVisits) { v[0].minutes++ },
		"session":    func(v *openVisits) { v[1].session++ },
		"department": func(v *openVisits) { v[0].department++ },
		"kind":       func(v *openVisits) { v[0].kind++ },
		"date":       func(v *openVisits) { v[1].date = sl.Date{} },
		"order":      func(v *openVisits) { v[0], v[1] = v[1], v[0] },
		"missing":    func(v *openVisits) { v[1] = visit{} },
		"more":       func(v *openVisits) { v[lastVisit].more = true },
	}
	for name, damage := range wrong {
		b, do := visitBook(t)
		do(visitTake(1))
		do(visitTake(2))
		require.Empty(t, b.Check())
		damage(b.visits.at(1))
		found := b.Check()
		require.NotEmpty(t, found, name)
		require.True(t, found[0].Broken, name)
		require.Equal(t, "visits of person", found[0].Law, name)
	}
	b, do := visitBook(t)
	do(visitTake(1))
	b.persons[0].head = 0
	require.Equal(t, "list of person", b.Check()[0].Law)
}

// Where a person has more open visits than are kept, the list is asked: the limit and the whereabouts count the oldest too.
func TestMoreOpenVisitsThanAreKept(t *testing.T) {
	b, do := visitBook(t)
	for _, session := range []int{1, 2, 4, 5} { // eyes, ears on the first day; ears, eyes on the second
		require.Equal(t, Done, do(visitTake(session)).Outcome)
	}
	require.True(t, b.visits.at(1)[lastVisit].more)
	require.Equal(t, Done, do(visitTake(3)).Outcome) // the second of eyes on the first day
	require.Equal(t, TwoPlaces, func() Reason {
		b.sessions.at(6).start = visitDay
		return do(visitTake(6)).Refusal.Reason
	}())
	for _, id := range []Appointment{2, 3, 4} {
		require.Equal(t, Done, do(Cancel{visitMeta, id, ByPatient}).Outcome)
	}
	require.False(t, b.visits.at(1)[lastVisit].more)
}

// What is open bars the person from being elsewhere, and is what is not over: limits on open visits and whereabouts may ask one list.
func TestOpenIsNotOver(t *testing.T) {
	for s := Held; s.IsValid(); s++ {
		if s.Occupies() {
			require.Equal(t, !s.IsTerminal(), stateTable[s].place, s)
		}
	}
}

// An index made at once finds what one made name by name finds, and tells of the first that is there twice.
func TestIndexAllAgainstOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var names, oneByOne nameTable
		var keys, keysOneByOne keyTable
		firstTwice, keyTwice := uint32(0), false
		for i := range rapid.IntRange(0, 100).Draw(t, "n") {
			name := fmt.Sprint(rapid.IntRange(0, 3000).Draw(t, "name"))
			names.keep([]byte(name))
			if oneByOne.find(name) != 0 && firstTwice == 0 {
				firstTwice = uint32(i + 1)
			}
			oneByOne.add([]byte(name))
			k := keyHome(t)
			r := keyRecord{key: k, caller: Caller(i % 2), appointment: Appointment(i + 1)}
			keyTwice = keyTwice || keysOneByOne.find(r.caller, &k, hashKey(r.caller, &k)) != nil
			*keys.append() = r
			keysOneByOne.push(r)
		}
		require.Equal(t, firstTwice, names.indexAll())
		require.Equal(t, keyTwice, keys.indexAll() != nil)
		if firstTwice == 0 {
			for h := range uint32(names.len()) {
				require.Equal(t, h+1, names.find(string(oneByOne.bytes(h+1))))
			}
			require.Zero(t, names.find("nobody"))
		}
		if !keyTwice {
			for pos := range keys.next {
				r := keysOneByOne.at(pos)
				require.Equal(t, r, keys.find(r.caller, &r.key, hashKey(r.caller, &r.key)))
			}
		}
	})
}

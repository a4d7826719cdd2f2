package booking_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What has gone wrong in systems like this one, and the tests and stories that show how it goes here: names of tests and examples begin with a
// capital, the others are stories in testdata, here or in the folder named. TestTrapsAreShown sees that each exists. What concerns the making of slots is in
// package slots' table.
//
// Time
//
//	end before start after conversion                        TestOpenReportsEveryProblem TestDeskOpenRefusesSlotsOutOfRange
//	a window that begins the evening before                  pool-hours closed-at-night
//	the server's today; a sweep at midnight                  no-show-sweep missed-by-hand
//	weeks and months as windows of limits                    entered-in-error retired-days
//	make-up working days (调休)                              make-up-saturday
//	horizons that leave out holidays                         policy-d policy-f make-up-saturday
//	leap seconds and extreme lengths                         TestHostileBatches TestMalformedRequestsAreErrors TestClockRules
//	one wrong clock; a clock that goes back                  bad-clock TestDueComesFirst TestNewDeskCatchesUp
//
// Slot identity and regeneration
//
//	a key of the start alone merges two slots                room-for-long-visits consecutive-slots
//	slots made by looking at them; duplicates                TestDeskCandidatesLeaveNoTrace TestEveryStateMeetsEveryCommand
//	cleaning up deletes what is booked                       TestRetireWaitsForWhatIsNotOver retired-days
//	a slot beyond the session                                TestASlotBeyondTheSession TestOpenReportsEveryProblem
//	several slots that are not consecutive                   consecutive-slots room-for-long-visits
//
// Capacity and quota accounting
//
//	which states count: pending, held, here, over, no-show   TestDocTableOfStates hold-lapses missed-by-hand entered-in-error family-account
//	nested against partitioned quotas                        nested-caps parted-pool cap-lifts
//	given back: to which class                               given-back-to-whom rest rest-moved
//	given back after its release time                        given-back-to-whom given-back-too-late-to-sell
//	given back into a closed session                         closed-and-moved TestEveryStateMeetsTheSessionsEndAndItsClosing
//	given back twice                                         late-cancel TestEveryStateMeetsEveryCommand
//	given back when the reserve has been moved on            moved-and-given-back TestReallocationLaws TestBookAgainstModel
//	no-shows and closures give nothing back silently         closed-counted no-show-sweep TestClosingReportsItsReserves
//	capacity 0 is not unlimited, nor is what is missing       zero-is-zero
//	overbooking by a looser count                            overbooking
//	missed, then scheduled again without a unit              missed-by-hand TestEveryStateMeetsEveryCommand
//	a counter beside the count                               TestRun TestRoundTripsOfDrawnBooks ExampleBook_Check
//	settings that nothing reads                              TestEveryFieldOfRulesMatters TestEveryFieldOfOpeningMatters TestEachClauseOfReallocation
//	unsold reserves that go nowhere                          reserves-move reserves-that-stay ExampleReallocation
//
// Concurrency and idempotency
//
//	reading the counter before the lock                      TestListedIsBookable TestDueComesFirst
//	locking in the order of requests; a bundle in part       bundle TestPoliciesInBundles TestDeskBundle
//	a unique start does not stop an overlap                  two-sites consecutive-slots
//	the patient in two places at once                        two-sites family-account counted-session
//	the same key with another payload                        same-request-twice TestAnotherPayloadUnderTheKeyIsRefused
//	a refused request burns the key                          same-request-twice TestARefusalDoesNotBurnTheKey
//	whose key it is                                          same-request-twice TestKeysAreScopedByCaller
//	a repeat after the key is forgotten books again          request-too-old TestARetryNeverBooksTwice TestKeyLifeBoundary
//	a timeout is no proof of failure                         ExampleDesk_Do_unknownOutcome TestRepeatAcrossSnapshotAndReplay
//	quotas edited while people book; remaining set           quota-cut reserve-edited quota-new-line TestNewQuotaLines
//	a reserved number, booked, stays in the reserve          reserve-edited
//	a promotion that races with a booking                    waitlist-race TestWhatHasTheLineTried
//	a hold measured by the wrong clock                       hold-lapses bad-clock TestHoldsEndWithTheirSlot
//
// Abuse and fairness
//
//	cancel and grab                                          cancel-and-grab rest rest-spread waitlist-race
//	bots at the release minute                               release-race staged-release TestTheDrawOfARest
//	bots that watch for cancellations                        rest-spread waitlist-order
//	limits by account instead of by person                   cancel-and-grab family-account TestLimitsCountWhatTheySay
//	several physicians of one department                     cancel-and-grab limits-by-what
//	penalised for the hospital's own doing                   physician-ill nobody-lost late-cancel TestAMoveByTheHospitalIsNeverLate
//	late by a minute, or not                                 late-cancel too-late-to-cancel late-move TestMovesAreLateAsCancellationsAre
//	a ban that stops an emergency, or does not end           suspension-lifted policy-c TestOwnChangeIsTriedAgain
//	turns that flood who is new; floats; cancelled turns      fair-turns TestShippedPolicies TestZeroPoliciesChooseNothing
//	priority without a bound on waiting                      waitlist-order TestTheOrderOfTheLine queue/priority-is-bounded TestNobodyStarves
//	one who waits is not told that they may have it now      own-change TestOwnChangeIsTriedAgain waitlist-withdrawn
//
// Queue and closure
//
//	the queue's number is not the appointment's              queue/late-and-on-time TestPlaces
//	a missed call without an end                             queue/missed-call TestEveryoneComesToAnEnd
//	closed half-way                                          partly-worked TestClosedHalfway
//	closed with people waiting for it                        nobody-lost waitlist-order
//	a bundle that loses one leg                              TestEveryStateMeetsTheSessionsEndAndItsClosing bundle
//	patients who cannot be placed                            nobody-lost TestAnOfferOfNothingCountsForNothing TestClosingCountsEachOnce
//	the substitute's session closes too                      closed-twice TestDisplacedTwice
//	penalised for coming back                                queue/back-with-results TestReturning
//
// Bundles
//
//	fasting over midnight, results first, contrast gaps      exam/fasting-impossible exam/wash-out TestFastCrossesMidnight
//	a move that loses the order or the unit                  reschedule-neighbour rest-moved TestReschedulingToTheOfferAcceptsIt
//	held on all resources or on none                         bundle exam/all-or-nothing TestDeskBundle
//
// API
//
//	an error that looks like no slots                        booking-closes TestReasonsOnce TestMalformedRequestsAreErrors
//	a list without a bound; cut without a word               TestListsAreInOrder TestQueriesAllocateNothing ExampleDesk_Candidates
//	an order that is not stable                              TestListsAreInOrder TestProbeIsDeterministic
//	what is listed and then refused                          TestListedIsBookable TestCandidatesKeepTheClock booking-closes
//	hostile input                                            TestHostileBatches TestHostileSnapshots TestDecodersAllocateInProportion FuzzSnapshot TestApplyRefusesMovesThatCannotBe
func TestTrapsAreShown(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*_test.go", "*/*_test.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			source.Write(text)
		}
	}
	table, err := os.ReadFile("traps_test.go")
	require.NoError(t, err)
	shown := 0
	for _, row := range regexp.MustCompile(`(?m)^//\t.{3,}?\s{2,}(.+)$`).FindAllStringSubmatch(string(table), -1) {
		for name := range strings.FieldsSeq(row[1]) {
			shown++
			switch folder, story, ok := strings.Cut(name, "/"); {
			case name[0] >= 'A' && name[0] <= 'Z':
				require.Contains(t, source.String(), "\nfunc "+name+"(", "the test exists")
			case ok:
				require.FileExists(t, filepath.Join(folder, "testdata", story+".txt"))
			default:
				require.FileExists(t, filepath.Join("testdata", name+".txt"))
			}
		}
	}
	require.Greater(t, shown, 120)
}

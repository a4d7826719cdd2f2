package slots_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What has gone wrong in systems like this one, and the tests and stories that show how it goes here. TestTrapsAreShown sees that each exists.
//
// Time
//
//	a local time that does not exist, or occurs twice      clocks-change strange-clocks TestChangesOfClocks TestEveryChangeOfStrangeZones TestAnyChangeOfAnyZone
//	windows kept as exact durations                        deadline-on-a-changing-day TestWindowsAgainstNaive
//	subtracting wall-clock times                           TestResolveAnywhere TestChangesOfEveryZone
//	a notice or horizon that lands on such a day           deadline-on-a-changing-day TestAhead
//	an end before its start after conversion               TestSlotsLieInTheirSessionInOrder TestSpan
//	a day does not always start at 00:00                   TestResolveKnownDays TestEveryChangeOfStrangeZones
//	23:59 for the end of the day loses a minute            TestClockEdges TestWindowsAgainstNaive AdversarialRoster
//	a window that begins the evening before                overnight pool-hours TestOvernight
//	the server's today against the clinic's                ExampleDateOf TestResolveKnownDays
//	recurring local times kept in UTC                      deadline-on-a-changing-day TestAWeekLaterIsTheSame
//	half-day leave that blocks the whole day               half-day-leave TestSessionsAgainstNaive
//	two sources of opening hours                           holiday-hours pool-hours
//	weekday and week numbering                             odd-even-weeks first-tuesday TestParityAgainstISOWeek TestDateAgainstTime
//	make-up working days (调休)                            make-up-saturday follow-a-date TestRealHolidays TestRealMakeUpDays
//	unpublished years are unknown                          unknown-year release-policy-e-other TestWindowsRefusals
//	horizons that leave out holidays                       release-policy-d
//	the offset of now for a future date                    TestWindowsAgainstNaive TestEveryChangeOfStrangeZones
//	extreme lengths                                        TestWildNumbers FuzzRoster TestBrokenRostersAreRefused
//
// Slot identity and regeneration
//
//	a key of the start alone merges two slots              same-start TestSlotsLieInTheirSessionInOrder
//	identities that change on a reschedule                 moved-session TestRevisionsTouchOneSession
//	making twice makes duplicates                          quarter-to-half-hour TestGeneratingAgainGivesTheSame TestARangeIsItsPartsInOrder
//	a template edited while bookings exist                 edited-roster shortened-session TestNobodyIsLost
//	cleaning up deletes booked slots                       TestNobodyIsLost TestStranded
//	split and merged sessions                              lunch-break two-places
//	15 to 30 minutes and back                              quarter-to-half-hour
//	a partial slot past the session's end                  weekly lunch-break TestSlotsLieInTheirSessionInOrder
//	a substitute loses the numbers                         substitute TestSubstitutesChangeWhoOnly
func TestTrapsAreShown(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*_test.go", "slotstest/*.go"} {
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
			if name[0] >= 'A' && name[0] <= 'Z' {
				require.Contains(t, source.String(), "\nfunc "+name+"(", "the test exists")
			} else {
				require.FileExists(t, filepath.Join("testdata", name+".txt"))
			}
		}
	}
	require.Greater(t, shown, 40)
}

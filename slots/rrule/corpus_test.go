package rrule_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

// corpus reads a file of the shared data beside the repository; the test is skipped where there is none.
func corpus(t *testing.T, name string) string {
	root, err := filepath.Abs(".")
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		require.NotEqual(t, filepath.Dir(root), root, "no go.mod above the test")
		root = filepath.Dir(root)
	}
	text, err := os.ReadFile(filepath.Join(root, "..", "shared", "data", "ical", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the RRULE cases of ../shared/data/ical are not here")
	}
	require.NoError(t, err)
	return string(text)
}

// tally counts what became of the cases of a file.
type tally struct {
	read, expressed int
	refused         map[string]int // by the first part that is named
	unchecked       int            // expressed, but the file has no expectation
}

func (y *tally) refuse(t *testing.T, rule string, err error) {
	var refusal *rrule.PartError
	require.ErrorAs(t, err, &refusal, rule)
	require.True(t, refusal.Reason.IsValid())
	y.refused[refusal.Part]++
}

// startOf reads a DTSTART value. Seconds are cut off: only rules that must be refused have any, which wholeMinutes checks.
func startOf(t *testing.T, value string, loc *time.Location) rrule.Start {
	value, utc := strings.CutSuffix(value, "Z")
	if utc || loc == nil {
		loc = time.UTC
	}
	date, clock, timed := strings.Cut(value, "T")
	d, err := slots.ParseDate(date[:4] + "-" + date[4:6] + "-" + date[6:])
	require.NoError(t, err)
	if !timed {
		return rrule.Start{Date: d, AllDay: true}
	}
	return rrule.Start{Date: d, Clock: slots.MustClock(clock[:2] + ":" + clock[2:4]), Location: loc}
}

// datesOf lists the dates of a recurrence that has an end.
func datesOf(r rrule.Recurrence) []slots.Date {
	var dates []slots.Date
	for d, ok := r.Repeat.Next(r.Start.Date); ok && !d.After(r.Until); d, ok = r.Repeat.Next(d.AddDays(1)) {
		dates = append(dates, d)
	}
	return dates
}

// instances writes the dates as the files do.
func instances(r rrule.Recurrence, utc bool) string {
	var list []string
	for _, d := range datesOf(r) {
		text := strings.ReplaceAll(d.String(), "-", "")
		if !r.Start.AllDay {
			text += "T" + strings.ReplaceAll(r.Start.Clock.String(), ":", "") + "00"
		}
		if utc {
			text += "Z"
		}
		list = append(list, text)
	}
	return strings.Join(list, ",")
}

// blocks reads a file of RRULE, DTSTART and INSTANCES lines.
func (y *tally) blocks(t *testing.T, text string) {
	fields := map[string]string{}
	for line := range strings.Lines(text) {
		name, value, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(name, "#") {
			continue
		}
		fields[name] = strings.TrimSpace(value)
		if name != "INSTANCES" {
			continue
		}
		y.read++
		rule, start, want := fields["RRULE"], fields["DTSTART"], fields["INSTANCES"]
		clear(fields)
		r, err := rrule.Parse(rule, startOf(t, start, nil))
		if err != nil {
			y.refuse(t, rule, err)
			continue
		}
		y.expressed++
		require.False(t, strings.HasPrefix(want, "***"), "%s is an error in the corpus", rule)
		require.Equal(t, want, instances(r, strings.HasSuffix(start, "Z")), "%s from %s", rule, start)
		wholeMinutes(t, start)
		again(t, r)
	}
}

func wholeMinutes(t *testing.T, start string) {
	if _, clock, timed := strings.Cut(start, "T"); timed {
		require.Equal(t, "00", clock[4:6], start)
	}
}

// again checks that what was read can be written, and that it is the same when read again.
func again(t require.TestingT, r rrule.Recurrence) {
	text, err := r.Format()
	require.NoError(t, err)
	back, err := rrule.Parse(text, r.Start)
	require.NoError(t, err, text)
	require.Equal(t, r, back, text)
}

func TestCorpusInstances(t *testing.T) {
	y := tally{refused: map[string]int{}}
	y.blocks(t, corpus(t, "icalrecur_test-dev.txt"))
	require.Equal(t, tally{read: 96, expressed: 44, refused: map[string]int{
		"BYDAY": 1, "BYHOUR": 5, "BYMINUTE": 1, "BYSETPOS": 4, "BYWEEKNO": 18, "BYYEARDAY": 8, "FREQ": 15,
	}}, y)
}

func TestCorpusRSCALE(t *testing.T) {
	y := tally{refused: map[string]int{}}
	y.blocks(t, corpus(t, "icalrecur_test_rscale.txt"))
	require.Equal(t, tally{read: 14, expressed: 1, refused: map[string]int{"RSCALE": 1, "SKIP": 12}}, y)
}

// event is one VEVENT: its properties by name, the same name several times.
type event map[string][]string

var property = regexp.MustCompile(`^([A-Z-]+)((?:;[^:]*)?):(.*)$`)

// eventsOf reads the folded lines of a file of events.
func eventsOf(text string) []event {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n ", "")
	var list []event
	for line := range strings.Lines(text) {
		m := property.FindStringSubmatch(strings.TrimSpace(line))
		switch {
		case m == nil:
		case m[1] == "BEGIN":
			list = append(list, event{})
		case len(list) > 0:
			e := list[len(list)-1]
			e[m[1]] = append(e[m[1]], strings.TrimSpace(m[3]))
			if zone, found := strings.CutPrefix(m[2], ";TZID="); found {
				e["TZID"] = []string{zone}
			}
		}
	}
	return list
}

// events reads a file of VEVENTs, with the number of events expected where it is given.
func (y *tally) events(t *testing.T, text string) {
	for _, e := range eventsOf(text) {
		y.read++
		loc := time.UTC
		if zone := e["TZID"]; zone != nil {
			if zone[0] == "US-Eastern" {
				zone[0] = "America/New_York"
			}
			var err error
			loc, err = time.LoadLocation(zone[0])
			require.NoError(t, err)
		}
		require.Len(t, e["RRULE"], 1)
		start := startOf(t, e["DTSTART"][0], loc)
		r, err := rrule.Parse(e["RRULE"][0], start)
		if err != nil {
			y.refuse(t, e["RRULE"][0], err)
			continue
		}
		y.expressed++
		again(t, r)
		dates := datesOf(r)
		for _, rule := range e["EXRULE"] { // of RFC 2445: a rule of dates left out
			x, err := rrule.Parse(rule, start)
			require.NoError(t, err, rule)
			dates = slices.DeleteFunc(dates, func(d slots.Date) bool { return slices.Contains(datesOf(x), d) })
		}
		for _, value := range e["EXDATE"] {
			out := startOf(t, value, loc)
			require.Equal(t, start.Clock, out.Clock)
			dates = slices.DeleteFunc(dates, func(d slots.Date) bool { return d == out.Date })
		}
		if want := e["X-EXPECT-NUMEVENTS"]; want != nil {
			require.Equal(t, want[0], strconv.Itoa(len(dates)), e["RRULE"][0])
		} else {
			y.unchecked++
		}
	}
}

func TestCorpusEvents(t *testing.T) {
	y := tally{refused: map[string]int{}}
	y.events(t, corpus(t, "recur.txt"))
	require.Equal(t, tally{read: 57, expressed: 46, refused: map[string]int{
		"BYDAY": 1, "BYHOUR": 1, "BYSETPOS": 2, "BYWEEKNO": 2, "BYYEARDAY": 1, "FREQ": 4,
	}}, y)
}

func TestCorpusErrors(t *testing.T) {
	y := tally{refused: map[string]int{}}
	y.events(t, corpus(t, "recur-errors.ics"))
	require.Equal(t, tally{read: 4, expressed: 2, refused: map[string]int{"BYSETPOS": 2}, unchecked: 2}, y)
}

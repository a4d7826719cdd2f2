package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// readHistory reads a no-show history. A visit scheduled after its own day is kept: such rows exist in real files and
// count as same-day; patients' numbers are
// text, since real ones are damaged here and there (9377952927E-5). Of the fourteen columns only those that carry the signal are read; age, sex, illness and address are
// left alone on purpose.
func readHistory(h *Hospital, t *table, problems *Problems) {
	seen := map[string]int{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		v := PastVisit{Patient: c.word("PatientId", "a patient's number"), Scheduled: c.stamp("ScheduledDay"), Day: c.stamp("AppointmentDay")}
		v.NoShow = c.oneOf("No-show", []string{"Yes", "No"}) == "Yes"
		c.once(seen, c.word("AppointmentID", "an appointment's number"), "AppointmentID")
		if !c.bad {
			h.Visits = append(h.Visits, v)
		}
	}
}

// stamp reads the date of 2016-04-29T18:38:08Z or 2016-04-29.
func (c *cells) stamp(column string) slots.Date {
	word, rest, timed := strings.Cut(c.text(column), "T")
	d, err := slots.ParseDate(word)
	if err != nil || timed && !isTimeOfDay(rest) {
		c.refuse(column, "want a moment 2016-04-29T18:38:08Z or a date 2016-04-29")
	}
	return d
}

// isTimeOfDay reports whether s is a time of day like 18:38:08Z, to the character.
func isTimeOfDay(s string) bool {
	_, err := time.Parse("15:04:05Z", s)
	return err == nil && len(s) == len("15:04:05Z") // Parse takes 8:38:08.5Z too
}

// readHolidays makes the calendar of the notices. What is wrong with a notice is told file by file.
func readHolidays(h *Hospital, files []holidayFile, problems *Problems) {
	slices.SortFunc(files, func(a, b holidayFile) int {
		return cmp.Or(cmp.Compare(a.year, b.year), strings.Compare(a.path, b.path))
	})
	before := problems.count
	texts := make([][]byte, len(files))
	for i, f := range files {
		texts[i] = f.json
		if i > 0 && files[i-1].year == f.year {
			problems.add(Problem{File: f.path, Expected: fmt.Sprintf("second notice of %d; the first is %s", f.year, files[i-1].path)})
			continue
		}
		if _, err := slots.ReadHolidayCN(f.json); err != nil {
			addLines(f.path, err, problems)
		}
	}
	if problems.count > before {
		return
	}
	config, err := slots.ReadHolidayCN(texts...)
	if err == nil {
		h.Calendar, err = slots.NewCalendar(config)
	}
	if err != nil { // two notices that differ about one December
		addLines("holiday notices", err, problems)
	}
	h.Years = slices.Sorted(slices.Values(config.Years))
}

// addLines makes a problem of each line of an error that joins several.
func addLines(file string, err error, problems *Problems) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		problems.add(Problem{File: file, Expected: strings.TrimPrefix(line, "file 1: ")})
	}
}

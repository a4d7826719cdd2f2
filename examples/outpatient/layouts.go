package main

import (
	"slices"
	"strconv"
	"strings"
)

// layout is one kind of CSV file, recognised by its header line and not by its name.
type layout struct {
	name    string
	columns []string
}

var layouts = []layout{
	{"roster", []string{"dept_code", "dept_name", "physician", "iso_weekday", "session", "room", "flags", "closed_dates"}},
	{"parts", []string{"part", "dept_code", "start", "minutes", "cut", "slot_minutes", "per_slot", "numbers", "stay_minutes"}},
	{"departments", []string{"dept_code", "name_zh", "name_en", "consult_seconds"}},
	{"physicians", []string{"physician", "grade"}},
	{"machines", []string{"machine", "modality", "room", "technician", "iso_weekday", "part", "slot_minutes", "exam_codes"}},
	{"exams", []string{"exam_code", "modality", "name_zh", "name_en", "minutes", "fasting_hours", "latest_start", "result_minutes", "after", "weight"}},
	{"windows", []string{"from", "to", "staff", "service_seconds"}},
	{"settings", []string{"setting", "value"}},
	{"no-show history", []string{
		"PatientId", "AppointmentID", "Gender", "ScheduledDay", "AppointmentDay", "Age", "Neighbourhood",
		"Scholarship", "Hipertension", "Diabetes", "Alcoholism", "Handcap", "SMS_received", "No-show",
	}},
}

// matchLayout finds the layout of a header. ok: it is that layout exactly, trailing empty columns apart. near: it is
// not, but most of it is, so that it is a misspelt header rather than another kind of file.
func matchLayout(header []string) (found layout, ok, near bool) {
	for len(header) > 0 && header[len(header)-1] == "" {
		header = header[:len(header)-1]
	}
	best := 0
	for _, l := range layouts {
		if slices.Equal(l.columns, header) {
			return l, true, true
		}
		alike := 0
		for _, c := range l.columns {
			if _, d := nearest(c, header); d <= 2 {
				alike++
			}
		}
		// Most of the layout's columns, and most of the header's: else a file of another kind that has some words in common.
		if 3*alike >= 2*len(l.columns) && 3*alike >= 2*len(header) && alike > best {
			best, found, near = alike, l, true
		}
	}
	return found, false, near
}

// headerProblem says what is wrong with a misspelt header: the first column that is not as it should be.
func headerProblem(file string, header []string, l layout) Problem {
	p := Problem{File: file, Line: 1, Expected: "want the header " + strings.Join(l.columns, ",") + " (" + l.name + ")"}
	for i, want := range l.columns {
		got := ""
		if i < len(header) {
			got = header[i]
		}
		if got == want {
			continue
		}
		p.Column, p.Value = strconv.Itoa(i+1), got
		if i >= len(header) {
			p.Expected = "missing column " + want + "; " + p.Expected
		} else {
			p.Expected = "did you mean " + want + "? " + p.Expected
		}
		return p
	}
	p.Column, p.Value = strconv.Itoa(len(l.columns)+1), header[len(l.columns)]
	p.Expected = "one column too many; " + p.Expected
	return p
}

// nearest returns the word closest to want and its distance; a distance above every bound if there is none.
func nearest(want string, words []string) (string, int) {
	found, least := "", 1<<30
	for _, w := range words {
		if d := editDistance(want, w); d < least {
			found, least = w, d
		}
	}
	return found, least
}

// editDistance is Levenshtein's, letter case ignored, for words of up to 40 bytes; longer ones are far from everything.
func editDistance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 1 << 20
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

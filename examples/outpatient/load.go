package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// filesMax bounds how many files of a directory are looked at.
const filesMax = 2000

// rawData is what a directory holds, before any row is looked at: one file per layout, any number of holiday notices.
type rawData struct {
	files    map[string]rawFile // by layout name
	holidays []holidayFile
	ignored  []string
}

type rawFile struct {
	path string
	data []byte
}

// holidayFile is one year's holiday notice as it was read.
type holidayFile struct {
	path string
	year int
	json []byte
}

// loadData reads a data set: CSV files recognised by their header line, and holiday notices in JSON, in any folder of
// fsys. Only the timetable is required; for the rest the shipped data stand in, and Hospital.Notes says so. Either the
// whole is good, or the error is a *DataError that lists everything that is wrong, and there is no Hospital.
func loadData(fsys fs.FS) (*Hospital, error) {
	problems := &Problems{}
	raw := collect(fsys, problems)
	h := &Hospital{}
	if _, ok := raw.files["roster"]; !ok && problems.count == 0 {
		problems.add(Problem{File: ".", Expected: "no timetable: want a CSV file with the header " + strings.Join(layouts[0].columns, ",")})
	}
	if n := len(raw.ignored); n > 0 {
		h.Notes = append(h.Notes, fmt.Sprintf("%d files not read, their headers are none of ours: %s", n, sample(raw.ignored, 5)))
	}
	fillFromShipped(&raw, h, problems)
	readAll(h, raw, problems)
	if err := problems.err(); err != nil {
		return nil, err
	}
	h.Findings = findConflicts(h)
	return h, nil
}

// readAll reads every kind of file; those that name things come before those that refer to them.
func readAll(h *Hospital, raw rawData, problems *Problems) {
	tables := map[string]*table{}
	for _, l := range layouts {
		f, ok := raw.files[l.name]
		if !ok {
			tables[l.name] = &table{layout: l}
			continue
		}
		t := readTable(f.path, f.data, l, problems)
		tables[l.name] = &t
		if len(t.rows) == 0 && l.name != "no-show history" && problems.count == 0 {
			problems.add(Problem{File: f.path, Expected: "no rows under the header (" + l.name + ")"})
		}
	}
	readSettings(h, tables["settings"], problems)
	readParts(h, tables["parts"], problems)
	readRoster(h, tables["roster"], problems)
	readDepartments(h, tables["departments"], problems)
	readPhysicians(h, tables["physicians"], problems)
	readExams(h, tables["exams"], problems)
	readMachines(h, tables["machines"], problems)
	readWindows(h, tables["windows"], problems)
	readHistory(h, tables["no-show history"], problems)
	readHolidays(h, raw.holidays, problems)
	checkReferences(h, tables, problems)
}

// shippedMark begins the path of a file that the directory did not have.
const shippedMark = "shipped data/"

// fillFromShipped takes from the shipped data what the directory does not have. Names, grades, settings and what concerns
// one department are never taken: they are another hospital's.
func fillFromShipped(raw *rawData, h *Hospital, problems *Problems) {
	own := collect(shipped(), problems)
	var taken []string
	for _, name := range []string{"parts", "exams", "machines", "windows"} {
		if _, ok := raw.files[name]; !ok {
			f := own.files[name]
			raw.files[name] = rawFile{shippedMark + f.path, f.data}
			taken = append(taken, name)
		}
	}
	if len(raw.holidays) == 0 {
		raw.holidays = own.holidays
		taken = append(taken, "holidays")
	}
	if len(taken) > 0 {
		h.Notes = append(h.Notes, "taken from the shipped data: "+strings.Join(taken, ", "))
	}
}

// collect walks the directory in the order of names and sorts its files by what they are.
func collect(fsys fs.FS, problems *Problems) rawData {
	raw := rawData{files: map[string]rawFile{}}
	count := 0
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			problems.add(Problem{File: name, Expected: err.Error()})
			return nil
		}
		if entry.IsDir() || !isData(name) {
			return nil
		}
		if count++; count > filesMax {
			problems.add(Problem{File: name, Expected: fmt.Sprintf("more than %d files: want the directory of one hospital", filesMax)})
			return fs.SkipAll
		}
		data, err := readLimited(fsys, name)
		if err != nil {
			problems.add(Problem{File: name, Expected: err.Error()})
			return nil
		}
		raw.sort(name, data, problems)
		return nil
	})
	if err != nil {
		problems.add(Problem{File: ".", Expected: err.Error()})
	}
	return raw
}

func isData(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".csv.gz") || strings.HasSuffix(name, ".json")
}

func (raw *rawData) sort(name string, data []byte, problems *Problems) {
	if strings.HasSuffix(strings.ToLower(name), ".json") {
		raw.sortHoliday(name, data, problems)
		return
	}
	header := csvHeader(data)
	l, ok, near := matchLayout(header)
	switch {
	case ok:
		if first, twice := raw.files[l.name]; twice {
			problems.add(Problem{File: name, Expected: "second file with the header of " + l.name + "; the first is " + first.path})
			return
		}
		raw.files[l.name] = rawFile{name, data}
	case near:
		problems.add(headerProblem(name, header, l))
	default:
		raw.ignored = append(raw.ignored, name)
	}
}

var yearFile = regexp.MustCompile(`^[0-9]{4}\.json$`)

// sortHoliday keeps a JSON file that is a holiday notice: an object with a year and days. A file that is named or
// looks like one but cannot be read is a problem; any other JSON is none of ours.
func (raw *rawData) sortHoliday(name string, data []byte, problems *Problems) {
	var notice struct {
		Year *int             `json:"year"`
		Days *json.RawMessage `json:"days"`
	}
	err := json.Unmarshal(trimBOM(data), &notice)
	switch {
	case err == nil && notice.Year != nil && notice.Days != nil:
		raw.holidays = append(raw.holidays, holidayFile{name, *notice.Year, trimBOM(data)})
	case yearFile.MatchString(path.Base(name)):
		expected := `want a holiday notice: {"year": 2026, "days": [{"name": "…", "date": "2026-01-01", "isOffDay": true}]}`
		if err != nil {
			expected = err.Error() + "; " + expected
		}
		problems.add(Problem{File: name, Expected: expected})
	case err != nil && bytes.Contains(data, []byte(`"isOffDay"`)) && bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")):
		problems.add(Problem{File: name, Expected: err.Error()})
	}
}

// sample joins the first n names and counts the rest.
func sample(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return strings.Join(slices.Clone(names[:n]), ", ") + fmt.Sprintf(" and %d more", len(names)-n)
}

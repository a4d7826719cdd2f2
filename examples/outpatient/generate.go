package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// generatedFrom is the first day of the shipped weeks, a Monday: the National Day holiday and a make-up Saturday fall
// into the four weeks after it.
var generatedFrom = slots.MustDate("2026-09-21")

// DataFile is one file of a generated data set.
type DataFile struct {
	Name string
	Data []byte
}

// generate draws a whole data set from a seed, holiday notices apart: those are real. The same seed gives the same bytes
// on every machine.
func generate(seed uint64) []DataFile {
	return []DataFile{
		{"departments.csv", departmentsCSV()},
		{"exams.csv", []byte(examsCSV)},
		{"machines.csv", machinesCSV()},
		{"parts.csv", partsCSV()},
		{"physicians.csv", physiciansCSV()},
		{"roster.csv", rosterCSV(generateRoster(seed, generatedFrom))},
		{"settings.csv", settingsCSV(seed)},
		{"windows.csv", windowsCSV()},
	}
}

func rosterCSV(rows []RosterRow) []byte {
	names := map[string]string{}
	for _, d := range departmentNames {
		names[d.code] = d.chinese
	}
	var lines [][]string
	for _, r := range rows {
		closed := make([]string, len(r.Closed))
		for i, d := range r.Closed {
			closed[i] = d.String()
		}
		lines = append(lines, []string{
			r.Department, names[r.Department], r.Physician, weekdayCodes[r.Weekday], r.Part, r.Room, r.Flag.String(), strings.Join(closed, " "),
		})
	}
	return writeCSV("roster", lines)
}

// paceOf is the number of patients that a half-hour holds, and the mean consultation that goes with it in seconds. The
// general practitioners and the special clinics see four, the specialists two, for 13 minutes each.
func paceOf(department int) (perHalfHour int, consultSeconds int64) {
	if department == 0 || departmentNames[department].special {
		return 4, 400
	}
	if departmentNames[department].physicians >= 4 {
		return 2, 800
	}
	return 3, 540
}

func departmentsCSV() []byte {
	var lines [][]string
	for i, d := range departmentNames {
		_, seconds := paceOf(i)
		lines = append(lines, []string{d.code, d.chinese, d.english, strconv.FormatInt(seconds, 10)})
	}
	return writeCSV("departments", lines)
}

func physiciansCSV() []byte {
	var lines [][]string
	for p := range rosterPhysicians {
		lines = append(lines, []string{physicianCode(p), gradeOf(p)})
	}
	return writeCSV("physicians", lines)
}

func partsCSV() []byte {
	general := []struct {
		part, start string
		minutes     int
	}{{"am", "08:00", 210}, {"noon", "12:00", 60}, {"pm", "13:30", 180}, {"evening", "17:30", 120}, {"night", "20:00", 120}}
	var lines [][]string
	for _, p := range general {
		lines = append(lines, []string{p.part, "", p.start, strconv.Itoa(p.minutes), "packed", "30", "4", "", ""})
	}
	for i, d := range departmentNames {
		perHalfHour, _ := paceOf(i)
		for _, p := range general {
			if perHalfHour == 4 || p.part == "noon" || p.part == "night" {
				continue
			}
			switch {
			case d.code == "29": // nutrition gives numbers without times
				lines = append(lines, []string{p.part, d.code, p.start, strconv.Itoa(p.minutes), "counted", "", "", strconv.Itoa(p.minutes / 10), "60"})
			case perHalfHour == 2:
				lines = append(lines, []string{p.part, d.code, p.start, strconv.Itoa(p.minutes), "timed", "15", "1", "", ""})
			default:
				lines = append(lines, []string{p.part, d.code, p.start, strconv.Itoa(p.minutes), "packed", "30", strconv.Itoa(perHalfHour), "", ""})
			}
		}
	}
	return writeCSV("parts", lines)
}

func machinesCSV() []byte {
	var lines [][]string
	for i, m := range machineNames {
		for weekday := 1; weekday <= 6; weekday++ {
			for j, part := range m.parts {
				if weekday == 6 && (!m.saturday || part != "am") {
					continue
				}
				technician := fmt.Sprintf("T%02d", i*3+j+1)
				lines = append(lines, []string{m.machine, m.modality, m.room, technician, strconv.Itoa(weekday), part, strconv.Itoa(m.slotMinutes), m.exams})
			}
		}
	}
	return writeCSV("machines", lines)
}

func windowsCSV() []byte {
	return writeCSV("windows", [][]string{
		{"07:00", "08:00", "2", "150"}, {"08:00", "12:00", "3", "150"}, {"12:00", "13:00", "1", "150"},
		{"13:00", "17:30", "2", "150"}, {"17:30", "19:30", "1", "150"},
	})
}

func settingsCSV(seed uint64) []byte {
	return writeCSV("settings", [][]string{
		{"name", "Example hospital 示例医院"}, {"zone", "Asia/Shanghai"}, {"first_day", generatedFrom.String()}, {"weeks", "4"},
		{"follows", "2026-10-10=3"}, {"seed", strconv.FormatUint(seed, 10)},
	})
}

func writeCSV(name string, lines [][]string) []byte {
	i := slices.IndexFunc(layouts, func(l layout) bool { return l.name == name })
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(layouts[i].columns) // a bytes.Buffer takes everything
	_ = w.WriteAll(lines)
	return b.Bytes()
}

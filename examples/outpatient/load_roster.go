package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// weekSlotsMax bounds the slots of one week, so that the longest play, with the days of imaging after it and make-up days,
// stays within what slots makes at once.
const weekSlotsMax = slots.MaxSlots / 16

// readRoster reads the timetable, and from it the departments and physicians that there are.
func readRoster(h *Hospital, t *table, problems *Problems) {
	seen, weekSlots := map[string]int{}, 0
	names := map[string]Department{}
	nameLine := map[string]int{}
	physicians := map[string]bool{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		row := RosterRow{
			Line:       r.line,
			Department: c.word("dept_code", "a department code"),
			Physician:  c.word("physician", "a physician code"),
			Weekday:    c.weekday("iso_weekday"),
			Part:       c.text("session"),
			Room:       c.word("room", "a room"),
			Flag:       c.flag("flags"),
		}
		row.Closed = c.closedDates("closed_dates", row.Weekday)
		name := c.name("dept_name", "a department's name")
		part, ok := h.part(row.Part, row.Department)
		if !ok && len(h.Parts) > 0 {
			c.unknownPart("session", h)
		}
		if ok {
			weekSlots += part.slots()
		}
		if weekSlots > weekSlotsMax || len(seen) >= slots.MaxRules {
			c.refuse("session", fmt.Sprintf("with this row more than %d sessions or %d slots a week", slots.MaxRules, weekSlotsMax))
		}
		if row.Room == row.Physician {
			c.refuse("room", "has the name of the physician; both are taken up by the session")
		}
		if row.Department == imagingDepartment {
			c.refuse("dept_code", imagingDepartment+" is the department of the machines; want another code")
		}
		if !c.bad {
			c.once(seen, row.ID(), "department, physician, weekday, session and room")
		}
		if first, ok := names[row.Department]; ok && first.Chinese != name {
			c.refuse("dept_name", fmt.Sprintf("department %s is named %s on line %d", row.Department, first.Chinese, nameLine[row.Department]))
		}
		if c.bad {
			continue
		}
		if _, ok := names[row.Department]; !ok {
			names[row.Department] = Department{Code: row.Department, Chinese: name, English: name}
			nameLine[row.Department] = r.line
		}
		physicians[row.Physician] = true
		h.Roster = append(h.Roster, row)
	}
	for _, d := range names {
		h.Departments = append(h.Departments, d)
	}
	slices.SortFunc(h.Departments, func(a, b Department) int { return strings.Compare(a.Code, b.Code) })
	for code := range physicians {
		h.Physicians = append(h.Physicians, Physician{Code: code, Grade: "attending"})
	}
	slices.SortFunc(h.Physicians, func(a, b Physician) int { return strings.Compare(a.Code, b.Code) })
	for i, d := range h.Departments {
		h.Departments[i].ConsultSeconds = usualConsult(h, d.Code)
	}
}

// consultSecondsMax bounds a mean consultation.
const consultSecondsMax = 4 * 3600

// usualConsult is nine tenths of the time that the timetable gives one number: the pace that its maker believed in.
func usualConsult(h *Hospital, department string) int64 {
	for _, r := range h.Roster {
		if r.Department != department {
			continue
		}
		if p, ok := h.part(r.Part, department); ok && p.Capacity() > 0 {
			return min(max(60, int64(p.Minutes)*54/int64(p.Capacity())), consultSecondsMax)
		}
	}
	return 400
}

func (c *cells) flag(column string) Flag {
	word := c.text(column)
	if word == "" {
		return NoFlag
	}
	return Flag(max(0, slices.Index(flagNames[:], c.oneOf(column, flagNames[1:]))))
}

// closedDates reads dates with blanks between them; each must fall on the weekday of its row.
func (c *cells) closedDates(column string, weekday slots.Weekday) []slots.Date {
	var dates []slots.Date
	for word := range strings.FieldsSeq(c.text(column)) {
		d, err := slots.ParseDate(word)
		switch {
		case err != nil:
			c.refuse(column, fmt.Sprintf("%s: want dates YYYY-MM-DD with blanks between", shortQuote(word)))
		case d.Weekday() != weekday:
			c.refuse(column, fmt.Sprintf("%v is a %v; want a %v, the weekday of the row", d, d.Weekday(), weekday))
		case slices.Contains(dates, d):
			c.refuse(column, fmt.Sprintf("%v twice", d))
		default:
			dates = append(dates, d)
		}
	}
	slices.SortFunc(dates, slots.Date.Compare)
	return dates
}

func (c *cells) unknownPart(column string, h *Hospital) {
	var labels []string
	for _, p := range h.Parts {
		if !slices.Contains(labels, p.Part) {
			labels = append(labels, p.Part)
		}
	}
	c.oneOf(column, labels)
	if !c.bad { // known, but only for other departments
		c.refuse(column, "no general row for this part; want one in the parts file, or one for this department")
	}
}

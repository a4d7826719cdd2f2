package main

import (
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zone is found on a machine that has no zone files, and in wasm

	"github.com/haoyuan-go/haoyuan/slots"
)

var grades = []string{"resident", "attending", "associate-chief", "chief"}

// readDepartments adds English names and paces to the departments of the timetable.
func readDepartments(h *Hospital, t *table, problems *Problems) {
	seen := map[string]int{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		code := c.word("dept_code", "a department code")
		zh, en := c.name("name_zh", "a name"), c.name("name_en", "a name")
		seconds := c.whole("consult_seconds", 60, consultSecondsMax)
		c.once(seen, code, "dept_code")
		i := slices.IndexFunc(h.Departments, func(d Department) bool { return d.Code == code })
		if i < 0 && len(h.Departments) > 0 {
			c.refuse("dept_code", "not a department of the timetable")
		}
		if !c.bad && i >= 0 {
			h.Departments[i] = Department{code, zh, en, int64(seconds)}
		}
	}
}

// readPhysicians adds the grades to the physicians of the timetable.
func readPhysicians(h *Hospital, t *table, problems *Problems) {
	seen := map[string]int{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		p := Physician{c.word("physician", "a physician code"), c.oneOf("grade", grades)}
		c.once(seen, p.Code, "physician")
		i := slices.IndexFunc(h.Physicians, func(o Physician) bool { return o.Code == p.Code })
		if i < 0 && len(h.Physicians) > 0 {
			c.refuse("physician", "not a physician of the timetable")
		}
		if !c.bad && i >= 0 {
			h.Physicians[i] = p
		}
	}
}

var settingNames = []string{"name", "zone", "first_day", "weeks", "departments", "follows", "seed"}

// readSettings reads what concerns the run as a whole; a setting that is not there has its default.
func readSettings(h *Hospital, t *table, problems *Problems) {
	h.Name, h.Weeks, h.Seed, h.FirstDay = "Outpatient clinics", 4, 1, slots.MustDate("2026-09-21")
	h.Zone, _ = time.LoadLocation("Asia/Shanghai") // in the embedded zone data
	seen := map[string]int{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		name := c.oneOf("setting", settingNames)
		c.once(seen, name, "setting")
		switch name {
		case "name":
			h.Name = c.name("value", "a name")
		case "zone":
			zone, err := time.LoadLocation(c.text("value"))
			if err != nil || c.text("value") == "" || c.text("value") == "Local" {
				c.refuse("value", "want a time zone such as Asia/Shanghai")
				continue
			}
			h.Zone = zone
		case "first_day":
			day, err := slots.ParseDate(c.text("value"))
			if year, _, _ := day.Civil(); err != nil || year < 2000 || year > 2100 {
				c.refuse("value", "want a date YYYY-MM-DD, 2000 to 2100")
				continue
			}
			h.FirstDay = day
		case "weeks":
			h.Weeks = c.whole("value", 1, 12)
		case "departments":
			h.Played = strings.Fields(c.text("value"))
		case "follows":
			h.Follows = c.follows("value")
		case "seed":
			seed, err := strconv.ParseUint(c.text("value"), 10, 64)
			if err != nil {
				c.refuse("value", "want a whole number from 0")
			}
			h.Seed = seed
		}
	}
}

// follows reads the hospital's decisions on make-up working days: date=weekday, blanks between.
func (c *cells) follows(column string) []slots.Follow {
	var list []slots.Follow
	for word := range strings.FieldsSeq(c.text(column)) {
		date, weekday, _ := strings.Cut(word, "=")
		d, err := slots.ParseDate(date)
		n, err2 := strconv.ParseUint(weekday, 10, 8)
		if err != nil || err2 != nil || n < 1 || n > 7 || slices.ContainsFunc(list, func(f slots.Follow) bool { return f.Date == d }) {
			c.refuse(column, shortQuote(word)+": want 2026-10-10=3: a make-up working day, once, and the weekday that it follows")
			continue
		}
		list = append(list, slots.Follow{Date: d, Weekday: slots.Weekday(n)})
	}
	return list
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

var modalities = []string{"CT", "MRI", "US", "XR", "ES"}

// readExams reads the catalogue of examinations.
func readExams(h *Hospital, t *table, problems *Problems) {
	seen, rules := map[string]int{}, 0
	for _, r := range t.rows {
		c := t.cells(r, problems)
		e := ExamRow{
			Code:          c.word("exam_code", "an examination code"),
			Modality:      c.oneOf("modality", modalities),
			Chinese:       c.name("name_zh", "a name"),
			English:       c.name("name_en", "a name"),
			Minutes:       c.whole("minutes", 1, 480),
			FastingHours:  c.whole("fasting_hours", 0, 24),
			LatestStart:   slots.MustClock("24:00"),
			ResultMinutes: c.whole("result_minutes", 0, 30*minutesPerDay),
			After:         strings.Fields(c.text("after")),
			Weight:        int64(c.whole("weight", 0, 1000)),
		}
		if c.text("latest_start") != "" {
			e.LatestStart = c.clock("latest_start")
		}
		if e.FastingHours > 0 && e.LatestStart == (slots.Clock{}) {
			c.refuse("latest_start", "want a time after 00:00 for an examination with a fast, or nothing for any time")
		}
		if len(seen) >= exam.MaxKinds {
			c.refuse("exam_code", fmt.Sprintf("want at most %d examinations", exam.MaxKinds))
		}
		if rules += len(e.After); rules > exam.MaxRules {
			c.refuse("after", fmt.Sprintf("with this row %d in all; want at most %d", rules, exam.MaxRules))
		}
		c.once(seen, e.Code, "exam_code")
		if !c.bad {
			slices.Sort(e.After)
			h.Exams = append(h.Exams, e)
		}
	}
	slices.SortFunc(h.Exams, func(a, b ExamRow) int { return strings.Compare(a.Code, b.Code) })
}

// readMachines reads the weekly sessions of the imaging machines.
func readMachines(h *Hospital, t *table, problems *Problems) {
	seen, weekSlots := map[string]int{}, 0
	for _, r := range t.rows {
		c := t.cells(r, problems)
		m := MachineRow{
			Line:        r.line,
			Machine:     c.word("machine", "a machine"),
			Modality:    c.oneOf("modality", modalities),
			Room:        c.word("room", "a room"),
			Technician:  c.word("technician", "a technician"),
			Weekday:     c.weekday("iso_weekday"),
			Part:        c.text("part"),
			SlotMinutes: c.whole("slot_minutes", 5, 240),
			Exams:       strings.Fields(c.text("exam_codes")),
		}
		slices.Sort(m.Exams)
		part, ok := h.part(m.Part, "")
		if !ok && len(h.Parts) > 0 {
			c.unknownPart("part", h)
		} else if ok && m.SlotMinutes > part.Minutes {
			c.refuse("slot_minutes", fmt.Sprintf("longer than the part, %d minutes", part.Minutes))
		}
		switch {
		case m.Room == m.Machine:
			c.refuse("room", "has the name of the machine; both are taken up by its sessions")
		case m.Technician == m.Machine || m.Technician == m.Room:
			c.refuse("technician", "has the name of the machine or the room; all three are taken up by its sessions")
		}
		if weekSlots += part.Minutes / m.SlotMinutes; weekSlots > weekSlotsMax || len(seen) >= slots.MaxRules {
			c.refuse("slot_minutes", fmt.Sprintf("with this row more than %d sessions or %d slots a week", slots.MaxRules, weekSlotsMax))
		}
		if len(m.Exams) == 0 {
			c.refuse("exam_codes", "want at least one examination code, blanks between")
		}
		for _, code := range m.Exams {
			c.checkExam(h, m, code)
		}
		c.once(seen, m.Machine+"\x00"+weekdayCodes[m.Weekday]+"\x00"+m.Part, "machine, weekday and part")
		if !c.bad {
			h.Machines = append(h.Machines, m)
		}
	}
}

func (c *cells) checkExam(h *Hospital, m MachineRow, code string) {
	e, ok := h.exam(code)
	switch {
	case len(h.Exams) == 0: // the catalogue itself is bad, and said so
	case !ok:
		c.refuse("exam_codes", shortQuote(code)+" is not in the catalogue of examinations")
	case e.Modality != m.Modality:
		c.refuse("exam_codes", fmt.Sprintf("%s is done by %s, not by %s", code, e.Modality, m.Modality))
	case e.Minutes > m.SlotMinutes:
		c.refuse("slot_minutes", fmt.Sprintf("%s takes %d minutes", code, e.Minutes))
	}
}

// exam finds an examination by code.
func (h *Hospital) exam(code string) (ExamRow, bool) {
	i, ok := slices.BinarySearchFunc(h.Exams, code, func(e ExamRow, code string) int { return strings.Compare(e.Code, code) })
	if !ok {
		return ExamRow{}, false
	}
	return h.Exams[i], true
}

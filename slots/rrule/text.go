package rrule

import (
	"slices"
	"strings"
	"unicode"

	"github.com/haoyuan-go/haoyuan/slots"
)

// MaxTextBytes bounds the text of a rule.
const MaxTextBytes = 1000

// most is what a larger INTERVAL or COUNT is read as: more than the calendar has days, and ten times of it fits an int of 32 bits.
const most = 100_000_000

// frequency is the value of FREQ. Only those that a Repeat can say have a name.
type frequency uint8

const (
	daily frequency = 1 + iota
	weekly
	monthly
	yearly
)

// text is a rule as it is written, each value by the grammar, none weighed against another.
type text struct {
	given []given // in the order in which they are written

	freq      frequency
	interval  int // at least 1
	count     int // 0 if not given
	until     until
	weekStart slots.Weekday
	days      []numbered
	months    []int // all lists rise and hold nothing twice
	monthDays []int
	weeks     []int
	places    []int // BYSETPOS
	hours     []int
	minutes   []int
	seconds   []int
}

// given is one part as it is written, its name in capitals.
type given struct{ name, value string }

// numbered is one entry of BYDAY; n is 0 if it has no number.
type numbered struct {
	day slots.Weekday
	n   int
}

// has returns the value of a part and whether it is given.
func (t *text) has(name string) (value string, has bool) {
	for _, g := range t.given {
		if g.name == name {
			return g.value, true
		}
	}
	return "", false
}

// read splits a rule into its parts and reads each; what is wrong goes to p.
func read(rule string, p *problems) *text {
	t := &text{interval: 1, weekStart: slots.Monday}
	if len(rule) > MaxTextBytes {
		p.add("RRULE", strings.ToValidUTF8(rule[:20], ""), Malformed, "%d bytes, want at most %d", len(rule), MaxTextBytes)
		return t
	}
	if len(rule) >= len("RRULE:") && strings.EqualFold(rule[:len("RRULE:")], "RRULE:") {
		rule = rule[len("RRULE:"):]
	}
	if i := strings.IndexFunc(rule, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
		p.add("RRULE", strings.ToValidUTF8(rule[i:], "?"), Malformed, "not ASCII")
		return t
	}
	for part := range strings.SplitSeq(rule, ";") {
		name, value, equals := strings.Cut(part, "=")
		name = strings.ToUpper(name)
		_, twice := t.has(name)
		switch {
		case part == "":
			p.add(";", "", Malformed, "an empty part")
			continue
		case name == "" || strings.Trim(name, nameLetters) != "":
			p.add("RRULE", part, Malformed, "want NAME=value")
			continue
		case !equals:
			p.add(name, "", Malformed, "want %s=value", name)
		case twice:
			p.add(name, value, Malformed, "given twice")
		default:
			t.readPart(name, strings.ToUpper(value), p)
		}
		t.given = append(t.given, given{name, value})
	}
	if _, has := t.has("FREQ"); !has {
		p.add("FREQ", "", Malformed, "missing")
	}
	return t
}

// nameLetters are what the names of parts are made of, those of extensions too.
const nameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

func (t *text) readPart(name, value string, p *problems) {
	ok, want := true, ""
	switch name {
	case "FREQ":
		t.readFreq(value, p)
	case "INTERVAL":
		t.interval, ok = number(value, len(value))
		ok, want = ok && t.interval > 0, "1 or more"
	case "COUNT":
		t.count, ok = number(value, len(value))
		ok, want = ok && t.count > 0, "1 or more"
	case "UNTIL":
		t.until, ok = readUntil(value)
		want = "YYYYMMDD, YYYYMMDDTHHMMSS or YYYYMMDDTHHMMSSZ, a day that exists"
	case "WKST":
		t.weekStart = weekdayOf(value)
		ok, want = t.weekStart != 0, "MO to SU"
	case "BYDAY":
		t.days, ok = dayList(value)
		want = "weekdays MO to SU, each perhaps with 1 to 53 or -1 to -53 before it"
	case "BYMONTH":
		t.months, ok = list(value, 1, 12)
		want = "1 to 12"
	case "BYMONTHDAY":
		t.monthDays, ok = list(value, -31, 31)
		want = "1 to 31 or -1 to -31"
	case "BYYEARDAY":
		_, ok = list(value, -366, 366)
		want = "1 to 366 or -1 to -366"
	case "BYWEEKNO":
		t.weeks, ok = list(value, -53, 53)
		want = "1 to 53 or -1 to -53"
	case "BYSETPOS":
		t.places, ok = list(value, -366, 366)
		want = "1 to 366 or -1 to -366"
	case "BYHOUR":
		t.hours, ok = list(value, 0, 23)
		want = "0 to 23"
	case "BYMINUTE":
		t.minutes, ok = list(value, 0, 59)
		want = "0 to 59"
	case "BYSECOND":
		t.seconds, ok = list(value, 0, 60)
		want = "0 to 60"
	case "RSCALE":
		if value != "GREGORIAN" {
			p.add(name, value, Inexpressible, "a calendar other than GREGORIAN (RFC 7529)")
		}
	case "SKIP":
		ok, want = value == "OMIT" || value == "BACKWARD" || value == "FORWARD", "OMIT, BACKWARD or FORWARD"
	default:
		p.add(name, value, Malformed, "no part of RFC 5545")
	}
	if !ok {
		p.add(name, value, Malformed, "want %s", want)
	}
}

func (t *text) readFreq(value string, p *problems) {
	switch value {
	case "DAILY":
		t.freq = daily
	case "WEEKLY":
		t.freq = weekly
	case "MONTHLY":
		t.freq = monthly
	case "YEARLY":
		t.freq = yearly
	case "HOURLY", "MINUTELY", "SECONDLY":
		p.add("FREQ", value, Inexpressible, "several times a day")
	default:
		p.add("FREQ", value, Malformed, "want DAILY, WEEKLY, MONTHLY or YEARLY")
	}
}

// number reads 1 to maxDigits digits and nothing else.
func number(s string, maxDigits int) (int, bool) {
	if s == "" || len(s) > maxDigits {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = min(n*10+int(s[i]-'0'), most)
	}
	return n, true
}

// signed reads a number that may have a sign; one that may not be negative may have none.
func signed(s string, low, high int) (int, bool) {
	sign := 1
	if low < 0 && s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	digits := 2
	if high > 99 {
		digits = 3
	}
	n, ok := number(s, digits)
	n *= sign
	return n, ok && n >= low && n <= high && (n != 0 || low == 0)
}

// list reads numbers from low to high; 0 is one only if it is low. It gives them rising, each once.
func list(value string, low, high int) ([]int, bool) {
	var numbers []int
	for entry := range strings.SplitSeq(value, ",") {
		n, ok := signed(entry, low, high)
		if !ok {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), true
}

func dayList(value string) ([]numbered, bool) {
	var days []numbered
	for entry := range strings.SplitSeq(value, ",") {
		if len(entry) < 2 {
			return nil, false
		}
		name, n, ok := entry[len(entry)-2:], 0, true
		if entry = entry[:len(entry)-2]; entry != "" {
			n, ok = signed(entry, -53, 53)
		}
		day := weekdayOf(name)
		if !ok || day == 0 {
			return nil, false
		}
		days = append(days, numbered{day, n})
	}
	return days, true
}

// dayNames are the weekdays as the RFC writes them, from Monday.
const dayNames = "MOTUWETHFRSASU"

// weekdayOf returns the weekday of that name, or 0.
func weekdayOf(name string) slots.Weekday {
	if i := strings.Index(dayNames, name); len(name) == 2 && i >= 0 && i%2 == 0 {
		return slots.Weekday(i/2 + 1)
	}
	return 0
}

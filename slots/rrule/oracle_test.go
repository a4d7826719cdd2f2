package rrule_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

// A naive reader of rules: it makes the set of each period by expanding and limiting as in the table of RFC 5545 section 3.3.10,
// on the calendar of package time, and then takes places, start and end. It knows nothing of Repeat.

type nthDay struct {
	n   int // 0: all
	day time.Weekday
}

type plainRule struct {
	freq                      string
	interval, count           int
	until                     time.Time // zero: none
	wkst                      time.Weekday
	days                      []nthDay
	months, monthDays, places []int
	start                     time.Time
}

func midnight(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// set returns the dates of the k-th period from the start's, unsorted.
func (r plainRule) set(k int) []time.Time {
	y, m, d := r.start.Date()
	switch r.freq {
	case "DAILY":
		return r.limit([]time.Time{midnight(y, m, d+k)})
	case "WEEKLY":
		first := midnight(y, m, d)
		for first.Weekday() != r.wkst {
			first = first.AddDate(0, 0, -1)
		}
		var week []time.Time
		for i := range 7 {
			day := first.AddDate(0, 0, 7*k+i)
			if len(r.days) > 0 || day.Weekday() == r.start.Weekday() {
				week = append(week, day)
			}
		}
		return r.limit(week)
	case "MONTHLY":
		return r.limit(r.month(midnight(y, m+time.Month(k), 1)))
	}
	var set []time.Time
	for month := range 12 {
		named := len(r.months) > 0 || len(r.days) > 0 && len(r.monthDays) == 0 // else that of the start
		if named || month+1 == int(m) {
			set = append(set, r.month(midnight(y+k, time.Month(month+1), 1))...)
		}
	}
	return r.limit(set)
}

// month expands one month: by day of the month, else by weekday, else the day of the start.
func (r plainRule) month(first time.Time) []time.Time {
	var all, set []time.Time
	for t := first; t.Month() == first.Month(); t = t.AddDate(0, 0, 1) {
		all = append(all, t)
	}
	switch {
	case len(r.monthDays) > 0:
		for _, n := range r.monthDays {
			if n > 0 && n <= len(all) {
				set = append(set, all[n-1])
			}
			if n < 0 && -n <= len(all) {
				set = append(set, all[len(all)+n])
			}
		}
		return set
	case len(r.days) > 0:
		return all // limited by weekday afterwards, which comes to the same
	case r.start.Day() <= len(all):
		return all[r.start.Day()-1 : r.start.Day()]
	}
	return nil
}

// limit keeps what all parts allow.
func (r plainRule) limit(set []time.Time) []time.Time {
	return slices.DeleteFunc(set, func(t time.Time) bool {
		if len(r.months) > 0 && !slices.Contains(r.months, int(t.Month())) {
			return true
		}
		if r.freq == "DAILY" && len(r.monthDays) > 0 {
			length := midnight(t.Year(), t.Month()+1, 0).Day()
			if !slices.Contains(r.monthDays, t.Day()) && !slices.Contains(r.monthDays, t.Day()-length-1) {
				return true
			}
		}
		return len(r.days) > 0 && !slices.ContainsFunc(r.days, func(d nthDay) bool { return d.fits(t) })
	})
}

// fits reports whether t is that weekday of its month.
func (d nthDay) fits(t time.Time) bool {
	if t.Weekday() != d.day {
		return false
	}
	same := func(weeks int) bool { return t.AddDate(0, 0, 7*weeks).Month() == t.Month() }
	switch {
	case d.n > 0:
		return same(1-d.n) && !same(-d.n)
	case d.n < 0:
		return same(-1-d.n) && !same(-d.n)
	}
	return true
}

// dates returns what the rule selects before horizon.
func (r plainRule) dates(horizon time.Time) []string {
	var list []string
	for k := 0; ; k += r.interval {
		y, m, d := r.start.Date()
		period := map[string]time.Time{"DAILY": midnight(y, m, d+k), "WEEKLY": midnight(y, m, d+7*k-7),
			"MONTHLY": midnight(y, m+time.Month(k), 1), "YEARLY": midnight(y+k, 1, 1)}[r.freq]
		if period.After(horizon) {
			return list
		}
		set := r.set(k)
		slices.SortFunc(set, time.Time.Compare)
		set = slices.CompactFunc(set, time.Time.Equal)
		for i, t := range set {
			if len(r.places) > 0 && !slices.Contains(r.places, i+1) && !slices.Contains(r.places, i-len(set)) {
				continue
			}
			at := time.Date(t.Year(), t.Month(), t.Day(), r.start.Hour(), r.start.Minute(), 0, 0, r.start.Location())
			if at.Before(r.start) {
				continue
			}
			if !r.until.IsZero() && at.After(r.until) || t.After(horizon) {
				return list
			}
			if list = append(list, t.Format("2006-01-02")); len(list) == r.count {
				return list
			}
		}
	}
}

var dayCodes = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func (r plainRule) String() string {
	parts := []string{"FREQ=" + r.freq}
	add := func(given bool, format string, value any) {
		if given {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	list := func(numbers []int) string {
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", ","), "[]")
	}
	var days []string
	for _, d := range r.days {
		code := dayCodes[d.day]
		if d.n != 0 {
			code = strconv.Itoa(d.n) + code
		}
		days = append(days, code)
	}
	add(r.interval > 1, "INTERVAL=%d", r.interval)
	add(r.count > 0, "COUNT=%d", r.count)
	add(!r.until.IsZero(), "UNTIL=%s", r.until.UTC().Format("20060102T150405Z"))
	add(r.wkst != time.Monday, "WKST=%s", dayCodes[r.wkst])
	add(days != nil, "BYDAY=%s", strings.Join(days, ","))
	add(len(r.months) > 0, "BYMONTH=%s", list(r.months))
	add(len(r.monthDays) > 0, "BYMONTHDAY=%s", list(r.monthDays))
	add(len(r.places) > 0, "BYSETPOS=%s", list(r.places))
	return strings.Join(parts, ";")
}

// someRule draws a rule that the RFC allows. Without wild it is one that a Repeat can say.
func someRule(t *rapid.T, wild bool) plainRule {
	some := func(label string) bool { return rapid.IntRange(0, 2).Draw(t, label) == 0 }
	numbers := func(label string, low, high, most int) []int {
		n := rapid.IntRange(low, high).Filter(func(n int) bool { return n != 0 })
		return rapid.SliceOfN(n, 1, most).Draw(t, label)
	}
	zone := rapid.SampledFrom([]string{"UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"}).Draw(t, "zone")
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	r := plainRule{
		freq:     rapid.SampledFrom([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}).Draw(t, "freq"),
		interval: rapid.SampledFrom([]int{1, 1, 2, 3, 7}).Draw(t, "interval"),
		wkst:     time.Weekday(rapid.IntRange(0, 6).Draw(t, "wkst")),
		start:    time.Date(2019, 1, rapid.IntRange(1, 1500).Draw(t, "start"), rapid.IntRange(4, 23).Draw(t, "hour"), 30, 0, 0, loc),
	}
	if some("months") {
		r.months = numbers("months", 1, 12, 4)
	}
	if r.freq != "WEEKLY" && some("month days") {
		r.monthDays = numbers("month days", -31, 31, 8)
	}
	if !(r.freq == "YEARLY" && len(r.monthDays) > 0 && len(r.months) == 0) && rapid.Bool().Draw(t, "days") {
		places := []int{0}
		if (r.freq == "MONTHLY" || r.freq == "YEARLY" && len(r.months) > 0) && rapid.Bool().Draw(t, "numbered") {
			places = numbers("numbers", -5, 5, 3)
		}
		for range rapid.IntRange(1, 4).Draw(t, "weekdays") {
			day := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
			for _, n := range places {
				r.days = append(r.days, nthDay{n, day})
			}
			if wild && places[0] != 0 {
				places = numbers("numbers", -5, 5, 2)
			}
		}
	}
	if wild && len(r.months)+len(r.monthDays)+len(r.days) > 0 {
		r.places = numbers("places", -6, 6, 3)
	}
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 0:
		r.count = rapid.IntRange(1, 40).Draw(t, "count")
	case 1:
		r.until = r.start.Add(time.Duration(rapid.IntRange(-200, 20_000).Draw(t, "hours")) * time.Hour)
	}
	return r
}

func startFrom(t time.Time) rrule.Start {
	y, m, d := t.Date()
	date, _ := slots.NewDate(y, int(m), d)
	clock, _ := slots.NewClock(t.Hour(), t.Minute())
	return rrule.Start{Date: date, Clock: clock, Location: t.Location()}
}

// datesUntil lists the dates of r up to horizon, or its end.
func datesUntil(r rrule.Recurrence, horizon slots.Date) []string {
	var list []string
	for d, ok := r.Repeat.Next(r.Start.Date); ok && !d.After(horizon); d, ok = r.Repeat.Next(d.AddDays(1)) {
		if r.Until.IsValid() && d.After(r.Until) {
			break
		}
		list = append(list, d.String())
	}
	return list
}

// judge compares one rule with the naive reading, and reports why it was refused.
func judge(t *rapid.T, rule plainRule) *rrule.PartError {
	horizon := midnight(2030, 1, 1)
	want := rule.dates(horizon)
	r, err := rrule.Parse(rule.String(), startFrom(rule.start))
	if err != nil {
		var refusal *rrule.PartError
		require.ErrorAs(t, err, &refusal, rule)
		if refusal.Reason == rrule.NoDates {
			require.Empty(t, want, rule)
		}
		return refusal
	}
	require.Equal(t, want, datesUntil(r, slots.MustDate("2030-01-01")), "%v: %v", rule, r.Repeat)
	again(t, r)
	return nil
}

// What a Repeat can say is never refused, unless it selects nothing.
func TestAgainstNaiveReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := someRule(t, false)
		if refusal := judge(t, rule); refusal != nil {
			require.Equal(t, rrule.NoDates, refusal.Reason, "%v: %v", rule, refusal)
		}
	})
}

// With places and mixed numbers a rule is refused or right.
func TestWildAgainstNaiveReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := someRule(t, true)
		if refusal := judge(t, rule); refusal != nil {
			require.Contains(t, []rrule.Reason{rrule.NoDates, rrule.Inexpressible}, refusal.Reason, "%v: %v", rule, refusal)
			require.Contains(t, []string{"BYSETPOS", "BYDAY", "UNTIL", "RRULE"}, refusal.Part, "%v: %v", rule, refusal)
		}
	})
}

// Places that come to other days, one by one: each is taken, and gives the same dates.
func TestPlacesAgainstNaiveReading(t *testing.T) {
	start := time.Date(2026, 1, 14, 9, 0, 0, 0, time.UTC)
	for _, rule := range []plainRule{
		{freq: "DAILY", months: []int{2}, places: []int{1}},
		{freq: "DAILY", months: []int{2}, places: []int{-1, 7}},
		{freq: "WEEKLY", days: []nthDay{{0, 1}, {0, 3}, {0, 5}}, places: []int{-1}},
		{freq: "WEEKLY", days: []nthDay{{0, 0}, {0, 3}, {0, 5}}, places: []int{1, 3, 9}},
		{freq: "WEEKLY", days: []nthDay{{0, 0}, {0, 3}, {0, 5}}, places: []int{1}, wkst: time.Sunday, interval: 2},
		{freq: "WEEKLY", days: []nthDay{{0, 4}}, months: []int{3}, places: []int{-1}},
		{freq: "MONTHLY", days: []nthDay{{0, 1}}, places: []int{2, -1}},
		{freq: "MONTHLY", days: []nthDay{{0, 1}}, places: []int{5, 6}},
		{freq: "MONTHLY", days: []nthDay{{1, 1}, {3, 1}, {4, 1}}, places: []int{-1, 1}},
		{freq: "MONTHLY", days: []nthDay{{-4, 1}, {-2, 1}}, places: []int{1}},
		{freq: "MONTHLY", days: []nthDay{{5, 1}}, places: []int{-1}},
		{freq: "MONTHLY", days: []nthDay{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}}, places: []int{-1, 31, 99}},
		{freq: "MONTHLY", days: []nthDay{{0, 5}}, monthDays: []int{13}, places: []int{1}},
		{freq: "MONTHLY", monthDays: []int{1, 5, 28}, places: []int{-1, 2}},
		{freq: "MONTHLY", monthDays: []int{-1, -5, -28}, places: []int{-1}},
		{freq: "MONTHLY", monthDays: []int{31}, places: []int{1}},
		{freq: "MONTHLY", months: []int{2, 3}, days: []nthDay{{0, 4}}, places: []int{1}},
		{freq: "YEARLY", months: []int{5}, days: []nthDay{{0, 0}}, places: []int{2}},
		{freq: "YEARLY", monthDays: []int{2, 20}, places: []int{-1}},
	} {
		rule.start, rule.interval, rule.until = start, max(rule.interval, 1), start.AddDate(6, 0, 0)
		if rule.wkst == 0 && rule.interval == 1 {
			rule.wkst = time.Monday
		}
		r, err := rrule.Parse(rule.String(), startFrom(rule.start))
		require.NoError(t, err, rule)
		require.NotEmpty(t, datesOf(r))
		require.Equal(t, rule.dates(midnight(2040, 1, 1)), datesUntil(r, r.Until), "%v: %v", rule, r.Repeat)
	}
}

// Any Repeat that can be written is read back as the same dates.
func TestFormatKeepsDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(label string) bool { return rapid.IntRange(0, 2).Draw(t, label) == 0 }
		var repeat slots.Repeat
		from := slots.DateFromNumber(rapid.Int32Range(738_000, 742_000).Draw(t, "from"))
		numbers := func(label string, low, high int) []int {
			n := rapid.IntRange(low, high).Filter(func(n int) bool { return n != 0 })
			return rapid.SliceOfN(n, 1, 6).Draw(t, label)
		}
		if rapid.Bool().Draw(t, "weekdays") {
			for _, n := range numbers("weekday", 1, 7) {
				repeat.Weekdays |= slots.WeekdaysOf(slots.Weekday(n))
			}
			if some("nth") {
				repeat.Nth = slots.OrdinalsOf(numbers("nth", -5, 5)...)
			}
		}
		if repeat.Weekdays == 0 || some("month days") {
			repeat.MonthDays = slots.MonthDaysOf(numbers("month day", -31, 31)...)
		}
		if some("months") {
			repeat.Months = slots.MonthsOf(numbers("month", 1, 12)...)
		}
		if some("every") {
			repeat.Every, repeat.Unit = rapid.IntRange(2, 5).Draw(t, "every"), slots.RepeatUnit(rapid.IntRange(1, 4).Draw(t, "unit"))
			repeat.Anchor = from
			if repeat.Unit == slots.CountWeeks {
				repeat.WeekStart = slots.Weekday(rapid.IntRange(0, 7).Draw(t, "week start"))
			}
		} else if some("parity") {
			repeat.Parity = slots.WeekParity(rapid.IntRange(1, 2).Draw(t, "parity"))
		}
		first, ok := repeat.Next(from)
		if !ok {
			t.Skip("never held")
		}
		r := rrule.Recurrence{Start: rrule.Start{Date: first, Clock: slots.MustClock("08:30")}, Repeat: repeat}
		if some("until") {
			r.Until = first.AddDays(rapid.IntRange(0, 1000).Draw(t, "days"))
		}
		inMonth := repeat.Nth != 0 || repeat.MonthDays != 0
		unsayable := repeat.Parity != slots.AnyWeek && (inMonth || repeat.Months != 0) ||
			repeat.Unit == slots.CountWeeks && inMonth || repeat.Unit == slots.CountDays && repeat.Nth != 0
		text, err := r.Format()
		require.Equal(t, unsayable, err != nil, "%v: %v", repeat, err)
		if unsayable {
			return
		}
		back, err := rrule.Parse(text, r.Start)
		require.NoError(t, err, text)
		horizon := first.AddDays(3000)
		require.Equal(t, datesUntil(r, horizon), datesUntil(back, horizon), "%v: %s", repeat, text)
		again(t, back)
	})
}

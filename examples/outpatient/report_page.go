package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
)

//go:embed report.tmpl
var pageTemplate string

//go:embed report.css
var pageStyle string

// page is the Report made ready for the template: pictures drawn, numbers written.
type page struct {
	Lang                               Lang
	R                                  *Report
	CSS                                template.CSS
	Lede                               string
	Tiles                              []tile
	Load, Staff, Departments, Channels template.HTML
	Compare                            []compareRow
	Losers                             []namedValue
	Delays                             []delayBar
	DelayNote, SheetMore               string
}

type tile struct{ Name, Value, Unit, Was string }

type compareRow struct {
	Name, Before, After, Difference, Verdict, Elastic string
	Minor                                             bool // not for the screen
}

type namedValue struct{ Name, Value string }

type delayBar struct {
	Name  string
	Width int64 // per cent of the longest
	Value int64
}

// writeReport writes the page: one file, no scripts, nothing from elsewhere. The error is the writer's.
func writeReport(w io.Writer, r *Report) error {
	page, err := template.New("report").Funcs(template.FuncMap{"t": r.Lang.t, "verdict": lessIsBetter}).Parse(pageTemplate)
	if err != nil {
		return err
	}
	return page.Execute(w, newPage(r))
}

func newPage(r *Report) page {
	p := page{
		Lang: r.Lang, R: r, CSS: template.CSS(pageStyle),
		Tiles: tiles(r), Load: chartLoad(r), Staff: chartStaff(r), Departments: chartDepartments(r), Channels: chartChannels(r),
		Compare: compare(r), Losers: losers(r), Delays: delays(r),
	}
	before, after := peaks(r)
	lede := "lede"
	if after >= before {
		lede = "lede.up"
	}
	p.Lede = fmt.Sprintf(r.Lang.t(lede), before, after, r.Losers.Later, r.Losers.LostNumber)
	p.DelayNote = fmt.Sprintf(r.Lang.t("losers.delay"), r.Losers.MedianDelay, r.Losers.MostDelay)
	if r.DaySheet.More > 0 {
		p.SheetMore = fmt.Sprintf(r.Lang.t("sheet.more"), r.DaySheet.More)
	}
	return p
}

// peaks are the busiest half-hours before and after.
func peaks(r *Report) (before, after int64) {
	for _, v := range r.Load {
		before, after = max(before, v.Before), max(after, v.After)
	}
	return before, after
}

func tiles(r *Report) []tile {
	l, b, a := r.Lang, r.Before, r.After
	return []tile{
		{l.t("tile.fill"), percent(a.FillPerMille), "", percent(b.FillPerMille)},
		{l.t("tile.third"), days(a.ThirdNextDays), l.t("day"), days(b.ThirdNextDays)},
		{l.t("tile.lead"), tenths(a.LeadTenthDays), l.t("day"), tenths(b.LeadTenthDays)},
		{l.t("tile.noshow"), percent(a.NoShowPerMille), "", percent(b.NoShowPerMille)},
		{l.t("tile.wait"), strconv.FormatInt(a.WaitNinetyMinutes, 10), l.t("minutes"), strconv.FormatInt(b.WaitNinetyMinutes, 10)},
		{l.t("tile.over"), hours(a.OvertimeMinutes), "h", hours(b.OvertimeMinutes)},
	}
}

func days(n int64) string {
	if n < 0 {
		return "–"
	}
	return strconv.FormatInt(n, 10)
}

// tenths writes a number of tenths with one decimal.
func tenths(n int64) string {
	if n < 0 {
		return "−" + tenths(-n)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

// hours writes minutes as hours with one decimal, rounded to the nearest.
func hours(minutes int64) string { return tenths((minutes + 3) / 6) }

// direction says which way is good.
type direction int

const (
	neutral direction = iota
	more
	less
)

func lessIsBetter(before, after int64) string { return verdict(before, after, less) }

func verdict(before, after int64, good direction) string {
	switch {
	case before == after:
		return "same"
	case good == neutral:
		return ""
	case (after > before) == (good == more):
		return "better"
	}
	return "worse"
}

// compare makes the rows of the table of indicators. A row of which neither way is good has no verdict but its difference.
func compare(r *Report) []compareRow {
	l, b, a, e := r.Lang, r.Before, r.After, r.Elastic
	peakBefore, peakAfter := peaks(r)
	whole := func(n int64) string { return strconv.FormatInt(n, 10) }
	points := func(n int64) string { return tenths(n) + " " + l.t("points") }
	var rows []compareRow
	for _, v := range []struct {
		key                    string
		before, after, elastic int64
		good                   direction
		write                  func(int64) string
		differ                 func(int64) string // how a difference is written, without its sign
	}{
		{"requests", b.Requests, a.Requests, e.Requests, neutral, whole, whole},
		{"booked", b.Booked, a.Booked, e.Booked, more, whole, whole},
		{"unpaid", b.Unpaid, a.Unpaid, e.Unpaid, neutral, whole, whole},
		{"refused", b.Refused, a.Refused, e.Refused, less, whole, whole},
		{"peak", peakBefore, peakAfter, -1, less, whole, whole},
		{"fill", b.FillPerMille, a.FillPerMille, e.FillPerMille, more, percent, points},
		{"coverage", b.CoveragePerMille, a.CoveragePerMille, e.CoveragePerMille, more, percent, points},
		{"third", b.ThirdNextDays, a.ThirdNextDays, e.ThirdNextDays, less, days, days},
		{"lead", b.LeadTenthDays, a.LeadTenthDays, e.LeadTenthDays, less, tenths, tenths},
		{"noshow", b.NoShowPerMille, a.NoShowPerMille, e.NoShowPerMille, less, percent, points},
		{"wait", b.WaitMedianMinutes, a.WaitMedianMinutes, e.WaitMedianMinutes, less, whole, whole},
		{"wait90", b.WaitNinetyMinutes, a.WaitNinetyMinutes, e.WaitNinetyMinutes, less, whole, whole},
		{"over", b.OvertimeMinutes, a.OvertimeMinutes, e.OvertimeMinutes, less, whole, whole},
		{"staff", b.StaffMinutes, a.StaffMinutes, e.StaffMinutes, less, whole, whole},
	} {
		row := compareRow{Minor: v.key == "unpaid" || v.key == "coverage" || v.key == "lead" || v.key == "wait", Name: l.t("compare." + v.key), Before: v.write(v.before), After: v.write(v.after), Verdict: verdict(v.before, v.after, v.good)}
		if v.key != "peak" { // the picture is of the two worlds that differ in one thing
			row.Elastic = v.write(v.elastic)
		}
		if v.before != v.after && (v.key != "third" || v.before >= 0 && v.after >= 0) {
			row.Difference = signed(v.after-v.before, v.differ)
		}
		rows = append(rows, row)
	}
	return rows
}

func signed(n int64, write func(int64) string) string {
	if n < 0 {
		return "−" + write(-n)
	}
	return "+" + write(n)
}

func losers(r *Report) []namedValue {
	l, v := r.Lang, r.Losers
	whole := func(n int64) string { return strconv.FormatInt(n, 10) }
	return []namedValue{
		{l.t("losers.same"), whole(v.Same)},
		{l.t("losers.earlier"), whole(v.Earlier)},
		{l.t("losers.later"), whole(v.Later)},
		{l.t("losers.gained"), whole(v.GainedNumber)},
		{l.t("losers.lost"), whole(v.LostNumber)},
		{l.t("losers.wished"), whole(v.LaterThanWishedOnce) + " → " + whole(v.LaterThanWished)},
		{l.t("losers.wait"), whole(v.WaitLonger)},
	}
}

func delays(r *Report) []delayBar {
	longest := int64(1)
	for _, b := range r.Losers.Delays {
		longest = max(longest, b.Count)
	}
	var bars []delayBar
	for _, b := range r.Losers.Delays {
		name := r.Lang.t("losers.more")
		if b.UpToMinutes > 0 {
			name = fmt.Sprintf(r.Lang.t("losers.upto"), b.UpToMinutes)
		}
		bars = append(bars, delayBar{name, b.Count * 100 / longest, b.Count})
	}
	return bars
}

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// sampleReport is a plausible report; every number in it is different enough to be found on the page.
func sampleReport(l Lang) *Report {
	r := &Report{
		Lang: l, Hospital: "Example hospital 示例医院", From: slots.MustDate("2026-09-21"), To: slots.MustDate("2026-10-18"), Seed: 1,
		Digest:    strings.Repeat("0123456789abcdef", 4),
		Mechanism: "level loading steers people off the peak 平峰引导",
		Before:    Indicators{2175, 1990, 0, 185, 812, 806, 3, 61, 118, 14, 52, 1904, 29460},
		After:     Indicators{2175, 2011, 0, 164, 823, 819, 2, 63, 117, 9, 33, 1311, 29460},
		Channels:  []ChannelCount{{App, 640}, {WeChat, 530}, {Alipay, 181}, {Kiosk, 178}, {Window, 262}, {Telephone, 220}},
		StaffDay:  slots.MustDate("2026-09-21"),
		Departments: []DepartmentResult{
			{"全科医学科 General practice", 1260, 1101, 861, 142}, {"心血管内科 Cardiology", 1116, 910, 744, 81},
			{"CT", 840, 402, 371, 22}, {"MRI", 260, 251, 240, 9}, {"超声 Ultrasound", 900, 610, 560, 41},
		},
		Losers: Losers{Same: 811, Earlier: 402, Later: 798, LostNumber: 17, GainedNumber: 38, LaterThanWished: 96, LaterThanWishedOnce: 141,
			Delays: []DelayBucket{{15, 301}, {30, 207}, {60, 188}, {120, 83}, {0, 19}}, MedianDelay: 24, MostDelay: 187, WaitLonger: 233},
		Overtime: []OvertimeRow{{"D002 · 01", 412, 233}, {"D007 · 02", 101, 139}, {"CT1", 64, 64}},
		Changes: []Change{
			{"09-23 07:40", "D003 ill: session closed, 14 offers", "illness", "11 moved, 2 declined, 1 walked in"},
			{"09-24 10:10", "window 5 opened 10:30–12:00", "38 arrivals expected in half an hour, target wait 10 min", "median wait 6 min instead of 19; 90 min overtime"},
		},
		DaySheet: DaySheet{Date: slots.MustDate("2026-09-21"), More: 88, Rows: []DaySheetRow{
			{slots.MustClock("08:00"), "001", "P000067", "全科医学科", "D002", "107", WeChat, "fulfilled"},
			{slots.MustClock("08:07"), "002", "P000911", "全科医学科", "D002", "107", Window, "no-show"},
			{slots.MustClock("08:15"), "003", "P000124", "全科医学科", "D002", "107", App, "fulfilled"},
		}},
		Findings: []string{"D012 is in two places on Mondays (02/107, 0201/118)"},
		Notes:    []string{"Requests are drawn from seed 1; no patient here is a person."},
	}
	before := []int64{0, 0, 214, 238, 221, 160, 118, 81, 52, 0, 0, 96, 141, 128, 90, 61, 38, 0, 0, 44, 71, 68, 41}
	after := []int64{0, 0, 171, 179, 176, 158, 149, 121, 99, 0, 0, 92, 106, 108, 101, 93, 74, 0, 0, 51, 60, 59, 57}
	need := []int64{2, 3, 4, 6, 6, 5, 4, 3, 2, 1, 1, 3, 4, 4, 3, 2, 2, 1, 1, 2, 2, 1, 0}
	have := []int64{3, 3, 4, 4, 4, 4, 4, 3, 3, 1, 1, 3, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1}
	add := []int64{0, 0, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for i := range before {
		at := clockAt(7*60 + 30*i)
		r.Load = append(r.Load, LoadPeriod{at, before[i], after[i], 260})
		r.Staff = append(r.Staff, StaffPeriod{at, need[i], have[i], add[i]})
	}
	return r
}

func renderPage(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, writeReport(&b, r))
	return b.String()
}

// TestPageForEyes writes the sample page where the variable says, for somebody to look at it.
func TestPageForEyes(t *testing.T) {
	path := os.Getenv("HAOYUAN_REPORT")
	if path == "" {
		t.Skip("HAOYUAN_REPORT names no file: nothing to look at")
	}
	l := English
	if strings.Contains(path, "zh") {
		l = Chinese
	}
	require.NoError(t, os.WriteFile(path, []byte(renderPage(t, sampleReport(l))), 0o644))
}

var pictures = regexp.MustCompile(`(?s)<svg.*?</svg>`)

// checkXML reads every picture as XML and counts what it is made of.
func checkXML(t *testing.T, page string, want int) {
	t.Helper()
	found := pictures.FindAllString(page, -1)
	require.Len(t, found, want)
	for _, picture := range found {
		d := xml.NewDecoder(strings.NewReader(picture))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
	}
}

func TestPicturesAreXML(t *testing.T) {
	for _, l := range []Lang{Chinese, English} {
		checkXML(t, renderPage(t, sampleReport(l)), 4)
		checkXML(t, renderPage(t, &Report{Lang: l}), 4)
	}
}

// TestAllNumbersAreOnThePage looks for every figure of the sample; none may get lost between the struct and the eye.
func TestAllNumbersAreOnThePage(t *testing.T) {
	r := sampleReport(English)
	text := html.UnescapeString(renderPage(t, r))
	for _, v := range r.Load {
		require.Contains(t, text, v.Start.String()+" · before "+strconv.FormatInt(v.Before, 10)+"<")
		require.Contains(t, text, v.Start.String()+" · after "+strconv.FormatInt(v.After, 10)+"<")
	}
	for _, v := range r.Staff {
		require.Contains(t, text, v.Start.String()+" · needed "+strconv.FormatInt(v.Needed, 10)+" · rostered "+
			strconv.FormatInt(v.Rostered, 10)+" · added "+strconv.FormatInt(v.Added, 10))
	}
	for _, want := range []string{
		"2026-09-21 – 2026-10-18", "before 238", "after 179", // the peaks
		"82.3 %", "81.2 %", "+1.1 pp better", "81.9 %", "80.6 %", "6.3", "6.1", "+0.2 worse", "11.7 %", "11.8 %", "−0.1 pp better", // indicators
		"21.9", "31.7", ">2175<", ">2011<", ">1990<", ">164<", ">185<", ">1904<", ">1311<", ">29460<", ">52<", ">33<", ">14<", ">9<",
		">811<", ">402<", ">798<", ">17<", ">38<", "141 → 96", ">233<", "median 24 min", "at most 187 min", // losers
		">301<", ">207<", ">188<", ">83<", ">19<", "≤ 15 min", "more", // delays
		">412<", ">139<", "D002 · 01", // overtime
		"1101 / 1260", "87.4 %", "142 / 1003", "14.2 %", "910 / 1116", "81.5 %", "251 / 260", "96.5 %", "3.6 %", // departments
		"App · 640 · 31.8 %", "Telephone · 220 · 10.9 %", // channels
		"D003 ill: session closed", "11 moved, 2 declined", "P000911", "and 88 more", r.Digest, "seed 1", // the rest
		r.Findings[0], r.Notes[0], r.Mechanism, ">260<",
		"31 h", "3 h", "1.5 h", "29.5 h", // hours of staff: needed, overtime, short, rostered
	} {
		require.Contains(t, text, want)
	}
	require.Contains(t, text, "Over the weeks, the busiest half-hour falls from 238 patients to 179. 798 patients come later")
}

// TestPeakThatDidNotFallIsSaid: the headline does not praise what did not happen.
func TestPeakThatDidNotFallIsSaid(t *testing.T) {
	r := sampleReport(English)
	r.Load[8].After = 240
	require.Contains(t, renderPage(t, r), "did not fall: 238 patients, then 240")
	require.Contains(t, renderPage(t, r), "&#43;2 worse")
}

// TestHostileNames puts markup into every text that comes from data; none of it may become markup.
func TestHostileNames(t *testing.T) {
	const evil = `</title></svg><script>alert("1")</script>'&` + "\x00\xff"
	r := sampleReport(English)
	r.Hospital, r.Mechanism, r.Digest = evil, evil, evil
	r.Departments[0].Name, r.Overtime[0].Who = evil, evil
	r.Changes[0] = Change{evil, evil, evil, evil}
	r.DaySheet.Rows[0] = DaySheetRow{slots.MustClock("08:00"), evil, evil, evil, evil, evil, App, evil}
	r.Findings, r.Notes = []string{evil}, []string{evil}
	page := renderPage(t, r)
	require.NotContains(t, page, "<script")
	require.NotContains(t, page, "\x00")
	require.Equal(t, 4, strings.Count(page, "</svg>"))
	checkXML(t, page, 4)
	// As many elements as with harmless names: nothing was added, nothing cut off.
	tags := regexp.MustCompile(`</?[a-z]+[ >]`)
	require.Len(t, tags.FindAllString(page, -1), len(tags.FindAllString(renderPage(t, sampleReport(English)), -1)))
}

func TestPageNeedsNothingFromElsewhere(t *testing.T) {
	page := strings.ReplaceAll(renderPage(t, sampleReport(Chinese)), `xmlns="http://www.w3.org/2000/svg"`, "")
	for _, outside := range []string{"http:", "https:", "//", "src=", "href=", "@import", "<script", "<link", "<iframe", "url(h"} {
		require.NotContains(t, page, outside)
	}
}

func TestPageIsTheSameTwice(t *testing.T) {
	require.Equal(t, renderPage(t, sampleReport(Chinese)), renderPage(t, sampleReport(Chinese)))
}

func TestScaleEndsAtARoundNumber(t *testing.T) {
	for _, c := range []struct{ most, top, tick int64 }{{0, 1, 1}, {6, 6, 1}, {7, 8, 2}, {12, 12, 2}, {13, 15, 5}, {31, 40, 10}, {238, 250, 50}, {999, 1000, 200}, {1_234_567, 1_500_000, 500_000}} {
		s := newScale(c.most, 300)
		require.Equal(t, [2]int64{c.top, c.tick}, [2]int64{s.top, s.tick}, "most %d", c.most)
		require.Equal(t, int64(300), s.at(s.top))
	}
}

func TestLabelsKeepApart(t *testing.T) {
	for _, c := range [][4]int64{{100, 200, 100, 200}, {100, 100, 83, 117}, {104, 100, 119, 85}, {100, 104, 85, 119}} {
		a, b := apart(c[0], c[1], 34)
		require.Equal(t, [2]int64{c[2], c[3]}, [2]int64{a, b})
	}
}

func TestNumbersAsWritten(t *testing.T) {
	require.Equal(t, []string{"0.0 %", "−1.5 %", "100.0 %"}, []string{percent(0), percent(-15), percent(1000)})
	require.Equal(t, []int64{0, 333, 667, 1000, 0}, []int64{perMille(0, 3), perMille(1, 3), perMille(2, 3), perMille(3, 3), perMille(1, 0)})
	require.Equal(t, []string{"0.0", "0.5", "−1.2", "31.7"}, []string{hours(0), hours(30), tenths(-12), hours(1904)})
	require.Equal(t, []string{"–", "3"}, []string{days(-1), days(3)})
	require.Equal(t, []string{"same", "better", "worse", "better", ""},
		[]string{verdict(1, 1, neutral), verdict(1, 2, more), verdict(1, 2, less), verdict(2, 1, less), verdict(1, 2, neutral)})
	require.Equal(t, []string{"abc", "全科医…", "abcd…"}, []string{shorten("abc", 4), shorten("全科医学科", 7), shorten("abcdef", 4)})
}

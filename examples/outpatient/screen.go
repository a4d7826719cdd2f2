package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// screenWidth is what a terminal shows without breaking lines, in columns; a Chinese character takes two.
const screenWidth = 100

// writeScreen writes what a head of outpatients reads: one screen of the report, and where the page is.
func writeScreen(out io.Writer, ws *weeks, r *Report, pagePath string) error {
	s := &screen{l: r.Lang}
	s.head(ws, r)
	s.indicators(r)
	s.changes(ws, r)
	s.refusals(r)
	s.sheet(r)
	s.foot(ws, r, pagePath)
	_, err := io.WriteString(out, s.b.String())
	return err
}

type screen struct {
	l Lang
	b strings.Builder
}

// titleWidth is the column in which the text of a titled line begins.
const titleWidth = 20

// line writes one line, cut to the screen's width.
func (s *screen) line(format string, args ...any) {
	s.b.WriteString(strings.TrimRight(cut(fmt.Sprintf(format, args...), screenWidth), " "))
	s.b.WriteByte('\n')
}

func (s *screen) title(key string) { s.line("── %s", s.l.t(key)) }

func (s *screen) head(ws *weeks, r *Report) {
	s.line("%s · %v – %v", r.Hospital, r.From, r.To)
	s.line("%s", sizeText(ws.plan, s.l))
}

// indicators is the table of the three worlds. The figures are the page's own.
func (s *screen) indicators(r *Report) {
	s.line("%s%s%s%s", pad("── "+s.l.t("screen.indicator"), 40), padLeft(s.l.t("before"), 18), padLeft(s.l.t("after"), 18), padLeft(s.l.t("screen.elastic"), 18))
	for _, row := range compare(r) {
		if row.Minor {
			continue // the page has it
		}
		s.line("   %s%s%s%s", pad(row.Name, 37), padLeft(row.Before, 18), padLeft(row.After, 18), padLeft(row.Elastic, 18))
	}
	v := r.Losers
	s.line("   "+s.l.t("screen.losers"), v.Later, v.MedianDelay, v.Earlier, v.Same, v.GainedNumber, v.LostNumber)
	s.line("   "+s.l.t("screen.losers2"), v.LaterThanWishedOnce, v.LaterThanWished, v.WaitLonger)
}

// screenChanges is how many changes are shown of those that belong to a day; those of all the weeks are always.
const screenChanges = 6

func (s *screen) changes(ws *weeks, r *Report) {
	s.title("changes.title")
	for _, c := range r.Changes[:min(screenChanges, len(r.Changes))] {
		s.line("   %s  %s", pad(c.When, 11), c.What)
		s.line("   %s  %s → %s", pad("", 11), c.Why, c.Effect)
	}
	if more := len(r.Changes) - screenChanges; more > 0 {
		s.line("   "+s.l.t("screen.more"), more)
	}
	s.line("   %s", elasticText(ws, s.l))
}

func (s *screen) refusals(r *Report) {
	var reasons, shares []string
	for _, c := range r.Refusals {
		reasons = append(reasons, c.Name+" "+strconv.FormatInt(c.Count, 10))
	}
	total := int64(0)
	for _, c := range r.Channels {
		total += c.Count
	}
	for _, c := range r.Channels {
		shares = append(shares, s.l.t("channel."+c.Channel.String())+" "+percent(perMille(c.Count, total)))
	}
	s.list("screen.refusals", reasons)
	s.list("channels.title", shares)
}

// list writes a titled list, on as many lines as it takes.
func (s *screen) list(key string, parts []string) {
	const between = " · "
	line, margin := "── "+pad(s.l.t(key), titleWidth)+"  ", titleWidth+5
	for i, part := range parts {
		if i < len(parts)-1 {
			part += between
		}
		if columns(line)+columns(part) > screenWidth && columns(line) > margin {
			s.line("%s", line)
			line = strings.Repeat(" ", margin)
		}
		line += part
	}
	s.line("%s", line)
}

// screenSheet is how many rows of the day sheet are shown.
const screenSheet = 4

func (s *screen) sheet(r *Report) {
	s.line("── %s · %v", s.l.t("sheet.title"), r.DaySheet.Date)
	for _, row := range r.DaySheet.Rows[:min(screenSheet, len(r.DaySheet.Rows))] {
		s.line("   %v  %s  %s  %s  %s  %s  %s  %s", row.Time, row.Number, row.Patient, pad(row.Department, 24), pad(row.Physician, 6),
			pad(row.Room, 6), pad(s.l.t("channel."+row.Channel.String()), 10), row.State)
	}
}

func (s *screen) foot(ws *weeks, r *Report, pagePath string) {
	two, shared := 0, 0
	for _, f := range ws.plan.h.Findings {
		if f.Kind == "two-places" {
			two++
		} else {
			shared++
		}
	}
	s.line("── %s  "+s.l.t("screen.findings"), pad(s.l.t("screen.found"), titleWidth), len(r.Findings), two, shared)
	for _, f := range r.Findings[:min(1, len(r.Findings))] {
		s.line("   %s", f)
	}
	s.line("── %s  %s", pad(s.l.t("screen.checked"), titleWidth), r.Proof)
	s.line("── %s  %s", pad(s.l.t("screen.page"), titleWidth), pagePath)
	s.line("── %s  %s", pad(s.l.t("screen.digest"), titleWidth), r.Digest)
}

// columns is the width of a text on a terminal: ideographs, kana and full-width signs take two columns.
func columns(text string) (n int) {
	for _, c := range text {
		n += runeColumns(c)
	}
	return n
}

func runeColumns(c rune) int {
	switch {
	case c >= 0x1100 && c <= 0x115f, c >= 0x2e80 && c <= 0xa4cf, c >= 0xac00 && c <= 0xd7a3, c >= 0xf900 && c <= 0xfaff,
		c >= 0xfe30 && c <= 0xfe6f, c >= 0xff00 && c <= 0xff60, c >= 0xffe0 && c <= 0xffe6, c >= 0x20000 && c <= 0x3fffd:
		return 2
	}
	return 1
}

// cut ends a text that is wider than so many columns with an ellipsis.
func cut(text string, width int) string {
	if columns(text) <= width {
		return text
	}
	n := 1
	for i, c := range text {
		if n+runeColumns(c) > width {
			return text[:i] + "…"
		}
		n += runeColumns(c)
	}
	return text
}

// pad and padLeft fill a text with blanks to a width in columns; one that is wider is cut.
func pad(text string, width int) string {
	text = cut(text, width)
	return text + strings.Repeat(" ", width-columns(text))
}

func padLeft(text string, width int) string {
	text = cut(text, width)
	return strings.Repeat(" ", width-columns(text)) + text
}

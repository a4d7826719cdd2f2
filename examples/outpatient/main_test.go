package main

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// runQuiet runs the program as in a pipe.
func runQuiet(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(args, &o, &e, &progress{last: -1})
	return status, o.String(), e.String()
}

func TestRunRefusesBadArguments(t *testing.T) {
	for _, args := range [][]string{{"-nosuch"}, {"-lang", "fr"}, {"more"}} {
		status, out, errs := runQuiet(args...)
		require.Equal(t, 2, status)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
}

// TestBadDataLeavesNothingBehind: everything wrong is said, and neither screen nor page is written.
func TestBadDataLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	status, out, errs := runQuiet("-data", dir, "-o", page)
	require.Equal(t, 2, status)
	require.Contains(t, errs, "no timetable")
	require.Empty(t, out)
	require.NoFileExists(t, page)

	rows := "dept_code,dept_name,physician,iso_weekday,session,room,flags,closed_dates\n01,内科,D001,9,am,101,,\n01,内科,D001,1,dawn,101,,\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "week.csv"), []byte(rows), 0o600))
	status, out, errs = runQuiet("-data", dir, "-o", page)
	require.Equal(t, 2, status)
	require.Contains(t, errs, "week.csv:2: column iso_weekday")
	require.Contains(t, errs, "week.csv:3: column session")
	require.Empty(t, out)
	require.NoFileExists(t, page)
}

// TestOwnDirectory: a small hospital of one's own, with a page where it was asked for, in Chinese.
func TestOwnDirectory(t *testing.T) {
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("dept_code,dept_name,physician,iso_weekday,session,room,flags,closed_dates\n")
	for _, row := range []string{"1,am,101", "2,pm,101", "3,am,102", "4,am,101", "5,pm,102"} {
		rows.WriteString("01,内科,D001," + row + ",,\n02,外科,D002," + row + "9,not_on_web,\n")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "week.csv"), []byte(rows.String()), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "s.csv"), []byte("setting,value\nweeks,1\nname,小医院\n"), 0o600))
	page := filepath.Join(t.TempDir(), "page.html")
	status, out, errs := runQuiet("-data", dir, "-o", page, "-lang", "zh")
	require.Zero(t, status, errs)
	require.Empty(t, errs, "quiet in a pipe")
	require.True(t, strings.HasPrefix(out, "小医院"))
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Contains(t, string(text), `<html lang="zh-CN">`)
	require.Contains(t, string(text), "小医院")

	status, _, errs = runQuiet("-data", dir, "-o", filepath.Join(dir, "no", "page.html"))
	require.Equal(t, 1, status)
	require.NotEmpty(t, errs)
}

var (
	numbers = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)
	hex64   = regexp.MustCompile(`\b[0-9a-f]{64}\b`)
)

// TestScreenFitsAndAgreesWithThePage, in both languages: one screen, and no figure on it that the page does not have.
func TestScreenFitsAndAgreesWithThePage(t *testing.T) {
	ws := playedWeeks(t)
	for _, l := range []Lang{Chinese, English} {
		r, err := newReport(ws, l)
		require.NoError(t, err)
		page := html.UnescapeString(renderPage(t, r))
		checkXML(t, page, 4)
		var out bytes.Buffer
		require.NoError(t, writeScreen(&out, ws, r, "report.html"))
		require.NotContains(t, out.String(), "‹", "a text without an entry")
		require.NotContains(t, out.String(), "%!", "a text with too few or too many figures")
		lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
		require.LessOrEqual(t, len(lines), 45)
		onPage := numbers.FindAllString(page, -1)
		for _, line := range lines {
			require.LessOrEqual(t, columns(line), screenWidth)
			require.NotContains(t, line, "…", "shipped data need no cutting")
			if strings.HasPrefix(line, "── "+l.t("screen.digest")) || strings.HasPrefix(line, "── "+l.t("screen.findings")[:3]) {
				continue
			}
			for _, n := range numbers.FindAllString(line, -1) {
				require.True(t, slices.Contains(onPage, n), "%s of %q", n, line)
			}
		}
		require.Equal(t, []string{r.Digest}, hex64.FindAllString(out.String(), -1))
		require.Contains(t, page, r.Digest)
		require.Equal(t, ws.proof.Digest, r.Digest)
		for _, f := range r.Findings {
			require.Contains(t, page, f)
		}
	}
}

// TestRealTimetable plays the whole job on a real timetable with real holidays and a real no-show history.
func TestRealTimetable(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(filepath.Join(dir, "roster", "hospital-c-week.csv")); err != nil {
		t.Skip("../shared/data is not here: the real timetable is not played")
	}
	page := filepath.Join(t.TempDir(), "page.html")
	status, out, errs := runQuiet("-data", dir, "-o", page)
	require.Zero(t, status, errs)
	require.Contains(t, out, "35 departments, 89 physicians")
	require.Contains(t, out, "a physician in two places 19 times, a room shared 18 times")
	require.Contains(t, out, "; 0 broken")
	require.Len(t, hex64.FindAllString(out, -1), 1)
	require.LessOrEqual(t, strings.Count(out, "\n"), 45)
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Equal(t, 19, strings.Count(string(text), "is in several places at once"))

	h, err := loadData(os.DirFS(dir))
	require.NoError(t, err)
	require.NotEqual(t, inventedCurve, usualDemand(h, releaseAhead).Curve, "no-shows follow the history")
}

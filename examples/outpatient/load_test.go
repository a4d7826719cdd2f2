package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

const (
	rosterHeader = "dept_code,dept_name,physician,iso_weekday,session,room,flags,closed_dates\n"
	goodRow      = "01,内科,D001,1,am,101,,2026-09-21 2026-10-12\n"
	goodRoster   = rosterHeader + goodRow
)

// dataset is a directory of files: name, content, name, content...
func dataset(files ...string) fs.FS {
	m := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

func TestLoadDataReadsSmallestDirectory(t *testing.T) {
	h, err := loadData(dataset("anything.csv", goodRoster))
	require.NoError(t, err)
	require.Equal(t, []RosterRow{{
		Line: 2, Department: "01", Physician: "D001", Weekday: slots.Monday, Part: "am", Room: "101",
		Closed: []slots.Date{slots.MustDate("2026-09-21"), slots.MustDate("2026-10-12")},
	}}, h.Roster)
	require.Equal(t, "内科", h.Departments[0].English, "no English name: the Chinese one again")
	require.Equal(t, []int{2025, 2026}, h.Years, "holiday notices are the shipped ones")
	require.NotEmpty(t, h.Machines)
	require.Equal(t, []string{"taken from the shipped data: parts, exams, machines, windows, holidays"}, h.Notes)
	for _, p := range h.Parts {
		require.Empty(t, p.Department, "what concerns one department of another hospital is not taken")
	}
}

// TestRowsThatAreTaken lists what real files bring along and what is not a mistake.
func TestRowsThatAreTaken(t *testing.T) {
	for name, file := range map[string]string{
		"byte order mark":          "\xef\xbb\xbf" + goodRoster,
		"CRLF":                     strings.ReplaceAll(goodRoster, "\n", "\r\n"),
		"quoted fields":            rosterHeader + `"01","内科","D001","1","am","101","","2026-09-21 2026-10-12"` + "\n",
		"quoted header":            `"dept_code","dept_name","physician","iso_weekday","session","room","flags","closed_dates"` + "\n" + goodRow,
		"trailing commas":          strings.ReplaceAll(goodRoster, "\n", ",,\n"),
		"trailing commas in a row": rosterHeader + strings.TrimSuffix(goodRow, "\n") + ",,,\n",
		"blank and comma lines":    rosterHeader + "\n,,,,,,,\n" + goodRow + ",,\n\n",
		"blanks around fields":     rosterHeader + " 01 , 内科 , D001 , 1 , am , 101 , , 2026-10-12  2026-09-21 \n",
		"no last line end":         strings.TrimSuffix(goodRoster, "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			h, err := loadData(dataset("r.csv", file))
			require.NoError(t, err)
			require.Len(t, h.Roster, 1)
			require.Equal(t, "01 D001 1 am 101", h.Roster[0].ID())
			require.Len(t, h.Roster[0].Closed, 2)
		})
	}
}

// TestRowsThatAreRefused states for each mistake the whole message: file, line, column, value, what was expected.
func TestRowsThatAreRefused(t *testing.T) {
	row := func(s string) string { return goodRoster + s + "\n" }
	for _, c := range []struct{ name, file, want string }{
		{"weekday", row("01,内科,D002,8,am,102,,"), `r.csv:3: column iso_weekday: "8": want a weekday, 1 (Monday) to 7 (Sunday)`},
		{"weekday zero", row("01,内科,D002,0,am,102,,"), `r.csv:3: column iso_weekday: "0": want a weekday, 1 (Monday) to 7 (Sunday)`},
		{"part", row("01,内科,D002,1,evenin,102,,"), `r.csv:3: column session: "evenin": did you mean evening? want one of am, noon, pm, evening, night`},
		{"flag", row("01,内科,D002,1,am,102,full,"), `r.csv:3: column flags: "full": want one of substitute, fully_booked, not_on_web`},
		{"closed on another weekday", row("01,内科,D002,1,am,102,,2026-09-22"), `r.csv:3: column closed_dates: "2026-09-22": 2026-09-22 is a Tuesday; want a Monday, the weekday of the row`},
		{"no such date", row("01,内科,D002,1,am,102,,2026-02-30"), `r.csv:3: column closed_dates: "2026-02-30": "2026-02-30": want dates YYYY-MM-DD with blanks between`},
		{"closed twice", row("01,内科,D002,1,am,102,,2026-09-21 2026-09-21"), `r.csv:3: column closed_dates: "2026-09-21 2026-09-21": 2026-09-21 twice`},
		{"same row twice", row(strings.TrimSuffix(goodRow, "\n")), `r.csv:3: same department, physician, weekday, session and room as line 2`},
		{"two names", row("01,外科,D002,1,am,102,,"), `r.csv:3: column dept_name: "外科": department 01 is named 内科 on line 2`},
		{"too few fields", row("01,内科,D002,1,am"), `r.csv:3: 5 fields; want 8: dept_code,dept_name,physician,iso_weekday,session,room,flags,closed_dates`},
		{"too many fields", row("01,内科,D002,1,am,102,,,x"), `r.csv:3: 9 fields; want 8: dept_code,dept_name,physician,iso_weekday,session,room,flags,closed_dates`},
		{"no physician", row("01,内科,,1,am,102,,"), `r.csv:3: column physician: "": want a physician code, 1 to 30 bytes without blanks`},
		{"blank in a code", row("01,内科,D 2,1,am,102,,"), `r.csv:3: column physician: "D 2": want a physician code, 1 to 30 bytes without blanks`},
		{"not UTF-8", row("01,\xc4\xda\xbf\xc6,D002,1,am,102,,"), `r.csv:3: column dept_name: "\xc4ڿ\xc6": want UTF-8`},
		{"bare quote", row(`01,内"科,D002,1,am,102,,`), `r.csv:3: character 7: bare " in non-quoted-field; want quoted fields as "a, b", a quote inside as ""`},
		{"line is counted in the file", goodRoster + "\n\n01,内科,D002,9,am,102,,\n", `r.csv:5: column iso_weekday: "9": want a weekday, 1 (Monday) to 7 (Sunday)`},
		{"header misspelt", strings.Replace(goodRoster, "physician", "phisician", 1), `r.csv:1: column 3: "phisician": did you mean physician? want the header ` + strings.TrimSpace(rosterHeader) + ` (roster)`},
		{"header in capitals", strings.Replace(goodRoster, "dept_code", "DEPT_CODE", 1), `r.csv:1: column 1: "DEPT_CODE": did you mean dept_code? want the header ` + strings.TrimSpace(rosterHeader) + ` (roster)`},
		{"header short", strings.Replace(goodRoster, ",closed_dates", "", 1), `r.csv:1: column 8: "": missing column closed_dates; want the header ` + strings.TrimSpace(rosterHeader) + ` (roster)`},
		{"no rows", rosterHeader, `r.csv: no rows under the header (roster)`},
		{"no timetable", "a,b\n1,2\n", `.: no timetable: want a CSV file with the header ` + strings.TrimSpace(rosterHeader)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := loadData(dataset("r.csv", c.file))
			require.EqualError(t, err, c.want)
			require.Nil(t, h, "nothing is half-loaded")
		})
	}
}

func TestOtherFilesAreChecked(t *testing.T) {
	const exams = "exam_code,modality,name_zh,name_en,minutes,fasting_hours,latest_start,result_minutes,after,weight\n"
	const machines = "machine,modality,room,technician,iso_weekday,part,slot_minutes,exam_codes\n"
	const parts = "part,dept_code,start,minutes,cut,slot_minutes,per_slot,numbers,stay_minutes\n"
	const general = parts + "am,,08:00,210,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,18:00,120,timed,15,1,,\n"
	for _, c := range []struct{ name, file, want string }{
		{"cut", general + "noon,,12:00,60,packt,30,4,,\n", `x.csv:5: column cut: "packt": did you mean packed? want one of timed, packed, counted`},
		{"counted with slots", general + "noon,,12:00,60,counted,30,,5,20\n", `x.csv:5: column slot_minutes: "30": want nothing here: a counted part has no slots`},
		{"counted without stay", general + "noon,,12:00,60,counted,,,5,\n", `x.csv:5: column stay_minutes: "": want a whole number 1 to 60`},
		{"timed with numbers", general + "noon,,12:00,60,timed,15,1,7,\n", `x.csv:5: column numbers: "7": want nothing here: a timed part has as many numbers as its slots give`},
		{"timed with stay", general + "noon,,12:00,60,timed,15,1,,7\n", `x.csv:5: column stay_minutes: "7": want nothing here: only a counted part declares a stay`},
		{"more numbers than fit", general + "noon,,12:00,60,packed,30,4,9,\n", `x.csv:5: column numbers: "9": want at most 8, what the segments hold`},
		{"crowded segment", general + "noon,,12:00,60,packed,3,4,,\n", `x.csv:5: column per_slot: "4": want at most one number a minute, 3`},
		{"start at the end", general + "noon,,24:00,60,packed,30,4,,\n", `x.csv:5: column start: "24:00": want a time before 24:00`},
		{"start", general + "noon,,8:00,60,packed,30,4,,\n", `x.csv:5: column start: "8:00": want a time HH:MM, 00:00 to 24:00`},
		{"part twice", general + "am,,09:00,60,packed,30,4,,\n", `x.csv:5: same part and department as line 2`},
		{"part of no department", general + "am,99,09:00,60,packed,30,4,,\n", `x.csv: column dept_code: "99": part am: not a department of the timetable`},
		{"grade", "physician,grade\nD001,cheif\n", `x.csv:2: column grade: "cheif": did you mean chief? want one of resident, attending, associate-chief, chief`},
		{"unknown physician", "physician,grade\nD009,chief\n", `x.csv:2: column physician: "D009": not a physician of the timetable`},
		{"unknown department", "dept_code,name_zh,name_en,consult_seconds\n09,a,b,300\n", `x.csv:2: column dept_code: "09": not a department of the timetable`},
		{"pace", "dept_code,name_zh,name_en,consult_seconds\n01,a,b,3\n", `x.csv:2: column consult_seconds: "3": want a whole number 60 to 14400`},
		{"windows overlap", "from,to,staff,service_seconds\n08:00,10:00,2,120\n09:30,11:00,2,120\n", `x.csv:3: column from: "09:30": overlaps 08:00 to 10:00`},
		{"windows backwards", "from,to,staff,service_seconds\n10:00,08:00,2,120\n", `x.csv:2: column to: "08:00": want a time after from, 10:00`},
		{"zone", "setting,value\nzone,Asia/Shanghia\n", `x.csv:2: column value: "Asia/Shanghia": want a time zone such as Asia/Shanghai`},
		{"first day", "setting,value\nfirst_day,21.9.2026\n", `x.csv:2: column value: "21.9.2026": want a date YYYY-MM-DD, 2000 to 2100`},
		{"weeks", "setting,value\nweeks,13\n", `x.csv:2: column value: "13": want a whole number 1 to 12`},
		{"setting", "setting,value\nweek,4\n", `x.csv:2: column setting: "week": did you mean weeks? want one of name, zone, first_day, weeks, departments, follows, seed`},
		{"setting twice", "setting,value\nweeks,4\nweeks,4\n", `x.csv:3: same setting as line 2`},
		{"played department", "setting,value\ndepartments,01 77\n", `x.csv: column value: "77": departments: not a department of the timetable`},
		{"follows", "setting,value\nfollows,2026-10-10=8\n", `x.csv:2: column value: "2026-10-10=8": "2026-10-10=8": want 2026-10-10=3: a make-up working day, once, and the weekday that it follows`},
		{"machine's exam", machines + "CT9,CT,B1,T1,1,am,15,CT-CHEST US-ABD\n", `x.csv:2: column exam_codes: "CT-CHEST US-ABD": US-ABD is done by US, not by CT`},
		{"machine without catalogue entry", machines + "CT9,CT,B1,T1,1,am,15,CT-TOE\n", `x.csv:2: column exam_codes: "CT-TOE": "CT-TOE" is not in the catalogue of examinations`},
		{"machine too fast", machines + "CT9,CT,B1,T1,1,am,5,CT-CHEST\n", `x.csv:2: column slot_minutes: "5": CT-CHEST takes 10 minutes`},
		{"machine's part", machines + "CT9,CT,B1,T1,1,dawn,15,CT-CHEST\n", `x.csv:2: column part: "dawn": want one of am, noon, pm, evening, night`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := loadData(dataset("r.csv", goodRoster, "x.csv", c.file))
			require.EqualError(t, err, c.want)
		})
	}
	t.Run("exams after themselves", func(t *testing.T) {
		_, err := loadData(dataset("r.csv", goodRoster, "m.csv", machines+"CT9,CT,B1,T1,1,am,15,A\n",
			"x.csv", exams+"A,CT,a,a,5,0,,5,B,1\nB,CT,b,b,5,0,,5,C,1\nC,CT,c,c,5,0,,5,B D,1\n"))
		require.EqualError(t, err, `x.csv: column after: "D": examination C: not in the catalogue
x.csv: column after: "A": an examination cannot come after itself
x.csv: column after: "B": an examination cannot come after itself
x.csv: column after: "C": an examination cannot come after itself`)
	})
	t.Run("two timetables", func(t *testing.T) {
		_, err := loadData(dataset("a.csv", goodRoster, "b.csv", goodRoster))
		require.EqualError(t, err, "b.csv: second file with the header of roster; the first is a.csv")
	})
}

func TestHolidayNotices(t *testing.T) {
	const good = `{"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}`
	h, err := loadData(dataset("r.csv", goodRoster, "2027.json", good, "other.json", `{"a": 1}`, "list.json", "[1"))
	require.NoError(t, err)
	require.Equal(t, []int{2027}, h.Years)
	kind, name := h.Calendar.Day(slots.MustDate("2027-01-01"))
	require.Equal(t, slots.Holiday, kind)
	require.Equal(t, "元旦", name)
	for _, c := range []struct{ name, file, text, want string }{
		{"not JSON", "2027.json", "{", "2027.json: "},
		{"another object", "2027.json", `{"a": 1}`, "2027.json: want a holiday notice"},
		{"cut off", "x.json", good[:len(good)-3], "x.json: "},
		{"date outside", "x.json", strings.Replace(good, "2027-01-01", "2028-01-01", 1), "x.json: "},
		{"no such day", "x.json", strings.Replace(good, "2027-01-01", "2027-02-30", 1), "x.json: "},
		{"off day missing", "x.json", strings.Replace(good, `, "isOffDay": true`, "", 1), "x.json: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := loadData(dataset("r.csv", goodRoster, c.file, c.text))
			require.ErrorContains(t, err, c.want)
			require.Nil(t, h)
		})
	}
	_, err = loadData(dataset("r.csv", goodRoster, "a.json", good, "b.json", good))
	require.EqualError(t, err, "b.json: second notice of 2027; the first is a.json")
}

func TestAllProblemsAreListedAndCounted(t *testing.T) {
	var rows strings.Builder
	for i := range 77 {
		fmt.Fprintf(&rows, "01,内科,D%03d,9,am,101,,\n", i)
	}
	_, err := loadData(dataset("r.csv", rosterHeader+rows.String()))
	var data *DataError
	require.True(t, errors.As(err, &data))
	require.Equal(t, 77, data.Count)
	require.Len(t, data.Problems, 77)
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 41)
	require.Equal(t, "and 37 more", lines[40])

	for i := range 2000 {
		fmt.Fprintf(&rows, "01,内科,D%03d,9,am,101,,\n", i)
	}
	_, err = loadData(dataset("r.csv", rosterHeader+rows.String()))
	require.True(t, errors.As(err, &data))
	require.Equal(t, 2077, data.Count)
	require.Len(t, data.Problems, 1000)
	require.True(t, strings.HasSuffix(err.Error(), "and 2037 more"), "the count is honest beyond what is kept")

	// Two columns of one row, and two files: all in one error.
	_, err = loadData(dataset("r.csv", rosterHeader+"01,内科,D001,9,dawn,101,,\n", "w.csv", "from,to,staff,service_seconds\n08:00,1,2,120\n"))
	require.True(t, errors.As(err, &data))
	require.Equal(t, []string{"iso_weekday", "session", "to", "to"}, badColumns(data))
}

func badColumns(e *DataError) []string {
	var columns []string
	for _, p := range e.Problems {
		columns = append(columns, p.Column)
	}
	return columns
}

const historyHeader = "PatientId,AppointmentID,Gender,ScheduledDay,AppointmentDay,Age,Neighbourhood,Scholarship,Hipertension,Diabetes,Alcoholism,Handcap,SMS_received,No-show\n"

func TestHistory(t *testing.T) {
	history := historyHeader +
		"9377952927E-5,1,F,2026-05-01T18:38:08Z,2026-05-04T00:00:00Z,0,x,0,0,0,0,0,0,No\n" +
		"77,2,F,2026-05-05T18:38:08Z,2026-05-04,0,x,0,0,0,0,0,0,Yes\n"
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(history))
	require.NoError(t, w.Close())
	for name, text := range map[string]string{"plain.csv": history, "packed.csv.gz": packed.String()} {
		h, err := loadData(dataset("r.csv", goodRoster, name, text))
		require.NoError(t, err)
		require.Equal(t, []PastVisit{
			{"9377952927E-5", slots.MustDate("2026-05-01"), slots.MustDate("2026-05-04"), false},
			{"77", slots.MustDate("2026-05-05"), slots.MustDate("2026-05-04"), true},
		}, h.Visits)
	}
	_, err := loadData(dataset("r.csv", goodRoster, "h.csv", historyHeader+
		",1,F,2026-05-01 18:38,2026-05-04T00:00:00Z,0,x,0,0,0,0,0,0,no\n"))
	require.EqualError(t, err, `h.csv:2: column PatientId: "": want a patient's number, 1 to 30 bytes without blanks
h.csv:2: column ScheduledDay: "2026-05-01 18:38": want a moment 2016-04-29T18:38:08Z or a date 2016-04-29
h.csv:2: column No-show: "no": did you mean No? want one of Yes, No`)
	_, err = loadData(dataset("r.csv", goodRoster, "h.csv.gz", packed.String()[:40]))
	require.ErrorContains(t, err, "h.csv.gz: unexpected EOF")
}

func TestFilesOfAnotherKindAreNotRead(t *testing.T) {
	h, err := loadData(dataset("r.csv", goodRoster,
		"booked.csv", "dept_code,physician,date,session,booked,state\n00,P045,2026-10-19,am,12,open\n",
		"empty.csv", "", "readme.txt", "hello"))
	require.NoError(t, err)
	require.Equal(t, "2 files not read, their headers are none of ours: booked.csv, empty.csv", h.Notes[0])
}

func TestDoubleBookedIsAFinding(t *testing.T) {
	h, err := loadData(dataset("r.csv", goodRoster+
		"02,外科,D001,1,am,102,,\n"+ // D001 again, elsewhere
		"02,外科,D002,1,am,102,,\n"+ // room 102 again
		"02,外科,D002,2,am,102,,\n"))
	require.NoError(t, err)
	require.Equal(t, []Finding{
		{"two-places", "D001", "1 am", []int{2, 3}, []string{"01/101", "02/102"}},
		{"shared-room", "102", "1 am", []int{3, 4}, []string{"02/D001", "02/D002"}},
	}, h.Findings)
	require.Equal(t, "two-places D001 1 am: 01/101, 02/102 (lines 2, 3)", h.Findings[0].String())
}

// sharedData is the folder of real files beside the repository; the test is skipped where there is none.
func sharedData(t *testing.T) string {
	t.Helper()
	for dir, err := os.Getwd(); err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			shared := filepath.Join(dir, "..", "shared", "data")
			if _, err := os.Stat(filepath.Join(shared, "roster", "hospital-c-week.csv")); err == nil {
				return shared
			}
			break
		}
	}
	t.Skip("../shared/data is not there: the real timetable was not read")
	return ""
}

// TestRealFiles holds the loader against the facts that are published about the real files.
func TestRealFiles(t *testing.T) {
	h, err := loadData(os.DirFS(sharedData(t)))
	require.NoError(t, err)
	rooms, places, shared, closed, evenings := map[string]bool{}, 0, 0, 0, 0
	for _, r := range h.Roster {
		rooms[r.Room] = true
		closed += len(r.Closed)
		if r.Part == "evening" {
			evenings++
		}
	}
	for _, f := range h.Findings {
		switch f.Kind {
		case "two-places":
			places++
		case "shared-room":
			shared++
		}
	}
	require.Equal(t, []int{304, 89, 35, 38, 154, 41}, []int{len(h.Roster), len(h.Physicians), len(h.Departments), len(rooms), closed, evenings})
	require.Equal(t, []int{19, 18}, []int{places, shared})
	require.Len(t, h.Visits, 65837)
	require.Equal(t, []int{2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026}, h.Years)
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: append(h.consultingRules(nil), h.imagingRules()...)})
	require.NoError(t, err)
	sessions, _, err := roster.Sessions(h.FirstDay, h.FirstDay.AddDays(27), h.Calendar, h.Zone)
	require.NoError(t, err)
	d := generateDemand(h, offersOf(h, sessions), usualDemand(h, releaseAt))
	require.Greater(t, len(d.Requests), 10_000, "the whole real timetable, four weeks")
	require.NotEqual(t, inventedCurve, d.Curve, "no-show rates are counted from the history")
}

// FuzzLoadData feeds one file of any content and name kind: it never panics, and either all is well or nothing is given.
func FuzzLoadData(f *testing.F) {
	f.Add(goodRoster, uint8(0))
	f.Add("\xef\xbb\xbf"+goodRoster+"\"\n,,,,\n", uint8(0))
	f.Add(historyHeader+"1,1,F,2026-05-01T18:38:08Z,2026-05-04T00:00:00Z,0,x,0,0,0,0,0,0,No\n", uint8(1))
	f.Add("\x1f\x8b\x08", uint8(1))
	f.Add(`{"year": 2027, "papers": [], "days": []}`, uint8(2))
	for _, d := range generate(3) {
		f.Add(string(d.Data[:min(len(d.Data), 600)]), uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		name := [...]string{"x.csv", "x.csv.gz", "2027.json"}[kind%3]
		h, err := loadData(dataset("a.csv", goodRoster, name, text))
		if err != nil {
			var data *DataError
			require.Nil(t, h)
			require.True(t, errors.As(err, &data))
			require.Positive(t, data.Count)
			return
		}
		require.NotEmpty(t, h.Roster)
		_, err = slots.NewRoster(slots.RosterConfig{Rules: append(h.consultingRules(nil), h.imagingRules()...), Follows: h.Follows})
		require.NoError(t, err, "what the loader takes, slots takes")
	})
}

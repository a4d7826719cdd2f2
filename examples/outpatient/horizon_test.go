package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/capacity"
	"github.com/haoyuan-go/haoyuan/slots"
)

const (
	partsHeader   = "part,dept_code,start,minutes,cut,slot_minutes,per_slot,numbers,stay_minutes\n"
	historyOfOne  = historyHeader + "1,1,F,%,2016-05-04,0,x,0,0,0,0,0,0,No\n"
	smallSettings = "setting,value\nweeks,1\n"
)

// smallHospital is a hospital of two departments and one week, with parts of its own.
func smallHospital(t *testing.T, parts, settings string, files ...string) *Hospital {
	t.Helper()
	h, err := loadData(dataset(append(files, "parts.csv", partsHeader+parts, "settings.csv", smallSettings+settings, "roster.csv", rosterHeader+
		"01,内科,D001,1,am,101,,\n01,内科,D001,3,am,101,,\n01,内科,D002,4,am,102,,\n02,外科,D003,2,am,103,,\n02,外科,D003,5,am,103,,\n02,外科,D003,6,am,103,,\n")...))
	require.NoError(t, err)
	return h
}

// requireWhole: the weeks are played to their end, and every Book is in order.
func requireWhole(t *testing.T, ws *weeks) {
	t.Helper()
	for _, w := range ws.all() {
		require.NotEmpty(t, w.visits)
		for id := range w.visits {
			now, ok := w.desk.Pool().Appointment(booking.Appointment(id + 1))
			require.True(t, ok && now.State.IsTerminal(), "appointment %d is %v", id+1, now.State)
		}
	}
	require.True(t, ws.proof.Replayed)
	require.Zero(t, ws.proof.Broken+ws.proof.Over)
	for _, l := range []Lang{Chinese, English} {
		_, err := newReport(ws, l)
		require.NoError(t, err)
	}
}

// TestAnyFirstDay plays weeks that begin on any day, with numbers without times, which are still given while the clinic runs. Every
// second patient would give the number back, so that some of those who take one then would, too.
func TestAnyFirstDay(t *testing.T) {
	for _, day := range []string{"2026-09-21", "2026-03-16", "2026-08-17", "2000-01-01", "2100-12-27"} {
		t.Run(day, func(t *testing.T) {
			h := smallHospital(t, "am,,08:00,210,counted,,,300,60\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "first_day,"+day+"\n")
			p, err := newPlan(h)
			require.NoError(t, err)
			for i := range p.demand.Requests {
				p.demand.Requests[i].Fate.Cancels = i%2 == 0
			}
			w, err := play(p, mechanism{Policy: booking.Earliest{}}, func(int64, int64) {})
			require.NoError(t, err)
			given := 0
			for i := range w.outcomes {
				if o := &w.outcomes[i]; o.state == booked && p.demand.Requests[i].At > o.start {
					given++
				}
			}
			require.Positive(t, given, "some numbers are given while the clinic runs")
			ws := &weeks{plan: p, before: w, levelled: w, after: w}
			ws.proof, err = prove(w)
			require.NoError(t, err)
			requireWhole(t, ws)
		})
	}
}

// TestAgendaHasNoPast: what would be for the past is for now, behind what is for now already.
func TestAgendaHasNoPast(t *testing.T) {
	var a agenda
	got := ""
	a.add(50, 100, func() { got += "a" })
	a.add(100, 20, func() { got += "b" })
	a.add(100, 101, func() { got += "c" })
	at, some := a.first()
	require.True(t, some)
	require.Equal(t, slots.Instant(100), at)
	for next, ok := a.next(); ok; next, ok = a.next() {
		require.GreaterOrEqual(t, next.at, slots.Instant(100))
		next.do()
	}
	require.Equal(t, "abc", got)
	_, some = a.first()
	require.False(t, some)
}

// TestClinicsPastMidnight: capacity plans by the day; a department whose clinics all run into the next is told so, and played.
func TestClinicsPastMidnight(t *testing.T) {
	late := smallHospital(t, "am,,20:00,300,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "")
	evening := smallHospital(t, "am,,20:30,210,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "")
	for _, c := range []struct {
		h    *Hospital
		want []string
	}{{late, []string{"01", "02"}}, {evening, nil}} {
		usual, err := newPlan(c.h)
		require.NoError(t, err)
		ws := &weeks{plan: usual}
		ws.after, err = play(usual, mechanism{Policy: booking.LevelLoad{}, Elastic: true}, func(int64, int64) {})
		require.NoError(t, err)
		require.ElementsMatch(t, c.want, ws.after.pastMidnight())
		// The look for a shortage, as if enough had been turned away.
		waiting := make([]int, 0, len(usual.demand.Requests))
		for i := range usual.demand.Requests {
			waiting = append(waiting, i)
		}
		_, ok := ws.after.dayFor(waiting, usual.first, "01")
		require.Equal(t, c.want == nil, ok)
		if ok {
			day, _ := ws.after.dayFor(waiting, usual.first, "01")
			ws.after.addSupply("01", day, waiting, sessionAction{})
			require.NoError(t, ws.after.err)
		}
		said := strings.Join(notes(ws, English), "\n")
		require.Equal(t, c.want != nil, strings.Contains(said, "run past midnight: 01, 02."))
	}
}

// TestSkippedDay: Apia had no 30 December in 2011. The week around it is played, with the examinations that are ordered in it.
func TestSkippedDay(t *testing.T) {
	for _, first := range []string{"2011-12-19", "2011-12-26", "2011-12-30"} {
		h := smallHospital(t, "am,,08:00,210,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n",
			"zone,Pacific/Apia\nfirst_day,"+first+"\n")
		h.Weeks = 2
		require.Equal(t, "Pacific/Apia", h.Zone.String())
		ws, err := playWeeks(h, func(int64, int64) {})
		require.NoError(t, err)
		requireWhole(t, ws)
		require.Positive(t, ws.after.counts.ExamsBooked)
		for _, s := range ws.after.held {
			require.NotEqual(t, slots.MustDate("2011-12-30"), s.Date)
		}
	}
}

// TestWindowsWhenClocksChange: in Cairo Friday 2026-04-24 began at 01:00, and Thursday 2026-10-29 had twenty-five hours.
func TestWindowsWhenClocksChange(t *testing.T) {
	for first, rows := range map[string]string{"2026-04-20": "00:00,00:30,2,150\n00:30,20:00,2,150\n", "2026-10-26": "00:00,24:00,2,150\n"} {
		h := smallHospital(t, "am,,08:00,210,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n",
			"zone,Africa/Cairo\nfirst_day,"+first+"\n", "w.csv", "from,to,staff,service_seconds\n"+rows)
		ws, err := playWeeks(h, func(int64, int64) {})
		require.NoError(t, err)
		requireWhole(t, ws)
	}
}

// TestDemandIsBounded: what capacity would refuse as too much to reckon with is cut, what it takes is left alone.
func TestDemandIsBounded(t *testing.T) {
	demand := []capacity.Demand{{Minutes: 30, ServiceSeconds: 14_400, BookedThousandths: 60_000_000, WalkInThousandths: 5},
		{Minutes: 30, ServiceSeconds: 400, BookedThousandths: 12_000, WalkInThousandths: 5}}
	small := demand[1]
	bounded(demand)
	require.Equal(t, small, demand[1])
	require.EqualValues(t, capacity.MaxErlangs*30*60*1000/14_400, demand[0].ArrivalsThousandths())
}

// TestIdentitiesDoNotCollide: codes may hold anything but blanks; put together they still name one row.
func TestIdentitiesDoNotCollide(t *testing.T) {
	h, err := loadData(dataset("r.csv", rosterHeader+"A,甲,B-1,1,am,101,,\nA-B,乙,1,1,am,101,,\nA,甲,B,1,am,1-am-2,,\n",
		"s.csv", smallSettings, "m.csv", "machine,modality,room,technician,iso_weekday,part,slot_minutes,exam_codes\n"+
			"A-B,CT,R1,T1,1,am,15,CT-CHEST\nA,CT,R2,T2,1,am,15,CT-CHEST\n"))
	require.NoError(t, err)
	p, err := newPlan(h)
	require.NoError(t, err)
	ids := map[string]bool{}
	for i := range p.sessions {
		require.False(t, ids[p.sessions[i].ID], p.sessions[i].ID)
		ids[p.sessions[i].ID] = true
	}
	_, err = play(p, mechanism{Policy: booking.LevelLoad{}, Elastic: true}, func(int64, int64) {})
	require.NoError(t, err)
}

// TestWhatThePoolWouldRefuse is refused while loading, with file, line and column.
func TestWhatThePoolWouldRefuse(t *testing.T) {
	const general = partsHeader + "am,,08:00,210,packed,30,4,,\npm,,13:30,180,packed,30,4,,\nevening,,18:00,120,timed,15,1,,\n"
	const exams = "exam_code,modality,name_zh,name_en,minutes,fasting_hours,latest_start,result_minutes,after,weight\n"
	const machines = "machine,modality,room,technician,iso_weekday,part,slot_minutes,exam_codes\n"
	staff := "from,to,staff,service_seconds\n06:00,07:00,200,120\n08:00,09:00,200,120\n10:00,11:00,101,120\n"
	for _, c := range []struct{ name, file, want string }{
		{"timed slots", general + "night,,00:00,513,timed,1,1,,\n", `x.csv:5: column slot_minutes: "1": gives 513 slots; want at most 512 in a session`},
		{"packed slots", general + "night,,00:00,520,packed,10,10,,\n", `x.csv:5: column per_slot: "10": gives 520 slots; want at most 512 in a session`},
		{"packed numbers", general + "night,,00:00,600,packed,10,10,513,\n", `x.csv:5: column numbers: "513": gives 513 slots; want at most 512 in a session`},
		{"units", general + "night,,00:00,301,timed,1,200,,\n", `x.csv:5: column per_slot: "200": gives 60200 numbers; want at most 60000 in a session`},
		{"fasting at midnight", exams + "A,US,a,a,5,8,00:00,5,,1\n", `x.csv:2: column latest_start: "00:00": want a time after 00:00 for an examination with a fast, or nothing for any time`},
		{"machine and room", machines + "CT9,CT,CT9,T1,1,am,15,CT-CHEST\n", `x.csv:2: column room: "CT9": has the name of the machine; both are taken up by its sessions`},
		{"machine and technician", machines + "CT9,CT,B1,B1,1,am,15,CT-CHEST\n", `x.csv:2: column technician: "B1": has the name of the machine or the room; all three are taken up by its sessions`},
		{"clerks", staff, `x.csv:4: column staff: "101": with this row 501 in all; want at most 500`},
		{"stamp of letters", strings.Replace(historyOfOne, "%", "2016-04-29Tab:cd:efZ", 1), `x.csv:2: column ScheduledDay: "2016-04-29Tab:cd:efZ": want a moment 2016-04-29T18:38:08Z or a date 2016-04-29`},
		{"stamp out of range", strings.Replace(historyOfOne, "%", "2016-04-29T24:00:00Z", 1), `x.csv:2: column ScheduledDay: "2016-04-29T24:00:00Z": want a moment 2016-04-29T18:38:08Z or a date 2016-04-29`},
		{"stamp with a fraction", strings.Replace(historyOfOne, "%", "2016-04-29T8:38:08.5Z", 1), `x.csv:2: column ScheduledDay: "2016-04-29T8:38:08.5Z": want a moment 2016-04-29T18:38:08Z or a date 2016-04-29`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := []string{"r.csv", goodRoster, "x.csv", c.file}
			if strings.HasPrefix(c.file, exams) {
				files = append(files, "m.csv", machines+"US9,US,B1,T1,1,am,15,A\n")
			}
			_, err := loadData(dataset(files...))
			require.EqualError(t, err, c.want)
		})
	}
	for name, row := range map[string]string{
		"r.csv:2: column room: \"D001\": has the name of the physician": "01,内科,D001,1,am,D001,,\n",
		"r.csv:2: column dept_code: \"IMG\": IMG is the department of":  "IMG,影像,D001,1,am,101,,\n",
	} {
		_, err := loadData(dataset("r.csv", rosterHeader+row))
		require.ErrorContains(t, err, name)
	}
}

// TestLargestSessions: what the loader takes at its limits, slots and pool take, and it is played.
func TestLargestSessions(t *testing.T) {
	for _, am := range []string{"am,,08:00,512,timed,1,1,,\n", "am,,08:00,512,packed,1,1,512,\n", "am,,08:00,1440,counted,,,1000,1440\n", "am,,08:00,1440,timed,1440,1,,\n"} {
		h := smallHospital(t, am+"pm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "")
		h.Roster = h.Roster[:1]
		ws, err := playWeeks(h, func(int64, int64) {})
		require.NoError(t, err, am)
		if len(ws.after.visits) > 0 {
			requireWhole(t, ws)
		}
	}
	// The most numbers that one session can have open as one.
	h := smallHospital(t, "am,,08:00,300,timed,1,200,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "")
	part, _ := h.part("am", "01")
	require.Equal(t, booking.MaxSessionUnits, part.Capacity())
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: h.consultingRules(nil)[:1]})
	require.NoError(t, err)
	made, _, err := roster.Sessions(h.FirstDay, h.FirstDay.AddDays(6), slots.Calendar{}, time.UTC)
	require.NoError(t, err)
	rules, err := bookingRules()
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(rules), 1, nil)
	require.NoError(t, err)
	_, err = desk.Open(1, made[0], booking.Terms{})
	require.NoError(t, err)
}

// TestPaceWithoutDepartments: one number for a whole day is no consultation of a day.
func TestPaceWithoutDepartments(t *testing.T) {
	h := smallHospital(t, "am,,00:00,1440,timed,1440,1,,\npm,,13:30,180,packed,30,4,,\nevening,,17:30,120,packed,30,4,,\n", "")
	require.EqualValues(t, consultSecondsMax, h.Departments[0].ConsultSeconds)
}

package exam

import (
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// check reports everything that is wrong with a trip.
func (t *Trip) check() error {
	var p problems
	p.Within("len(Exams)", int64(len(t.Exams)), 1, MaxExams)
	p.Within("len(Offers)", int64(len(t.Offers)), 0, MaxOffers)
	p.Within("len(Precedences)", int64(len(t.Precedences)), 0, MaxRules)
	p.Within("len(Separations)", int64(len(t.Separations)), 0, MaxRules)
	p.Within("len(Sites)", int64(len(t.Sites)), 0, MaxSites)
	p.Within("WorkLimit", t.WorkLimit, 0, MaxWorkLimit)
	if t.NotBefore.IsValid() && t.Until.IsValid() && t.Until.Before(t.NotBefore) {
		p.Add("Until %v: before NotBefore %v", t.Until, t.NotBefore)
	}
	if p.Len() > 0 {
		return p.Err() // sizes first: the lists are walked only when bounded
	}
	minutes := t.checkExams(&p)
	t.checkRules(&p, minutes)
	t.checkSites(&p)
	t.checkOffers(&p, minutes)
	return p.Err()
}

// checkExams returns each code's Minutes.
func (t *Trip) checkExams(p *problems) map[string]int {
	minutes := make(map[string]int, len(t.Exams))
	for i, e := range t.Exams {
		at := fmt.Sprintf("Exams[%d].", i)
		p.text(at+"Code", e.Code, true)
		if _, twice := minutes[e.Code]; twice {
			p.Add("%sCode %q: twice", at, e.Code)
		}
		minutes[e.Code] = e.Minutes
		p.Within(at+"Minutes", int64(e.Minutes), 1, MaxExamMinutes)
		p.Within(at+"FastMinutes", int64(e.FastMinutes), 0, MaxGapMinutes)
		if !e.Fasting && e.LatestStart != (sl.Clock{}) {
			p.Add("%sLatestStart %v: without Fasting", at, e.LatestStart)
		}
		if !e.Fasting && e.FastMinutes != 0 {
			p.Add("%sFastMinutes %d: without Fasting", at, e.FastMinutes)
		}
	}
	return minutes
}

func (t *Trip) checkRules(p *problems, minutes map[string]int) {
	known := func(field, code string) {
		if _, ok := minutes[code]; !ok {
			p.Add("%s %q: not among Exams", field, code)
		}
	}
	for i, r := range t.Precedences {
		at := fmt.Sprintf("Precedences[%d].", i)
		known(at+"First", r.First)
		known(at+"Then", r.Then)
		p.Within(at+"GapMinutes", int64(r.GapMinutes), 0, MaxGapMinutes)
		if r.First == r.Then {
			p.Add("%sThen %q: before itself", at, r.Then)
		}
	}
	for i, r := range t.Separations {
		at := fmt.Sprintf("Separations[%d].", i)
		known(at+"A", r.A)
		known(at+"B", r.B)
		p.Within(at+"GapMinutes", int64(r.GapMinutes), 0, MaxGapMinutes)
		if r.A == r.B {
			p.Add("%sB %q: apart from itself", at, r.B)
		}
	}
}

func (t *Trip) checkSites(p *problems) {
	for i, s := range t.Sites {
		p.text(fmt.Sprintf("Sites[%d]", i), s, false)
		if slices.Contains(t.Sites[:i], s) {
			p.Add("Sites[%d] %q: twice", i, s)
		}
	}
	if len(t.WalkMinutes) != len(t.Sites) {
		p.Add("WalkMinutes: %d rows, want one for each of %d Sites", len(t.WalkMinutes), len(t.Sites))
		return
	}
	for a, row := range t.WalkMinutes {
		if len(row) != len(t.Sites) {
			p.Add("WalkMinutes[%d]: %d columns, want one for each of %d Sites", a, len(row), len(t.Sites))
			continue
		}
		for b, m := range row {
			p.Within(fmt.Sprintf("WalkMinutes[%d][%d]", a, b), int64(m), 0, MaxWalkMinutes)
		}
	}
}

func (t *Trip) checkOffers(p *problems, minutes map[string]int) {
	days := map[sl.Date]bool{}
	for i, o := range t.Offers {
		at := fmt.Sprintf("Offers[%d].", i)
		least, ok := minutes[o.Exam]
		if !ok {
			p.Add("%sExam %q: not among Exams", at, o.Exam)
		}
		if !o.Day.IsValid() {
			p.Add("%sDay: none", at)
		}
		days[o.Day] = true
		p.Within(at+"StartMinute", int64(o.StartMinute), 0, 24*60-1)
		if o.Minutes != 0 && ok {
			p.Within(at+"Minutes", int64(o.Minutes), int64(least), MaxExamMinutes)
		}
		if !slices.Contains(t.Sites, o.Site) && (len(t.Sites) > 0 || o.Site != "") {
			p.Add("%sSite %q: not among Sites", at, o.Site)
		}
	}
	p.Within("Offers: days", int64(len(days)), 0, MaxDays)
}

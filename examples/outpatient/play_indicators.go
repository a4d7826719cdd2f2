package main

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
)

// noThird stands for a day on which fewer than three numbers of a department were free: further than any that is on sale.
const noThird = 99

// thirdDays asks how many days ahead a department's third free number is.
func (w *world) thirdDays(department string) int64 {
	third, err := w.kpi.ThirdNext(kpi.Selection{Department: department}, w.now)
	if !w.check(err) || !third.Found {
		return noThird
	}
	return int64(third.Days)
}

// sampleThirdNext asks it of an evening for every department that is played.
func (w *world) sampleThirdNext() {
	for _, d := range w.p.departments {
		w.thirdNext = append(w.thirdNext, w.thirdDays(d))
	}
}

// indicators are those of the clinics, from the log's projection; what the log does not know, such as the requests that
// were refused, from the play.
func (w *world) indicators() (Indicators, error) {
	lines, err := w.kpi.Report(kpi.Selection{Service: visitService}, kpi.Whole)
	if err != nil {
		return Indicators{}, err
	}
	l := lines[0]
	i := Indicators{
		Requests: int64(len(w.outcomes)), FillPerMille: l.Supply.FillRate().Permille(), CoveragePerMille: l.Supply.Coverage().Permille(),
		ThirdNextDays: rank(w.thirdNext, 5), LeadTenthDays: (10*l.IndirectDays.Sum + l.IndirectDays.Count/2) / max(1, l.IndirectDays.Count),
		NoShowPerMille:    l.Visits.NoShowRate().Permille(),
		WaitMedianMinutes: max(0, l.DirectSeconds.Median) / 60, WaitNinetyMinutes: max(0, l.DirectSeconds.P90) / 60,
		OvertimeMinutes: l.Overtime.TotalSeconds / 60,
	}
	if i.ThirdNextDays == noThird {
		i.ThirdNextDays = -1
	}
	for _, o := range w.outcomes {
		switch o.state {
		case booked:
			i.Booked++
		case refused:
			i.Refused++
		default:
			i.Unpaid++
		}
	}
	for id, s := range w.held {
		view, ok := w.desk.Pool().Session(booking.Session(id + 1))
		if ok && !view.Closed && s.Line.Service == visitService {
			i.StaffMinutes += int64(s.Minutes)
		}
	}
	return i, nil
}

// RefusedFor is how many requests a reason refused.
type RefusedFor struct {
	Reason booking.Reason
	Count  int64
}

// refusals counts the requests that ended without a number by what stood in the way, the most frequent first.
func (w *world) refusals() (list []RefusedFor) {
	for _, o := range w.outcomes {
		if o.state != refused {
			continue
		}
		k := slices.IndexFunc(list, func(r RefusedFor) bool { return r.Reason == o.reason })
		if k < 0 {
			k, list = len(list), append(list, RefusedFor{Reason: o.reason})
		}
		list[k].Count++
	}
	slices.SortFunc(list, func(a, b RefusedFor) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// channelCounts are the bookings of consultations by channel.
func (w *world) channelCounts() ([]ChannelCount, error) {
	lines, err := w.kpi.Report(kpi.Selection{Service: visitService}, kpi.ByChannel)
	if err != nil {
		return nil, err
	}
	var list []ChannelCount
	for _, c := range channels {
		n := int64(0)
		for _, l := range lines {
			if l.Name == c.String() {
				n = l.Visits.Bookings
			}
		}
		list = append(list, ChannelCount{c, n})
	}
	return list, nil
}

// departmentResults are the clinics by department and the machines by modality.
func (w *world) departmentResults(l Lang) ([]DepartmentResult, error) {
	clinics, err := w.kpi.Report(kpi.Selection{Service: visitService}, kpi.ByDepartment)
	if err != nil {
		return nil, err
	}
	machines, err := w.kpi.Report(kpi.Selection{Department: imagingDepartment, Until: w.p.last.AddDays(1)}, kpi.ByService)
	if err != nil && len(w.p.h.Machines) > 0 {
		return nil, err
	}
	fullest := func(a, b kpi.Line) int {
		return cmp.Or(cmp.Compare(b.Supply.FillRate().Permille(), a.Supply.FillRate().Permille()), cmp.Compare(a.Name, b.Name))
	}
	slices.SortFunc(clinics, fullest)
	slices.SortFunc(machines, fullest)
	var list []DepartmentResult
	for _, line := range append(clinics, machines...) {
		name := line.Name
		if d, ok := w.p.h.department(line.Name); ok {
			name = d.Code + " " + d.name(l)
		}
		list = append(list, DepartmentResult{Name: name, Bookable: line.Supply.Units, Booked: unitsBooked(line), Arrived: line.Visits.Arrived, NoShow: line.Visits.NoShow})
	}
	return list, nil
}

// unitsBooked are the numbers of a line that are taken.
func unitsBooked(l kpi.Line) int64 {
	v := l.Visits
	return v.Booked + v.Confirmed + v.CheckedIn + v.InConsultation + v.Fulfilled + v.NoShow - v.AddOns
}

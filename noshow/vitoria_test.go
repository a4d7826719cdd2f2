package noshow_test

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/stretchr/testify/require"
)

// The real history is not part of this repository: its licence keeps it apart. Without it the test skips.
const vitoriaFile = "../../shared/data/noshow/vitoria-dev.csv.gz"

type appointment struct {
	patient       string
	booked, visit slots.Date
	outcome       noshow.Outcome
}

func (a appointment) leadDays() int { return max(0, a.visit.Sub(a.booked)) } // five were entered after the visit: same day

func readVitoria(t *testing.T) (list []appointment) {
	f, err := os.Open(vitoriaFile)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is absent: the estimate is not judged on real appointments", vitoriaFile)
	}
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	rows, err := csv.NewReader(z).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "PatientId", rows[0][0])
	require.Equal(t, "ScheduledDay", rows[0][3])
	require.Equal(t, "AppointmentDay", rows[0][4])
	require.Equal(t, "No-show", rows[0][13])
	for _, row := range rows[1:] {
		a := appointment{row[0], slots.MustDate(row[3][:10]), slots.MustDate(row[4][:10]), noshow.Showed}
		if row[13] == "Yes" {
			a.outcome = noshow.Missed
		}
		list = append(list, a)
	}
	return list
}

// judged is one appointment of the later days: what was said at booking time, and whether the patient did not come.
type judged struct {
	constant, lead, own float64 // probabilities of a no-show
	missed              bool
}

// Fit on days before 2016-05-24; judge on later days, at booking time: of a patient's own visits only those of days before the
// day of booking are known.
func TestRealAppointments(t *testing.T) {
	all := readVitoria(t)
	split := slots.MustDate("2016-05-24")
	bands := noshow.LeadBands()
	byPatient := map[string][]appointment{}
	for _, a := range all {
		byPatient[a.patient] = append(byPatient[a.patient], a)
		if a.visit.Before(split) {
			require.True(t, noshow.Tally(bands, a.leadDays(), a.outcome))
		}
	}
	p, err := noshow.NewPrior(8, 2)
	require.NoError(t, err)
	clinic, err := noshow.NewClinic(noshow.ClinicConfig{Prior: p, BandWeight: 100, PersonWeight: 8, Bands: bands})
	require.NoError(t, err)
	fading, err := noshow.NewFading(10)
	require.NoError(t, err)

	var later []judged
	for _, a := range all {
		if a.visit.Before(split) {
			continue
		}
		own, err := clinic.Show(a.leadDays(), knownWhenBooked(byPatient[a.patient], a.booked, fading))
		require.NoError(t, err)
		lead, err := clinic.Show(a.leadDays(), noshow.History{})
		require.NoError(t, err)
		later = append(later, judged{1 - float64(clinic.Rate()), 1 - float64(lead), 1 - float64(own), a.outcome == noshow.Missed})
	}
	t.Logf("%d appointments judged of %d", len(later), len(all))
	constant := report(t, "constant", later, func(j judged) float64 { return j.constant })
	lead := report(t, "lead-time bands", later, func(j judged) float64 { return j.lead })
	own := report(t, "bands and own record", later, func(j judged) float64 { return j.own })
	require.Less(t, lead, constant)
	require.Less(t, own, lead)
}

func knownWhenBooked(visits []appointment, booked slots.Date, fading noshow.Fading) (h noshow.History) {
	slices.SortStableFunc(visits, func(a, b appointment) int { return cmp.Or(a.visit.Compare(b.visit), int(a.outcome)-int(b.outcome)) })
	for _, v := range visits {
		if v.visit.Before(booked) {
			h = h.Then(v.outcome, fading)
		}
	}
	return h
}

// report logs Brier score, area under the curve, log-loss and calibration error (ten bins of equal width), and returns the first.
func report(t *testing.T, name string, list []judged, of func(judged) float64) (brier float64) {
	var logLoss float64
	var bins [10]struct{ said, missed, n float64 }
	for _, j := range list {
		p, y := of(j), 0.0
		if j.missed {
			y = 1
		}
		brier += (p - y) * (p - y)
		logLoss -= y*math.Log(p) + (1-y)*math.Log(1-p)
		b := &bins[min(9, int(p*10))]
		b.said, b.missed, b.n = b.said+p, b.missed+y, b.n+1
	}
	n, ece := float64(len(list)), 0.0
	for _, b := range bins {
		ece += math.Abs(b.said-b.missed) / n
	}
	brier /= n
	t.Logf("%-22s AUC %.3f  Brier %.4f  log-loss %.4f  ECE %.3f", name, areaUnderCurve(list, of), brier, logLoss/n, ece)
	return brier
}

// areaUnderCurve is the chance that a no-show was given the higher figure than a show, ties half (Mann–Whitney, mean ranks).
func areaUnderCurve(list []judged, of func(judged) float64) float64 {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b judged) int { return cmp.Compare(of(a), of(b)) })
	var ranks, missed float64
	for i := 0; i < len(sorted); {
		j, tied := i, 0.0
		for ; j < len(sorted) && of(sorted[j]) == of(sorted[i]); j++ {
			if sorted[j].missed {
				tied++
			}
		}
		missed += tied
		ranks += tied * float64(i+1+j) / 2 // the mean of ranks i+1 to j
		i = j
	}
	return (ranks - missed*(missed+1)/2) / (missed * (float64(len(sorted)) - missed))
}

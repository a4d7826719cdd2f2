package main

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// standingRules: three no-shows within three months, and no booking for six months from the third. Cancelling after the
// deadline is recorded as a kind of its own, and this rule counts it as a no-show.
func standingRules() (noshow.Policy, error) {
	return noshow.NewPolicy(noshow.PolicyConfig{Name: "three in three months", Rules: []noshow.Rule{{
		ID: "A", Kinds: []noshow.Kind{noshow.NoShow, noshow.LateCancellation}, Threshold: 3,
		Within: noshow.Term{Count: 3, Unit: noshow.Months}, Effect: noshow.Suspend, Lasts: noshow.Term{Count: 6, Unit: noshow.Months},
		Binding: noshow.Automatic, Afterwards: noshow.KeepCounting,
	}}})
}

// clinicOf is what the hospital believes about who comes: the history's rates by lead time.
func clinicOf(c MissCurve) (noshow.Clinic, error) {
	prior, err := noshow.NewPrior(9, 1)
	if err != nil {
		return noshow.Clinic{}, err
	}
	var bands []noshow.Band
	for i, from := range leadBands {
		bands = append(bands, noshow.Band{FromDays: from, Shows: (1_000_000 - c[i]) / 1000, NoShows: c[i] / 1000})
	}
	return noshow.NewClinic(noshow.ClinicConfig{Prior: prior, BandWeight: 50, PersonWeight: 10, Bands: bands})
}

// rememberPast dates the no-shows that patients bring along, over the year before, from a stream of each patient's own;
// whoever is suspended already is barred from the first evening.
func (w *world) rememberPast() {
	before := slots.DateOf(w.p.begin, w.p.h.Zone)
	for i := range w.p.demand.Patients {
		patient := &w.p.demand.Patients[i]
		draw := newStream(w.p.demand.Seed, "past", uint64(i))
		for range patient.PastNoShows {
			day := before.AddDays(-int(draw.between(1, 365)))
			w.incident(i, noshow.NoShow, day, "past/"+patient.ID+"/"+day.String())
		}
		if patient.PastNoShows > 0 {
			w.judge(i, before)
		}
	}
}

// settle turns what the Book has just recorded into incidents, and incidents into consequences.
func (w *world) settle() {
	missed, late, offers := w.missed, w.late, w.offers
	w.missed, w.late, w.offers = nil, nil, nil
	today := slots.DateOf(w.now, w.p.h.Zone)
	for _, id := range missed {
		w.judge(w.happened(id, noshow.NoShow, today), today)
	}
	for _, id := range late {
		w.judge(w.happened(id, noshow.LateCancellation, today), today)
	}
	for _, id := range offers {
		w.offered(id)
	}
}

// happened records what went wrong with an appointment, and returns whose it was.
func (w *world) happened(id booking.Appointment, kind noshow.Kind, day slots.Date) (patient int) {
	patient = w.p.demand.Requests[w.visit(id).request].Patient
	w.incident(patient, kind, day, fmt.Sprintf("%v/%d", kind, id))
	return patient
}

// incident adds to a patient's record. Each kind is its own: which of them count together, the policy says.
func (w *world) incident(patient int, kind noshow.Kind, day slots.Date, id string) {
	w.incidents[patient] = append(w.incidents[patient], noshow.Incident{
		ID: id, Person: w.p.demand.Patients[patient].ID, Kind: kind, Day: day})
}

// judge asks the policy for the patient's standing and has the Book enforce it.
func (w *world) judge(patient int, on slots.Date) {
	name := w.p.demand.Patients[patient].ID
	record, err := noshow.NewRecord(noshow.RecordConfig{Person: name, Incidents: w.incidents[patient]})
	if !w.check(err) {
		return
	}
	until := w.p.standing.Standing(record, on).SuspendedUntil()
	if !until.IsValid() {
		return
	}
	_, err = w.desk.Do(booking.Introduce{Meta: booking.Meta{At: w.now}, Kind: booking.PersonName, Name: name})
	w.check(err)
	if w.check(w.desk.Restrict(w.now, name, w.p.at(until, slots.Clock{}))) && !w.barred[patient] {
		w.barred[patient] = true
		w.counts.Suspended++
	}
}

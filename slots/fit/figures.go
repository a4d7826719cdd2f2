package fit

// Figures are what is expected of one session, rounded to whole seconds and basis points (hundredths of a percent), halves up. What is
// decided is decided on these, so that every machine decides alike.
type Figures struct {
	// Booked is the number of patients booked; ServedTenThousandths how many of them come, and so are served, on average: exact.
	Booked               int
	ServedTenThousandths int64
	// MeanWaitSeconds is the expected wait of a patient who comes, from the appointed time to being called.
	MeanWaitSeconds int64
	// WorstWaitSeconds is the same of the patients of the appointed time that waits longest.
	WorstWaitSeconds int64
	// OverrunBasisPoints is the probability that the last patient leaves more than GraceMinutes after the session's end.
	OverrunBasisPoints int64
	// OverrunSeconds is the expected time by which the last patient leaves after the end, 0 where earlier; no grace is taken off.
	OverrunSeconds int64
	// IdleSeconds is the expected time within the session that the physician has no patient.
	IdleSeconds int64
	// UtilisationBasisPoints is the expected share of the session that the physician has one.
	UtilisationBasisPoints int64
}

// plan is a template in the engine's terms.
type plan struct {
	length, grace int // grid units
	arrivals      []arrival
}

// arrival is one booked patient; kind indexes the services.
type arrival struct {
	offset, kind int
	show         float64
	showPoints   int64 // show in basis points
}

// outcome is the figures before they are rounded, in grid units.
type outcome struct {
	wait, worst, late, overrun, idle, busy float64
	served                                 int64 // ten-thousandths
}

// paced are the services of a session at one tempo, with the probability of that tempo.
type paced struct {
	weight   float64
	services []service
}

// evaluate works out one session, exactly but for rounding in the last bits: for each tempo, and mixes.
// Cost: one convolution for each patient and tempo.
func (w *work) evaluate(p *plan, tempos []paced) outcome {
	var o outcome
	w.waits = w.waits[:0]
	for _, t := range tempos {
		one := w.run(p, t)
		o.served = one.served
		o.wait += float64(t.weight * one.wait)
		o.late += float64(t.weight * one.late)
		o.overrun += float64(t.weight * one.overrun)
		o.busy += float64(t.weight * one.busy)
	}
	o.idle = float64(p.length) - o.busy
	for _, wait := range w.waits {
		o.worst = max(o.worst, wait)
	}
	return o
}

// run works out one session at one tempo, and adds the mean wait at each appointed time, weighted, to w.waits. Arrivals are by
// offset; those of one offset are served in their order. Services are the patients' times with no-shows taken in. The wait of a
// patient is the work found on coming, with the patients before of the same time; whether the patient comes is independent of it.
func (w *work) run(p *plan, t paced) outcome {
	var o outcome
	w.reset()
	shows, wait, total, now, slot := 0.0, 0.0, 0.0, 0, 0
	for i := 0; i < len(p.arrivals); slot++ {
		offset := p.arrivals[i].offset
		w.pass(offset - now)
		now = offset
		ahead, here, hereWait := w.mean(), 0.0, 0.0
		for ; i < len(p.arrivals) && p.arrivals[i].offset == offset; i++ {
			a, s := &p.arrivals[i], &t.services[p.arrivals[i].kind]
			here += a.show
			hereWait += float64(a.show * ahead)
			o.served += a.showPoints
			ahead += s.mean
			total += s.mean
			w.add(s)
		}
		shows += here
		wait += hereWait
		if slot == len(w.waits) {
			w.waits = append(w.waits, 0)
		}
		w.waits[slot] += float64(t.weight * (hereWait / here))
	}
	w.pass(p.length - now)
	o.wait, o.late, o.overrun = wait/shows, w.above(p.grace), w.mean()
	o.busy = total - o.overrun
	return o
}

// figures rounds.
func (o outcome) figures(p *plan) Figures {
	return Figures{
		Booked:                 len(p.arrivals),
		ServedTenThousandths:   o.served,
		MeanWaitSeconds:        nearest(float64(o.wait * secondsPerUnit)),
		WorstWaitSeconds:       nearest(float64(o.worst * secondsPerUnit)),
		OverrunBasisPoints:     nearest(float64(o.late * 10_000)),
		OverrunSeconds:         nearest(float64(o.overrun * secondsPerUnit)),
		IdleSeconds:            nearest(float64(o.idle * secondsPerUnit)),
		UtilisationBasisPoints: nearest(float64(o.busy / float64(p.length) * 10_000)),
	}
}

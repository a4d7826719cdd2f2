package main

import "fmt"

// generatePatients makes a pool for so many requests: about six patients for ten of them, and one elderly in five.
// Families share accounts: an account holds one to four persons.
func generatePatients(seed uint64, requests int) []Patient {
	if requests == 0 {
		return nil
	}
	count := max(10, requests*6/10)
	accounts := newStream(seed, "accounts")
	list := make([]Patient, 0, count)
	account, left := 0, int64(0)
	for i := range count {
		if left == 0 {
			account++
			left = 1 + int64(accounts.pick([]int64{60, 22, 12, 6}))
		}
		left--
		draw := newStream(seed, "patient", uint64(i))
		p := Patient{
			ID: fmt.Sprintf("P%06d", i+1), Account: fmt.Sprintf("A%06d", account),
			// Every fifth is elderly whatever is drawn, so that both kinds are always there to choose from.
			Elderly:      i%5 == 4,
			MissPerMille: draw.quantile([]int64{200, 350, 500, 650, 800, 1000, 1300, 1700, 2300}),
			PastVisits:   int(draw.quantile([]int64{0, 0, 1, 2, 3, 5, 8, 20})),
		}
		for range p.PastVisits {
			if draw.below(1_000_000) < 120*p.MissPerMille { // 12 % of visits missed on average
				p.PastNoShows++
			}
		}
		list = append(list, p)
	}
	return list
}

// assignPatient gives request i its patient: elderly or not as its class says, half of the time somebody from the first
// third of the pool, who come often.
func assignPatient(d *Demand, i int) {
	r := &d.Requests[i]
	draw := newStream(d.Seed, "whose", textKey(r.Department), uint64(r.Target.Number()), uint64(r.At), uint64(i))
	groups := int64(len(d.Patients) / 5) // of five, the last one elderly
	if draw.chance(500) {
		groups = max(1, groups/3)
	}
	r.Patient = int(draw.below(groups)) * 5
	other := int(draw.below(4))
	if r.Class == Elderly {
		other = 4
	}
	r.Patient += other
}

// consultQuantiles are per mille of the mean consultation at the 0th, 5th, 10th ... 100th percentile: our own round line
// with a long right side, between a fixed length and an exponential one, as consultations are. With a mean of 800 seconds
// nine of ten take between 5 and 25 minutes. Mean 1.00, coefficient of variation 0.47.
var consultQuantiles = []int64{
	200, 390, 470, 540, 600, 655, 710, 760, 815, 870, 920, 975, 1035, 1100, 1170, 1245, 1335, 1445, 1595, 1880, 2600,
}

// drawFate draws what becomes of a request if it is booked. Its stream is its own, and every draw is made whether it is
// needed or not, so that no draw depends on the one before.
func drawFate(draw stream, h *Hospital) Fate {
	f := Fate{
		Pays:            draw.chance(955),
		PayAfterSeconds: draw.quantile([]int64{5, 12, 20, 30, 45, 70, 120, 240, 600, 840}),
		Cancels:         draw.chance(70),
		CancelPerMille:  draw.between(20, 990),
		MissDraw:        draw.below(1_000_000),
		EarlyMinutes:    draw.quantile([]int64{-15, -3, 3, 8, 12, 16, 20, 26, 34, 45, 70}),
		AtWindow:        draw.chance(480),
		WindowDraw:      draw.quantile([]int64{350, 500, 620, 740, 860, 960, 1080, 1250, 1500, 2400}),
		ConsultDraw:     draw.quantile(consultQuantiles),
	}
	count := draw.pick([]int64{76, 17, 5, 2})
	weights := make([]int64, len(h.Exams))
	for i, e := range h.Exams {
		weights[i] = e.Weight
	}
	for range count {
		i := draw.pick(weights)
		if i < 0 {
			break
		}
		f.Exams = append(f.Exams, h.Exams[i].Code)
		weights[i] = 0 // one of each
	}
	return f
}

package capacity

import "math"

// NoBound stands for a time that has no finite mean: the queue only grows.
const NoBound int64 = math.MaxInt64

// Figures say what patients meet in one period with a given staff, if the period went on long enough to settle. They are
// statistics, rounded to whole units, equal on every machine.
type Figures struct {
	// Staff is the number of people present that the figures are about.
	Staff int
	// LoadMillierlangs is the offered load: a thousand is the work of one person who is never idle. Rounded.
	LoadMillierlangs int64
	// Stable says that the staff can do the work: load < staff, or nothing to do at all. If not, the waiting figures
	// are the worst there is and BacklogThousandths says how fast the queue grows.
	Stable bool
	// WaitPPM is the share of patients who wait at all, rounded. 1000000 if not stable.
	WaitPPM int
	// WithinPPM is the share who wait at most the target's WithinSeconds, rounded down: it is at least the target's
	// SharePPM exactly when the target is met. 0 if not stable.
	WithinPPM int
	// MeanWaitSeconds is over all patients, those who do not wait too (ASA), rounded. NoBound if not stable.
	MeanWaitSeconds int64
	// UtilisationPPM is load per staff, rounded: above 1000000 if overloaded, 0 without staff.
	UtilisationPPM int64
	// BacklogThousandths is how many more patients come in the period than the staff can serve, in thousandths,
	// rounded up. 0 if they can all be served.
	BacklogThousandths int64
}

// Evaluate gives the figures of one period with staff people present, 0 to MaxServers. The error (ErrInvalid) lists all
// problems. Cost as ErlangB.
func Evaluate(d Demand, staff int, t Target) (Figures, error) {
	p := problems{name: "staff"}
	p.within("staff", int64(staff), 0, MaxServers)
	list := append(append(d.problems("Demand"), t.problems()...), p.list...)
	if err := refuse(list); err != nil {
		return Figures{}, err
	}
	return evaluate(d, staff, t), nil
}

// evaluate is Evaluate on checked arguments.
func evaluate(d Demand, staff int, t Target) Figures {
	work, room := d.work(), d.room()
	f := Figures{Staff: staff, LoadMillierlangs: rounded(work*1000, room)}
	if staff > 0 {
		f.UtilisationPPM = rounded(work*1_000_000, room*int64(staff))
	}
	spare := room*int64(staff) - work
	switch {
	case work == 0:
		f.Stable, f.WithinPPM = true, 1_000_000
		return f
	case spare <= 0:
		f.WaitPPM, f.MeanWaitSeconds = 1_000_000, NoBound
		service := int64(d.ServiceSeconds)
		f.BacklogThousandths = (-spare + service - 1) / service
		return f
	}
	erlangs, slack := d.erlangs(), float64(spare)/float64(room)
	wait := delay(inverseB(staff, erlangs), staff, erlangs, slack)
	late := beyond(wait, slack, float64(t.WithinSeconds)/float64(d.ServiceSeconds))
	f.Stable = true
	f.WaitPPM = int(math.Floor(float64(wait*1e6) + 0.5))
	f.WithinPPM = int(trillionths(1-late) / 1_000_000)
	f.MeanWaitSeconds = int64(math.Floor(float64(wait/slack*float64(d.ServiceSeconds)) + 0.5))
	return f
}

// rounded is a/b to the nearest whole number, halves up. With loads up to MaxErlangs nothing here passes 2^60.
func rounded(a, b int64) int64 { return (2*a + b) / (2 * b) }

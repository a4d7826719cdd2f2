package allocate

// StableMarket is a batch of requests in which every patient ranks the slots that are acceptable and every slot ranks the patients. It
// states capacities and nothing else: with quotas over several slots a stable answer need not exist (Biró, Fleiner, Irving and
// Manlove 2010, "The College Admissions problem with lower and common quotas"), so there is no field for them. Use Assign then.
//
// The order of Patients and of Slots means nothing; the order of a patient's Choices is the patient's own ranking.
type StableMarket struct {
	// Patients, at most MaxStablePatients, each ID once.
	Patients []StablePatient
	// Slots, at most MaxStableSlots, each ID once.
	Slots []StableSlot
}

// StablePatient is one request: at most one slot, the best that can be had.
type StablePatient struct {
	// ID names the patient, at most MaxNameBytes, and is the last tie rule: of two patients whom a slot ranks alike by class
	// and by Rank, the one whose ID has the smaller bytes is before the other. That makes the answer unique, and always
	// favours the same names; so give every patient another Rank, for instance the place in a Lottery.
	ID string
	// Rank orders patients of the same class at every slot, smaller first: a place in a lottery, or the second of the request. One order
	// for all slots, because separate ones per slot put more patients into worse choices (Abdulkadiroğlu, Pathak and Roth 2009,
	// "Strategy-proofness versus efficiency in matching with indifferences").
	Rank int64
	// Choices are the acceptable slots, best first, each once. None at all is allowed: such a patient gets none.
	Choices []StableChoice
}

// StableChoice is an acceptable slot and the class in which that slot sees this patient.
type StableChoice struct {
	// Slot is the ID of one of the Slots.
	Slot string
	// Class, 1 to MaxStableClass, 1 first, is the hospital's judgement of this patient at this slot: 1 may be a patient under treatment
	// at the physician's own slots and 2 elsewhere. It must not depend on the patient's ranking, or telling the truth may cost.
	Class int
}

// StableSlot is a slot of a capacity.
type StableSlot struct {
	ID string
	// Capacity in units, 0 to MaxStableCapacity; 0 takes nobody.
	Capacity int
}

// StableMatching is the answer of Stable.
type StableMatching struct {
	// Places has one entry for each patient, by ID.
	Places []StablePlace
	// Proposals counts the choices that were asked: for each patient those up to the one received, or all. It does not depend on
	// the order of asking (McVitie and Wilson 1971).
	Proposals int64
}

// StablePlace says what a patient receives.
type StablePlace struct {
	Patient string
	// Slot is empty for none.
	Slot string
	// Choice is the place of Slot in the patient's list: 1 for the first, 0 for none.
	Choice int
}

// Limits of Stable.
const (
	MaxStablePatients = 2_000_000
	MaxStableSlots    = 2_000_000
	MaxStableChoices  = 100_000_000 // over all patients
	MaxStableCapacity = 1_000_000
	MaxStableClass    = 1_000_000
)

// Stable gives each patient the best slot that any stable matching gives, by patient-proposing deferred acceptance (Gale and Shapley 1962,
// "College admissions and the stability of marriage"). A slot prefers a patient of the smaller class, then of the smaller Rank, then
// of the smaller ID. The matching is
//
//   - stable: nobody receives what is not on the list, no unit is left free that somebody would rather have, and nobody sees a better
//     choice held by a patient whom that slot ranks lower (no justified envy);
//   - best for the patients: each is at least as well off as in any other stable matching;
//   - strategy-proof for patients (Roth 1982, "The economics of matching: stability and incentives"): no list serves a patient better than
//     the true one, whatever others do. That covers the list alone, not what Rank and Class are made of;
//   - the same for any order of the input.
//
// It need not serve as many as Assign, nor at the least cost: that is the price of the above. The same patients are served, and as many
// in each slot, in all stable matchings (Roth 1986, the rural hospitals theorem).
//
// The error joins all problems of the market, each naming the field and the value; more than 100 are counted.
//
// Cost: O(m log c) for m choices and slots of c units, besides sorting the patients; 4 bytes for each choice and some 200 for each patient.
func Stable(m StableMarket) (StableMatching, error) {
	lists, err := m.check()
	if err != nil {
		return StableMatching{}, err
	}
	r := newStableRun(m, lists)
	for turn := range r.turns {
		for asking := int32(turn); asking >= 0; {
			asking = r.propose(asking)
		}
	}
	return r.matching(m), nil
}

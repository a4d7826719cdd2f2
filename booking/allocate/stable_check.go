package allocate

// stableLists are the choices of all patients as positions, in the order of the input.
type stableLists struct {
	from []int32 // choices of Patients[i] are from[i] up to from[i+1]
	slot []int32 // of each choice, the position in Slots
}

// check finds everything that is wrong with a market, and resolves the names of slots.
func (m *StableMarket) check() (stableLists, error) {
	var p faultList
	if len(m.Patients) > MaxStablePatients {
		p.Add("len(Patients) %d: want at most %d", len(m.Patients), MaxStablePatients)
	}
	if len(m.Slots) > MaxStableSlots {
		p.Add("len(Slots) %d: want at most %d", len(m.Slots), MaxStableSlots)
	}
	var choices int64
	for i := range min(len(m.Patients), MaxStablePatients) {
		choices += int64(len(m.Patients[i].Choices))
	}
	if choices > MaxStableChoices {
		p.Add("len(Choices) of all Patients %d: want at most %d", choices, MaxStableChoices)
	}
	if p.Len() > 0 {
		return stableLists{}, p.Err() // the rest would take as long as the limits are there to prevent
	}
	lists := stableLists{from: make([]int32, 1, len(m.Patients)+1), slot: make([]int32, 0, choices)}
	m.checkPatients(&p, &lists, m.checkSlots(&p))
	return lists, p.Err()
}

// checkSlots returns the positions of the slots by ID.
func (m *StableMarket) checkSlots(p *faultList) map[string]int32 {
	index := make(map[string]int32, len(m.Slots))
	for i, s := range m.Slots {
		if fault := nameFault(s.ID, 1); fault != "" {
			p.Add("Slots[%d].ID %q: %s", i, s.ID, fault)
		}
		if first, ok := index[s.ID]; ok {
			p.Add("Slots[%d].ID %q: also Slots[%d]", i, s.ID, first)
		} else {
			index[s.ID] = int32(i)
		}
		if s.Capacity < 0 || s.Capacity > MaxStableCapacity {
			p.Add("Slots[%d].Capacity %d: want 0 to %d", i, s.Capacity, MaxStableCapacity)
		}
	}
	return index
}

func (m *StableMarket) checkPatients(p *faultList, lists *stableLists, index map[string]int32) {
	seen := make(map[string]int32, len(m.Patients))
	// lister[slot] is 1 + the patient who listed it last: a second time by the same is a repeat.
	lister := make([]int32, len(m.Slots))
	for i := range m.Patients {
		patient := &m.Patients[i]
		if fault := nameFault(patient.ID, 1); fault != "" {
			p.Add("Patients[%d].ID %q: %s", i, patient.ID, fault)
		}
		if first, ok := seen[patient.ID]; ok {
			p.Add("Patients[%d].ID %q: also Patients[%d]", i, patient.ID, first)
		} else {
			seen[patient.ID] = int32(i)
		}
		for k, c := range patient.Choices {
			slot, ok := index[c.Slot]
			switch {
			case !ok:
				p.Add("Patients[%d].Choices[%d].Slot %q: not among Slots", i, k, c.Slot)
			case lister[slot] == int32(i)+1:
				p.Add("Patients[%d].Choices[%d].Slot %q: twice", i, k, c.Slot)
			default:
				lister[slot] = int32(i) + 1
			}
			if c.Class < 1 || c.Class > MaxStableClass {
				p.Add("Patients[%d].Choices[%d].Class %d: want 1 to %d", i, k, c.Class, MaxStableClass)
			}
			lists.slot = append(lists.slot, slot)
		}
		lists.from = append(lists.from, int32(len(lists.slot)))
	}
}

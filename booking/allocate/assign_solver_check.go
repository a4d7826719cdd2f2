package allocate

// check finds everything that is wrong with a change.
func (v *AssignSolver) check(c *AssignChange) error {
	var faults faultList
	departs := map[string]bool{}
	for k, id := range c.Depart {
		if _, ok := v.number[id]; !ok {
			faults.Add("Depart[%d] %q: not among the patients", k, id)
		}
		if departs[id] {
			faults.Add("Depart[%d] %q: twice", k, id)
		}
		departs[id] = true
	}
	opened := v.checkSlots(c, &faults)
	arrives := map[string]bool{}
	came, options := 0, 0
	r := AssignRound{Goal: v.goal, Classes: v.classes, Patients: c.Arrive}
	for k := range c.Arrive {
		a := &c.Arrive[k]
		r.checkPatient(&faults, a, "Arrive", k)
		if arrives[a.ID] || departs[a.ID] {
			faults.Add("Arrive[%d].ID %q: twice, or among Depart", k, a.ID)
		}
		arrives[a.ID] = true
		if _, ok := v.number[a.ID]; !ok {
			came++
		}
		options += len(a.Options)
		for l, o := range a.Options {
			if _, ok := v.slot[o.Slot]; !ok && !opened[o.Slot] {
				faults.Add("Arrive[%d].Options[%d].Slot %q: not among the slots", k, l, o.Slot)
			}
			if o.Cost < -MaxAssignCost || o.Cost > MaxAssignCost {
				faults.Add("Arrive[%d].Options[%d].Cost %d: want %d to %d", k, l, o.Cost, -MaxAssignCost, MaxAssignCost)
			}
		}
	}
	if n := len(v.number) + came; n > MaxAssignPatients {
		faults.Add("len(Arrive) %d: %d patients, want at most %d", len(c.Arrive), n, MaxAssignPatients)
	}
	if n := len(v.state.arcs) + options; n > 2*MaxAssignOptions || len(v.state.arcs)-v.idle+options > MaxAssignOptions {
		faults.Add("len(Options) of all Arrive %d: with those that are there more than %d", options, MaxAssignOptions)
	}
	return faults.Err()
}

// checkSlots returns the slots that are new.
func (v *AssignSolver) checkSlots(c *AssignChange, faults *faultList) map[string]bool {
	opened, seen := map[string]bool{}, map[string]bool{}
	for k, slot := range c.Slots {
		checkSlot(faults, slot, k)
		if seen[slot.ID] {
			faults.Add("Slots[%d].ID %q: twice", k, slot.ID)
		}
		seen[slot.ID] = true
		if j, ok := v.slot[slot.ID]; !ok {
			opened[slot.ID] = true
		} else if v.slots[j].Session != slot.Session && len(v.quotas) > 0 {
			faults.Add("Slots[%d].Session %q: want %q as before", k, slot.Session, v.slots[j].Session)
		}
	}
	if n := len(v.slots) + len(opened); n > MaxAssignSlots {
		faults.Add("len(Slots) %d: %d slots, want at most %d", len(c.Slots), n, MaxAssignSlots)
	}
	v.checkQuotaSlots(c, opened, faults)
	return opened
}

// checkQuotaSlots counts what new slots add to sessions of quotas, so that the round stays one that NewAssignProblem takes.
func (v *AssignSolver) checkQuotaSlots(c *AssignChange, opened map[string]bool, faults *faultList) {
	if len(v.quotas) == 0 || len(opened) == 0 {
		return
	}
	size := map[string]int64{}
	for j := range v.slots {
		size[v.slots[j].Session]++
	}
	for _, slot := range c.Slots {
		if opened[slot.ID] {
			size[slot.Session]++
		}
	}
	named := int64(0)
	for _, q := range v.quotas {
		if q.Session != "" {
			named += size[q.Session]
		}
	}
	if named > MaxAssignQuotaSlots {
		faults.Add("len(Slots) %d: the quotas' sessions would have %d slots, each counted for each quota: want at most %d", len(c.Slots), named, MaxAssignQuotaSlots)
	}
}

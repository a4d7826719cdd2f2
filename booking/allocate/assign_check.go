package allocate

// checkSizes looks at what must be right before anything else is looked at.
func (r *AssignRound) checkSizes(p *faultList) {
	within := func(field string, value, low, high int) {
		if value < low || value > high {
			p.Add("%s %d: want %d to %d", field, value, low, high)
		}
	}
	if !r.Goal.IsValid() {
		p.Add("Goal %v: want ServeByClass or LeastCost", r.Goal)
	}
	switch r.Goal {
	case ServeByClass:
		within("Classes", r.Classes, 1, MaxAssignClasses)
	case LeastCost:
		within("Classes", r.Classes, 0, 0)
	}
	within("len(Patients)", len(r.Patients), 0, MaxAssignPatients)
	within("len(Slots)", len(r.Slots), 0, MaxAssignSlots)
	within("len(Quotas)", len(r.Quotas), 0, MaxAssignQuotas)
	options := int64(0)
	for i := range r.Patients {
		options += int64(len(r.Patients[i].Options))
	}
	if options > MaxAssignOptions {
		p.Add("len(Options) of all patients %d: want at most %d", options, MaxAssignOptions)
	}
}

func (r *AssignRound) checkSlots(p *faultList, order []int32, names *nameTable) {
	for rank, i := range order {
		s := &r.Slots[i]
		checkSlot(p, *s, int(i))
		if rank > 0 && r.Slots[order[rank-1]].ID == s.ID {
			p.Add("Slots[%d].ID %q: also Slots[%d]", i, s.ID, order[rank-1])
		}
		names.add(s.ID, int32(rank))
	}
}

// checkSlot looks at a slot for itself.
func checkSlot(p *faultList, s AssignSlot, i int) {
	if fault := nameFault(s.ID, 1); fault != "" {
		p.Add("Slots[%d].ID %q: %s", i, s.ID, fault)
	}
	if s.Capacity < 0 || s.Capacity > MaxAssignCapacity {
		p.Add("Slots[%d].Capacity %d: want 0 to %d", i, s.Capacity, MaxAssignCapacity)
	}
	if s.Session != "" {
		if fault := nameFault(s.Session, 1); fault != "" {
			p.Add("Slots[%d].Session %q: %s", i, s.Session, fault)
		}
	}
}

func (r *AssignRound) checkPatients(p *faultList, order []int32) {
	for rank, i := range order {
		a := &r.Patients[i]
		if rank > 0 && r.Patients[order[rank-1]].ID == a.ID {
			p.Add("Patients[%d].ID %q: also Patients[%d]", i, a.ID, order[rank-1])
		}
		r.checkPatient(p, a, "Patients", int(i))
	}
}

// checkPatient looks at all but the options and whether the ID is another's.
func (r *AssignRound) checkPatient(p *faultList, a *AssignPatient, list string, i int) {
	if fault := nameFault(a.ID, 1); fault != "" {
		p.Add("%s[%d].ID %q: %s", list, i, a.ID, fault)
	}
	if a.Channel != "" {
		if fault := nameFault(a.Channel, 1); fault != "" {
			p.Add("%s[%d].Channel %q: %s", list, i, a.Channel, fault)
		}
	}
	if r.Goal == LeastCost {
		if a.Class != 0 {
			p.Add("%s[%d].Class %d: want 0 with LeastCost", list, i, a.Class)
		}
		if a.UnassignedCost < -MaxAssignCost || a.UnassignedCost > MaxAssignCost {
			p.Add("%s[%d].UnassignedCost %d: want %d to %d", list, i, a.UnassignedCost, -MaxAssignCost, MaxAssignCost)
		}
		return
	}
	if a.Class < 1 || a.Class > r.Classes {
		p.Add("%s[%d].Class %d: want 1 to %d", list, i, a.Class, r.Classes)
	}
	if a.UnassignedCost != 0 {
		p.Add("%s[%d].UnassignedCost %d: want 0 with ServeByClass", list, i, a.UnassignedCost)
	}
}

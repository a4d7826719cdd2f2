package allocate

// check finds everything that is wrong with a round. index has the positions of the slots.
func (r *RebookRound) check(f *faultList) (index map[string]int32) {
	if r.checkSizes(f); f.Len() > 0 {
		return nil // the rest would take as long as the limits are there to prevent
	}
	index = make(map[string]int32, len(r.Slots))
	for j := range r.Slots {
		s := &r.Slots[j]
		at := entry{"Slots", j}
		at.name(f, "ID", s.ID)
		at.terms(f, "Terms", &s.Terms)
		if s.Free < 0 || s.Free > MaxRebookFree {
			at.add(f, "Free", s.Free, "want 0 to %d", MaxRebookFree)
		}
		if first, ok := index[s.ID]; ok {
			at.add(f, "ID", s.ID, "also Slots[%d]", first)
		} else {
			index[s.ID] = int32(j)
		}
	}
	r.checkAppointments(f, index)
	return index
}

func (r *RebookRound) checkSizes(f *faultList) {
	within := func(field string, value, low, high int) {
		if value < low || value > high {
			f.Add("%s %d: want %d to %d", field, value, low, high)
		}
	}
	within("Classes", r.Classes, 1, MaxRebookClasses)
	within("len(Slots)", len(r.Slots), 0, MaxRebookSlots)
	if n := int64(len(r.Affected)) + int64(len(r.Booked)); n > MaxRebookAppointments {
		f.Add("len(Affected) and len(Booked) %d: want at most %d together", n, MaxRebookAppointments)
	}
	options := int64(0)
	for i := range r.Affected {
		options += int64(len(r.Affected[i].Options))
	}
	for i := range r.Booked {
		options += int64(len(r.Booked[i].Options))
	}
	if options > MaxRebookOptions {
		f.Add("len(Options) of all appointments %d: want at most %d", options, MaxRebookOptions)
	}
}

func (r *RebookRound) checkAppointments(f *faultList, index map[string]int32) {
	seen := make(map[string]entry, len(r.Affected)+len(r.Booked))
	for i := range r.Affected {
		a := &r.Affected[i]
		at := entry{"Affected", i}
		at.appointment(f, a.ID, a.Class, r.Classes, seen)
		at.terms(f, "Had", &a.Had)
		at.options(f, r, index, a.Options, &a.Had, a.OtherDepartment, "")
	}
	for i := range r.Booked {
		b := &r.Booked[i]
		at := entry{"Booked", i}
		at.appointment(f, b.ID, b.Class, r.Classes, seen)
		if b.Price < 1 || b.Price > MaxRebookPrice {
			at.add(f, "Price", b.Price, "want 1 to %d", MaxRebookPrice)
		}
		if j, ok := index[b.Slot]; ok {
			at.options(f, r, index, b.Options, &r.Slots[j].Terms, b.OtherDepartment, b.Slot)
		} else {
			at.add(f, "Slot", b.Slot, "not among Slots")
		}
	}
}

// entry is one of a list, as errors name it.
type entry struct {
	list string
	at   int
}

func (e entry) add(f *faultList, field string, value any, format string, args ...any) {
	verb := "%v"
	if _, ok := value.(string); ok {
		verb = "%q"
	}
	f.Add("%s[%d].%s "+verb+": "+format, append([]any{e.list, e.at, field, value}, args...)...)
}

func (e entry) name(f *faultList, field, name string) {
	if fault := nameFault(name, 1); fault != "" {
		e.add(f, field, name, "%s", fault)
	} else if len(name) > MaxRebookNameBytes {
		e.add(f, field, name, "%d bytes, want at most %d", len(name), MaxRebookNameBytes)
	}
}

func (e entry) terms(f *faultList, field string, t *RebookTerms) {
	if t.Department != "" {
		e.name(f, field+".Department", t.Department)
	}
	if t.Physician != "" {
		e.name(f, field+".Physician", t.Physician)
	}
	if t.Grade < 0 || t.Grade > MaxRebookGrade {
		e.add(f, field+".Grade", t.Grade, "want 0 to %d", MaxRebookGrade)
	}
	if !t.Date.IsValid() {
		e.add(f, field+".Date", t.Date, "missing")
	}
	if t.Clock.Minutes() >= 24*60 {
		e.add(f, field+".Clock", t.Clock, "nothing starts then")
	}
}

func (e entry) appointment(f *faultList, id string, class, classes int, seen map[string]entry) {
	e.name(f, "ID", id)
	if first, ok := seen[id]; ok {
		e.add(f, "ID", id, "also %s[%d]", first.list, first.at)
	} else {
		seen[id] = e
	}
	if class < 1 || class > classes {
		e.add(f, "Class", class, "want 1 to %d", classes)
	}
}

func (e entry) options(f *faultList, r *RebookRound, index map[string]int32, options []string, had *RebookTerms, other bool, own string) {
	for k, id := range options {
		j, ok := index[id]
		if !ok {
			f.Add("%s[%d].Options[%d] %q: not among Slots", e.list, e.at, k, id)
			continue
		}
		t := &r.Slots[j].Terms
		if own != "" && id == own {
			f.Add("%s[%d].Options[%d] %q: it is there already", e.list, e.at, k, id)
		}
		if !other && t.Department != had.Department {
			f.Add("%s[%d].Options[%d] %q: of department %q, want %q without OtherDepartment", e.list, e.at, k, id, t.Department, had.Department)
		}
		if had.Date.IsValid() && t.Date.IsValid() {
			if days := t.Date.Sub(had.Date); days < -MaxRebookDays || days > MaxRebookDays {
				f.Add("%s[%d].Options[%d] %q: %d days away, want at most %d", e.list, e.at, k, id, days, MaxRebookDays)
			}
		}
	}
}

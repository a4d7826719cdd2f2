package allocate_test

import (
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// dice is SplitMix64: the same worlds on every machine.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) n(n int) int { return int(d.next() % uint64(n)) }

// cityWorld is a seeded day of requests: n patients with 24 to 30 acceptable slots each, costs = preference 0–99 + days late × class
// weight (1, 2, 5, 20), unassigned = 2000 × weight; slots of capacity 1–3, supply percent × n / 100 units. Patients ask within a
// specialty of about 2,000 patients, or, joined, within the whole hospital.
func cityWorld(seed uint64, n, percent int, joined bool) allocate.AssignRound {
	d := dice(seed)
	const days = 30
	specialties := max(1, n/2000)
	if joined {
		specialties = 1
	}
	r := allocate.AssignRound{Goal: allocate.LeastCost, Patients: make([]allocate.AssignPatient, 0, n)}
	type slot struct{ day int }
	by := make([][]int, specialties) // slots by specialty
	var slots []slot
	for units := 0; units < n*percent/100; {
		c := min(1+d.n(3), n*percent/100-units)
		units += c
		k := d.n(specialties)
		by[k] = append(by[k], len(slots))
		slots = append(slots, slot{d.n(days)})
		r.Slots = append(r.Slots, allocate.AssignSlot{ID: fmt.Sprintf("s%07d", len(slots)), Capacity: c})
	}
	weights := []int{1, 2, 5, 20}
	for i := range n {
		w := weights[d.n(4)]
		k := i % specialties
		a := allocate.AssignPatient{ID: fmt.Sprintf("p%07d", i), UnassignedCost: int64(2000 * w)}
		wanted := d.n(days)
		seen := map[int]bool{}
		want := min(24+d.n(7), len(by[k]))
		for a.Options = make([]allocate.AssignOption, 0, want); len(seen) < want; {
			j := by[k][d.n(len(by[k]))]
			if seen[j] {
				continue
			}
			seen[j] = true
			late := max(0, slots[j].day-wanted)
			a.Options = append(a.Options, allocate.AssignOption{Slot: r.Slots[j].ID, Cost: int64(d.n(100) + late*w)})
		}
		r.Patients = append(r.Patients, a)
	}
	r.Slots = slices.Clip(slices.Clone(r.Slots))
	return r
}

package allocate_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// twoPhysicians have one number each. Liu treats R-01, who is of class 1 there; the others are of class 2 everywhere, and Rank is
// their place in a lottery.
func twoPhysicians() allocate.StableMarket {
	return allocate.StableMarket{
		Slots: []allocate.StableSlot{{ID: "Liu 08:00", Capacity: 1}, {ID: "Sun 08:00", Capacity: 1}},
		Patients: []allocate.StablePatient{
			{ID: "R-01", Rank: 3, Choices: []allocate.StableChoice{{Slot: "Sun 08:00", Class: 2}, {Slot: "Liu 08:00", Class: 1}}},
			{ID: "R-02", Rank: 1, Choices: []allocate.StableChoice{{Slot: "Liu 08:00", Class: 2}, {Slot: "Sun 08:00", Class: 2}}},
			{ID: "R-03", Rank: 2, Choices: []allocate.StableChoice{{Slot: "Liu 08:00", Class: 2}}},
		},
	}
}

func ExampleStable() {
	matching, err := allocate.Stable(twoPhysicians())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range matching.Places {
		if p.Slot == "" {
			fmt.Println(p.Patient, "has none of the choices")
			continue
		}
		fmt.Printf("%s has choice %d: %s\n", p.Patient, p.Choice, p.Slot)
	}
	// Output:
	// R-01 has choice 1: Sun 08:00
	// R-02 has choice 1: Liu 08:00
	// R-03 has none of the choices
}

// What is wrong with a market is said all at once.
func ExampleStable_problems() {
	_, err := allocate.Stable(allocate.StableMarket{
		Slots:    []allocate.StableSlot{{ID: "Liu 08:00", Capacity: -1}},
		Patients: []allocate.StablePatient{{ID: "R-01", Choices: []allocate.StableChoice{{Slot: "Sun 08:00", Class: 0}}}},
	})
	fmt.Println(err)
	// Output:
	// Slots[0].Capacity -1: want 0 to 1000000
	// Patients[0].Choices[0].Slot "Sun 08:00": not among Slots
	// Patients[0].Choices[0].Class 0: want 1 to 1000000
}

func ExampleVerifyStable() {
	market := twoPhysicians()
	matching, _ := allocate.Stable(market)
	fmt.Println(allocate.VerifyStable(market, matching))

	// A clerk gives R-03 the number that R-02 drew before.
	matching.Places[1] = allocate.StablePlace{Patient: "R-02"}
	matching.Places[2] = allocate.StablePlace{Patient: "R-03", Slot: "Liu 08:00", Choice: 1}
	fmt.Println(allocate.VerifyStable(market, matching))
	// Output:
	// <nil>
	// justified envy: "R-02" would rather have slot "Liu 08:00", and is before "R-03" there
	// justified envy: "R-02" would rather have slot "Sun 08:00", and is before "R-01" there
}

package allocate_test

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

const exampleSeed = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"

// twoNumbers are drawn for among five receipts.
func twoNumbers() allocate.LotteryDraw {
	d := allocate.LotteryDraw{Seed: exampleSeed, Draw: "2026-12-01 特需", Capacity: 2}
	for i := range 5 {
		d.Entries = append(d.Entries, allocate.LotteryEntry{Patient: fmt.Sprintf("R-%02d", i+1), Class: 1, Weight: 1})
	}
	return d
}

func ExampleLottery() {
	proof, err := allocate.Lottery(twoNumbers())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("winners", proof.Winners())
	for i, p := range proof.Places {
		fmt.Printf("%d %s %v\n", i+1, p.Patient, p.Digest)
	}
	// Output:
	// winners [R-02 R-01]
	// 1 R-02 05b3a10ce6e048b58790cd08ee4faaa69316f65ce2e1c136f518734b1ff11a99
	// 2 R-01 625482932d176567523eefdf91b694df9355c116367af7b7cb76dd24c9d505b1
	// 3 R-05 8885c0e5cc31c26aef3bc321bf513f8c722c35c077fb501face26dc1191ada00
	// 4 R-04 99a389ca24b718f6e3aaa8f33c1175e2fbffdc028aeddb383ddc2df93b6bf4cc
	// 5 R-03 b545be3e63c5d98f5e176de766a683db4d334a2ec49bdf818baa13b8253fa9a8
}

func ExampleLotteryProof_Winners() {
	draw := twoNumbers()
	draw.Capacity = 9
	draw.Entries[4].Class = 2 // after everybody else
	proof, _ := allocate.Lottery(draw)
	fmt.Println(proof.Winners())
	// Output: [R-02 R-01 R-04 R-03 R-05]
}

func ExampleLotteryTicket() {
	text := allocate.LotteryTicket(exampleSeed, "2026-12-01 特需", "R-01", 1)
	fmt.Println(strings.Replace(text, exampleSeed, "<seed>", 1))
	fmt.Printf("%x\n", sha256.Sum256([]byte(text)))
	// Output:
	// 17:haoyuan lottery 1,64:<seed>,17:2026-12-01 特需,4:R-01,1:1,
	// 625482932d176567523eefdf91b694df9355c116367af7b7cb76dd24c9d505b1
}

func ExampleLotteryCommit() {
	before, _ := allocate.LotteryCommit(exampleSeed) // published before entries open
	fmt.Println(before)
	_, err := allocate.LotteryCommit("2026")
	fmt.Println(err)
	// Output:
	// 5122a1d1bc9d87662dcf5fb870adf8c55faf2ce12fad1bacac2fe7df88172466
	// Seed "2026": 4 bytes, want at least 32
}

func ExampleLotterySeal() {
	draw := twoNumbers()
	draw.Seed = "" // not known yet
	seal, err := allocate.LotterySeal(draw)
	fmt.Println(seal, err)
	// Output: 7b94794a475351f31aa051f13cf3d998f3d1dac5a68b8cc93a2c3f9efd982c8f <nil>
}

// The three days of a draw: a commitment, a seal, a proof.
func ExampleVerifyLottery() {
	var published allocate.LotteryPublished
	draw := twoNumbers()
	published.Commitment, _ = allocate.LotteryCommit(draw.Seed)
	published.Seal, _ = allocate.LotterySeal(draw)

	proof, _ := allocate.Lottery(draw)
	fmt.Println(allocate.VerifyLottery(proof, published))

	proof.Places[1], proof.Places[2] = proof.Places[2], proof.Places[1]
	fmt.Println(allocate.VerifyLottery(proof, published))
	// Output:
	// <nil>
	// Places[2] "R-01": not after "R-05"
}

// A place in a lottery is a rank for Stable that favours nobody.
func ExampleLottery_ranks() {
	proof, _ := allocate.Lottery(twoNumbers())
	market := allocate.StableMarket{Slots: []allocate.StableSlot{{ID: "Liu 08:00", Capacity: 1}, {ID: "Sun 08:00", Capacity: 2}}}
	for i, p := range proof.Places {
		market.Patients = append(market.Patients, allocate.StablePatient{
			ID: p.Patient, Rank: int64(i), Choices: []allocate.StableChoice{{Slot: "Liu 08:00", Class: 1}, {Slot: "Sun 08:00", Class: 1}},
		})
	}
	matching, _ := allocate.Stable(market)
	for _, p := range matching.Places {
		fmt.Printf("%s %q\n", p.Patient, p.Slot)
	}
	// Output:
	// R-01 "Sun 08:00"
	// R-02 "Liu 08:00"
	// R-03 ""
	// R-04 ""
	// R-05 "Sun 08:00"
}

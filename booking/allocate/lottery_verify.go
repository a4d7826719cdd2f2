package allocate

import (
	"crypto/sha256"
	"fmt"
)

// LotteryPublished is what outsiders were shown before a draw.
type LotteryPublished struct {
	// Commitment is LotteryCommit of the seed. Of a seed that was announced in another way, make it oneself.
	Commitment LotteryDigest
	// Seal is LotterySeal of the draw.
	Seal LotteryDigest
}

// VerifyLottery makes the draw again and reports whether the proof is what was promised: its seed the one committed to, its terms and entries
// those sealed, every ticket that it shows the best of its patient's, and the places in order. The error joins what it finds, each
// naming the field and the value; more than 100 are counted.
//
// Cost: that of the draw.
func VerifyLottery(proof LotteryProof, published LotteryPublished) error {
	var p faultList
	draw := LotteryDraw{Seed: proof.Seed, Draw: proof.Draw, Capacity: proof.Capacity}
	for _, place := range proof.Places {
		draw.Entries = append(draw.Entries, LotteryEntry{place.Patient, place.Class, place.Weight})
	}
	lotteryCheckSeed(&p, proof.Seed)
	if commitment := LotteryDigest(sha256.Sum256([]byte(proof.Seed))); commitment != published.Commitment {
		p.Add("Seed %q: its digest %v was not committed to", proof.Seed, commitment)
	}
	seal, err := LotterySeal(draw)
	if err != nil {
		p.Add("Places as Entries: %w", err)
		return p.Err()
	}
	if seal != published.Seal {
		p.Add("Draw, Capacity and Places: their seal %v was not published", seal)
	}
	// The text of a ticket is made here once more, from its definition.
	head := fmt.Sprintf("17:haoyuan lottery 1,%d:%s,%d:%s,", len(proof.Seed), proof.Seed, len(proof.Draw), proof.Draw)
	for i, place := range proof.Places {
		lotteryVerifyTicket(&p, head, i, place)
		if i > 0 && !lotteryInOrder(proof.Places[i-1], place) {
			p.Add("Places[%d] %q: not after %q", i, place.Patient, proof.Places[i-1].Patient)
		}
	}
	return p.Err()
}

// lotteryVerifyTicket draws all tickets of a place.
func lotteryVerifyTicket(p *faultList, head string, i int, place LotteryPlace) {
	head = fmt.Sprintf("%s%d:%s,", head, len(place.Patient), place.Patient)
	var best LotteryDigest
	number := 0
	for n := 1; n <= place.Weight; n++ {
		decimal := fmt.Sprint(n)
		drawn := LotteryDigest(sha256.Sum256(fmt.Appendf(nil, "%s%d:%s,", head, len(decimal), decimal)))
		if number == 0 || string(drawn[:]) < string(best[:]) {
			best, number = drawn, n
		}
	}
	if place.Ticket != number || place.Digest != best {
		p.Add("Places[%d] %q: ticket %d %v: the best is %d %v", i, place.Patient, place.Ticket, place.Digest, number, best)
	}
}

// lotteryInOrder reports whether a comes before b.
func lotteryInOrder(a, b LotteryPlace) bool {
	if a.Class != b.Class {
		return a.Class < b.Class
	}
	if a.Digest != b.Digest {
		return string(a.Digest[:]) < string(b.Digest[:])
	}
	return a.Patient < b.Patient
}

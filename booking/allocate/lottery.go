package allocate

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
)

// LotteryDraw is a public draw for scarce numbers. The order of Entries means nothing.
type LotteryDraw struct {
	// Seed is text of MinLotterySeedBytes to MaxNameBytes that nobody could foresee or choose when the entries closed; see Lottery. 64
	// hexadecimal digits from a source of chance, for instance.
	Seed string
	// Draw names this draw among all that ever use the same seed, so that each is independent of the others.
	Draw string
	// Capacity is how many entries win, 0 to MaxLotteryEntries.
	Capacity int
	// Entries, at most MaxLotteryEntries.
	Entries []LotteryEntry
}

// LotteryEntry is one patient in a draw.
type LotteryEntry struct {
	// Patient names the patient, once in a draw. The proof is public, so that a receipt number is better than an identity. A name must be given,
	// never chosen: who knows the seed could choose one that wins.
	Patient string
	// Class, 1 to MaxLotteryClass: every patient of class 1 comes before any of class 2, and so on.
	Class int
	// Weight, 1 to MaxLotteryWeight, is the number of tickets. The best of them counts.
	Weight int
}

// Limits of Lottery.
const (
	MinLotterySeedBytes = 32
	MaxLotteryEntries   = 1_000_000
	MaxLotteryClass     = 1_000_000
	MaxLotteryWeight    = 1_000
	MaxLotteryTickets   = 20_000_000 // over all entries
)

// LotteryProof is the result of a draw, and all that it takes to make the draw again.
type LotteryProof struct {
	Seed, Draw string
	Capacity   int
	// Places has every entry in the order of the draw. The first Capacity of them win; the rest is the waitlist.
	Places []LotteryPlace
}

// LotteryPlace is an entry with the best of its tickets.
type LotteryPlace struct {
	Patient       string
	Class, Weight int
	// Ticket is the number of the best ticket, 1 to Weight, and Digest what it drew.
	Ticket int
	Digest LotteryDigest
}

// Winners returns the patients who win, in the order of the draw.
func (p LotteryProof) Winners() []string {
	winners := make([]string, max(0, min(p.Capacity, len(p.Places))))
	for i := range winners {
		winners[i] = p.Places[i].Patient
	}
	return winners
}

// Lottery draws the order of the entries. Each patient has Weight tickets, numbered from 1, and a ticket draws the SHA-256 of
//
//	net("haoyuan lottery 1") net(Seed) net(Draw) net(Patient) net(number in decimal)
//
// where net(x) is the length of x in bytes, in decimal, a colon, x and a comma (a netstring, Bernstein 1997), so that no two tickets are
// the same text. The patients are ordered by Class, then by the least digest among their tickets, as hexadecimal digits are
// ordered, then, should two digests ever be equal, by the bytes of the name. [LotteryTicket] makes the text, and anybody can check a
// ticket in a shell:
//
//	printf %s '17:haoyuan lottery 1,64:5feceb66…,17:2026-12-01 特需,4:R-01,1:1,' | sha256sum
//
// Within a class this is weighted sampling without replacement, exactly: all tickets being alike, the first place goes to a patient with
// probability Weight / sum of the weights, the second likewise among the rest, and so on. (Efraimidis and Spirakis 2006,
// "Weighted random sampling with a reservoir", draw the best of w tickets at once as u^(1/w), which needs real numbers.) No digest is
// reduced to a smaller range, so that no place is likelier than another. The order of any two patients depends on the two alone:
// entries that come or go do not change it, and a greater weight never costs a place.
//
// The error joins all problems of the draw, each naming the field and the value; more than 100 are counted.
//
// # Nobody may choose the seed
//
// Either a value that will become public after the entries close (the numbers of a named state lottery, a randomness beacon) is
// announced as the seed, with the way it will be written; then the hospital cannot steer the draw. Or the hospital makes the seed
// itself, from a source of chance, publishes [LotteryCommit] of it before entries open, and reveals it in the proof; then it must
// also be trusted not to let an insider name an entry. In both cases it publishes [LotterySeal] of the entries when they close, before the
// seed is known, so that none is added or dropped afterwards. [VerifyLottery] checks all three.
//
// Cost: one SHA-256 of some 120 bytes for each ticket, and sorting the entries.
func Lottery(d LotteryDraw) (LotteryProof, error) {
	var p faultList
	lotteryCheckSeed(&p, d.Seed)
	lotteryCheckTerms(&p, d.Draw, d.Capacity, d.Entries)
	if p.Len() > 0 {
		return LotteryProof{}, p.Err()
	}
	proof := LotteryProof{Seed: d.Seed, Draw: d.Draw, Capacity: d.Capacity, Places: make([]LotteryPlace, len(d.Entries))}
	text := lotteryNet(lotteryNet(lotteryNet(nil, lotteryDomain), d.Seed), d.Draw)
	common := len(text)
	for i, e := range d.Entries {
		text = lotteryNet(text[:common], e.Patient)
		own := len(text)
		best := LotteryPlace{Patient: e.Patient, Class: e.Class, Weight: e.Weight}
		for n := 1; n <= e.Weight; n++ {
			text = lotteryNet(text[:own], strconv.Itoa(n))
			digest := LotteryDigest(sha256.Sum256(text))
			if n == 1 || digest.compare(best.Digest) < 0 {
				best.Ticket, best.Digest = n, digest
			}
		}
		proof.Places[i] = best
	}
	slices.SortFunc(proof.Places, func(a, b LotteryPlace) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), a.Digest.compare(b.Digest), strings.Compare(a.Patient, b.Patient))
	})
	return proof, nil
}

// LotteryTicket is the text whose SHA-256 a ticket draws: what to feed to sha256sum. It checks nothing.
func LotteryTicket(seed, draw, patient string, number int) string {
	text := lotteryNet(lotteryNet(lotteryNet(nil, lotteryDomain), seed), draw)
	return string(lotteryNet(lotteryNet(text, patient), strconv.Itoa(number)))
}

// The first part of every text that is hashed says what the hash is for, and the version of the scheme.
const (
	lotteryDomain     = "haoyuan lottery 1"
	lotterySealDomain = "haoyuan lottery entries 1"
)

// lotteryNet appends a netstring.
func lotteryNet(dst []byte, s string) []byte {
	dst = strconv.AppendInt(dst, int64(len(s)), 10)
	dst = append(dst, ':')
	dst = append(dst, s...)
	return append(dst, ',')
}

// compare orders digests as their hexadecimal digits are ordered.
func (d LotteryDigest) compare(e LotteryDigest) int { return bytes.Compare(d[:], e[:]) }

package allocate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// LotteryDigest is a SHA-256 digest. As text it is 64 hexadecimal digits, as sha256sum prints it.
type LotteryDigest [sha256.Size]byte

// String returns 64 hexadecimal digits in lower case.
func (d LotteryDigest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText returns what String does.
func (d LotteryDigest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, and nothing else: upper case is refused, so that one digest has one text.
func (d *LotteryDigest) UnmarshalText(text []byte) error {
	if len(text) != 2*sha256.Size {
		return fmt.Errorf("digest of %d bytes: want %d hexadecimal digits", len(text), 2*sha256.Size)
	}
	var read LotteryDigest
	if _, err := hex.Decode(read[:], text); err != nil || read.String() != string(text) {
		return fmt.Errorf("digest %q: want hexadecimal digits in lower case", text)
	}
	*d = read
	return nil
}

// LotteryCommit is what to publish before entries open, when the hospital itself makes the seed: the SHA-256 of the seed, as
//
//	printf %s "$seed" | sha256sum
//
// prints it. It reveals nothing of a seed that cannot be guessed, and fits no other. A seed that Lottery would refuse is an error.
func LotteryCommit(seed string) (LotteryDigest, error) {
	var p faultList
	lotteryCheckSeed(&p, seed)
	if p.Len() > 0 {
		return LotteryDigest{}, p.Err()
	}
	return sha256.Sum256([]byte(seed)), nil
}

// LotterySeal is what to publish when entries close: a digest of the draw but for its Seed, which is not looked at. It is the SHA-256 of
//
//	net("haoyuan lottery entries 1") net(Draw) net(Capacity) net(number of entries)
//
// and, for each entry, by the bytes of the names,
//
//	net(Patient) net(Class) net(Weight)
//
// with net as [Lottery] has it and numbers in decimal. The error joins all problems.
//
// Cost: sorting the entries, and one SHA-256 of some 20 bytes an entry.
func LotterySeal(d LotteryDraw) (LotteryDigest, error) {
	var p faultList
	lotteryCheckTerms(&p, d.Draw, d.Capacity, d.Entries)
	if p.Len() > 0 {
		return LotteryDigest{}, p.Err()
	}
	entries := slices.Clone(d.Entries)
	slices.SortFunc(entries, func(a, b LotteryEntry) int { return strings.Compare(a.Patient, b.Patient) })
	sum := sha256.New()
	text := lotteryNet(lotteryNet(nil, lotterySealDomain), d.Draw)
	text = lotteryNet(text, strconv.Itoa(d.Capacity))
	sum.Write(lotteryNet(text, strconv.Itoa(len(entries))))
	for _, e := range entries {
		text = lotteryNet(text[:0], e.Patient)
		text = lotteryNet(text, strconv.Itoa(e.Class))
		sum.Write(lotteryNet(text, strconv.Itoa(e.Weight)))
	}
	return LotteryDigest(sum.Sum(nil)), nil
}

func lotteryCheckSeed(p *faultList, seed string) {
	if fault := nameFault(seed, MinLotterySeedBytes); fault != "" {
		p.Add("Seed %q: %s", seed, fault)
	}
}

func lotteryCheckTerms(p *faultList, draw string, capacity int, entries []LotteryEntry) {
	if fault := nameFault(draw, 1); fault != "" {
		p.Add("Draw %q: %s", draw, fault)
	}
	if capacity < 0 || capacity > MaxLotteryEntries {
		p.Add("Capacity %d: want 0 to %d", capacity, MaxLotteryEntries)
	}
	if len(entries) > MaxLotteryEntries {
		p.Add("len(Entries) %d: want at most %d", len(entries), MaxLotteryEntries)
		return // the rest would take as long as the limit is there to prevent
	}
	first := make(map[string]int, len(entries))
	var tickets int64
	for i, e := range entries {
		if fault := nameFault(e.Patient, 1); fault != "" {
			p.Add("Entries[%d].Patient %q: %s", i, e.Patient, fault)
		}
		if j, ok := first[e.Patient]; ok {
			p.Add("Entries[%d].Patient %q: also Entries[%d]", i, e.Patient, j)
		} else {
			first[e.Patient] = i
		}
		if e.Class < 1 || e.Class > MaxLotteryClass {
			p.Add("Entries[%d].Class %d: want 1 to %d", i, e.Class, MaxLotteryClass)
		}
		if e.Weight < 1 || e.Weight > MaxLotteryWeight {
			p.Add("Entries[%d].Weight %d: want 1 to %d", i, e.Weight, MaxLotteryWeight)
		} else {
			tickets += int64(e.Weight)
		}
	}
	if tickets > MaxLotteryTickets {
		p.Add("Weight of all Entries %d: want at most %d", tickets, MaxLotteryTickets)
	}
}

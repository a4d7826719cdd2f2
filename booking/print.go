package booking

import "github.com/haoyuan-go/haoyuan/slots"

// Fingerprints of commands: what a retry under the same key must repeat exactly. Stamps are left out, since a retry comes
// later; whatever else the caller said goes in.

// The tags keep commands of different kinds apart.
const (
	printReschedule uint64 = iota + 100
	printCancel
	printIntroduce
	printOpen
	printClose
	printAnswer
	printQuota
	printGrant
	printRestrict
	printRetire
	printStep
	printJoin
	printLeave
	printScreen
	printDescribe
	printMerge
	printTransfer
	printReturn
	printJoint
	printSeries
	printSubstitute
	printDisplace
)

func printOf(tag uint64, words ...uint64) uint64 {
	h := mix(hashSeed, tag)
	for _, w := range words {
		h = mix(h, w)
	}
	return h
}

func printSeed(as State, addOn bool) uint64 {
	if addOn {
		return mix(hashSeed, 64+uint64(as))
	}
	return mix(hashSeed, uint64(as))
}

func printRequest(h uint64, q *Request) uint64 {
	h = mix(h, uint64(q.Person)|uint64(q.Account)<<32)
	h = mix(h, uint64(q.Booker)|uint64(max(q.Count, 1))<<32|uint64(max(q.Policy, 1))<<48)
	c := &q.Bear.c
	h = mix(h, uint64(c[0])|uint64(c[1])<<16|uint64(c[2])<<32|uint64(c[3])<<48)
	if c[4] != 0 {
		h = mix(h, uint64(c[4])|uint64(c[5])<<16|uint64(c[6])<<32|uint64(c[7])<<48)
	}
	if q.Slot.IsValid() {
		return mix(h, uint64(q.Slot.Session)|uint64(q.Slot.N)<<32|1<<63)
	}
	h = mix(h, uint64(q.Resource)|uint64(q.Department)<<32)
	h = mix(h, uint64(q.Service)|uint64(q.Weekdays)<<32)
	if !q.AnyOf.IsEmpty() {
		h = printResources(h, &q.AnyOf)
	}
	return mix(mix(h, uint64(q.From)), uint64(q.Until))
}

func printQuotaLine(h uint64, q *Quota) uint64 {
	flags := uint64(0)
	if q.Capped {
		flags |= 1
	}
	if q.CapLifts {
		flags |= 2
	}
	return mix(mix(mix(h, uint64(q.Class)|uint64(q.Reserve)<<16|uint64(q.Cap)<<32|flags<<48), uint64(q.OpenAt)), uint64(q.From))
}

func printOpening(h uint64, o *Opening) uint64 {
	counted := uint64(o.CancelLeadMinutes) << 1
	if o.Counted {
		counted |= 1
	}
	for _, w := range [...]uint64{uint64(o.Date.Number()), uint64(o.Start), uint64(o.Kind) | uint64(o.Grade)<<8 |
		uint64(o.LeadMinutes)<<16 | uint64(o.AddOns)<<32 | uint64(o.Minutes)<<48, counted, uint64(o.Department) | uint64(o.Service)<<32, uint64(o.Site),
		uint64(o.Release), uint64(o.Close), uint64(o.CancelBy), uint64(o.End),
		uint64(len(o.Slots)) | uint64(len(o.Resources))<<16 | uint64(len(o.Quotas))<<32 | uint64(len(o.Pauses))<<48} {
		h = mix(h, w)
	}
	for _, s := range o.Slots {
		h = mix(h, uint64(s.OffsetMinutes)|uint64(s.Minutes)<<16|uint64(s.Capacity)<<32|uint64(s.Only)<<48)
	}
	for _, r := range o.Resources {
		h = mix(h, uint64(r))
	}
	for i := range o.Quotas {
		h = printQuotaLine(h, &o.Quotas[i])
	}
	for i := range o.Pauses {
		p := &o.Pauses[i]
		h = mix(mix(mix(h, uint64(p.Class)), uint64(p.Span.From())), uint64(p.Span.To()))
	}
	for _, list := range [][]slots.Instant{o.Reminders, o.Reallocate} {
		h = mix(h, uint64(len(list)))
		for _, at := range list {
			h = mix(h, uint64(at))
		}
	}
	return printEligibility(h, &o.Eligible)
}

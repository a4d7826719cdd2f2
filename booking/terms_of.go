package booking

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// TermsOf states to the Book what a release rule says of a session, beside the hospital's own quotas for it:
//
//	first stage                   Release
//	later stages                  Quotas: for each, a reserve of a class that nobody can bear, falling open when its units come out
//	own opening time of a class   From, in the class's quota or in a line of its own behind the others
//	pauses, hours of the pool     Pauses: what Release.Windows leaves out up to the close, of everyone and of each class
//	close and lead                Close, LeadMinutes
//	end of free cancellation      CancelBy or CancelLeadMinutes
//
// The rest of the Terms (End, AddOns, Reminders, Eligible, the classes of first visits and follow-ups) is the caller's to set in what it returns. The
// deadline of checking in is nobody's booking and stays with Windows.CheckInBy, for the queue. What waits for its stage refuses
// others as ReservedForOthers, with Until.
//
// Reserves are in units of what is still open for booking, in rule order. So units that are not out are kept among the slots that have
// not closed yet: a later stage should come before the first slot closes. And of what is out at an early stage the hospital's own reserves
// are served in their order: let a partition open with the last stage.
//
// Errors: those of Release.Windows; a quota for a stage's class; two opening times for one class; more units than a session holds. What is
// too much for an Opening (MaxQuotas, MaxPauses) Open refuses.
// Cost: that of Release.Windows.
func TermsOf(s *slots.Session, r *slots.Release, calendar slots.Calendar, loc *time.Location, quotas ...NamedQuota) (Terms, error) {
	w, err := r.Windows(s, calendar, loc)
	if err != nil {
		return Terms{}, err
	}
	if units := s.Units(); units > MaxSessionUnits {
		return Terms{}, fmt.Errorf("slots: capacity %d in all, want at most %d", units, MaxSessionUnits)
	}
	t := Terms{Release: w.Out[0].At, LeadMinutes: uint16(r.LeadMinutes), CancelBy: w.CancelBy, CancelLeadMinutes: uint16(r.CancelLeadMinutes),
		Quotas: stages(w.Out)}
	if r.Close != (slots.Ahead{}) {
		t.Close = w.Close
	}
	var all []error
	for i, q := range quotas {
		if isStage(q.Class) {
			all = append(all, fmt.Errorf("quotas[%d].Class %q: kept for the stages of a release", i, q.Class))
		}
	}
	t.Quotas = append(t.Quotas, quotas...)
	for _, c := range r.Classes {
		from, err := c.At.Instant(s.Date, calendar, loc)
		all = append(all, err)
		if i := slices.IndexFunc(t.Quotas, func(q NamedQuota) bool { return q.Class == c.Class }); i < 0 {
			t.Quotas = append(t.Quotas, NamedQuota{Class: c.Class, From: from})
		} else if t.Quotas[i].From == 0 {
			t.Quotas[i].From = from
		} else {
			all = append(all, fmt.Errorf("quotas: From %v of %q: the release rule has an opening time for it", t.Quotas[i].From, c.Class))
		}
	}
	if err := errors.Join(all...); err != nil {
		return Terms{}, err
	}
	// A class's own opening time is From's business, which SetQuota may change; the hours of the pool bind the class before it, too.
	hours := *r
	hours.Classes = nil
	if w, err = hours.Windows(s, calendar, loc); err != nil {
		return Terms{}, err
	}
	t.Pauses = pausesOf(&w)
	return t, nil
}

// stages are the units that are not out with the first outlet, as reserves of classes that nobody bears.
func stages(out []slots.Outlet) (list []NamedQuota) {
	for i := 1; i < len(out); i++ {
		if n := out[i].Units - out[i-1].Units; n > 0 {
			list = append(list, NamedQuota{Class: fmt.Sprintf("stage %d%s", i+1, stageSuffix), Reserve: uint16(n), OpenAt: out[i].At})
		}
	}
	return list
}

// stageSuffix ends the names of the classes of stages. A Desk lets no request bear one.
const stageSuffix = " of the release"

func isStage(class string) bool {
	return strings.HasPrefix(class, "stage ") && strings.HasSuffix(class, stageSuffix)
}

// pausesOf are the gaps in which everyone, or a class alone, may not book between the release and the close.
func pausesOf(w *slots.Windows) (list []NamedPause) {
	for _, c := range w.Booking {
		within := []slots.Span{}
		if c.Class != "" {
			within = w.Of("")
		} else if span, err := slots.NewSpan(w.Out[0].At, w.Close); err == nil {
			within = append(within, span)
		}
		for _, gap := range without(within, c.Spans) {
			list = append(list, NamedPause{c.Class, gap})
		}
	}
	return list
}

// without are the stretches of spans that are not in open; both are in order, without overlap.
func without(spans, open []slots.Span) (gaps []slots.Span) {
	note := func(from, to slots.Instant) {
		if gap, err := slots.NewSpan(from, to); err == nil && !gap.IsEmpty() {
			gaps = append(gaps, gap)
		}
	}
	for _, s := range spans {
		for len(open) > 0 && open[0].To() <= s.From() {
			open = open[1:]
		}
		at := s.From()
		for i := 0; i < len(open) && open[i].From() < s.To(); i++ {
			note(at, open[i].From())
			at = max(at, open[i].To())
		}
		note(at, s.To())
	}
	return gaps
}

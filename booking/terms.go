package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Terms are what a roster does not say about a session: when its numbers come out and close, and for whom they are kept.
// The fields mean what they mean in Opening: give an End (Session.Span's, say) if those who never came are to be no-shows.
// TermsOf makes them of a release rule.
type Terms struct {
	Release, Close, CancelBy, End  sl.Instant
	LeadMinutes, CancelLeadMinutes uint16
	AddOns                         uint16
	// Reminders in order of time; RemindersOf makes them.
	Reminders []sl.Instant
	// FirstVisit and FollowUp are the names of the classes that may book slots for such visits (slots.Slot.Visit). A session that
	// has such slots is not opened without them.
	FirstVisit, FollowUp string
	Quotas               []NamedQuota
	// Reallocate are the instants at which unsold reserves move, in ascending order.
	Reallocate []sl.Instant
	// Eligible is whom the session takes.
	Eligible NamedEligibility
	// Pauses in any order.
	Pauses []NamedPause
}

// NamedQuota is a Quota by its class's name.
type NamedQuota struct {
	Class    string
	Reserve  uint16
	Cap      uint16
	Capped   bool
	OpenAt   sl.Instant
	CapLifts bool
	From     sl.Instant
}

// NamedPause is a Pause by its class's name; empty: everyone.
type NamedPause struct {
	Class string
	Span  sl.Span
}

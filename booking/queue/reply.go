package queue

// Reply is the answer to a verb.
type Reply struct {
	// Refusal is why nothing was done; 0 where it was.
	Refusal Refusal
	// Entry is the ticket as it stands now: who checked in, was called, missed the call, finished or left. After a refusal,
	// the ticket in the way, if there is one.
	Entry Entry
	// Arrival says how a check-in met the appointment time.
	Arrival Arrival
	// Why, Place, Over, Limit and OnlyMissed explain a call. Why this class, by the rule whose value Limit is; Place in the class,
	// before Over, the ID who would have been next of it ("" for none).
	Why   Why
	Place Place
	Over  string
	Limit int
	// OnlyMissed: nobody waits but people who missed a call and whose turn it is not yet.
	OnlyMissed bool
}

// Refusal is why a verb did nothing: a closed list.
type Refusal uint8

// The refusals.
const (
	// ClockBack: now is before the last now, or out of range.
	ClockBack Refusal = 1 + iota
	// BadTicket: ID, Class or Appointed is not what it must be.
	BadTicket
	// AlreadyHere: the ID waits or is called, or came to an end and does not return with results.
	AlreadyHere
	// QueueFull: MaxCheckIns reached.
	QueueFull
	// RoomTaken: someone is called; finish, or say that the call was missed.
	RoomTaken
	// NobodyWaiting: there is nobody to call.
	NobodyWaiting
	// NotHere: the ID never checked in.
	NotHere
	// NotCalled: the ID waits, and is not the one that is called.
	NotCalled
	// AlreadyOver: the ID has finished, missed out or left.
	AlreadyOver
)

// IsValid reports whether r is one of the refusals.
func (r Refusal) IsValid() bool { return r >= ClockBack && r <= AlreadyOver }

// String returns the refusal in a few words; "done" for 0.
func (r Refusal) String() string {
	if r == 0 {
		return "done"
	}
	return word("Refusal", uint8(r), "clock back", "bad ticket", "already here", "queue full", "room taken", "nobody waiting",
		"not here", "not called", "already over")
}

// Why is why a call went to this class.
type Why uint8

// The reasons.
const (
	// NoOtherClass: nobody of another class may be called.
	NoOtherClass Why = 1 + iota
	// PriorityFirst: before ordinary visits; Limit is PriorityRun, not reached.
	PriorityFirst
	// OrdinaryTurn: PriorityRun priority visits (Limit) went before.
	OrdinaryTurn
	// ReturnTurn: every ReturnEvery-th call (Limit) is a returning patient's.
	ReturnTurn
	// BeforeReturning: it is not a returning patient's turn (Limit is ReturnEvery), and all visits are of one class.
	BeforeReturning
)

// IsValid reports whether w is one of the reasons.
func (w Why) IsValid() bool { return w >= NoOtherClass && w <= BeforeReturning }

// String returns the reason in a few words.
func (w Why) String() string {
	return word("Why", uint8(w), "no other class", "priority first", "ordinary turn", "return turn", "before returning")
}

// Place is why a call went to this one of the class: the first difference from the next.
type Place uint8

// The reasons.
const (
	// OnlyOne of the class may be called.
	OnlyOne Place = 1 + iota
	// EarlierBand of appointment time.
	EarlierBand
	// OnTimeFirst: on time, and the next of the same band is late or has no time.
	OnTimeFirst
	// EarlierCheckIn.
	EarlierCheckIn
	// SmallerID: all else is equal.
	SmallerID
)

// IsValid reports whether p is one of the reasons.
func (p Place) IsValid() bool { return p >= OnlyOne && p <= SmallerID }

// String returns the reason in a few words.
func (p Place) String() string {
	return word("Place", uint8(p), "only one", "earlier band", "on time first", "earlier check-in", "smaller ID")
}

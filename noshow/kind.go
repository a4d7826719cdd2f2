package noshow

import "fmt"

// Kind says what went wrong with a booking. Kinds are recorded apart, and a rule names the kinds that it
// counts together, because hospitals differ: for one a late arrival is an incident, for another nothing.
// Which of them a booking was (how late is late, until when a cancellation is free) is decided before it
// comes here. The zero Kind is invalid.
type Kind uint8

// The kinds of incident.
const (
	// NoShow 爽约: the patient did not come and had not cancelled.
	NoShow Kind = 1 + iota
	// LateArrival 迟到: the patient came after the grace time; still served or not, as the hospital says.
	LateArrival
	// LateCancellation 临时退号: cancelled after the free period.
	LateCancellation
	// Cancellation 退号: cancelled in the free period. Hospitals count these against habitual cancelling.
	Cancellation
	// SameDayReturn 当日退号: the number was given back on the day of the visit.
	SameDayReturn
	// BadFaithBooking 恶意抢号: booked and dropped in bad faith, as the hospital has found.
	BadFaithBooking
)

var kindNames = [...]string{"no-show", "late-arrival", "late-cancellation", "cancellation", "same-day-return", "bad-faith-booking"}

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return isListed(kindNames[:], uint8(k)) }

// String returns no-show, late-arrival, ….
func (k Kind) String() string { return nameIn(kindNames[:], "Kind", uint8(k)) }

// MarshalText gives the name; an invalid kind is an error.
func (k Kind) MarshalText() ([]byte, error) { return marshalName(kindNames[:], "kind", uint8(k)) }

// UnmarshalText reads exactly the names that String gives.
func (k *Kind) UnmarshalText(b []byte) error {
	return unmarshalName(kindNames[:], "kind", b, func(n uint8) { *k = Kind(n) })
}

// Effect says what follows from a rule. The zero Effect is invalid. More may be added: treat an effect that
// you do not know as one for a person to look at.
type Effect uint8

// The effects.
const (
	// Suspend: no booking on any channel.
	Suspend Effect = 1 + iota
	// RestrictChannels: no booking on the channels that the rule lists; other channels stay open.
	RestrictChannels
	// ChargeFee: a fee is due; the rule's FeeCode says which.
	ChargeFee
	// RequireReferral: the next booking needs a new referral.
	RequireReferral
)

var effectNames = [...]string{"suspend", "restrict-channels", "charge-fee", "require-referral"}

// IsValid reports whether e is one of the effects.
func (e Effect) IsValid() bool { return isListed(effectNames[:], uint8(e)) }

// String returns suspend, restrict-channels, ….
func (e Effect) String() string { return nameIn(effectNames[:], "Effect", uint8(e)) }

// MarshalText gives the name; an invalid effect is an error.
func (e Effect) MarshalText() ([]byte, error) { return marshalName(effectNames[:], "effect", uint8(e)) }

// UnmarshalText reads exactly the names that String gives.
func (e *Effect) UnmarshalText(b []byte) error {
	return unmarshalName(effectNames[:], "effect", b, func(n uint8) { *e = Effect(n) })
}

// Binding says whether an effect follows by itself. The zero Binding is invalid.
type Binding uint8

// The bindings.
const (
	// Automatic: the effect is in force as soon as the rule is met.
	Automatic Binding = 1 + iota
	// Proposed: the effect waits for a person to confirm it ("the physician may dismiss") and binds nobody.
	Proposed
)

var bindingNames = [...]string{"automatic", "proposed"}

// IsValid reports whether b is one of the bindings.
func (b Binding) IsValid() bool { return isListed(bindingNames[:], uint8(b)) }

// String returns automatic or proposed.
func (b Binding) String() string { return nameIn(bindingNames[:], "Binding", uint8(b)) }

// MarshalText gives the name; an invalid binding is an error.
func (b Binding) MarshalText() ([]byte, error) {
	return marshalName(bindingNames[:], "binding", uint8(b))
}

// UnmarshalText reads exactly the names that String gives.
func (b *Binding) UnmarshalText(text []byte) error {
	return unmarshalName(bindingNames[:], "binding", text, func(n uint8) { *b = Binding(n) })
}

// Afterwards says what becomes of the incidents that met a rule. Published rules rarely say; the hospital has
// to, so the zero value is invalid.
type Afterwards uint8

// What follows a rule that was met.
const (
	// KeepCounting: they count on until they are forgotten, so that the next incident meets the rule again and
	// the effect runs anew from it. Under this choice fewer incidents never make a standing worse.
	KeepCounting Afterwards = 1 + iota
	// StartAfresh: they are spent, and the full number is needed again. The price: an incident fewer can move
	// a suspension to a later day. (Two within ten days suspend; incidents on days 1, 9 and 12. Days 1 and 9
	// meet the rule and 12 stands alone; excuse day 1, and 9 and 12 meet it instead.)
	StartAfresh
)

var afterwardsNames = [...]string{"keep-counting", "start-afresh"}

// IsValid reports whether a is one of the two.
func (a Afterwards) IsValid() bool { return isListed(afterwardsNames[:], uint8(a)) }

// String returns keep-counting or start-afresh.
func (a Afterwards) String() string { return nameIn(afterwardsNames[:], "Afterwards", uint8(a)) }

// MarshalText gives the name; an invalid value is an error.
func (a Afterwards) MarshalText() ([]byte, error) {
	return marshalName(afterwardsNames[:], "afterwards", uint8(a))
}

// UnmarshalText reads exactly the names that String gives.
func (a *Afterwards) UnmarshalText(b []byte) error {
	return unmarshalName(afterwardsNames[:], "afterwards", b, func(n uint8) { *a = Afterwards(n) })
}

// The four enums above share these: value n is the n-th name, counted from 1.

func isListed(names []string, n uint8) bool { return n >= 1 && int(n) <= len(names) }

func nameIn(names []string, what string, n uint8) string {
	if !isListed(names, n) {
		return fmt.Sprintf("%s(%d)", what, n)
	}
	return names[n-1]
}

func marshalName(names []string, what string, n uint8) ([]byte, error) {
	if !isListed(names, n) {
		return nil, fmt.Errorf("%s %d: no such %s", what, n, what)
	}
	return []byte(names[n-1]), nil
}

func unmarshalName(names []string, what string, text []byte, set func(uint8)) error {
	for i, name := range names {
		if name == string(text) {
			set(uint8(i + 1))
			return nil
		}
	}
	return fmt.Errorf("%s %q: want one of %q", what, text, names)
}

package booking

import "fmt"

// Sex is a person's sex as the hospital's record has it. The zero Sex is invalid; where a field may be zero, that is not known or any.
type Sex uint8

// The sexes.
const (
	Female Sex = 1 + iota
	Male
	// Unstated: not stated, or neither (GB/T 2261.1 codes 0 and 9).
	Unstated
)

var sexNames = [...]string{"", "female", "male", "unstated"}

// IsValid reports whether s is one of the three.
func (s Sex) IsValid() bool { return s >= Female && s <= Unstated }

// String returns female, male or unstated.
func (s Sex) String() string {
	if !s.IsValid() {
		return fmt.Sprintf("Sex(%d)", uint8(s))
	}
	return sexNames[s]
}

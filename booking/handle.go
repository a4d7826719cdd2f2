package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Handles stand for names. A name enters the log once (Introduced) and gets the next handle of its kind, from 1; the
// zero handle is none. Handles are never reused, and they are only as meaningful as the log they came from.
type (
	// Person is a patient: a human being, however they come.
	Person uint32
	// Account is what a person comes through (an app login, a clerk's desk); it may act for several persons.
	Account uint32
	// Resource is a physician, a room, a machine, a technician: whatever a session occupies.
	Resource uint32
	// Department is a clinical department.
	Department uint32
	// Service is what is done: a consultation of some kind, an examination.
	Service uint32
	// Site is a place one has to travel to or from.
	Site uint32
	// Class is a channel, a patient class or an origin: anything a quota can name.
	Class uint16
	// Session is one line of supply on one date.
	Session uint32
	// Appointment is one person's number; ids are given in log order.
	Appointment uint32
	// Caller is the scope of idempotency keys: one per client system, numbered by the host.
	Caller uint16
)

// Slot names a slot of the Book: the N-th, from 0, of a session. The zero Slot is none.
type Slot struct {
	Session Session
	N       uint16
}

// IsValid reports whether s names a slot at all.
func (s Slot) IsValid() bool { return s.Session != 0 }

// Key makes a command safe to repeat: 16 bytes that the caller chose when it first made the command, best at random.
// The zero Key means that the command is not protected.
type Key [16]byte

// Meta is what every command carries.
type Meta struct {
	// At is the host's stamp: max(its clock, the Book's clock).
	At slots.Instant
	// Key, Caller and Made make the command idempotent. A retry carries the same three; Made is when the caller
	// first made the command. All three are ignored where Key is zero.
	Key    Key
	Caller Caller
	Made   slots.Instant
}

// NameKind says what a name names.
type NameKind uint8

// The kinds of names.
const (
	PersonName NameKind = 1 + iota
	AccountName
	ResourceName
	DepartmentName
	ServiceName
	SiteName
	ClassName
	SessionName
)

const nameKinds = 9

// maxClassNames is what Class can number.
const maxClassNames = 1<<16 - 1

var nameKindNames = [nameKinds]string{"", "person", "account", "resource", "department", "service", "site", "class", "session"}

// IsValid reports whether k is one of the kinds.
func (k NameKind) IsValid() bool { return k >= PersonName && k <= SessionName }

// String returns the kind's word.
func (k NameKind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("NameKind(%d)", uint8(k))
	}
	return nameKindNames[k]
}

// MaxNameBytes bounds a name's length.
const MaxNameBytes = 200

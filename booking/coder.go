package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// coder walks a value field by field. One walk per type (walk.go, walk_book.go) serves writing and reading, binary and JSON,
// so that the four cannot disagree about what a value is made of. Each method takes the value and returns it: a writer the
// one it was given, a reader the one it read; after the first problem a reader returns zeros, and fault tells.
type coder interface {
	// number is an unsigned number up to limit.
	number(name string, v, limit uint64) uint64
	instant(name string, v slots.Instant) slots.Instant
	date(name string, v slots.Date) slots.Date
	// word is one of a closed list of words, by its index.
	word(name string, v uint64, words []string) uint64
	text(name string, v []byte, limit int) []byte
	// binary is a string of bytes that is not text; a reader fills v.
	binary(name string, v []byte)
	// list begins a list of n items and returns how many there are; every item is an object, and end closes the list.
	list(name string, n, limit int) int
	// object begins a nested object, or the next item of a list where name is empty; end closes it.
	object(name string)
	end()
	fail(format string, args ...any)
	fault() error
}

// maxInstant is the last second of the year 9999: what RFC 3339 can write.
const maxInstant slots.Instant = 253402300799

// validInstant reports whether an instant can be recorded; 0 is none.
func validInstant(i slots.Instant) bool { return i >= 0 && i <= maxInstant }

type unsigned interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64
}

// num codes any unsigned field by its own width.
func num[T unsigned](c coder, name string, v *T) {
	*v = T(c.number(name, uint64(*v), uint64(^T(0))))
}

// flag codes a bool as a number 0 or 1.
func flag(c coder, name string, v *bool) {
	u := uint64(0)
	if *v {
		u = 1
	}
	*v = c.number(name, u, 1) == 1
}

// enum codes a field whose values are words.
func enum[T unsigned](c coder, name string, v *T, words []string) {
	*v = T(c.word(name, uint64(*v), words))
}

// moment and day code an instant and a date.
func moment(c coder, name string, v *slots.Instant) { *v = c.instant(name, *v) }
func day(c coder, name string, v *slots.Date)       { *v = c.date(name, *v) }

// FormatError says what is wrong with encoded bytes or text and where.
type FormatError struct {
	// Offset is in bytes, for binary; -1 for JSON.
	Offset int
	// Field is the field being read.
	Field string
	// Problem is what was wrong and what was expected.
	Problem string
}

// Error gives all three.
func (e *FormatError) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("booking: field %s: %s", e.Field, e.Problem)
	}
	return fmt.Sprintf("booking: byte %d, field %s: %s", e.Offset, e.Field, e.Problem)
}

package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// binaryWriter appends numbers as unsigned varints of seven bits a byte, least first; instants as seconds; dates as
// day numbers; text with its length before it. Names are not written.
type binaryWriter struct{ b []byte }

func (w *binaryWriter) number(_ string, v, _ uint64) uint64 {
	w.b = appendNumber(w.b, v)
	return v
}

func appendNumber(b []byte, v uint64) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

func (w *binaryWriter) instant(_ string, v slots.Instant) slots.Instant {
	w.b = appendNumber(w.b, uint64(v))
	return v
}

func (w *binaryWriter) date(_ string, v slots.Date) slots.Date {
	w.b = appendNumber(w.b, uint64(v.Number()))
	return v
}

func (w *binaryWriter) word(_ string, v uint64, _ []string) uint64 {
	w.b = appendNumber(w.b, v)
	return v
}

func (w *binaryWriter) text(_ string, v []byte, _ int) []byte {
	w.b = appendNumber(w.b, uint64(len(v)))
	w.b = append(w.b, v...)
	return v
}

func (w *binaryWriter) binary(_ string, v []byte) { w.b = append(w.b, v...) }

func (w *binaryWriter) list(_ string, n, _ int) int {
	w.b = appendNumber(w.b, uint64(n))
	return n
}

func (w *binaryWriter) object(string)       {}
func (w *binaryWriter) end()                {}
func (w *binaryWriter) fail(string, ...any) {}
func (w *binaryWriter) fault() error        { return nil }

// binaryReader is the inverse, and strict: a number longer than it need be, or beyond its field's limit, is refused, so
// that every value has exactly one encoding. Lists are bounded by the bytes that remain, so that it never allocates more than
// the input's size times a constant.
type binaryReader struct {
	b   []byte
	at  int
	err error
}

func (r *binaryReader) failAt(name, format string, args ...any) {
	if r.err == nil {
		r.err = &FormatError{Offset: r.at, Field: name, Problem: fmt.Sprintf(format, args...)}
	}
	r.at = len(r.b)
}

func (r *binaryReader) fail(format string, args ...any) { r.failAt("value", format, args...) }
func (r *binaryReader) fault() error                    { return r.err }

func (r *binaryReader) number(name string, _, limit uint64) uint64 {
	if r.at < len(r.b) {
		if c := uint64(r.b[r.at]); c < 0x80 && c <= limit {
			r.at++
			return c
		}
	}
	return r.longNumber(name, limit)
}

func (r *binaryReader) longNumber(name string, limit uint64) uint64 {
	value := uint64(0)
	for i, shift := r.at, uint(0); i < len(r.b); i, shift = i+1, shift+7 {
		c := r.b[i]
		if shift == 63 && c > 1 {
			break
		}
		value |= uint64(c&0x7f) << shift
		if c >= 0x80 {
			continue
		}
		switch {
		case c == 0 && shift > 0:
			r.failAt(name, "number longer than it need be")
		case value > limit:
			r.failAt(name, "number %d, want at most %d", value, limit)
		default:
			r.at = i + 1
			return value
		}
		return 0
	}
	r.failAt(name, "number cut off or too long")
	return 0
}

func (r *binaryReader) instant(name string, _ slots.Instant) slots.Instant {
	return slots.Instant(r.number(name, 0, uint64(maxInstant)))
}

func (r *binaryReader) date(name string, _ slots.Date) slots.Date {
	n := r.number(name, 0, 1<<31-1)
	d := slots.DateFromNumber(int32(n))
	if n != 0 && !d.IsValid() {
		r.failAt(name, "day number %d: no such date", n)
	}
	return d
}

func (r *binaryReader) word(name string, _ uint64, words []string) uint64 {
	return r.number(name, 0, uint64(len(words)-1))
}

func (r *binaryReader) text(name string, _ []byte, limit int) []byte {
	n := r.number(name, 0, uint64(min(limit, len(r.b))))
	if n > uint64(len(r.b)-r.at) {
		r.failAt(name, "%d bytes wanted, %d left", n, len(r.b)-r.at)
		return nil
	}
	v := r.b[r.at : r.at+int(n) : r.at+int(n)]
	r.at += int(n)
	return v
}

func (r *binaryReader) binary(name string, v []byte) {
	if len(v) > len(r.b)-r.at {
		r.failAt(name, "%d bytes wanted, %d left", len(v), len(r.b)-r.at)
		clear(v)
		return
	}
	r.at += copy(v, r.b[r.at:])
}

func (r *binaryReader) list(name string, _, limit int) int {
	n := r.number(name, 0, uint64(limit))
	if n > uint64(len(r.b)-r.at) {
		r.failAt(name, "list of %d, %d bytes left", n, len(r.b)-r.at)
		return 0
	}
	return int(n)
}

func (r *binaryReader) object(string) {}
func (r *binaryReader) end()          {}

// finish reports bytes left over.
func (r *binaryReader) finish() error {
	if r.err == nil && r.at != len(r.b) {
		r.failAt("end", "%d bytes left over", len(r.b)-r.at)
	}
	return r.err
}

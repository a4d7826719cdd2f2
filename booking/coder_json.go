package booking

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/slots"
)

// jsonWriter writes an object per value, with every field by name: numbers as numbers, instants as RFC 3339 in UTC ("" for
// none), dates as YYYY-MM-DD, words as words, bytes that are not text in hex.
type jsonWriter struct {
	b     []byte
	inner []byte // for each open object or list: its closing bracket
}

func (w *jsonWriter) key(name string) {
	if last := w.b[len(w.b)-1]; last != '{' && last != '[' {
		w.b = append(w.b, ',')
	}
	if name != "" {
		w.b = strconv.AppendQuote(w.b, name)
		w.b = append(w.b, ':')
	}
}

func (w *jsonWriter) number(name string, v, _ uint64) uint64 {
	w.key(name)
	w.b = strconv.AppendUint(w.b, v, 10)
	return v
}

func (w *jsonWriter) instant(name string, v slots.Instant) slots.Instant {
	w.key(name)
	w.b = append(w.b, '"')
	if v != 0 {
		w.b = v.In(time.UTC).AppendFormat(w.b, time.RFC3339)
	}
	w.b = append(w.b, '"')
	return v
}

func (w *jsonWriter) date(name string, v slots.Date) slots.Date {
	w.key(name)
	w.b = append(w.b, '"')
	w.b = v.AppendTo(w.b)
	w.b = append(w.b, '"')
	return v
}

func (w *jsonWriter) word(name string, v uint64, words []string) uint64 {
	w.key(name)
	w.b = strconv.AppendQuote(w.b, words[v])
	return v
}

func (w *jsonWriter) text(name string, v []byte, _ int) []byte {
	w.key(name)
	quoted, _ := json.Marshal(string(v)) // a string always marshals
	w.b = append(w.b, quoted...)
	return v
}

func (w *jsonWriter) binary(name string, v []byte) {
	w.key(name)
	w.b = append(w.b, '"')
	w.b = hex.AppendEncode(w.b, v)
	w.b = append(w.b, '"')
}

func (w *jsonWriter) list(name string, n, _ int) int {
	w.key(name)
	w.b, w.inner = append(w.b, '['), append(w.inner, ']')
	return n
}

func (w *jsonWriter) object(name string) {
	if len(w.b) > 0 {
		w.key(name)
	}
	w.b, w.inner = append(w.b, '{'), append(w.inner, '}')
}

func (w *jsonWriter) end() {
	last := len(w.inner) - 1
	w.b, w.inner = append(w.b, w.inner[last]), w.inner[:last]
}

func (w *jsonWriter) fail(string, ...any) {}
func (w *jsonWriter) fault() error        { return nil }

// jsonReader is the inverse: it takes the whole text apart first and then hands out fields by name. A field that is missing,
// misspelt or not asked for is an error.
type jsonReader struct {
	root  any
	stack []jsonLevel
	err   error
}

type jsonLevel struct {
	fields map[string]any
	items  []any
	isList bool
}

func newJSONReader(data []byte) *jsonReader {
	r := &jsonReader{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&r.root); err != nil {
		r.failAt("document", "%v", err)
	} else if _, err := d.Token(); err != io.EOF {
		r.failAt("document", "text after its end")
	}
	return r
}

func (r *jsonReader) failAt(name, format string, args ...any) {
	if r.err == nil {
		r.err = &FormatError{Offset: -1, Field: name, Problem: fmt.Sprintf(format, args...)}
	}
}

func (r *jsonReader) fail(format string, args ...any) { r.failAt("value", format, args...) }
func (r *jsonReader) fault() error                    { return r.err }

// take removes and returns a field of the innermost object, or the next item of the innermost list.
func (r *jsonReader) take(name string) any {
	if r.err != nil {
		return nil
	}
	if len(r.stack) == 0 {
		return r.root
	}
	l := &r.stack[len(r.stack)-1]
	if l.isList {
		if len(l.items) == 0 {
			r.failAt(name, "list too short")
			return nil
		}
		v := l.items[0]
		l.items = l.items[1:]
		return v
	}
	v, ok := l.fields[name]
	if !ok {
		r.failAt(name, "missing")
	}
	delete(l.fields, name)
	return v
}

func (r *jsonReader) string(name string) string {
	v := r.take(name)
	s, ok := v.(string)
	if !ok {
		r.failAt(name, "want a string")
	}
	return s
}

func (r *jsonReader) number(name string, _, limit uint64) uint64 {
	n, ok := r.take(name).(json.Number)
	u, err := strconv.ParseUint(n.String(), 10, 64)
	switch {
	case !ok || err != nil:
		r.failAt(name, "want a whole number from 0")
	case u > limit:
		r.failAt(name, "number %d, want at most %d", u, limit)
	default:
		return u
	}
	return 0
}

func (r *jsonReader) instant(name string, _ slots.Instant) slots.Instant {
	s := r.string(name)
	if s == "" {
		return 0
	}
	t, err := time.ParseInLocation(time.RFC3339, s, time.UTC)
	if err != nil || t.Nanosecond() != 0 || !validInstant(slots.InstantOf(t)) || t.Unix() == 0 {
		r.failAt(name, "%q: want RFC 3339 in whole seconds, after 1970 and before the year 10000", s)
		return 0
	}
	return slots.InstantOf(t)
}

func (r *jsonReader) date(name string, _ slots.Date) (d slots.Date) {
	if err := d.UnmarshalText([]byte(r.string(name))); err != nil {
		r.failAt(name, "%v", err)
	}
	return d
}

func (r *jsonReader) word(name string, _ uint64, words []string) uint64 {
	s := r.string(name)
	for i, w := range words {
		if w == s {
			return uint64(i)
		}
	}
	r.failAt(name, "%q: not one of its words", s)
	return 0
}

func (r *jsonReader) text(name string, _ []byte, limit int) []byte {
	s := r.string(name)
	if len(s) > limit || !utf8.ValidString(s) {
		r.failAt(name, "text of %d bytes, want UTF-8 of at most %d", len(s), limit)
		return nil
	}
	return []byte(s)
}

func (r *jsonReader) binary(name string, v []byte) {
	clear(v)
	s := r.string(name)
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(v) {
		r.failAt(name, "want %d bytes in hex", len(v))
		return
	}
	copy(v, b)
}

func (r *jsonReader) list(name string, _, limit int) int {
	items, ok := r.take(name).([]any)
	if !ok || len(items) > limit {
		r.failAt(name, "want a list of at most %d", limit)
		items = nil
	}
	r.stack = append(r.stack, jsonLevel{items: items, isList: true})
	return len(items)
}

func (r *jsonReader) object(name string) {
	fields, ok := r.take(name).(map[string]any)
	if !ok {
		r.failAt(name, "want an object")
	}
	r.stack = append(r.stack, jsonLevel{fields: fields})
}

func (r *jsonReader) end() {
	l := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if r.err == nil && len(l.fields)+len(l.items) > 0 {
		r.failAt(strings.Join(slices.Sorted(maps.Keys(l.fields)), ", "), "not of this value")
	}
}

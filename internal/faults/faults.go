package faults

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// List collects what is wrong with an input, in the order of its fields. The zero List is empty and ready.
type List struct {
	list []error
	more int
}

// Most bounds what one error tells; what is more is counted, so that an error stays far smaller than a hostile input can make it.
const Most = 100

// Add adds a fault; the arguments are those of fmt.Errorf.
func (l *List) Add(format string, args ...any) {
	if len(l.list) == Most {
		l.more++
		return
	}
	l.list = append(l.list, fmt.Errorf(format, args...))
}

// Under adds the faults of another list, each with a prefix.
func (l *List) Under(prefix string, o *List) {
	for _, err := range o.list {
		l.Add("%s%w", prefix, err)
	}
	l.more += o.more
}

// Within adds a fault unless value is low to high.
func (l *List) Within(field string, value, low, high int64) {
	if value < low || value > high {
		l.Add("%s %d: want %d to %d", field, value, low, high)
	}
}

// Text adds a fault unless value is a name: printable UTF-8 of at most most bytes without space at its ends, and some of it if it is required.
func (l *List) Text(field, value string, required bool, most int) {
	if fault := InText(value, required, most); fault != "" {
		l.Add("%s %.60q: %s", field, value, fault)
	}
}

// InText says what is wrong with a name, or nothing.
func InText(value string, required bool, most int) string {
	switch {
	case value == "" && required:
		return "missing"
	case len(value) > most:
		return fmt.Sprintf("%d bytes, want at most %d", len(value), most)
	case !utf8.ValidString(value):
		return "not UTF-8"
	case strings.TrimSpace(value) != value:
		return "space at an end"
	case strings.ContainsFunc(value, unicode.IsControl):
		return "control character"
	}
	return ""
}

// Len is how many faults there are, those that are only counted included.
func (l *List) Len() int { return len(l.list) + l.more }

// Err joins the faults; nil if there are none.
func (l *List) Err() error {
	if l.more > 0 {
		return errors.Join(append(slices.Clone(l.list), fmt.Errorf("and %d more problems", l.more))...)
	}
	return errors.Join(l.list...)
}

package triage

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxTextBytes bounds every code, name and text.
const MaxTextBytes = 400

// problems collects everything that is wrong with an input, in the order of its fields.
type problems []error

func (p *problems) add(format string, args ...any) { *p = append(*p, fmt.Errorf(format, args...)) }

func (p *problems) within(field string, value, low, high int64) {
	if value < low || value > high {
		p.add("%s %d: want %d to %d", field, value, low, high)
	}
}

func (p *problems) text(field, value string, required bool) {
	switch {
	case required && value == "":
		p.add("%s %q: missing", field, value)
	case len(value) > MaxTextBytes:
		p.add("%s: %d bytes, want at most %d", field, len(value), MaxTextBytes)
	case !utf8.ValidString(value):
		p.add("%s %q: not UTF-8", field, value)
	case strings.TrimSpace(value) != value:
		p.add("%s %q: space at an end", field, value)
	}
}

func (p problems) err() error { return errors.Join(p...) }

package fit

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/slots"
)

// problems collects everything that is wrong with an input, in the order of its fields.
type problems []error

func (p *problems) add(format string, args ...any) {
	if len(*p) > maxProblems {
		*p = append(*p, nil) // only counted: see shorten
		return
	}
	*p = append(*p, fmt.Errorf(format, args...))
}

func (p *problems) within(field string, value, low, high int64) {
	if value < low || value > high {
		p.add("%s %d: want %d to %d", field, value, low, high)
	}
}

func (p *problems) text(field, value string, required bool) {
	switch {
	case required && value == "":
		p.add("%s %q: missing", field, value)
	case len(value) > slots.MaxTextBytes:
		p.add("%s %q...: %d bytes, want at most %d", field, strings.ToValidUTF8(value[:20], ""), len(value), slots.MaxTextBytes)
	case !utf8.ValidString(value):
		p.add("%s %q: not UTF-8", field, value)
	case strings.TrimSpace(value) != value:
		p.add("%s %q: space at an end", field, value)
	case strings.ContainsFunc(value, unicode.IsControl):
		p.add("%s %q: control character", field, value)
	}
}

// maxProblems bounds how many entries of a long list are named one by one; the rest are counted.
const maxProblems = 100

// shorten keeps the first problems and counts the others, so that a feed of millions with one wrong column stays readable.
func (p *problems) shorten() {
	if n := len(*p); n > maxProblems {
		*p = append((*p)[:maxProblems:maxProblems], fmt.Errorf("and %d more problems of the same list", n-maxProblems))
	}
}

func (p problems) err() error { return errors.Join(p...) }

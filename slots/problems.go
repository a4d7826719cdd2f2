package slots

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// problems collects everything that is wrong with an input, in the order of its fields: the first maxProblems, then how many more.
type problems []error

// maxProblems bounds what is told, so that an error stays readable and far smaller than a hostile input can make it.
const maxProblems = 200

// moreProblems counts those that are not told.
type moreProblems int

func (n moreProblems) Error() string { return fmt.Sprintf("and %d more problems", int(n)) }

func (p *problems) add(format string, args ...any) {
	switch n := len(*p); {
	case n < maxProblems:
		*p = append(*p, fmt.Errorf(format, args...))
	case n == maxProblems:
		*p = append(*p, moreProblems(1))
	default:
		more, _ := (*p)[n-1].(moreProblems)
		(*p)[n-1] = more + 1
	}
}

// under adds what err joins, each with a prefix.
func (p *problems) under(prefix string, err error) {
	if err == nil {
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			p.add("%s%w", prefix, e)
		}
		return
	}
	p.add("%s%w", prefix, err)
}

func (p *problems) within(field string, value, low, high int) {
	if value < low || value > high {
		p.add("%s %d: want %d to %d", field, value, low, high)
	}
}

// text checks a name: at most MaxTextBytes of printable UTF-8 without space at its ends.
func (p *problems) text(field, value string, required bool) {
	switch {
	case required && value == "":
		p.add("%s %q: missing", field, value)
	case len(value) > MaxTextBytes:
		p.add("%s %q...: %d bytes, want at most %d", field, strings.ToValidUTF8(value[:20], ""), len(value), MaxTextBytes)
	case !utf8.ValidString(value):
		p.add("%s %q: not UTF-8", field, value)
	case strings.TrimSpace(value) != value:
		p.add("%s %q: space at an end", field, value)
	case strings.ContainsFunc(value, unicode.IsControl):
		p.add("%s %q: control character", field, value)
	}
}

func (p problems) err() error { return errors.Join(p...) }

// MaxTextBytes bounds every name and label.
const MaxTextBytes = 200

package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxProblems bounds what one error lists of a bad input; what is more is counted, never dropped in silence.
const maxProblems = 100

// problems collects what is wrong with an input, in the order of its fields.
type problems struct {
	list []error
	more int
}

func (p *problems) add(format string, args ...any) {
	if len(p.list) == maxProblems {
		p.more++
		return
	}
	p.list = append(p.list, fmt.Errorf(format, args...))
}

// under adds what another list holds, each with a prefix.
func (p *problems) under(prefix string, o *problems) {
	for _, err := range o.list {
		p.add("%s%w", prefix, err)
	}
	p.more += o.more
}

func (p *problems) within(field string, value, low, high int) {
	if value < low || value > high {
		p.add("%s %d: want %d to %d", field, value, low, high)
	}
}

func (p *problems) text(field, value string, required bool) {
	if bad := badText(value, required); bad != "" {
		p.add("%s %.60q: %s", field, value, bad)
	}
}

// texts checks a set of names.
func (p *problems) texts(field string, values []string, most int) {
	p.within(field, len(values), 0, most)
	for i, v := range values[:min(len(values), most)] {
		if bad := badText(v, true); bad != "" {
			p.add("%s[%d] %.60q: %s", field, i, v, bad)
		}
		if slices.Contains(values[:i], v) {
			p.add("%s[%d] %.60q: twice", field, i, v)
		}
	}
}

// badText says what is wrong with a name, or nothing.
func badText(value string, required bool) string {
	switch {
	case value == "" && required:
		return "missing"
	case value == "":
		return ""
	case len(value) > MaxTextBytes:
		return fmt.Sprintf("%d bytes, want at most %d", len(value), MaxTextBytes)
	case !utf8.ValidString(value):
		return "not UTF-8"
	case strings.TrimSpace(value) != value:
		return "space at an end"
	}
	return ""
}

func (p *problems) err() error {
	if p.more > 0 {
		return errors.Join(errors.Join(p.list...), fmt.Errorf("and %d more problems", p.more))
	}
	return errors.Join(p.list...)
}

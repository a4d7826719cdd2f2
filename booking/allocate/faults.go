package allocate

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxNameBytes bounds the names of patients, slots, sessions, channels, seeds and draws.
const MaxNameBytes = 200

// listedFaults bounds how many problems one error spells out; the rest are counted. A list with a systematic fault has as
// many problems as lines.
const listedFaults = 100

// faultList collects what is wrong with an input or an answer, in the order in which it is found.
type faultList struct {
	listed []error
	more   int
}

func (p *faultList) add(format string, args ...any) {
	if len(p.listed) == listedFaults {
		p.more++
		return
	}
	p.listed = append(p.listed, fmt.Errorf(format, args...))
}

func (p *faultList) any() bool { return len(p.listed) > 0 }

func (p *faultList) err() error {
	if p.more > 0 {
		return errors.Join(append(p.listed, fmt.Errorf("and %d more problems", p.more))...)
	}
	return errors.Join(p.listed...)
}

// nameFault says what is wrong with a name, or nothing. A name is printed, hashed and typed into a shell, so it has neither
// control characters nor spaces that the eye does not see.
func nameFault(name string, fewestBytes int) string {
	switch {
	case name == "":
		return "missing"
	case len(name) < fewestBytes:
		return fmt.Sprintf("%d bytes, want at least %d", len(name), fewestBytes)
	case len(name) > MaxNameBytes:
		return fmt.Sprintf("%d bytes, want at most %d", len(name), MaxNameBytes)
	case !utf8.ValidString(name):
		return "not UTF-8"
	case strings.TrimSpace(name) != name:
		return "space at an end"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "control character"
	}
	return ""
}

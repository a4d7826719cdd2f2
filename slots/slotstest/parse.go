package slotstest

import (
	"fmt"
	"strings"
	"unicode"
)

// block is a run of lines as written, then perhaps the reply of a step.
type block struct {
	head    []string // everything up to and with ----, to be written back unchanged
	step    *Step    // nil in the last block, which holds what follows the last reply
	expects []expectation
	reply   []string
}

// expectation is an expect line, or an expect-none line.
type expectation struct {
	line  int
	words []string
	never bool
}

const ruler = "----"

// parse cuts a story into blocks. The lines of all heads and replies, in order, are the lines of the text.
func parse(file, text string) (blocks []block, faults []string) {
	lines := strings.Split(text, "\n")
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
	}
	var b block
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\r")
		b.head = append(b.head, lines[i])
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			if b.step != nil {
				fault(b.step.line, "step %s has no %s line", b.step.Verb, ruler)
				b = block{}
			}
		case line == ruler:
			if b.step == nil {
				fault(i+1, "%s without a step above it", ruler)
			}
			for i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
				i++
				b.reply = append(b.reply, strings.TrimRight(lines[i], " \t\r"))
			}
			blocks = append(blocks, b)
			b = block{}
		case b.step == nil:
			s, err := parseStep(line)
			if err != nil {
				fault(i+1, "%v", err)
				s = &Step{Verb: "?"}
			}
			s.file, s.line = file, i+1
			b.step = s
		case line == "expect" || line == "expect-none":
			fault(i+1, "%s: nothing to look for", line)
		case strings.HasPrefix(line, "expect "), strings.HasPrefix(line, "expect-none "):
			words := strings.Fields(line)
			b.expects = append(b.expects, expectation{i + 1, words[1:], words[0] == "expect-none"})
		default:
			b.step.body = append(b.step.body, strings.TrimLeft(line, " \t"))
		}
	}
	if b.step != nil {
		fault(b.step.line, "step %s has no %s line", b.step.Verb, ruler)
	}
	return append(blocks, b), faults
}

// parseStep reads verb key=value key="a value" key=(a, "b c") flag.
func parseStep(line string) (*Step, error) {
	s := &Step{}
	rest := line
	var err error
	if s.Verb, rest, err = takeName(rest); err != nil {
		return nil, err
	}
	for rest != "" {
		if rest[0] != ' ' && rest[0] != '\t' {
			return nil, fmt.Errorf("want a space before %q", rest)
		}
		if rest = strings.TrimLeft(rest, " \t"); rest == "" {
			break
		}
		var a argument
		if a.key, rest, err = takeName(rest); err != nil {
			return nil, err
		}
		for _, b := range s.args {
			if b.key == a.key {
				return nil, fmt.Errorf("argument %s: twice", a.key)
			}
		}
		if strings.HasPrefix(rest, "=") {
			if rest, err = a.takeValue(rest[1:]); err != nil {
				return nil, fmt.Errorf("argument %s: %w", a.key, err)
			}
		} else {
			a.shape = flagShape
		}
		s.args = append(s.args, a)
	}
	return s, nil
}

func takeName(s string) (name, rest string, err error) {
	n := strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	})
	if n < 0 {
		n = len(s)
	}
	if n == 0 {
		return "", s, fmt.Errorf("want a name at %q", s)
	}
	return s[:n], s[n:], nil
}

func (a *argument) takeValue(s string) (rest string, err error) {
	if !strings.HasPrefix(s, "(") {
		a.shape = textShape
		v, rest, err := takeText(s, " \t")
		a.values = []string{v}
		return rest, err
	}
	a.shape = listShape
	for s = strings.TrimLeft(s[1:], " \t"); !strings.HasPrefix(s, ")"); {
		v, after, err := takeText(s, " \t,)")
		if err != nil {
			return "", err
		}
		a.values = append(a.values, v)
		s = strings.TrimLeft(after, " \t")
		if strings.HasPrefix(s, ",") {
			s = strings.TrimLeft(s[1:], " \t")
		} else if !strings.HasPrefix(s, ")") {
			return "", fmt.Errorf("list: want , or ) at %q", s)
		}
	}
	return s[1:], nil
}

// takeText reads a quoted text, which may hold anything but a quote, or a bare one up to one of stops.
func takeText(s, stops string) (text, rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		n := strings.IndexByte(s[1:], '"')
		if n < 0 {
			return "", "", fmt.Errorf("no closing quote in %s", s)
		}
		return s[1 : 1+n], s[n+2:], nil
	}
	n := strings.IndexAny(s, stops)
	if n < 0 {
		n = len(s)
	}
	if n == 0 {
		return "", "", fmt.Errorf("want a value at %q; an empty one is %q", s, "")
	}
	if strings.ContainsAny(s[:n], `"()`) {
		return "", "", fmt.Errorf("quote %s", s[:n])
	}
	return s[:n], s[n:], nil
}

package slotstest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Step is one step of a story: a verb and what it was given. Every accessor consumes its argument; what no accessor asked
// for is unknown and fails the story, as does a required argument that is missing or cannot be read. All failures
// name file and line. An accessor that fails does not return.
type Step struct {
	Verb string

	file string
	line int
	args []argument
	body []string
	read bool // body was asked for
}

type argument struct {
	key    string
	shape  shape
	values []string
	used   bool
}

type shape uint8

const (
	textShape shape = 1 + iota
	listShape
	flagShape
)

// storyFault carries a failure out of a verb; only run recovers it.
type storyFault string

// Failf fails the step: the story asks for something that cannot be, as a bad date. (What the system refuses is a
// reply, never a failure.)
func (s *Step) Failf(format string, args ...any) {
	panic(storyFault(fmt.Sprintf("%s: %s: %s", s.at(), s.Verb, fmt.Sprintf(format, args...))))
}

// Has reports whether the argument was given. It consumes one that has no value (a flag), nothing else.
func (s *Step) Has(key string) bool {
	a := s.find(key)
	if a != nil && a.shape == flagShape {
		a.used = true
	}
	return a != nil
}

// Text returns key=value, required.
func (s *Step) Text(key string) string { return s.take(key, textShape).values[0] }

// TextOr returns key=value, or otherwise if it was not given.
func (s *Step) TextOr(key, otherwise string) string {
	if s.find(key) == nil {
		return otherwise
	}
	return s.Text(key)
}

// Int returns key=number, required.
func (s *Step) Int(key string) int {
	text := s.Text(key)
	n, err := strconv.Atoi(text)
	if err != nil {
		s.Failf("argument %s=%s: want a whole number", key, text)
	}
	return n
}

// IntOr returns key=number, or otherwise if it was not given.
func (s *Step) IntOr(key string, otherwise int) int {
	if s.find(key) == nil {
		return otherwise
	}
	return s.Int(key)
}

// List returns key=(a, b); a single key=a is a list of one, and no key an empty list.
func (s *Step) List(key string) []string {
	a := s.find(key)
	if a == nil {
		return nil
	}
	if a.shape == textShape {
		return []string{s.Text(key)}
	}
	return s.take(key, listShape).values
}

// Date returns key=2026-11-23, required.
func (s *Step) Date(key string) slots.Date {
	d, err := slots.ParseDate(s.Text(key))
	if err != nil {
		s.Failf("argument %s: %v", key, err)
	}
	return d
}

// Clock returns key=08:30, required.
func (s *Step) Clock(key string) slots.Clock {
	c, err := slots.ParseClock(s.Text(key))
	if err != nil {
		s.Failf("argument %s: %v", key, err)
	}
	return c
}

// Instant returns key="2026-11-23 20:00" (or with T between the two), required: the moment when the clocks of loc show that
// time. Stories do not use times that clocks skip; one that occurs twice is the first.
func (s *Step) Instant(key string, loc *time.Location) slots.Instant {
	text := s.Text(key)
	day, clock, ok := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	d, err1 := slots.ParseDate(day)
	c, err2 := slots.ParseClock(clock)
	if !ok || err1 != nil || err2 != nil {
		s.Failf("argument %s=%q: want YYYY-MM-DD HH:MM", key, text)
	}
	at, how := slots.Resolve(d, c, loc)
	if how == slots.Skipped {
		s.Failf("argument %s=%q: clocks in %v skip it", key, text, loc)
	}
	return at
}

// Body returns the lines between the first line of the step and its expectations, without the space before and after each.
func (s *Step) Body() []string {
	s.read = true
	return s.body
}

func (s *Step) at() string { return fmt.Sprintf("%s:%d", s.file, s.line) }

func (s *Step) find(key string) *argument {
	for i := range s.args {
		if s.args[i].key == key {
			return &s.args[i]
		}
	}
	return nil
}

func (s *Step) take(key string, want shape) *argument {
	a := s.find(key)
	if a == nil {
		s.Failf("argument %s: missing", key)
	}
	if a.shape != want {
		s.Failf("argument %s: want %s", key, map[shape]string{textShape: key + "=value", listShape: key + "=(a, b)"}[want])
	}
	a.used = true
	return a
}

// unused names what no accessor asked for.
func (s *Step) unused() string {
	var left []string
	for _, a := range s.args {
		if !a.used {
			left = append(left, "argument "+a.key)
		}
	}
	if len(s.body) > 0 && !s.read {
		left = append(left, fmt.Sprintf("line %q", s.body[0]))
	}
	return strings.Join(left, ", ")
}

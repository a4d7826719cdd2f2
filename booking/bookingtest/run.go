package bookingtest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Config says what Run tests. The zero Config tests booking.New with the two policies of package booking.
type Config struct {
	// New makes the Subject; nil is booking.New.
	New func(*booking.Rules) Subject
	// Policies are put behind Earliest and LevelLoad in the rules of every world.
	Policies []booking.Policy
	// Choosers are the same policies for the Model, by name.
	Choosers map[string]Chooser
	// Coverage, if given, counts what was reached.
	Coverage *Coverage
}

// Run drives a Subject and the Model side by side over generated small hospitals, and fails at the first difference or
// broken law, shrunk by rapid, with the commands that lead to it. -rapid.checks and -rapid.steps set how far it goes.
func Run(t *testing.T, c Config) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		if err := c.play(t).failure(); err != nil {
			t.Fatal(err)
		}
	})
}

// Probe plays the one world of a seed and returns the first difference, or nil. The same seed gives the same world, so
// that a test can say of a wrong Subject that it is caught.
func Probe(c Config, seed int) error {
	return rapid.Custom(func(t *rapid.T) error { return c.play(t).failure() }).Example(seed)
}

// play generates a world and plays it to its end or to the first difference.
func (c Config) play(t *rapid.T) *machine {
	m := &machine{coverage: c.Coverage, choosers: c.Choosers}
	rules := drawRules(t, 1, c.Policies)
	checked, err := booking.NewRules(rules)
	if err != nil {
		m.fail("rules: %w", err)
		return m
	}
	m.rules = checked
	m.model = NewModel(*checked, c.Choosers)
	if c.New == nil {
		m.subject = booking.New(checked)
	} else {
		m.subject = c.New(checked)
	}
	m.replica = booking.New(m.subject.Rules())
	m.setUp(t)
	steps := map[string]func(*rapid.T){
		"": m.invariants,
		"command": func(t *rapid.T) {
			if m.fault == nil {
				m.act(t)
			}
		},
	}
	for range 3 { // of thirty steps each, in the mean
		t.Repeat(steps)
	}
	m.replaysFromTheStart()
	return m
}

// failure is the first difference, after the commands that lead to it; nil for none.
func (m *machine) failure() error {
	if m.fault == nil {
		return nil
	}
	return fmt.Errorf("%s\n%w", strings.Join(m.trace, "\n"), m.fault)
}

// configure gives both other rules.
func (m *machine) configure(t *rapid.T, rules booking.Rules) {
	checked, err := booking.NewRules(rules)
	if err != nil {
		t.Fatalf("rules: %v", err)
	}
	m.rules = checked
	m.subject.Configure(checked)
	m.model.Configure(*checked)
}

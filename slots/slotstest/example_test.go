package slotstest_test

import (
	"fmt"
	"testing"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// A generator draws what a constructor accepts: here a roster for two weeks, from a seed.
func ExampleRoster() {
	config := slotstest.Roster(4, slots.MustDate("2026-11-23"), slots.MustDate("2026-12-06")).Example(7)
	_, err := slots.NewRoster(config)
	fmt.Println(err)
	// Output: <nil>
}

// A test runs every story of a folder, each in a fresh world: verbs by name, arguments read once. go test -rewrite fills
// in replies.
func ExampleRunStories() {
	_ = func(t *testing.T) {
		slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
			return slotstest.Verbs{"weekday": func(s *slotstest.Step) string { return s.Date("of").Weekday().String() }}
		})
	}
}

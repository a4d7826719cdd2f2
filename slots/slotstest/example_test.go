package slotstest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// What is awkward on purpose is valid all the same.
func ExampleAdversarialRoster() {
	first, last := slots.MustDate("2026-10-25"), slots.MustDate("2026-11-08")
	config := slotstest.AdversarialRoster(first, last, time.UTC).Example(7)
	roster, err := slots.NewRoster(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := slots.NewCalendar(slotstest.AdversarialCalendar(first, last).Example(7))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, _, err = roster.Sessions(first, last, calendar, time.UTC)
	fmt.Println(err)
	// Output: <nil>
}

// A broken roster says what the refusal must name.
func ExampleBrokenRoster() {
	broken := slotstest.BrokenRoster(slots.MustDate("2026-11-23"), slots.MustDate("2026-12-06")).Example(7)
	_, err := slots.NewRoster(broken.Config)
	for _, want := range broken.Want {
		fmt.Println(strings.Contains(err.Error(), want))
		break
	}
	// Output: true
}

func ExampleRelease() {
	release := slotstest.Release().Example(7)
	fmt.Println(release.Check())
	// Output: <nil>
}

func ExampleRepeat() {
	repeat := slotstest.Repeat(slots.MustDate("2026-11-23"), slots.MustDate("2026-12-06")).Example(7)
	fmt.Println(repeat.Check())
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

// Package slotstest helps to test what is built on package slots: it draws rosters, calendars, releases and zones (for rapid), and it plays
// stories, text files that a person from a hospital can read and write. It is for tests only.
//
// # What it decides
//
// Whether a story went as written: each step is given to a verb of the package under test, and what the verb answers must
// be, line by line, what the story says. And whether a drawn configuration is valid: all that the generators draw is, but for BrokenRoster,
// which says what is wrong.
//
// # The words
//
// A story is a .txt file, at most 40 lines or so. One step:
//
//	# Two people want the last number. The first gets it, the second is told why not.
//
//	hold now="2026-11-23 20:00" slot=S1/08:00 person=B classes=(elderly, "from a township")
//	  one more line, for input that is a table
//	expect refused: SlotFull
//	expect-none held
//	----
//	refused: SlotFull S1/08:00
//
// Its parts:
//
//   - Lines that begin with # are comments, anywhere above ----. Steps are separated by blank lines.
//   - The first line is a verb and what it is given: key=value, key="a value", key=(a list, "of values"), or a key alone.
//     A bare value ends at a space; a quoted one may hold anything but a quote. Order means nothing.
//   - Lines that follow, usually indented, are the body: a table, if the verb takes one.
//   - expect lines are written by hand and say what matters: all their words must be words of one line of the
//     reply. expect-none: no line of the reply has all of these words. Words are what lies between spaces, so
//     "refused:" is not "refused".
//   - ---- stands before the reply, which ends at a blank line. A verb with nothing to say replies ok.
//   - A reply is what the system does; a refusal is a reply. A step that makes no sense (an unknown verb or argument, a
//     missing one, a bad date) fails the test with file and line, whatever the story expects.
//
// What people agreed is in the steps and the expect lines; the replies show them, and the reader of a change, everything else that happens.
// So a good story has few expect lines and each would fail if the rule were dropped: the number that was refused, the rule that
// refused it, the count that is left.
//
// A roster that Roster draws has everything that a roster can say, in small numbers. One of AdversarialRoster is awkward on purpose, and
// AdversarialCalendar goes with it: nights, changes of the clocks, physicians in two places, moves onto holidays, leave that leaves a minute. Leave,
// Closure, Substitute and Revision draw one exception more, for laws of the form "with it and without it".
//
// Each file begins in a new world. Where time matters the step says it (now=), there is no other clock.
//
// # What the host must do
//
//  1. Write the verbs: Verbs maps each name to a function of a *Step, which asks the step for its arguments
//     (Text, Int, List, Date, Instant, Has, Body, ...). Whatever is not asked for is unknown and fails.
//  2. Call RunStories in a test, with a function that makes a new world.
//  3. Write the story with empty replies, run go test -run Stories -rewrite in the package, and read the difference
//     as carefully as code. Never change rules and rewrite in one go.
//
// In short:
//
//	func TestStories(t *testing.T) {
//		slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
//			w := newWorld()
//			return slotstest.Verbs{"hold": w.hold, "cancel": w.cancel}
//		})
//	}
//
// # What it never does
//
// It never changes a comment, a step or an expect line: -rewrite fills in replies and nothing else, and a reply of a step that
// failed stays as it was. Expectations are checked when rewriting as at any other time.
//
// # Limits
//
// No variables, no loops, no conditions, no includes: a story is read from top to bottom. Replies cannot hold blank lines, values no quotes
// and no line breaks. The generators draw few names, so that sessions meet, and short ranges are the caller's to choose.
// Zones come with the tz database of the Go release (time/tzdata, linked into the test); one newer than it is not drawn.
package slotstest

package slotstest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// toy is a world with a verb for each thing that a step can say.
func toy() Verbs {
	return Verbs{
		"say":   func(s *Step) string { return s.Text("what") },
		"or":    func(s *Step) string { return s.TextOr("what", "nothing") },
		"add":   func(s *Step) string { return fmt.Sprint(s.Int("a") + s.IntOr("b", 100)) },
		"list":  func(s *Step) string { return fmt.Sprintf("%d: %s", len(s.List("of")), strings.Join(s.List("of"), "|")) },
		"flag":  func(s *Step) string { return fmt.Sprint(s.Has("loud")) },
		"day":   func(s *Step) string { return s.Date("on").Weekday().String() + " " + s.Clock("at").String() },
		"when":  func(s *Step) string { return s.Instant("now", time.UTC).String() },
		"body":  func(s *Step) string { return strings.Join(s.Body(), "\n") },
		"mute":  func(*Step) string { return "" },
		"gap":   func(*Step) string { return "a\n\nb" },
		"wrong": func(s *Step) string { s.Failf("no such ward"); return "" },
	}
}

const good = `# A comment.
# Another.

say what="two words"
----
two words

# With a body, and expectations of both signs.
body
  first  line
	second
expect line first
expect-none first second
----
first  line
second
`

func TestStoryReplays(t *testing.T) {
	after, faults := play("good.txt", good, toy(), false)
	require.Empty(t, faults)
	require.Equal(t, good, after)
}

func TestArguments(t *testing.T) {
	for step, want := range map[string]string{
		"say what=word":                          "word",
		`say what=""`:                            "ok",
		`say what="(a, b) # c=d"`:                "(a, b) # c=d",
		"say   what=S1/08:00  ":                  "S1/08:00",
		"or":                                     "nothing",
		"or what=x":                              "x",
		"add a=-3":                               "97",
		"add b=4 a=3":                            "7",
		"list":                                   "0: ",
		"list of=()":                             "0: ",
		"list of=one":                            "1: one",
		`list of=( a,b , "c, d",)`:               "3: a|b|c, d",
		"flag":                                   "false",
		"flag loud":                              "true",
		"day on=2026-11-23 at=08:30":             "Monday 08:30",
		`when now="2026-11-23 20:00"`:            "2026-11-23T20:00:00Z",
		"when now=2026-11-23T20:00":              "2026-11-23T20:00:00Z",
		"mute":                                   "ok",
		"say what=号源":                            "号源",
		"body\n  a b\n  c":                       "a b\nc",
		"# why\nadd a=1\n# a comment in between": "101",
	} {
		after, faults := play("f", step+"\n----\n", toy(), true)
		require.Empty(t, faults, step)
		require.Equal(t, step+"\n----\n"+strings.TrimRight(want, " ")+"\n", after)
	}
}

// Every way in which a story can be wrong is told with its file and line.
func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                                             "f.txt: no step",
		"# only words\n":                               "f.txt: no step",
		"say what=a\n":                                 "f.txt:1: step say has no ----",
		"\nsay what=a\n\nmute\n----\nok":               "f.txt:2: step say has no ----",
		"----\nok\n":                                   "f.txt:1: ---- without a step",
		"shout\n----\n":                                `f.txt:1: unknown verb "shout"; known: add, body`,
		"\nmute x=1\n----\nok\n":                       "f.txt:2: mute: unknown argument x",
		"mute loud\n----\nok\n":                        "f.txt:1: mute: unknown argument loud",
		"mute\n  more\n----\nok\n":                     `f.txt:1: mute: unknown line "more"`,
		"flag loud=yes\n----\ntrue\n":                  "f.txt:1: flag: unknown argument loud",
		"say\n----\n":                                  "f.txt:1: say: argument what: missing",
		"say what\n----\n":                             "f.txt:1: say: argument what: want what=value",
		"say what=(a)\n----\n":                         "f.txt:1: say: argument what: want what=value",
		"list of\n----\n":                              "f.txt:1: list: argument of: want of=(a, b)",
		"add a=1.5\n----\n":                            "f.txt:1: add: argument a=1.5: want a whole number",
		"add a=\n----\n":                               "f.txt:1: argument a: want a value",
		"add a=1 a=2\n----\n":                          "f.txt:1: argument a: twice",
		"add =1\n----\n":                               `f.txt:1: want a name at "=1"`,
		"say what=\"a\n----\n":                         "f.txt:1: argument what: no closing quote",
		"say what=\"a\"b\n----\n":                      `f.txt:1: want a space before "b"`,
		"say what=a(b\n----\n":                         "f.txt:1: argument what: quote a(b",
		"list of=(a b)\n----\n":                        "f.txt:1: argument of: list: want , or )",
		"list of=(a, \n----\n":                         "f.txt:1: argument of: want a value",
		"day on=2026-02-30 at=1\n----\n":               `f.txt:1: day: argument on: date "2026-02-30": no such day`,
		"day on=2026-02-03 at=1\n----\n":               `f.txt:1: day: argument at: clock "1"`,
		"when now=20:00\n----\n":                       `f.txt:1: when: argument now="20:00": want YYYY-MM-DD HH:MM`,
		"gap\n----\na\n":                               "f.txt:1: gap: reply with a blank line",
		"wrong\n----\nok\n":                            "f.txt:1: wrong: no such ward",
		"mute\nexpect\n----\nok\n":                     "f.txt:2: expect: nothing to look for",
		"mute\n\n----\nok\n":                           "f.txt:1: step mute has no ----",
		"say what=a\n----\nb\n":                        "f.txt:1: say: reply differs",
		"say what=a\n----\na\na\n":                     "f.txt:1: say: reply differs",
		"say what=\"a b\"\nexpect a c\n----\na b\n":    "f.txt:2: no line of the reply has all of",
		"say what=ab\nexpect a\n----\nab\n":            "f.txt:2: no line of the reply has all of",
		"body\n a\n b\nexpect a b\n----\na\nb\n":       "f.txt:4: no line of the reply has all of",
		"say what=\"a b\"\nexpect-none b\n----\na b\n": "f.txt:2: a line of the reply has all of",
	} {
		_, faults := play("f.txt", text, toy(), false)
		require.NotEmpty(t, faults, text)
		require.Contains(t, faults[0], want, text)
	}
	_, faults := play("f.txt", "shout\n----\n\nsay what=a\n----\nb\n", toy(), false)
	require.Len(t, faults, 2, "all faults are told")
}

func TestInstantInAGap(t *testing.T) {
	loc, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	verbs := Verbs{"when": func(s *Step) string { return s.Instant("now", loc).String() }}
	_, faults := play("f", "when now=\"2026-03-08 02:30\"\n----\n", verbs, true)
	require.Contains(t, faults[0], "clocks in America/New_York skip it")
}

func TestRewriteKeepsAllButReplies(t *testing.T) {
	old := strings.Replace(strings.Replace(good, "\ntwo words", "\nstale", 1), "expect line first", "expect nowhere", 1)
	after, faults := play("f", old, toy(), true)
	require.Len(t, faults, 1, "an expectation fails as before")
	require.Equal(t, strings.Replace(good, "expect line first", "expect nowhere", 1), after)

	broken := "shout\n----\nas written\n\nsay what=new\n----\nold\n"
	after, faults = play("f", broken, toy(), true)
	require.Len(t, faults, 1)
	require.Equal(t, strings.Replace(broken, "old", "new", 1), after, "a step without an answer keeps its reply")
}

func TestPanicsOfVerbsAreNotSwallowed(t *testing.T) {
	require.PanicsWithValue(t, "bug", func() { play("f", "x\n----\n", Verbs{"x": func(*Step) string { panic("bug") }}, false) })
}

// recorder is a reporter that remembers.
type recorder struct{ errors, fatals []string }

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, a ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, a...))
}
func (r *recorder) Fatalf(format string, a ...any) {
	r.fatals = append(r.fatals, fmt.Sprintf(format, a...))
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	var r recorder
	storyFiles(&r, filepath.Join(dir, "*.txt"))
	require.Contains(t, r.fatals[0], "no such file")
	r = recorder{}
	storyFiles(&r, "[")
	require.NotEmpty(t, r.fatals)

	file := filepath.Join(dir, "a.txt")
	require.NoError(t, os.WriteFile(file, []byte("say what=new\n----\nold\n"), 0o644))
	r = recorder{}
	require.Equal(t, []string{file}, storyFiles(&r, filepath.Join(dir, "*.txt")))
	runFile(&r, file, toy(), false)
	require.Len(t, r.errors, 1)
	runFile(&r, file, toy(), true)
	require.Len(t, r.errors, 1)
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "say what=new\n----\nnew\n", string(got))
	runFile(&r, filepath.Join(dir, "none.txt"), toy(), false)
	require.Len(t, r.fatals, 1)
}

// A fresh world for each file: what one story did is not there in the next.
func TestRunStories(t *testing.T) {
	worlds := 0
	RunStories(t, "testdata/*.txt", func() Verbs {
		worlds++
		count := 0
		return Verbs{"count": func(*Step) string { count++; return fmt.Sprint(count) }}
	})
	require.Equal(t, 2, worlds)
}

func FuzzPlay(f *testing.F) {
	f.Add(good)
	f.Add("say what=(a, \"b\")\nexpect a\n----\n\n----")
	f.Fuzz(func(t *testing.T, text string) {
		after, faults := play("f", text, toy(), true)
		if len(faults) > 0 {
			return
		}
		again, faults := play("f", after, toy(), false)
		require.Empty(t, faults)
		require.Equal(t, after, again)
	})
}

// A story that is not in a file is played the same way, and its faults are handed back instead of failing a test.
func TestPlayStory(t *testing.T) {
	verbs := Verbs{"say": func(s *Step) string { return s.Text("word") }}
	require.Empty(t, PlayStory("s", "say word=a\nexpect a\n----\na\n", verbs))
	faults := PlayStory("s", "say word=a\nexpect b\n----\na\n\nsay word=c\n----\nd\n", verbs)
	require.Len(t, faults, 2)
	require.Contains(t, faults[0], "s:2: no line of the reply has all of")
	require.Contains(t, faults[1], "reply differs")
}

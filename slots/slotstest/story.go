package slotstest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Verbs are the commands of a package's stories: what the step asks is answered in text. An empty answer is written as ok.
// No answer may contain a blank line.
type Verbs map[string]func(*Step) string

// RunStories plays every story file that matches glob (see path/filepath.Match), each against the verbs of a fresh
// world, and compares replies line by line. With the test flag -rewrite it writes the replies it got into the
// files instead of comparing them; expectations are checked all the same and never rewritten. It fails if no file matches.
func RunStories(t *testing.T, glob string, world func() Verbs) {
	t.Helper()
	rewrite := flag.Lookup("rewrite").Value.String() == "true"
	for _, file := range storyFiles(t, glob) {
		t.Run(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), func(t *testing.T) {
			runFile(t, file, world(), rewrite)
		})
	}
}

func init() {
	flag.Bool("rewrite", false, "write the replies of stories into their files instead of comparing them")
}

// reporter is the part of testing.T that the reader uses, so that the reader itself can be tested.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func storyFiles(t reporter, glob string) []string {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil {
		t.Fatalf("stories %s: %v", glob, err)
	}
	if len(files) == 0 {
		t.Fatalf("stories %s: no such file", glob)
	}
	slices.Sort(files)
	return files
}

func runFile(t reporter, file string, verbs Verbs, rewrite bool) {
	t.Helper()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v", err)
		return
	}
	after, faults := play(file, string(before), verbs, rewrite)
	for _, f := range faults {
		t.Errorf("%s", f)
	}
	if rewrite && after != string(before) {
		if err := os.WriteFile(file, []byte(after), 0o644); err != nil {
			t.Fatalf("%v", err)
		}
	}
}

// play runs the story in text and returns it with the replies that it got, and every fault found. Unless rewrite is
// set, a reply that differs from the written one is a fault. A story that cannot be read is returned unchanged.
func play(file, text string, verbs Verbs, rewrite bool) (after string, faults []string) {
	blocks, faults := parse(file, text)
	if len(faults) > 0 {
		return text, faults
	}
	var out []string
	steps := 0
	for _, b := range blocks {
		out = append(out, b.head...)
		if b.step == nil {
			continue
		}
		steps++
		reply, fault := b.step.run(verbs)
		if fault != "" {
			faults = append(faults, fault)
			reply = b.reply // keep what was written: the step did not answer
		} else {
			faults = append(faults, b.checkExpectations(reply)...)
			if !rewrite && !slices.Equal(reply, b.reply) {
				faults = append(faults, fmt.Sprintf("%s: %s: reply differs\n  written:\n    %s\n  got:\n    %s", b.step.at(),
					b.step.Verb, strings.Join(b.reply, "\n    "), strings.Join(reply, "\n    ")))
			}
		}
		out = append(out, reply...)
	}
	if steps == 0 {
		faults = append(faults, file+": no step in this story")
	}
	return strings.Join(out, "\n"), faults
}

// run calls the step's verb and makes sure that it used everything that the step says.
func (s *Step) run(verbs Verbs) (reply []string, fault string) {
	verb := verbs[s.Verb]
	if verb == nil {
		known := make([]string, 0, len(verbs))
		for v := range verbs {
			known = append(known, v)
		}
		slices.Sort(known)
		return nil, fmt.Sprintf("%s: unknown verb %q; known: %s", s.at(), s.Verb, strings.Join(known, ", "))
	}
	defer func() {
		if r := recover(); r != nil {
			f, ours := r.(storyFault)
			if !ours {
				panic(r)
			}
			reply, fault = nil, string(f)
		}
	}()
	text := strings.TrimRight(verb(s), "\n")
	if left := s.unused(); left != "" {
		return nil, fmt.Sprintf("%s: %s: unknown %s", s.at(), s.Verb, left)
	}
	if text == "" {
		text = "ok"
	}
	reply = strings.Split(text, "\n")
	for i, line := range reply {
		reply[i] = strings.TrimRight(line, " \t\r")
		if reply[i] == "" {
			return nil, fmt.Sprintf("%s: %s: reply with a blank line: %q", s.at(), s.Verb, text)
		}
	}
	return reply, ""
}

func (b *block) checkExpectations(reply []string) (faults []string) {
	for _, e := range b.expects {
		found := slices.ContainsFunc(reply, func(line string) bool {
			words := strings.Fields(line)
			return !slices.ContainsFunc(e.words, func(w string) bool { return !slices.Contains(words, w) })
		})
		if found == e.never {
			want := "no line of the reply has all of"
			if e.never {
				want = "a line of the reply has all of"
			}
			faults = append(faults, fmt.Sprintf("%s:%d: %s %q:\n    %s", b.step.file, e.line, want, e.words, strings.Join(reply, "\n    ")))
		}
	}
	return faults
}

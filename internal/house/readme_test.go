package house

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A block is one fenced piece of a page.
type block struct {
	language    string
	first, last int // lines of the fences, from 1
	text        string
}

// TestReadme: the first screen has what a newcomer needs, and everything a page names exists.
func TestReadme(t *testing.T) {
	text := readRoot(t, "README.md")
	for _, problem := range slices.Concat(checkFirstScreen(text), checkBlocks(text, exists)) {
		t.Error("README.md: " + problem)
	}
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, problem := range slices.Concat(checkLinks(readRoot(t, page), exists), checkCommands(readRoot(t, page), exists)) {
			t.Error(page + ": " + problem)
		}
	}
}

// TestReadmePrograms compiles and runs every Go block of the README and compares what it prints.
func TestReadmePrograms(t *testing.T) {
	all := blocks(readRoot(t, "README.md"))
	for n, b := range all {
		if b.language != "go" {
			continue
		}
		t.Run(fmt.Sprint("line ", b.first), func(t *testing.T) {
			formatted, err := format.Source([]byte(b.text))
			require.NoError(t, err)
			require.Equal(t, string(formatted), b.text, "gofmt")
			want, ok := expectedOutput(all, n)
			require.True(t, ok)
			require.Equal(t, want, runProgram(t, b.text))
		})
	}
}

// runProgram runs a program as a user of the module would, from the repository's root.
func runProgram(t *testing.T, src string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(name, []byte(src), 0o644))
	cmd := exec.Command("go", "run", name)
	cmd.Dir = root
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	require.NoError(t, err, problems.String())
	return trimmed(string(out))
}

// exists reports whether a path below the root exists; what names a folder of packages may end in /...
func exists(name string) bool {
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(strings.TrimSuffix(name, "/..."))))
	return err == nil
}

func blocks(text string) []block {
	var list []block
	inside := false
	for n, line := range strings.Split(text, "\n") {
		switch language, fence := strings.CutPrefix(line, "```"); {
		case fence && !inside:
			list, inside = append(list, block{language: language, first: n + 1}), true
		case fence:
			list[len(list)-1].last, inside = n+1, false
		case inside:
			list[len(list)-1].text += line + "\n"
		}
	}
	return list
}

func checkFirstScreen(text string) []string {
	var problems, commands []string
	program := false
	for _, b := range blocks(text) {
		whole := b.last != 0 && b.last <= readmeLines
		program = program || whole && b.language == "go"
		if b.language == "sh" && b.first <= readmeLines {
			commands = append(commands, commandLines(b.text)...)
		}
	}
	if !program {
		problems = append(problems, fmt.Sprintf("no whole Go program in the first %d lines", readmeLines))
	}
	if len(commands) != 2 || commands[0] != exampleRun || !strings.HasPrefix(commands[1], "go test ") {
		problems = append(problems, fmt.Sprintf("the first %d lines give the commands %q, want %q and the test command", readmeLines, commands, exampleRun))
	}
	lines := strings.Split(text, "\n")
	for _, room := range []string{"slots", "booking", "noshow", "capacity"} {
		if !slices.ContainsFunc(lines[:min(len(lines), readmeLines)], func(line string) bool {
			return strings.HasPrefix(line, "|") && strings.Contains(strings.SplitN(line, "|", 3)[1], "`"+room+"`")
		}) {
			problems = append(problems, fmt.Sprintf("no table row for `%s` in the first %d lines", room, readmeLines))
		}
	}
	return problems
}

// checkBlocks: a block is Go that is run, a command that exists, or the output of the block before it.
func checkBlocks(text string, exists func(string) bool) []string {
	var problems []string
	all := blocks(text)
	for n, b := range all {
		say := func(what string) { problems = append(problems, fmt.Sprintf("line %d: %s", b.first, what)) }
		switch {
		case b.last == 0:
			say("a block without an end")
		case b.language == "go":
			if !strings.Contains(b.text, "package main\n") {
				say("a Go block is a whole program")
			}
			if _, ok := expectedOutput(all, n); !ok {
				say("a Go block ends in // Output: lines, or a text block with its output follows")
			}
		case b.language == "sh":
		case b.language == "text":
			if n == 0 || all[n-1].language == "text" {
				say("a text block is the output of the Go or sh block before it")
			}
		default:
			say(fmt.Sprintf("%q is not go, sh or text", b.language))
		}
	}
	return problems
}

// expectedOutput is what block n must print: the text block after it, else its own // Output: comment.
func expectedOutput(all []block, n int) (string, bool) {
	if n+1 < len(all) && all[n+1].language == "text" {
		return trimmed(all[n+1].text), true
	}
	_, comment, ok := strings.Cut(all[n].text, "// Output:\n")
	var out strings.Builder
	for line := range strings.Lines(comment) {
		after, more := strings.CutPrefix(strings.TrimSpace(line), "//")
		if !more {
			break
		}
		out.WriteString(strings.TrimPrefix(after, " ") + "\n")
	}
	return trimmed(out.String()), ok
}

// trimmed takes spaces off the ends of lines and blank lines off the ends of the text.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func commandLines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		command, _, _ := strings.Cut(line, " #")
		if command = strings.TrimSpace(command); command != "" && command[0] != '#' {
			list = append(list, command)
		}
	}
	return list
}

var goVerbs = []string{"build", "doc", "env", "fix", "fmt", "get", "mod", "run", "test", "tool", "version", "vet"}

// checkCommands: every command of a sh block is the go command with things that exist, a script of ours, or git.
func checkCommands(text string, exists func(string) bool) []string {
	var problems []string
	for _, b := range blocks(text) {
		if b.language != "sh" {
			continue
		}
		for _, command := range commandLines(b.text) {
			if why := commandProblem(command, exists); why != "" {
				problems = append(problems, fmt.Sprintf("line %d: %s: %s", b.first, command, why))
			}
		}
	}
	return problems
}

func commandProblem(command string, exists func(string) bool) string {
	fields := strings.Fields(command)
	for len(fields) > 0 && strings.Contains(fields[0], "=") { // GOARCH=386 go run …
		fields = fields[1:]
	}
	switch {
	case len(fields) == 0:
		return "no command"
	case fields[0] == "git" || fields[0] == "cd":
		return ""
	case fields[0] != "go":
		if !exists(fields[0]) {
			return "no such program here"
		}
	case len(fields) < 2 || !slices.Contains(goVerbs, fields[1]):
		return "no such go command"
	}
	for _, f := range fields[1:] {
		if strings.HasPrefix(f, "./") && !exists(f) {
			return f + " does not exist"
		}
	}
	return ""
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

// checkLinks: a link without a scheme leads to a file of the repository.
func checkLinks(text string, exists func(string) bool) []string {
	var problems []string
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		if !exists(path.Clean(m[1])) {
			problems = append(problems, "a link leads to "+m[1]+", which does not exist")
		}
	}
	return problems
}

func TestReadmeCaught(t *testing.T) {
	good := "# x\n\n```sh\n" + exampleRun + "   # the main job\ngo test ./...\n```\n\n```go\npackage main\n\nfunc main() {}\n\n// Output:\n// a\n//   b\n```\n\n" +
		"|[`slots`](slots)|\n|`booking`|\n|`noshow`|\n|`capacity`|\n"
	all := func(string) bool { return true }
	require.Empty(t, checkFirstScreen(good))
	require.Empty(t, checkBlocks(good, all))
	require.Empty(t, checkCommands(good, all))
	for from, to := range map[string]string{
		"go test ./...\n":       "",
		"go test ./...":         "go test ./...\ngo vet ./...",
		exampleRun:              "go run ./examples",
		"package main\n":        strings.Repeat("\n", readmeLines) + "package main\n",
		"|`noshow`|":            "`noshow`",
		"|`capacity`|":          "|what|`capacity`|",
		"```go\n":               "```golang\n",
		"# x\n\n```sh\n" + "go": "# x\n\n```bash\n" + "go",
	} {
		require.NotEmpty(t, checkFirstScreen(strings.Replace(good, from, to, 1)), from)
	}
	for text, want := range map[string]int{
		"```go\npackage main\n```\n```text\na\n```\n":  0,
		"```go\npackage main\n```\n":                   1,
		"```go\nx := 1\n// Output:\n```\n":             1,
		"```text\na\n```\n":                            1,
		"```json\n{}\n```\n":                           1,
		"```sh\ngo version\n":                          1,
		"```sh\nx\n```\n```text\n```\n```text\n```\n":  1,
		"```go\npackage main\n```\n```sh\ngo env\n```": 1,
	} {
		require.Len(t, checkBlocks(text, all), want, text)
	}
	out, ok := expectedOutput(blocks(good), 1)
	require.True(t, ok)
	require.Equal(t, "a\n  b", out)
}

func TestCommandsCaught(t *testing.T) {
	here := func(name string) bool { return slices.Contains([]string{"./slots", "./...", ".ci/run", "slots"}, name) }
	for command, ok := range map[string]bool{
		"go test ./slots -run X":           true,
		"GOARCH=386 go vet ./...":          true,
		".ci/run":                          true,
		"git clone https://example.com/x":  true,
		"go tset ./...":                    false,
		"go run ./examples/gone":           false,
		".ci/gone":                         false,
		"make":                             false,
		"GOARCH=386":                       false,
		"go get " + modulePath + "@latest": true,
	} {
		require.Equal(t, ok, commandProblem(command, here) == "", command)
	}
	require.Len(t, checkLinks("[a](slots) [b](slots#x) [c](https://example.com) [d](gone.md) ![e](gone.png#y)", here), 2)
	require.Len(t, checkCommands("```sh\nmake\n# make\n```\n```text\nmake\n```\n", here), 1)
}

package house

import (
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGate: .ci/run ends in exactly the README's test command, so that the two cannot drift apart.
func TestGate(t *testing.T) {
	var commands []string
	for _, b := range blocks(readRoot(t, "README.md")) {
		if b.language == "sh" && b.first <= readmeLines {
			commands = append(commands, commandLines(b.text)...)
		}
	}
	require.Len(t, commands, 2)
	require.Equal(t, []string{commands[1]}, lastSteps(readRoot(t, ".ci/run")))
}

// lastSteps gives the commands of the gate's step for the README's test command.
func lastSteps(script string) []string {
	var steps []string
	for line := range strings.Lines(script) {
		if command, ok := strings.CutPrefix(strings.TrimSpace(line), `step "the README's test command" `); ok {
			steps = append(steps, command)
		}
	}
	return steps
}

func TestLastSteps(t *testing.T) {
	require.Equal(t, []string{"go test ./..."}, lastSteps("x\n  step \"the README's test command\" go test ./...\n"))
	require.Empty(t, lastSteps("step \"tests\" go test ./...\n# step \"the README's test command\" go test\n"))
}

// TestScripts: a fresh clone can run the gate and the digest check as they are.
func TestScripts(t *testing.T) {
	for _, name := range []string{".ci/run", ".ci/digest"} {
		info, err := os.Stat(filepath.Join(root, name))
		require.NoError(t, err)
		require.True(t, build.Default.GOOS == "windows" || info.Mode().Perm()&0o111 == 0o111, "%s is not executable", name)
		require.True(t, strings.HasPrefix(readRoot(t, name), "#!/usr/bin/env bash\n"), name)
	}
}

// TestToolsApart: tools are pinned in a module of their own, and only there.
func TestToolsApart(t *testing.T) {
	require.Contains(t, readRoot(t, ".ci/tools.mod"), "\ntool honnef.co/go/tools/cmd/staticcheck\n")
	require.NotContains(t, readRoot(t, "go.mod"), "\ntool ")
}

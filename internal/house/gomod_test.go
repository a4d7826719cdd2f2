package house

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRequirements: an importer of the core downloads the three allowed modules, or fewer, and nothing else.
func TestRequirements(t *testing.T) {
	require.Empty(t, checkGoMod(readRoot(t, "go.mod")))
}

// checkGoMod reads the few forms that a go.mod has (golang.org/x/mod would itself be a fourth module). What it
// does not know it refuses: a replace, a tool or a toolchain line changes what an importer gets.
func checkGoMod(text string) []string {
	var problems []string
	seen := map[string]string{}
	block := ""
	for line := range strings.Lines(text) {
		code, comment, _ := strings.Cut(line, "//")
		words := strings.Fields(code)
		switch {
		case len(words) == 0:
			continue
		case block != "" && words[0] == ")":
			block = ""
			continue
		case block != "":
			words = append([]string{block}, words...)
		case len(words) == 2 && words[1] == "(":
			block = words[0]
			continue
		}
		switch {
		case words[0] == "require" && len(words) == 3:
			direct := strings.TrimSpace(comment) != "indirect"
			if direct && !slices.Contains(rootModules, words[1]) {
				problems = append(problems, "requires "+words[1]+": it belongs in a nested module")
			}
		case (words[0] == "module" || words[0] == "go") && len(words) == 2:
			seen[words[0]] = words[1]
		default:
			problems = append(problems, "a go.mod of the core has no line "+strings.TrimSpace(line))
		}
	}
	if seen["module"] != modulePath || seen["go"] != goVersion {
		problems = append(problems, "want module "+modulePath+" and go "+goVersion+", have "+seen["module"]+" and "+seen["go"])
	}
	return problems
}

func TestRequirementsCaught(t *testing.T) {
	good := "module " + modulePath + "\n\ngo " + goVersion + "\n\n"
	for text, want := range map[string]int{
		good: 0,
		good + "require (\n\tpgregory.net/rapid v1.3.0\n\texample.com/x v1.0.0 // indirect\n)\n": 0,
		good + "require (\n\tpgregory.net/rapid v1.3.0\n\texample.com/x v1.0.0\n)\n":             1,
		good + "require example.com/x v1.0.0\n":                                                  1,
		good + "require example.com/x v1.0.0 // indirectly\n":                                    1,
		good + "tool example.com/x/cmd\n":                                                        1,
		good + "toolchain go1.26.8\n":                                                            1,
		good + "replace (\n\texample.com/x => ../x\n)\n":                                         1,
		good + "exclude example.com/x v1.0.0\n":                                                  1,
		"module " + modulePath + "\n\ngo 1.26.0\n":                                               1,
		"module example.com/x\n\ngo " + goVersion + "\n":                                         1,
	} {
		require.Len(t, checkGoMod(text), want, text)
	}
}

package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRooms: Go code lies in the rooms and nowhere else, and every room is there.
func TestRooms(t *testing.T) {
	found := map[string]bool{}
	for _, u := range units(t) {
		top, _, _ := strings.Cut(u.dir, "/")
		found[top] = true
	}
	require.Equal(t, rooms, keys(found), "top-level folders with Go code")
}

// TestOnlyGo: pure packages hold no assembly and no C, which no check here could read.
func TestOnlyGo(t *testing.T) {
	for _, u := range units(t) {
		if !pure(u) {
			continue
		}
		entries, err := os.ReadDir(path.Join(root, u.dir))
		require.NoError(t, err)
		for _, e := range entries {
			require.NotContains(t, []string{".s", ".S", ".c", ".h", ".cc", ".syso"}, path.Ext(e.Name()), "%s/%s", u.dir, e.Name())
		}
	}
}

// TestImports holds the packages to DESIGN's "Imports that may exist".
func TestImports(t *testing.T) {
	for _, u := range units(t) {
		report(t, checkImports(u))
	}
}

// checkImports judges imports of ours and of third parties; the standard library is checkPureImports' affair.
// Test files may import what their package may and, besides: that package itself, what the test kits are made
// for (every kit, and what kits import), and the three test modules. They may not cross to another room that
// their package may not see: what joins two rooms is tested in examples.
func checkImports(u *unit) []finding {
	may, known := roomRule(u.dir)
	if !known {
		return []finding{u.find(u.all()[0].Pos(), "imports", "no rule says what %s may import: add one to mayImport", u.dir)}
	}
	modules := []string(nil)
	switch {
	case u.nested:
		modules = nil // its own go.mod decides
	case kit(u):
		modules = kitModules
	default:
		modules = []string{"golang.org/x/exp"}
	}
	found := importFindings(u, u.code, may, modules)
	kits := append(append([]string{u.dir, "kits", "slots"}, may...), testsMayAlso[u.dir]...)
	return append(found, importFindings(u, u.tests, kits, testModules)...)
}

func importFindings(u *unit, files []*ast.File, may, modules []string) []finding {
	var found []finding
	for _, f := range files {
		for n, p := range importPaths(f) {
			dir, our := strings.CutPrefix(p, modulePath+"/")
			switch {
			case our && matchesAny(dir, may):
			case !our && (standard(p) || u.nested || belowAny(p, modules)):
			case !our && kit(u) && belowAny(p, testModules) && strings.HasSuffix(fileName(u, f), "_test.go"):
			default:
				found = append(found, u.find(f.Imports[n].Pos(), "imports", "%s may not import %s here", u.dir, p))
			}
		}
	}
	return found
}

// standard: only a path whose first element has no dot is the standard library's.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

// roomRule finds the line of mayImport for a folder: its own, else the one of its parent's children.
func roomRule(dir string) ([]string, bool) {
	if may, ok := mayImport[dir]; ok {
		return may, true
	}
	may, ok := mayImport[path.Dir(dir)+"/*"]
	return may, ok
}

func matchesAny(dir string, patterns []string) bool {
	for _, p := range patterns {
		switch parent, star := strings.CutSuffix(p, "/*"); {
		case p == "kits" && slices.Contains(testKits, dir), !star && p == dir:
			return true
		case star && path.Dir(dir) == parent && !slices.Contains(testKits, dir):
			return true
		}
	}
	return false
}

func TestImportsCaught(t *testing.T) {
	for _, c := range []struct {
		file, imports string
		want          bool
	}{
		{"slots/a.go", modulePath + "/booking", true},
		{"slots/a.go", modulePath + "/internal/portable", true},
		{"slots/a.go", modulePath + "/slots/slotstest", true},
		{"slots/a_test.go", modulePath + "/slots", false},
		{"slots/a_test.go", modulePath + "/slots/slotstest", false},
		{"slots/a_test.go", modulePath + "/booking", true},
		{"slots/a_test.go", "github.com/stretchr/testify/require", false},
		{"slots/a_test.go", "github.com/stretchr/testify/mock", true},
		{"slots/a.go", "pgregory.net/rapid", true},
		{"slots/slotstest/a.go", "pgregory.net/rapid", false},
		{"slots/slotstest/a.go", "github.com/stretchr/testify/require", true},
		{"booking/a.go", modulePath + "/slots", false},
		{"booking/a.go", modulePath + "/internal/flow", false},
		{"booking/a.go", modulePath + "/noshow", true},
		{"booking/a.go", modulePath + "/booking/queue", true},
		{"booking/exam/a.go", modulePath + "/booking", false},
		{"booking/exam/a.go", modulePath + "/booking/queue", true},
		{"booking/host/a.go", modulePath + "/booking", false},
		{"booking/bookingtest/a.go", modulePath + "/slots/slotstest", false},
		{"noshow/a.go", modulePath + "/slots", false},
		{"noshow/a.go", modulePath + "/booking", true},
		{"noshow/a_test.go", modulePath + "/booking/bookingtest", false},
		{"noshow/a_test.go", modulePath + "/capacity", true},
		{"capacity/a.go", modulePath + "/booking", true},
		{"capacity/sim/a.go", modulePath + "/noshow", false},
		{"internal/flow/a.go", modulePath + "/slots", true},
		{"examples/outpatient/a.go", modulePath + "/booking/kpi", false},
		{"examples/outpatient/a.go", modulePath + "/examples/other", true},
		{"capacity/a.go", modulePath + "/examples/outpatient", true},
		{"examples/outpatient/a.go", "example.com/driver", true},
		{"newroom/a.go", "fmt", true},
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, c.file, "package p\nimport _ \""+c.imports+"\"\n", 0)
		require.NoError(t, err)
		u := &unit{dir: path.Dir(c.file), fset: fset}
		if strings.HasSuffix(c.file, "_test.go") {
			u.tests = []*ast.File{f}
		} else {
			u.code = []*ast.File{f}
		}
		require.Equal(t, c.want, len(checkImports(u)) > 0, "%s importing %s", c.file, c.imports)
	}
}

package house

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMain: the checks run the go command, which a wasm host cannot.
func TestMain(m *testing.M) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		fmt.Println("the house is checked where the go command can run, not on " + runtime.GOOS)
		return
	}
	os.Exit(m.Run())
}

// A finding is one breach of the house's law.
type finding struct {
	pos  token.Position
	rule string
	text string
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.pos, f.rule, f.text) }

// A unit is one package as the checks see it: its non-test files, with types when it could be type-checked.
type unit struct {
	dir   string // below the repository's root, with slashes: slots/slotstest
	name  string
	fset  *token.FileSet
	code  []*ast.File // non-test files
	tests []*ast.File // _test.go files, in whatever package
	lines map[string]int

	nested bool // belongs to a nested module: parsed, never type-checked
	pkg    *types.Package
	info   *types.Info
	errs   []error
	asking []*types.Var // the parameters that onlyRead is judging
}

func (u *unit) find(pos token.Pos, rule, format string, args ...any) finding {
	return finding{pos: u.fset.Position(pos), rule: rule, text: fmt.Sprintf(format, args...)}
}

// all returns code and tests together.
func (u *unit) all() []*ast.File { return slices.Concat(u.code, u.tests) }

// repository parses every Go file below the root once, and type-checks the root module's non-test files.
var repository = sync.OnceValues(load)

func units(t *testing.T) []*unit {
	t.Helper()
	all, err := repository()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}

// root is the repository's root as seen from this folder, where go test runs.
const root = "../.."

func load() ([]*unit, error) {
	fset := token.NewFileSet()
	all, err := parseTree(fset, os.DirFS(root))
	if err != nil {
		return nil, err
	}
	outside := map[string]bool{}
	byPath := map[string]*unit{}
	for _, u := range all {
		byPath[path.Join(modulePath, u.dir)] = u
		for _, f := range u.code {
			for _, p := range importPaths(f) {
				if !u.nested && !ours(p) {
					outside[p] = true
				}
			}
		}
	}
	std, err := exports(fset, keys(outside))
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		if !u.nested {
			check(u, byPath, std)
		}
	}
	return all, nil
}

// parseTree parses every .go file of a tree, one unit a folder. Folders that the go command ignores are skipped.
func parseTree(fset *token.FileSet, tree fs.FS) ([]*unit, error) {
	byDir := map[string]*unit{}
	var nested []string
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		switch {
		case name == ".":
			return nil
		case entry.IsDir():
			if base[0] == '.' || base[0] == '_' || base == "testdata" {
				return fs.SkipDir
			}
			return nil
		case base == "go.mod" && path.Dir(name) != ".":
			nested = append(nested, path.Dir(name))
		case strings.HasSuffix(base, ".go") && base[0] != '.' && base[0] != '_':
			return parseInto(byDir, fset, tree, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []*unit
	for _, dir := range keys(byDir) {
		u := byDir[dir]
		u.nested = slices.ContainsFunc(nested, func(m string) bool { return below(u.dir, m) })
		all = append(all, u)
	}
	return all, nil
}

func parseInto(byDir map[string]*unit, fset *token.FileSet, tree fs.FS, name string) error {
	src, err := fs.ReadFile(tree, name)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	u := byDir[path.Dir(name)]
	if u == nil {
		u = &unit{dir: path.Dir(name), fset: fset, lines: map[string]int{}}
		byDir[u.dir] = u
	}
	u.lines[name] = strings.Count(string(src), "\n")
	if strings.HasSuffix(name, "_test.go") {
		u.tests = append(u.tests, f)
	} else {
		u.code = append(u.code, f)
		u.name = f.Name.Name
	}
	return nil
}

// check type-checks u and, before it, what it imports of ours. Errors are kept, not fatal: TestTypes shows them.
func check(u *unit, byPath map[string]*unit, std types.Importer) *types.Package {
	if u.pkg != nil || len(u.code) == 0 {
		return u.pkg
	}
	u.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
		Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{
		Importer: importerFunc(func(p string) (*types.Package, error) {
			if v := byPath[p]; v != nil {
				if made := check(v, byPath, std); made != nil {
					return made, nil
				}
			}
			return std.Import(p)
		}),
		Error: func(err error) { u.errs = append(u.errs, err) },
	}
	// The error is the first of those that conf.Error collects.
	u.pkg, _ = conf.Check(path.Join(modulePath, u.dir), u.fset, u.code, u.info)
	return u.pkg
}

type importerFunc func(string) (*types.Package, error)

func (f importerFunc) Import(p string) (*types.Package, error) { return f(p) }

// exports gives an importer of packages that are not ours, from the export data in the build cache.
func exports(fset *token.FileSet, paths []string) (types.Importer, error) {
	args := append([]string{"list", "-deps", "-export", "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}", "--"}, paths...)
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export: %w\n%s", err, problems.String())
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if p, file, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			files[p] = file
		}
	}
	return importer.ForCompiler(fset, "gc", func(p string) (io.ReadCloser, error) {
		if files[p] == "" {
			return nil, fmt.Errorf("no export data for %s", p)
		}
		return os.Open(files[p])
	}), nil
}

func importPaths(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, "`\""))
	}
	return paths
}

func ours(importPath string) bool { return below(importPath, modulePath) }

// below reports whether name is dir or lies in it.
func below(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

func belowAny(name string, dirs []string) bool {
	return slices.ContainsFunc(dirs, func(d string) bool { return below(name, d) })
}

func keys[V any](m map[string]V) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// report fails the test with every finding, in order of place, so that one run shows all there is to mend.
func report(t *testing.T, found []finding) {
	t.Helper()
	slices.SortFunc(found, func(a, b finding) int {
		if c := strings.Compare(a.pos.Filename, b.pos.Filename); c != 0 {
			return c
		}
		return a.pos.Offset - b.pos.Offset
	})
	for _, f := range found {
		t.Error(f)
	}
}

func readRoot(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(text)
}

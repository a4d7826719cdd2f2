package house

import (
	"flag"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "write .ci/api anew from the code instead of comparing")

// apiFolder holds one text file a package, one line an exported feature, like the api folder of Go itself. A
// change of the surface is thus a change of a text that a reviewer reads.
const apiFolder = root + "/.ci/api"

// TestAPI compares the exported surface with the snapshot. To accept a change: go test ./internal/house -run API -rewrite
func TestAPI(t *testing.T) {
	now := map[string]string{}
	for _, u := range units(t) {
		if u.nested || u.name == "main" || len(u.code) == 0 || below(u.dir, "internal") {
			continue
		}
		require.Empty(t, u.errs, "%s does not compile: it has no surface to compare", u.dir)
		now[strings.ReplaceAll(u.dir, "/", ".")+".txt"] = strings.Join(surface(u.pkg), "")
	}
	if *rewrite {
		writeSnapshot(t, now)
		return
	}
	for _, line := range differences(readSnapshot(t), now) {
		t.Error(line)
	}
	if t.Failed() {
		t.Log("if this is meant: go test ./internal/house -run API -rewrite")
	}
}

func readSnapshot(t *testing.T) map[string]string {
	t.Helper()
	then := map[string]string{}
	files, err := filepath.Glob(filepath.Join(apiFolder, "*.txt"))
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		then[filepath.Base(name)] = string(text)
	}
	return then
}

func writeSnapshot(t *testing.T, now map[string]string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(apiFolder, 0o755))
	for _, name := range keys(readSnapshot(t)) {
		if _, ok := now[name]; !ok {
			require.NoError(t, os.Remove(filepath.Join(apiFolder, name)))
		}
	}
	for _, name := range keys(now) {
		require.NoError(t, os.WriteFile(filepath.Join(apiFolder, name), []byte(now[name]), 0o644))
	}
}

// differences lists what the snapshot has and the code has not (-), and the reverse (+).
func differences(then, now map[string]string) []string {
	var list []string
	for _, name := range keys(then) {
		if _, ok := now[name]; !ok {
			list = append(list, name+": the package is gone")
		}
	}
	for _, name := range keys(now) {
		if _, ok := then[name]; !ok {
			list = append(list, name+": not in the snapshot")
			continue
		}
		a, b := strings.SplitAfter(then[name], "\n"), strings.SplitAfter(now[name], "\n")
		for _, line := range a {
			if !slices.Contains(b, line) {
				list = append(list, name+": - "+strings.TrimSpace(line))
			}
		}
		for _, line := range b {
			if !slices.Contains(a, line) {
				list = append(list, name+": + "+strings.TrimSpace(line))
			}
		}
		if len(list) == 0 && then[name] != now[name] {
			list = append(list, name+": the lines are the same, not their order or number")
		}
	}
	return list
}

// surface gives the sorted lines of a package's exported features. Parameters have no names: renaming one
// breaks nobody.
func surface(pkg *types.Package) []string {
	within := func(p *types.Package) string {
		if p == pkg {
			return ""
		}
		return p.Name()
	}
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)+"\n") }
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() {
			continue
		}
		switch obj := obj.(type) {
		case *types.Const:
			add("const %s %s = %s", name, types.TypeString(obj.Type(), within), obj.Val().ExactString())
		case *types.Var:
			add("var %s %s", name, types.TypeString(obj.Type(), within))
		case *types.Func:
			add("func %s%s", name, signature(obj.Signature(), within))
		case *types.TypeName:
			typeLines(obj, within, add)
		}
	}
	slices.Sort(lines)
	return lines
}

func typeLines(obj *types.TypeName, within types.Qualifier, add func(string, ...any)) {
	if obj.IsAlias() {
		add("type %s = %s", obj.Name(), types.TypeString(types.Unalias(obj.Type()), within))
		return
	}
	named := obj.Type().(*types.Named)
	head := "type " + obj.Name() + typeParams(named.TypeParams(), within)
	switch under := named.Underlying().(type) {
	case *types.Struct:
		structLines(head+" struct", under, within, add)
	case *types.Interface:
		interfaceLines(head+" interface", under, within, add)
	default:
		add("%s %s", head, types.TypeString(under, within))
	}
	for m := range named.Methods() {
		if m.Exported() {
			recv := obj.Name()
			if _, ok := m.Signature().Recv().Type().(*types.Pointer); ok {
				recv = "*" + recv
			}
			add("method (%s) %s%s", recv, m.Name(), signature(m.Signature(), within))
		}
	}
}

// structLines says when a struct has unexported fields, since then nobody outside can write it whole.
func structLines(head string, s *types.Struct, within types.Qualifier, add func(string, ...any)) {
	hidden := ""
	for f := range s.Fields() {
		switch {
		case !f.Exported():
			hidden = " with unexported fields"
		case f.Embedded():
			add("%s, embedded %s", head, types.TypeString(f.Type(), within))
		default:
			add("%s, %s %s", head, f.Name(), types.TypeString(f.Type(), within))
		}
	}
	add("%s%s", head, hidden)
}

// interfaceLines says when an interface is sealed, since then nobody outside can implement it.
func interfaceLines(head string, i *types.Interface, within types.Qualifier, add func(string, ...any)) {
	sealed := ""
	for m := range i.Methods() {
		if m.Exported() {
			add("%s, %s%s", head, m.Name(), signature(m.Signature(), within))
		} else {
			sealed = " sealed"
		}
	}
	for e := range i.EmbeddedTypes() {
		if _, method := e.Underlying().(*types.Interface); !method {
			add("%s, %s", head, types.TypeString(e, within))
		}
	}
	add("%s%s", head, sealed)
}

func typeParams(list *types.TypeParamList, within types.Qualifier) string {
	if list.Len() == 0 {
		return ""
	}
	var params []string
	for p := range list.TypeParams() {
		params = append(params, p.Obj().Name()+" "+types.TypeString(p.Constraint(), within))
	}
	return "[" + strings.Join(params, ", ") + "]"
}

func signature(s *types.Signature, within types.Qualifier) string {
	unnamed := types.NewSignatureType(nil, nil, nil, nameless(s.Params()), nameless(s.Results()), s.Variadic())
	return typeParams(s.TypeParams(), within) + strings.TrimPrefix(types.TypeString(unnamed, within), "func")
}

func nameless(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewVar(token.NoPos, nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

func TestSurface(t *testing.T) {
	src := `package p
import "time"
const Low Kind = 1
const name = "x"
const Text = "a\"b"
type Kind uint8
type Seconds = int64
type Point struct { X, Y int; z int }
type Line struct { Point; At time.Month }
type Pair[K comparable, V any] struct { Key K }
type Command interface { command(); Name(full bool) string }
type Number interface { ~int | ~int64 }
var ErrFull error
func (p Point) Add(q Point) Point { return p }
func (p *Point) Move(dx, dy int) {}
func (p Point) hide() {}
func (p *Pair[K, V]) Swap(other Pair[K, V]) {}
func Map[T, U any](list []T, f func(t T) U) (out []U, err error) { return nil, nil }
func Join(first string, rest ...string) {}
func private() {}
`
	fset := token.NewFileSet()
	u := snippet(t, fset, "p.go", src)
	std, err := exports(fset, []string{"time"})
	require.NoError(t, err)
	check(u, nil, std)
	require.Empty(t, u.errs)
	require.Equal(t, []string{
		"const Low Kind = 1",
		`const Text untyped string = "a\"b"`,
		"func Join(string, ...string)",
		"func Map[T any, U any]([]T, func(t T) U) ([]U, error)",
		"method (*Pair) Swap(Pair[K, V])",
		"method (*Point) Move(int, int)",
		"method (Point) Add(Point) Point",
		"type Command interface sealed",
		"type Command interface, Name(bool) string",
		"type Kind uint8",
		"type Line struct",
		"type Line struct, At time.Month",
		"type Line struct, embedded Point",
		"type Number interface",
		"type Number interface, ~int | ~int64",
		"type Pair[K comparable, V any] struct",
		"type Pair[K comparable, V any] struct, Key K",
		"type Point struct with unexported fields",
		"type Point struct, X int",
		"type Point struct, Y int",
		"type Seconds = int64",
		"var ErrFull error",
	}, strings.Split(strings.TrimSpace(strings.Join(surface(u.pkg), "")), "\n"))
}

func TestDifferences(t *testing.T) {
	then := map[string]string{"a.txt": "x\ny\n", "b.txt": "z\n"}
	require.Empty(t, differences(then, map[string]string{"a.txt": "x\ny\n", "b.txt": "z\n"}))
	require.Equal(t, []string{"b.txt: the package is gone", "a.txt: - x", "a.txt: + w", "c.txt: not in the snapshot"},
		differences(then, map[string]string{"a.txt": "y\nw\n", "c.txt": ""}))
	require.Len(t, differences(then, map[string]string{"a.txt": "y\nx\n", "b.txt": "z\n"}), 1, "another order")
}

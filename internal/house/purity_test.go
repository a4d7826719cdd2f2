package house

import (
	"go/ast"
	"go/constant"
	"go/types"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A purityCheck looks for one way in which a package could reach out or answer differently elsewhere.
type purityCheck struct {
	rule  string
	check func(*unit) []finding
}

var purityChecks = []purityCheck{
	{"imports", checkPureImports},
	{"forbidden", checkForbiddenUses},
	{"build", checkBuildConstraints},
	{"concurrency", checkConcurrency},
	{"order", checkMapOrder},
	{"globals", checkGlobalDeclarations},
	{"writes", checkGlobalUses},
	{"fused", checkFusedMultiplyAdd},
}

// TestPurity holds every pure package to DESIGN's "Pure means". Each check is shown to bite in TestPurityCatches.
func TestPurity(t *testing.T) {
	var judged []string
	for _, u := range units(t) {
		if pure(u) {
			judged = append(judged, u.dir)
		}
		for _, c := range purityChecks {
			if pure(u) || c.rule == "writes" && !u.nested && !kit(u) {
				report(t, c.check(u))
			}
		}
	}
	require.Subset(t, judged, []string{"slots", "booking", "noshow", "capacity"})
}

// TestTypes: the checks above see only what type-checks.
func TestTypes(t *testing.T) {
	for _, u := range units(t) {
		for _, err := range u.errs {
			t.Error(err)
		}
	}
}

func kit(u *unit) bool { return slices.Contains(testKits, u.dir) }

func pure(u *unit) bool { return !u.nested && !belowAny(u.dir, mayReachOut) && !kit(u) }

// checkPureImports: a pure package imports only what is on the list; ours are judged by TestImports.
func checkPureImports(u *unit) []finding {
	var found []finding
	for _, f := range u.code {
		for n, p := range importPaths(f) {
			if !ours(p) && !slices.Contains(pureImports, p) {
				found = append(found, u.find(f.Imports[n].Pos(), "imports", "a pure package may not import %q", p))
			}
		}
	}
	return found
}

// checkForbiddenUses resolves each name to what it means, so that renamed and dot imports, method values and
// functions passed as values are all seen.
func checkForbiddenUses(u *unit) []finding {
	var found []finding
	walk(u, func(n ast.Node, stack []ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		switch obj := u.info.Uses[id].(type) {
		case nil, *types.PkgName, *types.Const:
			if obj != nil && obj.Pkg() != nil {
				if why := noneOf[obj.Pkg().Path()][obj.Name()]; why != "" {
					found = append(found, u.find(id.Pos(), "forbidden", "%s.%s: %s", obj.Pkg().Path(), obj.Name(), why))
				}
			}
		case *types.Builtin:
			if obj.Name() == "print" || obj.Name() == "println" {
				found = append(found, u.find(id.Pos(), "forbidden", "%s: %s", obj.Name(), inOut))
			}
		case *types.TypeName:
			if obj == types.Universe.Lookup("uintptr") {
				found = append(found, u.find(id.Pos(), "forbidden", "uintptr: %s", wordSize))
			}
			found = append(found, checkUse(u, id, obj, stack)...)
		default:
			found = append(found, checkUse(u, id, obj, stack)...)
		}
	})
	return found
}

func checkUse(u *unit, id *ast.Ident, obj types.Object, stack []ast.Node) []finding {
	name, ok := qualifiedName(obj)
	if !ok {
		return nil
	}
	from := obj.Pkg().Path()
	if why := noneOf[from][name]; why != "" {
		return []finding{u.find(id.Pos(), "forbidden", "%s.%s: %s", from, name, why)}
	}
	allowed, partial := onlyOf[from]
	if partial && obj.Parent() == obj.Pkg().Scope() && !slices.Contains(allowed, name) {
		return []finding{u.find(id.Pos(), "forbidden", "a pure package may not use %s.%s", from, name)}
	}
	if from == "time" && (name == "Unix" || name == "UnixMilli" || name == "UnixMicro") && !placed(id, stack) {
		return []finding{u.find(id.Pos(), "forbidden", "time.%s gives a time in the machine's zone: follow it with .In(loc) or .UTC() at once", name)}
	}
	if from == "fmt" {
		return checkPointerVerb(u, id, stack)
	}
	return nil
}

// qualifiedName gives Name for what a package declares at its top and Type.Name for a method; fields have none.
func qualifiedName(obj types.Object) (string, bool) {
	if obj.Pkg() == nil {
		return "", false
	}
	if obj.Parent() == obj.Pkg().Scope() {
		return obj.Name(), true
	}
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return "", false
	}
	if named := namedOf(fn.Signature().Recv().Type()); named != nil {
		return named.Obj().Name() + "." + fn.Name(), true
	}
	return "", false
}

func namedOf(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// placed reports whether the call of id is followed at once by .In(…) or .UTC().
func placed(id *ast.Ident, stack []ast.Node) bool {
	call, rest := callOf(id, stack)
	if call == nil || len(rest) == 0 {
		return false
	}
	next, ok := rest[len(rest)-1].(*ast.SelectorExpr)
	return ok && next.X == ast.Expr(call) && (next.Sel.Name == "In" || next.Sel.Name == "UTC")
}

// checkPointerVerb looks for %p in the constant texts of a call of fmt: a pointer's value is no result.
func checkPointerVerb(u *unit, id *ast.Ident, stack []ast.Node) []finding {
	call, _ := callOf(id, stack)
	if call == nil {
		return nil
	}
	for _, arg := range call.Args {
		v := u.info.Types[arg].Value
		if v == nil || v.Kind() != constant.String {
			continue
		}
		if pointerVerb.MatchString(strings.ReplaceAll(constant.StringVal(v), "%%", "")) {
			return []finding{u.find(arg.Pos(), "forbidden", "%%p prints a pointer, which differs from run to run")}
		}
	}
	return nil
}

// callOf returns the call whose function is id (or pkg.id), and the stack above it; nil when id is not called.
func callOf(id *ast.Ident, stack []ast.Node) (*ast.CallExpr, []ast.Node) {
	expr := ast.Expr(id)
	for n := len(stack) - 1; n >= 0; n-- {
		switch parent := stack[n].(type) {
		case *ast.SelectorExpr:
			if parent.Sel != id {
				return nil, nil
			}
			expr = parent
		case *ast.ParenExpr, *ast.IndexExpr, *ast.IndexListExpr:
			expr = parent.(ast.Expr)
		case *ast.CallExpr:
			if parent.Fun == expr {
				return parent, stack[:n]
			}
			return nil, nil
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// walk visits every node of the non-test files with the nodes that enclose it, outermost first.
func walk(u *unit, visit func(n ast.Node, stack []ast.Node)) {
	for _, f := range u.code {
		ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool {
			visit(n, stack)
			return true
		})
	}
}

func fileName(u *unit, f *ast.File) string { return path.Base(u.fset.Position(f.Package).Filename) }

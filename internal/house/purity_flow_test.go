package house

import (
	"go/ast"
	"go/build/constraint"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

var pointerVerb = regexp.MustCompile(`%[-+# 0-9]*p`)

// platforms are the file name endings by which the go command chooses files for a machine. Only those that
// someone might write here need to be listed; go:build lines are refused whatever they say.
var platforms = strings.Fields("386 amd64 arm arm64 loong64 ppc64le riscv64 s390x wasm darwin freebsd js linux unix wasip1 windows")

// checkBuildConstraints: one source for every machine.
func checkBuildConstraints(u *unit) []finding {
	var found []finding
	for _, f := range u.code {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if group.Pos() < f.Package && (constraint.IsGoBuild(c.Text) || constraint.IsPlusBuild(c.Text)) {
					found = append(found, u.find(c.Pos(), "build", "a pure package is the same on every machine: no build constraints"))
				}
			}
		}
		stem := strings.TrimSuffix(fileName(u, f), ".go")
		for _, p := range platforms {
			if strings.HasSuffix(stem, "_"+p) {
				found = append(found, u.find(f.Package, "build", "the name chooses the file by machine (_%s)", p))
			}
		}
	}
	return found
}

// checkConcurrency: no goroutines, no channels in any form.
func checkConcurrency(u *unit) []finding {
	var found []finding
	say := func(n ast.Node, what string) {
		found = append(found, u.find(n.Pos(), "concurrency", "%s in a pure package", what))
	}
	walk(u, func(n ast.Node, _ []ast.Node) {
		switch n := n.(type) {
		case *ast.GoStmt:
			say(n, "go statement")
		case *ast.SelectStmt:
			say(n, "select")
		case *ast.SendStmt:
			say(n, "send")
		case *ast.ChanType:
			say(n, "channel type")
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				say(n, "receive")
			}
		case *ast.RangeStmt:
			if t := u.info.TypeOf(n.X); t != nil && hasTerm(t, isChan) {
				say(n, "range over a channel")
			}
		}
	})
	return found
}

// checkMapOrder: a map is walked in a random order. Allowed are slices.Sorted(maps.Keys(m)), a range that takes
// neither key nor value, and a line with a justification: //house:anyorder why the order cannot reach a result.
// A justification that justifies nothing is itself a finding, so that none outlives its loop.
func checkMapOrder(u *unit) []finding {
	var found []finding
	reasons, used := justifications(u), map[*ast.Comment]bool{}
	walk(u, func(n ast.Node, stack []ast.Node) {
		what := mapWalk(u, n, stack)
		if what == "" {
			return
		}
		at := u.fset.Position(n.Pos())
		for _, c := range reasons {
			p := u.fset.Position(c.Pos())
			if p.Filename == at.Filename && (p.Line == at.Line || p.Line == at.Line-1) && justified(c) {
				used[c] = true
				return
			}
		}
		found = append(found, u.find(n.Pos(), "order", "%s has no order: use slices.Sorted(maps.Keys(m)), or say in %d words or more why it does not matter: %s <why>", what, anyOrderWords, anyOrder))
	})
	for _, c := range reasons {
		if !used[c] {
			found = append(found, u.find(c.Pos(), "order", "this justifies nothing, or gives no reason: %s", c.Text))
		}
	}
	return found
}

func mapWalk(u *unit, n ast.Node, stack []ast.Node) string {
	switch n := n.(type) {
	case *ast.RangeStmt:
		t := u.info.TypeOf(n.X)
		if t != nil && hasTerm(t, isMap) && (named(n.Key) || named(n.Value)) {
			return "range over a map"
		}
	case *ast.Ident:
		fn, ok := u.info.Uses[n].(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "maps" {
			return ""
		}
		switch fn.Name() {
		case "All", "Keys", "Values":
			call, above := callOf(n, stack)
			if call == nil || !calls(u, above, "slices", "Sorted") {
				return "maps." + fn.Name()
			}
		case "DeleteFunc", "EqualFunc":
			return "maps." + fn.Name()
		}
	}
	return ""
}

// named reports whether a range clause gives e a name that can be used.
func named(e ast.Expr) bool {
	if e == nil {
		return false
	}
	id, ok := e.(*ast.Ident)
	return !ok || id.Name != "_"
}

// calls reports whether the nearest enclosing node is a call of the named function.
func calls(u *unit, stack []ast.Node, from, name string) bool {
	if len(stack) == 0 {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	return ok && calleeIs(u, call, from, name)
}

func calleeIs(u *unit, call *ast.CallExpr, from, name string) bool {
	fn := callee(u, call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == from && fn.Name() == name
}

// callee returns the declared function or builtin that call calls, or nil for a value, a conversion or a closure.
func callee(u *unit, call *ast.CallExpr) types.Object {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	switch f := fun.(type) {
	case *ast.Ident:
		return u.info.Uses[f]
	case *ast.SelectorExpr:
		return u.info.Uses[f.Sel]
	}
	return nil
}

func justifications(u *unit) []*ast.Comment {
	var list []*ast.Comment
	for _, f := range u.code {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, anyOrder) {
					list = append(list, c)
				}
			}
		}
	}
	return list
}

func justified(c *ast.Comment) bool {
	why, ok := strings.CutPrefix(c.Text, anyOrder+" ")
	return ok && len(strings.Fields(why)) >= anyOrderWords
}

func isMap(t types.Type) bool { _, ok := t.Underlying().(*types.Map); return ok }

func isChan(t types.Type) bool { _, ok := t.Underlying().(*types.Chan); return ok }

// hasTerm reports whether t, or for a type parameter any type it may stand for, satisfies is.
func hasTerm(t types.Type, is func(types.Type) bool) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return hasTerm(t.Constraint().Underlying(), is)
	case *types.Interface:
		for e := range t.EmbeddedTypes() {
			if hasTerm(e, is) {
				return true
			}
		}
		return false
	case *types.Union:
		for term := range t.Terms() {
			if hasTerm(term.Type(), is) {
				return true
			}
		}
		return false
	case *types.Named:
		if _, ok := t.Underlying().(*types.Interface); ok {
			return hasTerm(t.Underlying(), is)
		}
	}
	return is(t)
}

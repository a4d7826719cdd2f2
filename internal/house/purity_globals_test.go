package house

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// readers are the functions that may be handed a package-level slice or map: they read it and keep nothing.
var readers = map[string][]string{
	"slices":  {"All", "BinarySearch", "BinarySearchFunc", "Clone", "Contains", "ContainsFunc", "Equal", "Index", "IndexFunc", "Values"},
	"fmt":     {"Append", "Appendf", "Errorf", "Sprint", "Sprintf", "Sprintln"},
	"maps":    {"Clone", "Equal", "Keys", "Values"},
	"strings": {"Join"},
}

// checkGlobalDeclarations: a package-level variable is an error sentinel or an unexported table that cannot be
// reached to be changed. What may be done to a table is checkGlobalUses.
func checkGlobalDeclarations(u *unit) []finding {
	var found []finding
	for id, obj := range u.info.Defs {
		v, ok := obj.(*types.Var)
		if !ok || v.Parent() != u.pkg.Scope() || v.Name() == "_" {
			continue
		}
		why := ""
		switch t := v.Type(); {
		case types.Identical(t, types.Universe.Lookup("error").Type()):
		case v.Exported():
			why = "any importer could assign it: make it a constant or a function"
		case t.String() == "*time.Location":
		default:
			why = shared(t)
		}
		if why != "" {
			found = append(found, u.find(id.Pos(), "globals", "package-level variable %s: %s", v.Name(), why))
		}
	}
	return found
}

func shared(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Pointer:
		return "what it points to can change"
	case *types.Chan:
		return "a channel is state"
	case *types.Interface:
		return "what is in it can change"
	}
	return ""
}

// checkGlobalUses: nobody writes a package-level variable of any package, takes its address, or lets a slice or
// map out where it could be written under another name. Outside the pure packages only their variables count.
// Not seen: a slice inside a struct that is copied out of a table, and then written.
func checkGlobalUses(u *unit) []finding {
	var found []finding
	walk(u, func(n ast.Node, stack []ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		v, ok := u.info.Uses[id].(*types.Var)
		if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
			return
		}
		if !pure(u) && (v.Pkg() == u.pkg || !ours(v.Pkg().Path())) {
			return // the shell's own variables are its own affair
		}
		if how := useOf(u, id, stack, ours(v.Pkg().Path())); how != "" {
			found = append(found, u.find(id.Pos(), "writes", "package-level variable %s %s", v.Name(), how))
		}
	})
	return found
}

// useOf climbs from the variable to the statement or call that uses it, and says what is wrong with that use.
func useOf(u *unit, id *ast.Ident, stack []ast.Node, aliases bool) string {
	expr := ast.Expr(id)
	for n := len(stack) - 1; n >= 0; n-- {
		switch p := stack[n].(type) {
		case *ast.ParenExpr, *ast.StarExpr:
			expr = p.(ast.Expr)
		case *ast.SelectorExpr:
			if how := methodUse(u, p, expr); how != "" {
				return how
			}
			if s := u.info.Selections[p]; s != nil && s.Kind() != types.FieldVal {
				return ""
			}
			expr = p
		case *ast.IndexExpr:
			if p.X != expr {
				return ""
			}
			expr = p
		case *ast.SliceExpr:
			if p.X != expr {
				return ""
			}
			expr = p
		case *ast.CallExpr:
			return callUse(u, p, expr, aliases)
		default:
			return statementUse(u, p, expr, aliases)
		}
	}
	return ""
}

func methodUse(u *unit, p *ast.SelectorExpr, expr ast.Expr) string {
	s := u.info.Selections[p]
	if s == nil || s.Kind() != types.MethodVal || p.X != expr {
		return ""
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, wants := recv.Type().(*types.Pointer)
	t := u.info.TypeOf(expr)
	if t == nil {
		return ""
	}
	if _, has := t.Underlying().(*types.Pointer); wants && !has {
		return "has its address taken by method " + s.Obj().Name()
	}
	return ""
}

func statementUse(u *unit, parent ast.Node, expr ast.Expr, aliases bool) string {
	switch p := parent.(type) {
	case *ast.AssignStmt:
		if slices.Contains(p.Lhs, expr) {
			return "is assigned"
		}
	case *ast.IncDecStmt:
		return "is assigned"
	case *ast.RangeStmt:
		if p.X != expr {
			return "is assigned"
		}
		return ""
	case *ast.UnaryExpr:
		if p.Op == token.AND {
			return "has its address taken"
		}
		return ""
	case *ast.BinaryExpr, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.ExprStmt:
		return ""
	}
	if aliases && writable(u.info.TypeOf(expr)) {
		return "leaves as a slice or map that others could write: copy it"
	}
	return ""
}

func callUse(u *unit, call *ast.CallExpr, expr ast.Expr, aliases bool) string {
	if call.Fun == expr {
		return ""
	}
	fn := callee(u, call)
	if b, ok := fn.(*types.Builtin); ok {
		switch {
		case b.Name() == "len" || b.Name() == "cap" || b.Name() == "min" || b.Name() == "max":
			return ""
		case (b.Name() == "append" || b.Name() == "copy") && call.Args[0] != expr:
			if call.Ellipsis.IsValid() || b.Name() == "copy" || !writable(u.info.TypeOf(expr)) {
				return ""
			}
		case b.Name() == "clear" || b.Name() == "delete" || b.Name() == "copy" || b.Name() == "append":
			if writable(u.info.TypeOf(expr)) && call.Args[0] == expr {
				return "is written by " + b.Name()
			}
			return ""
		}
	}
	if fn != nil && fn.Pkg() != nil && slices.Contains(readers[fn.Pkg().Path()], fn.Name()) {
		return ""
	}
	if aliases && writable(u.info.TypeOf(expr)) && !onlyRead(u, call, fn, slices.Index(call.Args, expr)) {
		return "is handed to a call that could write or keep it: copy it"
	}
	return ""
}

// onlyRead reports whether the function of this package that is called only reads its argument: its parameter is
// held to the same rule as the table. A function that hands it on to itself is not believed.
func onlyRead(u *unit, call *ast.CallExpr, fn types.Object, arg int) bool {
	f, ok := fn.(*types.Func)
	if !ok || f.Pkg() != u.pkg || arg < 0 || call.Ellipsis.IsValid() || f.Signature().Variadic() {
		return false
	}
	params := f.Origin().Signature().Params()
	if arg >= params.Len() || slices.Contains(u.asking, params.At(arg)) {
		return false
	}
	u.asking = append(u.asking, params.At(arg))
	defer func() { u.asking = u.asking[:len(u.asking)-1] }()
	read := true
	walk(u, func(n ast.Node, stack []ast.Node) {
		if id, ok := n.(*ast.Ident); ok && u.info.Uses[id] == params.At(arg) && useOf(u, id, stack, true) != "" {
			read = false
		}
	})
	return read
}

// writable reports whether a copy of a value of type t still shares what is in it.
func writable(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

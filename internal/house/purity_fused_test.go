package house

import (
	"go/ast"
	"go/token"
	"go/types"
)

// checkFusedMultiplyAdd: where a processor has one, the compiler may make x*y + z one instruction that rounds
// once, and may do so across statements and inlined calls (Go specification, "Floating-point operators"). Only
// an explicit conversion stops it. So every floating-point product is wrapped at once, float64(x*y), unless what
// takes it cannot be an addition: another product, a quotient, a comparison, a function of package math.
func checkFusedMultiplyAdd(u *unit) []finding {
	var found []finding
	walk(u, func(n ast.Node, stack []ast.Node) {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			t := u.info.Types[n]
			if n.Op == token.MUL && t.Value == nil && t.Type != nil && hasTerm(t.Type, isFloat) && mayFuse(u, stack) {
				found = append(found, u.find(n.Pos(), "fused", "product that an addition may swallow on some processors: write float64(x*y)"))
			}
		case *ast.AssignStmt:
			if t := u.info.TypeOf(n.Lhs[0]); n.Tok == token.MUL_ASSIGN && t != nil && hasTerm(t, isFloat) {
				found = append(found, u.find(n.Pos(), "fused", "x *= y may be fused with a later addition: write x = float64(x * y)"))
			}
		}
	})
	return found
}

func isFloat(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsFloat|types.IsComplex) != 0
}

// mayFuse climbs through parentheses and signs (a negated product fuses as well) to what takes the product.
func mayFuse(u *unit, stack []ast.Node) bool {
	for n := len(stack) - 1; n >= 0; n-- {
		switch p := stack[n].(type) {
		case *ast.ParenExpr, *ast.UnaryExpr:
		case *ast.BinaryExpr:
			return p.Op == token.ADD || p.Op == token.SUB
		case *ast.CallExpr:
			if u.info.Types[p.Fun].IsType() {
				return false
			}
			fn := callee(u, p)
			return fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "math"
		default:
			return true
		}
	}
	return true
}

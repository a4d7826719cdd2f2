package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// wantMark marks, in the snippets below, a line on which exactly these rules must find something.
var wantMark = regexp.MustCompile(`/\* want ([a-z ]+) \*/`)

// snippets are small pure packages. A marked line must be caught; an unmarked one must not.
var snippets = map[string]string{
	"imports": `
import _ "os" /* want imports */
import _ "sync" /* want imports */
import _ "sync/atomic" /* want imports */
import _ "math/rand/v2" /* want imports */
import _ "hash/maphash" /* want imports */
import _ "net/http" /* want imports */
import _ "context" /* want imports */
import _ "unsafe" /* want imports */
import _ "strings"
`,
	"part of io": `
import "io"
var w io.Writer /* want forbidden globals */
func f(err error) bool { return err == io.EOF }
`,
	"time": `
import clock "time"
var later = clock.Now /* want forbidden */
func f(t clock.Time, loc *clock.Location) clock.Time {
	clock.Sleep(clock.Second) /* want forbidden */
	_ = clock.Since(t) /* want forbidden */
	_ = clock.Until(t) /* want forbidden */
	_ = clock.AfterFunc /* want forbidden */
	_ = clock.Local /* want forbidden */
	_ = t.Local() /* want forbidden */
	_, _ = clock.LoadLocation("Asia/Shanghai") /* want forbidden */
	_, _ = clock.Parse("2006", "2026") /* want forbidden */
	var _ *clock.Timer /* want forbidden */
	_ = clock.Unix(0, 0) /* want forbidden */
	_ = clock.Unix(0, 0).UTC()
	_ = clock.Date(2026, clock.May, 1, 0, 0, 0, 0, loc)
	return clock.Unix(0, 0).In(loc)
}`,
	"dot import": `
import . "time"
func f() { _ = Now() } /* want forbidden */
`,
	"math": `
import ("math"; "math/big"; "math/bits"; "strconv"; "encoding/binary")
func f(x float64, g func(float64) float64, n *big.Int) {
	g = math.Exp /* want forbidden */
	_ = math.Log1p(x) /* want forbidden */
	_ = math.Pow(x, x) /* want forbidden */
	_ = math.Gamma(x) /* want forbidden */
	_ = math.Erf(x) /* want forbidden */
	_ = math.FMA(x, x, x) /* want forbidden */
	_ = math.Hypot(x, x) /* want forbidden */
	_ = math.Tanh(x) /* want forbidden */
	_ = math.Sqrt(math.Pi)
	_ = math.MaxInt
	_ = bits.UintSize /* want forbidden */
	_ = bits.LeadingZeros(1) /* want forbidden */
	_ = bits.LeadingZeros64(1)
	_ = strconv.IntSize /* want forbidden */
	_ = binary.NativeEndian /* want forbidden */
	_ = binary.LittleEndian
	_ = n.ProbablyPrime(9) /* want forbidden */
	_ = g
	var _ uintptr /* want forbidden */
}`,
	"output": `
import ("fmt"; "iter")
func f(p *int, s iter.Seq[int]) string {
	fmt.Println() /* want forbidden */
	println() /* want forbidden */
	_, _ = fmt.Scan(p) /* want forbidden */
	_, _ = iter.Pull(s) /* want forbidden */
	_ = fmt.Sprintf("%-12p", p) /* want forbidden */
	return fmt.Sprintf("100%%p %d", *p)
}`,
	"concurrency": `
func f(c chan int) { /* want concurrency */
	go f(c) /* want concurrency */
	c <- 1 /* want concurrency */
	<-c /* want concurrency */
	select {} /* want concurrency */
}
func g[C chan int](c C) { /* want concurrency */
	for range c {} /* want concurrency */
}`,
	"map order": `
import ("maps"; "slices")
type set map[string]bool
func f(m set, sum int, list []string) []string {
	for k := range m { list = append(list, k) } /* want order */
	for _, v := range m { _ = v } /* want order */
	for range m { sum++ }
	for k := range m { delete(m, k) } //house:anyorder every key is deleted in the end
	//house:anyorder addition does not mind
	for _, v := range m { if v { sum++ } }
	for k := range m { _ = k } /* want order */ /* a reason is asked for */
	_ = slices.Collect(maps.Keys(m)) /* want order */
	_ = slices.SortedFunc(maps.Values(m), nil) /* want order */
	for k, v := range maps.All(m) { _, _ = k, v } /* want order */
	keys := maps.Keys[set] /* want order */
	_ = keys
	for i := range list { sum += i }
	return slices.Sorted(maps.Keys(m))
}
func g[M map[int]int | []int](m M) {
	for k := range m { _ = k } /* want order */
}`,
	"idle justification": `
func f(list []int) {
	/* want order */ //house:anyorder this loop is over a slice
	for range list {}
}`,
	"empty justification": `
func f(m map[int]int) {
	/* want order */ //house:anyorder because
	for k := range m { _ = k } /* want order */
}`,
	"global declarations": `
import "errors"
import "time"
type point struct{ x int }
var ErrFull = errors.New("full")
var Limit = 3 /* want globals */
var origin = &point{} /* want globals */
var any1 any = 3 /* want globals */
var pipe chan int /* want globals concurrency */
var china = time.FixedZone("CST", 8*3600)
var _ error = nil
var names = [...]string{"a", "b"}
`,
	"global writes": `
import ("errors"; "slices"; "strings"; "time"; "encoding/base64")
type point struct{ x int }
func (p *point) move() { p.x++ }
func (p point) at() int { return p.x }
var (
	errFull = errors.New("full")
	table = []int{1, 2}
	fixed = [2]int{1, 2}
	index = map[int]int{}
	mark point
)
func keep(list []int) []int { return list }
func spoil(n int, list []int) { list[n] = n }
func pass(list []int) { spoil(1, list) }
func look(n int, list []int) bool { return n < len(list) && list[n] > 0 && has(list, n) }
func has[E comparable](list []E, e E) bool { return slices.Contains(list, e) }
func again(list []int) { again(list) }
func f(i int, s []int) ([]int, [2]int) {
	errFull = nil /* want writes */
	table[0] = 1 /* want writes */
	fixed[i]++ /* want writes */
	mark.x, i = 2, 3 /* want writes */
	for mark.x = range 3 {} /* want writes */
	mark.move() /* want writes */
	_ = &mark.x /* want writes */
	_ = fixed[:] /* want writes */
	index[1] = 2 /* want writes */
	delete(index, 1) /* want writes */
	clear(table) /* want writes */
	copy(table, s) /* want writes */
	slices.Sort(table) /* want writes */
	_ = keep(table) /* want writes */
	spoil(1, table) /* want writes */
	pass(fixed[:]) /* want writes */
	again(table) /* want writes */
	look(1, fixed[:])
	has(table, 1)
	alias := table /* want writes */
	time.UTC = nil /* want writes */
	base64.StdEncoding = nil /* want writes */
	s = append(s, table...)
	s = append(s, table[i], fixed[0], index[i], mark.at(), len(table))
	copy(s, table)
	for _, v := range table { s = append(s, v) }
	_ = slices.Contains(table, 1) || strings.Contains("", errFull.Error())
	_ = alias
	if i > 3 { return table, fixed } /* want writes */
	return slices.Clone(table), fixed
}`,
	"fused multiply-add": `
import "math"
type rate float64
func f(a, b, c float64, n int, r rate) float64 {
	_ = a*b + c /* want fused */
	_ = c - (a * b) /* want fused */
	_ = -(a * b) + c /* want fused */
	_ = a*2 + c /* want fused */
	c += a * b /* want fused */
	c *= a /* want fused */
	p := a * b /* want fused */
	_ = r*r + r /* want fused */
	_ = f(a*b, 0, 0, 0, 0) /* want fused */
	_ = math.Max(a*b, 0) + float64(a*b) + c
	_ = a * b / c
	_ = float64(a*b*c) + a/b
	_ = rate(r*r) + r
	_ = n*n + n
	if a*b < c { return math.Sqrt(a * b) }
	const k = 2.0 * 3.5
	return a*p + 1 /* want fused */
}
func g[F float32 | float64](x F, y int) F { return x*x + 1 } /* want fused */
func h[I int32 | int64](x I) I { return x*x + 1 }
`,
}

// TestPurityCatches runs every purity check over every snippet.
func TestPurityCatches(t *testing.T) {
	fset := token.NewFileSet()
	made := map[string]*unit{}
	var imports []string
	for _, name := range keys(snippets) {
		u := snippet(t, fset, name+".go", "package p\n"+snippets[name])
		imports = append(imports, importPaths(u.code[0])...)
		made[name] = u
	}
	slices.Sort(imports)
	std, err := exports(fset, slices.Compact(imports))
	require.NoError(t, err)

	caught := map[string]bool{}
	for name, u := range made {
		t.Run(name, func(t *testing.T) {
			check(u, nil, std)
			require.Equal(t, wanted("package p\n"+snippets[name]), rulesByLine(u, caught), "%v", u.errs)
		})
	}
	for _, c := range purityChecks {
		require.True(t, caught[c.rule] || c.rule == "build", "no snippet shows that %q is caught", c.rule)
	}
}

func TestBuildConstraintsCaught(t *testing.T) {
	fset := token.NewFileSet()
	for name, src := range map[string]string{
		"tag.go":       "//go:build invariants\n\npackage p\n",
		"not.go":       "// Copyright\n\n//go:build !arm64\n\npackage p\n",
		"sum_arm64.go": "package p\n",
		"sum_linux.go": "package p\n",
	} {
		require.Len(t, checkBuildConstraints(snippet(t, fset, name, src)), 1, name)
	}
	require.Empty(t, checkBuildConstraints(snippet(t, fset, "arm_order.go", "package p\n\n//go:build in words\n")))
}

func snippet(t *testing.T, fset *token.FileSet, name, src string) *unit {
	t.Helper()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	return &unit{dir: "slots", name: "p", fset: fset, code: []*ast.File{f}}
}

func wanted(src string) []string {
	list := []string{}
	for n, line := range strings.Split(src, "\n") {
		if m := wantMark.FindStringSubmatch(line); m != nil {
			rules := strings.Fields(m[1])
			slices.Sort(rules)
			list = append(list, fmt.Sprint(n+1, rules))
		}
	}
	return list
}

func rulesByLine(u *unit, caught map[string]bool) []string {
	byLine := map[int][]string{}
	for _, c := range purityChecks {
		for _, f := range c.check(u) {
			caught[f.rule] = true
			if !slices.Contains(byLine[f.pos.Line], f.rule) {
				byLine[f.pos.Line] = append(byLine[f.pos.Line], f.rule)
			}
		}
	}
	list := []string{}
	for line := range 1000 {
		if rules := byLine[line]; rules != nil {
			slices.Sort(rules)
			list = append(list, fmt.Sprint(line, rules))
		}
	}
	return list
}

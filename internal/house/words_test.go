package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// TestDocs: every exported name says in a comment what it is.
func TestDocs(t *testing.T) {
	for _, u := range units(t) {
		report(t, checkDocs(u))
	}
}

// TestDocPages: every library package has a doc.go of one page with the five headings in order.
func TestDocPages(t *testing.T) {
	for _, u := range units(t) {
		report(t, checkDocPage(u))
	}
}

// TestNames: names say what a thing does.
func TestNames(t *testing.T) {
	for _, u := range units(t) {
		report(t, checkNames(u))
	}
}

// TestFileLength: a file does one thing and can be read at one go.
func TestFileLength(t *testing.T) {
	for _, u := range units(t) {
		for _, name := range keys(u.lines) {
			if u.lines[name] > maxFileLines {
				t.Errorf("%s: %d lines, at most %d: what are its two subjects?", name, u.lines[name], maxFileLines)
			}
		}
	}
}

// checkDocs asks for a comment at every exported function, method, type, constant and variable. In a group a
// comment on the group or at the end of the line will do. Fields and the methods of interfaces are not asked:
// their type's comment may speak for them.
func checkDocs(u *unit) []finding {
	var found []finding
	say := func(id *ast.Ident) {
		found = append(found, u.find(id.Pos(), "docs", "%s has no comment", id.Name))
	}
	for _, f := range u.code {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc.Text() == "" && (d.Recv == nil || ast.IsExported(receiver(d))) {
					say(d.Name)
				}
			case *ast.GenDecl:
				for _, id := range undocumented(d) {
					say(id)
				}
			}
		}
	}
	return found
}

func undocumented(d *ast.GenDecl) []*ast.Ident {
	var list []*ast.Ident
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc.Text() == "" && d.Doc.Text() == "" {
				list = append(list, s.Name)
			}
		case *ast.ValueSpec:
			if s.Doc.Text() == "" && s.Comment.Text() == "" && d.Doc.Text() == "" {
				list = append(list, slices.DeleteFunc(slices.Clone(s.Names), func(id *ast.Ident) bool { return !id.IsExported() })...)
			}
		}
	}
	return list
}

// receiver returns the name of a method's type.
func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func checkDocPage(u *unit) []finding {
	if u.name == "main" || len(u.code) == 0 {
		return nil
	}
	for _, f := range u.code {
		if fileName(u, f) != "doc.go" {
			continue
		}
		if lines := u.lines[path.Join(u.dir, "doc.go")]; lines > maxDocLines {
			return []finding{u.find(f.Package, "docs", "doc.go has %d lines: one page is at most %d", lines, maxDocLines)}
		}
		var headings []string
		for line := range strings.Lines(f.Doc.Text()) {
			if h, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok && slices.Contains(docHeadings, h) {
				headings = append(headings, h)
			}
		}
		if !slices.Equal(headings, docHeadings) {
			return []finding{u.find(f.Package, "docs", "doc.go has the headings %q, want %q", headings, docHeadings)}
		}
		return nil
	}
	return []finding{u.find(u.code[0].Package, "docs", "package %s has no doc.go", u.name)}
}

// checkNames looks at package and file names and at every name declared at the top of a file, methods included.
func checkNames(u *unit) []finding {
	var found []finding
	for _, f := range u.all() {
		name := strings.TrimSuffix(fileName(u, f), ".go")
		for _, w := range append(words(name), words(f.Name.Name)...) {
			if slices.Contains(bannedWords, w) {
				found = append(found, u.find(f.Package, "names", "%q in the name of a file or package says nothing", w))
			}
		}
		for _, id := range declared(f) {
			list := words(id.Name)
			for _, w := range list {
				if slices.Contains(bannedWords, w) && id.Name != "Helper" { // the method that testing.TB asks for
					found = append(found, u.find(id.Pos(), "names", "%q in %s says nothing", w, id.Name))
				}
			}
			if id.IsExported() && list[0] == "get" && len(list) > 1 {
				found = append(found, u.find(id.Pos(), "names", "%s: name the thing, not the getting", id.Name))
			}
		}
	}
	return found
}

func declared(f *ast.File) []*ast.Ident {
	var list []*ast.Ident
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			list = append(list, d.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					list = append(list, s.Name)
				case *ast.ValueSpec:
					list = append(list, s.Names...)
				}
			}
		}
	}
	return list
}

// words splits a name at its humps and underscores, in small letters: NewIDPool gives new, id, pool.
func words(name string) []string {
	var list []string
	rs := []rune(name)
	start := 0
	for i := 1; i <= len(rs); i++ {
		if i < len(rs) && rs[i] != '_' && rs[i-1] != '_' {
			hump := unicode.IsUpper(rs[i]) && !unicode.IsUpper(rs[i-1])
			acronymEnds := i+1 < len(rs) && unicode.IsUpper(rs[i-1]) && unicode.IsUpper(rs[i]) && unicode.IsLower(rs[i+1])
			if !hump && !acronymEnds {
				continue
			}
		}
		if w := strings.Trim(string(rs[start:i]), "_"); w != "" {
			list = append(list, strings.ToLower(w))
		}
		start = i
	}
	if list == nil {
		return []string{""} // the blank name
	}
	return list
}

func TestWordsCaught(t *testing.T) {
	src := `package p

func Open() {}
// Shut is described.
func Shut() {}
type Door struct{}
func (Door) Knock() {}
func (d *Door) bell() {}
type room struct{}
func (room) Enter() {}
const A, b = 1, 2
// Group.
const (
	C = 1
	D = 2
)
var E = 1 // described here
`
	fset := token.NewFileSet()
	var names []string
	for _, f := range checkDocs(snippet(t, fset, "a.go", src)) {
		names = append(names, strings.Fields(f.text)[0])
	}
	require.Equal(t, []string{"Open", "Door", "Knock", "A"}, names)

	for src, want := range map[string]int{
		"package utils": 1,
		"package p\nfunc slotHelper() {}\ntype IDManager int\nfunc (IDManager) GetID() {}": 3,
		"package p\ntype fake struct{}\nfunc (fake) Helper() {}":                           0,
		"package p\nfunc Get() {}\nfunc getter() {}\nvar utility, managed int\nvar _ int":  0,
	} {
		require.Len(t, checkNames(snippet(t, fset, "a.go", src)), want, src)
	}
	require.Len(t, checkNames(snippet(t, fset, "test_util.go", "package p")), 1)

	page := "// Package p.\n//\n// # " + strings.Join(docHeadings, "\n//\n// # ") + "\npackage p\n"
	for src, want := range map[string]int{
		page: 0,
		strings.Replace(page, "# Limits", "# Bounds", 1):                                              1,
		strings.Replace(page, "# The words\n//\n// # What the host must do", "# What\n//\n// # b", 1): 1,
	} {
		require.Len(t, checkDocPage(docUnit(t, src)), want, src)
	}
	require.Len(t, checkDocPage(docUnit(t, "// Word.\n"+strings.Repeat("// more\n", maxDocLines)+page)), 1)
	require.Len(t, checkDocPage(snippet(t, fset, "a.go", page)), 1, "no doc.go")
}

func docUnit(t *testing.T, src string) *unit {
	t.Helper()
	_, err := parser.ParseFile(token.NewFileSet(), "doc.go", src, 0)
	require.NoError(t, err)
	u := snippet(t, token.NewFileSet(), "slots/doc.go", src)
	u.lines = map[string]int{"slots/doc.go": strings.Count(src, "\n")}
	return u
}

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Limits of one data file, so that a wrong directory cannot fill the memory.
const (
	fileMegabytesMax = 64 // unpacked
	fileRowsMax      = 1_000_000
	fieldBytesMax    = 4096
)

// readLimited reads a file, unpacked if it is gzip, and refuses one that is too large.
func readLimited(fsys fs.FS, path string) ([]byte, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := readAtMost(f)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return readAtMost(unpacked)
}

func readAtMost(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, fileMegabytesMax<<20+1))
	if err == nil && len(data) > fileMegabytesMax<<20 {
		err = fmt.Errorf("want at most %d MB", fileMegabytesMax)
	}
	return data, err
}

// table is one CSV file, read whole. Its rows are as long as its header.
type table struct {
	file   string
	layout layout
	rows   []row
}

type row struct {
	line   int
	fields []string
}

// csvHeader reads the first line; no error is reported, since a file without a header may be none of ours.
func csvHeader(data []byte) []string {
	r := csv.NewReader(bytes.NewReader(trimBOM(data)))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		return nil
	}
	return trimAll(header)
}

// readTable reads the rows under the header. Rows that are blank or nothing but commas are skipped; empty fields
// beyond the header too (spreadsheets write them); everything else that does not fit is a problem.
func readTable(file string, data []byte, l layout, problems *Problems) table {
	t := table{file: file, layout: l}
	r := csv.NewReader(bytes.NewReader(trimBOM(data)))
	r.FieldsPerRecord = -1
	if _, err := r.Read(); err != nil {
		return t
	}
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return t
		}
		if err != nil {
			problems.add(csvProblem(file, err))
			if !errors.As(err, new(*csv.ParseError)) {
				return t
			}
			continue
		}
		line, _ := r.FieldPos(0)
		if len(t.rows) == fileRowsMax {
			problems.add(Problem{File: file, Line: line, Expected: fmt.Sprintf("want at most %d rows", fileRowsMax)})
			return t
		}
		if fields, ok := fitRow(file, line, trimAll(fields), l, problems); ok {
			t.rows = append(t.rows, row{line, fields})
		}
	}
}

func fitRow(file string, line int, fields []string, l layout, problems *Problems) ([]string, bool) {
	if !slices.ContainsFunc(fields, func(f string) bool { return f != "" }) {
		return nil, false
	}
	for len(fields) > len(l.columns) && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) != len(l.columns) {
		problems.add(Problem{File: file, Line: line, Expected: fmt.Sprintf("%d fields; want %d: %s",
			len(fields), len(l.columns), strings.Join(l.columns, ","))})
		return nil, false
	}
	for i, f := range fields {
		switch {
		case len(f) > fieldBytesMax:
			problems.add(Problem{file, line, l.columns[i], f, fmt.Sprintf("want at most %d bytes", fieldBytesMax)})
			return nil, false
		case !utf8.ValidString(f):
			problems.add(Problem{file, line, l.columns[i], f, "want UTF-8"})
			return nil, false
		}
	}
	return fields, true
}

func csvProblem(file string, err error) Problem {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return Problem{File: file, Line: parse.Line, Expected: fmt.Sprintf("character %d: %v; want quoted fields as \"a, b\", a quote inside as \"\"", parse.Column, parse.Err)}
	}
	return Problem{File: file, Expected: err.Error()}
}

func trimBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) }

func trimAll(fields []string) []string {
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
	}
	return fields
}

// cells reads the fields of one row by name and remembers whether any was bad.
type cells struct {
	table    *table
	row      row
	problems *Problems
	bad      bool
}

func (t *table) cells(r row, problems *Problems) *cells {
	return &cells{table: t, row: r, problems: problems}
}

func (c *cells) text(column string) string {
	return c.row.fields[slices.Index(c.table.layout.columns, column)]
}

// refuse reports the field: what was expected of it.
func (c *cells) refuse(column, expected string) {
	c.bad = true
	c.problems.add(Problem{c.table.file, c.row.line, column, c.text(column), expected})
}

// codeBytesMax keeps five codes together short enough for one identity.
const codeBytesMax = 30

// word reads a code: short, with no blank or control character in it.
func (c *cells) word(column, what string) string {
	s := c.text(column)
	if s == "" || len(s) > codeBytesMax || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		c.refuse(column, fmt.Sprintf("want %s, 1 to %d bytes without blanks", what, codeBytesMax))
	}
	return s
}

// name reads a name for people.
func (c *cells) name(column, what string) string {
	s := c.text(column)
	if s == "" || len(s) > 120 || strings.ContainsFunc(s, unicode.IsControl) {
		c.refuse(column, "want "+what+", 1 to 120 bytes")
	}
	return s
}

func (c *cells) whole(column string, from, to int) int {
	n, err := strconv.Atoi(c.text(column))
	if err != nil || n < from || n > to {
		c.refuse(column, fmt.Sprintf("want a whole number %d to %d", from, to))
		return from
	}
	return n
}

func (c *cells) clock(column string) slots.Clock {
	v, err := slots.ParseClock(c.text(column))
	if err != nil {
		c.refuse(column, "want a time HH:MM, 00:00 to 24:00")
	}
	return v
}

func (c *cells) weekday(column string) slots.Weekday {
	if s := c.text(column); len(s) == 1 && s[0] >= '1' && s[0] <= '7' {
		return slots.Weekday(s[0] - '0')
	}
	c.refuse(column, "want a weekday, 1 (Monday) to 7 (Sunday)")
	return slots.Monday
}

// oneOf reads one of a few words, and suggests the nearest.
func (c *cells) oneOf(column string, words []string) string {
	s := c.text(column)
	if slices.Contains(words, s) {
		return s
	}
	expected := "want one of " + strings.Join(words, ", ")
	if near, d := nearest(s, words); d <= 2 && s != "" {
		expected = "did you mean " + near + "? " + expected
	}
	c.refuse(column, expected)
	return s
}

// once refuses a row whose key was seen before, naming the first.
func (c *cells) once(seen map[string]int, key, what string) {
	if first, ok := seen[key]; ok {
		c.bad = true
		c.problems.add(Problem{File: c.table.file, Line: c.row.line, Expected: fmt.Sprintf("same %s as line %d", what, first)})
		return
	}
	seen[key] = c.row.line
}

package main

import (
	"fmt"
	"strconv"
	"strings"
)

// Problem is one thing wrong in a data file.
type Problem struct {
	File     string
	Line     int    // 1 is the header; 0: the file as a whole
	Column   string // empty: the row as a whole
	Value    string
	Expected string
}

// String is one line for a person: where, what stands there, what was expected.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	if p.Column != "" {
		fmt.Fprintf(&b, "column %s: %s: ", p.Column, shortQuote(p.Value))
	}
	b.WriteString(p.Expected)
	return b.String()
}

// shortQuote quotes at most 40 characters: what a file holds is not to flood the screen.
func shortQuote(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return strconv.Quote(string(runes[:40])) + "…"
	}
	return strconv.Quote(s)
}

const (
	problemsKept    = 1000 // remembered
	problemsPrinted = 40   // shown by Error
)

// Problems collects everything wrong with the data. Beyond problemsKept it only counts.
type Problems struct {
	kept  []Problem
	count int
}

func (p *Problems) add(problem Problem) {
	p.count++
	if len(p.kept) < problemsKept {
		p.kept = append(p.kept, problem)
	}
}

// err is the collection as an error; nil if nothing is wrong.
func (p *Problems) err() error {
	if p.count == 0 {
		return nil
	}
	return &DataError{Problems: p.kept, Count: p.count}
}

// DataError is a data set that was refused whole.
type DataError struct {
	Problems []Problem // the first 1000
	Count    int       // of all
}

// Error lists the first forty problems, one a line, and says how many more there are.
func (e *DataError) Error() string {
	var b strings.Builder
	shown := min(len(e.Problems), problemsPrinted)
	for i, p := range e.Problems[:shown] {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
	}
	if more := e.Count - shown; more > 0 {
		fmt.Fprintf(&b, "\nand %d more", more)
	}
	return b.String()
}

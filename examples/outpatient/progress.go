package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// progress draws one line about long work, over and over, on a terminal; in a pipe it says nothing.
type progress struct {
	out   io.Writer // nil: quiet
	last  int       // per cent shown, -1 before the first
	width int       // of the line that stands there
}

// newProgress is loud only if f is a terminal.
func newProgress(f *os.File) *progress {
	if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return &progress{out: f, last: -1}
	}
	return &progress{last: -1}
}

// step shows that done of total is done. It writes only when the per cent changes.
func (p *progress) step(what string, done, total int64) {
	if p.out == nil || total <= 0 {
		return
	}
	percent := int(min(max(done, 0), total) * 100 / total)
	if percent == p.last {
		return
	}
	p.last = percent
	line := fmt.Sprintf("[%-20s] %3d%% %s", strings.Repeat("#", percent/5), percent, what)
	fmt.Fprintf(p.out, "\r%-*s", p.width, line)
	p.width = max(p.width, len(line))
}

// done wipes the line.
func (p *progress) done() {
	if p.out != nil && p.width > 0 {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.width))
		p.last, p.width = -1, 0
	}
}

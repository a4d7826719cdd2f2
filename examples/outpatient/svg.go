package main

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// drawing builds one SVG in whole pixels. Every text and title that goes in is escaped here and nowhere else.
type drawing struct {
	b             strings.Builder
	width, height int64
}

// newDrawing begins a picture that scales with the page; title and description are read out by screen readers.
func newDrawing(width, height int64, id, title, description string) *drawing {
	d := &drawing{width: width, height: height}
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-t %s-d">`, width, height, escape(id), escape(id))
	fmt.Fprintf(&d.b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, escape(id), escape(title), escape(id), escape(description))
	return d
}

// escape makes s safe inside an element and inside a quoted attribute; characters that XML does not have are replaced.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}

// html closes the picture.
func (d *drawing) html() template.HTML {
	d.b.WriteString("</svg>")
	return template.HTML(d.b.String()) // all that went in was escaped
}

// bar draws a rectangle with a tooltip; one without height leaves a hair, so that zero is seen to be zero.
func (d *drawing) bar(x, y, width, height int64, class, title string) {
	fmt.Fprintf(&d.b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d"><title>%s</title></rect>`,
		escape(class), x, y, max(width, 1), max(height, 1), escape(title))
}

func (d *drawing) line(x1, y1, x2, y2 int64, class string) {
	fmt.Fprintf(&d.b, `<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, escape(class), x1, y1, x2, y2)
}

// text writes s with its anchor (start, middle or end) at x and its baseline at y.
func (d *drawing) text(x, y int64, anchor, class, s string) {
	fmt.Fprintf(&d.b, `<text class="%s" x="%d" y="%d" text-anchor="%s">%s</text>`, escape(class), x, y, escape(anchor), escape(s))
}

// steps draws a line that keeps each value for one step: n values from x on, each step wide.
func (d *drawing) steps(x, step int64, ys []int64, class string) {
	if len(ys) == 0 {
		return
	}
	fmt.Fprintf(&d.b, `<path class="%s" d="M%d %d`, escape(class), x, ys[0])
	for i, y := range ys {
		if i > 0 {
			fmt.Fprintf(&d.b, "V%d", y)
		}
		fmt.Fprintf(&d.b, "H%d", x+int64(i+1)*step)
	}
	d.b.WriteString(`"/>`)
}

// raw adds a constant of this program, never data.
func (d *drawing) raw(constant string) { d.b.WriteString(constant) }

// scale maps 0..top onto a stretch of pixels.
type scale struct {
	top, pixels int64
	tick        int64
}

// newScale ends at a round number not below most: ticks of 1, 2 or 5 times a power of ten, about five of them.
func newScale(most, pixels int64) scale {
	most = max(most, 1)
	tick := int64(1)
	for i := 0; (most+tick-1)/tick > 6; i++ {
		if i%3 == 1 {
			tick = tick / 2 * 5
		} else {
			tick *= 2
		}
	}
	return scale{(most + tick - 1) / tick * tick, pixels, tick}
}

func (s scale) at(value int64) int64 { return value * s.pixels / s.top }

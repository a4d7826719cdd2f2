package main

import (
	"html/template"
	"strconv"
)

// plot is the frame that the two half-hour charts share, so that their hours stand under each other.
type plot struct{ left, right, top, bottom, width, height int64 }

var dayPlot = plot{left: 46, right: 112, top: 30, bottom: 30, width: 960, height: 330}

func (p plot) inner() (width, height int64) {
	return p.width - p.left - p.right, p.height - p.top - p.bottom
}

// fit moves the right edge to where the last of n equally wide periods ends.
func (p plot) fit(n int) (fitted plot, step int64) {
	width, _ := p.inner()
	if n > 0 {
		step = width / int64(n)
		p.right = p.width - p.left - step*int64(n)
	}
	return p, step
}

// base is the y of zero.
func (p plot) base() int64 { return p.height - p.bottom }

// grid draws the horizontal lines with their numbers, and the name of the unit above.
func (p plot) grid(d *drawing, s scale, unit string) {
	for v := int64(0); v <= s.top; v += s.tick {
		y := p.base() - s.at(v)
		class := "grid"
		if v == 0 {
			class = "axis"
		}
		d.line(p.left, y, p.width-p.right, y, class)
		d.text(p.left-8, y+4, "end", "tick", strconv.FormatInt(v, 10))
	}
	d.text(p.left-30, p.top-14, "start", "unit", unit)
}

// chartLoad shows patients by half-hour before and after as pairs of bars, with a line at each peak.
func chartLoad(r *Report) template.HTML {
	l, p := r.Lang, dayPlot
	d := newDrawing(p.width, p.height, "load", l.t("load.title"), l.t("load.note"))
	width, height := p.inner()
	most, before, after := int64(0), 0, 0
	for i, v := range r.Load {
		most = max(most, v.Before, v.After)
		if v.Before > r.Load[before].Before {
			before = i
		}
		if v.After > r.Load[after].After {
			after = i
		}
	}
	s := newScale(most, height)
	p, step := p.fit(len(r.Load))
	p.grid(d, s, l.t("load.unit"))
	if len(r.Load) == 0 {
		d.text(p.left+width/2, p.top+height/2, "middle", "tick", l.t("none"))
		return d.html()
	}
	bar := max((step-6)/2, 2)
	for i, v := range r.Load {
		x := p.left + int64(i)*step + (step-2*bar-1)/2
		b, a := s.at(v.Before), s.at(v.After)
		when := v.Start.String() + " · "
		d.bar(x, p.base()-b, bar, b, "before", when+l.t("before")+" "+strconv.FormatInt(v.Before, 10))
		d.bar(x+bar+1, p.base()-a, bar, a, "after", when+l.t("after")+" "+strconv.FormatInt(v.After, 10))
	}
	halfHours(d, p, step, len(r.Load), func(i int) string { return r.Load[i].Start.String() })
	yBefore, yAfter := p.base()-s.at(r.Load[before].Before), p.base()-s.at(r.Load[after].After)
	d.line(p.left, yBefore, p.width-p.right, yBefore, "peak-before")
	d.line(p.left, yAfter, p.width-p.right, yAfter, "peak-after")
	labelBefore, labelAfter := apart(yBefore, yAfter, 34)
	d.peak(p, labelBefore, "label-before", l.t("before"), r.Load[before].Before, r.Load[before].Start.String())
	d.peak(p, labelAfter, "label-after", l.t("after"), r.Load[after].After, r.Load[after].Start.String())
	return d.html()
}

// peak writes at the right end of a peak's line which it is.
func (d *drawing) peak(p plot, y int64, class, name string, value int64, when string) {
	x := p.width - p.right + 8
	d.text(x, y+1, "start", class+" strong", name+" "+strconv.FormatInt(value, 10))
	d.text(x, y+16, "start", "tick", when)
}

// apart moves two labels away from each other until they are least pixels apart, the higher one up.
func apart(a, b, least int64) (int64, int64) {
	gap := a - b
	if gap < 0 {
		gap = -gap
	}
	if gap >= least {
		return a, b
	}
	push := (least - gap + 1) / 2
	if a <= b {
		return a - push, b + push
	}
	return a + push, b - push
}

// halfHours labels the periods under the axis: every full hour, or every second one where they would touch.
func halfHours(d *drawing, p plot, step int64, count int, label func(i int) string) {
	shown := -int64(48)
	for i := range count {
		x := p.left + int64(i)*step
		d.line(x, p.base(), x, p.base()+4, "axis")
		if text := label(i); text[3:] == "00" && x-shown >= 44 {
			d.text(x, p.base()+20, "middle", "tick", text)
			shown = x
		}
	}
}

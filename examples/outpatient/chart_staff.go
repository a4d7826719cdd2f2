package main

import (
	"fmt"
	"html/template"
)

// hatch is the filling of overtime: lines, so that it is not told from the rest by colour alone.
const hatch = `<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
	`<rect class="hatch-ground" width="7" height="7"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>`

// chartStaff shows people by half-hour: rostered as an area, overtime hatched on top of it, the need as a line.
func chartStaff(r *Report) template.HTML {
	l, p := r.Lang, dayPlot
	d := newDrawing(p.width, p.height, "staff", l.t("staff.title"), l.t("staff.note"))
	d.raw(hatch)
	width, height := p.inner()
	most := int64(0)
	for _, v := range r.Staff {
		most = max(most, v.Needed, v.Rostered+v.Added)
	}
	s := newScale(most, height)
	p, step := p.fit(len(r.Staff))
	p.grid(d, s, l.t("staff.unit"))
	if len(r.Staff) == 0 {
		d.text(p.left+width/2, p.top+height/2, "middle", "tick", l.t("none"))
		return d.html()
	}
	var needed, rostered []int64
	for i, v := range r.Staff {
		x := p.left + int64(i)*step
		base, added, need := s.at(v.Rostered), s.at(v.Added), s.at(v.Needed)
		title := fmt.Sprintf("%v · %s %d · %s %d · %s %d", v.Start, l.t("staff.needed"), v.Needed, l.t("staff.rostered"), v.Rostered, l.t("staff.added"), v.Added)
		d.bar(x, p.base()-base, step, base, "rostered", title)
		if v.Added > 0 {
			d.bar(x, p.base()-base-added, step, added, "added", title)
		}
		if v.Needed > v.Rostered+v.Added {
			d.bar(x, p.base()-need, step, need-base-added, "short", title+" · "+l.t("staff.short"))
		}
		needed = append(needed, p.base()-need)
		rostered = append(rostered, p.base()-base)
	}
	d.steps(p.left, step, rostered, "rostered-line")
	d.steps(p.left, step, needed, "needed-line")
	halfHours(d, p, step, len(r.Staff), func(i int) string { return r.Staff[i].Start.String() })
	d.staffLabels(r, p)
	return d.html()
}

// staffLabels explains the three marks in the margin at the right, in the order in which they lie.
func (d *drawing) staffLabels(r *Report, p plot) {
	x, y := p.width-p.right+8, p.top+8
	sum := func(of func(StaffPeriod) int64) string {
		halves := int64(0)
		for _, v := range r.Staff {
			halves += of(v)
		}
		if halves%2 == 1 {
			return fmt.Sprintf("%d.5 h", halves/2)
		}
		return fmt.Sprintf("%d h", halves/2)
	}
	for _, label := range []struct {
		key, mark string
		of        func(StaffPeriod) int64
	}{
		{"staff.needed", "needed-line", func(v StaffPeriod) int64 { return v.Needed }},
		{"staff.added", "added", func(v StaffPeriod) int64 { return v.Added }},
		{"staff.short", "short", func(v StaffPeriod) int64 { return max(0, v.Needed-v.Rostered-v.Added) }},
		{"staff.rostered", "rostered", func(v StaffPeriod) int64 { return v.Rostered }},
	} {
		if label.mark == "needed-line" {
			d.line(x, y-4, x+14, y-4, label.mark)
		} else {
			d.bar(x, y-10, 14, 12, label.mark, r.Lang.t(label.key))
		}
		d.text(x+20, y, "start", "label", r.Lang.t(label.key))
		d.text(x+20, y+15, "start", "tick", sum(label.of))
		y += 44
	}
}

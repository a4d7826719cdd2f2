package main

import (
	"fmt"
	"html/template"
	"strconv"
)

// chartDepartments shows, a row for each department, how full it was and how many stayed away: two columns of bars, each
// on its own scale from zero.
func chartDepartments(r *Report) template.HTML {
	const (
		top        = 34
		nameWidth  = 220
		fillWidth  = 380
		missLeft   = nameWidth + fillWidth + 90
		missWidth  = 190
		chartWidth = 960
	)
	// Many departments stand closer together.
	rowHeight, barHeight, labelOffset := int64(34), int64(18), int64(14)
	if len(r.Departments) > 12 {
		rowHeight, barHeight, labelOffset = 24, 14, 12
	}
	l := r.Lang
	height := top + rowHeight*int64(max(1, len(r.Departments))) + 8
	d := newDrawing(chartWidth, height, "departments", l.t("departments.title"), l.t("departments.note"))
	d.text(nameWidth, top-14, "start", "label strong", l.t("departments.fill"))
	d.text(missLeft, top-14, "start", "label strong", l.t("departments.noshow"))
	most := int64(50)
	for _, v := range r.Departments {
		most = max(most, perMille(v.NoShow, v.Arrived+v.NoShow))
	}
	s := newScale(most, missWidth)
	for i, v := range r.Departments {
		y := top + rowHeight*int64(i)
		fill, miss := perMille(v.Booked, v.Bookable), perMille(v.NoShow, v.Arrived+v.NoShow)
		d.text(nameWidth-12, y+labelOffset, "end", "label", shorten(v.Name, 24))
		d.bar(nameWidth, y, fillWidth, barHeight, "track", v.Name+" · "+strconv.FormatInt(v.Bookable, 10)+" "+l.t("departments.bookable"))
		w := min(fill, 1000) * fillWidth / 1000
		d.bar(nameWidth, y, w, barHeight, "after", fmt.Sprintf("%s · %d / %d", v.Name, v.Booked, v.Bookable))
		d.text(nameWidth+fillWidth+8, y+labelOffset, "start", "label", percent(fill))
		d.bar(missLeft, y, s.at(miss), barHeight, "missed", fmt.Sprintf("%s · %d / %d", v.Name, v.NoShow, v.Arrived+v.NoShow))
		d.text(missLeft+s.at(miss)+8, y+labelOffset, "start", "label", percent(miss))
	}
	if len(r.Departments) == 0 {
		d.text(chartWidth/2, top+labelOffset, "middle", "tick", l.t("none"))
	}
	d.line(nameWidth, top-6, nameWidth, height-8, "axis")
	d.line(missLeft, top-6, missLeft, height-8, "axis")
	return d.html()
}

// chartChannels is one bar: the shares of the channels, each labelled where there is room and in its tooltip anyway.
func chartChannels(r *Report) template.HTML {
	const width, left = int64(960), int64(0)
	d := newDrawing(width, 58, "channels", r.Lang.t("channels.title"), r.Lang.t("channels.note"))
	total := int64(0)
	for _, c := range r.Channels {
		total += c.Count
	}
	done := int64(0)
	for i, c := range r.Channels {
		from, to := done*width/max(total, 1), (done+c.Count)*width/max(total, 1)
		done += c.Count
		name, share := r.Lang.t("channel."+c.Channel.String()), percent(perMille(c.Count, total))
		d.bar(left+from, 0, to-from-2, 26, "channel-"+strconv.Itoa(i%6+1), name+" · "+strconv.FormatInt(c.Count, 10)+" · "+share)
		if to-from >= 58 {
			d.text(left+from, 42, "start", "label", name)
			d.text(left+from, 56, "start", "tick", share)
		}
	}
	if total == 0 {
		d.text(width/2, 20, "middle", "tick", r.Lang.t("none"))
	}
	return d.html()
}

// perMille rounds to the nearest; nothing of nothing is 0.
func perMille(part, whole int64) int64 {
	if whole <= 0 {
		return 0
	}
	return (part*2000 + whole) / (2 * whole)
}

// percent writes per mille with one decimal.
func percent(perMille int64) string {
	sign := ""
	if perMille < 0 {
		sign, perMille = "−", -perMille
	}
	return fmt.Sprintf("%s%d.%d %%", sign, perMille/10, perMille%10)
}

// shorten keeps a long name out of the bars; the whole of it stays in the tooltip.
func shorten(s string, width int) string {
	runes, used := []rune(s), 0
	for i, r := range runes {
		if used++; r > 0x2e80 { // Chinese characters are twice as wide
			used++
		}
		if used > width {
			return string(runes[:i]) + "…"
		}
	}
	return s
}

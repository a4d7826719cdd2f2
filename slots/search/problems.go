package search

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/internal/faults"
)

// problems are the faults of an input.
type problems struct{ faults.List }

func (p *problems) within(field string, value, low, high int) {
	p.Within(field, int64(value), int64(low), int64(high))
}

func (p *problems) text(field, value string, required bool) {
	p.Text(field, value, required, MaxTextBytes)
}

// texts checks a set of names.
func (p *problems) texts(field string, values []string, most int) {
	p.within(field, len(values), 0, most)
	for i, v := range values[:min(len(values), most)] {
		if fault := faults.InText(v, true, MaxTextBytes); fault != "" {
			p.Add("%s[%d] %.60q: %s", field, i, v, fault)
		}
		if slices.Contains(values[:i], v) {
			p.Add("%s[%d] %.60q: twice", field, i, v)
		}
	}
}

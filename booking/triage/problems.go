package triage

import "github.com/haoyuan-go/haoyuan/internal/faults"

// MaxTextBytes bounds every code, name and text.
const MaxTextBytes = 400

// problems are the faults of an input.
type problems struct{ faults.List }

func (p *problems) text(field, value string, required bool) {
	p.Text(field, value, required, MaxTextBytes)
}

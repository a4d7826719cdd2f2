package exam

import "github.com/haoyuan-go/haoyuan/internal/faults"

// maxTextBytes bounds codes and names.
const maxTextBytes = 200

// problems are the faults of an input.
type problems struct{ faults.List }

func (p *problems) text(field, value string, required bool) {
	p.Text(field, value, required, maxTextBytes)
}

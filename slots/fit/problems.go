package fit

import (
	"github.com/haoyuan-go/haoyuan/internal/faults"
	"github.com/haoyuan-go/haoyuan/slots"
)

// problems are the faults of an input.
type problems struct{ faults.List }

func (p *problems) text(field, value string, required bool) {
	p.Text(field, value, required, slots.MaxTextBytes)
}

package booking

import "github.com/haoyuan-go/haoyuan/slots"

// Displacement (W6 owns this file).
type Displacement struct {
	// Kinds are the kinds of session in which an emergency may displace others.
	Kinds []slots.Kind
	// Untouchable names the classes that are never displaced.
	Untouchable []string
}

func (x *Displacement) problems() []error { return nil }

func (x *Displacement) clone() Displacement {
	return Displacement{append([]slots.Kind(nil), x.Kinds...), append([]string(nil), x.Untouchable...)}
}

// Displace (W6).
type Displace struct{ Meta }

func (Displace) command() {}

func (b *Book) decideDisplace(*Batch, *Displace) (Reply, error) { return Reply{}, badCommand("stub") }
func (b *Book) applyDisplaced(*Event) bool                      { return false }

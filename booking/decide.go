package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// work is the memory that decisions use; it lies in the Batch, so that Decide writes nothing of the Book's and allocates
// nothing of its own.
type work struct {
	attempt attempt
	view    View
	legs    []leg
	side    []byte
	ids     []Appointment
	reasons []Refusal
	nowhere closing // of no session: where the hospital moves someone out of one that stays
	closing closing
	fetched uint32
	party   party
}

// Decide says what a command would do: it appends the events to t and returns the Reply. It reads the Book and never
// writes it. The order of checks is: the stamp, the key,
// the clock, what is due, adoption, then the form of the rest and the rules. An error means that the host or the caller misused the
// Book (see the Err values) and nothing was decided; a refusal is a Reply like any other. Where the outcome is not Done
// with at least one event, t is as it was.
//
// Several Decides may append to one batch only to put Introduce before the command that uses the name.
func (b *Book) Decide(t *Batch, c Command) (Reply, error) {
	if len(t.events) == 0 {
		t.base = b.events
	}
	if t.work == nil {
		t.work = new(work)
	}
	events, side, introduced := len(t.events), len(t.side), t.introduced
	reply, err := b.decide(t, c)
	if err != nil || reply.Outcome != Done {
		t.events, t.side, t.introduced = t.events[:events], t.side[:side], introduced
	}
	return reply, err
}

func (b *Book) decide(t *Batch, c Command) (Reply, error) {
	switch c := c.(type) {
	case Take:
		return b.decideRequest(t, &c.Meta, &c.Request, Booked, false)
	case Hold:
		return b.decideRequest(t, &c.Meta, &c.Request, Held, false)
	case AddOn:
		return b.decideRequest(t, &c.Meta, &c.Request, Booked, true)
	case Bundle:
		return b.decideBundle(t, &c)
	case Reschedule:
		return b.decideReschedule(t, &c)
	case Cancel:
		return b.decideCancel(t, &c)
	case Pay:
		return b.decideStep(t, &c.Meta, c.Appointment, payStep)
	case Confirm:
		return b.decideStep(t, &c.Meta, c.Appointment, confirmStep)
	case CheckIn:
		return b.decideStep(t, &c.Meta, c.Appointment, checkInStep)
	case Start:
		return b.decideStep(t, &c.Meta, c.Appointment, startStep)
	case Complete:
		return b.decideStep(t, &c.Meta, c.Appointment, completeStep)
	case MarkNoShow:
		return b.decideStep(t, &c.Meta, c.Appointment, noShowStep)
	case Void:
		return b.decideStep(t, &c.Meta, c.Appointment, voidStep)
	case Advance:
		return b.decideAdvance(t, &c)
	case Open:
		return b.decideOpen(t, &c)
	case CloseSession:
		return b.decideClose(t, &c)
	case Answer:
		return b.decideAnswer(t, &c)
	case Join:
		return b.decideJoin(t, &c)
	case Leave:
		return b.decideLeave(t, &c)
	case Screen:
		return b.decideScreen(t, &c)
	case Describe:
		return b.decideDescribe(t, &c)
	case Merge:
		return b.decideMerge(t, &c)
	case Transfer:
		return b.decideTransfer(t, &c)
	case Return:
		return b.decideReturn(t, &c)
	case Joint:
		return b.decideJoint(t, &c)
	case Series:
		return b.decideSeries(t, &c)
	case Substitute:
		return b.decideSubstitute(t, &c)
	case Displace:
		return b.decideDisplace(t, &c)
	case SetQuota:
		return b.decideSetQuota(t, &c)
	case Grant:
		return b.decideGrant(t, &c)
	case Restrict:
		return b.decideRestrict(t, &c)
	case Retire:
		return b.decideRetire(t, &c)
	case Introduce:
		return b.decideIntroduce(t, &c)
	case Adopt:
		return b.decideAdopt(t, &c)
	}
	return Reply{}, badCommand("not a command of this package, by value")
}

// admit makes the checks that come before the rules. A reply with an outcome ends the command; print is the fingerprint of
// the command's payload, whatever it is that a retry must not change.
func (b *Book) admit(m *Meta, print uint64) (Reply, error) {
	return b.admitKey(m, hashKey(m.Caller, &m.Key), print)
}

func (b *Book) admitKey(m *Meta, keyHash, print uint64) (Reply, error) {
	if m.At <= 0 || m.At > maxStamp {
		return Reply{}, badCommand("At %d: want an instant before the year 9000", m.At)
	}
	if m.Key != (Key{}) {
		if m.Made <= 0 || m.Made > m.At {
			return Reply{}, badCommand("Made %d: want an instant up to At, since there is a key", m.Made)
		}
		if r := b.keys.find(m.Caller, &m.Key, keyHash); r != nil && !b.keys.expired(r, m.At) {
			if r.print != [2]uint32{uint32(print), uint32(print >> 32)} {
				return refused(KeyReused), nil
			}
			return Reply{Outcome: Done, Repeat: true, Appointment: r.appointment, Count: r.count}, nil
		}
		if b.keys.lifeSeconds != 0 && int64(m.At-m.Made) >= b.keys.lifeSeconds {
			return refused(Stale), nil
		}
	}
	if m.At < b.clock {
		return Reply{}, ErrClock
	}
	if m.Key != (Key{}) && m.Made <= b.keys.forgotten {
		return refused(Stale), nil
	}
	if b.clock != 0 && int64(m.At-b.clock) > b.rules.StepSeconds {
		return Reply{}, b.stepError(m.At)
	}
	if d, ok := b.dueFirst(); ok && d.at <= m.At {
		return Reply{}, ErrDue
	}
	if b.digest != b.adopted {
		return Reply{}, ErrRules
	}
	return Reply{}, nil
}

func (b *Book) stepError(at slots.Instant) error {
	return fmt.Errorf("%w: by %d s, StepSeconds is %d; Advance with Jump", ErrStep, at-b.clock, b.rules.StepSeconds)
}

// maxStamp leaves room for every deadline that a command can set.
const maxStamp = maxInstant - 1000*366*86400

// done ends a command that was carried out: it stamps the batch with the key.
func (b *Book) done(t *Batch, m *Meta, print uint64, first Appointment, count int) (Reply, error) {
	r := Reply{Outcome: Done, Appointment: first, Count: uint16(min(count, 1<<16-1))}
	if m.Key != (Key{}) {
		t.keyed, t.key, t.caller, t.print = true, m.Key, m.Caller, print
	}
	t.reply = r
	return r, nil
}

// event starts an event of this decision.
func (b *Book) event(k Kind, m *Meta) Event {
	return Event{kind: k, at: m.At, rules: b.rules.Version}
}

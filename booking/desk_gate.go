package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// NamedGate is a Gate and whom it binds, by name.
type NamedGate struct {
	// Person or Account is whom it binds: exactly one. Who is new is introduced.
	Person, Account string
	// Channel is the class whose requests are concerned; empty is every request.
	Channel string
	// HorizonDays and MaxOpen are as in Gate; neither bars.
	HorizonDays, MaxOpen uint16
}

// Gate limits a person or an account until an instant; one that is not after now lifts what stands for that Channel. Restrict is the
// shorter verb for a person who is to be barred.
func (d *Desk) Gate(now sl.Instant, g NamedGate, until sl.Instant) error {
	m, err := d.meta(now)
	if err != nil {
		return err
	}
	defer d.batch.Reset()
	if isStage(g.Channel) {
		return badCommand("Channel %q: nobody bears the stage of a release", g.Channel)
	}
	handle := func(k NameKind, s string) (h uint32) {
		if s != "" && err == nil {
			h, err = d.handle(m.At, k, s)
		}
		return h
	}
	c := Restrict{Meta: m, Until: until, Gate: Gate{HorizonDays: g.HorizonDays, MaxOpen: g.MaxOpen}}
	c.Person, c.Account = Person(handle(PersonName, g.Person)), Account(handle(AccountName, g.Account))
	c.Gate.Channel = Class(handle(ClassName, g.Channel))
	if err == nil {
		_, err = d.Do(c)
	}
	return err
}

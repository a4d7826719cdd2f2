package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Joint books a person with several physicians at one instant (多学科联合门诊), or not at all; as is Held or Booked. The ask says who, and the first
// physician; each of with says one more, by Session and N, or by Resource, AnyOf, Department, Service and Count, and nothing else. The Reply is as a
// bundle's. The appointments stand and fall together: see the command.
func (d *Desk) Joint(now sl.Instant, a Ask, with []Ask, as State) (Reply, error) {
	m, err := d.meta(now)
	if err != nil {
		return Reply{}, err
	}
	stampKey(&m, &a)
	c := Joint{Meta: m, As: as}
	c.Request, err = d.request(m.At, &a)
	for i := range with[:min(len(with), MaxJoint)] { // Decide refuses one too many
		if err == nil {
			var g Leg
			g, err = d.leg(m.At, &with[i], i, a.Person, a.Channel)
			c.With = append(c.With, g)
		}
	}
	if err != nil {
		d.batch.Reset()
		return Reply{}, err
	}
	return d.Do(c)
}

// leg turns the names of a further physician into handles.
func (d *Desk) leg(at sl.Instant, a *Ask, i int, person, channel string) (Leg, error) {
	if a.Ref != "" || a.Person != "" || a.Account != "" || a.Booker != "" || a.Channel != "" || len(a.Classes) > 0 || a.From != 0 || a.Until != 0 ||
		a.Policy != "" || a.Weekdays != 0 {
		return Leg{}, badCommand("with[%d]: want a physician, and nothing of who asks or when", i)
	}
	named := *a
	named.Person, named.Channel = person, channel
	q, err := d.request(at, &named)
	return Leg{Slot: q.Slot, Count: q.Count, Resource: q.Resource, AnyOf: q.AnyOf, Department: q.Department, Service: q.Service}, err
}

// Series books so many visits of a person, each everyDays after the one before, withinDays more or fewer, or none (疗程预约); as is Held or Booked. The ask
// names no session. The Reply is as a bundle's; each visit is an appointment by itself afterwards.
func (d *Desk) Series(now sl.Instant, a Ask, visits, everyDays, withinDays int, as State) (Reply, error) {
	m, err := d.meta(now)
	if err != nil {
		return Reply{}, err
	}
	stampKey(&m, &a)
	q, err := d.request(m.At, &a)
	if err != nil {
		d.batch.Reset()
		return Reply{}, err
	}
	return d.Do(Series{Meta: m, As: as, Request: q, Visits: visits, EveryDays: everyDays, WithinDays: withinDays})
}

// anyOf finds the resources of a list of names.
func (d *Desk) anyOf(names []string) (ResourceSet, error) {
	var list []Resource
	for _, name := range names {
		h := d.book.names[ResourceName].find(name)
		if h == 0 {
			return ResourceSet{}, badCommand("AnyOf: %v %q: no session has one of that name", ResourceName, name)
		}
		list = append(list, Resource(h))
	}
	set, err := NewResourceSet(list...)
	if err != nil {
		return set, badCommand("AnyOf: %v", err)
	}
	return set, nil
}

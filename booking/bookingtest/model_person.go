package bookingtest

import (
	"reflect"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// personal is what is known of a person.
type personal struct {
	born sl.Date
	sex  booking.Sex
}

// Person is what is known of a person; false for one who was not introduced.
func (m *Model) Person(p booking.Person) (booking.PersonView, bool) {
	if p == 0 || int(p) > len(m.names[booking.PersonName]) {
		return booking.PersonView{}, false
	}
	p = m.meant(p)
	return booking.PersonView{Person: p, Born: m.facts[p].born, Sex: m.facts[p].sex}, true
}

// meant follows one merge after another.
func (m *Model) meant(p booking.Person) booking.Person {
	for m.merged[p] != 0 {
		p = m.merged[p]
	}
	return p
}

// inTheirNames is a command with every person in it, wherever they stand, replaced by whom they mean.
func (m *Model) inTheirNames(c booking.Command) booking.Command {
	v := reflect.New(reflect.TypeOf(c)).Elem()
	v.Set(reflect.ValueOf(c))
	m.rename(v)
	return v.Interface().(booking.Command)
}

func (m *Model) rename(v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[booking.Person]():
		v.SetUint(uint64(m.meant(booking.Person(v.Uint()))))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				m.rename(v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for i := range v.Len() {
			m.rename(v.Index(i))
		}
	}
}

// describe records what is known of a person.
func (m *Model) describe(c booking.Describe) (booking.Reply, error) {
	today := sl.DateOf(c.At, time.UTC).AddDays(1)
	old := c.Born.IsValid() && !m.younger(c.Born, today, booking.Years(booking.MaxAgeYears))
	if c.Person == 0 || int(c.Person) > len(m.names[booking.PersonName]) || c.Sex > booking.Unstated || today.Before(c.Born) || old {
		return booking.Reply{}, booking.ErrCommand
	}
	if m.facts[c.Person] == (personal{c.Born, c.Sex}) {
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	m.facts[c.Person] = personal{c.Born, c.Sex}
	return done(0, 0), nil
}

// merge makes everything one person's. The command is as it was said.
func (m *Model) merge(raw booking.Merge) (booking.Reply, error) {
	n := booking.Person(len(m.names[booking.PersonName]))
	if raw.Into == 0 || raw.From == 0 || raw.Into > n || raw.From > n || raw.Into == raw.From {
		return booking.Reply{}, booking.ErrCommand
	}
	into, from := m.meant(raw.Into), m.meant(raw.From)
	if into == from {
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	m.merged[from] = into
	for i := range m.visits {
		v := &m.visits[i]
		v.person, v.booker = m.meant(v.person), m.meant(v.booker)
	}
	for i := range m.entries {
		q := &m.entries[i].want
		q.Person, q.Booker = m.meant(q.Person), m.meant(q.Booker)
	}
	m.mergeGates(into, from)
	f := m.facts[into]
	if !f.born.IsValid() {
		f.born = m.facts[from].born
	}
	if f.sex == 0 {
		f.sex = m.facts[from].sex
	}
	m.facts[into] = f
	delete(m.facts, from)
	return done(0, 0), nil
}

// judgeEligible: the session, and every class that is borne and that the rules have a line for, must be for such persons.
func (m *Model) judgeEligible(w *wish, s *supply) booking.Refusal {
	type line struct {
		sex  booking.Sex
		ages booking.AgeRange
		need string
		of   booking.Class
	}
	name := func(c booking.Class) string { return m.names[booking.ClassName][c-1] }
	lines := []line{{s.Eligible.Sex, s.Eligible.Ages, "", 0}}
	if s.Eligible.Need != 0 {
		lines[0].need = name(s.Eligible.Need)
	}
	bears := map[string]booking.Class{}
	for _, c := range w.Bear.Append(nil) {
		bears[name(c)] = c
	}
	for _, x := range m.rules.Eligible {
		if c := bears[x.Class]; c != 0 && !w.displaced && !w.transfer {
			lines = append(lines, line{x.Sex, x.Ages, x.Need, c})
		}
	}
	f := m.facts[w.Person]
	for _, l := range lines {
		tooYoung := l.ages.From.IsSet() && (!f.born.IsValid() || m.younger(f.born, s.Date, l.ages.From))
		tooOld := l.ages.Until.IsSet() && (!f.born.IsValid() || !m.younger(f.born, s.Date, l.ages.Until))
		if tooYoung || tooOld || l.ages != (booking.AgeRange{}) && s.Date.Before(f.born) {
			return booking.Refusal{Reason: booking.AgeNotTaken, Class: l.of}
		}
	}
	for _, l := range lines {
		if l.sex != 0 && l.sex != f.sex {
			return booking.Refusal{Reason: booking.SexNotTaken, Class: l.of}
		}
	}
	for _, l := range lines {
		if l.need == "" || bears[l.need] != 0 {
			continue
		}
		r := booking.Refusal{Reason: booking.ReferralNeeded}
		for i, x := range m.names[booking.ClassName] {
			if x == l.need {
				r.Class = booking.Class(i + 1)
			}
		}
		return r
	}
	return booking.Refusal{}
}

// younger reports whether who was born on one date has, on another, not come to the birthday that a bound means. In a month that
// has no such day, that is the first of the next.
func (m *Model) younger(born, on sl.Date, b booking.AgeBound) bool {
	if b.Unit == booking.InDays {
		return on.Before(born.AddDays(b.Count))
	}
	months := b.Count
	if b.Unit == booking.InYears {
		months *= 12
	}
	year, month, day := born.Civil()
	month += months - 1
	birthday, err := sl.NewDate(year+month/12, month%12+1, day)
	if err != nil {
		month++
		birthday, _ = sl.NewDate(year+month/12, month%12+1, 1)
	}
	return on.Before(birthday)
}

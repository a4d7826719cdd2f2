package booking

import (
	"fmt"
	"slices"
)

// Eligibility is whom a session takes. The zero Eligibility takes everyone. It asks what the log knows of the person (Describe) on the
// session's date; who is not known to be of the sex or the age asked for is refused, for the Book guesses nothing.
//
// Every request is asked: bookings, holds, bundles, moves, the waitlist, and the offers after a closing. No class is exempt, emergencies
// neither: what a clinic cannot treat it cannot treat sooner. An add-on is the staff's word for one named person, and is not asked.
type Eligibility struct {
	// Sex is Female or Male; zero is any.
	Sex Sex
	// Ages are the ages on the session's date, in completed days, months or years by the calendar; half-open.
	Ages AgeRange
	// Need is a class that a request must bear, such as a referral; zero is none.
	Need Class
}

// NamedEligibility is an Eligibility by its class's name; empty: none.
type NamedEligibility struct {
	Sex  Sex
	Ages AgeRange
	Need string
}

// ClassEligibility is whom a class is for, whatever the session: requests that bear it must meet it. It is how a hospital closes a channel to
// children, or asks first visits for an identity card. It is asked of requests; what the hospital itself offers after a closing keeps the
// session's rule alone.
type ClassEligibility struct {
	Class string
	NamedEligibility
}

// MaxEligible bounds Rules.Eligible.
const MaxEligible = 64

// IsAnyone reports whether x takes everyone.
func (x *Eligibility) IsAnyone() bool { return *x == Eligibility{} }

func (x *Eligibility) problems() []error {
	return eligibleProblems("Eligible.", x.Sex, x.Ages)
}

func eligibleProblems(prefix string, sex Sex, ages AgeRange) (all []error) {
	if sex != 0 && sex != Female && sex != Male {
		all = append(all, fmt.Errorf("%sSex %v: want Female, Male, or 0 for any", prefix, sex))
	}
	return append(all, ages.problems(prefix+"Ages.")...)
}

// eligibleListProblems are those of Rules.Eligible.
func eligibleListProblems(list []ClassEligibility) (all []error) {
	bad := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if len(list) > MaxEligible {
		bad("len(Eligible) %d: want 0 to %d", len(list), MaxEligible)
		return all
	}
	for i := range list {
		x := &list[i]
		at := fmt.Sprintf("Eligible[%d].", i)
		if len(x.Class) < 1 || len(x.Class) > MaxNameBytes {
			bad("len(%sClass) %d: want 1 to %d", at, len(x.Class), MaxNameBytes)
		}
		if slices.ContainsFunc(list[:i], func(y ClassEligibility) bool { return y.Class == x.Class }) {
			bad("%sClass %q: twice", at, x.Class)
		}
		if len(x.Need) > MaxNameBytes {
			bad("len(%sNeed) %d: want 0 to %d", at, len(x.Need), MaxNameBytes)
		}
		if x.NamedEligibility == (NamedEligibility{}) {
			bad("%sSex, Ages, Need: want at least one", at)
		}
		all = append(all, eligibleProblems(at, x.Sex, x.Ages)...)
	}
	return all
}

func walkEligibility(c coder, x *Eligibility) {
	c.object("eligible")
	num(c, "sex", &x.Sex)
	walkBound(c, "from", &x.Ages.From)
	walkBound(c, "until", &x.Ages.Until)
	num(c, "need", &x.Need)
	c.end()
}

// walkBound codes a bound of age in two numbers.
func walkBound(c coder, name string, b *AgeBound) {
	b.Count = int(c.number(name, uint64(b.Count), maxAgeDays))
	num(c, name+"Unit", &b.Unit)
	if (b.Count != 0) != (b.Unit != 0) {
		c.fail("%s: a count without a unit, or the reverse", name)
	}
}

func (b AgeBound) number() uint64 { return uint64(b.Count) | uint64(b.Unit)<<32 }

func printEligibility(h uint64, x *Eligibility) uint64 {
	for _, w := range [...]uint64{uint64(x.Sex) | uint64(x.Need)<<8, x.Ages.From.number(), x.Ages.Until.number()} {
		h = mix(h, w)
	}
	return h
}

// classEligibility is one line of Rules.Eligible with the handles of its two classes, 0 while the log has not introduced them.
type classEligibility struct {
	*ClassEligibility
	class, need Class
}

// noteEligible notes the handle of a class that a line of Rules.Eligible names.
func (b *Book) noteEligible(c Class, name string) {
	for i := range b.eligible {
		x := &b.eligible[i]
		if x.Class == name {
			x.class = c
		}
		if x.Need == name {
			x.need = c
		}
	}
}

// eligibleAllows: the session, and each class that is borne, must be for such persons and such requests. Where nothing of the kind is asked
// it costs one comparison.
func (b *Book) eligibleAllows(a *attempt, s *session) bool {
	if int(s.flags&sessionAsks)|len(b.eligible) == 0 {
		return true
	}
	return b.isEligible(a, s)
}

// isEligible asks age, then sex, then need, of the session first and then of the rules' lines in order.
func (b *Book) isEligible(a *attempt, s *session) bool {
	if a.addOn {
		return true
	}
	f := b.factsOf(a.Person)
	var lend [1 + MaxClasses]asked // a line a class at most
	list := append(lend[:0], asked{Eligibility: s.far.eligible})
	for i := range b.eligible {
		x := &b.eligible[i]
		if a.closing != nil || a.transfer {
			break // what the hospital offers, or sends someone to, is not a request through a channel
		}
		if c := b.classFor(a.batch, x.class, x.Class); c != 0 && a.Bear.Has(c) {
			y := asked{Eligibility: Eligibility{Sex: x.Sex, Ages: x.Ages}, of: x.class} // 0 where only the batch knows it: a refusal undoes that
			if x.Need != "" {
				need := b.classFor(a.batch, x.need, x.Need)
				y.Need, y.lacks = x.need, need == 0 || !a.Bear.Has(need)
			}
			list = append(list, y)
		}
	}
	ok := true
	for _, x := range list {
		if x.Ages != (AgeRange{}) && !x.Ages.Has(f.age(s)) {
			ok = ok && a.no(Refusal{Reason: AgeNotTaken, Class: x.of})
		}
	}
	for _, x := range list {
		if x.Sex != 0 && x.Sex != f.sex {
			ok = ok && a.no(Refusal{Reason: SexNotTaken, Class: x.of})
		}
	}
	for _, x := range list {
		if x.lacks || x.of == 0 && x.Need != 0 && !a.Bear.Has(x.Need) {
			ok = ok && a.no(Refusal{Reason: ReferralNeeded, Class: x.Need})
		}
	}
	return ok
}

// asked is one eligibility to be met: the session's, or that of a class that is borne.
type asked struct {
	Eligibility
	of    Class
	lacks bool // the request does not bear the class that a line of the rules needs
}

// classFor is a class of the rules: its handle, or, where it is as new as the batch, the one found there.
func (b *Book) classFor(t *Batch, handle Class, name string) Class {
	if handle != 0 || t == nil {
		return handle
	}
	return b.classNamed(t, name)
}

// age is how old the person is on the session's date; the zero Age where nobody knows, or where they are not born by then.
func (f facts) age(s *session) Age {
	if f.born == 0 {
		return Age{}
	}
	a, err := NewAge(f.bornOn(), s.date)
	if err != nil {
		return Age{}
	}
	return a
}

// EligibilityOf is whom a session takes; false for one that was never opened or is forgotten. Rules.Eligible may ask for more.
func (b *Book) EligibilityOf(id Session) (Eligibility, bool) {
	if !b.sessions.has(uint32(id)) {
		return Eligibility{}, false
	}
	return b.sessions.at(uint32(id)).far.eligible, true
}

// notEligible reports the appointments, made and not over, that today's facts and rules would not give.
func (c *checker) notEligible(id Appointment, x *appointment, s *session) {
	a := attempt{Request: Request{Person: x.person, Bear: x.bear, Count: x.count}, addOn: x.addOn()}
	if !c.b.eligibleAllows(&a, s) {
		c.found = append(c.found, Finding{Law: "not eligible", Appointment: id, Session: x.session, Class: a.refusal.Class, Have: 1})
	}
}

// describeEligibility writes whom a session takes.
func (b *Book) describeEligibility(w *binaryWriter, x *Eligibility) {
	w.put(uint64(x.Sex), x.Ages.From.number(), x.Ages.Until.number())
	w.name(b, ClassName, uint32(x.Need))
}

// digestEligible adds the lines of the rules to their digest.
func digestEligible(list []ClassEligibility, num func(int64), text func(string)) {
	num(int64(len(list)))
	for i := range list {
		x := &list[i]
		text(x.Class)
		text(x.Need)
		num(int64(x.Sex))
		num(int64(x.Ages.From.number()))
		num(int64(x.Ages.Until.number()))
	}
}

// eligibleByName turns the name of the class needed into its handle.
func (d *Desk) eligibleByName(x *NamedEligibility, class func(string) Class) Eligibility {
	return Eligibility{Sex: x.Sex, Ages: x.Ages, Need: class(x.Need)}
}

package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// birthday is the day on which who was born on a date has completed so many years and months: found by counting months on a calendar, day
// by day; where the month has no such day, the first of the next.
func birthday(born slots.Date, months int) slots.Date {
	_, _, day := born.Civil()
	for d := born; months > 0; {
		if d = d.AddDays(1); d.IsValid() {
			_, _, now := d.Civil()
			_, _, before := d.AddDays(-1).Civil()
			if now == day || now == 1 && before < day {
				if months--; months == 0 {
					return d
				}
				if now == 1 && before < day && now != day { // the month that had no such day is over; this one has its own
					continue
				}
			}
		}
	}
	return born
}

// naiveHas says whether a range takes who was born on a date, on another.
func naiveHas(r booking.AgeRange, born, on slots.Date) bool {
	from := func(b booking.AgeBound) slots.Date {
		switch b.Unit {
		case booking.InDays:
			return born.AddDays(b.Count)
		case booking.InMonths:
			return birthday(born, b.Count)
		}
		return birthday(born, 12*b.Count)
	}
	return !on.Before(born) && (!r.From.IsSet() || !on.Before(from(r.From))) && (!r.Until.IsSet() || on.Before(from(r.Until)))
}

// Dates of birth about every bound, for each of sixty days with a 29 February among them, judged by the Book as a naive calendar
// does. A session a day, and persons of whom the Book is told anew.
func TestAgesAreByTheCalendar(t *testing.T) {
	ranges := []booking.AgeRange{{From: booking.Days(28)}, {From: booking.Months(1)}, {From: booking.Months(6), Until: booking.Years(1)},
		{Until: booking.Years(1)}, {From: booking.Years(1), Until: booking.Years(4)}, {From: booking.Years(4)}, {Until: booking.Months(1)}}
	first := slots.MustDate("2028-02-02")
	for _, r := range ranges {
		b := newStage(t, plainRules())
		b.now = slots.MustInstant("2028-02-01T12:00:00+08:00")
		b.done(booking.Advance{Meta: b.meta(), Jump: true})
		p := b.person("Li")
		taken, refused := 0, 0
		for i := range 60 {
			day := first.AddDays(i)
			o := b.halfHours("10", "Dr Wang", 1, 1)
			o.Date, o.Eligible.Ages = day, r
			o.Start += slots.Instant(day.Sub(slots.MustDate("2026-11-10"))) * 86400
			s := b.open(day.String(), o)
			for _, years := range []int{0, 1, 4} {
				for shift := -2; shift <= 2; shift++ {
					born := day.AddDays(-365*years - years/4 + shift)
					for _, born := range []slots.Date{born, born.AddDays(-29), born.AddDays(-183)} {
						if born.After(first) {
							continue
						}
						_, err := b.do(booking.Describe{Meta: b.meta(), Person: p, Born: born})
						require.NoError(t, err)
						var batch booking.Batch
						reply, err := b.book.Decide(&batch, booking.Take{Meta: b.meta(), Request: b.request("Li", s, 0)})
						require.NoError(t, err)
						if want := naiveHas(r, born, day); want {
							require.Equal(t, booking.Done, reply.Outcome, "%v: born %v, on %v", r, born, day)
							taken++
						} else {
							require.Equal(t, booking.AgeNotTaken, reply.Refusal.Reason, "%v: born %v, on %v", r, born, day)
							refused++
						}
					}
				}
			}
		}
		require.True(t, taken > 30 && refused > 30, "%v: %d %d", r, taken, refused)
	}
}

// All combinations of what a session asks and of what is known and borne: the reasons, in order, against the three asked one by one.
func TestEligibilityExhaustively(t *testing.T) {
	sexes := []booking.Sex{0, booking.Female, booking.Male, booking.Unstated}
	births := []slots.Date{{}, slots.MustDate("2012-11-10"), slots.MustDate("2012-11-11"), slots.MustDate("1961-11-10"), slots.MustDate("1961-11-11")}
	ages := []booking.AgeRange{{}, {From: booking.Years(14)}, {Until: booking.Years(65)}, {From: booking.Years(14), Until: booking.Years(65)}}
	day := slots.MustDate("2026-11-10")
	cases := 0
	for _, wanted := range sexes[:3] {
		for _, r := range ages {
			for _, need := range []bool{false, true} {
				b := newStage(t, plainRules())
				o := b.halfHours("10", "Dr Wang", 1, 1)
				o.Eligible = booking.Eligibility{Sex: wanted, Ages: r}
				if need {
					o.Eligible.Need = b.class("referral")
				}
				s := b.open("s", o)
				x, ok := b.book.EligibilityOf(s)
				require.True(t, ok)
				require.Equal(t, o.Eligible, x)
				for _, sex := range sexes {
					for _, born := range births {
						_, err := b.do(booking.Describe{Meta: b.meta(), Person: b.person("Li"), Born: born, Sex: sex})
						require.NoError(t, err)
						for _, bears := range []bool{false, true} {
							q := b.request("Li", s, 0)
							if bears {
								q.Bear = b.bear("app", "referral")
							}
							var want []booking.Refusal
							if r != (booking.AgeRange{}) && (!born.IsValid() || !naiveHas(r, born, day)) {
								want = append(want, booking.Refusal{Reason: booking.AgeNotTaken})
							}
							if wanted != 0 && wanted != sex {
								want = append(want, booking.Refusal{Reason: booking.SexNotTaken})
							}
							if need && !bears {
								want = append(want, booking.Refusal{Reason: booking.ReferralNeeded, Class: o.Eligible.Need})
							}
							got, err := b.book.Reasons(nil, &booking.Batch{}, q, b.now)
							require.NoError(t, err)
							require.Equal(t, want, got, "%v %v %v: %v %v %v", wanted, r, need, sex, born, bears)
							listed, err := b.book.Candidates(nil, &booking.Batch{}, booking.Request{Person: q.Person, Bear: q.Bear, Resource: 1}, b.now, 9)
							require.NoError(t, err)
							require.Equal(t, len(want) == 0, len(listed) == 1)
							reply, err := b.decide(booking.AddOn{Meta: b.meta(), Request: q})
							require.NoError(t, err)
							require.Equal(t, booking.AddOnLimit, reply.Refusal.Reason, "staff are not asked")
							cases++
						}
					}
				}
			}
		}
	}
	require.Equal(t, 3*4*2*4*5*2, cases)
}

// No class is exempt, emergencies neither; and a class of the rules is judged by its name even when it is as new as the batch.
func TestEligibilityKnowsNoExemption(t *testing.T) {
	r := fullRules()
	r.Eligible = []booking.ClassEligibility{grown("app"), {Class: "first", NamedEligibility: booking.NamedEligibility{Need: "card"}}}
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("01 08:00"), nil)
	require.NoError(t, err)
	_, err = desk.Open(on("01 08:00"), morning("wang", "10", "Dr Wang", 3), booking.Terms{Eligible: booking.NamedEligibility{Sex: booking.Female}})
	require.NoError(t, err)
	n := 0
	ask := func(classes ...string) error {
		_, err := desk.Book(on("01 08:01"), booking.Ask{Person: "Li", Channel: classes[0], Classes: classes[1:], Resource: "Dr Wang", Session: "wang", N: n})
		return err
	}
	require.Equal(t, &booking.Refusal{Reason: booking.AgeNotTaken}, ask("app", "emergency"), "the refusal forgets the class, so it cannot name it")
	require.NoError(t, desk.Describe(on("01 08:01"), "Li", slots.MustDate("1980-01-01"), 0))
	require.Equal(t, &booking.Refusal{Reason: booking.SexNotTaken}, ask("app", "emergency"))
	require.NoError(t, desk.Describe(on("01 08:01"), "Li", slots.MustDate("1980-01-01"), booking.Female))
	require.Equal(t, &booking.Refusal{Reason: booking.ReferralNeeded}, ask("app", "first"), "nobody has borne a card yet")
	require.NoError(t, ask("app", "first", "card"))
	n = 1
	card := booking.Class(desk.Pool().Find(booking.ClassName, "card"))
	require.Equal(t, &booking.Refusal{Reason: booking.ReferralNeeded, Class: card}, ask("app", "first"))
}

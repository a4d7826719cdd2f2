package booking_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func TestNewRulesReportsEveryProblem(t *testing.T) {
	limit := func(f func(*booking.Limit)) func(*booking.Rules) {
		return func(r *booking.Rules) {
			l := booking.Limit{Name: "x", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 1}
			f(&l)
			r.Limits = []booking.Limit{l}
		}
	}
	eligible := func(f func(*booking.ClassEligibility)) func(*booking.Rules) {
		return func(r *booking.Rules) {
			x := grown("app")
			f(&x)
			r.Eligible = []booking.ClassEligibility{x}
		}
	}
	for want, change := range map[string]func(*booking.Rules){
		"Version 0: want 1 to 2147483648":                                      func(r *booking.Rules) { r.Version = 0 },
		"Version 2147483649: want 1 to 2147483648":                             func(r *booking.Rules) { r.Version = 1<<31 + 1 },
		"HoldSeconds 0: want 1 to 604800":                                      func(r *booking.Rules) { r.HoldSeconds = 0 },
		"HoldSeconds 604801: want 1 to 604800":                                 func(r *booking.Rules) { r.HoldSeconds = 604801 },
		"KeySeconds -1: want 1 to 2592000":                                     func(r *booking.Rules) { r.KeySeconds = -1 },
		"KeySeconds 2592001: want 1 to 2592000":                                func(r *booking.Rules) { r.KeySeconds = 2592001 },
		"StepSeconds 0: want 1 to 3162240000":                                  func(r *booking.Rules) { r.StepSeconds = 0 },
		"StepSeconds 9223372036854775807: want 1 to 3162240000":                func(r *booking.Rules) { r.StepSeconds = math.MaxInt64 },
		"TravelMinutes -1: want 0 to 1440":                                     func(r *booking.Rules) { r.TravelMinutes = -1 },
		"TravelMinutes 1441: want 0 to 1440":                                   func(r *booking.Rules) { r.TravelMinutes = 1441 },
		"LateCancel 0: want LateRecorded or LateRefused":                       func(r *booking.Rules) { r.LateCancel = 0 },
		"LateCancel 3: want LateRecorded or LateRefused":                       func(r *booking.Rules) { r.LateCancel = 3 },
		"RestSeconds -1: want 0 to 2592000":                                    func(r *booking.Rules) { r.RestSeconds = -1 },
		"RestSeconds 2592001: want 0 to 2592000":                               func(r *booking.Rules) { r.RestSeconds = 2592001 },
		"RestSpreadSeconds 2592001: want 0 to 2592000":                         func(r *booking.Rules) { r.RestSpreadSeconds, r.RestSeed[9] = 2592001, 1 },
		"RestSpreadSeconds -1: want 0 to 2592000":                              func(r *booking.Rules) { r.RestSpreadSeconds, r.RestSeed[9] = -1, 1 },
		"RestSeed: want one exactly where RestSpreadSeconds, here 5, is not 0": func(r *booking.Rules) { r.RestSpreadSeconds = 5 },
		"RestSeed: want one exactly where RestSpreadSeconds, here 0, is not 0": func(r *booking.Rules) { r.RestSeed[31] = 1 },
		"ReturnDays -1: want 0 to 365":                                         func(r *booking.Rules) { r.ReturnDays = -1 },
		"ReturnDays 366: want 0 to 365":                                        func(r *booking.Rules) { r.ReturnDays = 366 },
		"WaitlistPerPerson -1: want 0 to 1000":                                 func(r *booking.Rules) { r.WaitlistPerPerson = -1 },
		"WaitlistPerPerson 1001: want 0 to 1000":                               func(r *booking.Rules) { r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1001, 1 },
		"WaitlistOfferSeconds 0: want 1 to 604800":                             func(r *booking.Rules) { r.WaitlistPerPerson = 1 },
		"WaitlistOfferSeconds 604801: want 1 to 604800":                        func(r *booking.Rules) { r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1, 604801 },
		"WaitlistOfferSeconds 60, WaitlistClasses []: without":                 func(r *booking.Rules) { r.WaitlistOfferSeconds = 60 },
		"WaitlistClasses [\"x\"]: without a waitlist":                          func(r *booking.Rules) { r.WaitlistClasses = []string{"x"} },
		"len(WaitlistClasses) 201: want 0 to 200": func(r *booking.Rules) {
			r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.WaitlistClasses = 1, 1, strings.Split(strings.Repeat("x,", 200)+"x", ",")
		},
		"len(WaitlistClasses[1]) 0: want 1 to 200": func(r *booking.Rules) {
			r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.WaitlistClasses = 1, 1, []string{"x", ""}
		},
		"len(Limits) 65: want 0 to 64":                              func(r *booking.Rules) { r.Limits = manyLimits(65) },
		"Limits[0].Who 0: want PerPerson or PerAccount":             limit(func(l *booking.Limit) { l.Who = 0 }),
		"Limits[0].Same 0x81: unknown member":                       limit(func(l *booking.Limit) { l.Same = 0x81 }),
		"Limits[0].Of 0: want OpenVisits, AllVisits or UnpaidHolds": limit(func(l *booking.Limit) { l.Of = 0 }),
		"Limits[0].Of AllVisits: needs a window of time in Same":    limit(func(l *booking.Limit) { l.Same = booking.SameService }),
		"Limits[0].Max -1: want 0 to 1073741824":                    limit(func(l *booking.Limit) { l.Max = -1 }),
		"Limits[0].Kind Kind(9): want a kind of session, or 0":      limit(func(l *booking.Limit) { l.Kind = 9 }),
		"Limits[0].Of 4: want OpenVisits":                           limit(func(l *booking.Limit) { l.Of = 4 }),
		"Cooling.Seconds -1: want 0 to 2592000":                     func(r *booking.Rules) { r.Cooling.Seconds = -1 },
		"Cooling.Seconds 2592001: want 0 to 2592000":                func(r *booking.Rules) { r.Cooling.Seconds = 2592001 },
		"Cooling.Same 0x80: unknown member":                         func(r *booking.Rules) { r.Cooling = booking.Cooling{Seconds: 1, Same: 0x80} },
		"Cooling.Same 0x2: without Cooling.Seconds":                 func(r *booking.Rules) { r.Cooling.Same = booking.SameDay },
		"len(Travel) 1001: want 0 to 1000":                          func(r *booking.Rules) { r.Travel = make([]booking.Travel, 1001) },
		"Travel[0].From \"a\", To \"a\": want the names of two":     ways(booking.Travel{From: "a", To: "a"}),
		"Travel[0].From \"\", To \"a\": want the names of two":      ways(booking.Travel{To: "a"}),
		"Travel[0].Minutes 1441: want 0 to 1440":                    ways(booking.Travel{From: "a", To: "b", Minutes: 1441}),
		"Travel[0].Minutes -1: want 0 to 1440":                      ways(booking.Travel{From: "a", To: "b", Minutes: -1}),
		"Travel[1]: \"b\" and \"a\" are Travel[0] already":          ways(booking.Travel{From: "a", To: "b"}, booking.Travel{From: "b", To: "a", Minutes: 9}),
		"len(Exempt[1]) 0: want 1 to 200":                           func(r *booking.Rules) { r.Exempt = []string{"ok", ""} },
		"len(Exempt[0]) 201: want 1 to 200":                         func(r *booking.Rules) { r.Exempt = []string{strings.Repeat("x", 201)} },
		"len(Eligible) 65: want 0 to 64":                            func(r *booking.Rules) { r.Eligible = make([]booking.ClassEligibility, 65) },
		"len(Eligible[0].Class) 0: want 1 to 200":                   eligible(func(x *booking.ClassEligibility) { x.Class = "" }),
		"len(Eligible[0].Need) 201: want 0 to 200":                  eligible(func(x *booking.ClassEligibility) { x.Need = strings.Repeat("x", 201) }),
		"Eligible[0].Sex, Ages, Need: want at least one":            eligible(func(x *booking.ClassEligibility) { x.NamedEligibility = booking.NamedEligibility{} }),
		"Eligible[0].Sex unstated: want Female, Male, or 0":         eligible(func(x *booking.ClassEligibility) { x.Sex = booking.Unstated }),
		"Eligible[0].Ages.From 0 days: want at least 1 day":         eligible(func(x *booking.ClassEligibility) { x.Ages.From = booking.AgeBound{Unit: booking.InDays} }),
		"Eligible[0].Ages.Until 150 years: want at least 1 day":     eligible(func(x *booking.ClassEligibility) { x.Ages.Until = booking.Years(150) }),
		"Eligible[0].Ages.Until 6 months: not after From, 1 years": eligible(func(x *booking.ClassEligibility) {
			x.Ages = booking.AgeRange{From: booking.Years(1), Until: booking.Months(6)}
		}),
		"Eligible[1].Class \"app\": twice": func(r *booking.Rules) { r.Eligible = []booking.ClassEligibility{grown("app"), grown("app")} },
		"len(Policies) 0: want 1 to 255":   func(r *booking.Rules) { r.Policies = nil },
		"Policies[1]: nil":                 func(r *booking.Rules) { r.Policies = []booking.Policy{booking.Earliest{}, nil} },
	} {
		r := plainRules()
		_, err := booking.NewRules(r)
		require.NoError(t, err)
		change(&r)
		rules, err := booking.NewRules(r)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "\n", "one problem only: %v", err)
		require.Nil(t, rules)
	}
	_, err := booking.NewRules(booking.Rules{})
	require.Len(t, strings.Split(err.Error(), "\n"), 6, "%v", err)
}

func ways(list ...booking.Travel) func(*booking.Rules) {
	return func(r *booking.Rules) { r.Travel = list }
}

// grown is a line of the rules: the class is for who is 14.
func grown(class string) booking.ClassEligibility {
	return booking.ClassEligibility{Class: class, NamedEligibility: booking.NamedEligibility{Ages: booking.AgeRange{From: booking.Years(14)}}}
}

func manyLimits(n int) (l []booking.Limit) {
	for range n {
		l = append(l, booking.Limit{Name: "x", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 1})
	}
	return l
}

func TestNewRulesTakesTheBoundsAndACopy(t *testing.T) {
	r := booking.Rules{Version: 1 << 31, HoldSeconds: 604800, KeySeconds: 2592000, StepSeconds: 3162240000, TravelMinutes: 1440,
		LateCancel: booking.LateRefused, Limits: manyLimits(64), Exempt: []string{"emergency"}, Eligible: []booking.ClassEligibility{grown("app")}, Policies: []booking.Policy{booking.Earliest{}}}
	rules, err := booking.NewRules(r)
	require.NoError(t, err)
	r.Limits[0].Max, r.Exempt[0], r.Policies[0], r.Eligible[0].Class = 9, "nobody", nil, "window"
	require.Equal(t, "app", rules.Eligible[0].Class)
	require.EqualValues(t, 1, rules.Limits[0].Max)
	require.Equal(t, "emergency", rules.Exempt[0])
	require.NotNil(t, rules.Policies[0])
}

// otherEarliest is Earliest by another name.
type otherEarliest struct{ booking.Earliest }

func (otherEarliest) Name() string { return "other" }

// Every field of the rules is in their digest: a Book that adopted the one refuses to go on under the other.
func TestEveryFieldOfRulesIsInTheirDigest(t *testing.T) {
	l := func(f func(*booking.Limit)) func(*booking.Rules) {
		return func(r *booking.Rules) {
			r.Limits = append([]booking.Limit(nil), r.Limits...)
			f(&r.Limits[0])
		}
	}
	e := func(f func(*booking.ClassEligibility)) func(*booking.Rules) {
		return func(r *booking.Rules) {
			x := grown("app")
			f(&x)
			r.Eligible = []booking.ClassEligibility{x}
		}
	}
	for name, change := range map[string]func(*booking.Rules){
		"Version": func(r *booking.Rules) { r.Version++ }, "HoldSeconds": func(r *booking.Rules) { r.HoldSeconds++ },
		"KeySeconds": func(r *booking.Rules) { r.KeySeconds++ }, "StepSeconds": func(r *booking.Rules) { r.StepSeconds++ },
		"TravelMinutes": func(r *booking.Rules) { r.TravelMinutes++ }, "LateCancel": func(r *booking.Rules) { r.LateCancel = booking.LateRefused },
		"Limits": func(r *booking.Rules) { r.Limits = r.Limits[:1] }, "Limit.Name": l(func(l *booking.Limit) { l.Name += "!" }),
		"Limit.Who": l(func(l *booking.Limit) { l.Who = booking.PerAccount }), "Limit.Same": l(func(l *booking.Limit) { l.Same |= booking.SameDay }),
		"Limit.Of": l(func(l *booking.Limit) { l.Of = booking.OpenVisits }), "Limit.Max": l(func(l *booking.Limit) { l.Max++ }),
		"Exempt": func(r *booking.Rules) { r.Exempt = nil }, "Exempt[0]": func(r *booking.Rules) { r.Exempt = []string{"emergencies"} },
		"Limit.Kind":      l(func(l *booking.Limit) { l.Kind = slots.General }),
		"Cooling.Seconds": func(r *booking.Rules) { r.Cooling.Seconds = 60 }, "Cooling.Same": func(r *booking.Rules) { r.Cooling = booking.Cooling{Seconds: 9, Same: 1} },
		"Travel": ways(booking.Travel{From: "a", To: "b"}), "Travel.From": ways(booking.Travel{From: "c", To: "b"}), "Travel.Minutes": ways(booking.Travel{From: "a", To: "b", Minutes: 1}),
		"RestSeconds":    func(r *booking.Rules) { r.RestSeconds++ },
		"Eligible":       func(r *booking.Rules) { r.Eligible = nil },
		"Eligible.Class": func(r *booking.Rules) { r.Eligible = []booking.ClassEligibility{grown("window")} },
		"Eligible.Need":  e(func(x *booking.ClassEligibility) { x.Need = "card" }), "Eligible.Sex": e(func(x *booking.ClassEligibility) { x.Sex = booking.Male }),
		"Eligible.Ages.From": e(func(x *booking.ClassEligibility) { x.Ages.From = booking.Months(14) }), "Eligible.Ages.Until": e(func(x *booking.ClassEligibility) { x.Ages.Until = booking.Years(60) }),
		"WaitlistPerPerson": func(r *booking.Rules) { r.WaitlistPerPerson++ }, "WaitlistOfferSeconds": func(r *booking.Rules) { r.WaitlistOfferSeconds++ },
		"WaitlistClasses": func(r *booking.Rules) { r.WaitlistClasses = nil }, "WaitlistClasses[0]": func(r *booking.Rules) { r.WaitlistClasses = []string{"younger"} },
		"RestSpreadSeconds": func(r *booking.Rules) { r.RestSpreadSeconds++ }, "RestSeed": func(r *booking.Rules) { r.RestSeed[31]++ },
		"ReturnDays":  func(r *booking.Rules) { r.ReturnDays++ },
		"Policies":    func(r *booking.Rules) { r.Policies = r.Policies[:1] },
		"Policies[0]": func(r *booking.Rules) { r.Policies = []booking.Policy{otherEarliest{}, booking.LevelLoad{}} },
	} {
		full := fullRules()
		full.RestSpreadSeconds, full.RestSeed[0] = 60, 1
		full.Eligible = []booking.ClassEligibility{grown("app")}
		full.WaitlistPerPerson, full.WaitlistOfferSeconds, full.WaitlistClasses = 1, 60, []string{"elderly"}
		b := newStage(t, full)
		r := full
		change(&r)
		b.book.Configure(mustRules(r))
		_, err := b.do(booking.Take{Meta: b.meta()})
		require.ErrorIs(t, err, booking.ErrRules, name)
		b.book.Configure(mustRules(full))
		_, err = b.do(booking.Take{Meta: b.meta()})
		require.ErrorIs(t, err, booking.ErrCommand, name)
	}
}

// Each case books under the rules, changes one field, and sees another decision.
func TestEveryFieldOfRulesMatters(t *testing.T) {
	const day = slots.Instant(86400)
	for _, c := range []struct {
		field  string
		change func(*booking.Rules)
		decide func(*stage) string
		want   [2]string
	}{
		{"HoldSeconds", func(r *booking.Rules) { r.HoldSeconds = 901 }, func(b *stage) string {
			id := b.hold("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)
			b.advance(b.now + 900)
			return b.state(id).String()
		}, [2]string{"lapsed", "held"}},
		{"KeySeconds", func(r *booking.Rules) { r.KeySeconds = 3601 }, func(b *stage) string {
			s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
			m := booking.Meta{At: b.now + 3600, Key: booking.Key{1}, Made: b.now}
			return b.outcome(booking.Take{Meta: m, Request: b.request("Li", s, 0)})
		}, [2]string{"stale", "done"}},
		{"StepSeconds", func(r *booking.Rules) { r.StepSeconds = 60*86400 + 1 }, func(b *stage) string {
			b.now += 60*day + 1
			return b.outcome(booking.Introduce{Meta: b.meta(), Kind: booking.PersonName, Name: "Li"})
		}, [2]string{booking.ErrStep.Error(), "done"}},
		{"TravelMinutes", func(r *booking.Rules) { r.TravelMinutes = 31 }, func(b *stage) string {
			east, west := b.halfHours("10", "Dr Wang", 4, 1), b.halfHours("10", "Dr Zhou", 4, 1)
			east.Site, west.Site = booking.Site(b.name(booking.SiteName, "East")), booking.Site(b.name(booking.SiteName, "West"))
			b.take("Li", b.open("e", east), 0)
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", b.open("w", west), 2)}) // half an hour after the end
		}, [2]string{"done", "two places"}},
		{"Travel", ways(booking.Travel{From: "West", To: "East", Minutes: 31}), func(b *stage) string {
			east, west := b.halfHours("10", "Dr Wang", 4, 1), b.halfHours("10", "Dr Zhou", 4, 1)
			east.Site, west.Site = booking.Site(b.name(booking.SiteName, "East")), booking.Site(b.name(booking.SiteName, "West"))
			b.take("Li", b.open("e", east), 0)
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", b.open("w", west), 2)})
		}, [2]string{"done", "two places"}},
		{"Cooling.Seconds", func(r *booking.Rules) { r.Cooling.Seconds = 60 }, func(b *stage) string {
			s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", s, 0)})
		}, [2]string{"done", "cooling off"}},
		{"Cooling.Same", func(r *booking.Rules) { r.Cooling = booking.Cooling{Seconds: 60, Same: booking.SameSession} }, func(b *stage) string {
			s, other := b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), b.open("t", b.halfHours("11", "Dr Wang", 1, 1))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", s, 0)}) + ", " +
				b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", other, 0)})
		}, [2]string{"done, done", "cooling off, done"}},
		{"Limit.Kind, UnpaidHolds", func(r *booking.Rules) {
			r.Limits = []booking.Limit{{Who: booking.PerPerson, Of: booking.UnpaidHolds, Max: 1, Kind: slots.Specialist}}
		}, func(b *stage) string {
			general := b.halfHours("11", "Dr Wang", 2, 1)
			general.Kind = slots.General
			s, other := b.open("s", b.halfHours("10", "Dr Wang", 3, 1)), b.open("t", general)
			b.hold("Li", other, 0) // of another kind
			b.hold("Li", s, 0)
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", s, 1)}) + ", " +
				b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", other, 1)})
		}, [2]string{"done, done", "limit reached, done"}},
		{"WaitlistPerPerson, WaitlistOfferSeconds", func(r *booking.Rules) { r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1, 60 }, func(b *stage) string {
			c := booking.Join{Meta: b.meta(), Request: b.request("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0), DueBy: b.now + 60}
			c.Slot, c.Department = booking.Slot{}, 1
			return b.outcome(c)
		}, [2]string{"waitlist limit", "done"}},
		{"RestSeconds", func(r *booking.Rules) { r.RestSeconds = 600 }, func(b *stage) string {
			s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Zhao", s, 0)})
		}, [2]string{"done", "full"}},
		{"RestSpreadSeconds, RestSeed", func(r *booking.Rules) { r.RestSpreadSeconds, r.RestSeed[0] = 86400, 7 }, func(b *stage) string {
			s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Zhao", s, 0)})
		}, [2]string{"done", "full"}},
		{"ReturnDays", func(r *booking.Rules) { r.ReturnDays = 1 }, func(b *stage) string {
			return b.outcome(booking.Return{Meta: b.meta(), Appointment: b.fulfilled("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0), Session: 1})
		}, [2]string{"no entitlement", "done"}},
		{"LateCancel", func(r *booking.Rules) { r.LateCancel = booking.LateRefused }, func(b *stage) string {
			o := b.halfHours("10", "Dr Wang", 1, 1)
			o.CancelBy = b.now
			id := b.take("Li", b.open("s", o), 0)
			return b.outcome(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, [2]string{"done", "too late"}},
		{"Exempt", func(r *booking.Rules) { r.Exempt = nil }, func(b *stage) string {
			q := b.request("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)
			b.done(booking.Restrict{Meta: b.meta(), Person: q.Person, Until: b.now + day})
			q.Bear = b.bear("app", "emergency")
			return b.outcome(booking.Take{Meta: b.meta(), Request: q})
		}, [2]string{"done", "restricted"}},
		{"Eligible", func(r *booking.Rules) { r.Eligible = []booking.ClassEligibility{grown("app")} }, func(b *stage) string {
			return b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)})
		}, [2]string{"done", "age not taken"}},
		{"Policies", func(r *booking.Rules) { r.Policies = []booking.Policy{latest{}} }, func(b *stage) string {
			q := b.request("Li", b.open("s", b.halfHours("10", "Dr Wang", 2, 1)), 0)
			q.Slot, q.Resource = booking.Slot{}, 1
			v, _ := b.book.Appointment(b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment)
			return wall(v.Start)
		}, [2]string{"10 08:00", "10 08:30"}},
		{"Version", func(r *booking.Rules) { r.Version = 2 }, func(b *stage) string {
			r := fullRules()
			r.Version, r.HoldSeconds = 2, 60
			b.book.Configure(mustRules(r))
			return b.outcome(booking.Adopt{Meta: b.meta()})
		}, [2]string{"done", "booking: bad command: Rules.Version 2: the log has adopted version 2 with another content; raise Version"}},
	} {
		r := fullRules()
		require.Equal(t, c.want[0], c.decide(newStage(t, r)), c.field)
		c.change(&r)
		require.Equal(t, c.want[1], c.decide(newStage(t, r)), c.field)
	}
}

// outcome is how a command ended, in a word.
func (b *stage) outcome(c booking.Command) string {
	reply, err := b.do(c)
	switch {
	case errors.Is(err, booking.ErrStep):
		return booking.ErrStep.Error() // without by how much
	case err != nil:
		return err.Error()
	case reply.Outcome == booking.Refused:
		return reply.Refusal.Reason.String()
	}
	return reply.Outcome.String()
}

// A limit of one against a first booking that differs from the second in all but what Same names: it refuses exactly when
// the second agrees.
func TestEveryMemberOfALimitMatters(t *testing.T) {
	november10 := func(b *stage) booking.Opening { return b.halfHours("10", "Dr Wang", 2, 2) }
	differ := func(b *stage) booking.Opening {
		o := b.halfHours("11", "Dr Zhou", 1, 1)
		o.Date, o.Start = slots.MustDate("2026-12-11"), o.Start+30*86400
		o.Department = booking.Department(b.name(booking.DepartmentName, "Surgery"))
		o.Service = booking.Service(b.name(booking.ServiceName, "operation"))
		return o
	}
	agree := map[booking.Same]func(*booking.Opening){
		booking.SameDay: func(o *booking.Opening) {
			o.Date, o.Start = slots.MustDate("2026-11-10"), on("10 14:00")
		},
		booking.SameMonth:      func(o *booking.Opening) { o.Date, o.Start = slots.MustDate("2026-11-11"), on("11 08:00") },
		booking.SameDepartment: func(o *booking.Opening) { o.Department = 1 },
		booking.SameService:    func(o *booking.Opening) { o.Service = 1 },
		booking.SameResource:   func(o *booking.Opening) { o.Resources = append(o.Resources, 1) },
	}
	for same, change := range agree {
		for _, agrees := range []bool{false, true} {
			r := plainRules()
			r.Limits = []booking.Limit{{Who: booking.PerPerson, Same: booking.SameSession, Of: booking.OpenVisits, Max: 9},
				{Who: booking.PerPerson, Same: same, Of: booking.OpenVisits, Max: 1}}
			b := newStage(t, r)
			b.take("Li", b.open("first", november10(b)), 0)
			o := differ(b)
			want := "done"
			if agrees {
				change(&o)
				want = "limit reached"
			}
			s := b.open("second", o)
			reply, err := b.do(booking.Take{Meta: b.meta(), Request: b.request("Li", s, 0)})
			require.NoError(t, err)
			require.Equal(t, agrees, reply.Outcome == booking.Refused, "%#x %s", same, want)
			if agrees {
				require.Equal(t, booking.Refusal{Reason: booking.LimitReached, Rule: 2, Limit: 1}, reply.Refusal)
			}
		}
	}
}

func TestLimitsCountWhatTheySay(t *testing.T) {
	with := func(l booking.Limit) *stage {
		r := plainRules()
		r.Limits = []booking.Limit{l}
		return newStage(t, r)
	}
	second := func(b *stage, s booking.Session, person string, a booking.Account) string {
		q := b.request(person, s, 1)
		q.Account = a
		return b.outcome(booking.Take{Meta: b.meta(), Request: q})
	}
	// SameSession, Max, and who: another person is not counted.
	b := with(booking.Limit{Who: booking.PerPerson, Same: booking.SameSession, Of: booking.AllVisits, Max: 1})
	s := b.open("s", b.halfHours("10", "Dr Wang", 2, 2))
	b.take("Li", s, 0)
	require.Equal(t, "limit reached", second(b, s, "Li", 0))
	require.Equal(t, "done", second(b, s, "Zhao", 0))
	require.Equal(t, "done", b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", b.open("t", b.halfHours("11", "Dr Wang", 1, 1)), 0)}))

	// Of: a visit that is over counts for AllVisits and not for OpenVisits; one that was given back counts for neither.
	for of, want := range map[booking.Counted]string{booking.AllVisits: "limit reached", booking.OpenVisits: "done"} {
		b := with(booking.Limit{Who: booking.PerPerson, Same: booking.SameSession, Of: of, Max: 1})
		s := b.open("s", b.halfHours("10", "Dr Wang", 2, 2))
		id := b.take("Li", s, 0)
		require.Equal(t, "limit reached", second(b, s, "Li", 0))
		b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		id = b.take("Li", s, 0)
		b.advance(on("10 08:00"))
		b.done(booking.MarkNoShow{Meta: b.meta(), Appointment: id})
		require.Equal(t, want, second(b, s, "Li", 0))
	}

	// PerAccount: persons of one account together; a request without an account is not counted.
	b = with(booking.Limit{Who: booking.PerAccount, Of: booking.OpenVisits, Max: 1})
	s = b.open("s", b.halfHours("10", "Dr Wang", 2, 3))
	family := booking.Account(b.name(booking.AccountName, "family"))
	q := b.request("Li", s, 0)
	q.Account = family
	b.done(booking.Take{Meta: b.meta(), Request: q})
	require.Equal(t, "limit reached", second(b, s, "Zhao", family))
	require.Equal(t, "done", second(b, s, "Zhao", 0))

	// Max 0 is none at all, not no limit.
	b = with(booking.Limit{Who: booking.PerPerson, Of: booking.OpenVisits, Max: 0})
	s = b.open("s", b.halfHours("10", "Dr Wang", 2, 2))
	require.Equal(t, "limit reached", second(b, s, "Li", 0))
}

func TestClockRules(t *testing.T) {
	b := newStage(t, plainRules())
	at := func(now slots.Instant) string {
		return b.outcome(booking.Restrict{Meta: booking.Meta{At: now}, Person: 1})
	}
	b.person("Li")
	require.Equal(t, "done", at(b.now))
	require.Equal(t, booking.ErrClock.Error(), at(b.now-1))
	require.Equal(t, booking.ErrStep.Error(), at(b.now+90*86400+1))
	require.Contains(t, at(0), "bad command")
	require.Contains(t, at(-1), "bad command")
	require.Contains(t, at(math.MaxInt64), "bad command")
	require.Equal(t, "done", at(b.now+90*86400))
	require.Equal(t, booking.ErrClock.Error(), at(b.now))

	// Advance alone may jump, if it says so; the clock then moves even with nothing due.
	b.now += 90 * 86400
	far := booking.Meta{At: b.now + 1000*86400}
	require.Equal(t, booking.ErrStep.Error(), b.outcome(booking.Advance{Meta: far}))
	require.Equal(t, "done", b.outcome(booking.Advance{Meta: far, Jump: true}))
	require.Equal(t, far.At, b.book.Clock())
	require.Equal(t, "nothing", b.outcome(booking.Advance{Meta: far, Jump: true}))
	require.Equal(t, "nothing", b.outcome(booking.Advance{Meta: booking.Meta{At: far.At + 1}}))
	require.Contains(t, b.outcome(booking.Advance{Meta: booking.Meta{At: far.At, Key: booking.Key{1}, Made: 1}}), "bad command")
}

// What is due comes first, at the very second.
func TestDueComesFirst(t *testing.T) {
	b := newStage(t, plainRules())
	id := b.hold("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)
	at, ok := b.book.Wake()
	require.True(t, ok)
	require.Equal(t, b.now+900, at)
	pay := func(now slots.Instant) booking.Command {
		return booking.Pay{Meta: booking.Meta{At: now}, Appointment: id}
	}
	reply, err := b.decide(pay(at - 1))
	require.NoError(t, err)
	require.Equal(t, booking.Done, reply.Outcome)
	_, err = b.decide(pay(at))
	require.ErrorIs(t, err, booking.ErrDue)
	var batch booking.Batch
	_, err = b.book.Candidates(nil, &batch, b.request("Li", 1, 0), at, 1)
	require.ErrorIs(t, err, booking.ErrDue)
	_, err = b.book.Reasons(nil, &batch, b.request("Li", 1, 0), at)
	require.ErrorIs(t, err, booking.ErrDue)
	b.advance(at)
	_, ok = b.book.Wake()
	require.False(t, ok)
	require.Equal(t, "illegal state", b.outcome(pay(at)))
}

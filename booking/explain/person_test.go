package explain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// people describes somebody and finds another to be the same.
func (h *hospital) people() {
	require.NoError(h.t, h.desk.Describe(on("24 09:40"), "Han", sl.MustDate("1988-02-29"), booking.Female))
	require.NoError(h.t, h.desk.Describe(on("24 09:41"), "Shu", sl.Date{}, 0))
	require.NoError(h.t, h.desk.Describe(on("24 09:42"), "Shu", sl.Date{}, booking.Unstated))
	require.NoError(h.t, h.desk.Describe(on("24 09:43"), "Shu", sl.Date{}, 0))
	require.NoError(h.t, h.desk.Merge(on("24 09:44"), "Han", "Shu"))
}

// A chain follows its person to another name: what was known, the suspension of the one, the merging, and then the other's suspension.
func TestChainFollowsAPersonToAnotherName(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) { r.Limits = nil })
	h.open("16 08:00", morning("Li", "23", "Dr Li", 4), booking.Terms{Eligible: booking.NamedEligibility{Ages: booking.AgeRange{From: booking.Years(14)}}})
	born := sl.MustDate("1988-02-29")
	for _, who := range []string{"Card", "Passport", "Third"} {
		require.NoError(t, h.desk.Describe(on("16 08:10"), who, born, booking.Female))
	}
	h.book("16 09:00", booking.Ask{Person: "Passport", Channel: "app", Session: "Li", N: 0})
	h.book("16 09:01", booking.Ask{Person: "Third", Channel: "app", Session: "Li", N: 1})
	require.NoError(t, h.desk.Restrict(on("16 10:00"), "Card", on("17 00:00")))
	require.NoError(t, h.desk.Restrict(on("16 11:00"), "Passport", on("18 00:00")))
	require.NoError(t, h.desk.Merge(on("16 12:00"), "Card", "Passport"))
	require.NoError(t, h.desk.Restrict(on("16 13:00"), "Passport", on("20 00:00")))
	kinds := func(person string) (list []string) {
		c, ok := h.teller.Chain(h.visits[person])
		require.True(t, ok)
		for i := range c.Links {
			if l := &c.Links[i]; l.Relation == explain.OfHolder || l.Relation == explain.OfAppointment {
				list = append(list, l.Event.Kind().String()+" "+h.desk.Pool().Name(booking.PersonName, uint32(l.Event.Person())))
			}
		}
		return list
	}
	require.Equal(t, []string{"PersonDescribed Passport", "AppointmentBooked Passport", "HolderRestricted Passport", "PersonsMerged Card", "HolderRestricted Card"},
		kinds("Passport"), "Card's first suspension was over somebody else")
	require.Equal(t, []string{"PersonDescribed Third", "AppointmentBooked Third"}, kinds("Third"))
	c, _ := h.teller.Chain(h.visits["Passport"])
	require.EqualValues(t, h.desk.Pool().Find(booking.PersonName, "Card"), c.Person)
	lines := strings.Join(h.speaker(explain.English, explain.Patient).Chain(&c), "\n")
	require.Contains(t, lines, "Your record was entered: born 1988-02-29, female.")
	require.Contains(t, lines, "Your records were put together; your bookings stay as they are.")

	// A booking by either name, after it, was made under the suspension that both had: only an emergency could be.
	h.book("20 00:00", booking.Ask{Person: "Passport", Channel: "window", Session: "Li", N: 2})
	require.Equal(t, []string{"PersonDescribed Card", "AppointmentBooked Card"}, kinds("Passport"))
}

// What is said of a clinic that does not take somebody, and what would help: a record, where there is none, and then it does.
func TestWhyNotTaken(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) {
		r.Eligible = []booking.ClassEligibility{{Class: "app", NamedEligibility: booking.NamedEligibility{Ages: booking.AgeRange{Until: booking.Years(65)}}}}
	})
	h.open("16 08:00", morning("Li", "23", "Dr Li", 4), booking.Terms{AddOns: 1, Eligible: booking.NamedEligibility{
		Sex: booking.Female, Ages: booking.AgeRange{From: booking.Years(14), Until: booking.Months(216)}, Need: "referral"}})
	say := func(channel string) []string {
		x := h.why(booking.Take{Meta: at("16 09:00"), Request: h.request("16 09:00", "Zhang", channel, "Li", 0)})
		h2 := h.speaker(explain.Chinese, explain.Patient).Refusal(&x)
		require.NotEmpty(t, h2)
		hasWords(t, h, &x)
		return h.speaker(explain.English, explain.Clerk).Refusal(&x)
	}
	lines := say("window")
	require.Contains(t, lines[0], "this clinic takes patients 14 years old or older and under 216 months only.")
	require.Equal(t, "Please have the date of birth and the sex recorded first.", lines[1])
	require.Contains(t, strings.Join(lines, "\n"), "add-on")
	require.NoError(t, h.desk.Describe(on("16 09:00"), "Zhang", sl.MustDate("1950-01-01"), 0))
	require.NotContains(t, strings.Join(say("window"), "\n"), "recorded first", "it is known, and not taken")
	require.NoError(t, h.desk.Describe(on("16 09:00"), "Zhang", sl.MustDate("2010-01-01"), booking.Male))
	require.Contains(t, say("window")[0], "takes female patients only")
	require.NoError(t, h.desk.Describe(on("16 09:00"), "Zhang", sl.MustDate("2010-01-01"), booking.Female))
	require.Equal(t, "Please ask with referral.", say("window")[1])
	require.NoError(t, h.desk.Describe(on("16 09:00"), "Zhang", sl.MustDate("1961-01-01"), booking.Female))
	h.open("16 09:00", morning("Wang", "23", "Dr Wang", 4), booking.Terms{})
	x := h.why(booking.Take{Meta: at("16 09:00"), Request: h.request("16 09:00", "Zhang", "app", "Wang", 0)})
	require.Equal(t, "Booking by way of app is for patients under 65 years only.", h.speaker(explain.English, explain.Patient).Refusal(&x)[0])
	require.Equal(t, "“app”仅限未满65周岁者预约。", h.speaker(explain.Chinese, explain.Patient).Refusal(&x)[0])
}

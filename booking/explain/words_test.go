package explain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
)

// chinese reports whether a text has a Chinese character in it.
func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= '一' && r <= '龥' })
}

// Every kind of event there is happens in the fortnight, and each has its words, for both readers in both languages. Whoever
// adds a kind makes it happen there and gives it words in text_link.go; if a chain should tell it, teller.go takes it.
func TestEveryKindHasWords(t *testing.T) {
	h := fortnight(t)
	require.NoError(t, h.desk.Advance(on("30 20:00")+3*24*3600)) // ClockMoved
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		require.Positive(t, h.kinds[k], "%v does not happen in the fortnight of world_test.go: make it happen", k)
	}
	for i := range h.events {
		l := explain.Link{Event: h.events[i]}
		for n, s := range h.speakers() {
			text := s.Link(&l)
			require.NotEmpty(t, text, "%v has no words: add them in text_link.go", l.Event.Kind())
			require.Equal(t, n >= 2, chinese(text), "%v: %s", l.Event.Kind(), text)
			require.NotContains(t, text, "{")
		}
	}
	require.Empty(t, h.speaker(explain.English, explain.Clerk).Link(&explain.Link{}), "a link of nothing")
}

// Every reason has words and a remedy, whatever of its fields are set. Whoever adds a reason gives it words in
// text_refusal.go and something to do about it in why_reason.go.
func TestEveryReasonHasWordsAndARemedy(t *testing.T) {
	h := newHospital(t, nil)
	h.open("16 08:00", morning("Li", "23", "Dr Li", 2), booking.Terms{})
	take := booking.Take{Meta: at("16 09:00"), Request: h.request("16 09:00", "Zhang", "app", "Li", 0)}
	full := booking.Refusal{Rule: 1, Class: 1, Limit: 3, State: booking.Cancelled, Until: on("20 08:00")}
	for r := booking.KeyReused; r.IsValid(); r++ {
		for _, no := range []booking.Refusal{{Reason: r}, {Reason: r, Rule: full.Rule, Class: full.Class, Limit: full.Limit, State: full.State, Until: full.Until}} {
			for _, c := range []booking.Command{take, booking.CheckIn{Meta: take.Meta, Appointment: 1}, booking.Retire{Meta: take.Meta}} {
				x, err := explain.Why(h.desk.Pool(), c, booking.Reply{Outcome: booking.Refused, Refusal: no})
				require.NoError(t, err)
				require.Equal(t, r, x.Reason)
				require.NotEmpty(t, x.Remedies, "%v has nothing to do about it, not even NothingToDo: see why_reason.go", r)
				hasWords(t, h, &x)
			}
		}
	}
}

func hasWords(t *testing.T, h *hospital, x *explain.Explanation) {
	for n, s := range h.speakers() {
		lines := s.Refusal(x)
		require.NotEmpty(t, lines, "%v has no words: add them in text_refusal.go", x.Reason)
		require.Greater(t, len(lines), 1, "%v: nobody is told what to do: %v", x.Reason, lines)
		for _, line := range lines {
			require.NotEmpty(t, line, "%v: %+v", x.Reason, x.Remedies)
			require.Equal(t, n >= 2, chinese(line), line)
			require.NotContains(t, line, "{")
		}
	}
}

// Every state and every action has words; invalid ones have none.
func TestEveryStateAndActionHasWords(t *testing.T) {
	h := newHospital(t, nil)
	for n, s := range h.speakers() {
		for x := booking.Held; x.IsValid(); x++ {
			require.NotEmpty(t, s.State(x), "%v: add it in speaker.go", x)
			require.Equal(t, n >= 2, chinese(s.State(x)))
		}
		for a := explain.AskLater; a.IsValid(); a++ {
			for _, r := range []explain.Remedy{{Do: a}, {Do: a, Sure: true, Count: 1, Same: booking.SameDay, Numbers: make([]explain.Number, 2),
				Steps: []explain.Step{explain.PayIt, explain.AcceptIt, explain.CheckInIt}}} {
				require.NotEmpty(t, s.Remedy(&r), "%v: add it in text_remedy.go", a)
				require.Equal(t, n >= 2, chinese(s.Remedy(&r)))
				require.NotContains(t, s.Remedy(&r), "{")
			}
		}
		require.Empty(t, s.State(0))
		require.Empty(t, s.Remedy(&explain.Remedy{}))
		require.Empty(t, s.Refusal(&explain.Explanation{}))
	}
}

// The words of the enums, and that their zero is invalid.
func TestEnums(t *testing.T) {
	type enum interface {
		IsValid() bool
		String() string
	}
	for _, list := range [][]enum{
		{explain.Relation(0), explain.OfAppointment, explain.OfArchive, explain.OfArchive + 1},
		{explain.Cause(0), explain.Asked, explain.Substitution, explain.Substitution + 1},
		{explain.ChargedTo(0), explain.FromReserve, explain.Beside, explain.Beside + 1},
		{explain.Action(0), explain.AskLater, explain.NothingToDo, explain.NothingToDo + 1},
		{explain.Step(0), explain.PayIt, explain.CheckInIt, explain.CheckInIt + 1},
		{explain.Language(0), explain.English, explain.Chinese, explain.Chinese + 1},
		{explain.Reader(0), explain.Patient, explain.Clerk, explain.Clerk + 1},
	} {
		for i, want := range []bool{false, true, true, false} {
			require.Equal(t, want, list[i].IsValid(), "%v", list[i])
			require.NotEmpty(t, list[i].String())
		}
		require.Contains(t, list[3].String(), "(")
		require.Equal(t, []bool{false, false}, []bool{strings.Contains(list[1].String(), "("), strings.Contains(list[2].String(), "(")})
	}
}

func TestNewSpeakerReportsAll(t *testing.T) {
	_, err := explain.NewSpeaker(explain.Style{Language: 7, Reader: 9})
	require.EqualError(t, err, "Language 7: want English or Chinese\nReader 9: want Patient or Clerk\nZone: none given\nNames: none given")
}

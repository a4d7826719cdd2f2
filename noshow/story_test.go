package noshow_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt. The verbs:
//
//	policy name=N [count-from=DAY]       a policy; each body line is a rule:
//	  ID: at least|more than n KIND, KIND within TERM: EFFECT [(channels or fee)] for TERM
//	      [; start-afresh] [; proposed] [; only CLASS, CLASS] [; exempt CLASS, CLASS]
//	person id=P [classes=(…)]            a person; each body line is an incident: DAY KIND ID
//	incidents                            more of them
//	excuse id=(…)                        appeal upheld, or the hospital's own fault
//	standing on=DAY [channel=C]                         what follows that day
//	explain on=DAY in=en|zh                             the same in words
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &storyWorld{}
		return slotstest.Verbs{
			"policy": w.newPolicy, "person": w.newPerson, "incidents": w.addIncidents,
			"excuse": w.excuse, "standing": w.standing, "explain": w.explain,
		}
	})
}

type storyWorld struct {
	policy noshow.PolicyConfig
	record noshow.RecordConfig
}

func (w *storyWorld) newPolicy(s *slotstest.Step) string {
	w.policy = noshow.PolicyConfig{Name: s.Text("name")}
	if s.Has("count-from") {
		w.policy.CountFrom = s.Date("count-from")
	}
	for _, line := range s.Body() {
		w.policy.Rules = append(w.policy.Rules, readRule(s, line))
	}
	if _, err := noshow.NewPolicy(w.policy); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

var ruleLine = regexp.MustCompile(`^(\S+): (at least|more than) (\d+) (.+) within (.+): (\S+)(?: \((.+)\))? for ([^;]+)((?:; .+)?)$`)

func readRule(s *slotstest.Step, line string) noshow.Rule {
	m := ruleLine.FindStringSubmatch(line)
	if m == nil {
		s.Failf("rule %q: want ID: at least n KINDS within TERM: EFFECT for TERM", line)
	}
	r := noshow.Rule{ID: m[1], Binding: noshow.Automatic, Afterwards: noshow.KeepCounting}
	r.Threshold, _ = strconv.Atoi(m[3])
	if m[2] == "more than" {
		r.Threshold++
	}
	for k := range strings.SplitSeq(m[4], ", ") {
		var kind noshow.Kind
		read(s, &kind, k)
		r.Kinds = append(r.Kinds, kind)
	}
	read(s, &r.Within, m[5])
	read(s, &r.Effect, m[6])
	if r.Effect == noshow.ChargeFee {
		r.FeeCode = m[7]
	} else if m[7] != "" {
		r.Channels = strings.Split(m[7], ", ")
	}
	read(s, &r.Lasts, m[8])
	for _, option := range strings.Split(m[9], "; ")[1:] {
		word, names, _ := strings.Cut(option, " ")
		switch word {
		case "start-afresh":
			r.Afterwards = noshow.StartAfresh
		case "proposed":
			r.Binding = noshow.Proposed
		case "only":
			r.Only = strings.Split(names, ", ")
		case "exempt":
			r.Exempt = strings.Split(names, ", ")
		default:
			s.Failf("rule %q: unknown %q", line, option)
		}
	}
	return r
}

func (w *storyWorld) newPerson(s *slotstest.Step) string {
	w.record = noshow.RecordConfig{Person: s.Text("id"), Classes: s.List("classes")}
	return w.addIncidents(s)
}

func (w *storyWorld) addIncidents(s *slotstest.Step) string {
	for _, line := range s.Body() {
		words := strings.Fields(line)
		if len(words) != 3 {
			s.Failf("line %q: want DAY KIND ID", line)
		}
		in := noshow.Incident{ID: words[2], Person: w.record.Person}
		read(s, &in.Day, words[0])
		read(s, &in.Kind, words[1])
		w.record.Incidents = append(w.record.Incidents, in)
	}
	return ""
}

func (w *storyWorld) excuse(s *slotstest.Step) string {
	before := w.record
	w.record.Excused = append(w.record.Excused, s.List("id")...)
	if _, err := noshow.NewRecord(w.record); err != nil {
		w.record = before
		return "refused: " + err.Error()
	}
	return ""
}

func (w *storyWorld) at(s *slotstest.Step) noshow.Standing {
	policy, err := noshow.NewPolicy(w.policy)
	if err != nil {
		s.Failf("%v", err)
	}
	record, err := noshow.NewRecord(w.record)
	if err != nil {
		s.Failf("%v", err)
	}
	return policy.Standing(record, s.Date("on"))
}

func (w *storyWorld) standing(s *slotstest.Step) string {
	standing := w.at(s)
	var lines []string
	if standing.IsGood() {
		lines = append(lines, "good")
	}
	if until := standing.SuspendedUntil(); until.IsValid() {
		lines = append(lines, "suspended until="+until.String())
	}
	if s.Has("channel") {
		lines = append(lines, barred(s.Text("channel"), standing))
	}
	for _, m := range standing.Measures {
		line := fmt.Sprintf("rule=%s %v %v from=%v until=%v because=(%s) excuses-to-lift=%d",
			m.Rule, m.Effect, m.Binding, m.From, m.Until, strings.Join(m.Because, ","), m.ExcusesToLift)
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func barred(channel string, standing noshow.Standing) string {
	if until := standing.BarredUntil(channel); until.IsValid() {
		return channel + " barred until=" + until.String()
	}
	return channel + " open"
}

func (w *storyWorld) explain(s *slotstest.Step) string {
	language, ok := map[string]noshow.Language{"en": noshow.English, "zh": noshow.Chinese}[s.Text("in")]
	if !ok {
		s.Failf("in: want en or zh")
	}
	return w.at(s).Explain(language)
}

func read(s *slotstest.Step, into interface{ UnmarshalText([]byte) error }, text string) {
	if err := into.UnmarshalText([]byte(text)); err != nil {
		s.Failf("%v", err)
	}
}

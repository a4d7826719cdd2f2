package triage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// MaxJSONBytes bounds what ReadConfig reads.
const MaxJSONBytes = 8 << 20

// The layout of the JSON form: every enum is a word, every age a text such as "14 years"; what does not ask is left out.
type (
	configLayout struct {
		Codes     []termLayout   `json:"codes"`
		Signs     []termLayout   `json:"signs,omitempty"`
		Clinics   []takingLayout `json:"clinics"`
		Rules     []ruleLayout   `json:"rules"`
		Gaps      string         `json:"gaps"`
		Otherwise *termLayout    `json:"otherwise,omitempty"`
		WorkLimit int64          `json:"workLimit,omitempty"`
	}
	termLayout struct {
		Code string `json:"code"`
		ZH   string `json:"zh"`
		EN   string `json:"en"`
	}
	clinicLayout struct {
		Department string `json:"department"`
		Service    string `json:"service,omitempty"`
		Kind       string `json:"kind"`
	}
	takingLayout struct {
		Clinic clinicLayout    `json:"clinic"`
		Takes  conditionLayout `json:"takes,omitzero"`
	}
	ruleLayout struct {
		ID      string          `json:"id"`
		Rank    int             `json:"rank"`
		Codes   []string        `json:"codes,omitempty"`
		AnyCode bool            `json:"anyCode,omitempty"`
		If      conditionLayout `json:"if,omitzero"`
		Action  string          `json:"action"`
		To      []clinicLayout  `json:"to,omitempty"`
		Reason  termLayout      `json:"reason"`
	}
	conditionLayout struct {
		From      string   `json:"from,omitempty"`
		Until     string   `json:"until,omitempty"`
		Sexes     []string `json:"sexes,omitempty"`
		Urgencies []string `json:"urgencies,omitempty"`
		Visit     string   `json:"visit,omitempty"`
		Referral  string   `json:"referral,omitempty"`
		With      []string `json:"with,omitempty"`
		Without   []string `json:"without,omitempty"`
	}
)

var layoutKeys = [...]string{"action", "anyCode", "clinic", "clinics", "code", "codes", "department", "en", "from", "gaps", "id", "if", "kind",
	"otherwise", "rank", "reason", "referral", "rules", "service", "sexes", "signs", "takes", "to", "until", "urgencies", "visit", "with",
	"without", "workLimit", "zh"}

var (
	visitWords = [...]string{slots.AnyVisit: "", slots.FirstVisit: slots.FirstVisit.String(), slots.FollowUp: slots.FollowUp.String()}
	kindWords  = [...]string{slots.General: slots.General.String(), slots.Specialist: slots.Specialist.String(),
		slots.SpecialNeeds: slots.SpecialNeeds.String(), slots.Examination: slots.Examination.String(), slots.Virtual: slots.Virtual.String(),
		slots.Joint: slots.Joint.String()}
)

// AppendJSON appends the table's configuration in canonical order, indented for people and for comparing versions: equal
// tables give equal bytes.
func (t *Table) AppendJSON(dst []byte) []byte {
	c := &t.config
	l := configLayout{Codes: []termLayout{}, Clinics: []takingLayout{}, Rules: []ruleLayout{}, Gaps: c.Gaps.String(), WorkLimit: c.WorkLimit}
	for _, x := range c.Codes {
		l.Codes = append(l.Codes, termLayout(x))
	}
	for _, x := range c.Signs {
		l.Signs = append(l.Signs, termLayout(x))
	}
	for i := range c.Clinics {
		l.Clinics = append(l.Clinics, takingLayout{clinicOut(c.Clinics[i].Clinic), conditionOut(&c.Clinics[i].Takes)})
	}
	for i := range c.Rules {
		r := &c.Rules[i]
		out := ruleLayout{ID: r.ID, Rank: r.Rank, Codes: r.Codes, AnyCode: r.AnyCode, If: conditionOut(&r.If), Action: r.Action.String(),
			Reason: termLayout(r.Reason)}
		for _, d := range r.To {
			out.To = append(out.To, clinicOut(d))
		}
		l.Rules = append(l.Rules, out)
	}
	if c.Otherwise != (Term{}) {
		o := termLayout(c.Otherwise)
		l.Otherwise = &o
	}
	b := bytes.NewBuffer(dst)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(l) // texts, numbers and lists of them always encode, and a Buffer never fails
	return b.Bytes()
}

func clinicOut(c Clinic) clinicLayout { return clinicLayout{c.Department, c.Service, c.Kind.String()} }

func conditionOut(c *Condition) conditionLayout {
	l := conditionLayout{From: c.Ages.From.String(), Until: c.Ages.Until.String(), Sexes: wordsOut(c.Sexes), Urgencies: wordsOut(c.Urgencies),
		Visit: visitWords[c.Visit], With: c.With, Without: c.Without}
	if c.Referral != 0 {
		l.Referral = c.Referral.String()
	}
	return l
}

func wordsOut[T fmt.Stringer](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, v.String())
	}
	return out
}

// ReadConfig reads the JSON form. It is strict: a key that is unknown, written in other letters or twice, a word that is not
// the layout's and anything after the end are errors; words and ages are all reported at once. What it returns is not checked yet: that
// is NewTable's affair.
func ReadConfig(data []byte) (Config, error) {
	if len(data) > MaxJSONBytes {
		return Config{}, fmt.Errorf("%d bytes, want at most %d", len(data), MaxJSONBytes)
	}
	if !utf8.Valid(data) {
		return Config{}, errors.New("not UTF-8")
	}
	var l configLayout
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return Config{}, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
	}
	if end := d.InputOffset(); len(bytes.TrimSpace(data[end:])) > 0 {
		return Config{}, fmt.Errorf("at byte %d: more after the end", end)
	}
	if err := checkKeys(data); err != nil {
		return Config{}, err
	}
	return l.config()
}

// checkKeys refuses what encoding/json takes in silence: a key twice in one object, a key in other letters, and null. data
// is one valid JSON value.
func checkKeys(data []byte) error {
	type level struct {
		object, value bool // value: a key was read, its value comes next
		seen          []string
	}
	stack := []level{{}}
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			return nil // the end: data was decoded before
		}
		top := &stack[len(stack)-1]
		key, isText := token.(string)
		switch {
		case token == nil:
			return fmt.Errorf("at byte %d: null", d.InputOffset())
		case token == json.Delim('{') || token == json.Delim('['):
			top.value = false
			stack = append(stack, level{object: token == json.Delim('{')})
		case token == json.Delim('}') || token == json.Delim(']'):
			stack = stack[:len(stack)-1]
		case top.object && !top.value && isText:
			if slices.Contains(top.seen, key) {
				return fmt.Errorf("at byte %d: %q: twice", d.InputOffset(), key)
			}
			if !slices.Contains(layoutKeys[:], key) {
				return fmt.Errorf("at byte %d: %q: want one of %s", d.InputOffset(), key, strings.Join(layoutKeys[:], ", "))
			}
			top.seen, top.value = append(top.seen, key), true
		default:
			top.value = false
		}
	}
}

func (l *configLayout) config() (Config, error) {
	var p problems
	c := Config{WorkLimit: l.WorkLimit, Gaps: wordIn[Gaps](&p, "gaps", l.Gaps, gapsWords[:])}
	for _, x := range l.Codes {
		c.Codes = append(c.Codes, Term(x))
	}
	for _, x := range l.Signs {
		c.Signs = append(c.Signs, Term(x))
	}
	for i := range l.Clinics {
		x, at := &l.Clinics[i], fmt.Sprintf("clinics[%d].", i)
		c.Clinics = append(c.Clinics, Eligibility{x.Clinic.clinic(&p, at+"clinic."), x.Takes.condition(&p, at+"takes.")})
	}
	for i := range l.Rules {
		x, at := &l.Rules[i], fmt.Sprintf("rules[%d] %q: ", i, l.Rules[i].ID)
		r := Rule{ID: x.ID, Rank: x.Rank, Codes: some(x.Codes), AnyCode: x.AnyCode, If: x.If.condition(&p, at+"if."),
			Action: wordIn[Action](&p, at+"action", x.Action, actionWords[:]), Reason: Term(x.Reason)}
		for k := range x.To {
			r.To = append(r.To, x.To[k].clinic(&p, fmt.Sprintf("%sto[%d].", at, k)))
		}
		c.Rules = append(c.Rules, r)
	}
	if l.Otherwise != nil {
		c.Otherwise = Term(*l.Otherwise)
	}
	if err := p.Err(); err != nil {
		return Config{}, err
	}
	return c, nil
}

func (l *clinicLayout) clinic(p *problems, at string) Clinic {
	return Clinic{l.Department, l.Service, wordIn[slots.Kind](p, at+"kind", l.Kind, kindWords[:])}
}

func (l *conditionLayout) condition(p *problems, at string) Condition {
	c := Condition{Ages: booking.AgeRange{From: boundIn(p, at+"from", l.From), Until: boundIn(p, at+"until", l.Until)}, With: some(l.With), Without: some(l.Without)}
	for i, w := range l.Sexes {
		c.Sexes = append(c.Sexes, wordIn[booking.Sex](p, fmt.Sprintf("%ssexes[%d]", at, i), w, sexWords[:]))
	}
	for i, w := range l.Urgencies {
		c.Urgencies = append(c.Urgencies, wordIn[Urgency](p, fmt.Sprintf("%surgencies[%d]", at, i), w, urgencyWords[:]))
	}
	if l.Visit != "" {
		c.Visit = wordIn[slots.Visit](p, at+"visit", l.Visit, visitWords[:])
	}
	if l.Referral != "" {
		c.Referral = wordIn[Referral](p, at+"referral", l.Referral, referralWords[:])
	}
	return c
}

// some is the list, or nil for an empty one.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

func boundIn(p *problems, field, text string) booking.AgeBound {
	b, err := booking.ParseAgeBound(text)
	if err != nil {
		p.Add("%s: %w", field, err)
	}
	return b
}

// wordIn is the inverse of String for an enum whose zero value has no word.
func wordIn[T ~uint8](p *problems, field, text string, words []string) T {
	i := slices.Index(words, text)
	if i <= 0 {
		p.Add("%s %q: want one of %s", field, text, strings.Join(words[1:], ", "))
		return 0
	}
	return T(i)
}

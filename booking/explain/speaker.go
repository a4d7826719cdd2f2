package explain

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Language is one that a Speaker speaks. The zero Language is invalid.
type Language uint8

// The languages.
const (
	// English.
	English Language = 1 + iota
	// Chinese, in simplified characters and the hospital's words.
	Chinese
)

// IsValid reports whether l is one of the languages.
func (l Language) IsValid() bool { return l == English || l == Chinese }

// String returns English or Chinese.
func (l Language) String() string {
	return name("Language", uint8(l), []string{"no language", "English", "Chinese"})
}

// Reader is for whom a text is. The zero Reader is invalid.
type Reader uint8

// The readers.
const (
	// Patient: short and polite; nothing of anybody else, and no name of a person or an account at all, their own included.
	Patient Reader = 1 + iota
	// Clerk: everything, with session names, quotas, versions of the rules, callers and keys.
	Clerk
)

// IsValid reports whether r is one of the readers.
func (r Reader) IsValid() bool { return r == Patient || r == Clerk }

// String returns patient or clerk.
func (r Reader) String() string {
	return name("Reader", uint8(r), []string{"no reader", "patient", "clerk"})
}

// Names looks up what a handle stands for; "" for a name that is unknown, erased or not to be told, which is then left out.
// *booking.Book is one. It must give the same answer each time.
type Names interface {
	Name(k booking.NameKind, handle uint32) string
}

// Style is how a Speaker speaks. All fields must be given.
type Style struct {
	Language Language
	Reader   Reader
	// Zone is where the reader's clock hangs: times are told in it.
	Zone  *time.Location
	Names Names
}

// Speaker makes text of chains, refusals and remedies: the same data give the same text. Make one with NewSpeaker.
type Speaker struct{ style Style }

// NewSpeaker checks a style; the error joins all problems.
func NewSpeaker(s Style) (*Speaker, error) {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !s.Language.IsValid() {
		bad("Language %d: want English or Chinese", s.Language)
	}
	if !s.Reader.IsValid() {
		bad("Reader %d: want Patient or Clerk", s.Reader)
	}
	if s.Zone == nil {
		bad("Zone: none given")
	}
	if s.Names == nil {
		bad("Names: none given")
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return &Speaker{s}, nil
}

// phrase says one thing to both readers in both languages. What stands in braces is filled in.
type phrase struct{ patientEnglish, clerkEnglish, patientChinese, clerkChinese string }

// both is a phrase that says the same to both readers.
func both(english, chinese string) phrase { return phrase{english, english, chinese, chinese} }

func (s *Speaker) pick(p phrase) string {
	switch {
	case s.style.Language == Chinese && s.style.Reader == Clerk:
		return p.clerkChinese
	case s.style.Language == Chinese:
		return p.patientChinese
	case s.style.Reader == Clerk:
		return p.clerkEnglish
	}
	return p.patientEnglish
}

// or picks by language alone.
func (s *Speaker) or(english, chinese string) string {
	if s.style.Language == Chinese {
		return chinese
	}
	return english
}

// fill puts values into a phrase: pairs of a word in braces and what it stands for. A value is not looked into again.
func (s *Speaker) fill(p phrase, pairs ...string) string {
	text := strings.NewReplacer(pairs...).Replace(s.pick(p))
	if s.style.Language == English && text != "" && text[0] >= 'a' && text[0] <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// nameOf is a name to tell. A patient's text holds no name of a person or an account, so that it cannot hold another's.
func (s *Speaker) nameOf(k booking.NameKind, handle uint32) string {
	if handle == 0 || s.style.Reader == Patient && (k == booking.PersonName || k == booking.AccountName) {
		return ""
	}
	return s.style.Names.Name(k, handle)
}

// class is the name of a channel, patient class or origin.
func (s *Speaker) class(c booking.Class) string {
	if text := s.nameOf(booking.ClassName, uint32(c)); text != "" {
		return s.or(text, "“"+text+"”")
	}
	return s.or("others", "其他人群")
}

// time tells an instant, with its seconds where there are any.
func (s *Speaker) time(at sl.Instant) string {
	if at == 0 {
		return s.or("an unknown time", "未定时间")
	}
	t := at.In(s.style.Zone)
	return s.day(t) + s.or(" ", "") + clock(t)
}

func clock(t time.Time) string {
	if t.Second() != 0 {
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}

func (s *Speaker) day(t time.Time) string {
	if s.style.Language == Chinese {
		weekday := [...]string{"日", "一", "二", "三", "四", "五", "六"}[t.Weekday()]
		return t.Format("2006年1月2日") + "（周" + weekday + "）"
	}
	return t.Format("Mon 2 Jan 2006")
}

// place tells a number or a session: what, who, where, when; to a clerk also the session's own name.
func (s *Speaker) place(p *Place) string {
	if !p.IsValid() {
		return s.or("that number", "该号")
	}
	var words []string
	add := func(text string) {
		if text != "" {
			words = append(words, text)
		}
	}
	add(s.nameOf(booking.DepartmentName, uint32(p.Department)))
	add(s.nameOf(booking.ServiceName, uint32(p.Service)))
	for _, r := range p.Resources {
		add(s.nameOf(booking.ResourceName, uint32(r)))
	}
	add(s.nameOf(booking.SiteName, uint32(p.Site)))
	add(s.when(p))
	text := strings.Join(words, s.or(", ", " "))
	if session := s.nameOf(booking.SessionName, uint32(p.Session)); s.style.Reader == Clerk && session != "" {
		text += " [" + session + "]"
	}
	return text
}

// when tells the time of a number, or the hours of a session or of a number without a time.
func (s *Speaker) when(p *Place) string {
	text := s.time(p.Start)
	if p.Count > 0 && !p.Counted {
		if p.Count > 1 {
			text += s.or(fmt.Sprintf(" (%d in a row)", p.Count), fmt.Sprintf("（连续%d个时段）", p.Count))
		}
		return text
	}
	return text + s.or("–", "至") + clock(p.Start.AddMinutes(p.Minutes).In(s.style.Zone))
}

func stateWords(x booking.State) phrase {
	switch x {
	case booking.Held:
		return phrase{"kept for payment", "held", "锁号（待支付）", "锁号（待支付）"}
	case booking.Booked:
		return both("booked", "已预约")
	case booking.Confirmed:
		return both("confirmed", "已确认")
	case booking.CheckedIn:
		return both("checked in", "已签到")
	case booking.InConsultation:
		return both("in consultation", "就诊中")
	case booking.Fulfilled:
		return phrase{"completed", "fulfilled", "已就诊", "已就诊"}
	case booking.Displaced:
		return phrase{"affected by a closure or a substitute", "displaced", "受停诊或替诊影响", "停诊或替诊待答复"}
	case booking.Cancelled:
		return both("cancelled", "已取消")
	case booking.NoShow:
		return phrase{"missed", "no-show", "未到诊", "爽约"}
	case booking.Lapsed:
		return phrase{"not paid in time", "lapsed", "逾时未支付", "锁号失效"}
	case booking.Offered:
		return phrase{"offered to you, who waited", "offered", "候补待确认", "候补待确认"}
	case booking.EnteredInError:
		return phrase{"withdrawn as a mistake", "entered in error", "已作废", "录入有误"}
	}
	return phrase{}
}

// State tells a state in a word or two; "" for one that is invalid.
func (s *Speaker) State(x booking.State) string { return s.pick(stateWords(x)) }

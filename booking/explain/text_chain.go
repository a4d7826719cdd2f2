package explain

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Chain tells a chain, a line a link: when, and what. A patient is told of their own number, of substitutes in its session and of its closing, and
// of suspensions, with what was due at the time it was due; a clerk of everything, at the time it was decided.
func (s *Speaker) Chain(c *Chain) []string {
	var lines []string
	for i := range c.Links {
		l := &c.Links[i]
		if s.style.Reader == Patient && !forPatient(l) {
			continue
		}
		at := l.Event.At()
		if due := l.Event.Due(); due != 0 && s.style.Reader == Patient {
			at = due // that the host slept is no affair of theirs
		}
		if text := s.Link(l); text != "" {
			lines = append(lines, s.time(at)+"  "+text)
		}
	}
	return lines
}

func forPatient(l *Link) bool {
	switch l.Relation {
	case OfAppointment, OfHolder:
		return true
	case OfSession:
		return l.Event.Kind() == booking.SessionClosed || l.Event.Kind() == booking.SessionStaffed
	}
	return false
}

// Link tells what happened, without when; "" for a link without an event.
func (s *Speaker) Link(l *Link) string {
	e := &l.Event
	who := s.nameOf(booking.PersonName, uint32(e.Person()))
	if who == "" {
		who = s.or("the patient", "患者")
	}
	if e.Account() != 0 && (e.Kind() == booking.HolderRestricted || e.Kind() == booking.RestrictionEnded) {
		who = s.or("the account ", "账号") + s.nameOf(booking.AccountName, uint32(e.Account()))
	}
	n := strconv.FormatUint(uint64(e.Number()), 10)
	if e.Kind() == booking.SessionOpened {
		n = strconv.FormatInt(l.Place.Units, 10)
	}
	q, caps := e.QuotaChange(), s.or("none", "无")
	if q.Capped {
		caps = strconv.Itoa(int(q.Cap))
	}
	before := ""
	if d := e.Before(); d.IsValid() {
		y, m, day := d.Civil()
		before = s.day(time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC))
	}
	text := s.fill(linkWords(l), "{place}", s.place(&l.Place), "{from}", s.place(&l.From), "{until}", s.time(e.Until()),
		"{due}", s.time(e.Due()), "{class}", s.class(e.Class()), "{other}", s.class(e.OtherClass()), "{n}", n, "{who}", strings.TrimSpace(who), "{rules}", strconv.Itoa(int(e.Rules())),
		"{gate}", s.gate(e.Gate()), "{reserve}", strconv.Itoa(int(q.Reserve)), "{cap}", caps, "{before}", before, "{name}", e.NameKind().String(),
		"{facts}", s.facts(e), "{former}", strconv.FormatUint(uint64(e.Former()), 10), "{entry}", strconv.FormatUint(uint64(e.Entry()), 10))
	if text != "" && s.style.Reader == Clerk {
		text += s.details(l)
	}
	return text
}

// details are what a clerk is told beside.
func (s *Speaker) details(l *Link) string {
	var words []string
	add := func(english, chinese string, args ...any) {
		words = append(words, fmt.Sprintf(s.or(english, chinese), args...))
	}
	g := &l.Charge
	class := s.class(g.Class)
	switch g.From {
	case FromReserve:
		add("charged to %s, from its reserve: %d kept, %d free", "计入%s，用其预留号：预留%d，余号%d", class, g.Kept, g.Free)
	case FromBoth:
		add("charged to %s, from its reserve and the common rest: %d kept, %d free", "计入%s，用其预留号及公共余号：预留%d，余号%d", class, g.Kept, g.Free)
	case FromRest:
		add("charged to %s, from the common rest: %d kept, %d free", "计入%s，用公共余号：预留%d，余号%d", class, g.Kept, g.Free)
	case Beside:
		add("beside every quota", "不占任何名额")
	}
	if text := s.grounds(&l.Grounds); text != "" {
		add("%s", "%s", text)
	}
	if booker := s.nameOf(booking.PersonName, uint32(l.Event.Booker())); booker != "" {
		add("asked by %s", "由%s代办", booker)
	}
	if l.Event.Kind() != booking.RulesAdopted {
		add("rules %d", "规则第%d版", l.Event.Rules())
	}
	if l.LatenessSeconds > 0 {
		add("decided %d s after it was due", "应办后%d秒办理", l.LatenessSeconds)
	}
	if l.IsKeyed {
		add("caller %d, key %s", "调用方%d，幂等键%s", l.Caller, hex.EncodeToString(l.Key[:]))
	}
	if len(words) == 0 {
		return ""
	}
	return s.or(" (", "（") + strings.Join(words, s.or("; ", "；")) + s.or(")", "）")
}

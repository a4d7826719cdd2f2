package explain

import (
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
)

// gateWords is what is said of a restriction that begins, is lifted, or is over.
func gateWords(e *booking.Event) phrase {
	switch {
	case e.Kind() == booking.RestrictionEnded:
		return phrase{"The restriction of booking is over{gate}.", "The restriction of {who} is over{gate}.", "预约限制已到期解除{gate}。", "{who}的预约限制已到期解除{gate}。"}
	case e.Until() == 0:
		return phrase{"The suspension of booking was lifted{gate}.", "The restriction of {who} was lifted{gate}.", "预约限制已解除{gate}。", "{who}的预约限制已解除{gate}。"}
	case !e.Gate().Bars():
		return phrase{"Booking was limited until {until}{gate}.", "{who} was limited until {until}{gate}.", "{until}前预约受限{gate}。", "{who}至{until}预约受限{gate}。"}
	case e.Account() != 0:
		return phrase{"Booking through the account was suspended until {until}{gate}.", "{who} was restricted until {until}{gate}.",
			"该账号的预约服务暂停至{until}{gate}。", "{who}限制预约至{until}{gate}。"}
	}
	return phrase{"Booking was suspended until {until}{gate}.", "{who} was restricted until {until}{gate}.", "预约服务暂停至{until}{gate}。", "{who}限制预约至{until}{gate}。"}
}

// gate tells what a gate leaves: nothing of one that bars every request.
func (s *Speaker) gate(g booking.Gate) string {
	var words []string
	if g.Channel != 0 {
		words = append(words, s.class(g.Channel)+s.or(" only", "渠道"))
	}
	if g.HorizonDays != 0 {
		words = append(words, s.or("at most "+strconv.Itoa(int(g.HorizonDays))+" days ahead", "限"+strconv.Itoa(int(g.HorizonDays))+"天内的号"))
	}
	if g.MaxOpen != 0 {
		words = append(words, s.or("at most "+strconv.Itoa(int(g.MaxOpen))+" open visits", "最多"+strconv.Itoa(int(g.MaxOpen))+"个未就诊的号"))
	}
	if len(words) == 0 {
		return ""
	}
	return s.or(" (", "（") + strings.Join(words, s.or("; ", "；")) + s.or(")", "）")
}

// boundWords is what is said of a refusal that a gate, or a number given back, is the reason of.
func boundWords(x *Explanation) phrase {
	switch x.Reason {
	case booking.BeyondHorizon:
		return phrase{"Until {until} you may book only what is less than {n} days ahead.", "{place}: the person or the account may book less than {n} days ahead, until {until}.",
			"{until}前，您只能预约{n}天内的号。", "{place}：患者或账号在{until}前只能预约{n}天内的号。"}
	case booking.TooManyOpen:
		return phrase{"Until {until} you may have no more than {n} visits open at a time.", "The person or the account may have {n} open visits, until {until}.",
			"{until}前，您最多只能有{n}个未就诊的预约。", "患者或账号在{until}前最多只能有{n}个未就诊的预约。"}
	case booking.CoolingOff:
		return phrase{"You gave such a number back; the like can be booked again from {until}.", "The person gave the like back, and may book it from {until}.",
			"您刚退过同类号，{until}起可再约。", "患者刚退过同类号，{until}起可再约。"}
	}
	return phrase{}
}

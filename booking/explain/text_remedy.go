package explain

import (
	"strconv"
	"strings"
)

// Remedy tells what to do, as one sentence; "" for an invalid action.
func (s *Speaker) Remedy(r *Remedy) string {
	var numbers []string
	for i := range r.Numbers {
		numbers = append(numbers, s.number(&r.Numbers[i]))
	}
	return s.fill(remedyWords(r), "{at}", s.time(r.At), "{n}", strconv.Itoa(r.Count), "{class}", s.class(r.Class),
		"{numbers}", strings.Join(numbers, s.or("; ", "；")), "{other}", s.other(r), "{steps}", s.steps(r.Steps))
}

func remedyWords(r *Remedy) phrase {
	switch r.Do {
	case AskLater:
		if r.Sure {
			return both("Please try again from {at}.", "请于{at}起再试。")
		}
		return both("More may be free from {at}.", "{at}起可能放出更多号，届时可再试。")
	case AskElsewhere:
		if r.Same != 0 {
			return both("A number of another {other} is not counted together with these.", "可改约其他{other}的号。")
		}
		return both("Please choose another time or another physician.", "请选择其他时段或其他医生。")
	case AskWider:
		return both("Please look at more days, hours or physicians.", "请放宽日期、时段或医生再查询。")
	case AskAnew:
		return phrase{"Please send the request anew.", "See whether the first command was carried out; if not, send it anew with a new key, made now.",
			"请重新提交请求。", "请先核实原指令是否已执行；未执行的，用新的幂等键重新提交。"}
	case NameSlot:
		return both("Please choose a time yourself.", "请自行选择具体时段。")
	case FewerUnits:
		return both("Fewer in a row can be had: {n}.", "可改约连续{n}个时段。")
	case OtherChannel:
		return both("Please try another way of booking than {class}.", "请改用{class}以外的预约渠道。")
	case GiveBack:
		if r.Count < len(r.Numbers) {
			return both("Give back {n} of these first: {numbers}.", "请先退掉以下号中的{n}个：{numbers}。")
		}
		return both("Give back first: {numbers}.", "请先退掉：{numbers}。")
	case PayFirst:
		if r.Count < len(r.Numbers) {
			return both("Pay {n} of these first: {numbers}.", "请先支付以下号中的{n}个：{numbers}。")
		}
		return both("Pay first: {numbers}.", "请先支付：{numbers}。")
	case StepsFirst:
		return both("Please {steps} first.", "请先{steps}。")
	case ChooseOther:
		return both("Please choose another time; it costs nothing.", "可改约其他时间，不计爽约。")
	}
	return deskWords(r)
}

func deskWords(r *Remedy) phrase {
	switch r.Do {
	case DeclineOffer:
		return both("The number can be given back; it costs nothing.", "可以退号，不计爽约。")
	case CheckNumber:
		return both("Please check the number of the appointment.", "请核对预约编号。")
	case RecordPerson:
		return both("Please have the date of birth and the sex recorded first.", "请先登记出生日期和性别。")
	case AskWith:
		if r.Class == 0 {
			return both("Please ask with what the clinic needs, such as a referral.", "请持所需凭证（如转诊单）预约。")
		}
		return both("Please ask with {class}.", "请持{class}预约。")
	case AskDesk:
		return phrase{"Please ask at the service desk.", "Someone who may decide exceptions can be asked.", "请咨询服务台。", "请交有权限的人员处理。"}
	case StaffAddOn:
		return both("The hospital can add a number for this person here (add-on).", "可为该患者在此加号。")
	case StaffCancel:
		return both("The hospital can cancel it on its own account.", "可由医院取消，不计患者责任。")
	case CapAtLeast:
		return both("Set the cap to {n} or more.", "限号请设为{n}个或以上。")
	case ReserveAtLeast:
		return both("Set the reserve to {n} or more.", "预留号请设为{n}个或以上。")
	case FinishFirst:
		return both("Bring these {n} to their end first, or name an earlier day.", "请先办结这{n}项，或改为更早的日期。")
	case OtherName:
		return both("Use a name that is not taken, or change the session that is open.", "请换用未占用的名称，或修改已开放的出诊单元。")
	case NothingToDo:
		return phrase{"We are sorry: nothing can be done about this any more.", "Nothing can be done about it.", "很抱歉，此项已无法办理。", "无法办理。"}
	}
	return phrase{}
}

// number tells one of the reader's own appointments; to a clerk also its id.
func (s *Speaker) number(n *Number) string {
	text := s.place(&n.Place)
	if s.style.Reader == Clerk {
		text += " #" + strconv.FormatUint(uint64(n.Appointment), 10)
	}
	return text
}

// other tells what a number must differ in, in one of several.
func (s *Speaker) other(r *Remedy) string {
	var words []string
	for _, x := range sameWords() {
		if r.Same&x.same != 0 {
			words = append(words, s.or(x.english, x.chinese))
		}
	}
	return strings.Join(words, s.or(" or another ", "或其他"))
}

func (s *Speaker) steps(list []Step) string {
	var words []string
	for _, x := range list {
		switch x {
		case PayIt:
			words = append(words, s.or("pay", "支付"))
		case AcceptIt:
			words = append(words, s.or("answer the offer", "答复改约安排"))
		case CheckInIt:
			words = append(words, s.or("check in", "签到"))
		}
	}
	return strings.Join(words, s.or(" and then ", "，再"))
}

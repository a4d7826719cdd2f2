package explain

import (
	"strconv"

	"github.com/haoyuan-go/haoyuan/booking"
)

// displacedWords is what is told to whoever made room for an emergency.
func displacedWords() phrase {
	return phrase{"We are sorry: an emergency needed your place, and you were moved to {place}. If that does not suit you, you may give the number back at any time; it costs nothing.",
		"Displaced by an emergency from {from} to {place}; giving back is never late, and it is not displaced again.",
		"很抱歉：因急诊占用原时段，已为您改约至{place}。如不方便，可随时退号，不计爽约。", "因急诊让号，由{from}改约至{place}；退号不计迟退，不再让号。"}
}

// ofDisplace takes a Displace apart; index is which move was refused, or the number of moves for the emergency itself.
func (q *question) ofDisplace(c *booking.Displace, index int) {
	q.meta, q.bundled = c.Meta, true
	if index < len(c.Moves) {
		q.appointment = c.Moves[index].Appointment
		return
	}
	q.request, q.isRequest = c.Request, true
}

// obstacles asks what stood in the way of what was sought.
func (q *question) obstacles() []booking.Obstacle {
	if q.no.Reason != booking.NoneFree || !q.isRequest || q.request.Slot.IsValid() || q.appointment != 0 || q.bundled {
		return nil
	}
	q.trial.Reset()
	list, err := q.book.Obstacles(nil, &q.trial, q.request, q.meta.At)
	if err != nil {
		return nil // of what cannot be asked nothing is told
	}
	return list
}

// obstacles tells what stood in the way, a line a reason; of what keeps from parts of sessions only, nothing.
func (s *Speaker) obstacles(list []booking.Obstacle) (lines []string) {
	for i := range list {
		if o := &list[i]; o.Sessions > 0 {
			text := s.fill(obstacleWords(o.Reason), "{n}", strconv.Itoa(o.Sessions))
			if o.Until != 0 {
				text += s.or(" Earliest change: ", "最早变化时间：") + s.time(o.Until) + s.or(".", "。")
			}
			lines = append(lines, text)
		}
	}
	return lines
}

// obstacleWords is what is said of a reason that keeps from so many sessions.
func obstacleWords(r booking.Reason) phrase {
	switch r {
	case booking.SessionGone:
		return both("Sessions closed or over: {n}.", "已停诊或已结束：{n}个出诊单元。")
	case booking.NotReleased:
		return both("Sessions whose numbers are not out yet: {n}.", "尚未放号：{n}个出诊单元。")
	case booking.Paused:
		return both("Sessions for which booking is resting: {n}.", "暂停预约：{n}个出诊单元。")
	case booking.BookingClosed:
		return both("Sessions for which booking has ended: {n}.", "预约已截止：{n}个出诊单元。")
	case booking.Full:
		return both("Sessions that are full: {n}.", "已约满：{n}个出诊单元。")
	case booking.RunBroken:
		return both("Sessions without so many times in a row: {n}.", "没有足够连续时段：{n}个出诊单元。")
	case booking.SlotForOthers, booking.ReservedForOthers, booking.AgeNotTaken, booking.SexNotTaken, booking.ReferralNeeded:
		return both("Sessions whose numbers are for others: {n}.", "余号仅供其他人群：{n}个出诊单元。")
	case booking.CapReached:
		return both("Sessions that have no more numbers of this kind or channel: {n}.", "该渠道或人群已约满：{n}个出诊单元。")
	case booking.LimitReached, booking.TooManyOpen, booking.CoolingOff, booking.Restricted, booking.BeyondHorizon:
		return phrase{"Sessions that you may not book for now: {n}.", "Sessions that a limit or restriction keeps the person from: {n}.",
			"您目前不能预约：{n}个出诊单元。", "受限制或限额，不能预约：{n}个出诊单元。"}
	case booking.TwoPlaces:
		return phrase{"Sessions at the time of another visit of yours: {n}.", "Sessions at the time of another visit of the person: {n}.",
			"与您的其他预约时间冲突：{n}个出诊单元。", "与本人其他预约时间冲突：{n}个出诊单元。"}
	}
	return both("Sessions that cannot be booked for another reason: {n}.", "因其他原因不能预约：{n}个出诊单元。")
}

// Alternative tells another number than what was wished, and why it is offered; "" for an invalid one. The Book must be as it was asked.
func (s *Speaker) Alternative(b *booking.Book, x *booking.Alternative) string {
	p := placeIn(b, x.Candidate.Slot, int(max(x.Request.Count, 1)))
	return s.fill(likenessWords(x.Likeness), "{place}", s.place(&p))
}

func likenessWords(l booking.Likeness) phrase {
	switch l {
	case booking.OtherTime:
		return both("Another time of the same clinic: {place}.", "同一门诊的其他时段：{place}。")
	case booking.OtherDay:
		return both("The same physician or equipment at another time: {place}.", "同一医生（设备）的其他时间：{place}。")
	case booking.OtherPhysician:
		return both("A physician of the same grade in the department: {place}.", "同科室同级别的其他医生：{place}。")
	case booking.OtherClinic:
		return both("Another clinic of the department: {place}.", "同科室的其他门诊：{place}。")
	case booking.OtherDepartment:
		return both("The same service elsewhere: {place}.", "其他科室的同类服务：{place}。")
	case booking.OnWaitlist:
		return phrase{"You may join the waitlist.", "The person may join the waitlist.", "可加入候补。", "可为患者登记候补。"}
	}
	return phrase{}
}

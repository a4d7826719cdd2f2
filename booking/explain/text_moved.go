package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// movedWords is what is said of a round of reallocation.
func movedWords(e *booking.Event) phrase {
	if e.Number() == 0 {
		return both("{place}: it was looked at what sells, and nothing that was kept was moved.", "{place}：号源调配核对，预留号未作调整。")
	}
	return both("{place}: of what was kept for {class}, {n} went to {other}, for they sell faster.", "{place}：为{class}预留的号中有{n}个调配给{other}（售出较快）。")
}

// grounds are why a reserve moved, for a clerk; "" for none.
func (s *Speaker) grounds(g *booking.Grounds) string {
	if *g == (booking.Grounds{}) {
		return ""
	}
	pace := func(p *booking.Pace) string {
		return fmt.Sprintf(s.or("sold %d in %d h, unsold %d, expected %d more", "%[2]d小时内售出%[1]d，余%[3]d，预计还需%[4]d"),
			p.Sold, p.ElapsedSeconds/3600, p.Unsold, p.Need)
	}
	return fmt.Sprintf(s.or("giver: %s; receiver: %s; %d in common; %d h left to book", "调出方：%s；调入方：%s；公共余号%d；距停止预约%d小时"),
		pace(&g.Giver), pace(&g.Receiver), g.Common, g.RemainingSeconds/3600)
}

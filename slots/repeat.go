package slots

// Repeat says on which dates a line of a timetable is held: a date is held if it meets every condition that the Repeat
// names. It is a predicate and no list: it has no first and no last date, and every date is judged alone. Plain data: fill it
// in, or say it with Weekly, EveryWeeks, NthOfMonth and their like; Check refuses what means nothing. Two Repeats compare with ==.
//
// The zero Repeat is held on no date: at least one of Weekdays and MonthDays must be named.
type Repeat struct {
	Weekdays  Weekdays   // the weekdays; empty: none named
	Nth       Ordinals   // which of the named weekdays within their month, 1 to 5 and -1 (the last) to -5; empty: all
	MonthDays MonthDays  // the days of the month, 1 to 31 and -1 (the last) to -31; empty: any
	Months    Months     // the months, 1 to 12; empty: any
	Parity    WeekParity // odd or even weeks (单双周); zero: any

	// Every keeps only each Every-th Unit (2 to MaxEvery), counted from the one that Anchor lies in, into the past too. 0: all.
	Every     int
	Unit      RepeatUnit // only with Every
	Anchor    Date       // only with Every
	WeekStart Weekday    // the weekday on which the counted weeks begin; zero: Monday. Only with CountWeeks
}

// MaxEvery bounds Repeat.Every.
const MaxEvery = 10_000

// Daily is held on every date.
func Daily() Repeat { return Repeat{Weekdays: sevenDays} }

// Weekly is held on these weekdays of every week.
func Weekly(days ...Weekday) Repeat { return Repeat{Weekdays: WeekdaysOf(days...)} }

// WeeklyIn is held on these weekdays of the odd or of the even weeks of ISO 8601 (单双周). A year of 53 weeks ends odd and the next one
// begins odd: who wants strict alternation wants EveryWeeks(2, ...).
func WeeklyIn(parity WeekParity, days ...Weekday) Repeat {
	return Repeat{Weekdays: WeekdaysOf(days...), Parity: parity}
}

// EveryWeeks is held on these weekdays of every n-th week, counted from the week of anchor; weeks begin on Monday. With n = 1 it is
// Weekly.
func EveryWeeks(n int, anchor Date, days ...Weekday) Repeat {
	return Weekly(days...).every(n, CountWeeks, anchor)
}

// EveryDays is held on every n-th date, counted from anchor. With n = 1 it is Daily.
func EveryDays(n int, anchor Date) Repeat { return Daily().every(n, CountDays, anchor) }

// NthOfMonth is held on the n-th such weekday of each month: 1 to 5 from its begin, -1 to -5 from its end. A month without a fifth one has
// none.
func NthOfMonth(day Weekday, n ...int) Repeat {
	if len(n) == 0 {
		n = []int{0} // refused by Check; an empty set would mean all of them
	}
	return Repeat{Weekdays: WeekdaysOf(day), Nth: OrdinalsOf(n...)}
}

// LastOfMonth is held on the last such weekday of each month.
func LastOfMonth(day Weekday) Repeat { return NthOfMonth(day, -1) }

// OnMonthDays is held on these days of each month, 1 to 31, or -1 (the last) to -31. A month that has no such day has none.
func OnMonthDays(n ...int) Repeat { return Repeat{MonthDays: MonthDaysOf(n...)} }

// every leaves n = 0 with a unit and an anchor, which Check refuses.
func (r Repeat) every(n int, unit RepeatUnit, anchor Date) Repeat {
	if n != 1 {
		r.Every, r.Unit, r.Anchor = n, unit, anchor
	}
	return r
}

// Check reports everything that is wrong with r, each with its field and value; nil if r can be used. It does not search for dates: the
// 30th of February passes, and is never held.
func (r Repeat) Check() error {
	var p problems
	if v, wrong := set(r.Weekdays).wrong(1, 7); wrong {
		p.add("Weekdays %d: want Monday (1) to Sunday (7)", v)
	}
	if v, wrong := set(r.Nth).wrong(-5, 5); wrong {
		p.add("Nth %d: want 1 to 5 or -1 to -5", v)
	}
	if v, wrong := set(r.MonthDays).wrong(-31, 31); wrong {
		p.add("MonthDays %d: want 1 to 31 or -1 to -31", v)
	}
	if v, wrong := set(r.Months).wrong(1, 12); wrong {
		p.add("Months %d: want 1 to 12", v)
	}
	if r.Weekdays == 0 && r.MonthDays == 0 {
		p.add("Weekdays %v: want at least one of Weekdays and MonthDays", r.Weekdays)
	}
	if r.Weekdays == 0 && r.Nth != 0 {
		p.add("Nth %v: want Weekdays with it", r.Nth)
	}
	if !r.Parity.IsValid() {
		p.add("Parity %d: want AnyWeek, OddWeeks or EvenWeeks", uint8(r.Parity))
	}
	r.checkEvery(&p)
	return p.err()
}

func (r Repeat) checkEvery(p *problems) {
	counts := r.Every != 0 || r.Unit != 0
	if counts {
		p.within("Every", r.Every, 2, MaxEvery)
		if !r.Unit.IsValid() {
			p.add("Unit %d: want CountDays to CountYears", uint8(r.Unit))
		}
		if !r.Anchor.IsValid() {
			p.add("Anchor %v: want a date to count from", r.Anchor)
		}
	} else if r.Anchor.IsValid() {
		p.add("Anchor %v: only with Every", r.Anchor)
	}
	switch {
	case r.WeekStart > Sunday:
		p.add("WeekStart %d: want Monday (1) to Sunday (7), or 0 for Monday", uint8(r.WeekStart))
	case r.WeekStart != 0 && r.Unit != CountWeeks:
		p.add("WeekStart %v: only with Every and CountWeeks", r.WeekStart)
	}
}

// On reports whether d is held; false for the zero Date. It takes a few nanoseconds, a few more if a condition needs the month or the
// week number, and never allocates. What it says of a Repeat that Check refuses means nothing.
func (r Repeat) On(d Date) bool { return r.on(d) }

func (r *Repeat) on(d Date) bool {
	if d.n == 0 || r.Weekdays == 0 && r.MonthDays == 0 {
		return false
	}
	if r.Weekdays != 0 && !set(r.Weekdays).has(int(d.Weekday())) {
		return false
	}
	if (r.Every != 0 || r.Unit != 0) && r.ahead(d.n) != 0 {
		return false
	}
	if (r.Months != 0 || r.MonthDays != 0 || r.Nth != 0) && !r.inMonth(d.n) {
		return false
	}
	return r.Parity == AnyWeek || r.Parity == parityOf(d.n)
}

// inMonth judges what needs the month: Months, MonthDays and Nth.
func (r *Repeat) inMonth(n int32) bool {
	year, month, day := civil(n)
	if r.Months != 0 && !set(r.Months).has(month) {
		return false
	}
	after := daysIn(year, month) - day // days of the month after this one
	if r.MonthDays != 0 && !set(r.MonthDays).has(day) && !set(r.MonthDays).has(-1-after) {
		return false
	}
	return r.Nth == 0 || set(r.Nth).has((day+6)/7) || set(r.Nth).has(-1-after/7)
}

// ahead returns how many units lie between the one of n and the next counted one: 0 if n lies in a counted one.
// Something else than 0 if r counts nothing sensible.
func (r *Repeat) ahead(n int32) int {
	if r.Every < 2 || r.Every > MaxEvery || r.Anchor.n == 0 {
		return 1
	}
	var from, to int
	switch r.Unit {
	case CountDays:
		from, to = int(n), int(r.Anchor.n)
	case CountWeeks:
		from, to = r.week(n), r.week(r.Anchor.n)
	case CountMonths:
		from, to = monthNumber(n), monthNumber(r.Anchor.n)
	case CountYears:
		from, to = monthNumber(n)/12, monthNumber(r.Anchor.n)/12
	default:
		return 1
	}
	left := (to - from) % r.Every
	if left < 0 {
		left += r.Every
	}
	return left
}

// week numbers the weeks that begin on WeekStart; its first day is 7*week - 7 + WeekStart.
func (r *Repeat) week(n int32) int { return (int(n) + 7 - int(max(r.WeekStart, Monday))) / 7 }

// monthNumber counts months; divided by 12 it is the year.
func monthNumber(n int32) int {
	year, month, _ := civil(n)
	return year*12 + month - 1
}

// firstOf is the day number of the first day of a month.
func firstOf(month int) int32 { return dayNumber(month/12, month%12+1, 1) }

// parityOf returns OddWeeks or EvenWeeks. The ISO 8601 week has the number, and the year, of its Thursday.
func parityOf(n int32) WeekParity {
	thursday := n - (n-1)%7 + 3
	year, _, _ := civil(thursday)
	if (thursday-dayNumber(year, 1, 1))/7%2 == 0 { // 0 is week 1
		return OddWeeks
	}
	return EvenWeeks
}

// cycleDays is how many days the calendar takes to repeat itself, weekdays and week numbers too: 400 years.
const cycleDays = 146_097

// Next returns the first date held on or after d; false if there is none up to the end of the calendar, or if d is the zero Date.
// Months, weeks and days that are not counted are stepped over; each date that is not costs a look (see On). What is not held within
// 400 years (times Every) never is, so there are at most 292,194 looks; only a Repeat that is never held comes near
// (a millisecond or a few).
func (r Repeat) Next(d Date) (Date, bool) {
	last := int64(d.n) + cycleDays*int64(min(max(r.Every, 1), MaxEvery))
	// In that time at most cycleDays days are counted ones; each costs a look, and the stretch before it perhaps another.
	for range 2 * cycleDays {
		if d.n == 0 || int64(d.n) > last {
			break
		}
		if r.on(d) {
			return d, true
		}
		d = DateFromNumber(r.step(d.n))
	}
	return Date{}, false
}

// step returns a day after n such that no day between the two is held.
func (r *Repeat) step(n int32) int32 {
	n++
	if n > maxDayNumber {
		return n
	}
	if r.Every >= 2 && r.Every <= MaxEvery && r.Anchor.n != 0 {
		if left := r.ahead(n); left > 0 {
			switch r.Unit {
			case CountDays:
				n += int32(left)
			case CountWeeks:
				n = int32(7*(r.week(n)+left) - 7 + int(max(r.WeekStart, Monday)))
			case CountMonths:
				n = firstOf(monthNumber(n) + left)
			case CountYears:
				n = firstOf((monthNumber(n)/12 + left) * 12)
			}
		}
	}
	if r.Months == 0 || n > maxDayNumber {
		return n
	}
	month := monthNumber(n)
	for range 12 {
		if set(r.Months).has(month%12 + 1) {
			break
		}
		month++
	}
	return max(n, firstOf(month))
}

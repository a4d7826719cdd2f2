// Package kpi counts how a pool of numbers is doing: fill rate, waits, show rate, shares of the channels, what became of
// those whose clinic was closed. Unlike a report over tables, it is a projection of the log: it reads events, never a Book,
// so that any figure of any past day can be made again from the log by anyone.
//
// # What it decides
//
// Nothing; it counts. [Projection.Apply] takes the batches of a log in order. [Projection.Report] gives the indicators as
// one [Line] a group; [Projection.ThirdNext] the third next available appointment. The definitions, tolerance 0:
//
//   - fill rate: booked bookable minutes / bookable minutes after closures. A unit (one person's place in one slot) is
//     bookable for the slot's minutes once its session's numbers are out, and no longer where its session was closed before
//     the slot began. It is booked while taken: booked, confirmed, here, seen or missed; a hold or an open offer is not.
//     Overbooked units and add-ons make no time and are counted beside, so that no fill rate is above 1.
//   - coverage: slots with at least one booking / bookable slots.
//   - third next available: calendar days from the as-of day to the third number strictly after as-of, in order of time,
//     that a stranger (who bears no class with a reserve) could book at as-of. Held, offered, taken, reserved, withheld
//     and closed numbers do not count, nor slots past their booking close, nor those of a counted session that has begun. A
//     slot with room for two is two.
//   - indirect wait (lead time): appointment day − day of the first request, for appointments that stand (taken units). A
//     session that runs past midnight belongs to its date; a wait is never below 0 for that.
//   - direct wait: start − max(appointment time, arrival), in seconds. Whoever is seen before the time has a wait below 0.
//   - overtime: max(0, last completion − session end), a session; its end is that of its planned length, at least of its last
//     slot. A counted session (numbers without times) ends so too, not after its one slot's stay.
//   - show rate: arrived / (arrived + no-show); the no-show rate is the rest. Late cancellations and late moves are counted apart.
//   - transfer: one each time someone who is here goes to another session of the day; they arrive there anew. A return with results has no
//     number: it is made, seen and waited for, but is no booking, no arrival and no lead time.
//   - channel share: bookings through the channel / all bookings. A booking is an appointment that was ever booked: holds
//     that lapsed unpaid are none, and what was entered in error is none.
//   - displaced: one each time someone's session closes: accepted + declined + lapsed + moved + rescheduled + cancelled +
//     voided + displaced again + pending. Nobody is lost.
//
// Medians and ninetieth percentiles are by nearest rank: integers that somebody waited.
//
// # The words
//
// fill rate 号源使用率, coverage 时段覆盖率, third next available 第三可预约时间, lead time (indirect wait) 预约等待天数, direct wait 候诊时间,
// overtime 加班, channel share 渠道占比, show rate 到诊率, no-show rate 爽约率, transfer 转科, return 回诊, closure 停诊, displaced 受停诊影响.
//
// # What the host must do
//
//  1. Make a [Projection] with [New] and the hospital's zone: days between instants are counted on its calendar.
//  2. Give every batch of the log to Apply, in order from the first: on replay from the log, live beside Book.Apply.
//  3. After an error, throw the Projection away and begin again from the log.
//  4. Before ThirdNext, advance the Book to the as-of instant and apply what that says: what is due but not yet decided
//     (a release, a hold that lapses) has not happened here.
//
// The whole loop:
//
//	sheet, err := kpi.New(zone)
//	for batch, err := range log.All() {
//		err = sheet.Apply(batch)
//	}
//	lines, err := sheet.Report(kpi.Selection{Department: "Cardiology"}, kpi.ByDay)
//
// # What it never does
//
// It reads no clock, draws no chance, starts no goroutine, does no I/O and asks no Book. It keeps no name and no handle of
// a person or an account. Figures are integers and ratios of integers; floating point is for display alone.
//
// # Limits
//
// What the log does not say is not counted: requests that were refused leave no event, so unmet demand is not here; a
// session does not say which of its resources is the physician, so that grouping by resource lists rooms too and counts a
// session under each of its resources. In a counted session its start is everyone's appointment time, in direct wait as in the
// third next available, and its one slot's stay is what a number is bookable for. A visit is counted
// in the session where it is now; one that is displaced, in the session that closed, until it has another. Add-ons count as
// such until a closure displaces them or a transfer gives them a number; who is there instead (替诊) is not followed. Memory follows the log: about 100 bytes an appointment, never given back; for
// years, keep reports and begin anew. A Report walks all sessions and visits once.
package kpi

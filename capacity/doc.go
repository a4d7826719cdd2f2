// Package capacity says how many people a service needs, half-hour by half-hour, and what to change today so that they are
// there. Unlike a rota planner it draws up nobody's month: it starts from the plan that exists and proposes the few
// cheapest changes to it, each with its reason.
//
// # What it decides
//
//   - [StaffFor]: demand by period in, the least staff per period that keeps a promise about waiting ("80 % wait at most five
//     minutes") out, with the figures behind each number ([Evaluate] gives them for any staff).
//   - [Propose]: today's plan in; sessions to add, windows to open, shifts to prolong and people to let go out. It
//     leaves the fewest staff-periods uncovered, at the least cost, with the fewest actions, and proves it, or says that the work limit
//     was met and how far from the best the proposal can be.
//   - [ErlangB], [ErlangC], [MeanWait], [WaitBeyond], [LeastServers]: the formulas themselves.
//
// # The words
//
//	demand            what comes in one period: booked patients who are expected to come, and walk-ins
//	load, erlang      arrivals × mean service time / period: how many people would be busy without a pause
//	target            the share of patients who wait at most so long
//	line              people or sessions that can stand in for each other: windows (窗口), one clinic's physicians, scanners
//	shift             one person at work, or one session held, today: one server
//	extra             one that could be added: an extra session, or a window opened by standby staff (窗口应开尽开)
//	overtime          staying after the end of the shift (加班)
//	staff-period      one person present for one whole period
//	uncovered         staff-periods that are missing all the same
//	action            one proposed change, with what carrying it out needs and why (弹性排班)
//
// # What the host must do
//
//  1. Make the demand: sum the show probabilities of the booked, add expected walk-ins, in thousandths of a patient.
//  2. Call Propose for each line by itself, when the day's picture changes; pass the clock as Now. A person whom one accepted
//     proposal uses must be a shift, or absent, in the plan of the next line.
//  3. Put the proposal before somebody. Nothing here applies anything; a Cost is what the host's prices make it.
//  4. Carry out what was accepted. An AddSession, or an ExtendShift with Slots, is supply: make it an extra session of the
//     roster (its Resources, Place, Start, Slots of SlotMinutes), which the pool then sells.
//  5. Read Uncovered, and AtLeast unless Proven: a short list of actions is not a promise that the day is in order.
//
// # What it never does
//
// It reads no clock, does no I/O, starts no goroutine, uses no chance and keeps no state between calls. Decisions are made in
// whole numbers: waiting probabilities are computed with + − × ÷ and internal/portable, rounded to trillionths, then
// compared. The same input gives the same answer on every machine; the order of people, shifts and extras means nothing.
// It moves no patient, and no member of staff.
//
// # Limits
//
// Each period is judged as if it had lasted for ever with its own arrivals and staff (SIPP: stationary, independent, period by
// period). That holds while service is short against the period: registration, payment, blood samples. Where one service
// takes as long as a period or longer, patients of one period are still being served in the next: SIPP then sees the peak too early,
// staffs too few after it and misses the target (Green, Kolesar and Soares, Improving the SIPP approach for staffing service
// systems that have cyclic demands, Operations Research 49, 2001). The remedy, the modified offered load of Eick, Massey
// and Whitt (1993) with an exact transient check, is to come later beside StaffFor, with the same types. A queue left over from
// an overloaded period is not carried into the next either: Figures.BacklogThousandths says how long it is.
//
// Arrivals are taken as Poisson and service times as exponential. Real service times vary less, so that the staff found is rather too
// many than too few. Booked patients arrive more evenly than Poisson, to the same effect. Patients who lose patience and leave are not modelled.
//
// Somebody counts for a period only if present for all of it. Extras begin and end with periods, overtime ends with one. A line's
// servers are all alike. One day at a time, to 24:00. A shift cannot be both prolonged and ended early, nor moved.
//
// Bounds: MaxErlangs, MaxPeriods, MaxShifts, MaxExtras, MaxWorkLimit and others, each refused by name and value, all at once.
package capacity

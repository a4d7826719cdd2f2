// Package queue decides who is called next, once people are here: the waiting room of one session, one physician. Unlike a
// first-come list, it knows appointment times, priority, patients who return with results, and calls that nobody answered;
// and it can say for each call why this person and not the next.
//
// # What it decides
//
// [Queue.CheckIn] gives a queue number, which is not the appointment's: numbers count from 1 in order of check-in and are
// the session's own. [Queue.Call] chooses whom to call, by [Rules], in this order of questions:
//
//  1. Who may be called: everyone who waits, except that whoever missed a call comes after MissedBehind other calls (过号).
//     Where only such people wait, those whom the fewest calls still separate.
//  2. Of which class. One call in ReturnEvery goes to a patient returning with results (回诊), the others to visits, while
//     both may be called. Among visits priority goes before ordinary, at most PriorityRun times in a row while an
//     ordinary one may be called: then it is an ordinary one's turn.
//  3. Who of the class. Returning patients: check-in time, then ID. Visits: band of the appointment time (BandMinutes from the
//     session's start), on time before late, check-in time, then ID. On time is who checks in at the latest GraceMinutes
//     after the appointment time, that very second included. Who is late, or has no time, counts in the band in which they
//     check in, behind all those on time of that band, also those who come after them.
//
// The physician has one person at a time: called, then [Queue.Finish] or [Queue.Missed]. A call that was missed
// MissedLimit times is the last: the ticket ends, and the desk sees to it. [Queue.Leave] is for who gives up or is
// transferred (转科): never a no-show, for they were here.
//
//	CheckIn ──▶ Waiting ──Call──▶ Called ──Finish──▶ Finished ──CheckIn, returning──▶ Waiting (a new number)
//	               ▲                │ └──Missed, the last──▶ MissedOut
//	               └────Missed──────┘
//	               Waiting, Called ──Leave──▶ Left
//
// Nobody starves. Let k of the same class stand before someone in the order of question 3, and nobody miss a call. Write P for
// PriorityRun and R for ReturnEvery. Then someone is called after at most
//
//	v + 1 + ⌊(v−1)/(R−1)⌋ calls, where v = (k+1)(P+1)          if ordinary
//	v + 1 + ⌊(v−1)/(R−1)⌋ calls, where v = k + 2 + ⌊k/P⌋       if priority
//	(k+1)R calls                                               if returning
//
// For visits, k grows only by those on time in bands not later than one's own, whom the session's appointments bound; each
// missed call adds one call, and a ticket can miss MissedLimit.
//
// # The words
//
// check-in 签到 (报到), queue number 排队号, call 叫号, missed call 过号, returning with results 回诊, priority 优先, band: half-hour 时段,
// late 迟到, transfer 转科.
//
// # What the host must do
//
//  1. Make one Queue a session with [New]; after a restart, [Restore] it from the last [Snapshot].
//  2. Say now with every verb, never earlier than before: max(its clock, the last now).
//  3. Show what [Reply] says; where Reply.Refusal is not 0 nothing has changed.
//  4. Keep the Snapshot after every verb that was not refused, or the verbs themselves: played again they give the same.
//  5. Tell the pool: booking.CheckIn, Start and Complete are its own events. A ticket that ended by misses is not a no-show. Whom booking.Return
//     brings back has no number of the pool, only one of the queue: check them in as returning. Whom booking.Transfer sends on leaves here, and
//     checks in with the queue of the other session.
//
// # What it never does
//
// It reads no clock, draws no chance, starts no goroutine, does no I/O. It never calls someone who is not here: not checked in,
// finished, gone, or called too often. It never calls two at once, and never refuses to call while someone may be called. The
// order in which people of the same second were entered changes queue numbers, never calls.
//
// # Limits
//
// One physician, one room. 2,000 check-ins a session, IDs to 200 bytes. A call costs one walk over the session's check-ins,
// [Queue.Order] as many as there are waiting. Emergencies do not queue here: whoever cannot wait for one consultation is
// taken out with Leave. Classes are given at check-in and do not change.
package queue

// Package booking decides who gets which number: one Book is one facility's pool of bookable numbers (号源池) for every
// channel, a single-writer state machine that can say why. Unlike a table of slots with a counter, it writes nothing while
// it decides, and everything it holds follows from a log of events.
//
// # What it decides
//
// [Book.Decide] takes a command and appends to a [Batch] the events that it would cause; [Book.Apply] makes them so. A
// [Reply] is a value: done, refused ([Refusal]: reason, rule, limit, until when), or nothing to do. One decision function
// judges listing, holding, booking, rescheduling and offering, so that what is listed can be booked. [Quota] has the quota
// rule, whole. When a session's numbers are out, for which class, at which hours, and until when they are booked and given back, is
// the session's own ([Opening]); [TermsOf] makes it of the rule that a hospital publishes. An appointment's life:
//
//	Hold ──▶ Held ──Pay──▶ Booked ◀── Take, AddOn
//	          │ lapses       │ └─Confirm─▶ Confirmed
//	          ▼              ▼                │
//	        Lapsed        CheckedIn ◀─────────┘       Booked, Confirmed ──session ends──▶ NoShow
//	                         │ └──Start──▶ InConsultation
//	                         └──Complete──▶ Fulfilled ◀──┘
//
//	CheckedIn, InConsultation ──Transfer──▶ CheckedIn, in another session of the day
//	Fulfilled ──Return──▶ another appointment, CheckedIn, without a number ──session ends or closes first──▶ Cancelled
//
//	Held, Booked, Confirmed, CheckedIn, Displaced ──Cancel──▶ Cancelled   (Reschedule keeps the state, or Booked)
//	Booked, Confirmed, CheckedIn ──CloseSession──▶ Displaced ──Answer──▶ Booked or Cancelled; lapses to Cancelled
//	(who had checked in, and goes to a time of the same day, is still CheckedIn)
//	Booked, Confirmed ──Substitute of a lower grade──▶ Displaced, with their own slot ──Answer, CheckIn──▶ as above
//	Join ──▶ (waitlist) ──Advance──▶ Offered ──Answer──▶ Booked or Cancelled; lapses to Cancelled; or Booked at once
//	any that occupies ──Void──▶ EnteredInError    (a session's end also lapses holds and offers)
//
//	state            unit      limits  elsewhere  terminal  FHIR Appointment.status
//	held             held      yes     barred     no        pending
//	booked           taken     yes     barred     no        booked
//	confirmed        taken     yes     barred     no        booked (participant accepted)
//	checked in       taken     yes     barred     no        checked-in
//	in consultation  taken     yes     barred     no        checked-in (Encounter in-progress)
//	fulfilled        taken     yes     free       yes       fulfilled
//	displaced        offered   yes     barred     no        proposed
//	cancelled        none      no      free       yes       cancelled
//	no-show          taken     yes     free       yes       noshow
//	lapsed           none      no      free       yes       cancelled
//	entered in error none      no      free       yes       entered-in-error
//	offered          offered   yes     barred     no        proposed
//
// A unit that is given back (cancelled, lapsed, declined, moved away from, voided) is free again at once or, where Rules.RestSeconds
// or RestSpreadSeconds say so, rests first: UnitRested and, when its hour has come, UnitReturned. While it rests it is nobody's, not even
// theirs who gave it back; the spread is drawn under a secret seed, so that nobody can lie in wait.
//
// Who finds nothing may wait (候补): Join. Those who wait stand in line by class, then by time, and whenever something comes free in a
// session the line is tried, before anyone else is heard: waitlist.go has the rule, whole. An offer is answered like that of a closing.
// An entry ends when it is served, when its DueBy comes, and when the person books what it asks for by another way.
//
// What one class does not sell can go to those that do, at instants that the session names (号源动态调配): Rules.Reallocation, ReserveMoved;
// reallocate.go has the rule, whole.
//
// An emergency (a request that bears a class of Rules.Exempt) that finds nothing free may have what others have, in sessions of the kinds that
// Rules.Displacement names: [Book.Displacements] proposes who would move where, the least harm first, and [Displace] carries out what was accepted, as one
// batch or not at all. Nobody is displaced who has arrived or was moved before. What else there is for a wish that cannot be had, and why nothing is
// free, [Book.Alternatives] and [Book.Obstacles] tell.
//
// Whoever is in the wrong department goes to another session of the day (转科): Transfer, never a no-show and never late. Whoever comes back with
// results within Rules.ReturnDays needs no number (回诊): Return makes an appointment without a unit, which counts for no limit and bars nothing. Sessions
// remind those who have a number at instants of their own: ReminderDue, each exactly once; package notice reads who is to be told what. [State.FHIR] has
// all codes of HL7 FHIR for each state.
//
// Sessions close one by one or together, with a plan of who goes where or without (package closure makes plans). A substitute (替诊) changes who is there, and
// nobody's number; where the grade is lower, those who have a number and are not here are asked: [Substitute] has the rule, whole.
//
// A session, and by the rules a class, may be for some only: an age on the day of the visit, a sex, a class that must be borne
// ([Eligibility], [ClassEligibility]). What the Book knows of a person it is told (Describe); who is not known to be of the age is not
// taken for it. Two persons who are found to be one become one (Merge): all that counts is the one's, and either name means them.
//
// What belongs together is sought together, all or none (together.go): a joint clinic of several physicians at one instant (Joint), whose
// appointments stand and fall as one; a series of visits so many days apart (Series); a family within so many minutes (Bundle). Any of
// several physicians will do where the request says so (Request.AnyOf).
//
// A displaced appointment for which nothing was found has no unit, counts for no limit and bars nothing. Only a no-show, and a
// late cancellation or move by the patient, are incidents with consequences (package noshow).
//
// What follows from no-shows is a gate, stated by [Restrict] for a person or an account until an instant: it bars every request, or those of
// one channel, or lets through what is less than so many days ahead, or while there are fewer open visits than so many. Several stand
// at once, one a channel; each ends by itself (RestrictionEnded). [Cooling] makes whoever gives a number back wait before they book the
// like. Neither binds a class in Rules.Exempt. [Limit] bounds what one person or account may have, of one kind of session too, or how many
// holds wait for payment; [Travel] says how long the way between two sites is.
//
// # The words
//
// slot 号, session 出诊单元, pool 号源池, release 放号, channel 预约渠道, class (channel, patient class or origin), reserve 预留号, cap 限号,
// hold 锁号, appointment 预约, add-on 加号, check-in 签到, no-show 爽约, offer (after 停诊 or 替诊), bearing (the classes a request bears),
// charge (the one class whose reserve it uses), unit (one person's place in one slot), stage (分批放号: units that come out later, kept
// until then for a class nobody bears), pause (非服务时段: hours in which nobody, or no request of a class, may book), first visit and
// follow-up (初诊, 复诊: classes that some slots are only for), transfer 转科, return 回诊, reminder 就诊提醒, waitlist, entry (候补), eligible (就诊对象: whom a session or a class is for), merge (合并档案: two names, one person), rest (退号冷却: the time for which a number given back is nobody's), gate
// (预约限制: what a restriction leaves), horizon (可约天数), cooling-off (退号冷静期: the time for which whoever gave a number back must wait).
//
// # What the host must do
//
//  1. Make [Rules] with [NewRules] and a Book with [New], [Replay] or [Restore]; decide [Adopt] if the log has not adopted them.
//  2. Stamp each command with At = max(its clock, [Book.Clock]).
//  3. While [Book.Wake] is at or before that, decide and apply [Advance]. A stamp more than Rules.StepSeconds ahead is an
//     error (ErrStep) unless Advance says Jump: do so after a long silence, once you trust your clock.
//  4. Decide the command. On Done: append the batch to the log, Apply it, then answer. On Refused: answer.
//  5. If the append fails or is uncertain, throw the Book away, answer "outcome unknown", and make the Book anew from the log.
//     Callers repeat with the same key.
//  6. Set a timer for Wake.
//  7. Retire old days.
//  8. Treat dates of birth and sexes (Describe) as the personal data that they are: they stay in the log. Where that must not be, state
//     classes instead.
//
// [Desk] does all of this for a program with one goroutine, and by name.
//
// Where a request names no slot, a [Policy] chooses: [Earliest], [LevelLoad], [LeastFragmentation], [Continuity], [Rotation] and
// [Protection], put together with [Then] and [Within], or the host's own. Each says which laws it keeps; package bookingtest holds it to them.
//
// # What it never does
//
// It reads no clock, draws no chance, starts no goroutine, locks nothing, does no I/O and keeps nothing between calls but its
// state. It never moves a person without an event, never counts a cancellation by the hospital against anyone, never marks
// someone who is here as a no-show, never reuses an id. It has no deadline for checking in, and takes no fee. A wrong policy can make it unfair; it cannot make it overbook. The
// same log gives the same bytes of [Book.Snapshot] on every machine.
//
// # Limits
//
// 512 slots, 60,000 units, 32 quota lines and 512 pauses a session, 8 classes a request, 64 requests a bundle, 64 visits a series, 8 physicians a joint clinic or to choose among, 65,535 classes,
// 2^32 − 1 appointments in a Book's life. Instants are whole seconds up to the year 9999. Names are never forgotten: a store
// erases a person by replacing the name's text. Priority among bookings is charge order: {a, b} then {a} may serve one where
// the reverse serves two. Offers after a closure are chosen one after another, the plan's first, then earlier numbers; 256 sessions and 65,535 appointments
// close at once.
// What others of an account give back is noticed, for one who waits under it, when a session that they wait for changes next, or they do.
package booking

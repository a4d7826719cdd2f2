// Package closure plans a closing (停诊) before it happens: it asks a Book whom it affects and what each could have instead, finds the best way to
// place them all together, exactly, and gives back the one command that does it. The Book by itself serves them one after another; the
// plan never does worse than that, and says how far it is from the best there could be.
//
// # What it decides
//
// [Plan] takes the sessions that close (a physician's day, a site: [PhysicianDay], [SiteDay]) and proposes a place for everyone affected, or none. What
// each may have is asked of the Book ([booking.Book.Replacements]), which judges it as the closing will: sessions of the same kind, timed or counted as theirs
// was, of the same grade unless OtherGrade, with the same physician or in the same department and service (any department of the service with OtherDepartment). Among all proposals those
// of package allocate's Rebook are the best:
//
//	1 how many are placed, the frailest class first
//	2 then, class by class: other departments, lost physicians, steps of grade, days, minutes of the day, how many come earlier
//
// The plan is exact over the options considered where each place is judged alone. Places also touch each other: a cap or a reserve of a session, a limit of a
// person, two visits of one person at one time. So every plan is tried on the Book, which says who could not have what was planned and where they would
// go instead; those places are taken out of the round, and it is solved again, at most [MaxRounds] times. The best of all that was tried, the Book's own way
// among them, is the answer. Planned.Exact says that it is as good as the bound, the best where nothing touched.
//
// # The words
//
//   - closing 停诊; affected: who has a number there and is not with the physician yet, and who holds one unpaid.
//   - offer: a place kept until it is answered; fate: moved (that is, offered or put there), waitlisted 候补, told (给患者的通知: nothing was found).
//   - frail 优先人群: classes that a request bears, the frailest first.
//   - alone: what the Book would do without a plan. Bound: what the plan could be at best.
//   - physician: the first of a session's resources; the others are rooms and machines.
//
// # What the host must do
//
//  1. Advance the Book to the instant of the closing.
//  2. Find the sessions, and call [Plan].
//  3. Show Planned.Proposals to whoever answers for it, if they want to see them; change Command.Plan if they say so.
//  4. Decide and apply Planned.Command, with a key if you use keys. Done at the same instant, before anything else, every place of the plan is offered. Later, places that are
//     gone are sought anew by the Book: nobody is lost.
//  5. Tell everyone: each is an event of the batch, [booking.Batch.Fates] counts them.
//
// # What it never does
//
// It changes nothing: the Book that it asks is as it was. It moves nobody who is not affected. It reads no clock and draws no chance: the same Book and
// the same Closing give the same plan. It promises no place that the Book would not allow.
//
// # Limits
//
// [booking.MaxClosing] sessions and [booking.MaxAffected] appointments; allocate's limits on options, MaxRebookOptions in all: lower Options where they are
// exceeded. A visit of several slots in a row is not one of Rebook's: it keeps the place that the Book alone gives it, and the others are planned round it. Joint
// clinics fall whole, and nothing is planned for them (booking.Joint). An unpaid hold and a return with results are cancelled, not planned. With less than all options the bound is that of those considered, and the answer may be better than it.
package closure

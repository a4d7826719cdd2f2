// Package bookingtest holds the Book, and whatever claims to behave like one, to its laws: by a reference that is too simple
// to be wrong in the same way, and by small generated hospitals in which both must agree after every command. Unlike a suite
// of examples it looks for what nobody thought of, and shrinks what it finds.
//
//	func TestMyBook(t *testing.T) {
//		bookingtest.Run(t, bookingtest.Config{New: func(r *booking.Rules) bookingtest.Subject { return mine(r) }})
//	}
//
// # What it decides
//
// Whether a [Subject] answers as the [Model] does. [Run] draws rules, three to a dozen sessions of one to four slots or of
// numbers without times, four persons, two accounts, four classes (two channels, a patient class, emergencies) and some ninety
// commands, stamped at the clock, a little later, and at the very second at which some rule changes its mind or the second
// before. After each command it holds:
//
//   - Decide wrote nothing: the snapshot before is the snapshot after.
//   - The reply is the model's in every field, or the error the same; so is each reserve that was reported short, and whether
//     a cancellation or a move was recorded as late.
//   - Every appointment, slot, session, quota line with its effective reserve, list, restriction, the clock and Wake are
//     the model's; of a Book restored from the snapshot, too.
//   - Check finds nothing broken.
//   - A batch survives its JSON and its binary form, and what the binary form made, applied batch by batch, is the live
//     Book byte for byte; so is the whole log, replayed at the end.
//   - What is listed is what can be booked, slot by slot, and what the model lists, in that order.
//   - To book and then cancel leaves the Digest as it was.
//   - The same key twice is once: retries of earlier commands come, in time and too late, with the same payload and with another.
//   - To advance late is to advance on time, At aside.
//
// # The words
//
// subject: what is tested, a *booking.Book or a wrapper of one. model: the reference. world: one generated hospital with its
// commands. probe: one world of a given seed. chooser: a policy as the model runs it. coverage: how often each
// [booking.Reason] and each [booking.Kind] of event occurred. mutant: a subject that is wrong on purpose.
//
// # What the host must do
//
//  1. Call [Run] in a test, with New for a subject that is not booking.New.
//  2. For each policy of its own, give it in Config.Policies, and in Config.Choosers, by its name, the same policy written
//     again over a list of candidates: two ways to say it, or the comparison says nothing.
//  3. Give a [Coverage] where it wants to know what the worlds reached, and assert that nothing is missing.
//  4. Prove that its tests can fail: give [Probe] a mutant and require a difference.
//
// A failure prints the shrunk commands, each with the subject's reply, and then the difference, the subject's value over the
// model's. To see one world again, run the test with the seed that rapid prints.
//
// # What it never does
//
// It needs nothing but testing and rapid, starts no goroutine, and reads no clock. The model keeps no counter, no index and
// no queue, and calls nothing of the Book's: it is written from the design's text and the doc comments of package booking.
// Where both are silent it follows the Book, and says so below.
//
// # Limits
//
// The model does not check what makes an [booking.Open] malformed, nor the order of the checks before the rules among
// themselves beyond key, clock, step, due and rules: those are table tests of package booking. It carries out tens of
// appointments, not thousands: every question is a pass over everything.
//
// A slot for some, a class's own opening time and pauses are drawn too, each at its edges; that offers do not wait for a pause is the
// model's as well. Which instant a pause is refused until is that of the last of those that follow each other without a gap.
//
// Silent text, where the model says as the Book does: a session's quotas that name none of a request's classes charge its
// channel. SetQuota gives a line whose reserve is not open, whatever the old one was; an OpenAt that is past is due at once.
// A request for more slots than a session has is RunBroken. Of several appointments in the way of another, the newest is
// named. The load that LevelLoad sees is of units, add-ons aside, without what the same bundle chose, and with what is being
// rescheduled. To reschedule to where one is does nothing.
package bookingtest

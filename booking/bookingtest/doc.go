// Package bookingtest holds the Book, a policy, and whatever claims to behave like a Book to their laws: by a reference that is too
// simple to be wrong in the same way, by small generated hospitals, and by pools so small that everything that can happen in them is
// tried. Unlike a suite of examples it looks for what nobody thought of, and makes what it finds as small as it goes.
//
//	func TestMyPolicy(t *testing.T) {
//		bookingtest.Policy(t, mine{}, bookingtest.Feasible, bookingtest.Deterministic, bookingtest.WorkConserving)
//	}
//
//	func TestMyBook(t *testing.T) {
//		bookingtest.Run(t, bookingtest.Config{New: func(r *booking.Rules) bookingtest.Subject { return mine(r) }})
//	}
//
// # What it decides
//
// Whether a policy keeps the laws that it claims. [Policy] tries each in generated hospitals of [HospitalPhysicians] and
// [HospitalClasses]; [Refute] looks for one hospital in which a law is broken. The laws are the values of [Law], and
// [LevelLoadBound], [FairBound], [BoundedWait] and [Protects], which carry numbers: what each says exactly is its comment. A [Violation] prints
// as a table and as a story to paste, whose expect line fails until the law is kept; [Verbs] play it, as package booking's own do.
//
// Whether a [Subject] answers as the [Model] does. [Run] draws rules, three to a dozen sessions of one to four slots or of
// numbers without times, four persons, two accounts, four classes (two channels, a patient class, emergencies) and some ninety
// commands, stamped at the clock, a little later, and at the very second at which some rule changes its mind or the second
// before. [Explore] tries all sequences of commands up to a length in a [SmallWorld], each state once. After each command they hold:
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
// [booking.Reason] and each [booking.Kind] of event occurred. mutant: a subject that is wrong on purpose. claim: a law that a policy is
// said to keep. hospital: sessions, and wishes asked one after another, by name. wish: one request, or what is done with one.
//
// # What the host must do
//
//  1. Call [Policy] for each policy of its own with what it claims. Settings that name physicians or classes take those of the
//     generated hospitals.
//  2. Paste the story of what is found into its testdata, and play it with [Verbs] ever after.
//  3. Call [Run] in a test, with New for a subject that is not booking.New.
//  4. For each policy of its own, give it in Config.Policies, and in Config.Choosers, by its name, the same policy written
//     again over a list of candidates: two ways to say it, or the comparison says nothing.
//  5. Give a [Coverage] where it wants to know what the worlds reached, and assert that nothing is missing.
//  6. Prove that its tests can fail: give [Probe] or [Explore] a mutant, and [Refute] a wrong policy, and require a difference.
//
// A failure of Run prints the shrunk commands, each with the subject's reply, and then the difference, the subject's value over the
// model's. To see one world again, run the test with the seed that rapid prints. More is tried with
//
//	go test ./booking/bookingtest -run Shipped -rapid.checks=3000
//	go test ./booking/bookingtest -run SmallWorld$ -v -worlds=4
//	go test ./booking/bookingtest -run PoliciesAgainst -choosers=2000
//
// The small world has 1,026 states after three commands with two persons, 4,631 transitions, and with three persons 12,034 after four,
// 86,814 transitions: half a minute.
//
// # What it never does
//
// It needs nothing but testing and rapid, starts no goroutine, and reads no clock. The model keeps no counter, no index and
// no queue, and calls nothing of the Book's: it is written from the design's text and the doc comments of package booking.
// Where both are silent it follows the Book, and says so below. A law that no hospital broke is not proved.
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
//
// A generated hospital has one department, at most four sessions of one to four slots, eight wishes (twenty for fairness, twelve for
// load), two quotas a session, and nobody travels: no limits, closures or holds, which Run has. A policy with a memory of its own
// may do something else each time it is played, so that its table and story need not show what broke the law. Explore tells
// states apart by Digest and clock: of two ways to the same situation, names and ids aside, it follows one.
package bookingtest

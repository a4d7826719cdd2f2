// Package allocate decides many requests at once. Unlike a Book, which answers each request as it comes, it sees all of them and all the
// slots before it answers, and gives with each answer what a stranger needs to check it.
//
// # What it decides
//
// [Assign]: which patient gets which acceptable slot, so that a goal is reached as well as it can be and no limit is broken. The goal is
// lexicographic: with [ServeByClass] as many patients of class 1 as possible, then of class 2, and so on, then the least cost; with [LeastCost]
// the least cost, that of leaving patients without a slot included. No level is ever weighed against another. Of equally good answers
// it gives the canonical one: that of the least sum of 40-bit hashes of (patient, slot) under the round's salt ([AssignHash]), which does not
// depend on the order of the input. Where two answers tie even there, the next salt decides, and the plan proves the tie.
//
// Quotas limit a channel over the whole round, in a slot, or in a session. The first two leave the problem a flow. Those of a session cross
// the capacities of its slots, and what remains is solved by branch and bound: exactly, unless the caller's work limit comes first; then
// the plan says how far it may be from the best.
//
// [VerifyAssign] checks a plan by its [AssignCertificate]: prices on all that is limited, from which it follows by arithmetic that no answer is
// better. It also proves that the answer is the only one of its worth. An [AssignSolver] keeps an answer while the round changes:
// patients come and go, slots open and close; after each change it is the answer that Assign would give.
//
// [Stable]: who gets what so that nobody is passed over by somebody of lower priority (no justified envy), each patient gets the best
// that this allows, and nobody gains by stating other wishes than the true ones. It knows capacities and priorities, no quotas and no costs.
//
// [Lottery]: a public draw for scarce numbers, whose order anybody can compute again from the published seed with sha256 alone.
//
// [Rebook]: after a closure, who moves where: as many as possible, the frailest first; then with the least disruption, the frailest first:
// the same department and physician, the nearest grade, the least shift of days, then of the time of day. Others stay, unless the caller
// lets them move, at a price, for somebody frailer. Who cannot be placed goes to the waitlist or is told; the totals count each once.
// It is one assignment after another, each among the best answers of those before; [VerifyRebook] goes the same way by their certificates.
//
// # The words
//
//   - Round: requests and slots that are decided together, and the rules. Problem: a checked round in canonical order. Plan: its answer.
//   - Option: a slot that a patient accepts, at a cost. Place: what a patient is given.
//   - Class: priority, 1 first. Channel: the way by which a request came (渠道). Session: the slots that a quota takes together.
//   - Level: one part of an objective, compared before all later ones: limits, then each class, then cost, then hash.
//   - Price, of a unit of something limited: a vector, a number for each level. Certificate: prices that prove a bound.
//   - Gate: a channel in a slot, where a quota makes the pair matter. A certificate's tree parts at how many go through a gate.
//   - Tier: which class would have to give way for another unit of a slot; open where nobody would.
//   - Affected: an appointment that a closure left without a place. Displaced: one that was not, and is asked to move. Proposal: what
//     is asked of either; it has happened when the Book has booked it. Frailty: the class of an appointment, 1 the frailest.
//   - Component (part): slots and patients that options connect. Parts do not affect each other, and cost only their own time.
//
// # What the host must do
//
//  1. Collect the requests of a round: patients, with slots that the Book's rules would let each of them have, and costs in whole
//     numbers of its own making; weigh nothing by hand that classes already say.
//  2. Publish goal, classes, quotas and salt before it collects. A salt chosen later could be chosen for its outcome.
//  3. Make a problem with NewAssignProblem, call Assign; look at the plan's Outcome. Keep problem and plan for whoever asks why.
//  4. Look at the plan's Outcome, and check the plan with VerifyAssign where it matters that the solver might be wrong: it takes a few
//     percent of the time, and holds a plan to what it claims: of one that is AssignBounded, to its Bound and no more.
//  5. Book the places, each a command of its own. What the Book refuses was taken meanwhile: change the round and solve again, or offer
//     the waitlist.
//  6. After a closure, give Rebook as Free only what the Book would let the affected have, reserves and quotas counted, and as Booked only
//     who may be asked; make offers of the proposals, put the waitlisted on the waitlist, call the told; never move anybody unasked.
//  7. Hold long runs in check with AssignEffort: a limit for branch and bound, a function that watches and may stop it. An AssignSolver takes one too.
//
// In a program, without the checks of errors:
//
//	problem, _ := allocate.NewAssignProblem(round)
//	plan := allocate.Assign(problem, allocate.AssignEffort{})
//	if err := allocate.VerifyAssign(problem, plan); err == nil && plan.Outcome == allocate.AssignBest {
//		for _, place := range plan.Places {
//			book(place.Patient, place.Slot)
//		}
//	}
//
// # What it never does
//
// It reads no clock, does no I/O, starts no goroutine, draws no chance but from a seed or a salt that it is given, and keeps nothing between
// calls but in an AssignSolver. It books nothing and holds nothing. What decides is whole numbers; floating point guesses prices where
// sessions have quotas, and any prices are checked by arithmetic on whole numbers before a bound rests on them. An answer never depends
// on the order of the input, on a map, or on the machine. It never weighs one class against another, nor lets a sum wrap: limits of
// size make that impossible (MaxAssignPatients and others), and rounds beyond them are refused.
//
// # Limits
//
// Assign: 2^20 patients, 2^20 slots, 2^26 options, 64 classes, costs up to 10^9 either way; quotas of sessions
// name at most 2^22 slots, each counted for each quota (MaxAssignQuotaSlots). A city's round of a million patients with 30
// options each is within them: potentials stay below 2^51 on the level of costs and 2^60 on that of hashes. Memory is about 12 bytes an
// option beside the round itself. Patients are placed one by one by cheapest paths, so that time grows with how far a newcomer pushes others:
// little where there is room, most where supply falls short by a tenth or more; see BenchmarkAssign.
//
// With quotas the flow is solved over vectors in a general network: 7 to 15 times slower where supply is tight or short, 30 to 75 times where
// it is loose (500 and 2,000 patients, BenchmarkAssignQuota); an AssignSolver then solves each change afresh. Deciding with quotas of
// sessions is NP-hard in general: rounds of some dozens of sessions have been seen to need a few hundred flows, others some thousands.
// [DefaultAssignWork] bounds flows and the arithmetic between them alike, so that a limit is a time: under ten seconds for 120 patients and 50
// quotas over 10 sessions; one flow is never interrupted. Memory is then 8 bytes times the square of the quotas of sessions that bear on one
// another: a few thousand. Such an answer is order-free, but which of several best ones it is may change
// with what else is in the round, and the salt does not choose.
//
// Rebook: 2^17 appointments and slots, 2^22 options, 8 classes. With 40 options each it takes 9 ms for a department of 500 where there is
// room for all, 50 ms where a tenth too few; for one of 5,000 an eighth of a second and one and a half seconds; for a site of 20,000 in 40
// departments some two seconds (BenchmarkRebook). It knows appointments of one unit: a bundle whose legs must keep their order or
// their day, and a visit of several slots, are for package exam and the Book to move. Nor does it see that two appointments are one person's:
// the Book refuses the second of two at once, and the round is then solved again. Others never move for a lesser loss, only for a place.
//
// The hash is fixed and public. Somebody who may choose names could look for one that wins ties; ties decide only between equally good
// answers, but where that matters draw Lottery ranks instead, or salt with what nobody knew when names were given.
//
// A certificate proves that an answer is best for the round as stated, not that the round states what patients want.
package allocate

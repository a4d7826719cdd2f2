// Package exam plans the examinations of one patient's order: which day, what time, at which site, in as few visits as possible. Unlike a
// calendar that offers a free time for each examination, it keeps the rules between them (the fast, ultrasound before endoscopy, contrast
// washing out, the walk between sites), proves that no plan is better, and says why a day is impossible.
//
// # What it decides
//
// [Problem.Solve] chooses one offer for each examination of a [Trip] so that
//
//  1. no two of a day overlap, and between any two the later starts when the way from the earlier one's site has been walked;
//  2. each [Precedence] and each [Separation] has its gap, over days as within one;
//  3. a fasting examination starts by its latest start, and nothing that breaks the fast starts on its day before it ends, nor
//     ended on an earlier day within its FastMinutes;
//
// and, of all such choices, has the fewest days; of those, the earliest finish of the last examination; of those, the least sum over the days of
// the time from first start to last end; of those, the first in canonical order. Rule 1 goes over midnight where an examination does.
//
// [Problem.WhyNot] answers the same for one day, with all reasons that concern one examination or two, or else one minimal conflict
// of more. [Catalogue.Trip] makes the rules of an [Order] out of the hospital's [Catalogue], and [Catalogue.Preparations] says what the
// patient must do before each leg.
//
// The search puts sets of days in rising size and rising last day, so that the first set that holds everything settles the first two
// objectives; least spans of single days bound the third. All sets of offers are words of bits.
//
// # The words
//
//   - Exam order (检查申请): what a physician asks for. Kind: one examination of the catalogue. Group: examinations that rules name together.
//   - Offer: a time at which an examination could be done, usually a candidate of the pool. Leg: the offer that was chosen.
//   - Itinerary: one leg for each examination. Span: from the first start to the last end of a day.
//   - Conflict: examinations and rules that cannot all be kept; Minimal where each of them is needed.
//   - Canonical: the same whatever order the input came in: examinations by code, offers by day, start, site by name, length, slot.
//   - Step: one choice, one set of days, or some dozens of offers compared or taken up; the unit of WorkLimit. It is work, and not
//     time: the same everywhere.
//
// # What the host must do
//
//  1. Make a Catalogue from its own facts, with what its radiologists and laboratories say of fasts and gaps.
//  2. Resolve [Midnights] for the days in question when it makes the slots, and keep them as it keeps the slots.
//  3. For an order: take the Trip from the catalogue, ask booking.Book.Candidates for each examination's service (Count: enough consecutive
//     slots for its Minutes), turn them into offers with [AppendOffers], add Sites and WalkMinutes. Walks between sites should not
//     be shorter than booking.Rules.TravelMinutes, or the Book refuses what was planned.
//  4. Solve; show the itinerary and the preparations to the patient, or the conflict to the physician.
//  5. Book with [Itinerary.Bundle]: one command, all legs or none. On a refusal ask for candidates again and solve again.
//
// In a program, without the checks of errors:
//
//	trip, _ := catalogue.Trip(order)
//	for _, e := range trip.Exams {
//		free, _ := book.Candidates(nil, &batch, requestFor(e), now, 300)
//		trip.Offers, _ = exam.AppendOffers(trip.Offers, book, e.Code, e.Minutes, 1, free, midnights)
//	}
//	problem, _ := exam.NewProblem(trip)
//	if answer := problem.Solve(); answer.Outcome == exam.Found {
//		reply, _ := book.Decide(&batch, answer.Itinerary.Bundle(meta, booking.Held, patient))
//	}
//
// # What it never does
//
// It reads no clock and no zone but the Location given to Midnights, does no I/O, draws no chance, keeps nothing between calls. It holds no
// number: between planning and booking somebody else may take one. It never drops an examination to make the rest fit. It does not
// plan emergencies, which are done at once, with a physician and without preparation, nor sedation, nor the use of former results
// instead of new examinations. It makes no text for people: conflicts, rules and preparations are data.
//
// # Limits
//
// [MaxExams] examinations, [MaxOffers] offers on [MaxDays] days, [MaxSites] sites, [MaxRules] rules of a kind. The problem is
// NP-hard (it holds scheduling with release times and deadlines), so [Trip].WorkLimit bounds the steps; where it ends the search, Answer.Proven
// is false, or the Outcome is Undecided. 8 examinations of 300 offers each over 30 days have not been seen to meet the default limit; 12 or
// more can. Steps go with time, some tenths of a microsecond each, so that the default limit is about a second at most, of the largest
// trip too; reading its offers once, some milliseconds, is not counted. Times are whole minutes from the midnight of their day: on a day whose
// clocks change, LatestStart counts minutes from midnight, not the hands of the clock; gaps and fasts count a day that the clocks skip
// whole as a day.
package exam

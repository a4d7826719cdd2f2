// Package triage says to which clinic a complaint or a referral belongs (智能导诊), from a routing table that a hospital writes as
// data. Unlike a decision tree in code it is proven before it answers: no two of its rules disagree, none is never asked, none leads
// a patient to a clinic that refuses, and needs that nobody answers are known.
//
// # What it decides
//
// [Table.Route] answers a [Need] with the first rule that matches it, in this order:
//
//  1. red flags: rules whose Action is EmergencyNow, whatever their rank. No number is booked;
//  2. the smaller Rank;
//  3. the smaller ID, but only between rules that say the same: others of one rank may not meet.
//
// A rule matches where the need's code is among its Codes (or it is for AnyCode) and its [Condition] is met: age, sex, urgency, first visit
// or follow-up, referral, signs that must be there, signs that must not. Its destinations are the clinics to try, the best first.
// A need without a rule is answered too: ask a nurse. [Table.Explain] lists every rule that matches and who outranks it.
//
// [Table.Eligible] judges who names a clinic instead: it lists all that the clinic's condition asks and the patient does not meet.
//
// [NewTable] refuses a table, with everything that is wrong at once, where
//
//	contradiction  two rules of one rank answer one need differently, and no rule goes before both
//	unreachable    all that a rule matches is answered by rules before it
//	misled         a need that a rule answers is led to a clinic that does not take it
//	gap            no rule answers a need (or the table lists it)
//
// and shows a need for each but the second, which names the rules instead. All four are exact, in both directions: what is found is so,
// and what is not found is not so. The proof takes what each rule answers away from the set of all needs, as boxes, code by code.
//
// # The words
//
//   - Code: a complaint (主诉) or a referral, in the hospital's own coding. Sign: anything else that is known or not (pregnant, cold
//     sweat). Term: a code with its texts for people.
//   - Need: what is known of one who wants to be seen. Urgency: how soon, found at the door; Immediate is now.
//   - Age (of package booking, as Sex): completed days, months and years at once. Bound: 28 days, 6 months, 14 years. Range: half-open, so that 14 years is grown up.
//   - Clinic: department, service and kind of number. Eligibility: whom it takes. Destination: a clinic with the rule and the reason.
//   - Rule, Rank, Reason (理由): the hospital's. Red flag (急症): a rule that books nothing and sends to the emergency department.
//   - Outranked: a rule that matches and does not answer.
//
// # What the host must do
//
//  1. Write the table ([ReadConfig] reads it as JSON) with its physicians, and let them read the findings and the gaps.
//  2. Make the table again when codes, clinics or rules change, and keep the old [Table.AppendJSON] beside what it answered.
//  3. Ask the patient for the complaint and the signs, take Visit from its own records and Referral from the letter, not from a
//     click. A sign that nobody asked about counts as not there: ask for those of red flags first.
//  4. Make the Age for the day that matters: the day of the visit where a number is booked ahead.
//  5. On Book, ask for the destinations in turn ([Destination.Ask] fills in the booking) until one has a number; on AskNurse or
//     EmergencyNow show the reason and book nothing.
//  6. Ask Eligible before a direct booking; the Book itself knows nothing of age or sex.
//
// # What it never does
//
// It makes no diagnosis and gives no probability: it says what the hospital's own rules say. It reads no clock and does no I/O,
// keeps nothing between calls, and does not depend on the order of anything but destinations. It never guesses at an unknown code
// and never skips a rule. It does not look for free numbers. A Need holds no name.
//
// # Limits
//
// [MaxCodes] codes, [MaxSigns] signs, [MaxClinics] clinics, [MaxRules] rules with [MaxDestinations] destinations each. Whether two boxes of
// needs cover a third is hard in the number of signs (it is tautology of a disjunction, co-NP-complete), so [Config].WorkLimit bounds the steps, and
// 2^20 boxes the memory; a table that is not proven within them is refused, never half believed. Days and months may be bounds of one
// table only where the calendar orders them: 28 days and 1 month, 42 days and 3 months, but not 30 days and 1 month. Ages are below
// [MaxAgeYears]. Every mixture of the other parts counts as a need, also a man who is pregnant: say what to do about him. Two clinics that
// differ only in kind are two here, but one for a booking request.
package triage

// Package noshow says what follows for people who do not come, and how likely people are to come. Unlike a counter
// in a patient table it keeps nothing: a standing is worked out anew each time from the incidents that count, so that
// an appeal upheld undoes its consequences completely and every answer can be proved afterwards.
//
// # What it decides
//
// Policy.Standing takes one person's incidents, a hospital's rules and a day, and says what is in force on that day:
// nothing, or measures, each with the rule, its first day, the first day on which it is over, the incidents that
// counted and how many of them would have to be excused to lift it.
//
//	incidents ──excused ones left out──▶ Record ─┐
//	rules as data ──────────────────────▶ Policy ─┴─ Standing on a day ──▶ SuspendedUntil, BarredUntil, Explain
//
// A rule is met on a day when that day has an incident of the rule's kinds and at least Threshold of them are still
// remembered. Its effect runs from that day. Days are days: of several incidents on one day none is first, and a
// rule is met at most once on it.
//
// One mechanism, Term, says both how long an incident is remembered and how long an effect lasts:
//
//	within "3 months"           rolling: 10 January counts up to and including 9 April
//	within "1 calendar year"    until 31 December, whenever in the year
//	lasts  "6 months"           from 31 August through 27 February (28 February is the first free day)
//	lasts  "1 calendar month"   the rest of the month
//
// Prior.Show and Clinic.Show estimate the probability that a booked person comes. The clinic's rate by lead time is
// where everyone starts; a person's own record draws the figure towards itself, by as much as the record is long
// (beta-binomial posterior mean, with or without exponential fading of old visits).
//
// # The words
//
// Incident: one thing that went wrong with one booking: no-show 爽约, late arrival 迟到, late cancellation 临时退号,
// cancellation 退号, same-day return 当日退号, booking in bad faith 恶意抢号. Each is recorded as its own kind; the rules
// say which count together.
//
// Excused: an incident that does not count: an appeal upheld 申诉成立, a closed clinic 停诊, the hospital's own fault.
// Excused is the same as absent.
//
// Measure: one rule met: suspend, restrict channels, charge a fee, require a referral; in force by itself
// (automatic) or waiting for a person to confirm it (proposed).
//
// KeepCounting and StartAfresh: whether the incidents that met a rule go on counting. "At least 3" is Threshold 3,
// "more than 3" is Threshold 4.
//
// Show: the patient comes, late or not. Lead time: days from the day of booking to the day of the visit. PPM:
// parts per million, the fixed point in which a probability may decide something.
//
// # What the host must do
//
//  1. Decide what happened, by the booking rules: how late is late, until when cancelling is free, that a closed clinic
//     or a patient moved to another department is no incident at all.
//  2. Date each incident by the civil day at the clinic, not by UTC, and give it an ID that never changes. Sending
//     it twice does no harm.
//  3. Keep incidents and excuses for as long as the longest rule remembers and its effect lasts; forget them after that.
//  4. Ask Standing again whenever an incident or an excuse arrives and whenever a measure ends, and hand the answer on:
//     SuspendedUntil, at 00:00 of that day at the clinic, is what a booking system needs to bar the person, and no date
//     lifts the bar.
//  5. Let emergencies through. A standing says what follows for bookings; that an emergency is never barred is the booking
//     system's gate, which alone knows what an emergency is.
//  6. Have a person confirm what is proposed, and collect fees: that a fee was paid is the host's to know. Rule and From
//     name a measure.
//  7. Say in advance what the rules are; CountFrom keeps a new policy from reaching back.
//  8. Feed History only with outcomes known at the moment of the estimate, and Tally with appointments that are over.
//  9. Overbook on ExpectedShows of a session, never one named patient for a low figure: most such patients come.
//
// # What it never does
//
// No clock, no input or output, no goroutines, no chance. It never changes what it was given. It reads no age, sex,
// neighbourhood or insurance to estimate who will come. Standings are integer arithmetic on days and do not depend on the
// order of incidents or rules; probabilities are rounded to PPM before they decide, and are the same bits on
// every processor.
//
// # Limits
//
// A record holds MaxIncidents, a policy MaxRules, a clinic MaxBands. Standing takes time in proportion to rules times
// incidents.
//
// Months keep the day of the month, or take the month's last day: 6 months from 31 August end before 28 February. So
// one month from 29, 30 or 31 January ends on the same day of February.
//
// Under KeepCounting an incident fewer never makes a standing worse. Under StartAfresh it can move a
// suspension to a later day, because incidents pair up differently; the comment there has the example. A
// hospital that wants every appeal to help chooses KeepCounting.
//
// Incidents on days already under suspension (a visit booked before it) count like others. A person's
// classes are those of today: an exemption that begins or ends changes the answer from then on, also about former days.
// Rules see one record at a time: who falls under a rule by account and who by person is the host's choice of record.
//
// The estimate knows lead time and the person's own visits, nothing else.
package noshow

// Package fit recommends slot lengths, capacities and numbers per half-hour from what a clinic has recorded. Unlike a rule of
// thumb (mean length, rounded up) it works out what each choice would do to patients and physician, and puts those figures beside
// the recommendation.
//
// # What it decides
//
// [History.Recommend] cuts a session into equal slots of each length, with each number of patients per slot, and gives for every such
// candidate the expected wait, the chance and the size of an overrun, idle time and utilisation. Of those that meet the target it
// recommends the one that serves most patients; ties go to the smaller mean wait, the shorter slot, the smaller capacity. If
// none meets it, it says so and names the nearest.
//
// [History.Evaluate] gives the same figures for any pattern: first visits of 30 minutes and follow-ups of 15, gaps, double bookings.
//
//	consultations ─NewHistory─▶ History ─┬─ Recommend(Shape, Target) ─▶ Report: Chosen, Interval, Candidates, Sample
//	                                     └─ Evaluate(Template) ───────▶ Evaluation: Figures, Interval, Samples
//	arrivals ──────NewDemand──▶ Demand ──┬─ Periods(weekday) ─────────▶ numbers per half-hour that cover 90 % of days
//	                                     └─ Spread(weekday, total) ───▶ a fixed total, divided in proportion
//
// The model: patients are punctual and come independently, each with the probability of their visit type; one physician starts on
// time and takes them in turn; lengths are distributed as the history of their type. The work in the room is followed patient by
// patient as a distribution on whole minutes (D. V. Lindley, The theory of queues with a single server, Proc. Camb. Phil. Soc.
// 48, 1952), so that the figures are worked out and not simulated. Waits, tardiness and idle time are those of G. C. Kaandorp and
// G. Koole, Optimal outpatient appointment scheduling, Health Care Management Science 10, 2007, for any distribution of lengths,
// as in P. M. Koeleman and G. M. Koole, Optimal outpatient appointment scheduling with emergency arrivals and general service
// times, IIE Transactions on Healthcare Systems Engineering 2, 2012.
//
// A length between two minutes counts as a bit of both, so that the mean is kept. That spreads a little, and so waits and
// expected overruns err upwards, never downwards.
//
// A slow day is slow all day. Where the history names its sessions, their pace is estimated and the figures are those of quick,
// usual and slow sessions together; lengths keep their mean and variance. Otherwise lengths are independent, and overruns rarer
// than in life.
//
// A physician with few observations is drawn towards the pool of the visit type: n own observations have weight n/(n + PoolWeight).
//
// # The words
//
//   - Consultation: from calling a patient to being free for the next. Observation: one that was recorded.
//   - Visit type: first visit (初诊), follow-up (复诊), or any label under which lengths are alike.
//   - Template: who is booked when in one session. Candidate: a template of equal slots.
//   - Wait: from the appointed time to being called. Overrun: work left at the session's end. Grace: overrun that does not count.
//   - Pace: how much slower or quicker than usual all of one session is. Tempo: one of the paces worked out.
//   - Sample: what stands behind the figures. EffectiveObservations: how many equal ones would say as much.
//   - Interval: what the figures might have been, had other consultations of the same kind been recorded.
//   - Dispersion: variance over mean of arrivals. Numbers (号): capacity, in patients.
//   - Basis point: a hundredth of a percent.
//
// # What the host must do
//
//  1. Record lengths, with the session of each, and take out what is not one: a clock that ran through lunch. P95Seconds shows it.
//  2. Choose visit types that hold alike together, by department: types are pooled over physicians.
//  3. Say what it wants: a Target, in limits that the head of the clinic can defend; how few observations are too few
//     (LeastObservations; some tens); and how soon a physician counts as a case of their own (PoolWeight; some tens).
//  4. Pass a Seed if it asks for an interval, and keep it: whoever has history, question and seed gets the same report.
//  5. Read Interval before believing Figures. If Interval.High breaks a limit that must hold, ask for less or wait for more history.
//  6. Judge on later sessions: fit on the first part of the history, and see how the second goes through the template.
//  7. Count arrivals on every day of the range, or make the other days holidays of the Calendar it passes.
//  8. Draw up the roster itself: slots.Even cuts sessions as a candidate says, and slots.Diff tells who is affected.
//
// # What it never does
//
// It reads no clock, does no I/O, keeps nothing, and draws chance only from the Seed. The order of observations, arrivals, slot
// lengths and limits means nothing. It decides on figures rounded to whole seconds and basis points, from + − × ÷ and √ in a
// fixed order: the same on every processor. It changes no roster and throws no observation away. It smooths no half-hour with its
// neighbours.
//
// # Limits
//
// A clinic that slows down over the years, or has another season, is not like its history: duty 6. Pace is one figure for a visit
// type, normal about the usual, needs [MinPaceSessions], and is not resampled for the interval. Within a session lengths are
// independent: whoever hurries when patients wait is not modelled.
//
// One physician, no breaks, no emergencies, no late patients, nobody leaves unseen. The session is as booked: how its numbers fill up
// is another question. Wait is only that of the room, not the days until the appointment.
//
// With few observations a bootstrap interval is too narrow, and knows no longer consultation than the longest recorded. It says
// nothing of how unlike the pool a physician is.
//
// Numbers per half-hour are quantiles of the days seen. An epidemic, or people sent away because numbers were short, are not in
// them: refused demand must be counted as arrivals if it is to be served.
//
// [MaxObservations], [MaxConsultationSeconds]; [MaxBooked] patients and [MaxSessionMinutes] a session; [MaxSlotLengths] times
// [MaxCapacityPerSlot] candidates; [MaxResamples]. An evaluation costs a fraction of a millisecond for a usual morning, and under
// a second at the worst that the limits allow, five times that where there is a pace; a search as often as it has candidates, a
// resample as much as an evaluation. The crowded candidates cost most.
package fit

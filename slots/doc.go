// Package slots turns a hospital's rosters into dated sessions and slots. Unlike a calendar of events, it holds supply: each slot has a
// capacity and an identity that outlives edits, and what it cannot do cleanly it reports beside the answer.
//
// # What it decides
//
// Which sessions exist on which dates, at which instants, cut into which slots:
//
//	rules + extra sessions − off days ± revisions − leave − closures  →  sessions → slots, and findings
//
// On each date the answer is built in this order, and the later wins:
//
//  1. The rule's dates: its Repeat, and the Dates listed. On a make-up working day (调休) rules that keep the calendar run the
//     timetable of the day that a Follow names; without one, their own. Rules that are OpenOnHolidays always go by the date itself.
//  2. The calendar. On an off day rules that are ClosedOnHolidays are not held, those with OtherHoursOnHolidays are held in their
//     HolidayHours, those that are OpenOnHolidays as always. A day of an unpublished year is taken as its weekday and reported as
//     UnknownYear.
//  3. Validity (From, Until) and closed dates of the rule.
//  4. Extra sessions, which no calendar closes.
//  5. Revisions of one session on one date: another day, other hours, another place, another cut. The session is then held where
//     the revision says, whatever the calendar says of the new day. Its identity stays.
//  6. Substitutes (替诊) change who is needed; one for a rule goes before one for a resource.
//  7. Leave, of rules, extra sessions or of those who are needed after 6: the leave of a physician who has a substitute takes
//     nothing, that of the substitute does. It only removes. Whole-day leave removes the sessions of its dates; leave with clocks removes the
//     slots that it overlaps. A counted session has no times within, so it goes only if all of it is covered; otherwise it stays
//     whole and is reported (CountedPartLeave).
//  8. Closures of a site or of a department there remove like leave, whatever else was said: also extra sessions, and those moved there.
//  9. The clocks. A slot that would start at a time that does not exist that day, or that the clocks jump into, is not made
//     (SkippedSlots). One that starts at a time that occurs twice is made once, at the first (RepeatedSlots). Numbers without times
//     start with what the clocks leave of the session, if it is as long as one stay. Leave and closures go by the minutes written on
//     the wall, also on such days.
//
// A session is cut Even (slots of so many minutes), Packed (so many numbers evenly in each segment: 4 in 30 minutes at
// :00 :07 :15 :22), Mixed (a round of slots of different lengths: a first visit of 30 minutes, two follow-ups of 15) or Counted
// (numbers without times). Blocks inside it are breaks or are cut in their own way; what lies between them is cut for itself,
// from where it begins. No slot reaches past the end of its session, or into a break. A long visit takes several slots in a row: that
// is asked for when it is booked.
//
// It also decides when which part of the numbers comes out, for whom, and until when they may be booked and cancelled (Release,
// Windows), what changed between two generations (Diff) and which bookings a change leaves without a place (Stranded).
//
// Beside it: rrule turns RFC 5545 texts into Repeats and back, search finds the first free slots, fit recommends slot lengths from
// history, slotstest draws and breaks rosters for tests. booking.TermsOf hands a Release to the pool, which enforces it.
//
// # The words
//
//   - Date: a civil date, in no zone. Clock: a time of day in minutes. Instant: a second on the world's time line.
//     Resolve is the only bridge from the first two to the third.
//   - Span: half-open [from, to). Ranges of dates include both ends, as people write them.
//   - Rule: one line of a roster (排班): what repeats, or is held on listed dates. Extra: a session on one date. Leave (停诊): what
//     is taken away. Closure: a site that is shut. Revision: one session moved, shortened, relocated. Substitute (替诊): who stands in.
//   - Session (出诊单元): a rule on a date. Its ID is "rule ID/date", the date that it was planned for. Resources, room and times
//     are attributes: a substitute changes who, not which session.
//   - Slot (分时段号源): the smallest bookable stretch, with a capacity in units. A counted session has exactly one, with
//     the declared stay as its length.
//   - Visit: whom a slot is for: any visit, a first visit (初诊), a follow-up (复诊).
//   - Off day: a Holiday of the calendar, by notice; a weekend is none, for a rule names its weekdays itself.
//   - Calendar: off days, make-up days, and the set of years that are published.
//   - Finding: something for a person to look at; never fatal. ResourceClash and RoomClash list physicians in two
//     places and rooms with two sessions at once: each such session is named at least once.
//
// # What the host must do
//
//  1. Load a *time.Location and pass it in. The same zone rules give the same instants; future rules are data that
//     changes, so generate once and keep the instants.
//  2. Give every rule an ID that it keeps for life. Changing an ID removes its sessions and adds others.
//  3. Load the calendar when a year is published, and again when a notice is amended; then generate again and Diff. The
//     last days of a December may be changed by the next year's notice.
//  4. Decide whose timetable a make-up day follows (Follows). Undecided days run as their own weekday and are reported.
//  5. Show the findings to whoever draws up the roster.
//  6. Ask Stranded before a new generation replaces an old one, and treat what it lists as closures, not as deletions: package
//     booking does.
//
// # What it never does
//
// It reads no clock, file or environment, starts no goroutine, draws no lots, and keeps no state: a Roster and a Calendar never
// change once made. It uses no floating point. It does not depend on the order of rules, extra sessions, leaves,
// resources or calendar days. It never truncates: what is too much is refused. It knows nothing of patients.
//
// # Limits
//
// MaxDays days, MaxSlots slots and MaxSessions sessions per call of Sessions; MaxRules rules and extra sessions, MaxExceptions
// revisions, substitutes, leaves and follows, and MaxClosures closures per roster; MaxResources resources, MaxBlocks blocks and MaxDates dates per rule; sessions and slots of at most MaxSessionMinutes; MaxCapacity units per
// slot; names of MaxTextBytes. A configuration is refused with all of its problems at once, each naming the entry, the
// field and the value.
//
// A rule has at most one session a date. Odd and even weeks are those of ISO 8601. Findings are about the range asked for: a clash over its edge is not seen. A clash is reported with one of
// the sessions it is with, not with all. Sessions are whole minutes of the wall clock; in zones of the nineteenth
// century, whose offsets have seconds, Session.Minutes is rounded up.
package slots

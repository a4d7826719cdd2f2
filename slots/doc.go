// Package slots turns a hospital's rosters into dated sessions and slots. Unlike a calendar of events, it holds supply: each slot has a
// capacity and an identity that outlives edits, and what it cannot do cleanly it reports beside the answer.
//
// # What it decides
//
// Which sessions exist on which dates, at which instants, cut into which slots:
//
//	rules + extra sessions − closed dates − holidays − leave  →  sessions → slots, and findings
//
// On each date the answer is built in this order, and the later wins:
//
//  1. The weekday. A rule that is ClosedOnHolidays runs on the weekday that the date follows: its own, unless a
//     Follow names another (a make-up working day, 调休). A rule that is OpenOnHolidays always runs on its own.
//  2. The calendar. On an off day rules that are ClosedOnHolidays are not held. A day of an unpublished year is
//     taken as its weekday and reported as UnknownYear.
//  3. Validity and closed dates of the rule.
//  4. Extra sessions, which no calendar closes.
//  5. Leave, of rules, extra sessions or resources. It only removes. Whole-day leave removes the sessions of its
//     dates; leave with clocks removes the slots that it overlaps. A counted session has no times within, so it goes only
//     if all of it is covered; otherwise it stays whole and is reported (CountedPartLeave).
//  6. The clocks. A slot that would start at a time that does not exist that day, or that the clocks jump into, is not made
//     (SkippedSlots). One that starts at a time that occurs twice is made once, at the first (RepeatedSlots).
//
// A session is cut Even (slots of so many minutes), Packed (so many numbers evenly in each segment: 4 in 30 minutes at
// :00 :07 :15 :22) or Counted (numbers without times). No slot reaches past the end of its session.
//
// It also decides when numbers are released and until when they may be booked or cancelled (Ahead: days and a clock,
// calendar or working days), and what changed between two generations (Diff).
//
// # The words
//
//   - Date: a civil date, in no zone. Clock: a time of day in minutes. Instant: a second on the world's time line.
//     Resolve is the only bridge from the first two to the third.
//   - Span: half-open [from, to). Ranges of dates include both ends, as people write them.
//   - Rule: one weekly line of a roster (排班). Extra: a session on one date. Leave (停诊): what is taken away.
//   - Session (出诊单元): a rule on a date. Its ID is "rule ID/date". Resources, room and times are attributes: a substitute
//     (替诊) changes who, not which session.
//   - Slot (分时段号源): the smallest bookable stretch, with a capacity in units. A counted session has exactly one, with
//     the declared stay as its length.
//   - Calendar: days off, make-up days, and the set of years that are published.
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
//  4. Decide which weekday a make-up day follows (Follows). Undecided days run as their own weekday and are reported.
//  5. Show the findings to whoever draws up the roster.
//  6. Treat a removed session with patients in it as a closure, not as a deletion: package booking does.
//
// # What it never does
//
// It reads no clock, file or environment, starts no goroutine, draws no lots, and keeps no state: a Roster and a Calendar never
// change once made. It uses no floating point. It does not depend on the order of rules, extra sessions, leaves,
// resources or calendar days. It never truncates: what is too much is refused. It knows nothing of patients.
//
// # Limits
//
// MaxDays days, MaxSlots slots and MaxSessions sessions per call of Sessions; MaxRules rules and extra sessions, and MaxLeaves
// leaves, per roster; MaxResources resources per session; sessions and slots of at most MaxSessionMinutes; MaxCapacity units per
// slot; names of MaxTextBytes. A configuration is refused with all of its problems at once, each naming the entry, the
// field and the value.
//
// Rules are weekly. Findings are about the range asked for: a clash over its edge is not seen. A clash is reported with one of
// the sessions it is with, not with all. Sessions are whole minutes of the wall clock; in zones of the nineteenth
// century, whose offsets have seconds, Session.Minutes is rounded up.
package slots

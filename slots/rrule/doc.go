// Package rrule reads the recurrence rules of calendars (RRULE, RFC 5545) as a slots.Repeat with a first and a last date, and writes them
// back. Unlike a reader of calendars it takes only what is a predicate over dates; all else it refuses by naming the part, so that
// no rule is ever read as nearly what it says.
//
// # What it decides
//
// Parse decides what a rule means for its start, by the table of RFC 5545 section 3.3.10 (with errata 1913 and 3779 on the numbers of
// BYDAY). Taken are:
//
//   - FREQ=DAILY, WEEKLY, MONTHLY and YEARLY with INTERVAL up to slots.MaxEvery, and WKST where it matters;
//   - BYMONTH, BYMONTHDAY and BYDAY, positive and negative; numbers before weekdays within a month (1MO, -1FR), if each weekday has
//     the same ones (1MO,1TU,3MO,3TU);
//   - BYSETPOS where it comes to other days: BYDAY=MO;BYSETPOS=2 is 2MO; the first of the days MO,WE of a week is MO;
//   - BYWEEKNO of all odd or all even weeks with BYDAY alone, which is how a calendar says 单双周;
//   - one BYHOUR and one BYMINUTE, which change the clock of the start, and BYSECOND=0; with an all-day start all three are ignored;
//   - COUNT, counted out to a last date, and UNTIL as a date, a local time or a time in UTC, compared as an instant;
//   - RSCALE=GREGORIAN and SKIP=OMIT (RFC 7529), which change nothing.
//
// Where the RFC leaves it open or readers disagree, this is the choice:
//
//   - A DTSTART that the rule does not select is not an occurrence and does not count for COUNT. The RFC calls it undefined; some
//     readers add it.
//   - FREQ=YEARLY;BYMONTHDAY without BYMONTH is of the month of DTSTART, from where the RFC says a missing BYMONTH comes, and what the
//     calendars that write it mean. Some readers (python-dateutil and its kin) take every month. With BYDAY beside it
//     there are more readings, and it is refused as Ambiguous.
//   - An UNTIL that is a date includes that date, whatever the clock. An UNTIL in local time is of the start's own zone.
//   - A time that the clocks skip is compared by the offset before the jump (section 3.3.5); whether a session is held then is for
//     slots.Resolve to say.
//   - BYSETPOS counts from the begin of its period, also in the first one, where DTSTART is in the middle.
//
// Refused are, with the Reason: what the grammar does not allow (Malformed: unknown parts, parts twice, empty parts, values out of
// range), what the RFC forbids together (Forbidden), BYYEARDAY, other BYWEEKNO and BYSETPOS, numbers within a year, several times
// a day, HOURLY and below, other calendars and SKIP (Inexpressible), and what selects no date (NoDates).
//
// # The words
//
//   - Rule: the value of an RRULE property. Part: NAME=value in it.
//   - Start: the DTSTART of the rule.
//   - Recurrence: the meaning: Start, Repeat, Until. Its Start is the first date selected.
//   - Number: what stands before a weekday in BYDAY. Place: one entry of BYSETPOS.
//   - Held: said of a date that a slots.Repeat selects.
//
// # What the host must do
//
//  1. Take the property's value out of the file: unfold its lines.
//  2. Load the zone that TZID names, or give nil for a floating time; set AllDay for VALUE=DATE.
//  3. Parse, and make a slots.Rule of it (Recurrence.Rule).
//  4. Treat the dates of EXDATE as closed and those of RDATE as listed: they are other properties, as is EXRULE.
//  5. Show a refusal to whoever gave the rule, with its Part. Such a line can still be given as a list of dates.
//  6. When writing, make a Recurrence of a slots.Rule (Of), and give DTSTART as Recurrence.Start says.
//
// # What it never does
//
// It reads no clock, file or environment, and no zone but the Location given. It never guesses, never drops a part that it does
// not know, and never reads a rule as other dates than the RFC's. It does not make sessions: package slots does.
//
// # Limits
//
// MaxTextBytes bytes a rule. Clocks are whole minutes. Dates end with 9999-12-31: a COUNT that goes beyond is refused. Finding the
// last date of COUNT takes some nanoseconds a day in between, at worst some tens of milliseconds for a rule to the end of the
// calendar. Format cannot say Parity with anything but weekdays, nor Nth or MonthDays with counted weeks, nor Nth with counted days.
package rrule

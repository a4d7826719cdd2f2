// Package search finds the first free slots of a hospital's supply. Unlike a query over a table of slots it does not walk what is full, closed, barred by
// quotas, at the wrong time or on the wrong day: it reads bits, thousands of slots a word.
//
// # What it decides
//
// Given sessions as package slots makes them and what the host marks about them since, which runs of free slots answer a [Query]:
//
//	resource | department | service | service within a department
//	× sites, kinds, grades × kind of visit × quota class × weekdays × windows of the day × count of slots in a row
//
// and in which order. The order is total: by the instant at which a run's first slot starts, then by the session's number in
// [Config].Sessions. The first of it is [Plan.First]; [Plan.Cursor] and [Plan.All] walk it.
//
// A run of Count slots lies in one session, each slot starting where the one before ends, so that no break and no buffer is in between. It starts in
// [from, until). Each of its slots starts on one of the weekdays and lies wholly in the union of the windows, by the clocks of the
// hospital's zone: where the clocks change, by what they show minute by minute.
//
// It also decides when several resources are free together ([Index.Joint]): the instants at which each has free slots of one session that
// cover the same minutes. Their slots need not start together.
//
// # The words
//
//   - Session, slot, resource, line: those of package slots. A session is known by its number, its place in Config.Sessions; a
//     slot by its number in the session.
//   - Spot: a run of slots of one session. Free, taken: one bit a slot, which the host keeps; a slot of several units is free
//     while it has room.
//   - Open, closed: of a session (released, not suspended). Admitted, barred: of a session and a quota class: whether the quotas leave
//     it anything. A spot answers a query if its slots are free, its session open and the query's class, if it names one, admitted.
//   - Plan: a query made ready. Window: a part of the day. Party: one of the resources of a joint search. Meeting: its answer.
//   - Face: the cut of a session together with the wall clock and the weekday at which it starts. Block: the sessions of a list that
//     start at the same instant with the same face; Plan judges time once for each face, and every search once for each block.
//
// # What the host must do
//
//  1. Make sessions once (slots.Roster.Sessions), keep their order, and give them to [New] with the zone and the classes.
//  2. Bring the index up to date: [Index.Take] what is full, [Index.Close] what is not released or suspended, [Index.Bar] the
//     classes for which a session has nothing left. Then do the same with each change: Take and Free when a slot
//     loses or regains its last room, Open and Close, Admit and Bar. What was marked twice is marked once.
//  3. Make a [Plan] for each form of question, keep it, and ask it with the instant of the moment.
//  4. Ask the pool again before it promises anything: the index knows nothing of patients, limits and booking hours, and its
//     answer is as old as the last mark.
//  5. Make a new index when the roster changed or days passed. Sessions cannot be added to one.
//  6. Hold its own lock if it marks and asks from several goroutines. Asking alone needs none.
//
// For a request that bears several classes, declare what they are together as a class of its own ("app, elderly") and keep its
// bits: a query names one class.
//
// # What it never does
//
// It books nothing, holds nothing and counts no units. It reads no clock, file or environment, starts no goroutine, draws no lots. No
// answer depends on the order in which names or marks came. Asking, marking and walking allocate nothing, but for a
// Cursor that meets more than 8 blocks at once. It never mistakes a wrong name for "nothing free": a name that no session has is an
// error ([ErrUnknown]). It never cuts an answer short: what is bounded says so ([Undecided]) and goes on when asked again.
//
// # Limits
//
// See the Max constants; a configuration or query beyond them is refused with all of its problems, each with its field and value.
//
// Memory: of slots of at most 64 a session the bits lie in one word, so that a slot takes between 1 and 2 bits (1.07 at 12 a session).
// The directory is 20 bytes a session, and for each list that it is in (its resources, department, service) 4 bytes, 4 bits and
// one bit for each class and each different line, and 12 bytes for each of the list's blocks: 55 bytes a session in all for physicians with
// two sessions a day in departments of a hundred. Slots' times are kept once for each different cut.
//
// Time: First is a binary search over the list's blocks and a look at each session that has a free slot at the time of the answer. Full, closed and
// barred sessions are passed 64 blocks, and 4,096, at a time, and so are runs too short where 2, 3 or 4 slots are sought (longer ones: too short
// for 4); blocks at the wrong time or day, and those without a session of the right site, kind or grade, 64 at a time. What costs a look each: a
// block whose free slots are all outside the windows though others of it are inside; one where the session that is free is not the
// one that is admitted, or has not the run, or not the site; sessions that overlap in time in many different cuts.
//
// A counted session is one slot, at its start and as long as its declared stay; its numbers have no times, so windows are judged by that and
// a joint search leaves it out. A joint search is bounded by MaxParties and MaxLooks. A session that occupies two parties
// gives both the same slots.
package search

// Package explain says why: for an appointment, the chain of events that led to what it is and the rule behind each; for a
// refusal, which rule it was and what would have to change. Unlike a message kept beside a row, nothing it says is stored: data
// is worked out from the log and the Book, and text, in English or Chinese, for a patient or for a clerk, is made from the data.
//
// # What it decides
//
// Nothing. A [Teller] reads a log and gives the [Chain] of an appointment: its own events, and those that had a part in them, each
// with its [Relation] and its [Cause]:
//
//	relation     events                                                         told to a patient
//	appointment  made, paid, moved, offered, checked in, given back, ...        yes
//	session      opened, released, closed, ended                                closed
//	quota        reserves that fell open, lines changed, units granted          no
//	holder       a restriction of the person or account, set or lifted          yes
//	rules        the adoption of the rules that decided one of the above        no
//	archive      the day was put away                                           no
//
// A number given carries its [Charge]: the class it was charged to, and whether from that class's reserve or from the common rest,
// by the quota rule of package booking, worked out for that instant; an event that Advance decided, how late it was.
//
// [Why] takes a refused command, while the Book is as it was, and gives an [Explanation]: the reason, the limit by its name, the
// number that was reached, until when, and remedies, of a closed list ([Action]) with parameters, so that a product can make
// buttons of them. A remedy is Sure where doing it removes that reason as the pool stands: it was worked out, or tried on the Book
// and dropped. The rest is advice.
//
// A [Speaker] makes text of both. Its patient is told of nobody else: no name of a person or an account is even looked up.
//
// # The words
//
// chain: an appointment's links in log order. link: an event and why it is there. remedy: what would change a refusal. own:
// the person's own appointments. number 号, release 放号, hold 锁号, reserve 预留号, cap 限号, add-on 加号, closure 停诊, give back 退号, late
// cancellation 临时退号, no-show 爽约, restriction 限制预约, move 改约.
//
// # What the host must do
//
//  1. For chains: give every batch of the log, from the first, to [Teller.Read], in order: as it is appended, or from a store when
//     someone asks. Name the appointments wanted, or none for all.
//  2. For refusals: call [Why] with the Book, the command and the Reply, before anything else is applied.
//  3. Make a [Speaker] for the reader at hand: language, reader, the zone of the reader's clock, and names: the Book, or a look-up
//     that leaves out what was erased and calls classes and departments what patients call them.
//  4. Show the patient's text to the person whose appointment it is, or to whoever acts for them, and to nobody else; the
//     clerk's text to staff alone: it names people.
//  5. Treat a remedy that is not Sure as advice, and decide the command that it leads to like any other: the pool may have changed.
//
// # What it never does
//
// It writes nothing, decides nothing, reads no clock and no file, and never sends a message. It looks at no other person's
// appointments to explain a refusal, not even at those of the same account. It blames nobody: what the hospital did is said to be
// the hospital's. The wording is not part of the version promise; the data is.
//
// # Limits
//
// A log does not say which policy chose a slot, nor who was refused before; a chain cannot tell either. An event says which version
// of the rules decided it, not what they said: keep your rules by version. NoneFree is of a search: what stood in the way of each
// slot is for Book.Reasons, whose answers Why explains too. Limits per account are explained from the person's own numbers, so that
// their remedy is advice. A bundle's requests are judged together: remedies are of the one that was refused, and advice but for asking
// later or anew; another of them may be refused then.
//
// Memory of a Teller: every session's opening, 216 bytes for each event of a session, 56 bytes for every appointment, and 216 bytes
// for each event of the appointments it follows. It forgets nothing, not even what the Book has retired.
package explain

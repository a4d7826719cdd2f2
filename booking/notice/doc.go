// Package notice says who is to be told what: messages to patients (预约成功、停诊、候补、就诊提醒), as data, read off the batches of
// a log. Unlike a queue of messages it stores nothing and sends nothing: the log is the queue, and the number of an event in it is the
// number of its message, so that a host that keeps the last number it sent sends each exactly once, over any crash and any replay.
//
// # What it decides
//
// [Of] reads one batch and gives a [Notice] for each event that somebody must hear of: which [Kind] of message, to which person or account, about
// which appointment or entry, and the times that belong to it. Every kind of event of package booking either gives a notice or is
// silent by decision: [Speaks] tells which.
//
//	event                        notice
//	AppointmentBooked            Booked (also of an add-on)
//	AppointmentHeld              HeldUntil (Until)
//	AppointmentPaid              Paid
//	AppointmentRescheduled       Moved
//	AppointmentCancelled         GivenBack, or CancelledByHospital
//	HoldLapsed                   HoldOver
//	PatientMissed                Missed
//	AppointmentVoided            Withdrawn
//	OfferMade                    ClosureOffer, NothingFound or MovedByHospital; ConsentAsked where what is offered is what they have
//	OfferAccepted                OfferTaken
//	OfferDeclined, OfferLapsed   OfferGone
//	AppointmentOffered           WaitlistOffer (Until)
//	EntryJoined, EntryApproved   WaitlistJoined, WaitlistApproved
//	EntryEnded                   WaitlistEnded
//	HolderRestricted             Restricted (Until), or RestrictionLifted
//	RestrictionEnded             RestrictionLifted
//	AppointmentTransferred       Transferred
//	ReminderDue                  Reminder (Number)
//	AppointmentDisplaced         DisplacedForOther
//
// Silent is what nobody is told of (names, supply, rests, rules), what the person does at the hospital (confirming, checking in, being seen,
// coming back with results), the end of a reminder, and what another event of the same batch tells (EntryServed).
//
// # The words
//
// notice 消息, kind 消息类别, reminder 就诊提醒, offer 停诊改约或候补到号, restriction 预约限制. What the times mean is said beside each kind.
//
// # What the host must do
//
//  1. Keep the number of the last notice that it sent, and which it is sending; 0 at first.
//  2. For each batch, after the log has it and before Book.Apply: call Of with the Book. It must stand where the batch begins, for the Book knows
//     whose an appointment is.
//  3. Send those whose ID is above the last number sent, in order, and keep the number. Whether a message that was handed over arrived is the
//     carrier's affair.
//  4. After a crash: restore the Book from a snapshot taken at or before that number, read the log on from there through Of and Apply, and
//     go on with 3. From an empty Book and the whole log it is the same.
//  5. Make text with package explain: the event's number is the Number of its Link in a Chain; examples/messages does so.
//
// The whole loop:
//
//	list, err := notice.Of(list[:0], book, batch)
//	err = book.Apply(batch)
//	for _, n := range list {
//		if n.ID > sent { ... }
//	}
//
// # What it never does
//
// It reads no clock, does no I/O, keeps nothing between calls, and holds no name: a person is a handle, which the host's own register turns
// into an address. It never tells one person of another.
//
// # Limits
//
// Who asked to be told, by which way and in which language is the host's. A merged person is addressed as the one who stayed, from the merging on. Notices
// of one batch are in the order of its events. What was refused leaves no event, and so no notice. An account's restriction names the account, and no
// person.
package notice

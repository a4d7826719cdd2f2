package explain_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	"github.com/haoyuan-go/haoyuan/slots"
)

// clinic is a desk over one morning of Dr Li: two numbers, out at 20:00 of the 16th, one of them kept for the elderly until the
// evening before. What happens goes to log.
func clinic(log func(*booking.Batch) error) *booking.Desk {
	rules, err := booking.NewRules(booking.DefaultRules())
	if err != nil {
		panic(err)
	}
	now := slots.MustInstant("2026-11-16T08:00:00+08:00")
	desk, err := booking.NewDesk(booking.New(rules), now, log)
	if err != nil {
		panic(err)
	}
	start := slots.MustInstant("2026-11-17T08:00:00+08:00")
	_, err = desk.Open(now, slots.Session{ID: "li/2026-11-17", Date: slots.MustDate("2026-11-17"), Start: start,
		Resources: []string{"李医生"}, Line: slots.Line{Department: "心内科", Kind: slots.Specialist},
		Slots: []slots.Slot{{Start: start, Minutes: 30, Capacity: 1}, {Start: start + 1800, Minutes: 30, Capacity: 1}},
	}, booking.Terms{Quotas: []booking.NamedQuota{{Class: "老年人", Reserve: 1, OpenAt: slots.MustInstant("2026-11-16T20:00:00+08:00")}}})
	if err != nil {
		panic(err)
	}
	return desk
}

// patientSpeakers speak to a patient in China, in English and in Chinese.
func patientSpeakers(names explain.Names) (list []*explain.Speaker) {
	for _, language := range []explain.Language{explain.English, explain.Chinese} {
		s, err := explain.NewSpeaker(explain.Style{Language: language, Reader: explain.Patient, Zone: time.FixedZone("CST", 8*3600), Names: names})
		if err != nil {
			panic(err)
		}
		list = append(list, s)
	}
	return list
}

// A number that is free is not for everyone: the patient is told why, and when it will be.
func ExampleWhy() {
	desk := clinic(nil)
	pool := desk.Pool()
	now := slots.MustInstant("2026-11-16T09:00:00+08:00")
	_, _ = desk.Book(now, booking.Ask{Person: "A", Channel: "app", Session: "li/2026-11-17"})
	_, err := desk.Book(now, booking.Ask{Person: "B", Channel: "app", Session: "li/2026-11-17", N: 1})
	var no *booking.Refusal
	if !errors.As(err, &no) {
		return
	}
	// What the Desk was asked, as a command of its Book. B has no handle yet: whoever was only refused left no trace.
	bear, _ := booking.NewBearing(booking.Class(pool.Find(booking.ClassName, "app")))
	command := booking.Take{Meta: booking.Meta{At: now}, Request: booking.Request{Bear: bear, Slot: booking.Slot{Session: 1, N: 1}}}
	why, err := explain.Why(pool, command, booking.Reply{Outcome: booking.Refused, Refusal: *no})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(why.Reason, "->", why.Remedies[0].Do, why.Remedies[0].Sure)
	for _, s := range patientSpeakers(pool) {
		for _, line := range s.Refusal(&why) {
			fmt.Println(line)
		}
	}
	// Output:
	// reserved for others -> ask later true
	// 心内科, 李医生, Tue 17 Nov 2026 08:30: what is left is kept for 老年人.
	// Please try again from Mon 16 Nov 2026 20:00.
	// Please choose another time or another physician.
	// 心内科 李医生 2026年11月17日（周二）08:30：余下的号为“老年人”预留。
	// 请于2026年11月16日（周一）20:00起再试。
	// 请选择其他时段或其他医生。
}

// How an appointment came to be what it is, told to its patient.
func ExampleTeller_Chain() {
	teller := explain.NewTeller()
	desk := clinic(teller.Read)
	morning := slots.MustInstant("2026-11-16T09:00:00+08:00")
	id, _ := desk.Hold(morning, booking.Ask{Person: "A", Channel: "app", Session: "li/2026-11-17"})
	_ = desk.Pay(morning+300, id)
	_ = desk.CloseSession(morning+3600, "li/2026-11-17", morning+7200)
	chain, _ := teller.Chain(id)
	for _, s := range patientSpeakers(desk.Pool()) {
		for _, line := range s.Chain(&chain) {
			fmt.Println(line)
		}
		fmt.Println("now:", s.State(chain.State))
	}
	// Output:
	// Mon 16 Nov 2026 09:00  心内科, 李医生, Tue 17 Nov 2026 08:00 was kept for you, to be paid by Mon 16 Nov 2026 09:15.
	// Mon 16 Nov 2026 09:05  It was paid; the number is yours.
	// Mon 16 Nov 2026 10:00  心内科, 李医生, Tue 17 Nov 2026 08:00–09:00: the clinic was closed.
	// Mon 16 Nov 2026 10:00  We found no other time to offer. Until Mon 16 Nov 2026 11:00 you may choose one, or give the number back at no cost.
	// now: affected by a closure or a substitute
	// 2026年11月16日（周一）09:00  已为您锁号：心内科 李医生 2026年11月17日（周二）08:00，请于2026年11月16日（周一）09:15前支付。
	// 2026年11月16日（周一）09:05  支付成功，预约已生效。
	// 2026年11月16日（周一）10:00  心内科 李医生 2026年11月17日（周二）08:00至09:00：停诊。
	// 2026年11月16日（周一）10:00  暂无可替换的号。2026年11月16日（周一）11:00前您可自行改约，或退号（不计爽约）。
	// now: 受停诊或替诊影响
}

// The data of a chain: what a number was charged to, and from what.
func ExampleNewTeller() {
	var log booking.Log
	desk := clinic(log.Append)
	now := slots.MustInstant("2026-11-16T09:00:00+08:00")
	id, _ := desk.Book(now, booking.Ask{Person: "A", Channel: "window", Classes: []string{"老年人"}, Session: "li/2026-11-17"})

	teller := explain.NewTeller(id) // years later, from the log alone
	for batch, err := range log.All() {
		if err == nil {
			err = teller.Read(batch)
		}
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	chain, _ := teller.Chain(id)
	for i := range chain.Links {
		l := &chain.Links[i]
		fmt.Println(l.Number, l.Relation, l.Event.Kind(), l.Cause)
		if l.Charge.From.IsValid() {
			fmt.Println("  from", l.Charge.From, "of", l.Charge.Kept, "with", l.Charge.Free, "free")
		}
	}
	// Output:
	// 1 rules RulesAdopted asked
	// 6 session SessionOpened asked
	// 7 session Released asked
	// 10 appointment AppointmentBooked asked
	//   from reserve of 1 with 2 free
}

// One style, checked whole; the same data make the same text.
func ExampleNewSpeaker() {
	_, err := explain.NewSpeaker(explain.Style{Language: explain.Chinese})
	fmt.Println(err)
	clerk, _ := explain.NewSpeaker(explain.Style{Language: explain.English, Reader: explain.Clerk, Zone: time.UTC, Names: clinic(nil).Pool()})
	fmt.Println(clerk.Remedy(&explain.Remedy{Do: explain.StepsFirst, Steps: []explain.Step{explain.PayIt, explain.CheckInIt}}))
	// Output:
	// Reader 0: want Patient or Clerk
	// Zone: none given
	// Names: none given
	// Please pay and then check in first.
}

package queue_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking/queue"
	"github.com/haoyuan-go/haoyuan/slots"
)

var morning = slots.MustInstant("2026-11-23T08:00:00+08:00")

var hospital = queue.Rules{BandMinutes: 30, GraceMinutes: 10, PriorityRun: 2, ReturnEvery: 3, MissedBehind: 2, MissedLimit: 2}

// Two of the first half-hour and one, older, of the second.
func threePeople() *queue.Queue {
	q, err := queue.New(hospital, morning)
	if err != nil {
		panic(err)
	}
	q.CheckIn(morning, queue.Ticket{ID: "Li", Class: queue.Ordinary, Appointed: morning})
	q.CheckIn(morning, queue.Ticket{ID: "Wu", Class: queue.Ordinary, Appointed: morning.AddMinutes(15)})
	q.CheckIn(morning, queue.Ticket{ID: "Old Zhao", Class: queue.Priority, Appointed: morning.AddMinutes(30)})
	return q
}

func ExampleNew() {
	_, err := queue.New(queue.Rules{BandMinutes: 30, GraceMinutes: 10, ReturnEvery: 3, MissedLimit: 2}, morning)
	fmt.Println(err)
	// Output: PriorityRun 0: want 1 to 1000
}

func ExampleQueue_CheckIn() {
	q, _ := queue.New(hospital, morning)
	for _, minute := range []int{10, 11} {
		reply := q.CheckIn(morning.AddMinutes(minute), queue.Ticket{ID: fmt.Sprint("patient ", minute), Class: queue.Ordinary, Appointed: morning})
		fmt.Println(reply.Explain(queue.English))
	}
	fmt.Println(q.CheckIn(morning.AddMinutes(12), queue.Ticket{ID: "patient 10", Class: queue.Ordinary}).Refusal)
	// Output:
	// Number 1, checked in: on time.
	// Number 2, checked in: late.
	// already here
}

func ExampleQueue_Call() {
	q := threePeople()
	for range 3 {
		reply := q.Call(morning)
		fmt.Println(reply.Entry.ID, "-", reply.Explain(queue.English))
		q.Finish(morning, reply.Entry.ID)
	}
	fmt.Println(q.Call(morning).Refusal)
	// Output:
	// Old Zhao - Number 3, please: priority, at most 2 in a row.
	// Li - Number 1, please: next of those who wait; smaller ID.
	// Wu - Number 2, please: next of those who wait.
	// nobody waiting
}

func ExampleQueue_Missed() {
	q := threePeople()
	q.Call(morning)
	fmt.Println(q.Missed(morning, "Old Zhao").Explain(queue.English))
	for range 2 {
		q.Finish(morning, q.Call(morning).Entry.ID)
	}
	q.Call(morning)
	fmt.Println(q.Missed(morning, "Old Zhao").Explain(queue.English))
	// Output:
	// Number 3 missed the call: after 2 others.
	// Number 3: missed out.
}

func ExampleQueue_Finish() {
	q := threePeople()
	q.Call(morning)
	fmt.Println(q.Call(morning).Refusal)
	fmt.Println(q.Finish(morning, "Li").Refusal)
	fmt.Println(q.Finish(morning, "Old Zhao").Entry.State)
	// Output:
	// room taken
	// not called
	// finished
}

func ExampleQueue_Leave() {
	q := threePeople()
	fmt.Println(q.Leave(morning, "Wu").Entry.State, q.Waiting())
	fmt.Println(q.Leave(morning, "Wu").Refusal)
	// Output:
	// left 2
	// already over
}

func ExampleQueue_Order() {
	q := threePeople()
	for _, e := range q.Order() {
		fmt.Println(e.Number, e.ID)
	}
	// Output:
	// 3 Old Zhao
	// 1 Li
	// 2 Wu
}

func ExampleQueue_Find() {
	e, here := threePeople().Find("Wu")
	fmt.Println(e.Number, e.State, here)
	// Output: 2 waiting true
}

func ExampleRestore() {
	snapshot := threePeople().Snapshot()
	q, err := queue.Restore(snapshot)
	fmt.Println(q.Waiting(), err)
	snapshot.Entries[0].State = queue.Finished
	_, err = queue.Restore(snapshot)
	fmt.Println(err)
	// Output:
	// 3 <nil>
	// Entries[0]: CalledAt 0: does not fit finished with 0 misses
	// EndedAt 0: does not fit finished
}

func ExampleReply_Explain() {
	fmt.Println(threePeople().Call(morning).Explain(queue.Chinese))
	// Output: 请 3 号就诊:优先,至多连续 2 位。
}

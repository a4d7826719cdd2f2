package main

import (
	"bytes"
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// weeks are the three worlds of one plan. Between the first and the second one thing differs, the policy; between the
// second and the third another, elastic staffing. Patients, requests and fates are the same in all of them.
type weeks struct {
	plan                    *plan
	before, levelled, after *world
	proof                   proof
}

// proof is what was checked of the last world's Book when the weeks were over.
type proof struct {
	Events       int64
	Broken, Over int64 // findings of Check
	Replayed     bool  // the log, replayed, gives the same snapshot byte for byte
	Digest       string
}

// playWeeks runs the worlds one after the other. step is told how far all of it is.
func playWeeks(h *Hospital, step func(done, total int64)) (*weeks, error) {
	p, err := newPlan(h)
	if err != nil {
		return nil, err
	}
	ws := &weeks{plan: p}
	for n, m := range []struct {
		world **world
		mechanism
	}{
		{&ws.before, mechanism{Policy: booking.Earliest{}}},
		{&ws.levelled, mechanism{Policy: booking.LevelLoad{}}},
		{&ws.after, mechanism{Policy: booking.LevelLoad{}, Elastic: true}},
	} {
		*m.world, err = play(p, m.mechanism, func(done, total int64) { step(int64(n)*total+done, 3*total) })
		if err != nil {
			return nil, err
		}
	}
	ws.proof, err = prove(ws.after)
	return ws, err
}

// prove recounts the Book from its appointments, replays its log, and compares.
func prove(w *world) (proof, error) {
	pool := w.desk.Pool()
	snapshot := pool.Snapshot(nil)
	p := proof{Events: int64(w.log.Events()), Digest: fmt.Sprintf("%x", w.log.Digest())}
	for _, f := range pool.Check() {
		if f.Broken {
			p.Broken++
		} else {
			p.Over++
		}
	}
	again, err := booking.Replay(w.p.rules, &w.log)
	if err != nil {
		return p, err
	}
	p.Replayed = bytes.Equal(snapshot, again.Snapshot(nil))
	return p, nil
}

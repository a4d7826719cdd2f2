package allocate

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestWide holds sums of 128 bits against big.Int.
func TestWide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w, x wide
		want, other := new(big.Int), new(big.Int)
		product := func(w *wide, want *big.Int) {
			price, times := rapid.Int64Range(-MaxAssignPrice, MaxAssignPrice).Draw(t, "price"), rapid.Int64Range(0, 1<<40).Draw(t, "times")
			w.addProduct(price, times)
			want.Add(want, new(big.Int).Mul(big.NewInt(price), big.NewInt(times)))
		}
		for range 4 {
			product(&w, want)
			product(&x, other)
			n := rapid.Int64().Draw(t, "plain")
			w.add(n)
			want.Add(want, big.NewInt(n))
		}
		got := new(big.Int).Lsh(big.NewInt(w.high), 64)
		got.Add(got, new(big.Int).SetUint64(w.low))
		require.Zero(t, want.Cmp(got), "%v %v", want, got)
		require.Equal(t, want.Cmp(other), w.compare(x))
	})
}

// TestNameTable holds the table against a map.
func TestNameTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`[ab]{1,12}`), 0, 40).Draw(t, "names")
		table, want := newNameTable(len(names)), map[string]int32{}
		for k, name := range names {
			table.add(name, int32(k))
			if _, ok := want[name]; !ok {
				want[name] = int32(k)
			}
		}
		for _, name := range append(names, rapid.StringMatching(`[ab]{0,13}`).Draw(t, "another")) {
			number, ok := want[name]
			if !ok {
				number = -1
			}
			require.Equal(t, number, table.find(name))
		}
	})
}

// TestAssignStateLaw: after each placement, and each unit filled, nobody prefers another option at its price, from any prices.
func TestAssignStateLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := AssignRound{Goal: LeastCost}
		for j := range rapid.IntRange(1, 5).Draw(t, "slots") {
			r.Slots = append(r.Slots, AssignSlot{ID: string(rune('a' + j)), Capacity: rapid.IntRange(0, 2).Draw(t, "capacity")})
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "patients") {
			a := AssignPatient{ID: string(rune('A' + i)), UnassignedCost: rapid.Int64Range(0, 30).Draw(t, "leave")}
			for _, s := range r.Slots {
				if rapid.Bool().Draw(t, "wants") {
					a.Options = append(a.Options, AssignOption{s.ID, rapid.Int64Range(0, 9).Draw(t, "cost")})
				}
			}
			r.Patients = append(r.Patients, a)
		}
		p, err := NewAssignProblem(r)
		require.NoError(t, err)
		s := newAssignState(p, 0)
		for j := range s.price {
			s.price[j] = worth{rapid.Int64Range(0, 9).Draw(t, "price"), rapid.Int64Range(0, 999).Draw(t, "hash")}
		}
		for i := range s.at {
			s.place(int32(i))
			requireLaw(t, s)
		}
		s.makeInto(nil, 0, int32(len(s.price)))
		for j := range s.price {
			s.settleRoom(int32(j))
			requireLaw(t, s)
		}
		for j := range s.price {
			require.False(t, s.roomAtPrice(int32(j)))
			require.False(t, s.price[j].less(worth{}))
		}
	})
}

func requireLaw(t *rapid.T, s *assignState) {
	for i := range int32(len(s.at)) {
		if s.at[i] == pending {
			continue
		}
		here := s.leaving(i)
		if s.at[i] >= 0 {
			here = s.value(i, s.at[i])
			require.False(t, s.leaving(i).less(here))
		}
		for a := s.from[i]; a < s.to[i]; a++ {
			require.False(t, s.value(i, a).less(here))
		}
	}
}

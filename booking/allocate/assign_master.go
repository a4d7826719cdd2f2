package allocate

import "slices"

// master is the linear program over mixtures of flows that chooses the prices of quotas of sessions (Dantzig and Wolfe 1960, "Decomposition
// principle for linear programs"): the cheapest mixture of known flows that keeps the quotas on average. Its dual gives the prices; a
// flow that is cheaper at those prices joins. Costs are vectors here too: prices and reduced costs are worked out level by level.
//
// It works in floating point, for nothing rests on it: any prices that are not below 0 give a valid bound, and they are rounded to
// whole numbers before they are used.
type master struct {
	rows, levels int         // a row for each quota, and one that says that the mixture is one
	columns      []column    // of the node
	basis        []int       // by row: a column, or −1−row for a slack
	inverse      [][]float64 // of the basis
	value        []float64   // of the basis' columns
	prices       [][]float64 // by row, by level
}

// column is a flow as the master sees it.
type column struct {
	cost  []float64 // by level
	usage []float64 // by row; 1 in the last
	gates []int64   // what goes through each gate
}

// tiny is below what a pivot or a reduced cost can be but for rounding; what is lost by it is a slightly worse bound.
const tiny = 1e-7

// newMaster starts with slacks and with a mixture of nothing that costs a unit on the level of broken limits.
func newMaster(most []int64, levels int) *master {
	rows := len(most) + 1
	m := &master{rows: rows, levels: levels, basis: make([]int, rows), inverse: make([][]float64, rows), value: make([]float64, rows)}
	nothing := column{cost: make([]float64, levels), usage: make([]float64, rows)}
	nothing.cost[0], nothing.usage[rows-1] = 1, 1
	m.columns = []column{nothing}
	for r := range rows {
		m.inverse[r] = make([]float64, rows)
		m.inverse[r][r] = 1
		m.basis[r], m.value[r] = -1-r, 1
		if r < len(most) {
			m.value[r] = float64(most[r])
		}
	}
	m.basis[rows-1] = 0
	m.prices = make([][]float64, rows)
	for r := range rows {
		m.prices[r] = make([]float64, levels)
	}
	m.price()
	return m
}

// add puts a flow in.
func (m *master) add(c column) { m.columns = append(m.columns, c) }

// solve pivots until no column is cheaper than its price, and bounds the pivots, for rounding may make it turn in circles. It tells
// charge before each how many numbers it will touch, and stops where that says no: the prices are then not the best, but prices.
func (m *master) solve(charge func(cells int64) bool) {
	for range 20*m.rows + 50 {
		if !charge(m.cells()) {
			return
		}
		enter := m.entering()
		if enter == noColumn || !m.pivot(enter) {
			return
		}
		m.price()
	}
}

// cells is how many numbers entering, pivot and price touch, about.
func (m *master) cells() int64 {
	rows, levels := int64(m.rows), int64(m.levels)
	return int64(len(m.columns))*rows*(levels+1) + rows*rows*(levels+2)
}

const noColumn = 1 << 30

// price works out the duals: the costs of the basis times its inverse.
func (m *master) price() {
	for r := range m.prices {
		clear(m.prices[r])
	}
	for b, k := range m.basis {
		if k < 0 {
			continue
		}
		for r, x := range m.inverse[b] {
			if x != 0 {
				for l, c := range m.columns[k].cost {
					m.prices[r][l] += float64(c * x)
				}
			}
		}
	}
}

// entering finds the column of the least reduced cost on the first level where it is below 0.
func (m *master) entering() int {
	best, reduced, least := noColumn, make([]float64, m.levels), make([]float64, m.levels)
	consider := func(k int) {
		if slices.Contains(m.basis, k) {
			return
		}
		for l := range reduced {
			if x := reduced[l]; x > -tiny && x < tiny {
				reduced[l] = 0
			}
		}
		if slices.Compare(reduced, least) < 0 {
			best = k
			copy(least, reduced)
		}
	}
	for k, c := range m.columns {
		for l := range reduced {
			reduced[l] = c.cost[l]
			for r, u := range c.usage {
				reduced[l] -= float64(u * m.prices[r][l])
			}
		}
		consider(k)
	}
	for r := range m.rows - 1 {
		for l := range reduced {
			reduced[l] = -m.prices[r][l]
		}
		consider(-1 - r)
	}
	return best
}

// pivot brings a column into the basis, and reports whether it could.
func (m *master) pivot(enter int) bool {
	direction := make([]float64, m.rows)
	for b := range m.rows {
		if enter < 0 {
			direction[b] = m.inverse[b][-1-enter]
			continue
		}
		for r, u := range m.columns[enter].usage {
			direction[b] += float64(m.inverse[b][r] * u)
		}
	}
	leave, ratio := -1, 0.0
	for b, d := range direction {
		if d > tiny && (leave < 0 || m.value[b] < float64(ratio*d)-tiny ||
			m.value[b] < float64(ratio*d)+tiny && m.basis[b] < m.basis[leave]) {
			leave, ratio = b, m.value[b]/d
		}
	}
	if leave < 0 {
		return false
	}
	scale := 1 / direction[leave]
	for r := range m.inverse[leave] {
		m.inverse[leave][r] = float64(m.inverse[leave][r] * scale)
	}
	m.value[leave] = float64(m.value[leave] * scale)
	for b, d := range direction {
		if b == leave || d == 0 {
			continue
		}
		for r, x := range m.inverse[leave] {
			m.inverse[b][r] -= float64(d * x)
		}
		m.value[b] -= float64(d * m.value[leave])
	}
	m.basis[leave] = enter
	return true
}

// average is what the mixture sends through each gate.
func (m *master) average(gates int) []float64 {
	mean := make([]float64, gates)
	for b, k := range m.basis {
		if k < 0 || m.columns[k].gates == nil {
			continue
		}
		for g, y := range m.columns[k].gates {
			mean[g] += float64(m.value[b] * float64(y))
		}
	}
	return mean
}

package fit

// work is the distribution of the work still in front of the physician, in grid units: mass[i] is the probability of low + i.
// It moves by Lindley's recursion (The theory of queues with a single server, Proc. Camb. Phil. Soc. 48, 1952): a patient adds
// a time, the clock takes away what has passed, and what would be below nothing is nothing.
type work struct {
	low         int
	mass, spare []float64
	waits       []float64 // the mean wait at each appointed time, of the session evaluated last
}

// negligible is the mass at an end of the distribution that is moved to the next point, so that the tail of a crowded session does
// not fill up with numbers too small to be told from none. A thousand such moves over ten thousand points change
// no figure by 10^-20; the last bit of a figure is 10^-16 of it.
const negligible = 1e-30

// reset empties the room: no work.
func (w *work) reset() { w.low, w.mass = 0, append(w.mass[:0], 1) }

// mean is the expected work. One pass over the mass.
func (w *work) mean() float64 {
	sum := 0.0
	for i, m := range w.mass {
		sum += float64(m * float64(w.low+i))
	}
	return sum
}

// above is the probability of more work than this.
func (w *work) above(units int) float64 {
	sum := 0.0
	for i := len(w.mass) - 1; i >= 0 && w.low+i > units; i-- {
		sum += w.mass[i] // smallest first
	}
	return sum
}

// pass lets time go by.
func (w *work) pass(units int) {
	w.low -= units
	if w.low >= 0 {
		return
	}
	last := min(-w.low, len(w.mass)-1) // the points to this one are done by now
	idle := 0.0
	for _, m := range w.mass[:last+1] {
		idle += m
	}
	w.mass[last] = idle
	w.mass = w.mass[:copy(w.mass, w.mass[last:])]
	w.low = 0
}

// add puts one patient in the room: a convolution, as many multiplications as the product of the two widths. The order of the
// additions is fixed, and each product is rounded by itself, so that every processor gives the same bits.
func (w *work) add(s *service) {
	width := len(w.mass) + len(s.mass) - 1
	if cap(w.spare) < width {
		w.spare = make([]float64, width, 2*width)
	}
	sum := w.spare[:width]
	clear(sum)
	i := 0
	for ; i+4 <= len(w.mass); i += 4 { // four rows at once: a quarter of the loads and stores
		a, b, c, d := w.mass[i], w.mass[i+1], w.mass[i+2], w.mass[i+3]
		var y, z, u float64 // the three masses before x
		row := sum[i:][:len(s.mass)]
		for j, x := range s.mass {
			row[j] += (float64(a*x) + float64(b*y)) + (float64(c*z) + float64(d*u))
			y, z, u = x, y, z
		}
		rest := sum[i+len(s.mass):][:3]
		rest[0] += float64(b*y) + (float64(c*z) + float64(d*u))
		rest[1] += float64(c*y) + float64(d*z)
		rest[2] += float64(d * y)
	}
	for ; i < len(w.mass); i++ {
		row := sum[i:][:len(s.mass)]
		for j, x := range s.mass {
			row[j] += float64(w.mass[i] * x)
		}
	}
	w.low += s.low
	w.mass, w.spare = sum, w.mass[:0]
	w.trim()
}

func (w *work) trim() {
	high := len(w.mass) - 1
	for high > 0 && w.mass[high] < negligible {
		w.mass[high-1] += w.mass[high]
		high--
	}
	low := 0
	for low < high && w.mass[low] < negligible {
		w.mass[low+1] += w.mass[low]
		low++
	}
	if low > 0 {
		copy(w.mass, w.mass[low:high+1])
		w.low += low
	}
	w.mass = w.mass[:high-low+1]
}

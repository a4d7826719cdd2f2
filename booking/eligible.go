package booking

// Eligibility is whom a session takes (W2 owns this file).
type Eligibility struct {
	// Need is a class that a request must bear, such as a referral; zero is none.
	Need Class
}

func (x *Eligibility) problems() []error { return nil }

func walkEligibility(c coder, x *Eligibility) {
	c.object("eligible")
	num(c, "need", &x.Need)
	c.end()
}

func printEligibility(h uint64, x *Eligibility) uint64 { return mix(h, uint64(x.Need)) }

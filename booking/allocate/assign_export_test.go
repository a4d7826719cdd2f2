package allocate

// NarrowHash leaves so few bits of the hashes that answers tie, as they hardly ever do else. For tests of what follows then.
func (p *AssignProblem) NarrowHash(bits int) { p.hashMask = 1<<bits - 1 }

// NarrowSolver is NewAssignSolver with narrow hashes.
func NarrowSolver(r AssignRound, bits int) (*AssignSolver, error) {
	p, err := NewAssignProblem(r)
	if err != nil {
		return nil, err
	}
	p.NarrowHash(bits)
	return newAssignSolver(p, r, AssignEffort{})
}

package slotstest

// PlayStory plays one story from its text, against the verbs of a fresh world, and returns every fault found: what cannot be read,
// expectations that do not hold, replies that differ from the written ones. The name stands before each. It is RunStories for
// a story that is not in a file, or that is meant to fail.
func PlayStory(name, text string, verbs Verbs) (faults []string) {
	_, faults = play(name, text, verbs, false)
	return faults
}

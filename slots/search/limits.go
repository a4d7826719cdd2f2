package search

// Limits of an index and of what is asked of it.
const (
	MaxSessions       = 2_000_000  // sessions of an index
	MaxSlots          = 50_000_000 // slots of all its sessions
	MaxSessionSlots   = 2048       // slots of one session
	MaxSessionMinutes = 2880       // from a session's start to the end of its last slot
	MaxSpanSeconds    = 1<<32 - 1  // from the first session's start to the end of the last slot: 136 years
	MaxResources      = 64         // resources of one session
	MaxClasses        = 31         // quota classes
	MaxTextBytes      = 200        // of a name
	MaxWindows        = 48         // windows of a query
	MaxSites          = 256        // sites of a query
	MaxParties        = 16         // plans of a joint search
	MaxMeetingMinutes = 1440       // length of a joint meeting
	MaxLooks          = 100_000    // blocks that one JointCursor.Next looks at, and those that reach into the meeting it begins with
)

const (
	daySeconds      = 24 * 3600
	maxSessionWords = MaxSessionSlots / 64
	maxLinePlanes   = 64 // more different lines in one list are not kept as bits but looked up
	inlineHeads     = 8  // blocks that a Cursor merges before it allocates
)

// The bits of Index.held: bit 0 for open with a free slot, bit c for class c, and from firstRunBit up for free runs of 2, 3 and
// 4 slots, which are the last planes of a list.
const (
	openBit         uint64 = 1
	firstRunBit            = 32
	runPlanes              = 3
	longestRunPlane        = 1 + runPlanes
)

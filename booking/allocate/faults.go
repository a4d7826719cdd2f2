package allocate

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/internal/faults"
)

// MaxNameBytes bounds the names of patients, slots, sessions, channels, seeds and draws.
const MaxNameBytes = 200

// faultList collects what is wrong with an input or an answer, in the order in which it is found.
type faultList = faults.List

// nameFault says what is wrong with a name, or nothing. A name is printed, hashed and typed into a shell, so it has neither
// control characters nor spaces that the eye does not see.
func nameFault(name string, fewestBytes int) string {
	if name != "" && len(name) < fewestBytes {
		return fmt.Sprintf("%d bytes, want at least %d", len(name), fewestBytes)
	}
	return faults.InText(name, true, MaxNameBytes)
}

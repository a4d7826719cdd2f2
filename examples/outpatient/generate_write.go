package main

import (
	"os"
	"path/filepath"
)

// writeGenerated writes a generated data set into a directory, over what is there.
func writeGenerated(directory string, seed uint64) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	for _, f := range generate(seed) {
		if err := os.WriteFile(filepath.Join(directory, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

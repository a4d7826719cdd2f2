package main

import (
	"embed"
	"io/fs"
)

//go:embed data
var shippedFiles embed.FS

// shipped is the data set beside the program; data/README.md says what in it is real.
func shipped() fs.FS {
	sub, err := fs.Sub(shippedFiles, "data")
	if err != nil {
		panic(err) // the name is a constant that fs.ValidPath accepts
	}
	return sub
}

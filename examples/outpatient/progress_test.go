package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProgressIsQuietInAPipe(t *testing.T) {
	read, write, err := os.Pipe()
	require.NoError(t, err)
	defer read.Close()
	p := newProgress(write)
	p.step("weeks", 1, 2)
	p.done()
	require.NoError(t, write.Close())
	var got bytes.Buffer
	_, err = got.ReadFrom(read)
	require.NoError(t, err)
	require.Empty(t, got.String())
}

func TestProgressOnATerminal(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, last: -1}
	p.step("weeks", 0, 0) // nothing to do, nothing to show
	require.Empty(t, out.String())
	p.step("weeks", 1, 200)
	p.step("weeks", 1, 200)
	p.step("week", 100, 200)
	p.step("week", 900, 200)
	p.done()
	require.Equal(t, "\r["+strings.Repeat(" ", 20)+"]   0% weeks"+
		"\r["+strings.Repeat("#", 10)+strings.Repeat(" ", 10)+"]  50% week "+
		"\r["+strings.Repeat("#", 20)+"] 100% week "+
		"\r"+strings.Repeat(" ", 33)+"\r", out.String())
}

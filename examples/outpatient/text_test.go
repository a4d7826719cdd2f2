package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/capacity"
)

func TestBothLanguagesAreWhole(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	for _, table := range []map[string]struct{ zh, en string }{texts, playTexts} {
		for key, text := range table {
			require.NotEmpty(t, text.zh, key)
			require.NotEmpty(t, text.en, key)
			require.Equal(t, verbs.FindAllString(text.zh, -1), verbs.FindAllString(text.en, -1), key)
		}
	}
	for _, l := range []Lang{Chinese, English} {
		page := renderPage(t, sampleReport(l))
		require.NotContains(t, page, "‹", "a text without an entry")
		require.NotContains(t, page, "%!", "a text with too few or too many figures")
		require.Contains(t, page, `<html lang="`+l.Code()+`">`)
	}
	zh, ok := ParseLang("zh")
	require.True(t, ok)
	require.Equal(t, Chinese, zh)
	_, ok = ParseLang("fr")
	require.False(t, ok)
}

// TestEveryTextIsUsed keeps the tables from growing old: each key stands somewhere in the sources, or is made of a prefix
// and the name of a constant.
func TestEveryTextIsUsed(t *testing.T) {
	var sources strings.Builder
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range append(names, "report.tmpl") {
		if strings.HasPrefix(name, "text") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		sources.Write(data)
	}
	for _, table := range []map[string]struct{ zh, en string }{texts, playTexts} {
		for key := range table {
			prefix, name, _ := strings.Cut(key, ".")
			switch prefix {
			case "channel", "class", "state", "reason", "part", "finding":
			case "compare", "change":
				require.True(t, strings.Contains(sources.String(), `"`+key+`"`) || strings.Contains(sources.String(), `{"`+name+`", `) ||
					capacity.OpenWindow.String() == name || capacity.ExtendShift.String() == name, key)
			default:
				require.Contains(t, sources.String(), `"`+key+`"`)
			}
		}
	}
}

// TestEveryConstantHasAText: all states, and all reasons for which a request can be refused.
func TestEveryConstantHasAText(t *testing.T) {
	for s := booking.Held; s.IsValid(); s++ {
		require.Contains(t, playTexts, stateKeys[s], s)
	}
	for r := booking.SessionGone; r <= booking.NoneFree; r++ {
		require.Contains(t, playTexts, reasonKeys[r], r)
	}
}

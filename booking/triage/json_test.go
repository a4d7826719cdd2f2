package triage_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/triage"
)

const smallJSON = `{
  "codes": [
    {
      "code": "A",
      "zh": "甲",
      "en": "a <& b"
    }
  ],
  "clinics": [
    {
      "clinic": {
        "department": "D",
        "service": "S",
        "kind": "special-needs"
      },
      "takes": {
        "from": "14 years",
        "visit": "follow-up"
      }
    }
  ],
  "rules": [
    {
      "id": "r",
      "rank": 1,
      "codes": [
        "A"
      ],
      "if": {
        "from": "15 years",
        "urgencies": [
          "same day",
          "routine"
        ],
        "visit": "follow-up",
        "referral": "referred"
      },
      "action": "book",
      "to": [
        {
          "department": "D",
          "service": "S",
          "kind": "special-needs"
        }
      ],
      "reason": {
        "code": "R",
        "zh": "因",
        "en": "because"
      }
    }
  ],
  "gaps": "listed",
  "otherwise": {
    "code": "O",
    "zh": "问",
    "en": "ask"
  },
  "workLimit": 100000
}
`

// The layout, byte for byte.
func TestJSONGolden(t *testing.T) {
	config, err := triage.ReadConfig([]byte(smallJSON))
	require.NoError(t, err)
	table, err := triage.NewTable(config)
	require.NoError(t, err)
	require.Equal(t, smallJSON, string(table.AppendJSON(nil)))
}

func TestReadConfigIsStrict(t *testing.T) {
	for want, change := range map[string]func(string) string{
		"not UTF-8":                            func(s string) string { return s + "\xff" },
		"more after the end":                   func(s string) string { return s + "{}" },
		"unexpected EOF":                       func(s string) string { return s[:len(s)-3] },
		`unknown field "ranks"`:                func(s string) string { return strings.Replace(s, `"rank"`, `"ranks"`, 1) },
		`"Rank": want one of`:                  func(s string) string { return strings.Replace(s, `"rank"`, `"Rank"`, 1) },
		`"gaps": twice`:                        func(s string) string { return strings.Replace(s, `"gaps"`, `"gaps": "listed", "gaps"`, 1) },
		": null":                               func(s string) string { return strings.Replace(s, `"because"`, "null", 1) },
		"cannot unmarshal":                     func(s string) string { return strings.Replace(s, `"rank": 1`, `"rank": "1"`, 1) },
		`gaps "": want one of refused, listed`: func(s string) string { return strings.Replace(s, `"gaps": "listed"`, `"gaps": ""`, 1) },
		`clinics[0].clinic.kind "x": want one of general`: func(s string) string {
			return strings.Replace(s, "special-needs", "x", 1)
		},
		`clinics[0].takes.visit "any": want one of first visit, follow-up`: func(s string) string { return strings.Replace(s, "follow-up", "any", 1) },
		`clinics[0].takes.from: age "14": want such as`:                    func(s string) string { return strings.Replace(s, "14 years", "14", 1) },
		`rules[0] "r": if.urgencies[1] "never": want one of immediate`:     func(s string) string { return strings.Replace(s, `"routine"`, `"never"`, 1) },
		`rules[0] "r": if.referral "yes"`:                                  func(s string) string { return strings.Replace(s, `"referred"`, `"yes"`, 1) },
		`rules[0] "r": action "walk": want one of emergency now`:           func(s string) string { return strings.Replace(s, `"book"`, `"walk"`, 1) },
		`rules[0] "r": if.sexes[0] "x"`:                                    func(s string) string { return strings.Replace(s, `"referral"`, `"sexes": ["x"], "referral"`, 1) },
		`rules[0] "r": to[0].kind ""`: func(s string) string {
			i := strings.LastIndex(s, "special-needs")
			return s[:i] + s[i+len("special-needs"):]
		},
		"8388609 bytes, want at most 8388608": func(string) string { return strings.Repeat(" ", triage.MaxJSONBytes+1) },
	} {
		bad := change(smallJSON)
		require.NotEqual(t, smallJSON, bad, want)
		_, err := triage.ReadConfig([]byte(bad))
		require.ErrorContains(t, err, want)
	}
}

// What is read and makes a table is written so that it is read as the same; nothing makes it panic or work without end.
func FuzzReadConfig(f *testing.F) {
	f.Add([]byte(smallJSON))
	hospital, err := os.ReadFile("testdata/hospital.json")
	require.NoError(f, err)
	f.Add(hospital)
	f.Add([]byte(`{"codes":[],"clinics":[],"rules":[],"gaps":"refused"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		config, err := triage.ReadConfig(data)
		if err != nil {
			return
		}
		config.WorkLimit = min(config.WorkLimit, 100_000)
		if config.WorkLimit == 0 {
			config.WorkLimit = 100_000
		}
		table, err := triage.NewTable(config)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		text := table.AppendJSON(nil)
		again, err := triage.ReadConfig(text)
		require.NoError(t, err)
		require.Equal(t, table.Config(), again)
	})
}

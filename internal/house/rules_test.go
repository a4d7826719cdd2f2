package house

// This file is the whole of the house's law as data. The other files only enforce it.

// rooms are the only top-level folders that hold Go code.
var rooms = []string{"booking", "capacity", "examples", "internal", "noshow", "slots"}

// mayReachOut are the folders where a clock, a lock, a goroutine or a file is allowed: the shell around the
// core, its stores, and the programs. Everything else is pure.
var mayReachOut = []string{"booking/host", "booking/store", "examples"}

// testKits are packages made for tests: they may import testing, rapid and what reading a story file takes,
// and only tests, examples and other kits may import them.
var testKits = []string{"slots/slotstest", "booking/bookingtest"}

// pureImports is everything of the standard library (and of golang.org/x/exp) that a pure package may import.
// An allow-list, so that a new package of a new Go is asked about before it is used.
var pureImports = []string{
	"bytes", "cmp", "container/heap", "crypto/sha256", "encoding", "encoding/base64", "encoding/binary",
	"encoding/hex", "encoding/json", "errors", "fmt", "hash", "hash/crc32", "hash/fnv", "io", "iter", "maps", "math",
	"math/big", "math/bits", "slices", "sort", "strconv", "strings", "time", "unicode", "unicode/utf8",
	"golang.org/x/exp/constraints",
}

// onlyOf lists, for packages that a pure package may import in part, the functions, variables and types it may
// use. Constants are always allowed. Allow-lists again: math has more functions that differ than ones that do not.
var onlyOf = map[string][]string{
	"io": {"EOF", "ErrUnexpectedEOF"}, // as decoders of bytes in memory report them
	"math": {
		"Abs", "Ceil", "Copysign", "Float32bits", "Float32frombits", "Float64bits", "Float64frombits", "Floor",
		"Inf", "IsInf", "IsNaN", "Max", "Min", "Mod", "Modf", "NaN", "Nextafter", "Round", "RoundToEven", "Signbit",
		"Sqrt", "Trunc", "Frexp", "Ldexp",
	},
	"time": {
		"Date", "Duration", "FixedZone", "LoadLocationFromTZData", "Location", "Month", "ParseDuration", "ParseError",
		"ParseInLocation", "Time", "UTC", "Unix", "UnixMicro", "UnixMilli", "Weekday",
	},
}

// noneOf lists what a pure package may not use of packages it may otherwise use whole, each with its reason.
// A method is written Type.Method.
var noneOf = map[string]map[string]string{
	"encoding/binary": {"NativeEndian": wordSize},
	"fmt": {
		"Print": inOut, "Printf": inOut, "Println": inOut, "Scan": inOut, "Scanf": inOut, "Scanln": inOut,
	},
	"iter": {"Pull": "it runs a second goroutine", "Pull2": "it runs a second goroutine"},
	"math/big": {
		"Int.Rand": "chance comes only from a seed of the caller", "Int.ProbablyPrime": "chance comes only from a seed of the caller",
	},
	"math/bits": {
		"Add": wordSize, "Div": wordSize, "LeadingZeros": wordSize, "Mul": wordSize, "Rem": wordSize, "Reverse": wordSize,
		"ReverseBytes": wordSize, "RotateLeft": wordSize, "Sub": wordSize, "TrailingZeros": wordSize, "UintSize": wordSize,
	},
	"strconv": {"IntSize": wordSize},
	"time":    {"Time.Local": "it reads the machine's own zone"},
}

const (
	wordSize = "its result depends on the machine's word size or byte order"
	inOut    = "it is I/O"
)

// mayImport says which of our packages the non-test files of a package may import. A key ending in /* stands
// for every package one level below, unless that package has its own line. "kits" stands for testKits.
var mayImport = map[string][]string{
	"slots":               {},
	"slots/*":             {"slots", "internal/*"},
	"booking":             {"slots", "internal/*"},
	"booking/*":           {"booking", "slots", "internal/*"},
	"booking/closure":     {"booking", "booking/allocate", "slots", "internal/*"},
	"booking/bookingtest": {"booking", "slots", "kits", "internal/*"},
	"booking/store/*":     {"booking", "booking/host", "slots", "internal/*"},
	"noshow":              {"slots", "internal/*"},
	"capacity":            {"slots", "internal/*"},
	"capacity/sim":        {"capacity", "booking", "noshow", "slots", "internal/*"},
	"internal/*":          {"internal/*"},
	"examples/*":          {"slots", "booking", "booking/*", "booking/store/*", "noshow", "capacity", "capacity/sim", "kits", "internal/*"},
}

// testsMayAlso is what the tests of a package may import beside: the stories of booking tell closings that were planned.
var testsMayAlso = map[string][]string{"booking": {"booking/closure"}}

// Third-party modules: the root's three, and who may import what of them. Tests may import all of testModules;
// pure code only what pureImports says; kits add rapid.
var (
	rootModules = []string{"github.com/stretchr/testify", "golang.org/x/exp", "pgregory.net/rapid"}
	testModules = []string{"github.com/stretchr/testify/require", "golang.org/x/exp", "pgregory.net/rapid"}
	kitModules  = []string{"golang.org/x/exp", "pgregory.net/rapid"}
)

// bannedWords are words that say nothing about what a thing does; none may be a word of a name or a file name.
var bannedWords = []string{"helper", "helpers", "manager", "managers", "util", "utils"}

// docHeadings are the headings of every library package's doc.go, in this order.
var docHeadings = []string{"What it decides", "The words", "What the host must do", "What it never does", "Limits"}

// Limits on what a reader must hold in the head at once.
const (
	maxFileLines  = 500
	maxDocLines   = 150
	readmeLines   = 45 // the first screen of README.md
	exampleRun    = "go run ./examples/outpatient"
	modulePath    = "github.com/haoyuan-go/haoyuan"
	goVersion     = "1.25"
	anyOrder      = "//house:anyorder"
	anyOrderWords = 3 // a justification shorter than this is not one
)

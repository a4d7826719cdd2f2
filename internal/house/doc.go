// Package house holds the repository to its own law. It has no code but tests: they parse and type-check every
// package of the module and fail where one breaks a rule that DESIGN states in words. Unlike a linter it has no
// settings; the rules are the tables of rules_test.go, and a rule is changed by changing a table.
//
// # What it decides
//
//   - Purity (TestPurity): a pure package imports only what is on a list, and uses of time and math only what gives
//     the same result everywhere; it has no go statement, no channel, no select; no walk over a map whose order
//     could reach a result; no package-level variable that changes; no floating-point product that a compiler may
//     fuse with an addition; no build constraint, no C, no assembly (TestOnlyGo).
//   - Imports (TestImports): between our packages, exactly those that DESIGN allows, and third parties only where
//     they belong. Go code lies in six top-level folders and nowhere else (TestRooms).
//   - Requirements (TestRequirements): the root module requires at most testify, rapid and golang.org/x/exp.
//   - Words (TestDocs, TestDocPages, TestNames, TestFileLength): exported names have comments, packages have a
//     doc.go with these five headings, names say something, files are short.
//   - The exported surface (TestAPI): one line a feature in .ci/api, one file a package. A change of the surface
//     is accepted with "go test ./internal/house -run API -rewrite".
//   - README (TestReadme, TestReadmePrograms): its Go blocks are compiled, run, and print what the page says; its
//     commands and links exist; the first screen has what a newcomer needs. The gate's last step is the README's
//     test command (TestGate).
//
// # The words
//
//	pure       in slots, booking, noshow, capacity or internal, except booking/host, booking/store and test kits
//	kit        a package made for tests of others: slots/slotstest, booking/bookingtest
//	room       one of the top-level folders with Go code
//	finding    one breach: file, line, rule, what to do
//	snippet    a small package in a test, whose marked lines a check must catch and whose other lines it must not
//	surface    the exported names of a package with their types
//
// # What the host must do
//
// The host here is whoever changes the code.
//
//  1. Run go test ./internal/house after adding an import, a package or an exported name.
//  2. Wrap a floating-point product at once, float64(x*y), also when it is only stored or returned. The language
//     lets a compiler fuse x*y + z across statements ("Floating-point operators" in its specification), and on
//     arm64 it does; the conversion is what forbids it.
//  3. Walk a map by slices.Sorted(maps.Keys(m)). Where order truly does not matter, say why in a comment
//     "//house:anyorder each key is deleted, whichever comes first", on the line of the loop or the line above it.
//     A justification of fewer than three words, or one that justifies nothing, is a finding.
//  4. Keep a table as an unexported array, slice or map that is never written and never handed out. It may be
//     indexed, ranged over, measured, or given to a function that only reads it (the check looks inside functions
//     of the same package). Error sentinels may be exported.
//  5. Give time.Unix its zone at once: time.Unix(s, 0).In(loc). Read times with time.ParseInLocation.
//  6. Add a line to mayImport in rules_test.go for a package that has none, and to a check a line of a snippet that
//     shows what it catches.
//
// # What it never does
//
// It never greps: a name is resolved to what it means, so a renamed import, a dot import or a function passed as a
// value is seen, and a word in a comment or a text is not. It changes no file, but for .ci/api under -rewrite. It
// needs no network once the module's own requirements are there, and no tool but the go command.
//
// # Limits
//
//   - Nested modules are parsed (names, comments, imports) but not type-checked: their requirements are not ours.
//   - A slice inside a struct that is copied out of a table and then written is not seen, nor is an order that
//     comes from comparing pointers; the replay and permutation laws of the packages' own tests are for those.
//   - A function value or an interface method is believed: what it does is judged where it is written.
//   - Test files are judged for their imports and names only.
//   - A conversion from int64 to int that loses bits on a 32-bit machine is not seen; the gate runs the main
//     example there and compares digests.
//   - Files have at most 500 lines, a doc.go at most 150, the README's first screen 45.
package house

// Command outpatient takes a hospital's outpatient weeks through haoyuan's packages: rosters become sessions (slots), six
// channels draw on one pool (booking), no-shows have consequences (noshow), and supply is added where it is short
// (capacity). It prints one screen and writes one page.
//
// The weeks are played three times: as they were, with patients steered off the peak, and with elastic staffing besides. Start
// reading at weeks.go, then play.go.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, newProgress(os.Stderr)))
}

// run is main without the process: it returns the exit status, 0, 1 for what went wrong here, 2 for what was asked wrongly.
func run(args []string, stdout, stderr io.Writer, bar *progress) int {
	flags := flag.NewFlagSet("outpatient", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", "", "read the data of `DIR` instead of those beside the program")
	page := flags.String("o", "report.html", "write the page to `FILE`")
	lang := flags.String("lang", "en", "language of screen and page: `zh or en`")
	target := flags.String("generate", "", "write a generated data set to `DIR` and stop")
	seed := flags.Uint64("seed", 1, "seed of -generate")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	l, ok := ParseLang(*lang)
	if !ok || flags.NArg() > 0 {
		fmt.Fprintf(stderr, "outpatient: -lang %q, arguments %q: want -lang zh or en, and no arguments\n", *lang, flags.Args())
		return 2
	}
	if *target != "" {
		if err := writeGenerated(*target, *seed); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		return 0
	}
	files := fs.FS(shipped())
	if *data != "" {
		files = os.DirFS(*data)
	}
	h, err := loadData(files)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	if err := playAndTell(h, l, *page, stdout, bar); err != nil {
		fmt.Fprintln(stderr, "outpatient:", err)
		return 1
	}
	return 0
}

// playAndTell plays the weeks and writes the page, then the screen: nothing is written before all of it is known.
func playAndTell(h *Hospital, l Lang, path string, stdout io.Writer, bar *progress) error {
	ws, err := playWeeks(h, func(done, total int64) { bar.step(h.Name, done, total) })
	bar.done()
	if err != nil {
		return err
	}
	r, err := newReport(ws, l)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := writeReport(&page, r); err != nil {
		return err
	}
	if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
		return err
	}
	return writeScreen(stdout, ws, r, path)
}

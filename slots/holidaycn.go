package slots

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxNoticeBytes bounds one file of ReadHolidayCN.
const MaxNoticeBytes = 1 << 20

// ReadHolidayCN reads files of the holiday-cn project (github.com/NateScarlet/holiday-cn), one per year: the days off and
// make-up working days of mainland China, with Saturday and Sunday as days of rest. A file may hold days of the December before its year,
// which two files must then tell alike, and nothing else outside its year. A file without days is a notice not yet published: its year stays unknown. Everything else that
// is not as the layout says is an error; all are reported, each with the file's place in the list and the entry.
func ReadHolidayCN(files ...[]byte) (CalendarConfig, error) {
	var p problems
	c := CalendarConfig{Weekend: []Weekday{Saturday, Sunday}}
	for i, data := range files {
		where := fmt.Sprintf("file %d: ", i+1)
		n, err := decodeNotice(data)
		if err != nil {
			p.add("%s%w", where, err)
			continue
		}
		if slices.Contains(c.Years, *n.Year) {
			p.add("%syear %d: twice", where, *n.Year)
		}
		days, err := n.days()
		p.under(fmt.Sprintf("%syear %d: ", where, *n.Year), err)
		if len(days) > 0 {
			c.Years = append(c.Years, *n.Year)
			p.under(where, c.merge(days))
		}
	}
	if err := p.err(); err != nil {
		return CalendarConfig{}, err
	}
	return c, nil
}

// merge adds days of a file to those of the files before it. A December may be in two of them, if they say the same.
func (c *CalendarConfig) merge(days []CalendarDay) error {
	var p problems
	for _, d := range days {
		i := slices.IndexFunc(c.Days, func(o CalendarDay) bool { return o.Date == d.Date })
		switch {
		case i < 0:
			c.Days = append(c.Days, d)
		case c.Days[i] != d:
			p.add("date %v: %v %s, but %v %s in a file before it", d.Date, d.Kind, d.Name, c.Days[i].Kind, c.Days[i].Name)
		}
	}
	return p.err()
}

// notice is the layout. Pointers tell a missing field from a zero one.
type notice struct {
	Schema string    `json:"$schema"`
	ID     string    `json:"$id"`
	Year   *int      `json:"year"`
	Papers *[]string `json:"papers"`
	Days   *[]struct {
		Name     *string `json:"name"`
		Date     *string `json:"date"`
		IsOffDay *bool   `json:"isOffDay"`
	} `json:"days"`
}

func decodeNotice(data []byte) (notice, error) {
	var n notice
	if len(data) > MaxNoticeBytes {
		return n, fmt.Errorf("%d bytes, want at most %d", len(data), MaxNoticeBytes)
	}
	if !utf8.Valid(data) {
		return n, errors.New("not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&n); err != nil {
		return n, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
	}
	if end := d.InputOffset(); len(bytes.TrimSpace(data[end:])) > 0 {
		return n, fmt.Errorf("at byte %d: more after the end", end)
	}
	if err := checkKeys(data); err != nil {
		return n, err
	}
	var p problems
	if n.Year == nil {
		p.add("year: missing")
	} else {
		p.within("year", *n.Year, 1, 9999)
	}
	if n.Papers == nil {
		p.add("papers: missing")
	}
	if n.Days == nil {
		p.add("days: missing")
	}
	return n, p.err()
}

var noticeKeys = [...]string{"$schema", "$id", "year", "papers", "days", "name", "date", "isOffDay"}

// checkKeys refuses what encoding/json takes in silence: a key twice in one object, and a key in other letters than the layout's.
// data is one valid JSON value.
func checkKeys(data []byte) error {
	type level struct {
		object, value bool // value: a key was read, its value comes next
		seen          []string
	}
	stack := []level{{}}
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			return nil // the end; data was decoded before
		}
		top := &stack[len(stack)-1]
		key, isText := token.(string)
		switch {
		case token == json.Delim('{') || token == json.Delim('['):
			top.value = false
			stack = append(stack, level{object: token == json.Delim('{')})
		case token == json.Delim('}') || token == json.Delim(']'):
			stack = stack[:len(stack)-1]
		case top.object && !top.value && isText:
			if slices.Contains(top.seen, key) {
				return fmt.Errorf("at byte %d: %s: twice", d.InputOffset(), key)
			}
			if !slices.Contains(noticeKeys[:], key) {
				return fmt.Errorf("at byte %d: %s: want one of %s", d.InputOffset(), key, strings.Join(noticeKeys[:], ", "))
			}
			top.seen, top.value = append(top.seen, key), true
		default:
			top.value = false
		}
	}
}

// days checks and converts the entries of a notice whose year and days are there.
func (n *notice) days() ([]CalendarDay, error) {
	var p problems
	var list []CalendarDay
	for i, e := range *n.Days {
		where := fmt.Sprintf("days[%d]", i)
		if e.Name == nil || e.Date == nil || e.IsOffDay == nil {
			p.add("%s: want name, date and isOffDay", where)
			continue
		}
		p.text(where+": name", *e.Name, true)
		date, err := ParseDate(*e.Date)
		if err != nil {
			p.add("%s: %w", where, err)
			continue
		}
		if year, month, _ := date.Civil(); year != *n.Year && (year != *n.Year-1 || month != 12) {
			p.add("%s: date %v: outside %d and the December before", where, date, *n.Year)
		}
		if slices.ContainsFunc(list, func(d CalendarDay) bool { return d.Date == date }) {
			p.add("%s: date %v: twice", where, date)
		}
		kind := Holiday
		if !*e.IsOffDay {
			kind = MakeUp
		}
		list = append(list, CalendarDay{date, kind, *e.Name})
	}
	return list, p.err()
}

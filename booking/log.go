package booking

import (
	"crypto/sha256"
	"errors"
	"iter"
)

// Log is a log in memory: the binary forms of the batches, end to end, each after its length as an unsigned varint. It is what a small host
// keeps, what tests replay, and what its digest names. The zero Log is empty.
type Log struct {
	b      []byte
	events uint64
}

// Append adds a batch. It refuses one that does not begin where the log ends.
func (l *Log) Append(t *Batch) error {
	if t.Len() == 0 {
		return nil
	}
	if t.base != l.events {
		return errors.Join(ErrBatch, errors.New("log: batch out of order"))
	}
	w := binaryWriter{b: l.b}
	at := len(w.b)
	walkBatch(&w, t)
	// The length goes in front, once it is known.
	n := len(w.b) - at
	prefix := appendNumber(nil, uint64(n))
	w.b = append(w.b, prefix...)
	copy(w.b[at+len(prefix):], w.b[at:at+n])
	copy(w.b[at:], prefix)
	l.b = w.b
	l.events += uint64(t.Len())
	return nil
}

// Events is the number of events in the log.
func (l *Log) Events() uint64 { return l.events }

// Bytes are the log's bytes; read them only.
func (l *Log) Bytes() []byte { return l.b }

// Digest is SHA-256 over the log's bytes.
func (l *Log) Digest() [32]byte { return sha256.Sum256(l.b) }

// LogOf makes a Log from another's bytes, and refuses bytes that are none.
func LogOf(b []byte) (*Log, error) {
	l := &Log{b: append([]byte(nil), b...)}
	for t, err := range l.All() {
		if err != nil {
			return nil, err
		}
		if t.base != l.events {
			return nil, errors.Join(ErrBatch, errors.New("log: batch out of order"))
		}
		l.events += uint64(t.Len())
	}
	return l, nil
}

// All yields the batches in order, in one Batch that is reused; the error, if any, comes last and alone. A *FormatError's
// Offset is where the damaged batch begins: what lies before it is a whole log.
func (l *Log) All() iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		var t Batch
		r := l.reader()
		for r.more() {
			if err := r.next(&t); err != nil {
				yield(nil, err)
				return
			}
			if !yield(&t, nil) {
				return
			}
		}
	}
}

// logReader reads a log's batches: frames of the log, and the values in a frame.
type logReader struct{ log, frame binaryReader }

func (l *Log) reader() *logReader { return &logReader{log: binaryReader{b: l.b}} }

func (r *logReader) more() bool { return r.log.at < len(r.log.b) }

// next reads the next batch.
func (r *logReader) next(t *Batch) error {
	start := r.log.at
	frame := r.log.text("length", nil, len(r.log.b))
	err := r.log.err
	if err == nil {
		r.frame = binaryReader{b: frame}
		err = t.read(&r.frame)
	}
	if err != nil {
		return &FormatError{Offset: start, Field: "batch", Problem: err.Error()}
	}
	return nil
}

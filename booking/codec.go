package booking

import "fmt"

// AppendBinary appends the batch's binary form: version 4, unsigned varints, exactly one encoding for each batch. It never
// fails; the error is for encoding.BinaryAppender.
func (t *Batch) AppendBinary(dst []byte) ([]byte, error) {
	w := binaryWriter{b: dst}
	walkBatch(&w, t)
	return w.b, nil
}

// UnmarshalBinary is the inverse. It is strict, allocates no more than a constant times the input, and reports a
// *FormatError. What it accepts is well formed; whether it follows from a Book's state is for Apply to say.
func (t *Batch) UnmarshalBinary(data []byte) error {
	return t.read(&binaryReader{b: data})
}

func (t *Batch) read(r *binaryReader) error {
	t.Reset()
	walkBatch(r, t)
	if err := r.finish(); err != nil {
		t.Reset()
		return err
	}
	return nil
}

// MarshalJSON gives the batch with every field by name, for people and for systems that do not speak the binary form.
func (t *Batch) MarshalJSON() ([]byte, error) {
	w := &jsonWriter{}
	walkBatch(w, t)
	return w.b, nil
}

// UnmarshalJSON is the inverse, as strict: unknown and missing fields are errors.
func (t *Batch) UnmarshalJSON(data []byte) error {
	t.Reset()
	r := newJSONReader(data)
	walkBatch(r, t)
	if r.err != nil {
		t.Reset()
		return r.err
	}
	return nil
}

// Snapshot appends the Book's state to dst: a function of the log alone, so that two Books that applied the same batches
// give the same bytes. Cost: one pass over the state.
func (b *Book) Snapshot(dst []byte) []byte {
	w := &binaryWriter{b: dst}
	walkBook(w, b)
	return w.b
}

// SnapshotJSON is the same state with every field by name.
func (b *Book) SnapshotJSON() []byte {
	w := &jsonWriter{}
	walkBook(w, b)
	return w.b
}

// Restore makes a Book from Snapshot's bytes. Counters, lists and indexes are not stored: they are made again from the
// appointments, so that a snapshot cannot contradict itself. Bytes that no Book gave are refused.
func Restore(rules *Rules, data []byte) (*Book, error) {
	r := &binaryReader{b: data}
	b := &Book{}
	walkBook(r, b)
	if err := r.finish(); err != nil {
		return nil, err
	}
	return b.restored(rules)
}

// RestoreJSON makes a Book from SnapshotJSON's text.
func RestoreJSON(rules *Rules, data []byte) (*Book, error) {
	r := newJSONReader(data)
	b := &Book{}
	walkBook(r, b)
	if r.err != nil {
		return nil, r.err
	}
	return b.restored(rules)
}

func (b *Book) restored(rules *Rules) (*Book, error) {
	if err := b.rebuild(); err != nil {
		return nil, fmt.Errorf("booking: snapshot: %w", err)
	}
	b.Configure(rules)
	return b, nil
}

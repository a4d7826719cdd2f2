// Package faults collects everything that is wrong with an input, so that whoever gave it is told all at once. Unlike errors.Join over a
// slice it is bounded: a hostile input gets a short answer.
//
// # What it decides
//
// Which faults an error tells: the first Most in the order in which they were found, and how many more there are.
//
// # The words
//
// A fault names a field and the value that is wrong. A list is the faults of one input, or of a part of it.
//
// # What the host must do
//
// Nothing: it is a kernel for constructors, which look at every field and return List.Err.
//
// # What it never does
//
// It keeps no state but the list, and formats nothing that is not told.
//
// # Limits
//
// Most faults are told; of a name its first 60 characters. Package slots, which imports nothing of ours, has its own.
package faults

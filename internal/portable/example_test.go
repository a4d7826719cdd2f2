package portable_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/internal/portable"
)

func ExampleExp() {
	// The share of patients who wait longer than twice the mean wait, for an exponential wait.
	fmt.Printf("%.6f\n", portable.Exp(-2))
	// Output: 0.135335
}

func ExampleLog() {
	fmt.Printf("%.6f\n", portable.Log(portable.Exp(1.5)))
	// Output: 1.500000
}

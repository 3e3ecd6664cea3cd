// Answers for pairs of texts what the API server's own quantities say of them: pairs as JSON on standard input, a row
// of the table for each on standard output.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"math/big"
	"os"

	"k8s.io/apimachinery/pkg/api/resource"
)

// row is what is said of the first text alone, and of both. Null: refused, or more than Go's numbers hold.
type row struct {
	Text       string  `json:"text"`
	Other      string  `json:"other"`
	Nano       *string `json:"nano"`
	Canonical  *string `json:"canonical"`
	Milli      *string `json:"milli"`
	Whole      *string `json:"whole"`
	Compare    *int    `json:"compare"`
	Sum        *string `json:"sum"`
	Difference *string `json:"difference"`
}

var (
	million = big.NewInt(1_000_000)
	billion = big.NewInt(1_000_000_000)
	// Beyond this the printed form has no unit left.
	unprintable = new(big.Int).Exp(big.NewInt(10), big.NewInt(21), nil)
)

func main() {
	var pairs [][2]string
	if err := json.NewDecoder(os.Stdin).Decode(&pairs); err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for _, pair := range pairs {
		if err := encoder.Encode(rowOf(pair[0], pair[1])); err != nil {
			log.Fatal(err)
		}
	}
}

func rowOf(text, other string) row {
	answer := row{Text: text, Other: other}
	a, err := read(text)
	if err != nil {
		return answer
	}
	amount := nano(a)
	answer.Nano = pointer(amount.String())
	answer.Canonical = printed(a)
	if countable(amount, million) {
		answer.Milli = pointer(big.NewInt(a.MilliValue()).String())
	}
	if countable(amount, billion) {
		answer.Whole = pointer(big.NewInt(a.Value()).String())
	}
	b, err := read(other)
	if err != nil {
		return answer
	}
	answer.Compare = pointer(a.Cmp(b))
	sum, difference := a.DeepCopy(), a.DeepCopy()
	sum.Add(b)
	difference.Sub(b)
	answer.Sum, answer.Difference = printed(sum), printed(difference)
	return answer
}

// countable tells whether an amount can be counted in units of so many billionths: it has to fit, and of negative
// amounts Go rounds some up and some down, as it happens to hold them.
func countable(nano, unit *big.Int) bool {
	count := new(big.Int).Quo(nano, unit)
	return nano.Sign() >= 0 && count.Add(count, big.NewInt(1)).IsInt64()
}

// read takes a text as it stands in an object, in quotes.
func read(text string) (resource.Quantity, error) {
	var quantity resource.Quantity
	written, err := json.Marshal(text)
	if err != nil {
		return quantity, err
	}
	return quantity, quantity.UnmarshalJSON(written)
}

func nano(quantity resource.Quantity) *big.Int {
	// AsDec changes what it is called for.
	copied := quantity.DeepCopy()
	dec := copied.AsDec()
	scale := big.NewInt(int64(9 - dec.Scale()))
	if scale.Sign() < 0 {
		power := new(big.Int).Exp(big.NewInt(10), new(big.Int).Neg(scale), nil)
		return new(big.Int).Quo(dec.UnscaledBig(), power)
	}
	return new(big.Int).Mul(dec.UnscaledBig(), new(big.Int).Exp(big.NewInt(10), scale, nil))
}

// printed is the canonical form, not the text it was made of.
func printed(quantity resource.Quantity) *string {
	whole := new(big.Int).Quo(nano(quantity), billion)
	if whole.CmpAbs(unprintable) >= 0 {
		return nil
	}
	number, suffix := quantity.CanonicalizeBytes(make([]byte, 0, 64))
	return pointer(string(number) + string(suffix))
}

func pointer[T any](value T) *T { return &value }

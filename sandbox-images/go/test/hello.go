package main

import (
	"fmt"
	"sort"
)

func main() {
	numbers := []int{3, 1, 2}
	sort.Ints(numbers)
	if numbers[0] == 1 {
		fmt.Println("hello")
	}
}

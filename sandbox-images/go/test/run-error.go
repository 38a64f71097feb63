package main

import "fmt"

func main() {
	fmt.Println("before")
	var nothing *int
	fmt.Println(*nothing)
}

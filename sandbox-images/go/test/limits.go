// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
package main

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

func must(err error) {
	if err != nil {
		os.Exit(3)
	}
}

func main() {
	limit, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	block := make([]byte, 1<<19)
	switch strings.TrimSpace(limit) {
	case "cpu":
		for {
		}
	case "wall":
		time.Sleep(60 * time.Second)
	case "memory":
		var kept [][]byte
		for {
			one := make([]byte, 1<<20)
			for i := range one {
				one[i] = 1
			}
			kept = append(kept, one)
		}
	case "processes":
		for i := 0; i < 100; i++ {
			must(exec.Command("/bin/sleep", "60").Start())
		}
	case "output":
		for i := 0; i < 4; i++ {
			os.Stdout.Write(block)
		}
	case "file":
		file, err := os.Create("large")
		for must(err); ; must(err) {
			_, err = file.Write(block)
		}
	case "open files":
		var kept []*os.File
		for {
			file, err := os.Open("/dev/null")
			must(err)
			kept = append(kept, file)
		}
	case "scratch":
		for i := 0; i < 1000; i++ {
			must(os.WriteFile(strconv.Itoa(i), block, 0600))
		}
	}
	os.Exit(3)
}

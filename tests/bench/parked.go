// Goroutines that wait for a receive.
package main

import "time"

func work(n int) {
	gate := make(chan int)
	for i := 0; i < n; i++ {
		go func() { <-gate }()
	}
	time.Sleep(time.Second)
	report()
	close(gate)
}

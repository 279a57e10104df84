// A million goroutines that wait, then end.
package main

import "runtime"

func work(n int) {
	gate := make(chan int)
	for i := 0; i < n; i++ {
		go func() { <-gate }()
	}
	runtime.Gosched()
	close(gate)
}

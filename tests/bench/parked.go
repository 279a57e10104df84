// Goroutines that wait for a receive.
package main

func work(n int) {
	gate := make(chan int)
	for i := 0; i < n; i++ {
		go func() { <-gate }()
	}
	begin()
	report()
	close(gate)
}

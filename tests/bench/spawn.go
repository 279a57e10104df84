// Goroutines started and finished, 1,000 at a time.
package main

import "sync"

func work(n int) {
	var wg sync.WaitGroup
	for i := 0; i < n/1000; i++ {
		wg.Add(1000)
		for k := 0; k < 1000; k++ {
			go wg.Done()
		}
		wg.Wait()
	}
}

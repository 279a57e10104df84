// A counter that four goroutines share, under a mutex.
package main

import "sync"

const goroutines = 4

var mu sync.Mutex
var counter int

func work(n int) {
	var wg sync.WaitGroup
	for g := 0; g < goroutines; g++ {
		wg.Add(1)
		go func() {
			for i := 0; i < n/goroutines; i++ {
				mu.Lock()
				counter++
				mu.Unlock()
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

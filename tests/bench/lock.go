// Lock and Unlock of a mutex nobody else wants.
package main

import "sync"

var mu sync.Mutex

func work(n int) {
	for i := 0; i < n; i++ {
		mu.Lock()
		mu.Unlock()
	}
}

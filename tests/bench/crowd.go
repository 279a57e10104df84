// Unbuffered round trips while k other goroutines wait.
package main

func work(n int) {
	there, back, gate := make(chan int), make(chan int), make(chan int)
	for i := 0; i < k; i++ {
		go func() { <-gate }()
	}
	go func() {
		for v := range there {
			back <- v
		}
	}()
	begin()
	for i := 0; i < n; i++ {
		there <- i
		<-back
	}
	end()
	close(there)
	close(gate)
}

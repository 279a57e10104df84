// The prime sieve: a goroutine for every prime.
package main

func work(n int) {
	in := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(in)
	for i := 0; i < n; i++ {
		prime, out := <-in, make(chan int)
		go func(in, out chan int) {
			for {
				if v := <-in; v%prime != 0 {
					out <- v
				}
			}
		}(in, out)
		in = out
	}
}

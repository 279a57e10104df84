// Items through 4 stages, unbuffered.
package main

func work(n int) {
	in := make(chan int)
	go func(out chan int) {
		for i := 0; i < n; i++ {
			out <- i
		}
		close(out)
	}(in)
	for i := 1; i < 4; i++ {
		out := make(chan int)
		go func(in, out chan int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	for range in {
	}
}

// Items through a select over 4 unbuffered channels.
package main

func work(n int) {
	var c [4]chan int
	for i := range c {
		c[i] = make(chan int)
		go func(out chan int) {
			for i := 0; i < n/4; i++ {
				out <- i
			}
		}(c[i])
	}
	for i := 0; i < n/4*4; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		}
	}
}

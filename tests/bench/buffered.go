// Items through a channel of 128.
package main

func work(n int) {
	items := make(chan int, 128)
	go func() {
		for i := 0; i < n; i++ {
			items <- i
		}
		close(items)
	}()
	for range items {
	}
}

// Items sent on one channel to k waiters, who come back for more.
package main

func work(n int) {
	items := make(chan int)
	for i := 0; i < k; i++ {
		go func() {
			for range items {
			}
		}()
	}
	begin()
	for i := 0; i < n; i++ {
		items <- i
	}
	end()
	close(items)
}

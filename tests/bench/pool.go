// Jobs through a pool of 8 workers, unbuffered.
package main

func work(n int) {
	jobs, results := make(chan int), make(chan int)
	for i := 0; i < 8; i++ {
		go func() {
			for job := range jobs {
				results <- job * 2
			}
		}()
	}
	go func() {
		for i := 0; i < n; i++ {
			jobs <- i
		}
		close(jobs)
	}()
	for i := 0; i < n; i++ {
		<-results
	}
}

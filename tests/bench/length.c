/* Four threads, K rounds each: something of its own, something that all share.  12 K steps. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { THREADS = 4 };

static pthread_mutex_t mutex;
static atomic_int own[THREADS];
static int shared;

static void *worker(void *arg)
{
    int id = (int)(intptr_t)arg;

    for (int i = 0; i < K; i++) {
        atomic_store(&own[id], i);
        pthread_mutex_lock(&mutex);
        shared++;
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];

    for (intptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, worker, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

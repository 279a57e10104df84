/* A counter that four threads share, under a mutex. */
#include "tsan.h"

enum { THREADS = 4 };
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static long counter, each;

static void *add(void *arg)
{
    for (long i = 0; i < each; i++) {
        pthread_mutex_lock(&mu);
        counter++;
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

static void work(long n)
{
    pthread_t threads[THREADS];

    each = n / THREADS;
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* Plain memory, read and written. */
#include "tsan.h"

enum { SIZE = 4096 };
static int numbers[SIZE];
static long times;

static void *add(void *arg)
{
    for (long i = 0; i < times; i++)
        numbers[i % SIZE]++;
    return arg;
}

static void work(long n)
{
    pthread_t thread;

    times = n;
    pthread_create(&thread, NULL, add, NULL);
    pthread_join(thread, NULL);
}

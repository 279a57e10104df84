// pthreads: joined only after the sum was read
#include <pthread.h>
#include <stdio.h>

static long sums[2];

static void *add(void *arg)
{
    long *sum = arg;

    for (int i = 1; i <= 3; i++)
        *sum += i;
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, add, &sums[1]);
    printf("%ld\n", sums[1]);
    pthread_join(thread, NULL);
}

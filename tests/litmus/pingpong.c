/* N times ping and N times pong on two shared semaphores: each pong takes a ping's post and answers.
 *
 * Posts commute with everything, takes of one semaphore do not commute: N! orders of those who take
 * from `ball`, N! of those who take from `back`, and every pair of orders is possible: N!^2. */
#include <pthread.h>
#include <semaphore.h>

#ifndef N
#define N 2
#endif

static sem_t ball, back;

static void *ping(void *arg)
{
    sem_post(&ball);
    sem_wait(&back);
    return arg;
}

static void *pong(void *arg)
{
    sem_wait(&ball);
    sem_post(&back);
    return arg;
}

int main(void)
{
    pthread_t threads[2 * N];

    sem_init(&ball, 0, 0);
    sem_init(&back, 0, 0);
    for (int i = 0; i < N; i++) {
        pthread_create(&threads[2 * i], NULL, ping, NULL);
        pthread_create(&threads[2 * i + 1], NULL, pong, NULL);
    }
    for (int i = 0; i < 2 * N; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

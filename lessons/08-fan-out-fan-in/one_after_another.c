// A queue of promises: each a channel on which one letter will come.
#include "go.h"

struct job {
    char letter;
    struct chan *promise; // of char
};

static struct chan *jobs, *promises;
static const int delay[3] = {30, 10, 20}; // of A, B, C

static void worker(void *arg)
{
    struct job job;

    (void)arg;
    while (go_recv(jobs, &job)) {
        go_sleep(delay[job.letter - 'A'] * MILLISECOND);
        go_send(job.promise, &job.letter);     // has room: never waits
    }
}

int main(void)
{
    struct chan *promise;
    char letter;

    jobs = go_chan(struct job, 3);
    promises = go_chan(struct chan *, 3);
    for (letter = 'A'; letter <= 'C'; letter++) {
        promise = go_chan(char, 1);
        go_send(jobs, (&(struct job){letter, promise}));
        go_send(promises, &promise);           // in the order of the input
    }
    go_close(jobs);
    go_close(promises);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);

    while (go_recv(promises, &promise)) {
        go_recv(promise, &letter);
        printf("%c", letter);
    }
    printf("\n");
}

// Each job brings the channel on which its own answer comes back.
#include "go.h"

struct answer {
    int value;
    const char *err; // NULL: it went well
};

struct job {
    int n;
    struct chan *reply; // of struct answer
};

static struct chan *jobs;
static struct wg workers;

static void worker(void *arg)
{
    struct answer answer;
    struct job job;

    (void)arg;
    while (go_recv(jobs, &job)) {
        go_sleep(job.n * MILLISECOND);       // big numbers take longer
        if (job.n > 20)
            answer = (struct answer){.err = "too big"};
        else
            answer = (struct answer){.value = job.n * job.n};
        go_send(job.reply, &answer);
    }
    wg_done(&workers);
}

// The reply channel has room for one: the worker never waits for the asker.
static struct chan *ask(int n)
{
    struct job job = {n, go_chan(struct answer, 1)};

    go_send(jobs, &job);
    return job.reply;
}

int main(void)
{
    int questions[3] = {9, 30, 4};
    struct chan *replies[3];
    struct answer answer;

    jobs = go_chan(struct job, 0);
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    for (int i = 0; i < 3; i++)
        replies[i] = ask(questions[i]);
    go_close(jobs);

    for (int i = 0; i < 3; i++) {            // in the order of the questions
        go_recv(replies[i], &answer);
        if (answer.err)
            printf("%d: %s\n", questions[i], answer.err);
        else
            printf("%d: %d\n", questions[i], answer.value);
    }
    wg_wait(&workers);
}

// expect: passed
// Another way: each job brings the channel for its own answer.
#include "go.h"

enum { TEXTS = 5 };

static const char *const texts[TEXTS] = {"4", "seven", "9", "ten", "6"};

struct answer {
    int value;
    const char *err; // NULL: value is good
};

struct job {
    const char *text;
    struct chan *reply; // of struct answer
};

static struct chan *jobs;

static struct answer square_of(const char *text)
{
    char *end;
    int n = (int)strtol(text, &end, 10);

    if (end == text)
        return (struct answer){.err = "not a number"};
    return (struct answer){.value = n * n};
}

static void worker(void *arg)
{
    struct answer answer;
    struct job job;

    (void)arg;
    while (go_recv(jobs, &job)) {
        answer = square_of(job.text);
        go_send(job.reply, &answer);
    }
}

int main(void)
{
    struct job all[TEXTS];
    struct answer answer;

    jobs = go_chan(struct job, 0);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    for (int i = 0; i < TEXTS; i++) {
        all[i] = (struct job){texts[i], go_chan(struct answer, 1)};
        go_send(jobs, &all[i]);
    }
    go_close(jobs);

    for (int i = 0; i < TEXTS; i++) {
        go_recv(all[i].reply, &answer);
        if (answer.err)
            printf("%s: error: %s\n", texts[i], answer.err);
        else
            printf("%s: %d\n", texts[i], answer.value);
    }
}

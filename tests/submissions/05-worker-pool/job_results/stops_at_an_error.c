// expect: deadlock
// A worker that meets an error goes home, and its answer with it.
#include "go.h"

enum { TEXTS = 5 };

static const char *const texts[TEXTS] = {"4", "seven", "9", "ten", "6"};

struct answer {
    int id;          // of its job: the index of its text
    int value;
    const char *err; // NULL: value is good
};

static struct chan *jobs, *results;

static struct answer square_of(int id)
{
    char *end;
    int n = (int)strtol(texts[id], &end, 10);

    if (end == texts[id])
        return (struct answer){.id = id, .err = "not a number"};
    return (struct answer){.id = id, .value = n * n};
}

static void worker(void *arg)
{
    struct answer answer;
    int id;

    (void)arg;
    while (go_recv(jobs, &id)) {
        answer = square_of(id);
        if (answer.err)
            return;
        go_send(results, &answer);
    }
}

int main(void)
{
    struct answer answers[TEXTS], answer;

    jobs = go_chan(int, TEXTS);
    results = go_chan(struct answer, TEXTS);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    for (int id = 0; id < TEXTS; id++)
        go_send(jobs, &id);
    go_close(jobs);

    for (int i = 0; i < TEXTS; i++) {
        go_recv(results, &answer);
        answers[answer.id] = answer;
    }
    for (int id = 0; id < TEXTS; id++) {
        if (answers[id].err)
            printf("%s: error: %s\n", texts[id], answers[id].err);
        else
            printf("%s: %d\n", texts[id], answers[id].value);
    }
}

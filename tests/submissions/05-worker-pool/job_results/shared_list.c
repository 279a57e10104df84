// expect: race
// Each worker appends to one list, and nothing keeps them apart.
#include "go.h"

enum { TEXTS = 5 };

static const char *const texts[TEXTS] = {"4", "seven", "9", "ten", "6"};

struct answer {
    int id;          // of its job: the index of its text
    int value;
    const char *err; // NULL: value is good
};

static struct chan *jobs;
static struct answer results[TEXTS];
static int count;
static struct wg wg;

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
    int id;

    (void)arg;
    while (go_recv(jobs, &id)) {
        results[count++] = square_of(id);
        wg_done(&wg);
    }
}

int main(void)
{
    struct answer answers[TEXTS];

    jobs = go_chan(int, TEXTS);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    for (int id = 0; id < TEXTS; id++) {
        wg_add(&wg, 1);
        go_send(jobs, &id);
    }
    go_close(jobs);
    wg_wait(&wg);

    for (int i = 0; i < TEXTS; i++)
        answers[results[i].id] = results[i];
    for (int id = 0; id < TEXTS; id++) {
        if (answers[id].err)
            printf("%s: error: %s\n", texts[id], answers[id].err);
        else
            printf("%s: %d\n", texts[id], answers[id].value);
    }
}

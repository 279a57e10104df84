// Every saver sends one outcome, good or bad.  Main joins the bad ones.
#include "go.h"

struct outcome {
    int page;
    const char *err;
};

static const char *const full = "disk full";
static struct chan *outcomes;           // of struct outcome

static void save(void *arg)
{
    struct outcome outcome = {.page = *(int *)arg};

    if (outcome.page != 2)
        outcome.err = err_wrap(full, "page %d", outcome.page);
    go_send(outcomes, &outcome);
}

int main(void)
{
    static int pages[] = {1, 2, 3};
    const char *errs[4], *err;
    struct outcome outcome;

    outcomes = go_chan(struct outcome, 3); // room for all who send
    for (int i = 0; i < 3; i++)
        go(save, &pages[i]);

    for (int i = 0; i < 3; i++) {
        go_recv(outcomes, &outcome);
        errs[outcome.page] = outcome.err; // each in its own place
    }
    err = err_join(errs[1], errs[2], errs[3]);
    printf("%s\n", err);
    if (err_is(err, full))
        printf("make room, and try again\n");
}

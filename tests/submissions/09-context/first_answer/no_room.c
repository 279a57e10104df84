// expect: deadlock
// The losers want to hand over what nobody takes.
#include "go.h"

enum { SOURCES = 3 };

struct source {
    const char *name;
    int ms;
    bool ok;
};

struct outcome {
    const char *name;
    bool ok;
};

static struct ctx *ctx;
static struct chan *outcomes;
static struct wg at_work;

static void ask(void *arg)
{
    const struct source *s = arg;
    struct chan *finished = go_after(s->ms * MILLISECOND);
    struct outcome outcome = {s->name, s->ok};

    if (go_select(RECV(finished), RECV(ctx_done(ctx))) == 0)
        go_send(outcomes, &outcome);    // case 1: called off
    wg_done(&at_work);
}

static const char *first_of(struct source *sources)
{
    const char *winner = "nobody";
    struct outcome outcome;

    ctx = ctx_with_cancel(ctx_background());
    outcomes = go_chan(struct outcome, 0);
    for (int i = 0; i < SOURCES; i++) {
        wg_add(&at_work, 1);
        go(ask, &sources[i]);
    }

    for (int i = 0; i < SOURCES; i++) {
        go_recv(outcomes, &outcome);
        if (outcome.ok) {
            winner = outcome.name;
            break;
        }
    }
    wg_wait(&at_work);                  // until everybody is at home
    return winner;
}

int main(void)
{
    static struct source good[SOURCES] = {
        {"a", 5, false}, {"b", 10, true}, {"c", 10, true}};
    static struct source bad[SOURCES] = {
        {"a", 5, false}, {"b", 10, false}, {"c", 20, false}};

    printf("%s answers\n", first_of(good));
    printf("%s answers\n", first_of(bad));
}

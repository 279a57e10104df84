// expect: passed
// Another way: the library hears that nobody waits any more.
#include "go.h"

struct question {
    const char *name;
    int64_t duration;
    struct chan *answer; // of int
    struct ctx *ctx;
};

static void library(void *arg)
{
    struct question *question = arg;

    go_sleep(question->duration);       // looks it up
    go_select(SEND(question->answer, &(int){42}),
              RECV(ctx_done(question->ctx)));
}

static void ask(struct question *question)
{
    struct chan *answer = go_chan(int, 0);
    int chosen, value;

    question->answer = answer;
    question->ctx = ctx_with_timeout(ctx_background(), 20 * MILLISECOND);
    go(library, question);
    chosen = go_select(RECV(answer, &value), RECV(ctx_done(question->ctx)));
    ctx_cancel(question->ctx);
    if (chosen == 0)
        printf("%s: %d\n", question->name, value);
    else
        printf("%s: no answer in time\n", question->name);
}

int main(void)
{
    static struct question quick = {"quick", 10 * MILLISECOND, NULL, NULL};
    static struct question slow = {"slow", 50 * MILLISECOND, NULL, NULL};

    ask(&quick);
    ask(&slow);
}

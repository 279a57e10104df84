// expect: wrong answer: at least 3
// Who is sure which library is the quickest needs not ask the others.
#include "go.h"

struct library {
    const char *name;
    int64_t duration;
};

static struct library libraries[] = {
    {"corner", 10 * MILLISECOND},
    {"town", 30 * MILLISECOND},
    {"state", 50 * MILLISECOND},
};

static struct chan *answers;

static void library(void *arg)
{
    struct library *l = arg;

    go_sleep(l->duration);              // looks it up
    go_send(answers, &l->name);
}

int main(void)
{
    const char *name;

    answers = go_chan(const char *, 0);
    for (int i = 0; i < 1; i++)
        go(library, &libraries[i]);

    go_recv(answers, &name);
    printf("first answer: %s\n", name);
    go_sleep(60 * MILLISECOND);         // reads what was asked for
}

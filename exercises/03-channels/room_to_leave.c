// The first of three answers will do: main takes it and reads on.
//
// It prints what it should, and yet it is not well: check it.  The two
// libraries that were slower are left behind, each with an answer that
// nobody takes.
//
// Your task: let all three come to their end.  main must not wait for them,
// and how much room do they need?
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
    for (int i = 0; i < 3; i++)
        go(library, &libraries[i]);

    go_recv(answers, &name);
    printf("first answer: %s\n", name);
    go_sleep(60 * MILLISECOND);         // reads what was asked for
}

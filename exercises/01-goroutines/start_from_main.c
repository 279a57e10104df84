// A module that counts visits.  The moment it is loaded it starts a goroutine
// of its own, whether anybody wants to count or not.
//
// main counts three visits and leaves.  The module's goroutine stays: nobody
// ever got hold of anything to stop it with.
//
// Your task: loading the module must start nothing.  Let main start the
// counting, with a context, and wait for its end before it prints.
#include "go.h"

enum { HOW_MANY = -1 };

// The module.
static struct chan *visits, *answer;

static void run(void *arg)
{
    int visit, count = 0;

    (void)arg;
    for (;;) {
        go_recv(visits, &visit);
        if (visit == HOW_MANY)
            go_send(answer, &count);
        else
            count++;
    }
}

static void counter_load(void)
{
    visits = go_chan(int, 0);
    answer = go_chan(int, 0);
    go(run, NULL);
}

int main(void)
{
    int count;

    counter_load();                     // and it runs already
    for (int n = 1; n <= 3; n++)
        go_send(visits, &n);
    go_send(visits, &(int){HOW_MANY});
    go_recv(answer, &count);
    printf("%d visits\n", count);
}

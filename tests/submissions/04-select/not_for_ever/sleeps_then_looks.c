// expect: wrong answer: ms of virtual time
// Always waits the whole 20 ms, also for the quick one.
#include "go.h"

struct question {
    const char *name;
    int64_t duration;
    struct chan *answer; // of int
};

static void library(void *arg)
{
    struct question *question = arg;

    go_sleep(question->duration);       // looks it up
    go_send(question->answer, &(int){42});
}

static void ask(struct question *question)
{
    struct chan *answer = go_chan(int, 1);
    int chosen, value;

    question->answer = answer;
    go(library, question);
    go_sleep(20 * MILLISECOND);
    chosen = go_select_default(RECV(answer, &value));
    if (chosen == 0)
        printf("%s: %d\n", question->name, value);
    else
        printf("%s: no answer in time\n", question->name);
}

int main(void)
{
    static struct question quick = {"quick", 10 * MILLISECOND, NULL};
    static struct question slow = {"slow", 50 * MILLISECOND, NULL};

    ask(&quick);
    ask(&slow);
}

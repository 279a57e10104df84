// expect: leak
// The room is at the wrong channel.
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
    struct chan *answer = go_chan(int, 0);
    struct chan *questions = go_chan(struct question *, 1);
    int chosen, value;

    question->answer = answer;
    go_send(questions, &question);
    go_recv(questions, &question);
    go(library, question);
    chosen = go_select(RECV(answer, &value), RECV(go_after(20 * MILLISECOND)));
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

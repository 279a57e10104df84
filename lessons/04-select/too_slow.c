// An answer that may come too late, and a channel that has room for it.
#include "go.h"

struct question {
    int64_t duration;
    struct chan *answer;
};

static void look_up(void *arg)
{
    struct question *question = arg;

    go_sleep(question->duration);
    go_send(question->answer, &(int){42});
}

static void ask(struct question *question)
{
    struct chan *answer = go_chan(int, 1), *limit; // room: nobody waits to send
    int value;

    question->answer = answer;
    go(look_up, question);

    limit = go_after(20 * MILLISECOND);
    if (go_select(RECV(answer, &value), RECV(limit)) == 0)
        printf("the answer is %d\n", value);
    else
        printf("too slow\n");
}

int main(void)
{
    static struct question quick = {10 * MILLISECOND, NULL};
    static struct question slow = {50 * MILLISECOND, NULL};

    ask(&quick);
    ask(&slow);
}

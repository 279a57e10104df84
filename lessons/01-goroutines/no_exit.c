// expect: leak
// A goroutine that nobody can stop, and that does not stop by itself.
#include "go.h"

static struct chan *questions, *answers;

static void oracle(void *arg)
{
    const char *question;

    (void)arg;
    for (;;) {
        go_recv(questions, &question);
        go_send(answers, &question);
    }
}

int main(void)
{
    const char *text = "Will it rain";

    questions = go_chan(const char *, 0);
    answers = go_chan(const char *, 0);
    go(oracle, NULL);
    go_send(questions, &text);
    go_recv(answers, &text);
    printf("%s? Surely.\n", text);
}

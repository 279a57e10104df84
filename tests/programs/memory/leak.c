// A reply that comes after the deadline is received by nobody.
#include "go.h"

static struct chan *replies;

static char *make_reply(int64_t after)
{
    char *reply = malloc(16);

    snprintf(reply, 16, "after %d ms", (int)(after / MILLISECOND));
    return reply;
}

static void server(void *arg)
{
    int64_t *after = arg;
    char *reply;

    go_sleep(*after);
    reply = make_reply(*after);
    go_select_default(SEND(replies, &reply));
}

int main(void)
{
    static int64_t fast = 1 * MILLISECOND, slow = 2 * MILLISECOND;
    char *reply;

    replies = go_chan(char *, 0);
    go(server, &fast);
    go(server, &slow);
    go_recv(replies, &reply);
    printf("%s\n", reply);
    free(reply);
    go_sleep(SECOND);
}

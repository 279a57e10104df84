// expect: wrong answer
// Three at once, then one each 33 ms: after a pause it lets four in.
#include "go.h"

enum { LIMIT = 3, CROWDS = 5 };
#define WINDOW (100 * MILLISECOND)

static struct limit *limit;

static bool allow(void)
{
    return limit_allow(limit, 1);
}

struct answer {
    int crowd;
    bool allowed;
};

static const struct {
    int at, size;
} crowds[CROWDS] = {{80, 1}, {90, 1}, {95, 1}, {105, 2}, {185, 2}};

static struct chan *door;               // of struct answer

static void guest(void *arg)
{
    struct answer answer = {.crowd = (int)(intptr_t)arg};

    go_sleep(crowds[answer.crowd].at * MILLISECOND);
    answer.allowed = allow();
    go_send(door, &answer);
}

int main(void)
{
    int guests = 0, let_in[CROWDS] = {0};
    struct answer answer;

    door = go_chan(struct answer, 0);
    limit = go_limit(WINDOW / LIMIT, LIMIT);
    for (int i = 0; i < CROWDS; i++)
        for (int n = 0; n < crowds[i].size; n++) {
            go(guest, (void *)(intptr_t)i);
            guests++;
        }
    while (guests-- > 0) {
        go_recv(door, &answer);
        let_in[answer.crowd] += answer.allowed;
    }
    for (int i = 0; i < CROWDS; i++)
        printf("%d ms: %d of %d\n", crowds[i].at, let_in[i], crowds[i].size);
}

// expect: passed
// All at once, each with 20 ms: what the table answers, after what time.
#include "go.h"

static struct ctx *ctx;
static struct wg wg;
static char out[5][100];

static void get(void *arg)
{
    static const char *const urls[] = {"http://a", "http://b", "http://c", "http://d", "http://e"};
    int i = (int)(intptr_t)arg;
    const char *err;
    struct net_response response = net_get(ctx, urls[i], &err);

    if (!err && response.status == 503) // once more
        response = net_get(ctx, urls[i], &err);
    snprintf(out[i], sizeof out[i], "%s at %d", err ? err : response.body,
             (int)(go_now() / MILLISECOND));
    wg_done(&wg);
}

int main(void)
{
    net_world({"http://a", 10 * MILLISECOND, .body = "apples"},
              {"http://b", 30 * MILLISECOND, .body = "too late"},
              {"http://c", 5 * MILLISECOND, .error = "connection reset by peer"},
              {"http://d", .status = 503}, {"http://d", 15 * MILLISECOND, .body = "dates"});
    ctx = ctx_with_timeout(ctx_background(), 20 * MILLISECOND);
    wg_add(&wg, 5);
    for (int i = 0; i < 5; i++)
        go(get, (void *)(intptr_t)i);
    wg_wait(&wg);
    ctx_cancel(ctx);
    for (int i = 0; i < 5; i++)
        puts(out[i]);
}

// One item is bad: its error travels down the pipe, and all stages stop.
#include "go.h"

struct item {
    int value;
    const char *err; // NULL: value is good
    const char *text;
};

static struct ctx *ctx;
static struct chan *texts, *items;

static void generate(void *arg)
{
    static const char *const all[] = {"2", "3", "three", "4"};

    (void)arg;
    for (int i = 0; i < 4; i++)
        if (go_select(SEND(texts, &all[i]), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(texts);
}

static void parse(void *arg)
{
    struct item item;
    char *end;

    (void)arg;
    while (go_recv(texts, &item.text)) {
        item.value = (int)strtol(item.text, &end, 10);
        item.err = end == item.text ? "not a number" : NULL;
        if (go_select(SEND(items, &item), RECV(ctx_done(ctx))) == 1)
            break;
    }
    go_close(items);
}

int main(void)
{
    struct item item;

    ctx = ctx_with_cancel(ctx_background());
    texts = go_chan(const char *, 0);
    items = go_chan(struct item, 0);
    go(generate, NULL);
    go(parse, NULL);

    while (go_recv(items, &item)) {
        if (item.err) {
            printf("stopped: %s: %s\n", item.err, item.text);
            break;
        }
        printf("%d\n", item.value * item.value);
    }
    ctx_cancel(ctx);                    // the first error ends all stages
}

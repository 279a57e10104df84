// Three goroutines, and the three ways in which a goroutine ends.
#include "go.h"

static struct ctx *ctx;
static struct chan *orders, *ended;

static void end(const char *how)
{
    go_send(ended, &how);
}

static void does_its_work(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    end("1: its work is done");
}

static void is_called_off(void *arg)
{
    (void)arg;
    go_recv_any(ctx_done(ctx));         // until somebody cancels
    end("2: the context was cancelled");
}

static void runs_out_of_input(void *arg)
{
    (void)arg;
    while (go_recv_any(orders))         // until somebody closes
        ;
    end("3: the channel was closed");
}

static void print_end(void)
{
    const char *how;

    go_recv(ended, &how);
    printf("%s\n", how);
}

int main(void)
{
    ctx = ctx_with_cancel(ctx_background());
    orders = go_chan(int, 0);
    ended = go_chan(const char *, 0);
    go(does_its_work, NULL);
    go(is_called_off, NULL);
    go(runs_out_of_input, NULL);

    print_end();
    ctx_cancel(ctx);
    print_end();
    go_send(orders, &(int){1});
    go_close(orders);
    print_end();
}

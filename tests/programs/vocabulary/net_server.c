// expect: passed
// A server that echoes until SIGTERM at 50 ms: it stops accepting, ends what it is at, and goes.
// A client every 20 ms: at 0, 20 and 40 it is served, at 60 nobody listens any more.
#include "go.h"
#include <ctype.h>

static struct wg busy, clients;
static struct listener *listener;
static struct chan *gone;

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void serve(void *arg)
{
    struct conn *conn = arg;
    const char *err;
    char line[20];
    size_t n;

    for (;;) {
        n = net_read(conn, line, sizeof line, &err);
        if (err_is(err, IO_EOF))
            break;
        go_sleep(15 * MILLISECOND); // so the third answer comes after the signal
        for (size_t i = 0; i < n; i++)
            line[i] = (char)toupper(line[i]);
        net_write(conn, line, n);
    }
    net_close(conn);
    wg_done(&busy);
}

static void accept_all(void *arg)
{
    const char *err;
    struct conn *conn;

    (void)arg;
    while ((conn = net_accept(listener, &err))) {
        wg_add(&busy, 1);
        go(serve, conn);
    }
    printf("server: %s\n", err);
    go_close(gone);
}

static void client(void *arg)
{
    static const char *const words[] = {"bread", "butter", "jam", "tea"};
    int i = (int)(intptr_t)arg;
    const char *err;
    struct conn *conn;
    char answer[20];
    size_t n;

    go_sleep(i * 20 * MILLISECOND);
    conn = net_dial(NULL, "shop:80", &err);
    if (err) {
        printf("client: %s\n", err);
    } else {
        net_write(conn, words[i], strlen(words[i]));
        n = net_read(conn, answer, sizeof answer, NULL);
        net_close(conn);
        printf("client: %.*s at %d\n", (int)n, answer, ms());
    }
    wg_done(&clients);
}

int main(void)
{
    struct chan *sigs = go_chan(int, 1);
    int sig;

    gone = go_chan(int, 0);
    listener = net_listen("shop:80", NULL);
    sig_notify(sigs, SIGTERM);
    sig_at(50 * MILLISECOND, SIGTERM);
    go(accept_all, NULL);
    wg_add(&clients, 4);
    for (int i = 0; i < 4; i++)
        go(client, (void *)(intptr_t)i);
    go_recv(sigs, &sig);
    printf("server: %s\n", sig_string(sig));
    net_stop(listener);
    go_recv_any(gone);
    wg_wait(&busy);
    printf("server: gone at %d\n", ms());
    wg_wait(&clients);
}

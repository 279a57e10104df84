/* go_net.c -- the functions of go.h for package net. */
#include "go.h"
#include "c/go_inside.h"
#include "sync/net.h"

#define ENTER() c_enter(__builtin_return_address(0))

enum { TEXT_MAX = 300 };

/* What errors of package net wrap, so that err_is finds it. */
static const char *const sentinels[] = {
#define X(name, words) words,
    NET_ERRORS(X)
#undef X
};

const char *io_eof(void)
{
    return sentinels[NET_EOF];
}

const char *net_err_closed(void)
{
    return sentinels[NET_CLOSED];
}

const char *net_err_timeout(void)
{
    return sentinels[NET_TIMEOUT];
}

/* The error as a learner sees it; NULL: none. */
static const char *failed(struct run *run, const char *operation, const char *from, const char *to,
                          const struct net_failure *failure)
{
    const char *wrapped = failure->error == NET_CONTEXT ? context_error_text(failure->context)
                                                        : sentinels[failure->error];
    char text[TEXT_MAX];

    if (failure->error == NET_OK)
        return NULL;
    if (failure->error == NET_EOF)
        return wrapped;
    net_error_text(operation, from, to, failure, text, sizeof text);
    return c_error(run, text, &wrapped, failure->error != NET_OTHER);
}

static const char *error_of(struct run *run, const char *operation, const char *from,
                            const char *to, enum net_error error)
{
    return failed(run, operation, from, to, &(struct net_failure){.error = error});
}

static void set(struct run *run, const char **err, const char *value)
{
    if (!err)
        return;
    c_check(run, err, sizeof *err, true);
    *err = value;
}

static const char *text_of(struct run *run, const char *text, const char *what)
{
    if (!text)
        c_panic(run, false, "%s of NULL", what);
    c_check(run, text, 1, false);
    return text;
}

static struct context *optional(struct run *run, struct ctx *ctx)
{
    return ctx ? go_context_of(run, ctx) : NULL;
}

/* --- listeners ---------------------------------------------------------------- */

struct listener *net_listen(const char *address, const char **err)
{
    struct run *run = ENTER();
    enum net_error error;
    struct listener *listener = listener_make(run, text_of(run, address, "net_listen"), &error);

    set(run, err, error_of(run, "listen", NULL, address, error));
    return listener;
}

static struct listener *listener_of(struct run *run, struct listener *listener)
{
    go_check_handle(run, listener, 0, "listener");
    return listener;
}

struct conn *net_accept(struct listener *l, const char **err)
{
    struct run *run = ENTER();
    struct listener *listener = listener_of(run, l);
    enum net_error error;
    struct conn *conn = listener_accept(run, listener, &error);

    set(run, err, error_of(run, "accept", NULL, listener_address(listener), error));
    return conn;
}

const char *net_stop(struct listener *l)
{
    struct run *run = ENTER();
    struct listener *listener = listener_of(run, l);

    return error_of(run, "close", NULL, listener_address(listener), listener_close(run, listener));
}

/* --- connections ----------------------------------------------------------------- */

static struct conn *conn_of(struct run *run, struct conn *conn)
{
    go_check_handle(run, conn, 0, "connection");
    return conn;
}

struct conn *net_dial(struct ctx *ctx, const char *address, const char **err)
{
    struct run *run = ENTER();
    struct net_failure failure;
    struct conn *conn = conn_dial(run, optional(run, ctx), text_of(run, address, "net_dial"),
                                  &failure);

    set(run, err, failed(run, "dial", NULL, address, &failure));
    return conn;
}

size_t net_read(struct conn *c, void *to, size_t size, const char **err)
{
    struct run *run = ENTER();
    struct conn *conn = conn_of(run, c);
    enum net_error error;
    size_t n;

    c_check(run, to, size, true);
    error = conn_read(run, conn, to, size, &n);
    if (n > 0)
        c_access(run, to, n, true, false);
    set(run, err, error_of(run, "read", conn_local(conn), conn_remote(conn), error));
    return n;
}

const char *net_write(struct conn *c, const void *from, size_t n)
{
    struct run *run = ENTER();
    struct conn *conn = conn_of(run, c);

    if (n > 0)
        c_access(run, from, n, false, false);
    return error_of(run, "write", conn_local(conn), conn_remote(conn),
                    conn_write(run, conn, from, n));
}

const char *net_close(struct conn *c)
{
    struct run *run = ENTER();
    struct conn *conn = conn_of(run, c);

    return error_of(run, "close", conn_local(conn), conn_remote(conn), conn_close(run, conn));
}

void net_set_deadline(struct conn *c, int64_t when)
{
    struct run *run = ENTER();

    conn_set_deadline(run, conn_of(run, c), NET_BOTH, when);
}

void net_set_read_deadline(struct conn *c, int64_t when)
{
    struct run *run = ENTER();

    conn_set_deadline(run, conn_of(run, c), NET_READ, when);
}

void net_set_write_deadline(struct conn *c, int64_t when)
{
    struct run *run = ENTER();

    conn_set_deadline(run, conn_of(run, c), NET_WRITE, when);
}

const char *net_local_addr(struct conn *c)
{
    return conn_local(conn_of(ENTER(), c));
}

const char *net_remote_addr(struct conn *c)
{
    return conn_remote(conn_of(ENTER(), c));
}

/* --- requests ------------------------------------------------------------------------ */

void net_world_at(const struct net_reply *replies, size_t n)
{
    struct run *run = ENTER();

    c_access(run, replies, n * sizeof *replies, false, false);
    for (size_t i = 0; i < n; i++) {
        const struct net_reply *reply = &replies[i];
        const char *body = reply->body ? text_of(run, reply->body, "net_world: body") : "";
        struct net_answer answer = {.latency = reply->latency, .error = reply->error, .body = body,
                                    .len = strlen(body), .status = reply->status};

        if (!answer.status)
            answer.status = 200;
        net_add_answer(run, text_of(run, reply->url, "net_world: url"), &answer);
    }
}

struct net_response net_get(struct ctx *ctx, const char *url, const char **err)
{
    struct run *run = ENTER();
    struct net_answer answer = {0};
    struct net_failure failure;

    net_request(run, optional(run, ctx), text_of(run, url, "net_get"), &answer, &failure);
    set(run, err, failed(run, "Get", NULL, url, &failure));
    return (struct net_response){answer.status, answer.body};
}

/* net.h -- package net in memory: listeners, connections, and requests that a table answers.
 *
 * An address is any text ("api:80").  A listener is a channel of connections that wait to be
 * accepted; a connection is two streams of messages, each a channel with room for a few:
 *
 *     client conn --- client:1->api:80 ---> server conn
 *                 <-- api:80->client:1 ----
 *
 * What is read at once is one message, or what is left of it.  All that fails fails by the
 * program's own doing or because a table says so; all that takes time takes virtual time.
 * Everything belongs to the run.
 */
#ifndef BRAID_SYNC_NET_H
#define BRAID_SYNC_NET_H

#include "sync/context.h"

enum {
    NET_BACKLOG = 128, /* connections that may wait to be accepted */
    NET_ROOM = 16,     /* messages under way in one direction */
};

/* X(NAME, Go's words) */
#define NET_ERRORS(X)                                        \
    X(OK, "")                                                \
    X(EOF, "EOF")                                            \
    X(CLOSED, "use of closed network connection")            \
    X(TIMEOUT, "i/o timeout")                                \
    X(REFUSED, "connect: connection refused")                \
    X(IN_USE, "bind: address already in use")                \
    X(BROKEN, "write: broken pipe")                          \
    X(CANCELED, "operation was canceled")                    \
    X(NO_HOST, "lookup: no such host")                       \
    X(CONTEXT, "the context's own")                          \
    X(OTHER, "the table's own")

enum net_error {
#define X(name, words) NET_##name,
    NET_ERRORS(X)
#undef X
};

struct listener;
struct conn;

/* What a table says of an address or a URL. */
struct net_answer {
    int64_t latency;   /* ns until the answer is there */
    const char *error; /* NULL: none */
    const char *body;
    size_t len;        /* of the body */
    int32_t status;
};

/* One more answer to `where`: the first to the first who asks, and so on; the last also to all
 * who ask later.  Its texts are copied.  Out of memory ends the run, here and below. */
void net_add_answer(struct run *run, const char *where, const struct net_answer *answer);

/* Why an operation failed; zeroed: it did not. */
struct net_failure {
    enum net_error error;
    enum context_error context; /* CONTEXT */
    const char *text;           /* OTHER */
};

/* NULL: NET_IN_USE. */
struct listener *listener_make(struct run *run, const char *address, enum net_error *error);

/* Waits for a connection; NULL: NET_CLOSED. */
struct conn *listener_accept(struct run *run, struct listener *listener, enum net_error *error);

/* Whoever waits to accept goes on; connections not accepted are closed, without a word to who
 * dialled them but NET_EOF.  NET_CLOSED: it was. */
enum net_error listener_close(struct run *run, struct listener *listener);
const char *listener_address(const struct listener *listener);

/* context may be NULL.  Takes as long as the table says; fails as it says, or with NET_REFUSED when
 * nobody listens, or NET_TIMEOUT or NET_CANCELED by the context. */
struct conn *conn_dial(struct run *run, struct context *context, const char *address,
                       struct net_failure *failure);

/* At most `size` bytes of the next message; *n: how many.  NET_EOF: the other side closed it.
 * NET_CLOSED, NET_TIMEOUT. */
enum net_error conn_read(struct run *run, struct conn *conn, char *to, size_t size, size_t *n);

/* The whole next message, borrowed for the rest of the run. */
enum net_error conn_read_message(struct run *run, struct conn *conn, const char **at, size_t *n);

/* One message; waits while too many are under way.  NET_BROKEN, NET_CLOSED, NET_TIMEOUT. */
enum net_error conn_write(struct run *run, struct conn *conn, const char *at, size_t n);

/* Whoever reads or writes here goes on with NET_CLOSED; the other side reads what is under way,
 * then NET_EOF.  NET_CLOSED: it was. */
enum net_error conn_close(struct run *run, struct conn *conn);

enum net_side { NET_READ = 1, NET_WRITE = 2, NET_BOTH = 3 };

/* From this virtual time on reading or writing ends with NET_TIMEOUT, also for who is at it; 0:
 * never. */
void conn_set_deadline(struct run *run, struct conn *conn, enum net_side side, int64_t when);

const char *conn_local(const struct conn *conn);
const char *conn_remote(const struct conn *conn);

/* A request that the table answers.  context may be NULL.  NET_OK: *answer. */
void net_request(struct run *run, struct context *context, const char *url,
                 struct net_answer *answer, struct net_failure *failure);

/* Go's message: "dial tcp api:80: connect: connection refused", "EOF".  operation: "dial"; from:
 * NULL: none. */
void net_error_text(const char *operation, const char *from, const char *to,
                    const struct net_failure *failure, char *text, size_t size);

#endif

/* net.c -- listeners and connections out of channels. */
#include "sync/net.h"

#include "sync/clock.h"

#include <stdio.h>
#include <string.h>

struct message {
    const char *at;
    size_t len;
};

/* The moment from which on reading, or writing, has no time left. */
struct deadline {
    struct timer timer;   /* first: a timer's address is its deadline's */
    struct chan *expired; /* closed then */
};

struct conn {
    uint32_t id;
    const char *local, *remote;
    struct chan *in, *out;     /* of messages; each is the other's of the peer */
    struct chan *closed;       /* closed when this side is */
    struct chan *peer_closed;
    struct deadline read, write;
    struct message left;       /* of the last message read */
};

struct listener {
    uint32_t id;
    const char *address;
    struct chan *backlog;      /* of struct conn * */
    struct listener *next;
};

/* The answers to one who asks. */
struct answers {
    const char *where;
    uint32_t id;
    struct net_answer *at;
    uint32_t count, cap, next;
    struct answers *others;
};

/* Of a run. */
struct network {
    struct listener *listeners;
    struct answers *answers;
    uint32_t clients;          /* connections dialled */
};

static const char *const error_words[] = {
#define X(name, words) words,
    NET_ERRORS(X)
#undef X
};

/* Of "http://host:80/path" the host. */
static void no_host_text(const char *url, char *text, size_t size)
{
    const char *host = strstr(url, "://");

    host = host ? host + 3 : url;
    snprintf(text, size, "Get \"%s\": dial tcp: lookup %.*s: no such host", url,
             (int)strcspn(host, ":/"), host);
}

void net_error_text(const char *operation, const char *from, const char *to,
                    const struct net_failure *failure, char *text, size_t size)
{
    const char *words = error_words[failure->error];

    if (failure->error == NET_EOF) {
        snprintf(text, size, "%s", words);
        return;
    }
    if (failure->error == NET_CONTEXT)
        words = context_error_text(failure->context);
    else if (failure->error == NET_OTHER)
        words = failure->text;
    if (failure->error == NET_NO_HOST)
        no_host_text(to, text, size);
    else if (strcmp(operation, "Get") == 0)
        snprintf(text, size, "Get \"%s\": %s", to, words);
    else
        snprintf(text, size, "%s tcp %s%s%s: %s", operation, from ? from : "", from ? "->" : "", to,
                 words);
}

static void *alloc(struct run *run, size_t size)
{
    void *memory = region_alloc(&run->objects, size);

    if (!memory)
        run_stop(run, RUN_MEMORY);
    return memory;
}

static const char *keep(struct run *run, const char *text, size_t len)
{
    char *copy = alloc(run, len + 1);

    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

static struct network *network_of(struct run *run)
{
    if (!run->network)
        run->network = alloc(run, sizeof *run->network);
    return run->network;
}

/* --- channels of the network --------------------------------------------------- */

static int64_t show_message(struct run *run, const void *element, enum value_kind *kind)
{
    const struct message *message = element;

    *kind = VALUE_TEXT;
    return run_text(run, message->at, strnlen(message->at, message->len < 60 ? message->len : 60));
}

static int64_t show_nothing(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run, (void)element;
    *kind = VALUE_NONE;
    return 0;
}

static const struct chan_type message_type = {sizeof(struct message), show_message};
static const struct chan_type conn_type = {sizeof(struct conn *), show_nothing};
static const struct chan_type nothing_type = {1, show_nothing};

static struct chan *make_chan(struct run *run, const struct chan_type *type, uint32_t cap,
                              uint32_t owner, const char *name)
{
    struct chan *chan = chan_make(run, type, cap, owner, name);

    if (!chan)
        run_stop(run, RUN_MEMORY);
    return chan;
}

/* --- listeners -------------------------------------------------------------------- */

static struct listener *find_listener(struct run *run, const char *address)
{
    for (struct listener *l = network_of(run)->listeners; l; l = l->next)
        if (!l->backlog->closed && strcmp(l->address, address) == 0)
            return l;
    return NULL;
}

static void tell(struct run *run, enum event_kind kind, uint32_t obj, const char *text, bool good)
{
    struct event event = event_make(run, kind, run->self, obj);

    event.text = run_text(run, text, strlen(text));
    event.value = good;
    event.value_kind = VALUE_BOOL;
    event_emit(run, &event);
}

struct listener *listener_make(struct run *run, const char *address, enum net_error *error)
{
    struct network *network = network_of(run);
    struct listener *listener = NULL;

    /* Who dials, or listens at the same address, depends on it. */
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    *error = find_listener(run, address) ? NET_IN_USE : NET_OK;
    if (*error == NET_OK) {
        listener = alloc(run, sizeof *listener);
        listener->address = keep(run, address, strlen(address));
        listener->id = run_object(run, OBJECT_LISTENER, 0, 0, address);
        listener->backlog = make_chan(run, &conn_type, NET_BACKLOG, listener->id, NULL);
        listener->next = network->listeners;
        network->listeners = listener;
    }
    tell(run, EVENT_LISTEN, listener ? listener->id : 0, address, listener != NULL);
    return listener;
}

struct conn *listener_accept(struct run *run, struct listener *listener, enum net_error *error)
{
    struct conn *conn = NULL;
    bool ok;

    chan_recv(run, listener->backlog, &conn, &ok);
    *error = ok ? NET_OK : NET_CLOSED;
    return ok ? conn : NULL;
}

/* Both ends of a connection that is closed by one of them. */
static void close_end(struct run *run, struct conn *conn)
{
    struct event event = event_make(run, EVENT_CLOSE, run->self, conn->closed->id);

    event.extra = conn->out->id;
    event_emit(run, &event);
    chan_close_quietly(run, conn->closed);
    if (!conn->out->closed)
        chan_close_quietly(run, conn->out);
    timer_disarm(&run->timers, &conn->read.timer);
    timer_disarm(&run->timers, &conn->write.timer);
}

/* Nobody will accept what lies there. */
static void drop_backlog(struct run *run, struct chan *backlog)
{
    for (; backlog->len > 0; backlog->len--, backlog->received++) {
        struct conn *conn;

        memcpy(&conn, backlog->buffer + backlog->head * sizeof conn, sizeof conn);
        backlog->head = (backlog->head + 1) % backlog->cap;
        chan_close_quietly(run, conn->closed);
        chan_close_quietly(run, conn->out);
    }
}

enum net_error listener_close(struct run *run, struct listener *listener)
{
    struct event event;
    bool was;

    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    was = listener->backlog->closed;
    event = event_make(run, was ? EVENT_LOOK : EVENT_CLOSE, run->self, listener->backlog->id);
    event_emit(run, &event);
    if (!was) {
        drop_backlog(run, listener->backlog);
        chan_close_quietly(run, listener->backlog);
    }
    return was ? NET_CLOSED : NET_OK;
}

const char *listener_address(const struct listener *listener)
{
    return listener->address;
}

/* --- what the table says ------------------------------------------------------------ */

static struct answers *find_answers(struct run *run, const char *where)
{
    struct answers *a = network_of(run)->answers;

    while (a && strcmp(a->where, where) != 0)
        a = a->others;
    return a;
}

void net_add_answer(struct run *run, const char *where, const struct net_answer *answer)
{
    struct network *network = network_of(run);
    struct answers *a = find_answers(run, where);
    struct net_answer *copy;

    if (!a) {
        a = alloc(run, sizeof *a);
        a->where = keep(run, where, strlen(where));
        a->id = run_object(run, OBJECT_HOST, 0, 0, where);
        a->others = network->answers;
        network->answers = a;
    }
    if (a->count == a->cap) {
        uint32_t cap = a->cap ? 2 * a->cap : 2;
        struct net_answer *at = alloc(run, cap * sizeof *at);

        if (a->count)
            memcpy(at, a->at, a->count * sizeof *at);
        a->at = at;
        a->cap = cap;
    }
    copy = &a->at[a->count++];
    *copy = *answer;
    copy->body = keep(run, answer->body ? answer->body : "", answer->len);
    if (answer->error)
        copy->error = keep(run, answer->error, strlen(answer->error));
}

/* A step: asks for `where`; NULL: the table says nothing of it.  Who comes first matters only
 * where the answers differ. */
static const struct net_answer *request(struct run *run, const char *where)
{
    struct answers *a = find_answers(run, where);
    const struct net_answer *answer = NULL;
    struct event event;

    sched_step(run, a && a->count > 1 ? a->id : TOUCH_NOTHING, TOUCH_CHANGE);
    if (a)
        answer = &a->at[a->next + 1 < a->count ? a->next++ : a->count - 1];
    event = event_make(run, EVENT_REQUEST, run->self, a ? a->id : 0);
    event.value = answer ? answer->latency : 0;
    event.value_kind = VALUE_INT;
    event.text = run_text(run, where, strlen(where));
    event_emit(run, &event);
    return answer;
}

/* Waits; false: the context was cancelled first. */
static bool wait_for(struct run *run, int64_t latency, struct context *context)
{
    struct clock_timer *timer = clock_after(run, latency);
    struct chan *done = context ? context->done : NULL;
    struct clause cases[2] = {{.name = "answer"}, {.chan = done, .name = "done"}};
    int32_t chosen;

    if (!timer)
        run_stop(run, RUN_MEMORY);
    cases[0].chan = timer->chan;
    chan_select(run, cases, done ? 2 : 1, false, true, &chosen);
    timer_disarm(&run->timers, &timer->timer);
    return chosen == 0;
}

void net_request(struct run *run, struct context *context, const char *url,
                 struct net_answer *answer, struct net_failure *failure)
{
    const struct net_answer *found = request(run, url);

    *failure = (struct net_failure){0};
    if (!found) {
        failure->error = NET_NO_HOST;
    } else if ((found->latency > 0 || (context && context_error(context))) &&
               !wait_for(run, found->latency, context)) {
        failure->error = NET_CONTEXT;
        failure->context = context_error(context);
    } else if (found->error) {
        failure->error = NET_OTHER;
        failure->text = found->error;
    } else {
        *answer = *found;
    }
}

/* --- connections ----------------------------------------------------------------------- */

static void expire(struct run *run, struct timer *timer)
{
    struct deadline *deadline = (struct deadline *)timer;

    if (!deadline->expired->closed)
        chan_close_quietly(run, deadline->expired);
}

static struct conn *make_end(struct run *run, const char *local, const char *remote,
                             const char *name)
{
    struct conn *conn = alloc(run, sizeof *conn);

    conn->local = local;
    conn->remote = remote;
    conn->id = run_object(run, OBJECT_CONN, 0, 0, name);
    conn->closed = make_chan(run, &nothing_type, 0, conn->id, NULL);
    conn->read.expired = make_chan(run, &nothing_type, 0, conn->id, NULL);
    conn->write.expired = make_chan(run, &nothing_type, 0, conn->id, NULL);
    conn->read.timer.fire = conn->write.timer.fire = expire;
    return conn;
}

static struct chan *make_stream(struct run *run, const struct conn *from)
{
    char name[100];

    snprintf(name, sizeof name, "%s->%s", from->local, from->remote);
    return make_chan(run, &message_type, NET_ROOM, 0, name);
}

/* Both ends; the client's is returned, *server is the other.  address: lives as long as the run. */
static struct conn *make_pair(struct run *run, const char *address, struct conn **server)
{
    char client[32];
    int len = snprintf(client, sizeof client, "client:%u", ++network_of(run)->clients);
    const char *local = keep(run, client, (size_t)len);
    struct conn *conn = make_end(run, local, address, local), *peer;
    char name[100];

    snprintf(name, sizeof name, "%s/%s", address, local);
    peer = make_end(run, address, local, name);
    conn->out = peer->in = make_stream(run, conn);
    conn->in = peer->out = make_stream(run, peer);
    conn->peer_closed = peer->closed;
    peer->peer_closed = conn->closed;
    *server = peer;
    return conn;
}

/* What a context that ends dialling makes of it. */
static void give_up(struct net_failure *failure, const struct context *context)
{
    failure->error = context_error(context) == CONTEXT_DEADLINE ? NET_TIMEOUT : NET_CANCELED;
}

/* A listener was found: puts the other end into its backlog. */
static struct conn *connect_to(struct run *run, struct context *context, struct listener *listener,
                               struct net_failure *failure)
{
    struct clause cases[2] = {{.chan = listener->backlog, .send = true}, {.chan = NULL}};
    struct conn *server, *conn = make_pair(run, listener->address, &server);
    int32_t chosen;

    cases[0].element = &server;
    cases[1].chan = context ? context->done : NULL;
    if (chan_select(run, cases, cases[1].chan ? 2 : 1, false, false, &chosen)) {
        run->fault = FAULT_NONE; /* it was closed meanwhile: no misuse */
        failure->error = NET_REFUSED;
        return NULL;
    }
    if (chosen == 0)
        return conn;
    give_up(failure, context);
    return NULL;
}

struct conn *conn_dial(struct run *run, struct context *context, const char *address,
                       struct net_failure *failure)
{
    const struct net_answer *answer = find_answers(run, address) ? request(run, address) : NULL;
    struct listener *listener;

    *failure = (struct net_failure){0};
    if (answer && answer->latency > 0 && !wait_for(run, answer->latency, context)) {
        give_up(failure, context);
        return NULL;
    }
    if (answer && answer->error) {
        *failure = (struct net_failure){.error = NET_OTHER, .text = answer->error};
        return NULL;
    }
    sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE); /* to listen and to close commute with nothing */
    listener = find_listener(run, address);
    tell(run, EVENT_DIAL, listener ? listener->id : 0, address, listener != NULL);
    if (listener)
        return connect_to(run, context, listener, failure);
    failure->error = NET_REFUSED;
    return NULL;
}

/* Whether an operation that begins now would fail at once: a step when it does. */
static enum net_error refused(struct run *run, const struct conn *conn, const struct deadline *d)
{
    enum net_error error = conn->closed->closed  ? NET_CLOSED
                           : d->expired->closed ? NET_TIMEOUT
                                                : NET_OK;

    if (error)
        chan_look(run, error == NET_CLOSED ? conn->closed : d->expired);
    return error;
}

enum net_error conn_read_message(struct run *run, struct conn *conn, const char **at, size_t *n)
{
    struct message message = {0};
    struct clause cases[3] = {
        {.chan = conn->in, .element = &message},
        {.chan = conn->closed},
        {.chan = conn->read.expired},
    };
    enum net_error error;
    int32_t chosen;

    *n = 0;
    if (conn->left.len > 0) {
        message = conn->left;
        conn->left.len = 0;
    } else {
        if ((error = refused(run, conn, &conn->read)))
            return error;
        chan_select(run, cases, 3, false, false, &chosen);
        if (chosen > 0)
            return chosen == 1 ? NET_CLOSED : NET_TIMEOUT;
        if (!cases[0].ok)
            return NET_EOF;
    }
    *at = message.at;
    *n = message.len;
    return NET_OK;
}

enum net_error conn_read(struct run *run, struct conn *conn, char *to, size_t size, size_t *n)
{
    const char *at;
    enum net_error error = conn_read_message(run, conn, &at, n);

    if (error)
        return error;
    if (*n > size) {
        conn->left = (struct message){at + size, *n - size};
        *n = size;
    }
    memcpy(to, at, *n);
    return NET_OK;
}

enum net_error conn_write(struct run *run, struct conn *conn, const char *at, size_t n)
{
    struct message message = {keep(run, at, n), n};
    struct clause cases[4] = {
        {.chan = conn->out, .send = true, .element = &message}, {.chan = conn->closed},
        {.chan = conn->peer_closed}, {.chan = conn->write.expired},
    };
    enum net_error error = refused(run, conn, &conn->write);
    int32_t chosen;

    if (error)
        return error;
    if (conn->peer_closed->closed) { /* there may be room, but nobody will read it */
        chan_look(run, conn->peer_closed);
        return NET_BROKEN;
    }
    if (chan_select(run, cases, 4, false, false, &chosen)) {
        run->fault = FAULT_NONE; /* this side closed it meanwhile: no misuse */
        return NET_CLOSED;
    }
    return chosen == 0 ? NET_OK : chosen == 1 ? NET_CLOSED : chosen == 2 ? NET_BROKEN : NET_TIMEOUT;
}

enum net_error conn_close(struct run *run, struct conn *conn)
{
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    if (conn->closed->closed) {
        struct event event = event_make(run, EVENT_LOOK, run->self, conn->closed->id);

        event_emit(run, &event);
        return NET_CLOSED;
    }
    close_end(run, conn);
    return NET_OK;
}

static void set_deadline(struct run *run, const struct conn *conn, struct deadline *deadline,
                         int64_t when)
{
    timer_disarm(&run->timers, &deadline->timer);
    if (deadline->expired->closed)
        deadline->expired = make_chan(run, &nothing_type, 0, conn->id, NULL);
    if (when > 0 && when <= run->now)
        chan_close_quietly(run, deadline->expired);
    else if (when > 0 && !timer_arm(&run->timers, &deadline->timer, when))
        run_stop(run, RUN_MEMORY);
}

void conn_set_deadline(struct run *run, struct conn *conn, enum net_side side, int64_t when)
{
    struct event event;

    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    event = event_make(run, EVENT_DEADLINE, run->self, conn->id);
    event.value = when;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    if (conn->closed->closed)
        return;
    if (side & NET_READ)
        set_deadline(run, conn, &conn->read, when);
    if (side & NET_WRITE)
        set_deadline(run, conn, &conn->write, when);
}

const char *conn_local(const struct conn *conn)
{
    return conn->local;
}

const char *conn_remote(const struct conn *conn)
{
    return conn->remote;
}

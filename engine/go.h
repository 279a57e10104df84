/* go.h -- Go's concurrency in C: what a learner's program includes.
 *
 *     #include "go.h"
 *
 *     static void worker(void *arg)
 *     {
 *         struct chan *jobs = arg;
 *         int job;
 *         while (go_recv(jobs, &job))
 *             printf("job %d\n", job);
 *     }
 *
 *     int main(void)
 *     {
 *         struct chan *jobs = go_chan(int, 0);
 *         go(worker, jobs);
 *         go_send(jobs, &(int){1});
 *         go_close(jobs);
 *     }
 *
 * Names are Go's.  A misuse that makes Go panic panics here, with Go's own
 * message.  struct wg, mu, rw, once, cv, go_pool, go_map, go_flight, group and
 * the atomics are ready to use when zeroed, as in Go (`struct wg wg = {0};`),
 * and must not be copied after their first use.  Time is virtual: sleeping
 * costs nothing.
 */
#ifndef BRAID_GO_H
#define BRAID_GO_H

#include <stdbool.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chan;
struct ctx;

/* --- goroutines ---------------------------------------------------------- */

/* Starts fn(arg) as a goroutine. */
void go(void (*fn)(void *), void *arg);

/* Names the running goroutine for the animation and the reports. */
void go_name(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* A marker: 'braid can FILE --reach name' asks whether any interleaving passes it. */
#define MARK(name) go_mark(name)
void go_mark(const char *name);

/* Gives way to the others (runtime.Gosched). */
void go_sched(void);

/* Ends the running goroutine after its deferred calls (runtime.Goexit). */
_Noreturn void go_exit(void);

/* How many goroutines there are (runtime.NumGoroutine). */
int go_num_goroutine(void);

/* A number from 0 to n - 1 (rand.Intn).  Checking a program tries every one;
 * of what rand() may give there are too many for that. */
int go_rand(int n);

/* --- defer, panic, recover ----------------------------------------------- */

/* Calls fn(arg) when the function that says this returns, panics, or ends by
 * go_exit; of several, the last deferred first.  arg is evaluated now.
 *
 *     mu_lock(&m->mu);
 *     go_defer(mu_unlock, &m->mu);
 *     return m->count;
 */
#define go_defer(fn, arg) \
    ((void)sizeof((fn)(arg), 0), \
     go_defer_at((void (*)(void *))(fn), (void *)(arg)))

/* panic: makes the deferred calls of the goroutine; if none recovers, the
 * program ends with this message. */
_Noreturn void go_panic(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* recover: in a deferred function, stops the panic and returns its message;
 * NULL: there is none, or not for this function.  The function that deferred
 * it then returns to its caller, and what it returns is 0.
 *
 *     static void rescue(void *err)
 *     {
 *         const char *r = go_recover();
 *         if (r)
 *             *(const char **)err = r;
 *     }
 */
const char *go_recover(void);

/* --- errors -------------------------------------------------------------- */

/* An error is its text, NULL is none.  A string literal will do:
 *
 *     static const char *const ErrFull = "full";
 *
 * err_new makes one (errors.New; each is different from all others);
 * err_wrap(err, "page %d", n) says "page 3: " before what err says, and is err
 * for err_is (fmt.Errorf with %w; NULL when err is NULL). */
const char *err_new(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
const char *err_wrap(const char *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Several in one, a line each; those that are NULL are left out. */
#define err_join(...) \
    err_join_at((const char *const[]){__VA_ARGS__}, \
                sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

/* Whether err is target, or wraps it; the error it wraps, or NULL. */
bool err_is(const char *err, const char *target);
const char *err_unwrap(const char *err);

/* An error with more than its text: err_as finds the value of the first error
 * of that type in err, or NULL.  A type is known by its address. */
const char *err_of(const void *type, void *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void *err_as(const char *err, const void *type);

/* --- channels ------------------------------------------------------------ */

/* A channel of `type` with room for `cap` elements (0: unbuffered). */
#define go_chan(type, cap) go_chan_named(type, cap, "")
/* The same with a name for the animation. */
#define go_chan_named(type, cap, name) \
    go_chan_make(sizeof(type), (cap), #type, GO_KIND(type), (name))

/* Sends *p.  Waits until the value is taken or there is room for it. */
#define go_send(c, p) go_send_at(GO_SENDER(c), (p), sizeof *(p))

/* Receives into *p; false: the channel is closed and empty, *p is zeroed. */
#define go_recv(c, p) go_recv_at(GO_RECEIVER(c), (p), sizeof *(p))

/* Receives and throws the value away. */
#define go_recv_any(c) go_recv_at(GO_RECEIVER(c), NULL, 0)

void go_close(void *c); /* a channel or a struct send_chan */
size_t go_len(struct chan *c);
size_t go_cap(struct chan *c);
#define go_close(c) go_close_at(GO_CLOSER(c))
#define go_len(c) go_len(GO_WHOLE(c))
#define go_cap(c) go_cap(GO_WHOLE(c))

/* Directional views, Go's chan<- and <-chan: for the parameters of a function
 * that only sends, or only receives.  All that is done with channels is done
 * with views; the wrong direction does not compile.  (Kept as a void * or a
 * struct chan *, it panics.) */
struct send_chan;
struct recv_chan;
struct send_chan *go_sender(struct chan *c);
struct recv_chan *go_receiver(struct chan *c);

/* Whether two channels are the same, be they views or not. */
#define go_same(c, d) go_same_at(GO_WHOLE(c), GO_WHOLE(d))

/* --- select -------------------------------------------------------------- */

/* The value that a case sends, or receives. */
struct go_value {
    void *element;
    bool *ok;
    size_t size;
    const char *name;
    bool send;
};

struct go_case {
    struct chan *chan; /* NULL: a nil channel, never chosen */
    struct go_value value;
};

/* Cases of go_select.  RECV(c), RECV(c, &v), RECV(c, &v, &ok); SEND(c, &v). */
#define SEND(c, p) \
    ((struct go_case){ \
        GO_SENDER(c), go_value_of((void *)(p), NULL, sizeof *(p), true, #c)})
#define RECV(...) \
    GO_RECV_N(__VA_ARGS__, GO_RECV3, GO_RECV2, GO_RECV1, )(__VA_ARGS__)

/* Waits until one case is possible, performs it and returns its index from 0;
 * among several that are possible it chooses at random. */
#define go_select(...) \
    go_select_at((struct go_case[]){__VA_ARGS__}, GO_COUNT(__VA_ARGS__), false)

/* The same with a default case: returns -1 when no case is possible now. */
#define go_select_default(...) \
    go_select_at((struct go_case[]){__VA_ARGS__}, GO_COUNT(__VA_ARGS__), true)

/* The same for an array of n cases, for when their number is not known:
 *     struct go_case cases[n];
 *     for (int i = 0; i < n; i++)
 *         cases[i] = RECV(inputs[i], &value); */
#define go_select_n(cases, n) go_select_at((cases), (n), false)
#define go_select_n_default(cases, n) go_select_at((cases), (n), true)

/* Waits for ever: select {}. */
_Noreturn void go_block(void);

/* --- time (virtual, nanoseconds) ----------------------------------------- */

#define NANOSECOND ((int64_t)1)
#define MICROSECOND (1000 * NANOSECOND)
#define MILLISECOND (1000 * MICROSECOND)
#define SECOND (1000 * MILLISECOND)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

int64_t go_now(void);                     /* since the program's start */
void go_sleep(int64_t duration);
struct chan *go_after(int64_t duration);  /* of int64_t: gets the time once */

struct chan *go_tick(int64_t period);     /* a ticker's channel alone */

struct ticker { struct chan *c; void *impl; };
struct ticker go_ticker(int64_t period);
void ticker_stop(struct ticker *t);
void ticker_reset(struct ticker *t, int64_t period);

/* A timer fires once: c gets the time, or a goroutine is started. */
struct go_timer { struct chan *c; void *impl; };
struct go_timer go_timer(int64_t duration);
struct go_timer go_after_func(int64_t duration, void (*fn)(void *), void *arg);
/* Both return false when it had fired, or was stopped, before. */
bool timer_stop(struct go_timer *t);
bool timer_reset(struct go_timer *t, int64_t duration);

/* --- CPU time ------------------------------------------------------------- */

/* Spends CPU time on one of GOMAXPROCS processors (4 at the start).  Who finds
 * none free waits for one; waiting for anything else needs none. */
void go_work(int64_t duration);

/* runtime.GOMAXPROCS: returns how many there were; n < 1 only asks. */
int go_max_procs(int n);
int go_num_cpu(void);

/* What the program made of its processors so far; times in ns. */
struct go_stats {
    int64_t elapsed;
    int64_t worked;     /* CPU time spent */
    int64_t waited;     /* for a processor, by all together */
    int64_t capacity;   /* CPU time there was */
    int64_t pieces;     /* calls of go_work that came to their end */
    int peak;           /* most that worked at once */
    int processors;
    double utilisation; /* worked / capacity */
    double speedup;     /* worked / elapsed */
    double throughput;  /* pieces in a second */
};
struct go_stats go_stats(void);

/* --- signals -------------------------------------------------------------- */

/* Sends these signals (none: all) on c, a channel of int with room: what does
 * not fit is lost.  raise(SIGINT) and kill(getpid(), SIGINT) send one; one that
 * nobody asked for ends the program. */
#define sig_notify(c, ...) sig_notify_at((c), GO_SIGNALS(__VA_ARGS__))
void sig_stop(struct chan *c);

/* A context that the first of these signals cancels, and its stop function. */
#define sig_notify_context(parent, ...) \
    sig_notify_context_at((parent), GO_SIGNALS(__VA_ARGS__))
void sig_stop_context(struct ctx *ctx);

#define sig_ignore(...) sig_ignore_at(GO_SIGNALS(__VA_ARGS__))
#define sig_reset(...) sig_reset_at(GO_SIGNALS(__VA_ARGS__))

/* The world sends a signal, `after` ns from now. */
void sig_at(int64_t after, int number);
const char *sig_string(int number);       /* "interrupt" */

/* --- net (in memory) ------------------------------------------------------ */

/* An address is any text ("api:80").  Functions with `err` set *err (NULL: not
 * wanted) to what went wrong, or NULL; the others return it.  err_is tells
 * IO_EOF, NET_ERR_CLOSED, NET_ERR_TIMEOUT. */
struct listener;
struct conn;
struct listener *net_listen(const char *address, const char **err);
struct conn *net_accept(struct listener *l, const char **err);
const char *net_stop(struct listener *l); /* closes it: accept fails then */

/* ctx: NULL: none. */
struct conn *net_dial(struct ctx *ctx, const char *address, const char **err);

/* Reads what one write wrote, or as much of it as there is room for; returns
 * how many bytes.  IO_EOF: the other side has closed the connection. */
size_t net_read(struct conn *c, void *to, size_t size, const char **err);
const char *net_write(struct conn *c, const void *from, size_t n);
const char *net_close(struct conn *c);

/* Reading and writing fail with NET_ERR_TIMEOUT from this time on; 0: never. */
void net_set_deadline(struct conn *c, int64_t when);
void net_set_read_deadline(struct conn *c, int64_t when);
void net_set_write_deadline(struct conn *c, int64_t when);
const char *net_local_addr(struct conn *c);
const char *net_remote_addr(struct conn *c);

/* What the world answers, after a time: a body, or an error.  Several replies
 * of one url: one after the other, the last one for ever. */
struct net_reply {
    const char *url;
    int64_t latency;
    const char *body, *error;
    int status;         /* 0: 200 */
};
#define net_world(...) \
    net_world_at((struct net_reply[]){__VA_ARGS__}, \
                 sizeof((struct net_reply[]){__VA_ARGS__}) / \
                     sizeof(struct net_reply))

struct net_response { int status; const char *body; };
struct net_response net_get(struct ctx *ctx, const char *url,
                            const char **err);
#define IO_EOF io_eof()
#define NET_ERR_CLOSED net_err_closed()
#define NET_ERR_TIMEOUT net_err_timeout()

/* --- sync ---------------------------------------------------------------- */

struct wg { void *impl; uint64_t run; };
void wg_add(struct wg *wg, int delta);
void wg_done(struct wg *wg);
void wg_wait(struct wg *wg);

struct mu { void *impl; uint64_t run; };
void mu_lock(struct mu *mu);
bool mu_try_lock(struct mu *mu);
void mu_unlock(struct mu *mu);

/* RWMutex: many readers or one writer; a waiting writer keeps new readers
 * out. */
struct rw { void *impl; uint64_t run; };
void rw_lock(struct rw *rw);
bool rw_try_lock(struct rw *rw);
void rw_unlock(struct rw *rw);
void rw_rlock(struct rw *rw);
bool rw_try_rlock(struct rw *rw);
void rw_runlock(struct rw *rw);

/* RLocker: to lock and unlock it is to lock and unlock rw for reading. */
struct rlocker;
struct rlocker *rw_rlocker(struct rw *rw);
void rlocker_lock(struct rlocker *l);
void rlocker_unlock(struct rlocker *l);

/* Once: the first call runs fn(arg), the others wait until it has returned. */
struct once { void *impl; uint64_t run; };
void once_do(struct once *once, void (*fn)(void *), void *arg);

/* OnceFunc, OnceValue, OnceValues: the first call runs fn(arg), and each gives
 * what that returned, or panics as it did.
 *
 *     static struct once_value config = {load, "config.txt"};
 *     struct config *c = once_value(&config);
 */
struct once_func { void (*fn)(void *arg); void *arg; void *impl; uint64_t run; };
struct once_value { void *(*fn)(void *arg); void *arg; void *impl; uint64_t run; };
struct once_values {
    void *(*fn)(void *arg, const char **err);
    void *arg;
    void *impl;
    uint64_t run;
};
void once_func(struct once_func *f);
void *once_value(struct once_value *v);
void *once_values(struct once_values *v, const char **err);

/* Cond: cv_wait unlocks l, waits to be signalled, and locks it again.  A
 * signal when nobody waits is lost.  l: a struct mu, rw or rlocker. */
struct cv { void *impl; uint64_t run; };
#define cv_wait(cv, l) \
    cv_wait_at((cv), (l), _Generic((l), struct mu *: 'm', struct rw *: 'w', \
                                   struct rlocker *: 'r'))
void cv_signal(struct cv *cv);
void cv_broadcast(struct cv *cv);

/* Pool: go_pool_get returns something that was put, or what make() returns
 * (NULL without it).  (`struct go_pool p = {.make = new_buffer};`) */
struct go_pool { void *(*make)(void); void *impl; uint64_t run; };
void *go_pool_get(struct go_pool *pool);
void go_pool_put(struct go_pool *pool, void *item);

/* Map: keys are integers, strings (by what they say) or pointers; a value is a
 * pointer.  Those that return a bool say whether the key was there, or whether
 * they changed something; `value` gets what was there, and may be NULL. */
struct go_map { void *impl; uint64_t run; };
#define go_map_load(m, key, value) go_map_load_at((m), GO_KEY(key), (value))
#define go_map_store(m, key, value) go_map_store_at((m), GO_KEY(key), (value))
/* true: it was there, *got is what was; false: it is stored now. */
#define go_map_load_or_store(m, key, value, got) \
    go_map_load_or_store_at((m), GO_KEY(key), (value), (got))
#define go_map_load_and_delete(m, key, value) \
    go_map_load_and_delete_at((m), GO_KEY(key), (value))
#define go_map_delete(m, key) \
    ((void)go_map_load_and_delete_at((m), GO_KEY(key), NULL))
#define go_map_swap(m, key, value, before) \
    go_map_swap_at((m), GO_KEY(key), (value), (before))
#define go_map_cas(m, key, old, value) \
    go_map_cas_at((m), GO_KEY(key), (old), (value))
#define go_map_compare_and_delete(m, key, old) \
    go_map_compare_and_delete_at((m), GO_KEY(key), (old))

/* A key as fn of go_map_range sees it. */
struct go_key { const char *text; int64_t number; const void *pointer; };
/* Calls fn for each key, in the order of their first use, until it returns
 * false. */
void go_map_range(struct go_map *m,
                  bool (*fn)(struct go_key key, void *value, void *arg),
                  void *arg);
void go_map_clear(struct go_map *m);

/* atomic.Int64; zeroed it is 0. */
struct a64 { void *impl; uint64_t run; };
int64_t a64_load(struct a64 *a);
void a64_store(struct a64 *a, int64_t value);
int64_t a64_add(struct a64 *a, int64_t delta);   /* returns the new value */
int64_t a64_swap(struct a64 *a, int64_t value);  /* returns the old value */
bool a64_cas(struct a64 *a, int64_t old, int64_t value);

/* atomic.Int32, Uint32, Uint64: the same for other integers. */
struct a32 { void *impl; uint64_t run; };
int32_t a32_load(struct a32 *a);
void a32_store(struct a32 *a, int32_t value);
int32_t a32_add(struct a32 *a, int32_t delta);
int32_t a32_swap(struct a32 *a, int32_t value);
bool a32_cas(struct a32 *a, int32_t old, int32_t value);

struct au32 { void *impl; uint64_t run; };
uint32_t au32_load(struct au32 *a);
void au32_store(struct au32 *a, uint32_t value);
uint32_t au32_add(struct au32 *a, uint32_t delta);
uint32_t au32_swap(struct au32 *a, uint32_t value);
bool au32_cas(struct au32 *a, uint32_t old, uint32_t value);

struct au64 { void *impl; uint64_t run; };
uint64_t au64_load(struct au64 *a);
void au64_store(struct au64 *a, uint64_t value);
uint64_t au64_add(struct au64 *a, uint64_t delta);
uint64_t au64_swap(struct au64 *a, uint64_t value);
bool au64_cas(struct au64 *a, uint64_t old, uint64_t value);

/* atomic.Bool, atomic.Pointer: zeroed they are false, NULL. */
struct abool { void *impl; uint64_t run; };
bool abool_load(struct abool *a);
void abool_store(struct abool *a, bool value);
bool abool_swap(struct abool *a, bool value);
bool abool_cas(struct abool *a, bool old, bool value);

struct aptr { void *impl; uint64_t run; };
void *aptr_load(struct aptr *a);
void aptr_store(struct aptr *a, void *value);
void *aptr_swap(struct aptr *a, void *value);
bool aptr_cas(struct aptr *a, void *old, void *value);

/* atomic.Value: holds a copy of *p, always of the same type.  aval_load and
 * aval_swap return false while it holds nothing; cas compares bytes. */
struct aval { void *impl; uint64_t run; };
#define aval_load(a, p) aval_load_at((a), (p), GO_TYPE(*(p)))
#define aval_store(a, p) aval_store_at((a), (p), GO_TYPE(*(p)))
#define aval_swap(a, p, before) \
    aval_swap_at((a), (p), (before), GO_TYPE(*(p)))
#define aval_cas(a, old, p) aval_cas_at((a), (old), (p), GO_TYPE(*(p)))

/* --- semaphore, errgroup, rate ------------------------------------------- */

/* A semaphore of `size` units; first come, first served. */
struct sema;
struct sema *go_sema(int64_t size);
/* false: the context (NULL: none) was cancelled first. */
bool sema_acquire(struct sema *s, struct ctx *ctx, int64_t n);
bool sema_try_acquire(struct sema *s, int64_t n);
void sema_release(struct sema *s, int64_t n);

/* Goroutines of one task; what a function returns is its error, or NULL.
 * group_wait returns the first error, which also cancels the context. */
struct group { void *impl; uint64_t run; };
struct ctx *group_with_context(struct group *g, struct ctx *parent);
void group_set_limit(struct group *g, int64_t limit);
void group_go(struct group *g, const char *(*fn)(void *), void *arg);
bool group_try_go(struct group *g, const char *(*fn)(void *), void *arg);
const char *group_wait(struct group *g);

/* singleflight.Group: calls for one key at the same time are made once. */
struct go_flight { void *impl; uint64_t run; };
struct go_result {
    void *value;
    const char *err;
    bool shared; /* it was given to more than one */
};
#define go_flight_do(f, key, fn, arg) \
    go_flight_do_at((f), GO_KEY(key), (fn), (arg))
/* The same, but does not wait: the channel, of struct go_result, gets it. */
#define go_flight_do_chan(f, key, fn, arg) \
    go_flight_do_chan_at((f), GO_KEY(key), (fn), (arg))
/* The next call of the key does not join one in flight. */
#define go_flight_forget(f, key) go_flight_forget_at((f), GO_KEY(key))

/* A bucket of at most `burst` tokens that gets one each `every` ns. */
struct limit;
struct limit *go_limit(int64_t every, int64_t burst);
bool limit_allow(struct limit *l, int64_t n);
/* How long to wait until the n tokens may be used; -1: never. */
int64_t limit_reserve(struct limit *l, int64_t n);
/* NULL, or why it did not wait. */
const char *limit_wait(struct limit *l, struct ctx *ctx, int64_t n);

/* --- context ------------------------------------------------------------- */

struct ctx *ctx_background(void);
struct ctx *ctx_todo(void);
struct ctx *ctx_with_cancel(struct ctx *parent);
struct ctx *ctx_with_timeout(struct ctx *parent, int64_t timeout);
struct ctx *ctx_with_deadline(struct ctx *parent, int64_t deadline);
struct chan *ctx_done(struct ctx *ctx);   /* closed when cancelled */
/* CTX_CANCELED ("context canceled"), CTX_DEADLINE_EXCEEDED ("context deadline
 * exceeded"), or NULL while it lives. */
const char *ctx_err(struct ctx *ctx);
bool ctx_deadline(struct ctx *ctx, int64_t *deadline); /* false: it has none */
#define CTX_CANCELED ctx_canceled()
#define CTX_DEADLINE_EXCEEDED ctx_deadline_exceeded()
void ctx_cancel(struct ctx *ctx);

/* Cancels with a reason, which ctx_cause then returns (else ctx_err's). */
void ctx_cancel_cause(struct ctx *ctx, const char *why);
const char *ctx_cause(struct ctx *ctx);

/* A key is known by its address.  ctx_value: NULL when there is none. */
struct ctx *ctx_with_value(struct ctx *parent, const void *key, void *value);
void *ctx_value(struct ctx *ctx, const void *key);

/* Is not cancelled with its parent. */
struct ctx *ctx_without_cancel(struct ctx *parent);

/* Starts fn(arg) as a goroutine once ctx is cancelled.  The stop function
 * returns false when it was started, or stopped, before. */
struct ctx_after;
struct ctx_after *ctx_after_func(struct ctx *ctx, void (*fn)(void *),
                                 void *arg);
bool ctx_after_stop(struct ctx_after *after);

/* --- behind the macros --------------------------------------------------- */

void go_defer_at(void (*fn)(void *), void *arg);
const char *err_join_at(const char *const *errs, size_t n);
const char *ctx_canceled(void);
const char *ctx_deadline_exceeded(void);

struct chan *go_chan_make(size_t size, ptrdiff_t cap, const char *type,
                          char kind, const char *name);
void go_close_at(struct chan *c);
void go_send_at(struct chan *c, const void *element, size_t size);
bool go_recv_at(struct chan *c, void *element, size_t size);
bool go_same_at(struct chan *c, struct chan *d);
struct go_value go_value_of(void *element, bool *ok, size_t size, bool send,
                            const char *name);
int go_select_at(const struct go_case *cases, size_t n, bool has_default);
void net_world_at(const struct net_reply *replies, size_t n);
const char *io_eof(void);
const char *net_err_closed(void);
const char *net_err_timeout(void);
void sig_notify_at(struct chan *c, const int *signals, size_t n);
struct ctx *sig_notify_context_at(struct ctx *parent, const int *signals,
                                  size_t n);
void sig_ignore_at(const int *signals, size_t n);
void sig_reset_at(const int *signals, size_t n);
#define GO_SIGNALS(...) \
    (int[]){0, ##__VA_ARGS__} + 1, \
        sizeof((int[]){0, ##__VA_ARGS__}) / sizeof(int) - 1

void cv_wait_at(struct cv *cv, void *l, char kind);

/* A key: one of the three, by its type. */
#define GO_BY_TYPE(k, text, number, pointer) \
    _Generic((k), char *: text, const char *: text, bool: number, \
             char: number, signed char: number, unsigned char: number, \
             short: number, unsigned short: number, int: number, \
             unsigned: number, long: number, unsigned long: number, \
             long long: number, unsigned long long: number, \
             default: pointer)
#define GO_KEY(k) \
    ((struct go_key){GO_BY_TYPE(k, (k), NULL, NULL), \
                     GO_BY_TYPE(k, 0, (k), 0), \
                     GO_BY_TYPE(k, NULL, NULL, (k))})
bool go_map_load_at(struct go_map *m, struct go_key key, void *value);
void go_map_store_at(struct go_map *m, struct go_key key, void *value);
bool go_map_load_or_store_at(struct go_map *m, struct go_key key, void *value,
                             void *got);
bool go_map_load_and_delete_at(struct go_map *m, struct go_key key,
                               void *value);
bool go_map_swap_at(struct go_map *m, struct go_key key, void *value,
                    void *before);
bool go_map_cas_at(struct go_map *m, struct go_key key, const void *old,
                   void *value);
bool go_map_compare_and_delete_at(struct go_map *m, struct go_key key,
                                  const void *old);

struct go_result go_flight_do_at(struct go_flight *f, struct go_key key,
                                 void *(*fn)(void *arg, const char **err),
                                 void *arg);
struct recv_chan *go_flight_do_chan_at(struct go_flight *f, struct go_key key,
                                       void *(*fn)(void *arg,
                                                   const char **err),
                                       void *arg);
void go_flight_forget_at(struct go_flight *f, struct go_key key);

/* The size of a type and its sort. */
struct go_type { size_t size; char kind; };
#define GO_TYPE(e) ((struct go_type){sizeof(e), GO_KIND(__typeof__(e))})
bool aval_load_at(struct aval *a, void *p, struct go_type type);
void aval_store_at(struct aval *a, const void *p, struct go_type type);
bool aval_swap_at(struct aval *a, const void *p, void *before,
                  struct go_type type);
bool aval_cas_at(struct aval *a, const void *old, const void *p,
                 struct go_type type);

/* How the animation shows a value of the type. */
#define GO_KIND(type) \
    _Generic(*(__typeof__(type) *)0, _Bool: 'b', char: 'c', \
             signed char: 'i', short: 'i', int: 'i', long: 'i', \
             long long: 'i', unsigned char: 'u', unsigned short: 'u', \
             unsigned: 'u', unsigned long: 'u', unsigned long long: 'u', \
             float: 'f', double: 'f', char *: 's', const char *: 's', \
             default: 'x')

#define GO_COUNT(...) \
    (sizeof((struct go_case[]){__VA_ARGS__}) / sizeof(struct go_case))
#define GO_RECV_N(a, b, c, chosen, ...) chosen
#define GO_RECV1(c) GO_RECV_CASE(c, NULL, NULL, 0)
#define GO_RECV2(c, p) GO_RECV_CASE(c, (p), NULL, sizeof *(p))
#define GO_RECV3(c, p, okp) GO_RECV_CASE(c, (p), (okp), sizeof *(p))
#define GO_RECV_CASE(c, p, okp, size) \
    ((struct go_case){GO_RECEIVER(c), go_value_of((p), (okp), size, false, #c)})

/* The channel of a view; what is neither is left for the compiler to judge. */
#define GO_WHOLE(c) \
    _Generic((c), struct send_chan *: (void *)(uintptr_t)(c), \
             struct recv_chan *: (void *)(uintptr_t)(c), default: (c))
/* The same, unless it is a view of the type that cannot do it. */
#define GO_UNLESS(c, view, why) \
    ((void)sizeof(struct { \
         _Static_assert(_Generic((c), view *: 0, default: 1), \
                        "invalid operation: cannot " why " channel " #c); \
         char size; \
     }), GO_WHOLE(c))
#define GO_SENDER(c) GO_UNLESS(c, struct recv_chan, "send to receive-only")
#define GO_CLOSER(c) GO_UNLESS(c, struct recv_chan, "close receive-only")
#define GO_RECEIVER(c) GO_UNLESS(c, struct send_chan, "receive from send-only")

#ifdef GO_FAST
#include "go_fast.h"
#endif

#endif

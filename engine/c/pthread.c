/* pthread.c -- threads as pthread.h has them: a thread is a goroutine that has a result.
 *
 * To create and to join are no steps: nobody's choice decides what they do.  A thread that
 * ends wakes who waits to join it; joined later, it has left what happens before at its
 * object.
 */
#include "c/posix.h"
#include "rt/basic.h"
#include "sync/once.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

#define ENTER() c_enter(__builtin_return_address(0))

struct posix_threads {
    struct posix_thread **at; /* by goroutine; NULL: none, or it knows nothing of threads yet */
    uint32_t cap;
    struct goroutine *last;   /* main, after pthread_exit: waits for all others */
    uint32_t nkeys;
    struct { bool made; void (*destructor)(void *); } keys[POSIX_KEYS];
};

static void *need(struct run *run, size_t size)
{
    void *memory = region_alloc(&run->objects, size);

    if (!memory)
        run_stop(run, RUN_MEMORY);
    return memory;
}

static struct posix_threads *threads_of(struct run *run)
{
    struct c_face *face = c_face_of(run);

    if (!face->threads)
        face->threads = need(run, sizeof *face->threads);
    return face->threads;
}

static struct posix_thread *find(struct run *run, unsigned long id)
{
    struct posix_threads *threads = threads_of(run);

    return id < threads->cap ? threads->at[id] : NULL;
}

static struct posix_thread *add(struct run *run, uint32_t id)
{
    struct posix_threads *threads = threads_of(run);

    if (id >= threads->cap) {
        uint32_t cap = id < 32 ? 64 : 2 * id;
        struct posix_thread **at = need(run, cap * sizeof *at);

        memset(at, 0, cap * sizeof *at);
        if (threads->cap)
            memcpy(at, threads->at, threads->cap * sizeof *at);
        threads->at = at;
        threads->cap = cap;
    }
    threads->at[id] = need(run, sizeof **threads->at);
    *threads->at[id] = (struct posix_thread){.g = id};
    return threads->at[id];
}

static struct posix_thread *self_of(struct run *run)
{
    struct posix_thread *thread = find(run, run->self->id);

    return thread ? thread : add(run, run->self->id);
}

/* --- the end of a thread ------------------------------------------------- */

/* Destructors may set values again: POSIX has them called up to four times. */
static void destroy_values(struct run *run, struct posix_thread *self)
{
    struct posix_threads *threads = threads_of(run);
    bool again = self->values != NULL;

    for (int round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
        again = false;
        for (uint32_t i = 0; i < threads->nkeys; i++) {
            void *value = self->values[i];

            self->values[i] = NULL;
            if (value && threads->keys[i].made && threads->keys[i].destructor) {
                threads->keys[i].destructor(value);
                again = true;
            }
        }
    }
}

static void finish(struct run *run, struct posix_thread *self)
{
    struct event *event;

    destroy_values(run, self);
    self->done = true;
    self->ended = run->picks;
    if (self->obj) {
        event = event_open(run, EVENT_FINISH, run->self, self->obj);
        event_close_fact(run, event);
    }
    if (self->joiner)
        waiter_wake(run, self->joiner, self->obj, run->self, 0);
}

void c_goroutine_ends(struct run *run)
{
    struct posix_threads *threads = c_face_of(run)->threads;
    struct goroutine *last = threads ? threads->last : NULL;

    if (last && run->nlive == 2) {
        threads->last = NULL;
        waiter_wake(run, last, 0, run->self, 0);
    }
}

static void enter_thread(void *arg)
{
    struct posix_thread *self = arg;
    struct run *run;

    arg = self->arg;
    self->arg = NULL; /* whoever is given it now holds it */
    if (self->c11)
        self->result = (void *)(intptr_t)self->c11(arg);
    else
        self->result = self->function(arg);
    run = run_current;
    c_returned(run, self->c11 ? (const void *)self->c11 : (const void *)self->function);
    finish(run, self);
    c_goroutine_ends(run);
}

/* What every thread did happens before what main does now. */
static void acquire_all(struct run *run)
{
    const struct posix_threads *threads = threads_of(run);

    for (uint32_t i = 0; i < threads->cap; i++)
        if (threads->at[i] && threads->at[i]->obj) {
            struct event event = event_make(run, EVENT_WAKE, run->self, threads->at[i]->obj);

            event.other = i;
            event_emit(run, &event);
        }
}

_Noreturn void posix_exit(struct run *run, void *result)
{
    struct posix_thread *self = self_of(run);
    uintptr_t sp = c_face_of(run)->sp;

    self->result = result;
    finish(run, self);
    if (run->self->id != 1) {
        c_goroutine_ends(run);
        run_return(run);
    }
    if (run->nlive > 1) {
        threads_of(run)->last = run->self;
        waiter_block(run, WAIT_JOIN, 0, NULL, NULL);
    }
    for (uint32_t i = 0; i < threads_of(run)->cap; i++)
        if (threads_of(run)->at[i])
            sched_follow(run, threads_of(run)->at[i]->ended);
    if (c_face_of(run)->nat_exit > 0)
        acquire_all(run);
    c_leave_main(run, sp);
}

void c_forget_results(struct run *run)
{
    const struct posix_threads *threads = c_face_of(run)->threads;

    for (uint32_t i = 0; threads && i < threads->cap; i++)
        if (threads->at[i])
            threads->at[i]->result = NULL;
}

/* --- create and join ----------------------------------------------------- */

int posix_create(struct run *run, unsigned long *to, const struct posix_thread *how)
{
    const void *function = how->c11 ? (const void *)how->c11 : (const void *)how->function;
    struct posix_thread *thread;
    struct goroutine *g;
    uint32_t obj;

    if (!function)
        c_panic(run, false, "a thread without a function is created");
    c_check(run, to, sizeof *to, true);
    obj = run_object(run, OBJECT_THREAD, 0, 0, c_function_name(run, function));
    g = c_go(run, enter_thread, NULL, function);
    thread = add(run, g->id);
    *thread = *how;
    thread->g = g->id;
    thread->obj = obj;
    g->arg = thread;
    c_access(run, to, sizeof *to, true, false);
    *to = g->id;
    return 0;
}

int posix_join(struct run *run, unsigned long id, void **result)
{
    struct posix_thread *thread = find(run, id);
    uint32_t pc = run->self->pc;

    if (id == run->self->id)
        return EDEADLK;
    if (!thread || !thread->obj)
        return ESRCH;
    if (thread->detached || thread->joined)
        return EINVAL;
    thread->joined = true;
    if (thread->done) {
        struct event *event;

        sched_follow(run, thread->ended);
        event = event_open(run, EVENT_WAKE, run->self, thread->obj);
        event->other = thread->g;
        event_close_fact(run, event);
    } else {
        thread->joiner = run->self;
        waiter_block(run, WAIT_JOIN, thread->obj, NULL, NULL);
    }
    run->self->pc = pc;
    *result = thread->result;
    thread->result = NULL;
    return 0;
}

int posix_detach(struct run *run, unsigned long id)
{
    struct posix_thread *thread = find(run, id);

    if (!thread || !thread->obj)
        return ESRCH;
    if (thread->detached || thread->joined)
        return EINVAL;
    thread->detached = true;
    return 0;
}

C_WRAP(int, pthread_create, pthread_t *to, const pthread_attr_t *attributes,
       void *(*function)(void *), void *arg)
{
    struct run *run = ENTER();
    int state = PTHREAD_CREATE_JOINABLE;

    if (attributes) {
        c_check(run, attributes, sizeof *attributes, false);
        pthread_attr_getdetachstate(attributes, &state);
    }
    return posix_create(run, to, &(struct posix_thread){
        .function = function, .arg = arg, .detached = state == PTHREAD_CREATE_DETACHED});
}

C_WRAP(int, pthread_join, pthread_t thread, void **result)
{
    struct run *run = ENTER();
    void *value;
    int error = posix_join(run, thread, &value);

    if (!error && result) {
        c_access(run, result, sizeof *result, true, false);
        *result = value;
    }
    return error;
}

C_WRAP(int, pthread_detach, pthread_t thread)
{
    return posix_detach(ENTER(), thread);
}

C_WRAP(_Noreturn void, pthread_exit, void *result)
{
    posix_exit(ENTER(), result);
}

C_WRAP(pthread_t, pthread_self, void)
{
    return ENTER()->self->id;
}

C_WRAP(int, pthread_equal, pthread_t a, pthread_t b)
{
    return a == b;
}

C_WRAP(int, pthread_setname_np, pthread_t thread, const char *name)
{
    struct run *run = ENTER();

    c_check(run, name, 1, false);
    if (strlen(name) > 15)
        return ERANGE;
    if (thread == run->self->id)
        basic_name(run, name);
    return 0;
}

C_WRAP(int, sched_yield, void)
{
    basic_yield(ENTER());
    return 0;
}

/* --- once ---------------------------------------------------------------- */

static void *make_once(struct run *run, const void *variable, const char *name)
{
    (void)variable;
    return sync_once_make(run, name);
}

static const struct posix_type once_type = {"pthread_once_t", sizeof(pthread_once_t), true,
                                            make_once};

int posix_once(struct run *run, void *variable, void (*function)(void))
{
    struct sync_once *once = posix_of(run, variable, &once_type);
    uint32_t pc = run->self->pc;

    if (sync_once_begin(run, once)) {
        function();
        run->self->pc = pc;
        sync_once_end(run, once);
    }
    return 0;
}

C_WRAP(int, pthread_once, pthread_once_t *once, void (*function)(void))
{
    return posix_once(ENTER(), once, function);
}

/* --- keys ---------------------------------------------------------------- */

int posix_key_create(struct run *run, unsigned *key, void (*destructor)(void *))
{
    struct posix_threads *threads = threads_of(run);

    if (threads->nkeys == POSIX_KEYS)
        return EAGAIN;
    c_access(run, key, sizeof *key, true, false);
    threads->keys[threads->nkeys].made = true;
    threads->keys[threads->nkeys].destructor = destructor;
    *key = threads->nkeys++;
    return 0;
}

int posix_key_delete(struct run *run, unsigned key)
{
    struct posix_threads *threads = threads_of(run);

    if (key >= threads->nkeys || !threads->keys[key].made)
        return EINVAL;
    threads->keys[key].made = false;
    return 0;
}

void *posix_get(struct run *run, unsigned key)
{
    const struct posix_thread *self = self_of(run);

    return self->values && key < threads_of(run)->nkeys ? self->values[key] : NULL;
}

int posix_set(struct run *run, unsigned key, const void *value)
{
    struct posix_threads *threads = threads_of(run);
    struct posix_thread *self = self_of(run);

    if (key >= threads->nkeys || !threads->keys[key].made)
        return EINVAL;
    if (!self->values) {
        self->values = need(run, POSIX_KEYS * sizeof *self->values);
        memset(self->values, 0, POSIX_KEYS * sizeof *self->values);
    }
    self->values[key] = (void *)value;
    return 0;
}

C_WRAP(int, pthread_key_create, pthread_key_t *key, void (*destructor)(void *))
{
    return posix_key_create(ENTER(), key, destructor);
}

C_WRAP(int, pthread_key_delete, pthread_key_t key)
{
    return posix_key_delete(ENTER(), key);
}

C_WRAP(void *, pthread_getspecific, pthread_key_t key)
{
    return posix_get(ENTER(), key);
}

C_WRAP(int, pthread_setspecific, pthread_key_t key, const void *value)
{
    return posix_set(ENTER(), key, value);
}

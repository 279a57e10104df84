/* posix.h -- what the files for pthread.h, semaphore.h and threads.h share.
 *
 * A learner's pthread_mutex_t (sem_t, ...) holds a number in its first four bytes: that of
 * an entry of this run, which has the engine's object.  0 is a variable that was zeroed or
 * given a static initializer; its entry is made at first use.  An entry knows where its
 * variable lies, so a copy of it is told from it.
 *
 * A pthread_t is the goroutine's id.  Everything here dies with the run.
 */
#ifndef BRAID_C_POSIX_H
#define BRAID_C_POSIX_H

#include "c/inside.h"
#include "sync/cond.h"

#include <time.h>

enum { POSIX_KEYS = 128 };

/* --- variables ----------------------------------------------------------- */

struct posix_type {
    const char *name;     /* "pthread_mutex_t" */
    uint32_t size;
    bool is_static;       /* usable without an init */
    /* The object of a variable used for the first time; name: its name, NULL: unknown.
     * NULL: out of memory. */
    void *(*make)(struct run *run, const void *variable, const char *name);
};

/* The object of a variable in use; ends the run when it has none. */
void *posix_of(struct run *run, void *variable, const struct posix_type *type);

/* For an init: gives the variable a new object. */
void *posix_init(struct run *run, void *variable, const struct posix_type *type);

/* For a destroy: the variable must be given an init before it is used again. */
void posix_destroy(struct run *run, void *variable, const struct posix_type *type);

/* --- time ---------------------------------------------------------------- */

/* A deadline as virtual time; false: EINVAL. */
bool posix_deadline(struct run *run, const struct timespec *until, clockid_t clock, int64_t *when);

/* A wait with a deadline: tries, waits until the object is released or it is `when`, tries
 * again. */
struct posix_wait {
    bool (*attempt)(struct run *run, void *object);
    void *object;
    struct waiters *waiters; /* the object's, for posix_released */
    uint32_t obj;            /* its id */
    enum wait_kind kind;
};

/* 0 or ETIMEDOUT. */
int posix_until(struct run *run, const struct posix_wait *wait, int64_t when);

/* Part of the step that released an object: those with a deadline try again. */
void posix_released(struct run *run, struct waiters *waiters);

/* --- threads (pthread.c) ------------------------------------------------- */

struct posix_thread {
    uint32_t g;                /* its goroutine's id */
    uint32_t obj;              /* to be joined; 0: not made by a create */
    void *(*function)(void *);
    int (*c11)(void *);        /* or this one */
    void *arg, *result;
    bool done, detached;
    uint32_t ended;            /* done: run->picks of then */
    bool joined;               /* somebody waits or waited for it */
    struct goroutine *joiner;  /* who waits */
    void **values;             /* of keys; NULL: none yet */
};

/* These return 0 or an errno. */
int posix_create(struct run *run, unsigned long *to, const struct posix_thread *how);
/* *result: written by the caller, who looks at the learner's pointer. */
int posix_join(struct run *run, unsigned long thread, void **result);
int posix_detach(struct run *run, unsigned long thread);
_Noreturn void posix_exit(struct run *run, void *result);
int posix_once(struct run *run, void *once, void (*function)(void));
int posix_key_create(struct run *run, unsigned *key, void (*destructor)(void *));
int posix_key_delete(struct run *run, unsigned key);
void *posix_get(struct run *run, unsigned key);
int posix_set(struct run *run, unsigned key, const void *value);

/* --- locks (pthread_lock.c, pthread_sync.c) ------------------------------ */

struct posix_mutex {
    struct mutex *mutex;
    int kind;        /* PTHREAD_MUTEX_NORMAL, _RECURSIVE, _ERRORCHECK */
    uint32_t owner;  /* goroutine's id; 0: not locked */
    uint32_t depth;  /* how often the owner locked it */
    struct waiters timed; /* who waits for it with a deadline */
};

struct posix_mutex *posix_mutex(struct run *run, void *variable);
int posix_mutex_init(struct run *run, void *variable, int kind);
int posix_mutex_lock(struct run *run, void *variable);
int posix_mutex_trylock(struct run *run, void *variable);
int posix_mutex_until(struct run *run, void *variable, int64_t when);
int posix_mutex_unlock(struct run *run, void *variable);
int posix_mutex_destroy(struct run *run, void *variable);

int posix_cond_init(struct run *run, void *variable, clockid_t clock);
int posix_cond_wait(struct run *run, void *variable, void *mutex);
/* clock: of `until`; -1: as the condition variable's init said */
int posix_cond_until(struct run *run, void *variable, void *mutex, const struct timespec *until,
                     clockid_t clock);
int posix_cond_signal(struct run *run, void *variable);
int posix_cond_broadcast(struct run *run, void *variable);
int posix_cond_destroy(struct run *run, void *variable);

#endif

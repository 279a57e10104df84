/* hook.h -- the doors between a run and whoever drives or watches it.
 *
 * All chance of a run goes through choose(); all facts leave through the
 * watchers' event() and access().  A strategy is whatever answers choose: round
 * robin, random, depth-first, a recorded schedule, the learner's key press.
 */
#ifndef BRAID_RT_HOOK_H
#define BRAID_RT_HOOK_H

#include "rt/event.h"
#include "rt/touch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run;
struct goroutine;

enum { WATCHERS_MAX = 32 }; /* of one run */

enum choice_kind {
    CHOICE_NONE,
    CHOICE_GOROUTINE, /* which goroutine takes the next step; options: goroutine ids, ascending */
    CHOICE_CASE,      /* which ready case a select takes; options: case indices, ascending */
    CHOICE_PARTNER,   /* which waiting partner a hand-off takes; options: goroutine ids, FIFO order */
    CHOICE_RAND,      /* rand(n): no options, the answer is in 0..n-1 */
};

/* One of the ways a step at channels can be made. */
struct way {
    uint32_t index;   /* of the case */
    uint32_t partner; /* the goroutine at the other end of a hand-off; 0: none */
    uint32_t nth;     /* which of that one's cases on the channel, from 0 */
};

/* What choose answers to end the run: a run like it has been made. */
enum { CHOICE_STOP = UINT32_MAX };

struct choice {
    enum choice_kind kind;
    uint32_t n;              /* number of options, at least 2; at least 1 for who asks always */
    const uint32_t *options; /* n of them; NULL for CHOICE_RAND; valid during the call */
    uint32_t current;        /* CHOICE_GOROUTINE: index of the goroutine that took the last step
                                if it can go on and has not just polled in vain, else n */
    struct touches touched;        /* CHOICE_GOROUTINE: what was touched since the last such choice */
    struct goroutine *const *goroutines; /* CHOICE_GOROUTINE: the options themselves (rt/run.h), with
                                            the touches of their steps */
    uint32_t gave_way;             /* CHOICE_GOROUTINE: how many could go on, but polled in vain */
    bool advanced;                 /* CHOICE_GOROUTINE: since the last one all had come to rest, and
                                      time advanced, polls were forgiven or processors are
                                      handed out */
};

/* The largest run so far. */
struct extent {
    uint64_t choices;    /* of goroutines */
    uint32_t goroutines; /* the highest id */
};

/* Answers choices.  `begin` is called before each run and `end` after it; end
 * returns whether there is another run to do (false: the strategy is through). */
struct strategy {
    const char *name;
    void (*begin)(struct strategy *self);
    /* an index < n, or CHOICE_STOP */
    uint32_t (*choose)(struct strategy *self, const struct choice *choice);
    bool (*end)(struct strategy *self);
    void (*free)(struct strategy *self);
    /* the run is over and not yet dropped: what its last step came to; or NULL */
    void (*rest)(struct strategy *self, struct run *run);
    /* samplers: the next run is number `run`, from 0, those up to it having been made elsewhere; NULL:
     * what it does next depends on more than its number, and what `extent` says (NULL: on nothing) */
    void (*jump)(struct strategy *self, uint64_t run);
    struct extent *extent;
    bool always; /* wants to be asked also when there is one option */
};

/* A memory access of the learner's program, for the race detector.  `where` names
 * a place: an address in C programs; for Lua an id the face made (tagged odd). */
struct access {
    uintptr_t where;
    uint64_t size;  /* bytes; 1 for Lua places */
    bool write;
    bool atomic;
    uint32_t g;
    uint32_t line;  /* Lua: line; 0 = unknown */
    uint32_t pc;    /* C: offset of the access in the program's image */
    uint32_t name;  /* offset in the trace's text of the variable's name; 0 = see run->name_of */
};

/* What only a face can tell of an access, while it is being made (check/evidence.h). */
struct witness {
    /* Emits a FRAME for each function the running goroutine is in, innermost first. */
    void (*stack)(struct run *run);
    /* Keeps hold of the place of the access that is being told; may emit PLACE, of its byte `where`.
     * Returns the variable's name in the trace's text, 0: none better than the access says. */
    uint32_t (*hold)(struct run *run, const struct access *access, uintptr_t where);
    /* An access, told or not, covers the byte `where`, of which another will be told. */
    void (*met)(struct run *run, uintptr_t where);
    /* What is in the place held: how to show it, and *value. */
    enum value_kind (*held)(struct run *run, int64_t *value);
};

/* Told of what happens.  Any member may be NULL. */
struct watcher {
    void (*begin)(struct watcher *self, struct run *run);
    void (*event)(struct watcher *self, struct run *run, const struct event *event);
    /* the kinds of events it is told of, ended by EVENT_NONE; NULL: all.  As of a run's begin */
    const uint8_t *wants;
    void (*access)(struct watcher *self, struct run *run, const struct access *access);
    void (*end)(struct watcher *self, struct run *run); /* the run is at rest, not yet dropped */
    /* All goroutines have come to an operation: before one of them is picked, and before time goes
     * on.  False: the run is over, RUN_STUCK.  It may emit facts. */
    bool (*rest)(struct watcher *self, struct run *run);
    struct watcher *next;
    struct watcher *next_access, *next_rest; /* in a run: the next that has that member */
};

#endif

/* hook.h -- the doors between a run and whoever drives or watches it.
 *
 * All chance of a run goes through choose(); all facts leave through the
 * watchers' event() and access().  A strategy is whatever answers choose: round
 * robin, random, depth-first, a recorded schedule, the learner's key press.
 */
#ifndef BRAID_RT_HOOK_H
#define BRAID_RT_HOOK_H

#include "rt/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run;

enum choice_kind {
    CHOICE_NONE,
    CHOICE_GOROUTINE, /* which goroutine takes the next step; options: goroutine ids, ascending */
    CHOICE_CASE,      /* which ready case a select takes; options: case indices, ascending */
    CHOICE_PARTNER,   /* which waiting partner a hand-off takes; options: goroutine ids, FIFO order */
    CHOICE_RAND,      /* rand(n): no options, the answer is in 0..n-1 */
};

struct choice {
    enum choice_kind kind;
    uint32_t n;              /* number of options, at least 2 */
    const uint32_t *options; /* n of them; NULL for CHOICE_RAND; valid during the call */
    uint32_t current;        /* CHOICE_GOROUTINE: index of the goroutine that took the last step
                                if it can go on and has not just polled in vain, else n */
};

/* Answers choices.  `begin` is called before each run and `end` after it; end
 * returns whether there is another run to do (false: the strategy is through). */
struct strategy {
    const char *name;
    void (*begin)(struct strategy *self);
    uint32_t (*choose)(struct strategy *self, const struct choice *choice); /* an index < n */
    bool (*end)(struct strategy *self);
    void (*free)(struct strategy *self);
};

/* A memory access of the learner's program, for the race detector.  `where` names
 * a place: an address in C programs; for Lua an id the face made (tagged odd). */
struct access {
    uintptr_t where;
    uint32_t size;  /* bytes; 1 for Lua places */
    bool write;
    bool atomic;
    uint32_t g;
    uint32_t line;  /* Lua: line; 0 = unknown */
    uint32_t pc;    /* C: offset of the access in the program's image */
    uint32_t name;  /* offset in the trace's text of the variable's name; 0 = unknown */
};

/* Told of everything that happens.  Any member may be NULL. */
struct watcher {
    void (*begin)(struct watcher *self, struct run *run);
    void (*event)(struct watcher *self, struct run *run, const struct event *event);
    void (*access)(struct watcher *self, struct run *run, const struct access *access);
    void (*end)(struct watcher *self, struct run *run); /* the run is at rest, not yet dropped */
    struct watcher *next;
};

#endif

/* child.h -- what a judge's child does: enter the cage, load, make runs, look. */
#ifndef BRAID_GRADE_CHILD_H
#define BRAID_GRADE_CHILD_H

#include "check/check.h"
#include "grade/judge.h"
#include "grade/plan.h"
#include "grade/shared.h"

struct child {
    const struct judge_request *request;
    const struct plan *plan;
    struct shared *shared;
    struct shared_work *work;    /* the first child's */
    uint32_t worker;             /* 0: the first child */
    bool alone;                  /* the others were of no use */
    struct schedule schedule;    /* JUDGE_REPLAY */
    struct lua_face *lua;        /* one of the two */
    struct c_face *c;
    struct run run;
    struct expectation any;      /* when nothing is expected */
    struct watcher echo;
    size_t echoed, printed;      /* bytes of output written so far; bytes of this run */
    struct watcher polls;
    struct watcher world;
    enum stuck_when stuck;       /* see stuck_new */
    bool polled;                 /* in some run somebody polled in vain */
    struct findings races;       /* request.accesses: nobody asks for them */
    struct watcher *expect;
    struct watcher *usual;       /* request.beside; else NULL */
    struct strategy *guide;      /* how far it was followed is told in shared->told; NULL: none */
    struct watcher *wish;        /* JUDGE_CAN */
    uint64_t fewest;             /* steps of the run that is kept */
    struct reviewer *reviewer;   /* request->review; else NULL */
};

/* Runs the request to its end and leaves the process.  object: the compiled C program, NULL
 * for Lua. */
_Noreturn void child_main(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared);

/* A worker's: helps the first child, whose memory is `first`, until it is killed.  worker: its
 * number, from 1; shared: its own memory. */
_Noreturn void child_help(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared, struct shared *first,
                          uint32_t worker);

/* In the cage, with the program loaded and everybody watching; else leaves the process.  object:
 * the compiled C program, NULL for Lua. */
void child_begin(struct child *child, const char *object);

/* From now on runs are made as this stage of the plan makes them. */
void child_stage(struct child *child, uint32_t at);

/* One run under a strategy, whose `end` is the caller's to call.  Its findings are in
 * shared->findings, the gravest first. */
enum run_end child_run(struct child *child, struct strategy *strategy);

/* One more looks at the runs to come, after all others; false: it is NULL.  Whoever has a fault in
 * mind adds to shared->findings. */
bool child_watch(struct child *child, struct watcher *watcher);
void child_unwatch(struct child *child, const struct watcher *watcher);

/* Leaves the process. */
_Noreturn void child_leave(struct shared *shared, enum phase phase);
_Noreturn void child_fail(struct shared *shared, const char *what);

/* --- death.c ------------------------------------------------------------- */

/* In the parent, after a child died of a signal (0: it just left), or was killed for it had
 * stalled: counts the run it was in, and keeps it if wanted. */
void death_count(struct shared *shared, int signal, bool stalled, bool keep);

/* Whether the kept run is such a one, and can be made again and again. */
bool death_can_recur(struct shared *shared);

/* A process that makes that run simpler, then leaves. */
_Noreturn void child_simplify(const struct judge_request *request, const struct plan *plan,
                              const char *object, struct shared *shared);

/* --- search.c ------------------------------------------------------------ */

/* Goes through the plan until there is something to be shown, then makes that run simpler. */
void search(struct child *child);

/* Whether the run that was just made is one to show. */
bool search_shows(const struct child *child);

/* Whether it is one to show rather than the one that is shown (if one is), of so many steps. */
bool search_prefers(const struct child *child, uint32_t shown, uint64_t fewest);

/* Adds the run that was just made, which ended so. */
void search_count(const struct child *child, struct shared_stage *stage, enum run_end end);

/* --- sizes.c ------------------------------------------------------------- */

/* Tries smaller buffers, into the review's channels.  Goes on with runs that are not counted. */
void sizes_try(struct child *child);

/* --- workers.c ------------------------------------------------------------ */

/* Explores all of stage `at` together with the other workers.  True: its counts are all there is,
 * and there is nothing more to be shown.  False: nothing is known; go on alone. */
bool workers_explore(struct child *child, uint32_t at);

/* Makes runs of the sampler of stage `at` together with the other workers, and counts those that
 * this child would have made without anything to show; the sampler goes on after them.  Returns the
 * number of its run from which on that is worth trying again. */
uint64_t workers_sample(struct child *child, uint32_t at, struct strategy *strategy);

/* What a worker does. */
_Noreturn void workers_help(struct child *child);

#endif

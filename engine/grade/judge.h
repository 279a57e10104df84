/* judge.h -- runs a learner's program in a child process and pronounces on it.
 *
 * The child executes runs under limits and writes the trace of the current run,
 * its counts and its findings into memory shared with the parent; the parent alone
 * pronounces, so a crash, a hang, exit(0) or a kill is a verdict with its schedule.
 */
#ifndef BRAID_GRADE_JUDGE_H
#define BRAID_GRADE_JUDGE_H

#include "course/expect.h"
#include "course/mutants.h"
#include "course/world.h"
#include "grade/result.h"
#include "grade/wish.h"

enum judge_mode {
    JUDGE_RUN,    /* once, round robin (or the schedule), all checks on */
    JUDGE_CHECK,  /* explore until the first fault, the whole space, or the budget */
    JUDGE_REPLAY, /* follow request.schedule */
    JUDGE_CAN,    /* explore for a run in which request.wish comes true; faults do not count */
};

struct judge_request {
    const struct program *program;
    enum judge_mode mode;
    const char *schedule;           /* JUDGE_REPLAY: what is followed.  JUDGE_CAN: all of a run, from
                                       which the search goes back; NULL: it begins anywhere */
    struct wish wish;               /* JUDGE_CAN */
    const char *strategy;           /* NULL = portfolio, else "rr", "pct:3", ... (grade/plan.h) */
    uint64_t seed;                  /* 0 = 1 */
    uint64_t runs;                  /* budget; 0 = default */
    uint64_t steps;                 /* of one run; 0 = default */
    uint32_t jobs;                  /* processes that explore; 0 = 1.  The result is the same */
    int64_t wall_ms;                /* real time at most, then the verdict is incomplete; 0: any */
    bool accesses;                  /* JUDGE_CHECK, JUDGE_CAN, JUDGE_REPLAY: memory accesses are steps,
                                       and a race is no fault: what it leads to is looked for */
    bool lead;                      /* JUDGE_CHECK: after a race, look for what it leads to:
                                       result.leads_to */
    const struct findings *beside;  /* the search for that: these are told already, and what is
                                       printed otherwise than usual is a fault, too */
    bool keep_going;                /* count all runs, do not stop at the first that is shown */
    bool review;                    /* answer the eight questions, too: result.review */
    const struct expectation *expect; /* NULL: only faults count */
    const struct world *world;      /* NULL: nothing is said of it */
    const struct mutants *mutants;  /* JUDGE_CHECK: what the program must fail with; NULL: nothing */
    const char *const *cflags;      /* to the C compiler, NULL-terminated; NULL = none */
    bool options;                   /* JUDGE_REPLAY: the trace tells who could take each step */
    int output;                     /* JUDGE_RUN: descriptor the program's output is copied to as it
                                       comes; -1 = none */
};

struct judge;

/* Starts; never fails outwardly: what went wrong is the result.  NULL: out of memory. */
struct judge *judge_start(const struct judge_request *request);

/* Waits at most timeout_ms (0: only looks, -1: until done); true when the result is there. */
bool judge_poll(struct judge *judge, int timeout_ms);

struct judge_progress {
    bool compiling;       /* the C compiler is still at work */
    const char *mutant;   /* the wrong program that the check is tried on; NULL: none yet */
    bool leading;         /* a race was found, and what it leads to is looked for */
    bool shrinking;       /* a run was found, and is being made simpler */
    uint64_t runs, steps; /* so far */
    double estimate;      /* runs that every interleaving takes, by what is known; 0: unknown */
    uint64_t explored;    /* how many of them have been made; valid while estimate > 0 */
};

/* How far it is. */
struct judge_progress judge_progress(const struct judge *judge);

/* Stops early: the result keeps what is known, incomplete. */
void judge_cancel(struct judge *judge);

/* Takes the result (release it) and frees the judge; waits if need be. */
void judge_finish(struct judge *judge, struct result *result);

/* All of it at once. */
void judge(const struct judge_request *request, struct result *result);

#endif

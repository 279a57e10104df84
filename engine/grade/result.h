/* result.h -- what the judge says of a program. */
#ifndef BRAID_GRADE_RESULT_H
#define BRAID_GRADE_RESULT_H

#include "check/finding.h"
#include "grade/program.h"
#include "rt/trace.h"

/* X(NAME, word, exit status) */
#define VERDICTS(X)                        \
    X(INCOMPLETE, "incomplete", 3)         \
    X(PASSED, "passed", 0)                 \
    X(WRONG_ANSWER, "wrong answer", 1)     \
    X(PANIC, "panic", 1)                   \
    X(DEADLOCK, "deadlock", 1)             \
    X(LEAK, "leak", 1)                     \
    X(RACE, "race", 1)                     \
    X(LIVELOCK, "livelock", 1)             \
    X(WILD_ACCESS, "wild access", 1)       \
    X(CRASH, "crash", 1)                   \
    X(NO_COMPILE, "does not compile", 1)   \
    X(NO_LOAD, "does not load", 1)         \
    X(OVER_LIMIT, "over limit", 1)         \
    X(USAGE, "usage", 2)                   \
    X(OUR_FAILURE, "our failure", 3)

enum verdict {
#define X(name, word, status) VERDICT_##name,
    VERDICTS(X)
#undef X
    VERDICT_COUNT
};

const char *verdict_word(enum verdict verdict);
int verdict_status(enum verdict verdict);

/* The verdict a finding amounts to. */
enum verdict verdict_of_finding(enum finding_kind kind);

struct result {
    enum verdict verdict;
    bool complete;          /* every interleaving was explored */
    uint64_t runs, steps;   /* steps: of all runs */
    uint64_t interleavings; /* complete: how many there are (classes, under reduction) */
    uint64_t blocked_runs;  /* runs cut off as redundant (reduction) */
    uint64_t deadlocked, failed; /* runs that ended in a deadlock; with any other fault */
    uint64_t failing_run;   /* the first with a fault, from 1; 0: none */
    uint64_t seed;
    char *strategy;         /* "round robin, 300 random, exhaustive" */
    char *schedule;         /* that shows the first finding; NULL when passed or none */
    char *message;          /* compiler's or loader's message, our failure's reason; NULL: none */
    struct findings findings;
    struct trace *trace;    /* of the failing run, else of the first; with lines resolved; NULL: none */
    char *compiler;         /* what compiled it, NULL for Lua */
    char *flags;            /* " '-DN=3'": given to it, and to be given to a replay; NULL: none */
};

void result_release(struct result *result);

#endif

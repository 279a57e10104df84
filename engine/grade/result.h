/* result.h -- what the judge says of a program. */
#ifndef BRAID_GRADE_RESULT_H
#define BRAID_GRADE_RESULT_H

#include "check/finding.h"
#include "check/review.h"
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
    X(UNDEFINED, "undefined behaviour", 1) \
    X(CRASH, "crash", 1)                   \
    X(UNSTABLE, "not deterministic", 1)    \
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

enum { RESULT_DEPTHS = 17 };

/* What a check made of a wrong program (grade/trials.h). */
struct result_mutant {
    char *name;             /* "drops_one" */
    char *what;             /* what is wrong with it */
    enum verdict verdict;   /* of the check with it in place of the right one */
};

/* Whether the verdict is a fault that the check showed. */
bool result_caught(const struct result_mutant *mutant);

/* Counts are of runs.  When complete, those of the strategy that saw every interleaving, one run
 * for each class of them; else of all. */
struct result {
    enum verdict verdict;
    bool complete;          /* every interleaving was explored */
    uint64_t runs, steps;   /* made in all, and their steps */
    uint64_t interleavings; /* complete: how many there are (classes, under reduction) */
    uint64_t blocked_runs;  /* runs cut off as redundant (reduction) */
    uint64_t deadlocked, failed; /* runs that ended in a deadlock; with any other fault */
    uint64_t reached;       /* JUDGE_CAN: runs in which the wish came true */
    uint32_t together;      /* goroutines besides main at once, in any run */
    uint64_t failing_run;   /* the first that is shown, from 1; 0: none */
    char *found_by;         /* the strategy that made it: "pct:3"; NULL: none */
    uint64_t switches, switches_found; /* of the run that is shown; before it was made simpler */
    double chance[RESULT_DEPTHS]; /* by depth: any fault of that depth would have been found with at
                                     least this probability; 0: nothing is known */
    double estimate;        /* not complete: about how many interleavings there are; 0: unknown */
    uint32_t bound;         /* all runs with fewer preemptions than this were made */
    uint64_t seed;
    char *strategy;         /* "1 rr, 200 random, 1234 dpor" */
    char *schedule;         /* of the run that is shown; NULL: none */
    char *message;          /* compiler's or loader's message, our failure's reason; NULL: none */
    struct findings findings; /* of the run that is shown, the gravest first */
    struct findings advice;   /* of the same run, or else the first: no faults */
    struct trace *trace;    /* of the run that is shown, else of the first; with lines resolved; NULL: none */
    struct review *review;  /* what all runs say to the eight questions; NULL: not asked for */
    bool accesses;          /* the run that is shown was made with memory accesses as steps */
    struct result *leads_to; /* of a race: a run that shows something else than `findings` does, or
                                VERDICT_PASSED: none was found; NULL: not looked for */
    struct result_mutant *mutants; /* of an exercise whose check is judged by what it catches; NULL: none */
    size_t nmutants;
    char *compiler;         /* what compiled it, NULL for Lua */
    char *flags;            /* " --accesses '-DN=3'": given to it, and to be given to a replay; NULL: none */
};

void result_release(struct result *result);

#endif

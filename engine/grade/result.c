/* result.c -- what the judge says of a program. */
#include "grade/result.h"

#include <stdlib.h>

static const struct {
    const char *word;
    int status;
} verdicts[] = {
#define X(name, word, status) {word, status},
    VERDICTS(X)
#undef X
};

const char *verdict_word(enum verdict verdict)
{
    return verdict < VERDICT_COUNT ? verdicts[verdict].word : "?";
}

int verdict_status(enum verdict verdict)
{
    return verdict < VERDICT_COUNT ? verdicts[verdict].status : 3;
}

enum verdict verdict_of_finding(enum finding_kind kind)
{
    switch (kind) {
    case FINDING_CRASH: return VERDICT_CRASH;
    case FINDING_UNSTABLE: return VERDICT_UNSTABLE;
    case FINDING_WILD: return VERDICT_WILD_ACCESS;
    case FINDING_UNDEFINED: return VERDICT_UNDEFINED;
    case FINDING_RACE: return VERDICT_RACE;
    case FINDING_PANIC: return VERDICT_PANIC;
    case FINDING_DEADLOCK: return VERDICT_DEADLOCK;
    case FINDING_WRONG_ANSWER: return VERDICT_WRONG_ANSWER;
    case FINDING_LEAK:
    case FINDING_LOST: return VERDICT_LEAK;
    case FINDING_LIVELOCK: return VERDICT_LIVELOCK;
    case FINDING_OVER_STEPS:
    case FINDING_OVER_TICKS:
    case FINDING_OVER_MEMORY:
    case FINDING_OVER_OUTPUT:
    case FINDING_OVER_TIME:
    case FINDING_STACK: return VERDICT_OVER_LIMIT;
    case FINDING_LOAD: return VERDICT_NO_LOAD;
    case FINDING_DIVERGED: return VERDICT_USAGE;
    case FINDING_INTERNAL: return VERDICT_OUR_FAILURE;
    case FINDING_UNSET:
    case FINDING_NONE: break;
    }
    return VERDICT_PASSED;
}

bool result_caught(const struct result_mutant *mutant)
{
    switch (mutant->verdict) {
    case VERDICT_NO_COMPILE:
    case VERDICT_NO_LOAD:
    case VERDICT_OVER_LIMIT: return false; /* that says nothing of what is wrong with it */
    default: return verdict_status(mutant->verdict) == 1;
    }
}

void result_release(struct result *result)
{
    free(result->strategy);
    free(result->found_by);
    free(result->schedule);
    free(result->message);
    free(result->trace);
    free(result->review);
    free(result->compiler);
    free(result->flags);
    if (result->leads_to)
        result_release(result->leads_to);
    free(result->leads_to);
    for (size_t i = 0; i < result->nmutants; i++) {
        free(result->mutants[i].name);
        free(result->mutants[i].what);
    }
    free(result->mutants);
    *result = (struct result){0};
}

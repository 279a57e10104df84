/* refuse.h -- makes the n-th allocation fail, and perhaps all after it. */
#ifndef BRAID_TESTS_REFUSE_H
#define BRAID_TESTS_REFUSE_H

#include "base/memory.h"

#include <stdint.h>

static struct {
    uint32_t nth, seen;
    bool for_ever; /* all after it fail, too */
} refusal;

static bool refuse(void)
{
    refusal.seen++;
    return refusal.for_ever ? refusal.seen >= refusal.nth : refusal.seen == refusal.nth;
}

/* From here on; nth counts from 1. */
static void refuse_begin(uint32_t nth, bool for_ever)
{
    refusal.nth = nth;
    refusal.seen = 0;
    refusal.for_ever = for_ever;
    memory_refuses = refuse;
}

/* Whether one was refused since. */
static bool refuse_end(void)
{
    memory_refuses = NULL;
    return refusal.seen >= refusal.nth;
}

#endif

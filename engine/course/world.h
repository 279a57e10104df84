/* world.h -- what an exercise says of the world its program runs in. */
#ifndef BRAID_COURSE_WORLD_H
#define BRAID_COURSE_WORLD_H

#include <stdint.h>

enum { WORLD_SIGNALS_MAX = 8 };

/* A signal that the world sends. */
struct world_signal {
    int64_t at;      /* virtual ns */
    uint32_t number; /* as sync/signal.h knows it */
};

struct world {
    uint32_t processors; /* GOMAXPROCS at the start; 0: default */
    uint32_t nsignals;
    struct world_signal signals[WORLD_SIGNALS_MAX];
};

#endif

/* world.h -- what an exercise says of the world its program runs in. */
#ifndef BRAID_COURSE_WORLD_H
#define BRAID_COURSE_WORLD_H

#include <stdint.h>

struct world {
    uint32_t processors; /* GOMAXPROCS at the start; 0: default */
};

#endif

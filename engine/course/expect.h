/* expect.h -- what an exercise asks of a program beyond being free of faults. */
#ifndef BRAID_COURSE_EXPECT_H
#define BRAID_COURSE_EXPECT_H

#include <stdbool.h>
#include <stdint.h>

struct expectation {
    const char *output;      /* standard output; NULL: anything */
    bool any_order;          /* its lines may come in any order */
    uint32_t goroutines_min; /* started besides main; 0: any */
    uint32_t goroutines_max; /* 0: any */
    uint32_t together_min;   /* of them, under way at the same moment in some run; 0: any */
    uint32_t heard_min;      /* of them, that main had heard of when it returned: something they did
                                happens before that; 0: any */
    uint32_t values_min, values_max; /* received from channels until main returns; 0: any */
    uint32_t cancels_min;    /* cancelled contexts, by call or deadline, until main returns; 0: any */
    int64_t busy_min;        /* virtual ns that they slept or worked, all together; 0: any */
    uint32_t at_once_min, at_once_max; /* the most that slept or worked at once; 0: any */
    int64_t elapsed_max;     /* virtual ns until main returns; 0: any */
    /* of the processors, when main returns (rt/processor.h): */
    double utilisation_min;  /* 0: any */
    double speedup_min;      /* 0: any */
    uint32_t parallel_min, parallel_max; /* the most that worked at once; 0: any */
};

#endif

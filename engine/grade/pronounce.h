/* pronounce.h -- from what a hearing left in its shared memory to a result. */
#ifndef BRAID_GRADE_PRONOUNCE_H
#define BRAID_GRADE_PRONOUNCE_H

#include "grade/result.h"
#include "grade/hearing.h"

/* Fills in a zeroed result (release it) but for its compiler; the hearing is over. */
void pronounce(struct result *result, const struct hearing *hearing);

#endif

/* errgroup.h -- errgroup.Group: goroutines that work on one task; the first error counts.
 *
 * For g.Go(f) the face calls errgroup_begin, starts a goroutine that runs f, then
 * errgroup_fail if f failed, and last errgroup_end, whatever happened.  The errors are the
 * face's.  Objects belong to the run.
 */
#ifndef BRAID_SYNC_ERRGROUP_H
#define BRAID_SYNC_ERRGROUP_H

#include "sync/context.h"
#include "sync/semaphore.h"
#include "sync/waitgroup.h"

struct errgroup {
    uint32_t id;
    struct waitgroup wg;     /* told as part of the group */
    struct semaphore *limit; /* NULL: none */
    struct context *context; /* cancelled by the first error and by Wait; NULL: none */
    bool failed;
};

/* parent: for WithContext, else NULL.  NULL: out of memory. */
struct errgroup *errgroup_make(struct run *run, struct context *parent, const char *name);

/* Negative: no limit.  Returns 0, or how many goroutines are at work still: a misuse (the panic's
 * text is errgroup_limit_text's), nothing was changed.  Out of memory ends the run. */
int64_t errgroup_set_limit(struct run *run, struct errgroup *group, int64_t limit);
void errgroup_limit_text(int64_t active, char *text, size_t size);

/* Waits for a place under the limit.  Faults: those of a WaitGroup. */
enum fault errgroup_begin(struct run *run, struct errgroup *group);
enum fault errgroup_try_begin(struct run *run, struct errgroup *group, bool *begun);

/* True: this is the group's error, and it cancels.  Of all later ones nobody hears. */
bool errgroup_fail(struct run *run, struct errgroup *group, const char *text);
void errgroup_end(struct run *run, struct errgroup *group);

enum fault errgroup_wait(struct run *run, struct errgroup *group); /* those of a WaitGroup */

#endif

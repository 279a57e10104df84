/* flow.h -- who stands where, by the way values go: sources left, sinks right.
 *
 * Worked out once, from the whole run, so nothing moves while it plays.  A node is a goroutine, or
 * all of one name.  Its rank is its column.  A channel that leads from one rank to the next stands
 * in the gap between them; any other (back to an earlier rank, over a rank, within one) has a lane
 * of its own below.
 */
#ifndef BRAID_VIEW_FLOW_H
#define BRAID_VIEW_FLOW_H

#include "grade/names.h"
#include "rt/trace.h"
#include "view/scene.h"

enum { FLOW_NODES = 64, FLOW_CHANNELS = 16, FLOW_NAME = 40, FLOW_VALUE = 6 };

struct flow_node {
    uint32_t first, count;  /* its goroutines: the lowest id, and how many */
    int rank;
    char base[FLOW_NAME];   /* what they are called, without numbers */
};

struct flow_channel {
    uint32_t obj;
    uint64_t senders, receivers; /* sets of nodes */
    uint64_t closers;            /* who closes it, and may never send */
    uint64_t got, again;         /* who of the receivers did receive, and who more than once */
    int gap;                     /* it stands right of the nodes of this rank; -1: in a lane */
    bool backward;               /* in a lane: its values go to an earlier rank, or the same */
    int value_cols;              /* what its values need, by the first thousands */
};

struct flow {
    struct flow_node nodes[FLOW_NODES];
    uint32_t nnodes;
    struct flow_channel channels[FLOW_CHANNELS];
    uint32_t nchannels;
    int ranks;
    bool none_left, none_right; /* nobody is of the first rank, of the last */
    uint8_t *node_of;      /* by goroutine */
    int name_cols;         /* what the longest name of a node needs */
};

/* fold: those of one name are one node.  NULL: out of memory, or no channel is used, or there is
 * too much to show so. */
struct flow *flow_new(const struct trace *trace, const struct names *names,
                      const struct scene *scene, bool fold);
void flow_free(struct flow *flow);

/* The channel of an object; NULL: it has none. */
const struct flow_channel *flow_channel(const struct flow *flow, uint32_t obj);

/* "worker" of "worker 12". */
void flow_base_name(const char *name, char *out, size_t size);

#endif

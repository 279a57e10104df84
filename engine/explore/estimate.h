/* estimate.h -- how many runs a depth-first search will make, by the part of its tree it has seen.
 *
 * Knuth, "Estimating the Efficiency of Backtrack Programs", Mathematics of Computation 29, 1975,
 * multiplies the branches along one random path; a search that goes on knows more: of each node on
 * its way it knows how many runs the branches behind it took, and takes those ahead to be like
 * them (the recursive estimator of Kilby, Slaney, Thiebaux & Walsh, "Estimating Search Tree Size",
 * AAAI 2006).  Branches that are found later make it grow.
 */
#ifndef BRAID_EXPLORE_ESTIMATE_H
#define BRAID_EXPLORE_ESTIMATE_H

#include <stdint.h>

/* A node on the way to the run to be made next. */
struct estimate_node {
    uint64_t before; /* runs made before it was met */
    uint32_t tried;  /* branches that are behind */
    uint32_t left;   /* branches known to be tried, the one going on included */
};

/* Goes from the last node on the way up to the root.  below: what the way on from the node
 * brings, 0 from the last, where nothing is known of it; after: runs made before the next node on
 * the way was met, all made so far for the last.  Returns what the node brings. */
double estimate_up(const struct estimate_node *node, double below, uint64_t after);

#endif

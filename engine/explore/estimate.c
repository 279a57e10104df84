/* estimate.c -- how many runs a depth-first search will make. */
#include "explore/estimate.h"

double estimate_up(const struct estimate_node *node, double below, uint64_t after)
{
    double seen = (double)(after - node->before) + below;
    double branches = (double)node->tried + (below > 0), all = (double)node->tried + node->left;

    return branches > 0 ? seen * all / branches : all;
}

/* flow.c -- who stands where, by the way values go.
 *
 * Ranks as in Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
 * structures" (1981): cycles are broken first, then a node's rank is the longest way to it.  We
 * break cycles by channels, not by edges: a channel whose values would close one is drawn below,
 * whole.  The channels are taken in the order in which the run first uses them, so what comes back
 * is what turns up later.
 */
#include "view/flow.h"

#include "base/text.h"
#include "grade/words.h"
#include "view/grid.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PASSED_BY = 3 };    /* channels from which one takes in passing */
enum { FOLD_LEAST = 4 };   /* fewer of one name are not worth folding */
enum { MEASURED = 4000 }; /* events whose values are looked at for their width */

void flow_base_name(const char *name, char *out, size_t size)
{
    size_t len = strlen(name), end = len;

    while (end > 0 && isdigit((unsigned char)name[end - 1]))
        end--;
    if (end == len || end < 2 || name[end - 1] != ' ')
        end = len;
    else
        end--;
    if (end >= size)
        end = size - 1;
    memcpy(out, name, end);
    out[end] = '\0';
}

/* --- nodes and channels -------------------------------------------------- */

/* A node for each goroutine; fold: one for all of a name.  False: there are too many. */
static bool find_nodes(struct flow *flow, const struct names *names, uint32_t goroutines, bool fold)
{
    for (uint32_t g = 1; g <= goroutines; g++) {
        struct flow_node node = {.first = g};
        int width = grid_width(names_goroutine(names, g));
        uint32_t i = 0;

        flow->name_cols = width > flow->name_cols ? width : flow->name_cols;
        flow_base_name(names_goroutine(names, g), node.base, sizeof node.base);
        while (i < flow->nnodes && !(fold && strcmp(flow->nodes[i].base, node.base) == 0))
            i++;
        if (i == FLOW_NODES)
            return false;
        if (i == flow->nnodes)
            flow->nodes[flow->nnodes++] = node;
        flow->nodes[i].count++;
        flow->node_of[g] = (uint8_t)i;
    }
    return true;
}

/* Few of one name stay by themselves, as long as there is room for them. */
static void unfold_few(struct flow *flow, uint32_t goroutines)
{
    struct flow_node folded[FLOW_NODES];
    uint32_t n = 0, all = 0;
    uint8_t at[FLOW_NODES];

    memcpy(folded, flow->nodes, sizeof folded);
    for (uint32_t i = 0; i < flow->nnodes; i++)
        all += folded[i].count < FOLD_LEAST ? folded[i].count : 1;
    if (all > FLOW_NODES)
        return;
    for (uint32_t g = 1; g <= goroutines; g++) {
        uint8_t old = flow->node_of[g];

        if (folded[old].count < FOLD_LEAST || folded[old].first == g) {
            flow->nodes[n] = folded[old];
            flow->nodes[n].first = g;
            flow->nodes[n].count = folded[old].count < FOLD_LEAST ? 1 : folded[old].count;
            at[old] = (uint8_t)n++;
        }
        flow->node_of[g] = at[old];
    }
    flow->nnodes = n;
}

static struct flow_channel *channel_of(struct flow *flow, const struct trace *trace,
                                       const struct names *names, const struct scene *scene,
                                       uint32_t obj)
{
    uint32_t make, i = 0;

    while (i < flow->nchannels && flow->channels[i].obj != obj)
        i++;
    if (i < flow->nchannels)
        return &flow->channels[i];
    if (obj == 0 || obj > scene_objects(scene) || scene_owner_of(scene, obj))
        return NULL; /* what a context or timer tells by is seen at it */
    make = names_object_event(names, obj);
    if (make >= trace->count || trace->events[make].extra != OBJECT_CHAN)
        return NULL;
    if (i == FLOW_CHANNELS) {
        flow->nchannels = FLOW_CHANNELS + 1;
        return NULL;
    }
    flow->channels[flow->nchannels++] = (struct flow_channel){.obj = obj};
    return &flow->channels[i];
}

static uint64_t bit_of(const struct flow *flow, const struct scene *scene, uint32_t g)
{
    return g > 0 && g <= scene_goroutines(scene) ? 1ull << flow->node_of[g] : 0;
}

static void measure_value(struct flow_channel *channel, const struct trace *trace,
                          const struct event *event)
{
    struct text value = {0};
    int cols;

    if (event->value_kind == VALUE_NONE || event->kind == EVENT_CLOSE)
        return;
    words_value(&value, trace, event->value_kind, event->value);
    cols = grid_width(text_string(&value));
    if (cols > channel->value_cols)
        channel->value_cols = cols > FLOW_VALUE ? FLOW_VALUE : cols;
    text_release(&value);
}

/* Who sends and receives, also in vain.  False: too many channels. */
static bool find_channels(struct flow *flow, const struct trace *trace, const struct names *names,
                          const struct scene *scene)
{
    for (uint32_t i = 0; i < trace->count && flow->nchannels <= FLOW_CHANNELS; i++) {
        const struct event *event = &trace->events[i];
        bool waits = event->kind == EVENT_BLOCK || event->kind == EVENT_BLOCK_CASE;
        bool sends = event->kind == EVENT_SEND || (waits && event->extra == WAIT_SEND);
        bool receives = event->kind == EVENT_RECV || (waits && event->extra == WAIT_RECV);
        struct flow_channel *channel =
            sends || receives || event->kind == EVENT_CLOSE
                ? channel_of(flow, trace, names, scene, event->obj) : NULL;
        uint64_t g = bit_of(flow, scene, event->g);
        uint64_t other = waits ? 0 : bit_of(flow, scene, event->other);

        if (!channel)
            continue;
        uint64_t to = receives ? g : sends ? other : 0;

        channel->senders |= sends ? g : receives ? other : 0;
        channel->receivers |= to;
        to = waits ? 0 : to;
        channel->again |= channel->got & to;
        channel->got |= to;
        channel->closers |= event->kind == EVENT_CLOSE ? g : 0;
        if (!waits && i < MEASURED)
            measure_value(channel, trace, event);
    }
    return flow->nchannels > 0 && flow->nchannels <= FLOW_CHANNELS;
}

/* Who takes one value in passing from each of several channels that others receive from, as main
 * does along a sieve, stands in the way of none: it is no receiver of them. */
static void pass_by(struct flow *flow)
{
    for (uint32_t node = 0; node < flow->nnodes; node++) {
        uint64_t bit = 1ull << node;
        uint32_t once = 0, more = 0;

        for (uint32_t i = 0; i < flow->nchannels; i++) {
            once += (flow->channels[i].receivers & ~flow->channels[i].again & bit) != 0 &&
                    flow->channels[i].receivers != bit;
            more += (flow->channels[i].again & bit) != 0;
        }
        for (uint32_t i = 0; once >= PASSED_BY && more == 0 && i < flow->nchannels; i++)
            if (flow->channels[i].receivers != bit)
                flow->channels[i].receivers &= ~bit;
    }
}

/* --- ranks --------------------------------------------------------------- */

struct graph { uint64_t next[FLOW_NODES]; };

static uint64_t reachable(const struct graph *graph, uint64_t from)
{
    uint64_t seen = from, before;

    do {
        before = seen;
        for (int i = 0; i < FLOW_NODES; i++)
            if (seen >> i & 1)
                seen |= graph->next[i];
    } while (seen != before);
    return seen;
}

/* Leads from all of `from` to all of `to`, unless that closes a cycle. */
static bool lead(struct graph *graph, uint64_t from, uint64_t to)
{
    for (int i = 0; i < FLOW_NODES; i++)
        if (to >> i & 1 && reachable(graph, graph->next[i]) & from)
            return false;
    if (from & to)
        return false;
    for (int i = 0; i < FLOW_NODES; i++)
        if (from >> i & 1)
            graph->next[i] |= to;
    return true;
}

static uint64_t before(const struct graph *graph, int node)
{
    uint64_t all = 0;

    for (int i = 0; i < FLOW_NODES; i++)
        if (graph->next[i] >> node & 1)
            all |= 1ull << i;
    return all;
}

/* The longest way from the sources; these then move up to who they feed. */
static void rank_nodes(struct flow *flow, const struct graph *graph)
{
    for (uint32_t round = 0; round < flow->nnodes; round++)
        for (uint32_t i = 0; i < flow->nnodes; i++)
            for (uint32_t j = 0; j < flow->nnodes; j++)
                if (graph->next[i] >> j & 1 && flow->nodes[j].rank <= flow->nodes[i].rank)
                    flow->nodes[j].rank = flow->nodes[i].rank + 1;
    for (uint32_t i = 0; i < flow->nnodes; i++) {
        int least = FLOW_NODES;

        if (!graph->next[i] || before(graph, (int)i))
            continue;
        for (uint32_t j = 0; j < flow->nnodes; j++)
            if (graph->next[i] >> j & 1 && flow->nodes[j].rank < least)
                least = flow->nodes[j].rank;
        flow->nodes[i].rank = least - 1;
    }
}

/* Who never came to use a channel stands with those of its name. */
static void rank_idle(struct flow *flow, const struct graph *graph)
{
    for (uint32_t i = 0; i < flow->nnodes; i++) {
        if (graph->next[i] || before(graph, (int)i))
            continue;
        for (uint32_t j = 0; j < flow->nnodes; j++)
            if ((graph->next[j] || before(graph, (int)j)) &&
                strcmp(flow->nodes[i].base, flow->nodes[j].base) == 0) {
                flow->nodes[i].rank = flow->nodes[j].rank;
                break;
            }
    }
    for (uint32_t i = 0; i < flow->nnodes; i++)
        if (flow->nodes[i].rank >= flow->ranks)
            flow->ranks = flow->nodes[i].rank + 1;
}

/* The least and the highest rank of a set; 0: it is empty. */
static bool range_of(const struct flow *flow, uint64_t nodes, int *least, int *most)
{
    *least = FLOW_NODES;
    *most = -1;
    for (uint32_t i = 0; i < flow->nnodes; i++) {
        if (!(nodes >> i & 1))
            continue;
        *least = flow->nodes[i].rank < *least ? flow->nodes[i].rank : *least;
        *most = flow->nodes[i].rank > *most ? flow->nodes[i].rank : *most;
    }
    return *most >= 0;
}

/* A column more at the right for what nobody receives, at the left for what nobody sends. */
static void add_empty_ranks(struct flow *flow)
{
    bool left = false, right = false;

    for (uint32_t i = 0; i < flow->nchannels; i++) {
        int from, last_from, to, last_to;
        bool sent = range_of(flow, flow->channels[i].senders, &from, &last_from);
        bool received = range_of(flow, flow->channels[i].receivers, &to, &last_to);

        right |= sent && !received && from == flow->ranks - 1;
        left |= received && !sent && last_to == 0;
    }
    for (uint32_t i = 0; left && i < flow->nnodes; i++)
        flow->nodes[i].rank++;
    flow->ranks += left + right;
    flow->none_left = left;
    flow->none_right = right;
}

static void place_channel(const struct flow *flow, struct flow_channel *channel)
{
    int from, last_from, to, last_to;
    bool sent = range_of(flow, channel->senders, &from, &last_from);
    bool received = range_of(flow, channel->receivers, &to, &last_to);

    channel->gap = -1;
    channel->backward = sent && received && last_from >= to;
    if (sent && received && from == last_from && to == last_to && to == from + 1)
        channel->gap = from;
    else if (sent && !received && from == last_from && from + 1 < flow->ranks)
        channel->gap = from;
    else if (received && !sent && to == last_to && to > 0)
        channel->gap = to - 1;
}

struct flow *flow_new(const struct trace *trace, const struct names *names,
                      const struct scene *scene, bool fold)
{
    struct flow *flow = calloc(1, sizeof *flow);
    struct graph graph = {{0}};
    bool whole;

    if (!flow)
        return NULL;
    flow->node_of = calloc((size_t)scene_goroutines(scene) + 1, 1);
    whole = flow->node_of && find_nodes(flow, names, scene_goroutines(scene), fold);
    if (whole && fold)
        unfold_few(flow, scene_goroutines(scene));
    if (!whole || !find_channels(flow, trace, names, scene)) {
        flow_free(flow);
        return NULL;
    }
    pass_by(flow);
    for (uint32_t i = 0; i < flow->nchannels; i++)
        lead(&graph, flow->channels[i].senders, flow->channels[i].receivers);
    for (uint32_t i = 0; i < flow->nchannels; i++)
        lead(&graph, flow->channels[i].closers & ~flow->channels[i].senders,
             flow->channels[i].receivers);
    rank_nodes(flow, &graph);
    rank_idle(flow, &graph);
    add_empty_ranks(flow);
    for (uint32_t i = 0; i < flow->nchannels; i++)
        place_channel(flow, &flow->channels[i]);
    return flow;
}

void flow_free(struct flow *flow)
{
    if (!flow)
        return;
    free(flow->node_of);
    free(flow);
}

const struct flow_channel *flow_channel(const struct flow *flow, uint32_t obj)
{
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if (flow->channels[i].obj == obj)
            return &flow->channels[i];
    return NULL;
}

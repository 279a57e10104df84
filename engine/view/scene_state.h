/* scene_state.h -- what the files of the scene share.
 *
 * scene.c goes to a moment, scene_apply.c takes in one event.
 */
#ifndef BRAID_VIEW_SCENE_STATE_H
#define BRAID_VIEW_SCENE_STATE_H

#include "view/scene.h"

struct fixed {
    uint32_t cap;
    uint32_t belongs;  /* channels: the context or timer; 0 = none */
    uint32_t channel;  /* contexts, timers: their channel; 0 = none */
    uint32_t first;    /* channels: start of its part of `sends` */
    uint32_t nsends;
};

struct state {
    uint32_t at, current;
    int64_t time;
    bool main_done;
    struct scene_goroutine *goroutines; /* by id; [0] unused */
    struct scene_object *objects;
};

struct scene {
    const struct trace *trace;
    uint32_t ngoroutines, nobjects, keep_every;
    struct fixed *fixed;   /* by object id */
    uint32_t *sends;
    struct state now;
    struct state *kept;    /* ascending */
    uint32_t nkept, kept_cap;
};

static inline bool scene_knows(const struct scene *scene, uint32_t obj)
{
    return obj > 0 && obj <= scene->nobjects;
}

/* Takes the next event of the trace into the present state. */
void scene_apply(struct scene *scene);

#endif

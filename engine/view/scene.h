/* scene.h -- the state of a program after the first n events of its trace.
 *
 * A scene is what the stage shows: goroutines and what they wait for, channels and what lies in
 * them, locks, WaitGroups, contexts, timers, virtual time.  It depends on (trace, n) alone, by
 * whatever way one came to n: forward it applies events, backward it starts from a copy it kept.
 */
#ifndef BRAID_VIEW_SCENE_H
#define BRAID_VIEW_SCENE_H

#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>

enum scene_state {
    SCENE_UNBORN,
    SCENE_READY,    /* could go on */
    SCENE_RUNNING,  /* took the last step */
    SCENE_BLOCKED,
    SCENE_ENDED,
    SCENE_PANICKED,
};

struct scene_goroutine {
    uint8_t state;     /* enum scene_state as told; scene_state() says what is shown */
    uint8_t wait;      /* BLOCKED: enum wait_kind */
    uint32_t obj;      /* BLOCKED: what it waits for, 0 = nothing or several */
    uint32_t block;    /* BLOCKED: its BLOCK event; the BLOCK_CASEs of a select follow it */
    uint32_t line, file; /* of its last event that had a line */
    uint32_t got;      /* event of the value it received last; UINT32_MAX = none */
    int64_t until;     /* asleep, at work: the time it wakes, if nobody interrupts its work */
};

struct scene_object {
    uint8_t kind;      /* enum object_kind; 0 = not made yet */
    bool closed;       /* channels; contexts: cancelled; timers: stopped; RWMutexes: a writer
                          claimed it; Onces: done */
    bool fired;        /* timers */
    uint32_t sent, received; /* channels */
    uint32_t owner;    /* mutexes: who holds it, Onces: who runs it; 0 = nobody */
    int32_t counter;   /* WaitGroups; RWMutexes: readers; semaphores, processors: in use; Pools:
                          items */
    uint32_t event;    /* its MAKE */
    uint32_t ended;    /* the event that closed or cancelled it, or changed it last (atomics, Maps,
                          processors),
                          or was its error (groups); UINT32_MAX = none */
};

struct scene;

/* At 0 events.  Borrows the trace.  NULL: out of memory. */
struct scene *scene_new(const struct trace *trace);
void scene_free(struct scene *scene);

/* The state after the first n events; clamped. */
void scene_go(struct scene *scene, uint32_t n);
uint32_t scene_at(const struct scene *scene);

uint32_t scene_goroutines(const struct scene *scene); /* highest id in the whole trace */
uint32_t scene_objects(const struct scene *scene);
const struct scene_goroutine *scene_goroutine(const struct scene *scene, uint32_t g);
const struct scene_object *scene_object(const struct scene *scene, uint32_t obj);

/* What a goroutine is shown as: RUNNING for who took the last step; READY for one that blocked
 * and whose operation has become possible. */
enum scene_state scene_state(const struct scene *scene, uint32_t g);
uint32_t scene_current(const struct scene *scene); /* who took the last step; 0 = nobody */
int64_t scene_time(const struct scene *scene);
bool scene_main_done(const struct scene *scene);

/* Channels: capacity, values in the buffer, and the event (SEND, or FIRE of a timer) that put
 * the nth oldest of them there. */
uint32_t scene_cap(const struct scene *scene, uint32_t chan);
uint32_t scene_len(const struct scene *scene, uint32_t chan);
uint32_t scene_slot(const struct scene *scene, uint32_t chan, uint32_t nth);

/* The done channel of a context, the channel of a timer or ticker; 0: none. */
uint32_t scene_channel_of(const struct scene *scene, uint32_t obj);
/* The context or timer a channel belongs to; 0: none. */
uint32_t scene_owner_of(const struct scene *scene, uint32_t chan);

/* Who waits for obj in this way (selects included), longest first: at most `most` ids to `out`;
 * returns how many there are. */
uint32_t scene_waiters(const struct scene *scene, uint32_t obj, enum wait_kind wait, uint32_t *out,
                       uint32_t most);

#endif

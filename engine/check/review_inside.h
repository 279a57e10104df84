/* review_inside.h -- what the parts of the review share: one run's objects and goroutines.
 *
 * review_events.c reads the trace from its beginning, review_rest.c looks once at what stands at
 * its end: who is blocked, what is locked, live or unread.
 */
#ifndef BRAID_CHECK_REVIEW_INSIDE_H
#define BRAID_CHECK_REVIEW_INSIDE_H

#include "check/review.h"

enum { HELD_MAX = 8 };

struct seen_object {
    struct review_object of;
    uint32_t kind, other;
    int64_t capacity, len, fill; /* channels: values in it */
    uint32_t closers[REVIEW_CLOSERS], nclosers;
    uint32_t sender, receiver;   /* who did last */
    bool closed, again, by_receiver;
    bool over, released;         /* contexts, tickers, timers */
    bool live;                   /* ... when main returned */
    bool cancellable;           /* contexts: not Background, not WithValue */
    uint32_t holder, locked_at;  /* locks: who, 0: nobody */
    bool reading, waited;
    uint32_t waited_at, longest_at;
    int64_t since, longest;
    uint64_t locked, first, later;
    uint32_t wait_place;         /* groups */
};

struct seen_goroutine {
    uint32_t start;              /* place; 0: main */
    bool ended, exited;
    bool blocked, callable;      /* in a wait that can be called off */
    uint32_t wait, at, obj;
    uint32_t held[HELD_MAX], nheld;
};

struct reviewer {
    struct review *review;
    struct seen_object *objects;
    struct seen_goroutine *goroutines;
    uint32_t nobjects, ngoroutines; /* room */
    uint32_t last_object, last_goroutine;
    uint32_t made_at[REVIEW_PLACES]; /* how many objects this run has made there */
};

/* The place of an event; 0 where none is known, or there is no room. */
uint32_t review_place_at(struct review *review, const struct event *event);

/* The record of something; every record begins with what it is about.  NULL: the table is full. */
void *review_record(struct review *review, void *table, uint32_t *count, size_t size,
                    struct review_object of);

#define RECORD(review, table, of)                                                                \
    review_record(review, (review)->table, &(review)->n##table, sizeof *(review)->table, of)

static inline struct review_object place_only(uint32_t place)
{
    return (struct review_object){place, 0};
}

/* It was so in this run. */
void review_see(const struct review *review, struct review_seen *seen);

/* By number; those that do not exist share number 0, which stands for nobody. */
struct seen_object *review_seen_object(struct reviewer *self, uint32_t id);
struct seen_goroutine *review_seen_goroutine(struct reviewer *self, uint32_t id);

/* A channel that the program itself made, and not a context's or the clock's. */
bool review_own_chan(const struct seen_object *o);

/* A wait for channels. */
bool review_in_channels(const struct seen_goroutine *g);

/* The wait of a goroutine is over, or will never be: all of its select's cases are known. */
void review_waited(struct reviewer *self, uint32_t id);

/* review_events.c, review_rest.c */
void review_event(struct reviewer *self, const struct run *run, const struct event *event);
void review_rest(struct reviewer *self, const struct run *run);

#endif

/* limiter.h -- rate.Limiter: a bucket of tokens that fills with virtual time.
 *
 * The bucket holds at most `burst` tokens and gains one every `interval` ns; all in whole
 * nanoseconds, so that every machine counts alike.  Tokens may be taken before they are
 * there: then the taker waits, and the next one longer.  Objects belong to the run.
 */
#ifndef BRAID_SYNC_LIMITER_H
#define BRAID_SYNC_LIMITER_H

#include "sync/context.h"

struct limiter {
    uint32_t id;
    int64_t interval; /* ns for one token; 0: no limit */
    int64_t burst;
    int64_t credit;   /* tokens in the bucket, times interval; negative: taken ahead */
    int64_t last;     /* when credit was right */
    int64_t latest;   /* when the last reservation may act */
};

enum limiter_error {
    LIMITER_OK,
    LIMITER_BURST,    /* more tokens than the bucket ever holds */
    LIMITER_DEADLINE, /* the context's deadline comes first: not even waited for */
    LIMITER_CANCELLED /* the context was cancelled: its Err says why */
};

struct reservation {
    bool ok;
    int64_t tokens;
    int64_t delay; /* ns from the call until it may act */
    int64_t when;  /* that moment */
};

/* Figures with which the bucket would take longer than this to fill are cut. */
enum { LIMITER_MAX_DAYS = 3650 };

/* The bucket is full.  NULL: out of memory. */
struct limiter *limiter_make(struct run *run, int64_t interval, int64_t burst, const char *name);

/* Whether n tokens were there; then they are taken. */
bool limiter_allow(struct run *run, struct limiter *limiter, int64_t n);
struct reservation limiter_reserve(struct run *run, struct limiter *limiter, int64_t n);

/* Gives a reservation back as far as it was not used and others did not build on it. */
void limiter_cancel(struct run *run, struct limiter *limiter, const struct reservation *r);

/* Takes n tokens and waits until they are there.  context may be NULL. */
enum limiter_error limiter_wait(struct run *run, struct limiter *limiter, int64_t n,
                                struct context *context);

/* Go's message; LIMITER_CANCELLED has none of its own. */
void limiter_error_text(const struct limiter *limiter, enum limiter_error error, int64_t n,
                        char *text, size_t size);

#endif

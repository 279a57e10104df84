/* review.h -- what all runs of a program together say to the eight questions of a code review.
 *
 * Counts by place in the program text: a go statement, a make, an operation.  Plain data without
 * pointers, so that a judge's child fills it in memory shared with the parent; a place is an index
 * into `places`, 0 stands for an unknown one.  A table that is full takes no new places.
 * `runs` of a record are the runs in which it was seen so.
 */
#ifndef BRAID_CHECK_REVIEW_H
#define BRAID_CHECK_REVIEW_H

#include "rt/run.h"

enum { REVIEW_PLACES = 512, REVIEW_MOST = 64, REVIEW_CLOSERS = 4,
       REVIEW_APART = 4 };

struct review_place {
    uint32_t line, pc; /* as in struct event; the parent puts lines where there are only pcs */
};

/* What each record is about.  Objects: the ordinal-th that was made at its place in a run, from 0,
 * or one of those after the REVIEW_APART-th; `local a, b = chan(), chan()` makes two on one line. */
struct review_object {
    uint32_t place, ordinal;
};

struct review_seen {
    uint64_t run;  /* the last run that was counted */
    uint64_t runs;
};

/* A go statement. */
struct review_start {
    struct review_object of;
    uint64_t started, returned, exited; /* exited: by Goexit */
    uint64_t stuck, going, cut; /* blocked for ever; never ending; the run was over before them */
    struct review_seen stuck_in;
    uint32_t stuck_at, stuck_wait;      /* the first of them: its place, enum wait_kind */
};

enum { REVIEW_SIZES = 3 };

/* The program again, with every channel that is made at a place of another capacity. */
struct review_size {
    uint64_t runs;       /* made; 0: not tried */
    int64_t capacity;
    uint32_t fault;      /* enum finding_kind; 0: none in any run */
    uint32_t complete;   /* those were all interleavings */
};

/* A channel of the program's own, by where it is made. */
struct review_chan {
    struct review_object of;
    int64_t capacity, fill;     /* the largest it was made with; the most that lay in one of them */
    uint64_t made;
    uint32_t closers[REVIEW_CLOSERS]; /* places of its closes */
    uint32_t nclosers;
    struct review_seen closed, again, by_receiver; /* again: closed twice, or sent on when closed */
    struct review_seen awaited; /* never closed, and somebody receives from it for ever */
    struct review_seen left;    /* values lay in it at the end that nobody received */
    struct review_seen full;    /* somebody stands for ever at its send */
    struct review_size sizes[REVIEW_SIZES]; /* where no run had a fault */
};

/* An operation at which somebody had to wait: send, receive or select. */
struct review_wait {
    struct review_object of;
    uint32_t kind;
    uint64_t waits, alone;      /* alone: without a case that can call it off */
    struct review_seen stuck;
};

/* A context with a cancel function, a ticker, or a timer, by where it is made. */
struct review_held {
    struct review_object of;
    uint32_t kind;       /* enum object_kind */
    uint64_t made, released;    /* cancelled by the program, or stopped */
    struct review_seen live;    /* still live or running when main returned, and never released */
    struct review_seen unpaid;  /* contexts: over by itself, and its cancel was never called */
    struct review_seen stuck;   /* contexts: cancelled, and somebody stands there for ever */
};

/* A lock, by where it is made. */
struct review_lock {
    struct review_object of;
    uint32_t kind;
    uint64_t locked;
    struct review_seen kept;    /* still locked when all was over */
    struct review_seen waited;  /* somebody waited at a channel or slept with it locked */
    uint32_t waited_at;
    int64_t longest;            /* virtual ns it was held for, and where it was locked then */
    uint32_t longest_at;
};

/* `second` was locked at `place` while `first` was held. */
struct review_order {
    uint32_t place;
    struct review_object first, second;
    struct review_object gate;  /* a third lock that was always held, too; place 0: none */
    uint32_t g;                 /* who; 0: several */
    struct review_seen seen;
};

/* What became of errors. */
struct review_error {
    struct review_object of;
    uint32_t kind;       /* enum event_kind: ERROR of the group made there, PANIC, RECOVER */
    uint64_t first, later;      /* ERROR: that Wait returns; that it does not */
    uint32_t waited_at;         /* ERROR: the place of a Wait; 0: nobody waited for the group */
    struct review_seen seen;
};

struct review {
    uint64_t runs;
    uint32_t nplaces, nstarts, nchans, nwaits, nheld, nlocks, norders, nerrors;
    uint32_t copied;            /* the place at which a copied lock was used; 0: none was */
    struct review_seen copied_in;
    uint32_t full;              /* a table had no room */
    struct review_seen cancelled; /* something was cancelled */
    struct review_place places[REVIEW_PLACES]; /* from 1 */
    struct review_start starts[REVIEW_MOST];
    struct review_chan chans[REVIEW_MOST];
    struct review_wait waits[REVIEW_MOST];
    struct review_held held[REVIEW_MOST];
    struct review_lock locks[REVIEW_MOST];
    struct review_order orders[REVIEW_MOST];
    struct review_error errors[REVIEW_MOST];
};

struct reviewer;

/* Fills in `review`, which is borrowed and zeroed.  NULL: out of memory. */
struct reviewer *reviewer_new(struct review *review);
void reviewer_free(struct reviewer *reviewer);

/* Takes in a run that is over and not yet dropped, from its trace.  Without memory it
 * is left out. */
void reviewer_take(struct reviewer *reviewer, const struct run *run);

/* Brings every number that is an index into bounds: a hostile program may have written there. */
void review_bound(struct review *review);

#endif

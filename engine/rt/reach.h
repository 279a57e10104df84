/* reach.h -- what of a run can still be reached: the mark phase of a garbage collector.
 *
 * Marked are the objects of the run (channels, locks, contexts: blocks of run->objects), from a
 * goroutine on through everything its program can get at.  Where a program keeps its values only
 * its language face knows; it says so by a struct reach_face.  An object of the run is read as
 * words: each that is an address inside of a block of the run marks that block, too.  So whatever
 * lies in a channel's buffer or is an armed timer's argument, is reached through it.
 *
 * Blind are the goroutines themselves (struct goroutine): to hold one is not to hold what it holds.
 * Neither their order nor any address shows in what is marked.
 *
 * Only when all goroutines have come to an operation: nothing is on its way then.
 */
#ifndef BRAID_RT_REACH_H
#define BRAID_RT_REACH_H

#include "base/region.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct goroutine;
struct reach;
struct run;

/* Told while marking; each may call reach_word, reach_words, reach_first and reach_later. */
struct reach_face {
    /* A search begins, and ends; the run's face data may hold what it needs meanwhile. */
    void (*begin)(struct reach *reach);
    void (*end)(struct reach *reach);
    /* What everybody can reach: global variables. */
    void (*globals)(struct reach *reach);
    /* What a goroutine can reach by itself: its stack. */
    void (*goroutine)(struct reach *reach, struct goroutine *g);
    /* A word that is no address in a block of the run; NULL: of no interest. */
    void (*word)(struct reach *reach, uintptr_t word);
    /* A block of the run was reached; NULL: its words say all. */
    void (*block)(struct reach *reach, const void *block, size_t size);
};

struct reach_span {
    const unsigned char *at;
    size_t size;
    bool block; /* of the run */
};

struct reach {
    struct run *run;
    const struct reach_face *face;
    bool all;                   /* memory ran out, or the face gave up: all counts as reached */
    uint64_t work;              /* words and values looked at, since reach_init */
    struct region_part *parts;  /* of the run's objects, ascending */
    size_t nparts, parts_cap;
    uintptr_t *marks;           /* a set, open addressing; 0: empty */
    size_t nmarks, marks_cap;
    struct reach_span *todo;    /* to be read */
    size_t ntodo, todo_cap;
};

/* A zeroed reach is ready; it may be used again and again. */
void reach_release(struct reach *reach);

/* Begins anew, with nothing marked but what everybody can reach: globals, and what the clock and
 * the world hold (armed timers, signals, the network).  The run must have a face that can tell. */
void reach_begin(struct reach *reach, struct run *run);
void reach_end(struct reach *reach);

/* Marks all that g can reach. */
void reach_goroutine(struct reach *reach, struct goroutine *g);

/* Whether the block of the run that an address lies in has been reached, or what the face marks. */
bool reach_has(const struct reach *reach, const void *at);

/* --- for faces ----------------------------------------------------------- */

/* A word that may be an address. */
void reach_word(struct reach *reach, uintptr_t word);

/* All words of [from, to) that are aligned. */
void reach_words(struct reach *reach, const void *from, const void *to);

/* Marks; true: it had not been before. */
bool reach_first(struct reach *reach, const void *at);

/* Its words will be read later: for what may be deep. */
void reach_later(struct reach *reach, const void *at, size_t size);

#endif

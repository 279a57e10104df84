/* chan.h -- channels and select.
 *
 * A blocked goroutine is a list of clauses, each waiting in the queue of its
 * channel; send and receive are a select with one case.  (After libdill and
 * Plan 9's libthread.)
 *
 *     goroutine --clauses--> [case 0][case 1]...      on the goroutine's stack
 *                               |       |
 *     chan.senders   <----------+       |             doubly linked, FIFO
 *     chan.receivers <------------------+
 *
 * Invariants: in free mode a channel never has waiting senders and waiting
 * receivers at once, nor waiting receivers and a filled buffer; in explored
 * mode every goroutine at a channel operation stands in the queues, ready or not.
 *
 * Channels belong to the run and die with it.
 */
#ifndef BRAID_SYNC_CHAN_H
#define BRAID_SYNC_CHAN_H

#include "rt/clause.h"
#include "rt/run.h"

/* What the face knows of the elements. */
struct chan_type {
    uint32_t size; /* bytes of an element */
    /* How an element is shown: sets *kind and returns the event's value. */
    int64_t (*show)(struct run *run, const void *element, enum value_kind *kind);
};

struct clause_queue {
    struct clause *first, *last;
};

/* A program compiled without checks sees it up to the queues (go_fast.h). */
struct chan {
    uint32_t own_size;       /* bytes of an element, where such a program may put it in and take
                                it out by itself; given by the face; 0: it may not */
    uint32_t cap, len, head;
    unsigned char *buffer;   /* cap elements, a ring */
    struct clause_queue senders, receivers;
    uint32_t id;
    bool closed;
    uint32_t sent, received; /* how many so far: the events' seq; a quiet run has none */
    const struct chan_type *type;
};

/* Result of chan_select when the default case was taken. */
enum { CHAN_DEFAULT = -1 };

/* A channel of `cap` elements; other = id of the object it belongs to (a context,
 * a timer) or 0; name may be NULL.  NULL: out of memory. */
struct chan *chan_make(struct run *run, const struct chan_type *type, uint32_t cap,
                       uint32_t other, const char *name);

/* Performs one of n cases, waiting for one to be possible unless has_default.
 * Sets *chosen to its index or CHAN_DEFAULT.  FAULT_SEND_CLOSED: the case chosen
 * was a send on a closed channel.  is_select only says how it is told: else as the first case.  The cases
 * are borrowed until it returns.  n = 0 without default waits for ever. */
enum fault chan_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                       bool is_select, int32_t *chosen);

/* Sends *element; waits until it is taken or buffered.  chan may be NULL (waits for ever). */
enum fault chan_send(struct run *run, struct chan *chan, void *element);

/* Receives into *element (may be NULL); *ok false when closed and drained. */
void chan_recv(struct run *run, struct chan *chan, void *element, bool *ok);

enum fault chan_close(struct run *run, struct chan *chan);

/* Closes without an event or a scheduling point: part of another step (cancel).
 * The channel must be open. */
void chan_close_quietly(struct run *run, struct chan *chan);

/* The clock sends: never blocks, never a step; false when the buffer was full. */
bool chan_tick(struct run *run, struct chan *chan, const void *element);

/* The world sends: as chan_tick, but told as a SEND of nobody's, and on an unbuffered channel to
 * who has been waiting since before time went on last (who has come only now may not be there
 * yet).  The channel must be open.  False: there was no room, or nobody. */
bool chan_offer(struct run *run, struct chan *chan, const void *element);

/* len(c) of the learner's program.  A step; 0 for NULL. */
uint32_t chan_look(struct run *run, const struct chan *chan);

uint32_t chan_len(const struct chan *chan); /* 0 for NULL */
uint32_t chan_cap(const struct chan *chan); /* 0 for NULL */

#endif

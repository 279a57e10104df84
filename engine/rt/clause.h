/* clause.h -- one case of a send, receive or select: what a goroutine at channels waits for. */
#ifndef BRAID_RT_CLAUSE_H
#define BRAID_RT_CLAUSE_H

#include <stdbool.h>
#include <stdint.h>

struct chan; /* sync/chan.h */
struct goroutine;

struct clause {
    struct chan *chan;  /* NULL: a nil channel, never ready */
    bool send;
    void *element;      /* send: read; receive: written (may be NULL: thrown away) */
    bool ok;            /* receive, after it fired: false = closed and drained */
    const char *name;   /* select: the case's name for the trace; NULL = none */
    /* while waiting: */
    struct goroutine *g;
    uint32_t index;
    struct clause *prev, *next;
    bool queued;
};

#endif

/* cell.h -- what one goroutine may change while another looks: atomics and sync.Map.
 *
 * A cell is read and changed in steps; what it holds belongs to the face, but for the
 * integers of struct atomic.  An operation is: cell_step; look or change; cell_tell.  A Map
 * is a cell with keys, which the face numbers from 1.  Objects belong to the run.
 */
#ifndef BRAID_SYNC_CELL_H
#define BRAID_SYNC_CELL_H

#include "rt/run.h"

struct cell {
    uint32_t id;
};

/* OBJECT_ATOMIC or OBJECT_MAP; NULL: out of memory. */
struct cell *cell_make(struct run *run, enum object_kind kind, const char *name);

/* The scheduling point before an operation; may_change: before any that is not a pure look. */
void cell_step(struct run *run, const struct cell *cell, bool may_change);

/* What an operation turned out to be. */
struct cell_told {
    enum cell_op op;
    bool changed;
    uint32_t key;          /* Map: the key's number; 0: an atomic, or all keys */
    const char *text;      /* Map: the key as text; NULL: none */
    int64_t value;         /* read or written; see enum value_kind */
    enum value_kind kind;
};

void cell_tell(struct run *run, const struct cell *cell, const struct cell_told *told);

/* What an atomic's value is cut to; the zeroth is Int64. */
enum atomic_kind { ATOMIC_INT64, ATOMIC_INT32, ATOMIC_UINT32, ATOMIC_UINT64, ATOMIC_BOOL,
                   ATOMIC_POINTER };

struct atomic {
    struct cell cell; /* first: an atomic's address is its cell's */
    enum atomic_kind kind;
    int64_t value;    /* Uint64: its bits; Pointer: an address, which is never told */
};

/* NULL: out of memory. */
struct atomic *atomic_make(struct run *run, int64_t value, const char *name); /* an Int64 */
struct atomic *atomic_make_kind(struct run *run, enum atomic_kind kind, int64_t value,
                                const char *name);
int64_t atomic_load(struct run *run, struct atomic *atomic);
void atomic_store(struct run *run, struct atomic *atomic, int64_t value);
int64_t atomic_add(struct run *run, struct atomic *atomic, int64_t delta);   /* the new value */
int64_t atomic_swap(struct run *run, struct atomic *atomic, int64_t value);  /* the old value */
bool atomic_cas(struct run *run, struct atomic *atomic, int64_t old, int64_t value);

#endif

/* face.h -- runs a compiled C program on a run.
 *
 * A face is one loaded object.  Each run starts from the object's state after loading
 * and an empty heap, so runs cost their steps and little else.  The program's go.h
 * calls, memory accesses and library calls come back as calls of c/; they act on
 * run_current, whose `face` is the face.  There may be one face at a time: it takes the
 * process' signals for traps (SEGV, BUS) and for endless loops (PROF), and gives them back.
 */
#ifndef BRAID_C_FACE_H
#define BRAID_C_FACE_H

#include "rt/run.h"

/* X(NAME, what that is called, the memory concerned) */
#define C_FAULTS(X)                                                                         \
    X(NONE, "", "")                                                                         \
    X(NULL, "wild access", "a null pointer")                                                \
    X(FREED, "use after free", "memory that was freed")                                     \
    X(OVERFLOW, "heap overflow", "memory after the block")                                  \
    X(UNDERFLOW, "heap underflow", "memory before the block")                               \
    X(BUFFER, "buffer overflow", "")                                                        \
    X(OUTSIDE, "wild access", "memory that malloc did not give")                            \
    X(RETURNED, "use after return", "a local variable of a function that has returned")     \
    X(READ_ONLY, "wild access", "memory that cannot be written, such as a string literal")  \
    X(WILD, "wild access", "an address that is not the program's")                          \
    X(NOT_CHAN, "wild access", "something that is not a channel")                           \
    X(NOT_CONTEXT, "wild access", "something that is not a context")                        \
    X(DOUBLE_FREE, "double free", "a block that was freed before")                          \
    X(BAD_FREE, "bad free", "something that malloc did not give")                           \
    X(BROKEN_HEAP, "heap overflow", "a block whose edge was written over")                  \
    X(STACK, "stack overflow", "the stack: calls nested too deeply, or locals too large")   \
    X(UNDEFINED, "undefined behaviour", "")

enum c_fault_kind {
#define X(name, title, what) C_FAULT_##name,
    C_FAULTS(X)
#undef X
};

/* What was done wrong, after RUN_WILD, RUN_STACK or RUN_UNDEFINED. */
struct c_fault {
    enum c_fault_kind kind;
    bool write;             /* else a read (or a free) */
    uint64_t address;       /* the same in every process; 0 when that cannot be told */
    uint64_t size;          /* bytes accessed; 0 = unknown */
    uint32_t g, pc;         /* who, and where */
    uint64_t block_size;    /* of the heap's block concerned, valid when made_g is */
    int64_t offset;         /* of the access in it: negative before it, block_size right after it */
    uint32_t made_g, made_pc;   /* who allocated it, and where; 0 = no block is concerned */
    uint32_t freed_g, freed_pc; /* who freed it, and where; 0 = it was not */
    char what[128];         /* BUFFER: whose bounds; UNDEFINED: what; in words */
};

enum { C_UNSET_MAX = 8 };

/* Memory of the heap was read before anybody had written it: no fault, but nobody can say what was
 * read. */
struct c_unset {
    uintptr_t at;
    uint32_t g, pc;             /* who, and where */
    uint32_t made_g, made_pc;   /* who allocated the block, and where */
    uint32_t size;              /* bytes */
};

struct c_face;

/* Loads the object.  memory_limit: bytes of heap a run may have.  NULL: error (size
 * bytes) says what is missing in the program. */
struct c_face *c_face_new(const char *object_path, size_t memory_limit, char *error, size_t size);
void c_face_free(struct c_face *face);

/* One run of main from the prepared state; the run must be clear. */
enum run_end c_face_run(struct c_face *face, struct run *run);

/* Of the last run. */
const struct c_fault *c_face_fault(const struct c_face *face);

/* Of the last run: at most C_UNSET_MAX, one for each place in the program. */
const struct c_unset *c_face_unset(struct c_face *face, uint32_t *count);

/* "heap overflow: writes 4 bytes right after the block of 40 bytes"; the bytes written as by
 * snprintf. */
int c_fault_text(const struct c_fault *fault, char *text, size_t size);

#endif

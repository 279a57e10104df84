/* compile.h -- a learner's C file becomes a shared object.
 *
 * One call of the compiler translates and links.  The object is instrumented as for
 * ThreadSanitizer but linked without its library: the hooks it calls, go.h's functions
 * and the library functions of c/wrap.h are the executable's own.  It asks for
 *   -fsanitize=thread             a call for each access of memory and each function
 *   -fsanitize=bounds,...         a call where something undefined would happen (c/undefined.c)
 *   -fsanitize-coverage=trace-pc  a call for each basic block: ends loops without any
 *   -ftrivial-auto-var-init       what was forgotten to be set is the same each time
 *   -Bsymbolic                    a learner's function may be called as one of ours
 *
 * The compiler is a process of its own without a shell, under limits; the caller
 * may wait for it, or look from time to time.
 */
#ifndef BRAID_C_COMPILE_H
#define BRAID_C_COMPILE_H

#include "c/scratch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct compile_request {
    const char *source;        /* the learner's file; its name appears in places */
    const char *include;       /* the directory that holds go.h */
    const char *const *flags;  /* the user's, NULL-terminated; they win over ours; may be NULL */
    bool unchecked;            /* without any hook or check, and optimised: see go_fast.h */
};

struct compile_message {
    const char *file;          /* in `text` of the result, as the strings below */
    const char *message;
    uint32_t line;
    bool error;                /* else a warning */
};

enum compile_end {
    COMPILE_DONE,              /* `object` is there */
    COMPILE_ERRORS,            /* the learner's: see text and messages */
    COMPILE_OVER_LIMIT,        /* the learner's: took too long */
    COMPILE_FAILED,            /* ours: no compiler, no room for files; see text */
};

struct compile_result {
    enum compile_end end;
    char *compiler;            /* its name; NULL when there is none */
    char *object;              /* path; removed by compile_result_release; NULL: none */
    struct scratch scratch;    /* that it lies in */
    char *text;                /* what the compiler said, or why it failed; never NULL */
    char *strings;             /* what the messages point into */
    struct compile_message *messages;
    size_t count;
};

struct compile;

/* Starts the compiler ($BRAID_CC, else gcc, cc, clang).  The request is borrowed for the
 * call.  Never fails outwardly: what went wrong is the result.  NULL: out of memory. */
struct compile *compile_start(const struct compile_request *request);

/* Becomes readable when there is something to poll for; -1 when it is over. */
int compile_fd(const struct compile *compile);

/* Waits at most timeout_ms (0: only looks, -1: until done); true when it is over. */
bool compile_poll(struct compile *compile, int timeout_ms);

/* Takes the result (release it) and frees `compile`; what is still at work is killed. */
void compile_finish(struct compile *compile, struct compile_result *result);

/* Deletes the object file and frees. */
void compile_result_release(struct compile_result *result);

#endif

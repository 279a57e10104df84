/* signature.h -- the parts of a signature of the reference, in Lua or C.
 *
 *     sync.Cond(mu: sync.Mutex, name?: string) -> sync.Cond
 *     void go(void (*fn)(void *), void *arg)
 */
#ifndef BRAID_COURSE_SIGNATURE_H
#define BRAID_COURSE_SIGNATURE_H

#include "base/text.h"
#include "course/course.h"

/* A part of a string, borrowed. */
struct span {
    const char *at;
    size_t len;
};

/* The name it is about: "c:send", "sync.Mutex", "go_send", "SECOND", "struct wg". */
void signature_word(const char *signature, enum course_language language, char *out, size_t size);

/* What stands between the outer parentheses; false: it is a value or a type, not a function. */
bool signature_arguments(const char *signature, struct span *arguments);

/* What a Lua function gives back, behind "->"; empty: nothing. */
struct span signature_results(const char *signature);

/* Takes what stands before the next comma outside brackets from the rest.  False: nothing left. */
bool signature_next(struct span *rest, struct span *part);

/* "name?: type" of Lua in its two; without a name the whole is the type. */
void signature_split(struct span part, struct span *name, struct span *type);

/* Adds the call as a program writes it, without types: "wg:add(delta)", "go(fn, arg)"; of what is
 * no function its word. */
void signature_call(const char *signature, enum course_language language, struct text *out);

#endif

/* fault.h -- the learner's mistakes that Go answers with a panic or a fatal
 * error, and Go's own words for them.
 *
 * An operation that meets one returns it instead of acting; the face turns it
 * into the language's own way of panicking (an error in Lua, the end of the
 * run in C).
 */
#ifndef BRAID_RT_FAULT_H
#define BRAID_RT_FAULT_H

#include <stdbool.h>

/* X(NAME, fatal, text): a fatal error cannot be recovered. */
#define FAULTS(X)                                                                   \
    X(NONE, 0, "")                                                                  \
    X(SEND_CLOSED, 0, "send on closed channel")                                     \
    X(CLOSE_CLOSED, 0, "close of closed channel")                                   \
    X(CLOSE_NIL, 0, "close of nil channel")                                         \
    X(CHAN_SIZE, 0, "makechan: size out of range")                                  \
    X(WG_NEGATIVE, 0, "sync: negative WaitGroup counter")                           \
    X(WG_REUSED, 0, "sync: WaitGroup is reused before previous Wait has returned")  \
    X(UNLOCK_UNLOCKED, 1, "sync: unlock of unlocked mutex")                         \
    X(TICKER_PERIOD, 0, "non-positive interval for NewTicker")                      \
    X(TICKER_RESET, 0, "non-positive interval for Ticker.Reset")                    \
    X(RW_UNLOCK, 1, "sync: Unlock of unlocked RWMutex")                             \
    X(RW_RUNLOCK, 1, "sync: RUnlock of unlocked RWMutex")                           \
    X(SEMAPHORE_RELEASE, 0, "semaphore: released more than held")                   \
    X(COPIED, 0, "sync: copied after first use")                                    \
    X(NO_MEMORY, 1, "out of memory")

enum fault {
#define X(name, fatal, text) FAULT_##name,
    FAULTS(X)
#undef X
    FAULT_COUNT
};

/* Go's message, without "panic: " or "fatal error: ". */
const char *fault_text(enum fault fault);

/* Whether no recover can catch it. */
bool fault_is_fatal(enum fault fault);

#endif

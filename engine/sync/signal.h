/* signal.h -- package os/signal: signals that a program raises, or the world sends it.
 *
 * A signal goes to every channel that asked for it by Notify, in the order in which they asked.
 * Sending it never waits: when a channel is full, or unbuffered with nobody sure to receive
 * already, the signal is lost.  One that nobody asked for ends the program ("signal: interrupt",
 * exit code 2) if it is one of those that do.
 *
 * Who raises a signal is not ordered before who gets it, as in Go, where another goroutine sends
 * it on.  All that is asked for dies with the run.
 */
#ifndef BRAID_SYNC_SIGNAL_H
#define BRAID_SYNC_SIGNAL_H

#include "sync/context.h"

/* X(NAME, Linux's number, Go's words, whether it ends a program that did not ask for it) */
#define SIGNALS(X)                             \
    X(SIGHUP, 1, "hangup", 1)                  \
    X(SIGINT, 2, "interrupt", 1)               \
    X(SIGQUIT, 3, "quit", 1)                   \
    X(SIGKILL, 9, "killed", 1)                 \
    X(SIGUSR1, 10, "user defined signal 1", 0) \
    X(SIGUSR2, 12, "user defined signal 2", 0) \
    X(SIGTERM, 15, "terminated", 1)

enum { SIGNAL_EXIT_CODE = 2, SIGNAL_KILL = 9 };

/* Go's words for a signal; NULL: no such signal. */
const char *signal_words(uint32_t number);

/* "SIGINT" or Go's words as a number; 0: no such signal. */
uint32_t signal_number(const char *name);

/* Signals as a set. */
#define SIGNAL_BIT(number) (UINT64_C(1) << (number))
#define SIGNAL_ALL UINT64_MAX

/* Notify: these signals, and those it asked for before, are sent on chan.  encode: how the face
 * puts a signal into an element of its channels, which has at most SIGNAL_ELEMENT_MAX bytes. */
enum { SIGNAL_ELEMENT_MAX = 64 };
void signal_notify(struct run *run, struct chan *chan, uint64_t set,
                   void (*encode)(uint32_t number, void *element));

/* NotifyContext: a context that the first of these signals cancels.  NULL: out of memory. */
struct context *signal_notify_context(struct run *run, struct context *parent, uint64_t set);

/* Stop: nothing is sent on chan any more. */
void signal_stop(struct run *run, struct chan *chan);

/* The stop function of signal_notify_context: the signals do again what they did without it, and
 * the context is cancelled. */
void signal_stop_context(struct run *run, struct context *context);

/* Ignore, and Reset: nobody gets these any more; they do nothing, or what they do by themselves. */
void signal_ignore(struct run *run, uint64_t set);
void signal_reset(struct run *run, uint64_t set);

/* The program sends itself a signal: a step.  FAULT_SEND_CLOSED: a channel it was meant for is
 * closed.  Returns not at all when it ends the program. */
enum fault signal_raise(struct run *run, uint32_t number);

/* The world will send a signal at a virtual time.  Also before the run has a goroutine.  False: out
 * of memory. */
bool signal_at(struct run *run, int64_t when, uint32_t number);

#endif

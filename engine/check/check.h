/* check.h -- the checkers, as watchers of a run.
 *
 * A checker reads events (and, the race detector, accesses) and adds findings.
 * Create once, attach to any number of runs one after the other: `begin` resets the
 * checker.  The findings are borrowed; whoever starts the runs empties them.
 */
#ifndef BRAID_CHECK_CHECK_H
#define BRAID_CHECK_CHECK_H

#include "check/finding.h"
#include "rt/hook.h"

#include <stddef.h>
#include <stdint.h>

/* Data races by happens-before (order.h); at most one report per pair of places in a
 * run, and none of what happens after main returned.  NULL: out of memory. */
struct watcher *race_new(struct findings *findings);
void race_free(struct watcher *watcher);

/* At a run's end, what it stood still or broke off with: a deadlock (one finding for
 * main, with where it waits); when main has returned, every goroutine that is still there
 * as a leak, blocked for ever (value 0) or never ending (value 1, obj 0); a panic; a false
 * check; a budget used up.  What a face alone can know (an address, a load error) is not
 * here.  NULL: out of memory. */
struct watcher *rest_new(struct findings *findings);
void rest_free(struct watcher *watcher);

/* A circle of goroutines that wait for each other's locks while others went on: as a deadlock of
 * value 1, told of who closed the circle and of its BLOCK, the moment it arose; its members are
 * then no leaks.  To be told after rest.  NULL: out of memory. */
struct watcher *deadlock_new(struct findings *findings);
void deadlock_free(struct watcher *watcher);

/* Who waits for what nobody can bring about any more, though others go on (stuck.c says when it looks,
 * and what that costs).  When main is one of them the run is over (RUN_STUCK), with a deadlock of
 * value 2.  Of a run that is broken off because it goes on for ever the others are told, each as
 * a leak of value 0; where main returned rest does.  *when may change between runs.  NULL: out of
 * memory. */
enum stuck_when {
    STUCK_SELDOM, /* what costs next to nothing */
    STUCK_TELLS,  /* as seldom, but the moment when each got stuck is told as an event, too */
    STUCK_STOPS,  /* the same, and the run is over at the moment when main gets stuck */
};
struct watcher *stuck_new(struct findings *findings, const enum stuck_when *when);
void stuck_free(struct watcher *watcher);

/* At the end of a run in which main returned and every goroutine ended: contexts that were made
 * with a cancel function (WithCancel, WithTimeout, WithDeadline), were still live when main
 * returned, and whose cancel nobody ever called, as leaks (value 2, obj the context, the place
 * where it was made).  This is the fault that `go vet` calls lostcancel, seen in runs: a context
 * that its parent or its clock had ended by then holds nothing any more and is no fault.
 * So are tickers nobody stopped whose maker had ended by then (value 3): they go on for as long as the
 * program does.  To be told after rest, whose findings are graver.  NULL: out of memory. */
struct watcher *leak_new(struct findings *findings);
void leak_free(struct watcher *watcher);

#endif

/* clock.h -- what package time does with virtual time: sleep, after, tickers.
 *
 * Durations are nanoseconds.  Time channels carry the virtual time of the tick
 * as an int64_t (chan_type clock_type).
 */
#ifndef BRAID_SYNC_CLOCK_H
#define BRAID_SYNC_CLOCK_H

#include "sync/chan.h"

struct clock_timer {
    uint32_t id;
    struct chan *chan;  /* NULL: of AfterFunc */
    struct timer timer;
    int64_t period;     /* 0: fires once */
    void (*entry)(void *arg); /* of AfterFunc, with the place where it was set */
    void *arg;
    const char *name;
    uint32_t line, file, pc;
};

extern const struct chan_type clock_type;

void clock_sleep(struct run *run, int64_t duration);

/* NewTimer: a channel of one slot that gets the time after `duration`. NULL: out of memory. */
struct clock_timer *clock_after(struct run *run, int64_t duration);

/* NewTicker; *fault is FAULT_TICKER_PERIOD or FAULT_NO_MEMORY when it returns NULL. */
struct clock_timer *clock_ticker(struct run *run, int64_t period, enum fault *fault);

/* AfterFunc: starts entry(arg) as a goroutine after `duration`.  name may be NULL, is borrowed.
 * NULL: out of memory. */
struct clock_timer *clock_after_func(struct run *run, int64_t duration, void (*entry)(void *arg),
                                     void *arg, const char *name);

/* Reset: counts anew from now; tickers: with this period (FAULT_TICKER_RESET when not positive).
 * *was: it had not fired (tickers: was running).  As in Go before 1.23, a value that lies in
 * the channel stays there. */
enum fault clock_reset(struct run *run, struct clock_timer *timer, int64_t duration, bool *was);

/* Stop: true when it had not fired (tickers: was running). */
bool clock_stop(struct run *run, struct clock_timer *timer);

#endif

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
    struct chan *chan;
    struct timer timer;
    int64_t period; /* 0: fires once */
};

extern const struct chan_type clock_type;

void clock_sleep(struct run *run, int64_t duration);

/* NewTimer: a channel of one slot that gets the time after `duration`. NULL: out of memory. */
struct clock_timer *clock_after(struct run *run, int64_t duration);

/* NewTicker; *fault is FAULT_TICKER_PERIOD or FAULT_NO_MEMORY when it returns NULL. */
struct clock_timer *clock_ticker(struct run *run, int64_t period, enum fault *fault);

/* Stop: true when it had not fired (tickers: was running). */
bool clock_stop(struct run *run, struct clock_timer *timer);

#endif

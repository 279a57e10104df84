/* go_fast.c -- the engine's side of go_fast.h: what a program takes the engine's structs for is
 * held against what they are.
 */
#include "c/go_inside.h"
#define GO_FAST
#include "go.h"
#include "sync/chan.h"
#include "sync/mutex.h"

#define SAME(seen, field, real, own)                                                           \
    _Static_assert(offsetof(struct seen, field) == offsetof(struct real, own) &&               \
                       sizeof ((struct seen *)0)->field == sizeof ((struct real *)0)->own,     \
                   #seen "." #field " is " #real "." #own)

SAME(go_fast_run, steps, run, steps);
SAME(go_fast_run, fast_until, run, fast_until);
SAME(go_fast_run, stamp, run, stamp);
SAME(go_fast_run, vain, run, vain);
SAME(go_fast_run, npolled, run, npolled);

SAME(go_fast_lazy, owner, go_lazy, owner);
SAME(go_fast_lazy, object, go_lazy, object);

SAME(go_fast_mutex, locked, mutex, locked);
SAME(go_fast_mutex, first, mutex, first);

SAME(go_fast_chan, own_size, chan, own_size);
SAME(go_fast_chan, cap, chan, cap);
SAME(go_fast_chan, len, chan, len);
SAME(go_fast_chan, head, chan, head);
SAME(go_fast_chan, buffer, chan, buffer);
SAME(go_fast_chan, senders, chan, senders);
SAME(go_fast_chan, receivers, chan, receivers);

#define ENTER() c_enter(__builtin_return_address(0))

void go_fast_send_at(struct go_fast_chan *chan, const void *element)
{
    struct run *run = ENTER();

    c_check(run, element, chan->own_size, false);
    go_check_fault(run, chan_send(run, (struct chan *)chan, (void *)element));
}

bool go_fast_recv_at(struct go_fast_chan *chan, void *element)
{
    struct run *run = ENTER();
    bool ok;

    if (element)
        c_check(run, element, chan->own_size, true);
    chan_recv(run, (struct chan *)chan, element, &ok);
    return ok;
}

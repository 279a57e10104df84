/* go_fast.c -- holds what a program compiled without checks takes the engine's structs for against
 * what they are.  There is no code: it is all in the program.
 */
#include "go.h"
#include "go_fast.h"
#include "c/go_inside.h"
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

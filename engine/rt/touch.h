/* touch.h -- which steps commute: one table over what they touch.
 *
 * A step says which objects it acts on and how.  Two steps of different goroutines commute (may
 * be swapped without any difference to what follows) unless they touch one object in modes that
 * do not, or one is a party to the other (a hand-off is a step of sender and receiver).
 *
 * For some modes a step has to wait until its object's state lets it; the state is a level (items
 * in a buffer, readers inside, a WaitGroup's counter, a semaphore's value) and whether it is shut
 * (locked, closed).  Each touch carries the state as it was before the step, so that from the
 * touches of other steps can be told whether it could have been made earlier
 * (explore/dpor_race.c).
 */
#ifndef BRAID_RT_TOUCH_H
#define BRAID_RT_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

/* X(mode, what, waits until, level changes by, then shut is, does not commute with)
 *
 * Why it is sound to let the others commute (tests/unit/rt/test_touch.c executes both orders):
 * LOOK     sees the same before and after another look.
 * RAISE    additions add up in any order.  With LOWER they do not commute: from zero, Done before
 *          Add panics.
 * LOWER    subtractions too; who makes the counter zero does not matter, Wait passes after all.
 *          (One too many is a CHANGE.)
 * ENTER    who reads keeps no other reader out; leaving as well, of one's own read lock (who gives
 *          up another's touches with CHANGE).
 * SEND     the k-th send and the k-th receive are item k's; the (k + capacity)-th send takes the
 *          place of the k-th item.  Any other send and receive happen at different ends of a
 *          buffer neither empty nor full.  Two sends do not commute: the receivers see their
 *          order.
 * RECV     likewise; and what is in the buffer when it is closed comes out all the same.
 * DRAINED  a receive from a closed and empty channel changes nothing.
 * FAIL     nor does what fails because a channel is closed, whatever is in its buffer.
 * CLOSE    does not change what is in the buffer.
 * HAND     a hand-off without a buffer is known by its two parties.  Others' are none of its
 *          concern, and its own parties' other steps never commute with it.
 * ARRIVE   to come to wait at a channel without a buffer makes hand-offs possible and changes none;
 *          only polls see it.  At a WaitGroup, whether one had come to wait when the counter became
 *          zero makes a difference (sync/waitgroup.c).
 * POST     a post is never kept from anything, keeps nobody, and who takes does not see whose it
 *          was.  It may be what lets a TAKE go on: they commute whenever both are possible.
 * OFFER    a case that a select did not take leaves no trace. */
#define TOUCH_MODES(X)                                                                          \
    X(CHANGE,  "anything else",              ALWAYS,   0, SAME,  ~BIT(OFFER))                   \
    X(LOOK,    "len, Err, a load",           ALWAYS,   0, SAME,                                 \
      BIT(CHANGE) | BIT(RAISE) | BIT(LOWER) | BIT(LOCK) | BIT(UNLOCK) | BIT(ENTER) | BIT(LEAVE) \
      | BIT(ALONE) | BIT(SEND) | BIT(RECV) | BIT(POST) | BIT(TAKE))                             \
    X(RAISE,   "Add; to wait on a Cond",     ALWAYS,   1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOWER) | BIT(ZERO))                                         \
    X(LOWER,   "Done",                       ALWAYS,  -1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(RAISE) | BIT(ZERO) | BIT(ARRIVE))                           \
    X(ZERO,    "Wait",                       IF_ZERO,  0, SAME,                                 \
      BIT(CHANGE) | BIT(RAISE) | BIT(LOWER))                                                    \
    X(LOCK,    "Lock; the first of a Once",  IF_OPEN,  0, SHUT,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOCK) | BIT(UNLOCK) | BIT(ENTER) | BIT(LEAVE) | BIT(ALONE)) \
    X(UNLOCK,  "Unlock; its function's end", ALWAYS,   0, OPEN,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOCK) | BIT(UNLOCK) | BIT(ENTER) | BIT(LEAVE) | BIT(ALONE)) \
    X(ENTER,   "RLock",                      IF_OPEN,  1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOCK) | BIT(UNLOCK) | BIT(ALONE))                           \
    X(LEAVE,   "RUnlock",                    ALWAYS,  -1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOCK) | BIT(UNLOCK) | BIT(ALONE))                           \
    X(ALONE,   "Lock, the readers gone",     IF_ZERO,  0, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(LOCK) | BIT(UNLOCK) | BIT(ENTER) | BIT(LEAVE) | BIT(ALONE)) \
    X(SEND,    "into a buffer",              IF_ROOM,  1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(SEND) | BIT(RECV) | BIT(DRAINED) | BIT(CLOSE))              \
    X(RECV,    "out of a buffer",            IF_ITEM, -1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(SEND) | BIT(RECV) | BIT(DRAINED))                           \
    X(DRAINED, "from closed and empty",      ALWAYS,   0, SAME,                                 \
      BIT(CHANGE) | BIT(SEND) | BIT(RECV) | BIT(CLOSE))                                         \
    X(FAIL,    "send or close when closed",  ALWAYS,   0, SAME,  BIT(CHANGE) | BIT(CLOSE))      \
    X(CLOSE,   "close",                      ALWAYS,   0, SHUT,                                 \
      BIT(CHANGE) | BIT(SEND) | BIT(DRAINED) | BIT(FAIL) | BIT(CLOSE) | BIT(HAND))              \
    X(HAND,    "from hand to hand",          ALWAYS,   0, SAME,  BIT(CHANGE) | BIT(CLOSE))      \
    X(ARRIVE,  "came to wait for that",      ALWAYS,   0, SAME,  BIT(CHANGE) | BIT(LOWER))      \
    X(POST,    "sem_post",                   ALWAYS,   1, SAME,  BIT(CHANGE) | BIT(LOOK))       \
    X(TAKE,    "sem_wait",                   IF_SOME, -1, SAME,                                 \
      BIT(CHANGE) | BIT(LOOK) | BIT(TAKE))                                                      \
    X(OFFER,   "a case not taken",           ALWAYS,   0, SAME,  0)

enum touch_mode {
#define X(mode, what, until, level, shut, conflicts) TOUCH_##mode,
    TOUCH_MODES(X)
#undef X
    TOUCH_MODE_COUNT
};

enum touch_obj {
    TOUCH_NOTHING = 0,
    TOUCH_COUNT = UINT32_MAX - 2,  /* how many goroutines there are */
    TOUCH_OUTPUT = UINT32_MAX - 1, /* standard output, when its order matters */
    TOUCH_ALL = UINT32_MAX,        /* commutes with nothing */
};

/* Of an object, as far as it decides who can go on. */
struct touch_state {
    int32_t level;
    uint32_t sent, received; /* channels: how many so far */
    bool shut;
};

struct touch {
    uint32_t obj;  /* an object's id, or one of enum touch_obj */
    uint8_t mode;  /* enum touch_mode */
    uint32_t cap;  /* SEND, RECV: the channel's capacity; RAISE, LOWER: by how much, 0 is 1 */
    struct touch_state before; /* of the object, before the step */
};

/* The touches of one step.  Of who waits at channels: one for each case, in order. */
struct touches {
    struct touch *at;
    uint32_t n;
};

/* In bit m of element k: whether modes k and m do not commute, for SEND and RECV: may not. */
extern const uint32_t touch_conflicts[TOUCH_MODE_COUNT];

/* The table, for who has to be told more: whether a send and a receive are kept in order. */
static inline bool touch_linked(const struct touch *send, const struct touch *recv)
{
    return send->before.sent == recv->before.received ||
           send->before.sent == recv->before.received + recv->cap;
}

/* Whether two touches keep their steps from commuting. */
static inline bool touch_conflict(const struct touch *a, const struct touch *b)
{
    if (a->obj != b->obj)
        return a->obj == TOUCH_ALL || b->obj == TOUCH_ALL;
    if (a->obj == TOUCH_ALL)
        return true;
    if (a->obj == TOUCH_NOTHING || !(touch_conflicts[a->mode] >> b->mode & 1))
        return false;
    if (a->mode == TOUCH_SEND && b->mode == TOUCH_RECV)
        return touch_linked(a, b);
    if (a->mode == TOUCH_RECV && b->mode == TOUCH_SEND)
        return touch_linked(b, a);
    return true;
}

/* Whether a step that touches so can be made in this state. */
bool touch_possible(const struct touch *touch, struct touch_state state);

/* Whether there are states in which a step that touches so has to wait. */
bool touch_waits(enum touch_mode mode);

/* In bit m of element k: whether one that touches in mode k may let one that waits to touch in mode
 * m go on, without conflict. */
extern const uint32_t touch_lets[TOUCH_MODE_COUNT];

/* What the step makes of the object's state. */
void touch_effect(const struct touch *touch, struct touch_state *state);
bool touch_sets_shut(enum touch_mode mode);

#endif

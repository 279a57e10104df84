/* test_race.c -- the race detector on hand-made runs: one test for each edge of the
 * memory model, present and absent. */
#include "check/check.h"
#include "rt/run.h"
#include "rt/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Addresses of variables; far apart. */
enum { X = 0x1000, Y = 0x2000 };

static struct run run;
static struct findings found;
static struct watcher *race;

/* A new run of the same detector, main alone. */
static void begin(void)
{
    memset(&found, 0, sizeof found);
    trace_clear(run.trace);
    run.main_done = false;
    run.self = run.live = NULL;
    race->begin(race, &run);
}

static int setup(void **state)
{
    (void)state;
    memset(&run, 0, sizeof run);
    run.trace = trace_new(4096, 4096);
    race = race_new(&found);
    run.watchers = race;
    if (!run.trace || !race)
        return -1;
    begin();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    race_free(race);
    free(run.trace);
    return 0;
}

static void emit(struct event event)
{
    trace_add(run.trace, &event);
    race->event(race, &run, &event);
}

#define EVENT(...) emit((struct event){__VA_ARGS__})

static void go(uint32_t parent, uint32_t child)
{
    EVENT(.kind = EVENT_GO, .g = parent, .other = child);
}

static void chan(uint32_t obj, int64_t cap)
{
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CHAN, .value = cap);
}

static void context(uint32_t obj, uint32_t done)
{
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CONTEXT, .value = -1);
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = done, .extra = OBJECT_CHAN, .other = obj);
}

static void buffered_send(uint32_t g, uint32_t obj, uint32_t seq)
{
    EVENT(.kind = EVENT_SEND, .g = g, .obj = obj, .seq = seq);
}

static void buffered_recv(uint32_t g, uint32_t obj, uint32_t seq)
{
    EVENT(.kind = EVENT_RECV, .g = g, .obj = obj, .seq = seq);
}

static void recv_closed(uint32_t g, uint32_t obj)
{
    EVENT(.kind = EVENT_RECV, .g = g, .obj = obj, .flags = EVENT_CLOSED);
}

static void simple(enum event_kind kind, uint32_t g, uint32_t obj)
{
    EVENT(.kind = (uint8_t)kind, .g = g, .obj = obj);
}

static void add(uint32_t g, uint32_t obj, int64_t delta)
{
    EVENT(.kind = EVENT_WG_ADD, .g = g, .obj = obj, .value = delta);
}

static void touch(uint32_t g, uintptr_t where, uint32_t size, bool write, bool atomic, uint32_t pc)
{
    struct access access = {.where = where, .size = size, .write = write, .atomic = atomic, .g = g,
                            .pc = pc};

    race->access(race, &run, &access);
}

/* Four bytes, each from a pc of its own: goroutine * 256 + 1 (write) or + 2 (read). */
static void write_at(uint32_t g, uintptr_t where)
{
    touch(g, where, 4, true, false, g * 256 + 1);
}

static void read_at(uint32_t g, uintptr_t where)
{
    touch(g, where, 4, false, false, g * 256 + 2);
}

static void races(uint32_t count)
{
    assert_int_equal(found.count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(found.at[i].kind, FINDING_RACE);
}

/* --- what a race is ------------------------------------------------------- */

static void write_write(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    write_at(2, X);
    races(1);
}

static void write_then_read(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    read_at(2, X);
    races(1);
}

static void read_then_write(void **state)
{
    (void)state;
    go(1, 2);
    read_at(1, X);
    write_at(2, X);
    races(1);
}

static void reads_do_not_race(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    read_at(1, X);
    read_at(2, X);
    read_at(3, X);
    races(0);
}

static void one_goroutine_does_not_race(void **state)
{
    (void)state;
    write_at(1, X);
    read_at(1, X);
    write_at(1, X);
    races(0);
}

static void other_variables_do_not_race(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    write_at(2, Y);
    races(0);
}

/* The write must be compared with both readers, not with the last one alone. */
static void all_readers_count(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    read_at(2, X);
    read_at(3, X);
    EVENT(.kind = EVENT_SEND, .g = 3, .obj = 1, .other = 1);
    write_at(1, X);
    races(1);
    assert_int_equal(found.at[0].other.g, 2);
}

/* A read by 2 after 2's write must not hide the write from a later reader. */
static void own_read_does_not_hide_own_write(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    simple(EVENT_UNLOCK, 2, 9); /* 2's tick rises */
    read_at(2, X);
    read_at(3, X);
    races(1);
    assert_true(found.at[0].other.write);
}

static void own_write_counts_after_own_read(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    read_at(2, X);
    write_at(2, X);
    read_at(3, X);
    races(1);
}

/* 1 writes, 2 reads in order, 3 writes after both. */
static void ordered_chain_is_silent(void **state)
{
    (void)state;
    chan(1, 0);
    write_at(1, X);
    go(1, 2);
    read_at(2, X);
    go(2, 3);
    write_at(3, X);
    races(0);
    write_at(2, X);
    races(1);
}

/* --- bytes ---------------------------------------------------------------- */

static void neighbours_in_a_granule_do_not_race(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    write_at(2, X + 4);
    races(0);
}

static void bytes_do_not_race_with_their_neighbours(void **state)
{
    (void)state;
    for (uint32_t g = 2; g <= 8; g++)
        go(1, g);
    for (uint32_t g = 1; g <= 8; g++)
        touch(g, X + g - 1, 1, true, false, g);
    races(0);
    touch(1, X + 7, 1, false, false, 100);
    races(1);
    assert_int_equal(found.at[0].other.g, 8);
}

static void partial_overlap_races(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X, 8, true, false, 1);
    touch(2, X + 7, 1, false, false, 2);
    races(1);
}

static void overlap_across_granules_races(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X + 6, 4, true, false, 1); /* bytes 6..9 */
    touch(2, X + 8, 1, false, false, 2);
    races(1);
}

/* A write of part of it must not drop the mark of the rest. */
static void rest_of_a_mark_stays(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    touch(2, X, 8, true, false, 1);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    touch(1, X, 4, true, false, 2); /* after 2's */
    touch(3, X + 4, 4, false, false, 3);
    races(1);
    assert_int_equal(found.at[0].other.g, 2);
}

static void ranges_race_where_they_meet(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X, 4000, true, false, 1);
    touch(2, X + 4000, 100, true, false, 2);
    races(0);
    touch(2, X + 3999, 100, true, false, 3);
    races(1);
}

static void bytes_touched_one_by_one_share_a_mark(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    for (uint32_t i = 0; i < 8; i++)
        touch(1, X + i, 1, true, false, 1);
    for (uint32_t i = 0; i < 8; i++)
        touch(2, X + i, 1, false, false, 2);
    races(1); /* one pair of places */
    touch(3, X + 5, 1, false, false, 3);
    races(2);
    assert_int_equal(found.at[1].other.g, 1);
}

/* Places of Lua are odd numbers: 7 and 9 are two variables. */
static void lua_places_are_apart(void **state)
{
    struct access a = {.where = 7, .size = 1, .write = true, .g = 1, .line = 10};
    struct access b = {.where = 9, .size = 1, .write = true, .g = 2, .line = 20};

    (void)state;
    go(1, 2);
    race->access(race, &run, &a);
    race->access(race, &run, &b);
    races(0);
    b.where = 7;
    race->access(race, &run, &b);
    races(1);
    assert_int_equal(found.at[0].at.line, 20);
    assert_int_equal(found.at[0].at.pc, 0);
    assert_int_equal(found.at[0].other.line, 10);
}

/* --- go, end -------------------------------------------------------------- */

static void go_orders_what_came_before(void **state)
{
    (void)state;
    write_at(1, X);
    go(1, 2);
    write_at(2, X);
    races(0);
}

static void go_does_not_order_what_comes_after(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    write_at(1, X);
    races(1);
}

static void siblings_are_not_ordered(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    go(1, 3);
    write_at(3, X);
    races(1);
}

static void the_end_of_a_goroutine_orders_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    simple(EVENT_END, 2, 0);
    read_at(1, X);
    races(1);
}

/* --- unbuffered ----------------------------------------------------------- */

static void unbuffered_send_orders_the_receiver(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    read_at(1, X);
    races(0);
}

static void unbuffered_receive_orders_the_sender(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_RECV, .g = 2, .obj = 1, .other = 1);
    write_at(1, X);
    races(0);
}

static void after_the_hand_off_both_are_free(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    write_at(2, X);
    read_at(1, X);
    races(1);
}

static void a_hand_off_orders_both_ways(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    write_at(1, X);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    write_at(2, X);
    races(0);
    write_at(1, Y);
    read_at(2, Y);
    races(1);
}

static void what_follows_a_hand_off_is_new(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    write_at(2, X); /* the same once more, but now nothing orders it */
    read_at(1, X);
    races(1);
}

static void a_hand_off_orders_its_parties_only(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1);
    write_at(3, X);
    races(1);
}

static void order_is_transitive(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    EVENT(.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 3);
    EVENT(.kind = EVENT_RECV, .g = 1, .obj = 1, .other = 3);
    write_at(1, X);
    races(0);
}

/* --- buffered ------------------------------------------------------------- */

static void buffered_send_orders_its_receive(void **state)
{
    (void)state;
    chan(1, 2);
    go(1, 2);
    write_at(2, X);
    buffered_send(2, 1, 1);
    buffered_recv(1, 1, 1);
    read_at(1, X);
    races(0);
}

static void buffered_send_does_not_order_an_earlier_receive(void **state)
{
    (void)state;
    chan(1, 2);
    go(1, 2);
    go(1, 3);
    buffered_send(3, 1, 1);
    write_at(2, X);
    buffered_send(2, 1, 2);
    buffered_recv(1, 1, 1); /* took 3's */
    read_at(1, X);
    races(1);
}

static void buffered_receive_orders_the_send_that_takes_its_slot(void **state)
{
    (void)state;
    chan(1, 2);
    go(1, 2);
    buffered_send(1, 1, 1);
    buffered_send(1, 1, 2);
    write_at(2, X);
    buffered_recv(2, 1, 1);
    buffered_send(1, 1, 3); /* 3 = 1 + cap */
    write_at(1, X);
    races(0);
}

static void buffered_receive_does_not_order_an_earlier_send(void **state)
{
    (void)state;
    chan(1, 3);
    go(1, 2);
    buffered_send(1, 1, 1);
    buffered_send(1, 1, 2);
    write_at(2, X);
    buffered_recv(2, 1, 1);
    buffered_send(1, 1, 3); /* there was room anyway */
    write_at(1, X);
    races(1);
}

/* A channel with one slot as a lock: Go's own example of a counting semaphore. */
static void buffer_of_one_is_a_lock(void **state)
{
    (void)state;
    chan(1, 1);
    go(1, 2);
    buffered_send(1, 1, 1);
    write_at(1, X);
    buffered_recv(1, 1, 1);
    buffered_send(2, 1, 2);
    write_at(2, X);
    buffered_recv(2, 1, 2);
    races(0);
}

/* The ring of slots grows while clocks lie in it. */
static void a_long_buffer_keeps_its_order(void **state)
{
    enum { N = 100 };

    (void)state;
    chan(1, N);
    go(1, 2);
    for (uint32_t i = 1; i <= N; i++) {
        write_at(1, X + 16 * i);
        buffered_send(1, 1, i);
    }
    for (uint32_t i = 1; i <= N; i++) {
        buffered_recv(2, 1, i);
        write_at(2, X + 16 * i);
        if (i == 50)
            races(0);
    }
    races(0);
    write_at(1, X + 16);
    races(1);
}

/* --- close, cancel -------------------------------------------------------- */

static void close_orders_who_finds_it_closed(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    simple(EVENT_CLOSE, 2, 1);
    recv_closed(1, 1);
    recv_closed(3, 1);
    read_at(1, X);
    read_at(3, X);
    races(0);
}

static void after_close_the_closer_is_free(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    simple(EVENT_CLOSE, 2, 1);
    write_at(2, X);
    recv_closed(1, 1);
    read_at(1, X);
    races(1);
}

/* A value still in the buffer of a closed channel: its sender orders, not the closer. */
static void a_value_from_a_closed_channel_orders_by_its_send(void **state)
{
    (void)state;
    chan(1, 1);
    go(1, 2);
    go(1, 3);
    buffered_send(2, 1, 1);
    write_at(3, X);
    simple(EVENT_CLOSE, 3, 1);
    buffered_recv(1, 1, 1);
    read_at(1, X);
    races(1);
}

static void cancel_orders_who_finds_it_done(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    write_at(1, X);
    simple(EVENT_CANCEL, 1, 1);
    recv_closed(2, 2);
    read_at(2, X);
    races(0);
}

static void only_the_first_cancel_orders(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    simple(EVENT_CANCEL, 1, 1);
    write_at(1, X);
    simple(EVENT_CANCEL, 1, 1);
    recv_closed(2, 2);
    read_at(2, X);
    races(1);
}

static void a_deadline_orders_nothing(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    write_at(1, X);
    simple(EVENT_CANCEL, 0, 1); /* by its timer */
    simple(EVENT_CANCEL, 1, 1); /* too late */
    recv_closed(2, 2);
    read_at(2, X);
    races(1);
}

static void cancel_reaches_the_children(void **state)
{
    (void)state;
    context(1, 2);
    context(3, 4);
    go(1, 2);
    write_at(1, X);
    simple(EVENT_CANCEL, 1, 1);
    EVENT(.kind = EVENT_CANCEL, .g = 1, .obj = 3, .other = 1);
    recv_closed(2, 4);
    read_at(2, X);
    races(0);
}

/* 3 makes a child of a context that 2 has cancelled: it is born cancelled, and who
 * waits for it comes after 2's cancel. */
static void a_child_of_a_cancelled_context_comes_after_the_cancel(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    simple(EVENT_CANCEL, 2, 1);
    context(3, 4);
    EVENT(.kind = EVENT_CANCEL, .g = 3, .obj = 3, .other = 1);
    recv_closed(1, 4);
    read_at(1, X);
    races(0);
}

static void a_look_at_a_cancelled_context_orders(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_LOOK, .g = 1, .obj = 1, .value = 0);
    simple(EVENT_CANCEL, 2, 1);
    EVENT(.kind = EVENT_LOOK, .g = 1, .obj = 1, .value = 1);
    read_at(1, X);
    races(0);
}

static void a_look_at_a_live_context_does_not(void **state)
{
    (void)state;
    context(1, 2);
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_LOOK, .g = 1, .obj = 1, .value = 0);
    simple(EVENT_CANCEL, 2, 1);
    read_at(1, X);
    races(1);
}

/* --- locks, wait groups, time --------------------------------------------- */

static void unlock_orders_the_next_lock(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_LOCK, 1, 1);
    write_at(1, X);
    simple(EVENT_UNLOCK, 1, 1);
    simple(EVENT_LOCK, 2, 1);
    write_at(2, X);
    simple(EVENT_UNLOCK, 2, 1);
    races(0);
}

static void two_locks_do_not_order(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_LOCK, 1, 1);
    write_at(1, X);
    simple(EVENT_UNLOCK, 1, 1);
    simple(EVENT_LOCK, 2, 2);
    write_at(2, X);
    simple(EVENT_UNLOCK, 2, 2);
    races(1);
}

static void a_write_after_unlock_races(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_LOCK, 1, 1);
    simple(EVENT_UNLOCK, 1, 1);
    write_at(1, X);
    simple(EVENT_LOCK, 2, 1);
    write_at(2, X);
    races(1);
}

static void done_orders_wait(void **state)
{
    (void)state;
    add(1, 1, 2);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    add(2, 1, -1);
    write_at(3, Y);
    add(3, 1, -1);
    simple(EVENT_WG_WAIT, 1, 1);
    read_at(1, X);
    read_at(1, Y);
    races(0);
}

static void done_does_not_order_the_others(void **state)
{
    (void)state;
    add(1, 1, 2);
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    add(2, 1, -1);
    write_at(3, X);
    add(3, 1, -1);
    races(1);
}

static void add_orders_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    add(2, 1, 1);
    simple(EVENT_WG_WAIT, 1, 1);
    read_at(1, X);
    races(1);
}

static void sleeping_orders_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_SLEEP, .g = 1, .value = 1000000);
    EVENT(.kind = EVENT_TIME);
    EVENT(.kind = EVENT_WAKE, .g = 1);
    read_at(1, X);
    races(1);
}

/* --- atomics -------------------------------------------------------------- */

static void atomics_do_not_race(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X, 4, true, true, 1);
    touch(2, X, 4, true, true, 2);
    touch(1, X, 4, false, true, 3);
    races(0);
}

static void atomic_and_plain_race(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X, 4, true, true, 1);
    read_at(2, X);
    races(1);
    assert_true(found.at[0].other.atomic);
    assert_false(found.at[0].at.atomic);
}

static void atomic_flag_publishes(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    touch(2, Y, 4, true, true, 1);
    touch(1, Y, 4, false, true, 2);
    read_at(1, X);
    races(0);
}

static void a_write_after_the_flag_races(void **state)
{
    (void)state;
    go(1, 2);
    touch(2, Y, 4, true, true, 1);
    write_at(2, X);
    touch(1, Y, 4, false, true, 2);
    read_at(1, X);
    races(1);
}

static void an_atomic_read_publishes_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    touch(2, Y, 4, false, true, 1);
    touch(1, Y, 4, true, true, 2);
    read_at(1, X);
    races(1);
}

static void flags_in_one_granule_are_apart(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    touch(2, Y, 4, true, true, 1);
    touch(1, Y + 4, 4, false, true, 2);
    read_at(1, X);
    races(1);
}

/* 2 reads X plainly, then atomically; 1's atomic write races with the plain read. */
static void an_atomic_read_does_not_hide_a_plain_one(void **state)
{
    (void)state;
    go(1, 2);
    read_at(2, X);
    touch(2, X, 4, false, true, 1);
    touch(1, X, 4, true, true, 2);
    races(1);
    assert_int_equal(found.at[0].other.pc, 2 * 256 + 2);
}

static void a_plain_read_counts_after_an_atomic_one(void **state)
{
    (void)state;
    go(1, 2);
    touch(2, X, 4, false, true, 1);
    read_at(2, X);
    touch(1, X, 4, true, true, 2);
    races(1);
}

/* --- what is told --------------------------------------------------------- */

static void a_finding_names_both_places(void **state)
{
    struct access access = {.where = X, .size = 4, .write = true, .g = 2, .pc = 77};
    const struct finding *finding = &found.at[0];

    (void)state;
    access.name = trace_text_add(run.trace, "counter", 7);
    chan(1, 0);                   /* event 0 */
    go(1, 2);                     /* event 1 */
    simple(EVENT_LOCK, 2, 5);     /* event 2 */
    simple(EVENT_YIELD, 1, 0);    /* event 3 */
    read_at(1, X);
    simple(EVENT_YIELD, 1, 0);    /* event 4 */
    race->access(race, &run, &access);
    races(1);
    assert_string_equal(trace_text(run.trace, finding->text), "counter");
    assert_int_equal(finding->event, 4);
    assert_int_equal(finding->obj, 0);
    assert_int_equal(finding->at.g, 2);
    assert_int_equal(finding->at.pc, 77);
    assert_true(finding->at.write);
    assert_int_equal(finding->at.event, 2);
    assert_int_equal(finding->other.g, 1);
    assert_int_equal(finding->other.pc, 256 + 2);
    assert_false(finding->other.write);
    assert_int_equal(finding->other.event, 3);
}

static void a_hand_off_is_an_event_of_both(void **state)
{
    (void)state;
    go(1, 2);                                                /* event 0 */
    EVENT(.kind = EVENT_RECV, .g = 2, .obj = 1, .other = 1); /* event 1 */
    write_at(2, X);
    write_at(1, X);
    races(1);
    assert_int_equal(found.at[0].at.event, 1);
    assert_int_equal(found.at[0].other.event, 1);
}

static void a_shared_mark_has_its_last_event(void **state)
{
    (void)state;
    go(1, 2);                  /* event 0 */
    touch(1, X, 1, true, false, 5);
    simple(EVENT_YIELD, 1, 0); /* event 1 */
    touch(1, X + 1, 1, true, false, 5);
    read_at(2, X);
    races(1);
    assert_int_equal(found.at[0].other.event, 1);
}

static void no_event_before_is_none(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    read_at(1, X);
    races(1);
    assert_int_equal(found.at[0].other.event, UINT32_MAX);
    assert_int_equal(found.at[0].at.event, 0);
}

static void a_pair_is_told_once(void **state)
{
    (void)state;
    go(1, 2);
    for (int i = 0; i < 10; i++) {
        write_at(1, X);
        write_at(2, X);
        simple(EVENT_YIELD, 1, 0);
        simple(EVENT_UNLOCK, 1, 3);
        simple(EVENT_UNLOCK, 2, 4);
    }
    races(1);
    read_at(2, X + 4);
    write_at(1, X + 4);
    races(2);
}

static void after_main_nothing_is_told(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    simple(EVENT_END, 1, 0);
    run.main_done = true;
    write_at(3, X);
    races(0);
}

static void the_next_run_starts_clean(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    write_at(2, X);
    races(1);
    begin();
    go(1, 2);
    write_at(2, X);
    races(0);
    write_at(1, X);
    races(1); /* and the pair is told again */
}

/* Neither marks nor closed channels are left from the run before. */
static void nothing_is_left_of_the_last_run(void **state)
{
    (void)state;
    chan(1, 0);
    go(1, 2);
    write_at(2, X);
    simple(EVENT_CLOSE, 2, 1);
    begin();
    chan(1, 0);
    go(1, 2);
    go(1, 3);
    write_at(3, X);
    write_at(2, Y);
    simple(EVENT_CLOSE, 2, 1);
    recv_closed(1, 1);
    read_at(1, Y);
    races(0);
}

static void more_than_fit_are_counted(void **state)
{
    (void)state;
    go(1, 2);
    for (uint32_t i = 0; i < FINDINGS_MAX + 5; i++) {
        touch(1, X + 8 * i, 4, true, false, 1000 + i);
        touch(2, X + 8 * i, 4, true, false, 2000 + i);
    }
    races(FINDINGS_MAX);
    assert_int_equal(found.more, 5);
}

/* --- memory that begins a new life ---------------------------------------- */

static void forgotten_memory_does_not_race(void **state)
{
    (void)state;
    go(1, 2);
    touch(1, X, 32, true, false, 1);
    race_forget(&run, X, 16);
    touch(2, X, 16, true, false, 2);
    races(0);
    touch(2, X + 16, 16, true, false, 3);
    races(1);
}

/* 2 ends; 3 gets its stack.  3 knows nothing of 2, and yet there is no race. */
static void a_stack_used_again_does_not_race(void **state)
{
    static _Alignas(16) char stack[STACK_SIZE];
    struct goroutine two = {.id = 2, .stack = stack}, three = {.id = 3, .stack = stack};

    (void)state;
    go(1, 2);
    run.live = run.self = &two;
    write_at(2, (uintptr_t)stack + 1000);
    write_at(2, (uintptr_t)stack + 2000);
    simple(EVENT_END, 2, 0);
    go(1, 3);
    run.live = run.self = &three;
    write_at(3, (uintptr_t)stack + 1000);
    read_at(3, (uintptr_t)stack + 2000);
    races(0);
    write_at(1, (uintptr_t)stack + 1000); /* 1 meddles with 3's stack: that is one */
    races(1);
    assert_int_equal(found.at[0].other.g, 3);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(write_write), T(write_then_read), T(read_then_write), T(reads_do_not_race),
        T(one_goroutine_does_not_race), T(other_variables_do_not_race), T(all_readers_count),
        T(own_read_does_not_hide_own_write), T(own_write_counts_after_own_read), T(ordered_chain_is_silent),
        T(neighbours_in_a_granule_do_not_race), T(bytes_do_not_race_with_their_neighbours),
        T(partial_overlap_races), T(overlap_across_granules_races), T(rest_of_a_mark_stays),
        T(ranges_race_where_they_meet), T(bytes_touched_one_by_one_share_a_mark),
        T(lua_places_are_apart), T(go_orders_what_came_before),
        T(go_does_not_order_what_comes_after), T(siblings_are_not_ordered),
        T(the_end_of_a_goroutine_orders_nothing), T(unbuffered_send_orders_the_receiver),
        T(unbuffered_receive_orders_the_sender), T(after_the_hand_off_both_are_free),
        T(a_hand_off_orders_both_ways),
        T(what_follows_a_hand_off_is_new), T(a_hand_off_orders_its_parties_only), T(order_is_transitive),
        T(buffered_send_orders_its_receive), T(buffered_send_does_not_order_an_earlier_receive),
        T(buffered_receive_orders_the_send_that_takes_its_slot),
        T(buffered_receive_does_not_order_an_earlier_send), T(buffer_of_one_is_a_lock),
        T(a_long_buffer_keeps_its_order), T(close_orders_who_finds_it_closed),
        T(after_close_the_closer_is_free), T(a_value_from_a_closed_channel_orders_by_its_send),
        T(cancel_orders_who_finds_it_done), T(only_the_first_cancel_orders),
        T(a_deadline_orders_nothing), T(cancel_reaches_the_children),
        T(a_child_of_a_cancelled_context_comes_after_the_cancel),
        T(a_look_at_a_cancelled_context_orders), T(a_look_at_a_live_context_does_not),
        T(unlock_orders_the_next_lock), T(two_locks_do_not_order), T(a_write_after_unlock_races),
        T(done_orders_wait), T(done_does_not_order_the_others), T(add_orders_nothing),
        T(sleeping_orders_nothing), T(atomics_do_not_race), T(atomic_and_plain_race),
        T(atomic_flag_publishes), T(a_write_after_the_flag_races),
        T(an_atomic_read_publishes_nothing), T(flags_in_one_granule_are_apart),
        T(an_atomic_read_does_not_hide_a_plain_one), T(a_plain_read_counts_after_an_atomic_one), T(a_finding_names_both_places),
        T(a_hand_off_is_an_event_of_both),
        T(a_shared_mark_has_its_last_event), T(no_event_before_is_none), T(a_pair_is_told_once), T(after_main_nothing_is_told),
        T(the_next_run_starts_clean), T(nothing_is_left_of_the_last_run), T(more_than_fit_are_counted),
        T(forgotten_memory_does_not_race), T(a_stack_used_again_does_not_race),
    };
    return cmocka_run_group_tests_name("race", tests, NULL, NULL);
}

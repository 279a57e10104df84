/* test_order.c -- one test for each edge of the memory model, present and absent: seen
 * by whether two accesses race.
 */
#include "unit/check/bench.h"

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

/* --- the rest of the vocabulary -------------------------------------------- */

static void unlock_orders_a_reader(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    simple(EVENT_UNLOCK, 1, 5);
    simple(EVENT_RLOCK, 2, 5);
    read_at(2, X);
    races(0);
}

static void a_leaving_reader_orders_the_writer(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_RLOCK, 2, 5);
    read_at(2, X);
    simple(EVENT_RUNLOCK, 2, 5);
    simple(EVENT_LOCK, 1, 5);
    write_at(1, X);
    races(0);
}

static void readers_do_not_order_each_other(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_RLOCK, 2, 5);
    write_at(2, X);
    simple(EVENT_RUNLOCK, 2, 5);
    simple(EVENT_RLOCK, 1, 5);
    write_at(1, X);
    races(1);
}

static void once_orders_who_passes(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_ONCE_BEGIN, 2, 5);
    write_at(2, X);
    simple(EVENT_ONCE_END, 2, 5);
    simple(EVENT_ONCE_PASS, 1, 5);
    read_at(1, X);
    races(0);
}

static void once_orders_nobody_else(void **state)
{
    (void)state;
    go(1, 2);
    simple(EVENT_ONCE_BEGIN, 2, 5);
    write_at(2, X);
    simple(EVENT_ONCE_END, 2, 5);
    read_at(1, X);
    races(1);
}

static void a_signal_orders_whom_it_wakes(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    EVENT(.kind = EVENT_SIGNAL, .g = 1, .obj = 5, .other = 2);
    EVENT(.kind = EVENT_WAKE, .g = 2, .obj = 5, .other = 1);
    write_at(2, X);
    races(0);
    write_at(1, X); /* not the other way round */
    races(1);
}

static void a_signal_orders_nobody_else(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    write_at(1, X);
    EVENT(.kind = EVENT_SIGNAL, .g = 1, .obj = 5, .other = 2);
    EVENT(.kind = EVENT_WAKE, .g = 2, .obj = 5, .other = 1);
    write_at(3, X);
    races(1);
}

static void the_clock_s_waking_orders_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(1, X);
    EVENT(.kind = EVENT_WAKE, .g = 2);
    write_at(2, X);
    races(1);
}

static void release_orders_acquire(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    simple(EVENT_RELEASE, 2, 5);
    simple(EVENT_ACQUIRE, 1, 5);
    write_at(1, X);
    races(0);
}

static void acquire_orders_nothing(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    simple(EVENT_ACQUIRE, 2, 5);
    simple(EVENT_ACQUIRE, 1, 5);
    write_at(1, X);
    races(1);
}

static void store(uint32_t g, uint32_t obj, uint32_t key, enum cell_op op)
{
    EVENT(.kind = EVENT_STORE, .g = g, .obj = obj, .seq = key, .extra = op);
}

static void load(uint32_t g, uint32_t obj, uint32_t key)
{
    EVENT(.kind = EVENT_LOAD, .g = g, .obj = obj, .seq = key, .extra = CELL_LOAD);
}

static void an_atomic_store_orders_the_load(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    store(2, 5, 0, CELL_STORE);
    load(1, 5, 0);
    read_at(1, X);
    races(0);
}

static void an_atomic_load_orders_nothing_after_it(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    load(2, 5, 0);
    store(1, 5, 0, CELL_ADD);
    read_at(1, X);
    races(1);
}

static void additions_pass_it_on(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    store(2, 5, 0, CELL_ADD);
    store(3, 5, 0, CELL_ADD);
    load(1, 5, 0);
    read_at(1, X);
    races(0);
}

static void an_overwritten_store_is_not_seen(void **state)
{
    (void)state;
    go(1, 2);
    go(1, 3);
    write_at(2, X);
    store(2, 5, 0, CELL_STORE);
    store(3, 5, 0, CELL_STORE);
    load(1, 5, 0);
    read_at(1, X);
    races(1);
}

static void keys_of_a_map_are_apart(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    store(2, 5, 1, CELL_STORE);
    load(1, 5, 2);
    read_at(1, X);
    races(1);
}

static void range_sees_all_keys(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    store(2, 5, 9, CELL_STORE);
    load(1, 5, 0);
    read_at(1, X);
    races(0);
}

static void put_orders_the_get_of_its_item(void **state)
{
    (void)state;
    go(1, 2);
    write_at(2, X);
    EVENT(.kind = EVENT_PUT, .g = 2, .obj = 5, .seq = 1);
    write_at(2, Y);
    EVENT(.kind = EVENT_PUT, .g = 2, .obj = 5, .seq = 2);
    EVENT(.kind = EVENT_GET, .g = 1, .obj = 5, .seq = 1);
    read_at(1, X);
    races(0);
    read_at(1, Y);
    races(1);
}

static void a_timer_s_function_comes_after_its_setting(void **state)
{
    (void)state;
    write_at(1, X);
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = 5, .extra = OBJECT_TIMER);
    write_at(1, Y);
    EVENT(.kind = EVENT_GO, .g = 0, .obj = 5, .other = 2);
    write_at(2, X);
    races(0);
    write_at(2, Y);
    races(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(go_orders_what_came_before), T(go_does_not_order_what_comes_after),
        T(siblings_are_not_ordered), T(the_end_of_a_goroutine_orders_nothing),
        T(unbuffered_send_orders_the_receiver), T(unbuffered_receive_orders_the_sender),
        T(after_the_hand_off_both_are_free), T(a_hand_off_orders_both_ways),
        T(what_follows_a_hand_off_is_new), T(a_hand_off_orders_its_parties_only),
        T(order_is_transitive), T(buffered_send_orders_its_receive),
        T(buffered_send_does_not_order_an_earlier_receive),
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
        T(an_atomic_read_does_not_hide_a_plain_one), T(a_plain_read_counts_after_an_atomic_one),
        T(unlock_orders_a_reader), T(a_leaving_reader_orders_the_writer),
        T(readers_do_not_order_each_other), T(once_orders_who_passes), T(once_orders_nobody_else),
        T(a_signal_orders_whom_it_wakes), T(a_signal_orders_nobody_else),
        T(the_clock_s_waking_orders_nothing), T(release_orders_acquire), T(acquire_orders_nothing),
        T(an_atomic_store_orders_the_load), T(an_atomic_load_orders_nothing_after_it),
        T(additions_pass_it_on), T(an_overwritten_store_is_not_seen), T(keys_of_a_map_are_apart),
        T(range_sees_all_keys), T(put_orders_the_get_of_its_item),
        T(a_timer_s_function_comes_after_its_setting),
    };
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}

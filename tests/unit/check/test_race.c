/* test_race.c -- the race detector on hand-made runs: which accesses race, byte by byte,
 * and what is told of them.
 */
#include "check/race.h"
#include "unit/check/bench.h"
#include "rt/stack.h"

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

/* More readers one after the other than a granule has marks for: they make room for those beside
 * them, with whom the last of them races. */
static void reads_in_order_push_nobody_out(void **state)
{
    const uint32_t last = 2 * SHADOW_MARKS_MAX, beside = last + 1, besides = SHADOW_MARKS_INSIDE + 1;

    (void)state;
    for (uint32_t i = 0; i < besides; i++)
        go(1, beside + i);
    for (uint32_t i = 1; i < besides; i++)
        touch(beside + i, X, 8, false, false, beside + i);
    for (uint32_t g = 2; g <= last; g++) {
        if (g == last)
            touch(beside, X, 8, false, false, beside);
        go(g - 1, g);
        touch(g, X, 8, false, false, g);
    }
    races(0);
    touch(last, X, 8, true, false, 999);
    races(besides);
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

/* --- words ----------------------------------------------------------------- */

static uint64_t word[2]; /* of X and the granule that follows */
static uint32_t cells[2];
static struct shadow_words words = {
    .spans = {{.where = X, .size = 16, .words = word, .cells = cells}},
};

static void lend_words(void)
{
    ((struct race *)race)->shadow.words = &words;
}

/* Much happens until the next event. */
static void time_passes(void)
{
    run.ticks += 1000;
}

/* Whether an access at X + offset is known to be done. */
static bool known(uint32_t g, uint32_t offset, size_t size, bool write)
{
    struct race *detector = (struct race *)race;

    return detector->epoch_of == g &&
           race_knows(detector, word[offset / 8], X + offset, size, write);
}

static void a_word_knows_bytes_and_kinds(void **state)
{
    (void)state;
    lend_words();
    go(1, 2);
    time_passes();
    assert_false(known(1, 0, 4, false));
    touch(1, X + 2, 2, true, false, 1);
    touch(1, X + 12, 4, false, false, 1);
    assert_true(known(1, 2, 2, true));
    assert_true(known(1, 3, 1, true));
    assert_true(known(1, 2, 2, false)); /* who wrote may read */
    assert_true(known(1, 12, 4, false));
    assert_false(known(1, 1, 2, true));
    assert_false(known(1, 12, 4, true));
    assert_false(known(1, 8, 8, false));
    assert_false(known(1, 14, 4, false)); /* beyond the granule */
    assert_false(known(2, 2, 2, true));
    touch(1, X, 8, true, false, 1);
    assert_true(known(1, 0, 8, true));
    assert_true(known(1, 7, 1, true));
    assert_false(known(1, 1, 8, true));
    assert_false(known(1, 1, 8, false));
}

static void a_word_knows_until_the_next_event(void **state)
{
    (void)state;
    lend_words();
    go(1, 2);
    time_passes();
    write_at(1, X);
    simple(EVENT_UNLOCK, 1, 9);
    assert_false(known(1, 0, 4, true));
    write_at(1, X);
    assert_false(known(1, 0, 4, true)); /* not yet worth it */
    time_passes();
    write_at(1, X);
    assert_true(known(1, 0, 4, true));
    begin();
    lend_words();
    go(1, 2);
    time_passes();
    assert_false(known(1, 0, 4, true));
    read_at(1, X);
    assert_true(known(1, 0, 4, false));
    assert_false(known(1, 0, 4, true));
}

/* Somebody's access changes what another's would find. */
static void a_word_is_one_goroutines(void **state)
{
    (void)state;
    lend_words();
    go(1, 2);
    time_passes();
    write_at(1, X);
    write_at(2, X + 4);
    assert_true(known(2, 4, 4, true));
    assert_false(known(1, 0, 4, true));
    read_at(1, X + 4);
    races(1);
    assert_false(known(2, 4, 4, true));
    assert_false(known(1, 0, 4, true));
    assert_true(known(1, 4, 4, false));
}

static void a_word_knows_no_atomic_access(void **state)
{
    (void)state;
    lend_words();
    time_passes();
    touch(1, X, 4, true, true, 1);
    assert_false(known(1, 0, 4, true));
    time_passes();
    write_at(1, X);
    assert_true(known(1, 0, 4, true));
    touch(1, X, 4, true, true, 2);
    assert_false(known(1, 0, 4, true));
}

static void a_range_has_words(void **state)
{
    (void)state;
    lend_words();
    time_passes();
    touch(1, X + 4, 100, true, false, 1);
    assert_false(known(1, 0, 4, true));
    assert_true(known(1, 4, 4, true));
    assert_true(known(1, 8, 8, true));
}

/* --- memory that begins a new life ---------------------------------------- */

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
    const struct CMUnitTest tests[] = {
        T(write_write), T(write_then_read), T(read_then_write), T(reads_do_not_race),
        T(one_goroutine_does_not_race), T(other_variables_do_not_race), T(all_readers_count),
        T(own_read_does_not_hide_own_write), T(own_write_counts_after_own_read),
        T(ordered_chain_is_silent), T(reads_in_order_push_nobody_out),
        T(neighbours_in_a_granule_do_not_race),
        T(bytes_do_not_race_with_their_neighbours), T(partial_overlap_races),
        T(overlap_across_granules_races), T(rest_of_a_mark_stays), T(ranges_race_where_they_meet),
        T(bytes_touched_one_by_one_share_a_mark), T(lua_places_are_apart),
        T(a_finding_names_both_places), T(a_hand_off_is_an_event_of_both),
        T(a_shared_mark_has_its_last_event), T(no_event_before_is_none), T(a_pair_is_told_once),
        T(after_main_nothing_is_told), T(the_next_run_starts_clean),
        T(nothing_is_left_of_the_last_run), T(more_than_fit_are_counted),
        T(a_word_knows_bytes_and_kinds), T(a_word_knows_until_the_next_event),
        T(a_word_is_one_goroutines), T(a_word_knows_no_atomic_access), T(a_range_has_words),
        T(a_stack_used_again_does_not_race),
    };
    return cmocka_run_group_tests_name("race", tests, NULL, NULL);
}

/* test_crowd.c -- very many readers of one variable: the hash of their marks, and who races. */
#include "check/crowd.h"
#include "unit/check/bench.h"

enum { MANY = 3000 };

static struct shadow_mark reader(uint32_t g, uint8_t mask)
{
    return (struct shadow_mark){.g = g, .tick = g, .mask = mask};
}

static uint32_t count(struct shadow_crowd *crowd, uint32_t g)
{
    uint32_t n = 0;

    for (struct shadow_mark *m = crowd_first(crowd, g); m; m = crowd_next(crowd, m)) {
        assert_int_equal(m->g, g);
        n += m->mask != 0;
    }
    return n;
}

/* --- the hash --------------------------------------------------------------- */

static struct shadow_crowd *filled(struct region *region)
{
    struct shadow_crowd *crowd = crowd_new(region);

    for (uint32_t g = 1; g <= MANY; g++)
        for (uint8_t mask = 1; mask <= 2; mask++) {
            struct shadow_mark mark = reader(g, mask);

            if (crowd_full(crowd))
                assert_true(crowd_settle(region, &crowd));
            assert_false(crowd_full(crowd));
            crowd_add(crowd, &mark);
        }
    return crowd;
}

static void every_reader_is_found(void **state)
{
    struct region region = {0};
    struct shadow_crowd *crowd = filled(&region);

    (void)state;
    for (uint32_t g = 1; g <= MANY; g++)
        assert_int_equal(count(crowd, g), 2);
    assert_int_equal(count(crowd, MANY + 1), 0);
    assert_int_equal(crowd->mask, 3);
    region_release(&region);
}

/* Marks go, few or many; those that stay are found, and there are slots for as many as before. */
static void who_is_gone_leaves_room(void **state)
{
    (void)state;
    for (uint32_t keep = 1; keep <= 7; keep++) {
        struct region region = {0};
        struct shadow_crowd *crowd = filled(&region);
        uint32_t bits = crowd->bits;

        for (uint32_t g = 1; g <= MANY; g++)
            for (struct shadow_mark *m = crowd_first(crowd, g); m; m = crowd_next(crowd, m))
                if (m->mask == 2 || g % keep != 0)
                    m->mask = 0;
        assert_true(crowd_settle(&region, &crowd));
        for (uint32_t g = 1; g <= MANY; g++)
            assert_int_equal(count(crowd, g), g % keep == 0);
        assert_int_equal(crowd->used, MANY / keep);
        assert_int_equal(crowd->mask, 1);
        assert_true(crowd->bits <= bits);
        region_release(&region);
    }
}

static void a_crowd_of_none_is_none(void **state)
{
    struct region region = {0};
    struct shadow_crowd *crowd = filled(&region);

    (void)state;
    for (uint32_t i = 0; i < 1u << crowd->bits; i++)
        crowd->slots[i].mask = 0;
    assert_true(crowd_settle(&region, &crowd));
    assert_null(crowd);
    region_release(&region);
}

/* --- races ------------------------------------------------------------------ */

/* Goroutines 2 to MANY read X; all but one tell 1 of it. */
static void a_crowd_reads(uint32_t lonely)
{
    chan(1, 0);
    for (uint32_t g = 2; g <= MANY; g++)
        go(1, g);
    for (uint32_t g = 2; g <= MANY; g++)
        read_at(g, X);
    for (uint32_t g = 2; g <= MANY; g++)
        if (g != lonely)
            EVENT(.kind = EVENT_SEND, .g = g, .obj = 1, .other = 1);
    races(0);
}

static void no_reader_is_lost_in_a_crowd(void **state)
{
    static const uint32_t lonely[] = {2, 17, 18, 65, 100, MANY - 1, MANY};

    (void)state;
    for (uint32_t i = 0; i < sizeof lonely / sizeof lonely[0]; i++) {
        begin();
        a_crowd_reads(lonely[i]);
        write_at(1, X + 4); /* other bytes */
        races(0);
        write_at(1, X);
        races(1);
        assert_int_equal(found.at[0].other.g, lonely[i]);
        assert_false(found.at[0].other.write);
    }
}

static void a_crowd_that_told_does_not_race(void **state)
{
    (void)state;
    a_crowd_reads(0);
    write_at(1, X);
    write_at(1, X);
    races(0);
    read_at(MANY, X); /* it was told of nothing */
    races(1);
}

/* Each reads once more, later: it is the later read that counts. */
static void a_reader_comes_back_to_the_crowd(void **state)
{
    (void)state;
    a_crowd_reads(0);
    for (uint32_t g = 2; g <= MANY; g++)
        read_at(g, X);
    for (uint32_t g = 2; g < MANY; g++)
        EVENT(.kind = EVENT_SEND, .g = g, .obj = 1, .other = 1);
    write_at(1, X);
    races(1);
    assert_int_equal(found.at[0].other.g, MANY);
}

static void a_writer_meets_a_crowd_again(void **state)
{
    (void)state;
    write_at(1, X);
    a_crowd_reads(0);
    write_at(1, X);
    races(0);
    for (uint32_t g = 2; g <= MANY; g++)
        EVENT(.kind = EVENT_SEND, .g = 1, .obj = 1, .other = g);
    for (uint32_t g = 2; g <= MANY; g++)
        read_at(g, X);
    races(0);
    write_at(2, X);
    races(FINDINGS_MAX); /* with all of them but itself */
}

static void who_reads_byte_by_byte_is_one_of_the_crowd(void **state)
{
    (void)state;
    a_crowd_reads(0);
    go(1, MANY + 1);
    for (uint32_t i = 0; i < 8; i++)
        touch(MANY + 1, X + i, 1, false, false, 77);
    write_at(1, X);
    races(1);
    assert_int_equal(found.at[0].other.g, MANY + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_reader_is_found), T(who_is_gone_leaves_room), T(a_crowd_of_none_is_none),
        T(no_reader_is_lost_in_a_crowd), T(a_crowd_that_told_does_not_race),
        T(a_reader_comes_back_to_the_crowd), T(a_writer_meets_a_crowd_again),
        T(who_reads_byte_by_byte_is_one_of_the_crowd),
    };
    return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}

/* test_shadow.c -- cells of marks, and the numbers of places. */
#include "check/shadow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct shadow));
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    shadow_release(*state);
    free(*state);
    return 0;
}

static void places_count_in_order_of_touch(void **state)
{
    struct places places = {0};

    (void)state;
    assert_int_equal(places_number(&places, 77), 0);
    assert_int_equal(places_number(&places, 5), 1);
    assert_int_equal(places_number(&places, 77), 0);
    assert_int_equal(places_number(&places, 0), 2);
    assert_int_equal(places_number(&places, 5), 1);
    assert_int_equal(places.count, 3);
    places_release(&places);
}

static void places_survive_growth(void **state)
{
    struct places places = {0};

    (void)state;
    for (uint64_t i = 0; i < 100000; i++)
        assert_int_equal(places_number(&places, i * 4096), i);
    for (uint64_t i = 0; i < 100000; i++)
        assert_int_equal(places_number(&places, i * 4096), i);
    places_release(&places);
}

static void places_clear_forgets(void **state)
{
    struct places places = {0};

    (void)state;
    for (uint32_t round = 0; round < 5; round++) {
        assert_int_equal(places_number(&places, 9), 0);
        assert_int_equal(places_number(&places, 10 + round), 1);
        assert_int_equal(places_number(&places, 20 + round - 1), 2);
        assert_int_equal(places_number(&places, 20 + round), 3);
        places_clear(&places);
    }
    places_release(&places);
}

/* The stamp of a run comes round after 2^32 runs. */
static void places_clear_forgets_when_the_stamp_wraps(void **state)
{
    struct places places = {0};

    (void)state;
    assert_int_equal(places_number(&places, 9), 0); /* in run 1 */
    places.run = UINT32_MAX;
    places_clear(&places);
    assert_int_equal(places.run, 1);
    assert_int_equal(places_number(&places, 10), 0);
    assert_int_equal(places_number(&places, 9), 1);
    places_release(&places);
}

static struct shadow_mark mark(uint32_t g, uint8_t mask)
{
    return (struct shadow_mark){.g = g, .tick = 1, .mask = mask};
}

static struct shadow_mark write_mark(uint32_t g, uint8_t mask)
{
    return (struct shadow_mark){.g = g, .tick = 1, .mask = mask, .kind = SHADOW_WRITE};
}

static void marks_move_outside_and_stay(void **state)
{
    struct shadow_cell *cell = shadow_cell(*state, 8);

    assert_int_equal(cell->count, 0);
    for (uint32_t g = 1; g <= 20; g++) {
        struct shadow_mark m = write_mark(g, 1);
        assert_true(shadow_add(*state, cell, &m));
    }
    assert_ptr_equal(shadow_cell(*state, 8), cell);
    assert_int_equal(cell->count, 20);
    for (uint32_t g = 1; g <= 20; g++)
        assert_int_equal(shadow_marks(cell)[g - 1].g, g);
    shadow_remove(cell, 0);
    assert_int_equal(cell->count, 19);
    assert_int_equal(shadow_marks(cell)[0].g, 20);
}

static void marks_are_bounded(void **state)
{
    struct shadow_cell *cell = shadow_cell(*state, 8);

    for (uint32_t g = 1; g <= 1000; g++) {
        struct shadow_mark m = write_mark(g, 1);
        assert_true(shadow_add(*state, cell, &m));
    }
    assert_int_equal(cell->count, SHADOW_MARKS_MAX);
    assert_int_equal(shadow_marks(cell)[0].g, 1);
    assert_int_equal(shadow_marks(cell)[SHADOW_MARKS_MAX - 1].g, 1000);
}

static void cells_do_not_move(void **state)
{
    struct shadow_cell *first = shadow_cell(*state, 1);
    struct shadow_mark m = mark(7, 1);

    shadow_add(*state, first, &m);
    for (uint64_t i = 2; i < 5000; i++)
        assert_non_null(shadow_cell(*state, i));
    assert_ptr_equal(shadow_cell(*state, 1), first);
    assert_int_equal(shadow_marks(first)[0].g, 7);
}

static void clear_empties_every_cell(void **state)
{
    struct shadow_mark m = mark(7, 1);

    shadow_add(*state, shadow_cell(*state, 1), &m);
    shadow_clear(*state);
    assert_int_equal(shadow_cell(*state, 2)->count, 0);
    assert_int_equal(shadow_cell(*state, 1)->count, 0);
}

static void bytes_are_those_inside(void **state)
{
    (void)state;
    assert_int_equal(shadow_bytes(2, 16, 24), 0xff);
    assert_int_equal(shadow_bytes(2, 16, 20), 0x0f);
    assert_int_equal(shadow_bytes(2, 20, 24), 0xf0);
    assert_int_equal(shadow_bytes(2, 19, 20), 0x08);
    assert_int_equal(shadow_bytes(2, 10, 17), 0x01); /* reaches over both ends */
    assert_int_equal(shadow_bytes(2, 23, 90), 0x80);
}

/* More cells than there are slots for what was looked for lately; and again after a clear. */
static void every_cell_is_found_again(void **state)
{
    enum { MANY = 3 * SHADOW_NEAR };
    static struct shadow_cell *cells[MANY];
    struct shadow *shadow = *state;

    for (int round = 0; round < 2; round++) {
        shadow_clear(shadow);
        for (uint64_t i = 0; i < MANY; i++) {
            cells[i] = shadow_cell(shadow, 7 * i);
            assert_int_equal(cells[i]->count, 0);
            struct shadow_mark m = mark((uint32_t)i + 1, 0xff);
            shadow_add(shadow, cells[i], &m);
            assert_ptr_equal(shadow_cell(shadow, 7 * (i / 2)), cells[i / 2]);
        }
        for (uint64_t i = 0; i < MANY; i++) {
            assert_ptr_equal(shadow_cell(shadow, 7 * i), cells[i]);
            assert_ptr_equal(shadow_near(shadow, 7 * i), cells[i]);
            assert_int_equal(shadow_marks(cells[i])[0].g, i + 1);
        }
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(places_count_in_order_of_touch), T(places_survive_growth), T(places_clear_forgets),
        T(places_clear_forgets_when_the_stamp_wraps), T(marks_move_outside_and_stay),
        T(marks_are_bounded), T(cells_do_not_move), T(clear_empties_every_cell),
        T(bytes_are_those_inside), T(every_cell_is_found_again),
    };
    return cmocka_run_group_tests_name("shadow", tests, NULL, NULL);
}

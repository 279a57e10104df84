/* test_route.c -- wires that meet, and what goes along them. */
#include "view/route.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

static void check_picture(bool ascii, const char *expected)
{
    struct route from = {.n = 0}, to = {.n = 0};
    struct grid grid;
    struct wires wires;
    char *text;

    assert_true(grid_init(&grid, 3, 8, ascii));
    assert_true(wires_init(&wires, (struct rect){0, 0, 3, 8}));
    route_to(&from, 0, 0);
    route_by(&from, 2, 1, 5);
    route_to(&to, 2, 0);
    route_by(&to, 2, 1, 5);
    wires_add(&wires, &from, WIRE_IDLE);
    wires_add(&wires, &to, WIRE_WAITING);
    wires_draw(&wires, &grid);
    text = grid_text(&grid);
    assert_string_equal(text, expected);
    free(text);
    wires_release(&wires);
    grid_release(&grid);
}

static void test_wires(void **state)
{
    (void)state;
    check_picture(false, "──╮\n  ├───\n──╯\n");
    check_picture(true, "--+\n  +---\n--+\n");
}

static void test_live(void **state)
{
    struct route idle = {.n = 0}, live = {.n = 0};
    struct grid grid;
    struct wires wires;
    char *text;

    (void)state;
    assert_true(grid_init(&grid, 3, 4, false));
    assert_true(wires_init(&wires, (struct rect){0, 0, 3, 4}));
    route_to(&idle, 1, 0);
    route_to(&idle, 1, 3);
    route_to(&live, 0, 2);
    route_to(&live, 2, 2);
    wires_add(&wires, &live, WIRE_LIVE);
    wires_add(&wires, &idle, WIRE_IDLE);
    wires_draw(&wires, &grid);
    text = grid_text(&grid);
    assert_string_equal(text, "  ┃\n──┃─\n  ┃\n");
    free(text);
    wires_release(&wires);
    grid_release(&grid);
}

/* Every cell once, in order; what is too long is cut, what is outside the wires is left out. */
static void test_way(void **state)
{
    struct route route = {.n = 0};
    struct wires wires;

    (void)state;
    route_to(&route, 5, 5);
    route_by(&route, 3, 7, 4);
    assert_int_equal(route.n, 6);
    assert_int_equal(route.at[2].col, 3);
    assert_int_equal(route.at[4].row, 7);
    assert_int_equal(route.at[5].col, 4);
    route_to(&route, 5000, 4);
    assert_int_equal(route.n, ROUTE_MOST);
    assert_true(wires_init(&wires, (struct rect){0, 0, 6, 4}));
    wires_add(&wires, &route, WIRE_IDLE);
    wires_release(&wires);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),
        cmocka_unit_test(test_live),
        cmocka_unit_test(test_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

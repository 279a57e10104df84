/* test_panic.c -- how panics that follow from one another are told (Go's printpanics). */
#include "rt/panic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void expect(const struct panic *panic, const char *expected)
{
    struct text text = {0};

    panic_text(&text, panic);
    assert_string_equal(text_string(&text), expected);
    text_release(&text);
}

static void test_one(void **state)
{
    struct panic one = {.text = "boom"};

    (void)state;
    expect(&one, "boom");
}

static void test_several(void **state)
{
    struct panic first = {.text = "first", .recovered = true};
    struct panic second = {.earlier = &first, .text = "second"};
    struct panic third = {.earlier = &second, .text = "third"};

    (void)state;
    expect(&third, "first [recovered]\n\tpanic: second\n\tpanic: third");
}

/* Goexit is among them, but says nothing. */
static void test_goexit_between(void **state)
{
    struct panic leaves = {.text = NULL};
    struct panic boom = {.earlier = &leaves, .text = "boom"};
    struct panic again = {.earlier = &boom, .text = "again"};

    (void)state;
    expect(&boom, "boom");
    expect(&again, "boom\n\tpanic: again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_goexit_between),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

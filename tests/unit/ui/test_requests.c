/* The table of keys: a key asks for one thing, and every request can be asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/requests.h"

enum { ALL_KEYS = TERM_REDRAW + 1 };

static void every_request_has_a_key_and_a_label(void **state)
{
    (void)state;
    for (int r = 1; r < REQUEST_COUNT; r++) {
        int keys = 0;
        for (int key = 1; key < ALL_KEYS; key++)
            keys += request_of_key(key) == (enum request)r;
        assert_true(keys > 0);
        assert_true(strlen(request_label(r, false)) > 0);
        for (const char *c = request_label(r, true); *c; c++)
            assert_true(*c > ' ' && *c < 127);
    }
}

#define X(name, label, ascii, ...) {__VA_ARGS__},

static void no_key_asks_for_two_things(void **state)
{
    static const int keys[][10] = {REQUESTS(X)};
    size_t n = sizeof keys / sizeof *keys;

    (void)state;
    assert_int_equal(n, REQUEST_COUNT - 1);
    for (size_t i = 0; i < n * 10; i++)
        for (size_t k = i + 1; k < n * 10; k++)
            if (keys[i / 10][i % 10] != 0)
                assert_int_not_equal(keys[i / 10][i % 10], keys[k / 10][k % 10]);
}
#undef X

static void learners_keys_are_those_of_the_course(void **state)
{
    (void)state;
    assert_int_equal(request_of_key('n'), REQUEST_NEXT);
    assert_int_equal(request_of_key('h'), REQUEST_HINT);
    assert_int_equal(request_of_key('l'), REQUEST_LIST);
    assert_int_equal(request_of_key('r'), REQUEST_RUN);
    assert_int_equal(request_of_key('x'), REQUEST_RESET);
    assert_int_equal(request_of_key('q'), REQUEST_QUIT);
    assert_int_equal(request_of_key('?'), REQUEST_HELP);
    assert_int_equal(request_of_key(TERM_BACKSPACE), REQUEST_BACK);
    assert_int_equal(request_of_key('.'), REQUEST_FORWARD);
    assert_int_equal(request_of_key('Z'), REQUEST_NONE);
    assert_int_equal(request_of_key(0), REQUEST_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_has_a_key_and_a_label),
        cmocka_unit_test(no_key_asks_for_two_things),
        cmocka_unit_test(learners_keys_are_those_of_the_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

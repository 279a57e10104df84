/* test_utf8.c -- UTF-8 one character at a time, whatever the bytes are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"

#include <string.h>

static void assert_reads(const char *bytes, size_t n, uint32_t rune, size_t used)
{
    const char *at = bytes;

    assert_int_equal(utf8_next(&at, bytes + n), rune);
    assert_int_equal(at - bytes, used);
}

static void test_good(void **state)
{
    (void)state;
    assert_reads("a", 1, 'a', 1);
    assert_reads("\0", 1, 0, 1);
    assert_reads("\xc3\xa4", 2, 0xe4, 2);
    assert_reads("\xe2\x82\xac", 3, 0x20ac, 3);
    assert_reads("\xf0\x9f\x98\x80", 4, 0x1f600, 4);
}

static void test_bad(void **state)
{
    (void)state;
    assert_reads("\x80", 1, UTF8_BAD, 1);
    assert_reads("\xff", 1, UTF8_BAD, 1);
    assert_reads("\xc3", 1, UTF8_BAD, 1);             /* cut */
    assert_reads("\xe2\x82", 2, UTF8_BAD, 1);
    assert_reads("\xc3x", 2, UTF8_BAD, 1);
    assert_reads("\xc0\xaf", 2, UTF8_BAD, 1);         /* overlong '/' */
    assert_reads("\xed\xa0\x80", 3, UTF8_BAD, 1);     /* a surrogate */
    assert_reads("\xf4\x90\x80\x80", 4, UTF8_BAD, 1); /* beyond the last */
}

static void test_round_trip(void **state)
{
    (void)state;
    for (uint32_t rune = 0; rune <= 0x10FFFF; rune += rune < 0x3000 ? 1 : 97) {
        char bytes[4];
        const char *at = bytes;
        size_t n = utf8_put(bytes, rune);

        if (rune >= 0xD800 && rune < 0xE000)
            continue;
        assert_int_equal(utf8_next(&at, bytes + n), rune);
        assert_int_equal(at - bytes, n);
    }
}

static void test_control(void **state)
{
    (void)state;
    assert_true(utf8_is_control(0x1b));
    assert_true(utf8_is_control(0x7f));
    assert_true(utf8_is_control(0x9b));
    assert_true(utf8_is_control(0x202e));
    assert_true(utf8_is_control(0xfeff));
    assert_false(utf8_is_control('a'));
    assert_false(utf8_is_control(0xa0));
    assert_false(utf8_is_control(0x4f60));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_control),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

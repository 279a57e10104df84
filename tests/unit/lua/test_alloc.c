/* Memory of a Lua state: classes, table slots, the limit, going back. */
#include "lua/alloc.h"

#include <lua.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct alloc alloc;

static int setup(void **state)
{
    (void)state;
    return alloc_init(&alloc, 1 << 20) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    alloc_release(&alloc);
    return 0;
}

static void *new(size_t size)
{
    return alloc_lua(&alloc, NULL, LUA_TSTRING, size);
}

static void *new_table(void)
{
    return alloc_lua(&alloc, NULL, LUA_TTABLE, 56);
}

static void test_blocks_of_every_size(void **state)
{
    static unsigned char *blocks[3000];

    (void)state;
    for (size_t i = 1; i < 3000; i += 7) {
        blocks[i] = new(i);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)i, i);
    }
    for (size_t i = 1; i < 3000; i += 7)
        for (size_t j = 0; j < i; j++)
            assert_int_equal(blocks[i][j], (unsigned char)i);
}

static void test_freed_blocks_are_reused(void **state)
{
    void *a = new(100), *b = new(5000);

    (void)state;
    alloc_lua(&alloc, a, 100, 0);
    alloc_lua(&alloc, b, 5000, 0);
    assert_int_equal(alloc.now.used, 0);
    assert_ptr_equal(new(112), a); /* the same class */
    assert_ptr_equal(new(4900), b);
    assert_ptr_not_equal(new(100), a);
}

static void test_growing_and_shrinking(void **state)
{
    unsigned char *a = new(10);

    (void)state;
    memcpy(a, "123456789", 10);
    for (size_t size = 10; size < 300000; size = size * 3 / 2) {
        a = alloc_lua(&alloc, a, size, size * 3 / 2);
        assert_non_null(a);
        assert_memory_equal(a, "123456789", 10);
    }
    for (size_t size = alloc.now.used; size > 20; size /= 2) {
        a = alloc_lua(&alloc, a, size, size / 2);
        assert_memory_equal(a, "123456789", 10);
    }
}

static void test_limit(void **state)
{
    void *a = new(1000 * 1000);

    (void)state;
    assert_non_null(a);
    assert_null(new(100 * 1000));
    assert_null(alloc_lua(&alloc, a, 1000 * 1000, 2 * 1000 * 1000));
    assert_int_equal(alloc.now.used, 1000 * 1000);
    assert_ptr_not_equal(alloc_lua(&alloc, a, 1000 * 1000, 10), NULL);
    assert_non_null(new(100 * 1000));
}

static void test_a_table_never_gets_another_ones_place(void **state)
{
    void *a = new_table(), *b = new_table();

    (void)state;
    assert_int_equal(alloc_table_id(&alloc, a), 1);
    assert_int_equal(alloc_table_id(&alloc, b), 2);
    alloc_lua(&alloc, a, 56, 0);
    alloc_lua(&alloc, b, 56, 0);
    assert_int_equal(alloc.now.used, 0);
    assert_int_equal(alloc_table_id(&alloc, new_table()), 3);
    assert_int_equal(alloc_table_id(&alloc, new(56)), 0);
    assert_int_equal(alloc_table_id(&alloc, &alloc), 0);
}

static void test_without_slots_tables_are_blocks(void **state)
{
    (void)state;
    alloc.table_slots = 1;
    assert_int_equal(alloc_table_id(&alloc, new_table()), 1);
    assert_int_equal(alloc_table_id(&alloc, new_table()), 0);
}

static void test_going_back(void **state)
{
    char *a = new(32), *t = new_table(), *freed = new(48);

    (void)state;
    strcpy(a, "before");
    strcpy(t, "table");
    alloc_lua(&alloc, freed, 48, 0);
    assert_true(alloc_keep(&alloc));
    for (int round = 0; round < 3; round++) {
        assert_ptr_equal(new(48), freed);
        assert_int_equal(alloc_table_id(&alloc, new_table()), 2);
        strcpy(a, "after");
        strcpy(t, "changed");
        alloc_lua(&alloc, a, 32, 0);
        new(100000);
        alloc_reset(&alloc);
        assert_string_equal(a, "before");
        assert_string_equal(t, "table");
        assert_int_equal(alloc.now.used, 32 + 56);
    }
}

static void test_order(void **state)
{
    void *a = new(8), *b = new(8), *t = new_table(), *u = new_table();

    (void)state;
    assert_true(alloc_order(&alloc, a) < alloc_order(&alloc, b));
    assert_true(alloc_order(&alloc, t) < alloc_order(&alloc, u));
    assert_true(alloc_order(&alloc, u) < alloc_order(&alloc, a));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(test_blocks_of_every_size),
        TEST(test_freed_blocks_are_reused),
        TEST(test_growing_and_shrinking),
        TEST(test_limit),
        TEST(test_a_table_never_gets_another_ones_place),
        TEST(test_without_slots_tables_are_blocks),
        TEST(test_going_back),
        TEST(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

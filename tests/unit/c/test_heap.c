/* test_heap.c -- the heap of a learner's program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "c/heap.h"

enum { LIMIT = 16 << 20 };

#define AT(pc_) ((struct heap_spot){.g = 1, .pc = (pc_)})

static struct heap heap;

static int set_up(void **state)
{
    (void)state;
    return heap_init(&heap, LIMIT) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    heap_release(&heap);
    return 0;
}

static void exactly_the_bytes_asked_for_are_live(void **state)
{
    (void)state;
    for (size_t size = 1; size < 40; size++) {
        uintptr_t at = (uintptr_t)heap_take(&heap, size, 16, false, AT(1));

        assert_true(heap_has(&heap, at));
        assert_int_equal(at % 16, 0);
        assert_true(heap_live(&heap, at, size));
        assert_true(heap_live(&heap, at + size - 1, 1));
        assert_false(heap_live(&heap, at, size + 1));
        assert_false(heap_live(&heap, at + size, 1));
        assert_false(heap_live(&heap, at - 1, 1));
        assert_false(heap_live(&heap, at - 1, size));
    }
}

static void large_blocks_have_bounds_too(void **state)
{
    const size_t size = 3 << 20;
    uintptr_t at = (uintptr_t)heap_take(&heap, size, 16, true, AT(1)), start;

    (void)state;
    assert_true(heap_live(&heap, at, size));
    assert_false(heap_live(&heap, at, size + 1));
    assert_false(heap_live(&heap, at + size, 1));
    assert_false(heap_live(&heap, at - 1, 1));
    assert_int_equal(heap_near(&heap, at + size / 2, &start)->size, size);
    assert_int_equal(start, at);
    assert_int_equal(heap_give(&heap, (void *)at, AT(2)), HEAP_OK);
    assert_false(heap_live(&heap, at + size / 2, 1));
    assert_true(heap_freed(&heap, at + size / 2));
    assert_int_equal(heap_give(&heap, (void *)at, AT(3)), HEAP_DOUBLE_FREE);
}

static void alignment_is_kept(void **state)
{
    (void)state;
    for (size_t align = 16; align <= HEAP_ALIGN_MAX; align *= 2) {
        uintptr_t at = (uintptr_t)heap_take(&heap, 100, align, false, AT(1));
        size_t size;

        assert_int_equal(at % align, 0);
        assert_true(heap_live(&heap, at, 100));
        assert_false(heap_live(&heap, at, 101));
        assert_true(heap_size(&heap, (void *)at, &size));
        assert_int_equal(size, 100);
        assert_int_equal(heap_give(&heap, (void *)at, AT(2)), HEAP_OK);
    }
}

static void what_is_freed_twice_or_never_given_is_refused(void **state)
{
    char *block = heap_take(&heap, 24, 16, false, AT(7)), *empty = heap_take(&heap, 0, 16, false, AT(8));
    uintptr_t start;
    int local;

    (void)state;
    assert_int_equal(heap_give(&heap, block + 16, AT(9)), HEAP_BAD_FREE);
    assert_int_equal(heap_give(&heap, &local, AT(9)), HEAP_BAD_FREE);
    assert_int_equal(heap_give(&heap, block, AT(9)), HEAP_OK);
    assert_true(heap_freed(&heap, (uintptr_t)block));
    assert_int_equal(heap_near(&heap, (uintptr_t)block + 3, &start)->made.pc, 7);
    assert_int_equal(heap_near(&heap, (uintptr_t)block + 3, &start)->freed.pc, 9);
    assert_int_equal(heap_give(&heap, block, AT(10)), HEAP_DOUBLE_FREE);
    assert_int_equal(heap_give(&heap, empty, AT(10)), HEAP_OK);
    assert_int_equal(heap_give(&heap, empty, AT(10)), HEAP_DOUBLE_FREE);
}

static void a_header_written_over_is_seen(void **state)
{
    char *block = heap_take(&heap, 24, 16, false, AT(1));

    (void)state;
    memset(block - sizeof(struct heap_block), 'x', sizeof(struct heap_block));
    assert_int_equal(heap_give(&heap, block, AT(2)), HEAP_BROKEN);
}

static void memory_is_not_given_out_twice(void **state)
{
    char *last = NULL;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char *block = heap_take(&heap, 1000, 16, false, AT(1));

        /* 100 MB in a heap of 16: what was freed does not count */
        assert_non_null(block);
        assert_true(block > last);
        assert_int_equal((unsigned char)block[999], 0xa5);
        assert_int_equal(heap_give(&heap, block, AT(2)), HEAP_OK);
        if (last)
            assert_int_equal(heap_give(&heap, last, AT(3)), HEAP_DOUBLE_FREE);
        last = block;
    }
}

static void the_limit_holds(void **state)
{
    size_t taken = 0;

    (void)state;
    assert_null(heap_take(&heap, LIMIT + 1, 16, false, AT(1)));
    assert_null(heap_take(&heap, SIZE_MAX, 16, false, AT(1)));
    assert_null(heap_take(&heap, SIZE_MAX - 40, 16, false, AT(1)));
    while (heap_take(&heap, 10000, 16, false, AT(1)))
        taken += 10000;
    assert_true(taken <= LIMIT);
    assert_true(taken > LIMIT / 10 * 9);
}

static void reset_brings_back_the_same_addresses_and_bytes(void **state)
{
    static const size_t sizes[] = {8, 100000, 40, 60000, 60000, 60000, 60000, 60000, 5, 1 << 20};
    unsigned char *first[10];

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 10; i++) {
            unsigned char *block = heap_take(&heap, sizes[i], 16, i % 2 == 0, AT(1));

            if (round == 0)
                first[i] = block;
            assert_ptr_equal(block, first[i]);
            assert_int_equal(block[sizes[i] / 20], i % 2 == 0 ? 0 : 0xa5);
            memset(block, round + 1, sizes[i]);
            if (i == 4)
                heap_give(&heap, block, AT(1));
        }
        heap_reset(&heap);
        assert_false(heap_live(&heap, (uintptr_t)first[0], 1));
        assert_false(heap_live(&heap, (uintptr_t)first[9], 1));
        assert_false(heap_freed(&heap, (uintptr_t)first[4]));
    }
}

static void the_live_blocks_are_known_by_any_address_in_them(void **state)
{
    static const size_t sizes[] = {1, 8, 13, 4000, 100000, 16, 1 << 20, 0, 24};
    char *blocks[9];
    struct heap_block *found = NULL;

    (void)state;
    for (int i = 0; i < 9; i++)
        blocks[i] = heap_take(&heap, sizes[i], 16, false, AT(1));
    heap_give(&heap, blocks[1], AT(2));
    heap_give(&heap, blocks[4], AT(2));
    assert_int_equal(heap.nlive, 7);
    for (int i = 0; i < 9; i++) {
        struct heap_block *block = i == 1 || i == 4 || i == 7
                                       ? NULL : (struct heap_block *)blocks[i] - 1;
        uintptr_t at = (uintptr_t)blocks[i];

        assert_ptr_equal(heap_holding(&heap, at), block);
        assert_ptr_equal(heap_holding(&heap, at + sizes[i] / 2), block);
        assert_ptr_equal(heap_holding(&heap, at + sizes[i]), block); /* its end */
        assert_null(heap_holding(&heap, at + sizes[i] + 8));
        assert_null(heap_holding(&heap, at - 1));
    }
    for (int i = 0; i < 9; i++)
        if (i != 1 && i != 4 && i != 6 && i != 7) /* the large one lies behind the others' chunk */
            assert_ptr_equal(found = heap_next(&heap, found), blocks[i] - sizeof *found);
    assert_ptr_equal(found = heap_next(&heap, found), blocks[6] - sizeof *found);
    assert_null(heap_next(&heap, found));
}

static void a_bad_address_is_told_by_the_nearest_block(void **state)
{
    char *a = heap_take(&heap, 40, 16, false, AT(1)), *b = heap_take(&heap, 40, 16, false, AT(2));
    uintptr_t start;

    (void)state;
    for (char *p = a; p < b + 60; p++) {
        bool nearer = p < b && b - p <= p - (a + 40);

        assert_int_equal(heap_near(&heap, (uintptr_t)p, &start)->made.pc, p < b && !nearer ? 1 : 2);
        assert_ptr_equal(start, p < b && !nearer ? a : b);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(exactly_the_bytes_asked_for_are_live),
        TEST(large_blocks_have_bounds_too),
        TEST(alignment_is_kept),
        TEST(what_is_freed_twice_or_never_given_is_refused),
        TEST(a_header_written_over_is_seen),
        TEST(memory_is_not_given_out_twice),
        TEST(the_limit_holds),
        TEST(reset_brings_back_the_same_addresses_and_bytes),
        TEST(the_live_blocks_are_known_by_any_address_in_them),
        TEST(a_bad_address_is_told_by_the_nearest_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

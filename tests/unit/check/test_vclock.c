/* test_vclock.c -- vector clocks against plain arrays. */
#include "check/vclock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct vclock_pool));
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    vclock_pool_release(*state);
    free(*state);
    return 0;
}

static void zeroed_is_zero_for_all(void **state)
{
    struct vclock clock = {0};

    (void)state;
    assert_int_equal(vclock_get(&clock, 0), 0);
    assert_int_equal(vclock_get(&clock, 1), 0);
    assert_int_equal(vclock_get(&clock, UINT32_MAX), 0);
}

/* Ids on both sides of every level of the tree. */
static void set_then_get(void **state)
{
    static const uint32_t ids[] = {1, 15, 16, 255, 256, 4095, 4096, 1000000, UINT32_MAX};
    enum { N = sizeof ids / sizeof ids[0] };
    struct vclock clock = {0};

    for (uint32_t i = 0; i < N; i++)
        vclock_set(*state, &clock, ids[i], 10 + i);
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(vclock_get(&clock, ids[i]), 10 + i);
    assert_int_equal(vclock_get(&clock, 2), 0);
    assert_int_equal(vclock_get(&clock, 17), 0);
    assert_int_equal(vclock_get(&clock, 999999), 0);
}

/* From the largest id to the smallest: the root is high from the start. */
static void set_descending(void **state)
{
    struct vclock clock = {0};

    vclock_set(*state, &clock, 5000, 1);
    vclock_set(*state, &clock, 300, 2);
    vclock_set(*state, &clock, 3, 3);
    assert_int_equal(vclock_get(&clock, 5000), 1);
    assert_int_equal(vclock_get(&clock, 300), 2);
    assert_int_equal(vclock_get(&clock, 3), 3);
}

static void copy_is_apart(void **state)
{
    struct vclock a = {0}, b = {0};

    vclock_set(*state, &a, 1, 5);
    vclock_set(*state, &a, 40, 6);
    vclock_copy(*state, &b, &a);
    assert_ptr_equal(a.root, b.root); /* that is the point */
    vclock_set(*state, &b, 1, 7);
    assert_int_equal(vclock_get(&a, 1), 5);
    assert_int_equal(vclock_get(&b, 1), 7);
    vclock_set(*state, &a, 41, 9);
    assert_int_equal(vclock_get(&b, 41), 0);
    assert_int_equal(vclock_get(&b, 40), 6);
}

/* A daisy chain of 20,000: each starts the next with what it knows.  As arrays that
 * would be 800 MB; shared it must stay far below. */
static void chain_of_many_shares(void **state)
{
    enum { N = 20000 };
    struct vclock_pool *pool = *state;
    struct vclock *clocks = calloc(N + 1, sizeof *clocks);

    assert_non_null(clocks);
    for (uint32_t id = 1; id < N; id++) {
        vclock_set(pool, &clocks[id], id, 1);
        vclock_copy(pool, &clocks[id + 1], &clocks[id]);
    }
    assert_int_equal(vclock_get(&clocks[N], 1), 1);
    assert_int_equal(vclock_get(&clocks[N], N - 1), 1);
    assert_int_equal(vclock_get(&clocks[N / 2], N / 2 + 1), 0);
    assert_false(pool->failed);
    free(clocks);
}

/* Ten clocks, thousands of random operations, the same done on arrays. */
static void agrees_with_arrays(void **state)
{
    enum { CLOCKS = 10, IDS = 600, ROUNDS = 20000 };
    static uint32_t model[CLOCKS][IDS];
    struct vclock clocks[CLOCKS] = {0};
    uint64_t random = 1;

    memset(model, 0, sizeof model);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t a, b, id;

        random = random * 6364136223846793005u + 1442695040888963407u;
        a = (uint32_t)(random >> 60) % CLOCKS;
        b = (uint32_t)(random >> 56 & 15) % CLOCKS;
        id = (uint32_t)(random >> 40 & 0xffff) % IDS;
        if (random >> 38 & 1)
            id %= 20;
        switch (random >> 34 & 7) {
        case 0:
            vclock_drop(*state, &clocks[a]);
            memset(model[a], 0, sizeof model[a]);
            break;
        case 1:
            vclock_copy(*state, &clocks[a], &clocks[b]);
            memmove(model[a], model[b], sizeof model[a]);
            break;
        default:
            vclock_set(*state, &clocks[a], id, ++model[a][id]);
        }
        for (int i = 0; round % 100 == 0 && i < IDS; i++)
            assert_int_equal(vclock_get(&clocks[a], i), model[a][i]);
    }
}

/* What is dropped is used again: the same work many times needs no more memory. */
static void nodes_are_reused(void **state)
{
    struct vclock_pool *pool = *state;
    struct vclock a = {0}, b = {0};
    const void *chunk = NULL;

    for (int round = 0; round < 100000; round++) {
        for (uint32_t id = 0; id < 64; id += 16)
            vclock_set(pool, &a, id, (uint32_t)round + 1);
        vclock_copy(pool, &b, &a);
        vclock_set(pool, &b, 1, 1);
        vclock_drop(pool, &a);
        if (round == 100)
            chunk = pool->memory.current;
    }
    assert_ptr_equal(pool->memory.current, chunk);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(zeroed_is_zero_for_all), T(set_then_get), T(set_descending), T(copy_is_apart),
        T(chain_of_many_shares), T(agrees_with_arrays), T(nodes_are_reused),
    };
    return cmocka_run_group_tests_name("vclock", tests, NULL, NULL);
}

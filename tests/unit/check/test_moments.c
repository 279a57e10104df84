/* test_moments.c -- what is known through paths, against vector clocks in plain arrays. */
#include "check/moments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct moments));
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    moments_release(*state);
    free(*state);
    return 0;
}

static void nothing_is_known_at_first(void **state)
{
    struct knowledge one = {0};

    assert_false(moments_known(*state, &one, 2, 1, 0));
}

static void what_was_heard_is_known_from_then_on(void **state)
{
    struct knowledge one = {0}, two = {0};
    uint32_t moment = moments_publish(*state, &two, 2, 1, 5);

    assert_false(moments_known(*state, &one, 2, 1, 5));
    moments_hear(*state, &one, moment, 6);
    assert_true(moments_known(*state, &one, 2, 1, 5));
    assert_false(moments_known(*state, &one, 2, 2, 5));
    moments_publish(*state, &two, 2, 2, 7);
    assert_false(moments_known(*state, &one, 2, 2, 7));
}

static void what_others_knew_is_known_too(void **state)
{
    struct knowledge one = {0}, two = {0}, three = {0};

    moments_hear(*state, &two, moments_publish(*state, &three, 3, 1, 0), 0);
    moments_hear(*state, &one, moments_publish(*state, &two, 2, 1, 1), 1);
    assert_true(moments_known(*state, &one, 3, 1, 0));
    assert_false(moments_known(*state, &three, 2, 1, 0));
}

static void a_child_knows_what_its_parent_did(void **state)
{
    struct knowledge parent = {0}, child = {0};
    uint32_t moment = moments_publish(*state, &parent, 1, 1, 0);

    moments_inherit(*state, &child, &parent, moment);
    moments_publish(*state, &parent, 1, 2, 1);
    assert_true(moments_known(*state, &child, 1, 1, 0));
    assert_false(moments_known(*state, &child, 1, 2, 1));
}

/* A WaitGroup of many: the search is given up, and all is settled at once. */
static void of_many_each_is_known(void **state)
{
    enum { N = 50000 };
    struct knowledge main = {0};
    uint32_t all = 0;

    for (uint32_t g = 2; g < N; g++) {
        struct knowledge worker = {0};

        all = moments_join(*state, moments_publish(*state, &worker, g, 1, g), all, g);
    }
    moments_hear(*state, &main, all, N);
    for (uint32_t g = 2; g < N; g++) {
        assert_true(moments_known(*state, &main, g, 1, g));
        assert_false(moments_known(*state, &main, g, 2, N));
    }
    assert_false(moments_known(*state, &main, N, 1, 0));
}

/* Goroutines that start each other, meet, and release to and acquire from objects at random. */
static void agrees_with_arrays(void **state)
{
    enum { G = 60, OBJECTS = 20, ROUNDS = 60000 };
    static struct knowledge knows[G];
    static uint32_t clock[G][G], tick[G], object[OBJECTS], object_clock[OBJECTS][G];
    static uint32_t began[G][ROUNDS + 2]; /* events seen when a tick of g began */
    struct moments *moments = *state;
    uint64_t random = 1;

    for (uint32_t g = 0; g < G; g++)
        tick[g] = 1;
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        uint32_t a, b, o;

        random = random * 6364136223846793005u + 1442695040888963407u;
        a = (uint32_t)(random >> 50) % G;
        b = (uint32_t)(random >> 40 & 0x3ff) % (random >> 20 & 1 ? G : 1 + a);
        o = (uint32_t)(random >> 30 & 0x3ff) % OBJECTS;
        if (random >> 24 & 1 && a != b) { /* what b did is heard by a */
            uint32_t moment = moments_publish(moments, &knows[b], b + 1, tick[b], round);

            clock[b][b] = tick[b]++;
            began[b][tick[b]] = round + 1;
            moments_hear(moments, &knows[a], moment, round);
            for (uint32_t i = 0; i < G; i++)
                clock[a][i] = clock[a][i] > clock[b][i] ? clock[a][i] : clock[b][i];
        } else if (random >> 25 & 1) { /* a releases to o */
            uint32_t moment = moments_publish(moments, &knows[a], a + 1, tick[a], round);

            clock[a][a] = tick[a]++;
            began[a][tick[a]] = round + 1;
            object[o] = moments_join(moments, moment, object[o], round);
            for (uint32_t i = 0; i < G; i++)
                if (object_clock[o][i] < clock[a][i])
                    object_clock[o][i] = clock[a][i];
        } else if (random >> 27 & 3) { /* a acquires from o */
            moments_hear(moments, &knows[a], object[o], round);
            for (uint32_t i = 0; i < G; i++)
                clock[a][i] = clock[a][i] > object_clock[o][i] ? clock[a][i] : object_clock[o][i];
        } else { /* o is new */
            object[o] = 0;
            memset(object_clock[o], 0, sizeof object_clock[o]);
        }
        for (uint32_t i = 0; i < 4; i++) {
            uint32_t of = (uint32_t)(random >> (10 + 2 * i)) % G, back = random >> i & 7;
            uint32_t t = tick[of] > back ? tick[of] - back : 1;

            if (of != a)
                assert_int_equal(moments_known(moments, &knows[a], of + 1, t, began[of][t]),
                                 clock[a][of] >= t);
        }
    }
    assert_false(moments->failed);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(nothing_is_known_at_first), T(what_was_heard_is_known_from_then_on),
        T(what_others_knew_is_known_too), T(a_child_knows_what_its_parent_did),
        T(of_many_each_is_known), T(agrees_with_arrays),
    };
    return cmocka_run_group_tests_name("moments", tests, NULL, NULL);
}

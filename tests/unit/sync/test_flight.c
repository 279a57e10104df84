/* test_flight.c -- calls for one key at the same time are made once. */
#include "unit/sync/bench.h"

#include "sync/flight.h"

static struct outcomes found;
static struct flight *flight;
static int calls;

static void call(uint32_t key)
{
    struct flight_call *c;

    if (flight_begin(run_current, flight, key, true, &c)) {
        calls++;
        step();
        flight_end(run_current, flight, c);
        see(1);
    } else {
        see(0);
    }
}

static void same_key(void *arg)
{
    (void)arg;
    call(1);
}

static void other_key(void *arg)
{
    (void)arg;
    call(2);
}

static void two_calls(void (*second)(void *))
{
    flight = flight_make(run_current, NULL);
    calls = 0;
    start(same_key, NULL);
    start(second, NULL);
    clock_sleep(run_current, 1);
    see(calls);
}

static void two_of_one_key(void *arg)
{
    (void)arg;
    two_calls(same_key);
}

static void two_keys(void *arg)
{
    (void)arg;
    two_calls(other_key);
}

/* One joins the other, or they come one after the other: two calls. */
static void joined_or_made_again(void **state)
{
    (void)state;
    explores(two_of_one_key, 3, &found);
    assert_true(has_outcome(&found, "1/0 1:1 2:1 3:0"));
    assert_true(has_outcome(&found, "1/0 1:1 2:0 3:1"));
    assert_true(has_outcome(&found, "1/0 1:2 2:1 3:1"));
}

static void keys_are_apart(void **state)
{
    (void)state;
    explores(two_keys, 1, &found);
    runs(two_keys, "1/0 1:2 2:1 3:1");
}

static void forgets(void *arg)
{
    struct flight_call *c;

    (void)arg;
    flight = flight_make(run_current, NULL);
    calls = 0;
    assert_true(flight_begin(run_current, flight, 1, true, &c));
    start(same_key, NULL);
    clock_sleep(run_current, 1);
    see((int)c->joined);
    flight_forget(run_current, flight, 1);
    start(same_key, NULL);
    clock_sleep(run_current, 1);
    flight_end(run_current, flight, c);
    clock_sleep(run_current, 1);
}

static void a_forgotten_call_is_not_joined(void **state)
{
    (void)state;
    runs(forgets, "1/0 1:1 2:0 3:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(joined_or_made_again), T(keys_are_apart), T(a_forgotten_call_is_not_joined),
    };
    return cmocka_run_group_tests_name("flight", tests, NULL, NULL);
}

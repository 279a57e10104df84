/* test_evidence.c -- the two accesses of a race, told by a run that is made again. */
#include "unit/check/bench.h"

#include "check/evidence.h"

static struct watcher *evidence;
static int64_t memory;  /* of the one variable */
static uint32_t stacks; /* told */

static void stack(struct run *of)
{
    struct event frame = {.kind = EVENT_FRAME, .g = of->self->id};

    stacks++;
    event_emit(of, &frame);
}

static uint32_t hold(struct run *of, const struct access *access, uintptr_t where)
{
    (void)of;
    (void)access;
    assert_int_equal(where, X);
    return 0;
}

static void met(struct run *of, uintptr_t where)
{
    (void)of;
    assert_int_equal(where, X);
}

static enum value_kind held(struct run *of, int64_t *value)
{
    (void)of;
    *value = memory;
    return VALUE_INT;
}

static const struct witness witness = {.stack = stack, .hold = hold, .met = met, .held = held};

static struct goroutine goroutines[4];

/* An access that all are told of; a write puts its value there afterwards. */
static void access_by(uint32_t g, uintptr_t where, bool write, int64_t value)
{
    struct access access = {.where = where, .size = 4, .write = write, .g = g,
                            .pc = g * 256 + (write ? 1 : 2)};

    run.self = &goroutines[g];
    run.self->id = g;
    run.self->pc = access.pc;
    for (struct watcher *w = run.watchers; w; w = w->next)
        if (w->access)
            w->access(w, &run, &access);
    if (write)
        memory = value;
}

static void tell(struct event event)
{
    event_emit(&run, &event);
}

/* Goroutine 2 writes 1, 2 and 3, goroutine 3 something else, and then it reads what 2 wrote. */
static void make(void)
{
    begin();
    memory = 0;
    if (evidence)
        evidence->begin(evidence, &run);
    tell((struct event){.kind = EVENT_GO, .g = 1, .other = 2});
    tell((struct event){.kind = EVENT_GO, .g = 1, .other = 3});
    for (int64_t i = 1; i <= 3; i++)
        access_by(2, X, true, i);
    access_by(3, Y, true, 9);
    memory = 3;
    access_by(3, X, false, 0);
    tell((struct event){.kind = EVENT_END, .g = 3});
    if (evidence)
        evidence->end(evidence, &run);
}

static void the_two_accesses_are_told(void **state)
{
    struct findings wanted;
    const struct event *events;

    (void)state;
    run.witness = &witness;
    evidence = NULL;
    make();
    races(1);
    wanted = found;
    evidence = evidence_new(&wanted, &found);
    assert_non_null(evidence);
    race->next = evidence;
    make();
    assert_int_equal(run.trace->count, 3); /* the first run only looks */
    evidence_tell(evidence);
    stacks = 0;
    make();
    races(1);
    assert_int_equal(stacks, 2);
    assert_true(evidence_point(evidence, run.trace, &found));
    events = run.trace->events;
    /* GO GO, the last of the three writes, the read, END */
    assert_int_equal(run.trace->count, 7);
    assert_int_equal(events[2].kind, EVENT_FRAME);
    assert_int_equal(found.at[0].other.event, 3);
    assert_int_equal(events[3].kind, EVENT_ACCESS);
    assert_int_equal(events[3].g, 2);
    assert_int_equal(events[3].extra, ACCESS_WRITE);
    assert_int_equal(events[3].value_kind, VALUE_INT);
    assert_int_equal(events[3].value, 3);
    assert_int_equal(found.at[0].at.event, 5);
    assert_int_equal(found.at[0].event, 5);
    assert_int_equal(events[5].kind, EVENT_ACCESS);
    assert_int_equal(events[5].g, 3);
    assert_int_equal(events[5].extra, 0);
    assert_int_equal(events[5].value, 3);
    assert_int_equal(events[6].kind, EVENT_END);
    assert_false(run.every_access);
    race->next = NULL;
    evidence_free(evidence);
}

/* A race that does not come again is not pointed at. */
static void another_run_is_no_evidence(void **state)
{
    struct findings wanted;

    (void)state;
    run.witness = &witness;
    evidence = NULL;
    make();
    wanted = found;
    wanted.at[0].other.pc = 77;
    evidence = evidence_new(&wanted, &found);
    race->next = evidence;
    make();
    evidence_tell(evidence);
    make();
    assert_int_equal(run.trace->count, 3);
    assert_false(evidence_point(evidence, run.trace, &found));
    race->next = NULL;
    evidence_free(evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_two_accesses_are_told),
        T(another_run_is_no_evidence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

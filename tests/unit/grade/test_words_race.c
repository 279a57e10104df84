/* test_words_race.c -- what is said of a race, by what lies between its two accesses. */
#include "unit/view/tale.h"

#include "grade/between.h"
#include "grade/words.h"

enum { JOBS = 1, WG, MU, RW, OTHER };

/* main makes its things and starts two workers at line 12. */
static struct trace *stage(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = JOBS, .extra = OBJECT_CHAN, .line = 3,
         .text = tale_text(trace, "jobs"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = WG, .extra = OBJECT_WAITGROUP, .line = 4,
         .text = tale_text(trace, "wg"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = MU, .extra = OBJECT_MUTEX, .line = 5,
         .text = tale_text(trace, "mu"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = RW, .extra = OBJECT_RWMUTEX, .line = 6,
         .text = tale_text(trace, "rw"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = OTHER, .extra = OBJECT_MUTEX, .line = 7,
         .text = tale_text(trace, "other"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .line = 12,
         .text = tale_text(trace, "worker"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .line = 12,
         .text = tale_text(trace, "worker"));
    return trace;
}

/* An access that is told now. */
static struct finding_place access_at(struct trace *trace, uint32_t g, uint32_t line, bool write,
                                      int64_t value)
{
    TELL(trace, .kind = EVENT_ACCESS, .g = g, .line = line, .extra = write ? ACCESS_WRITE : 0,
         .text = tale_text(trace, "sum"), .value_kind = VALUE_INT, .value = value, .seq = 4);
    return (struct finding_place){.g = g, .line = line, .write = write,
                                  .event = trace->count - 1};
}

static struct finding race_of(struct trace *trace, struct finding_place first,
                              struct finding_place second)
{
    return (struct finding){.kind = FINDING_RACE, .text = tale_text(trace, "sum"),
                            .other = first, .at = second, .event = second.event};
}

/* What is said of a race; frees the trace.  NULL: not looked at. */
static void assert_said(struct trace *trace, struct finding finding, const char *title,
                        const char *accesses, const char *why)
{
    struct program program;
    struct text out = {0};
    struct names *names;

    tale_program(&program, "pool.lua", "\n");
    names = names_new(trace, &program);
    words_finding_title(&out, trace, names, &finding);
    if (title)
        assert_string_equal(text_string(&out), title);
    text_clear(&out);
    words_finding_accesses(&out, trace, names, &program, &finding);
    if (accesses)
        assert_string_equal(text_string(&out), accesses);
    text_clear(&out);
    words_finding_why(&out, trace, names, &program, &finding);
    if (why)
        assert_string_equal(text_string(&out), why);
    text_release(&out);
    names_free(names);
    tale_program_release(&program);
    free(trace);
}

/* A run that is not made again knows who, where and how, and no more. */
static void without_evidence(void **state)
{
    struct trace *trace = stage();
    struct finding finding = {.kind = FINDING_RACE, .event = UINT32_MAX};

    (void)state;
    finding.text = tale_text(trace, "counter");
    finding.other = (struct finding_place){.g = 2, .line = 8, .write = true, .event = UINT32_MAX};
    finding.at = (struct finding_place){.g = 3, .line = 8, .event = UINT32_MAX};
    assert_said(trace, finding, "race: worker 1 and worker 2 use counter at once (pool.lua:8)",
                "worker 1 writes counter at pool.lua:8\n  started at pool.lua:12\n"
                "worker 2 reads counter at pool.lua:8\n  started at pool.lua:12\n",
                "Nothing says which comes first: no channel, lock or Wait lies between them. Lock "
                "the same Mutex around both, or let one goroutine own it and send it the changes.");

    trace = stage();
    finding.text = 0;
    finding.at = (struct finding_place){.g = 1, .line = 20, .event = UINT32_MAX};
    assert_said(trace, finding,
                "race: worker 1 and main use the same memory at once (pool.lua:8 and pool.lua:20)",
                "worker 1 writes the same memory at pool.lua:8\n  started at pool.lua:12\n"
                "main reads the same memory at pool.lua:20\n", NULL);
}

static void the_way_and_the_values(void **state)
{
    struct trace *trace = stage();
    struct finding_place first, second;

    (void)state;
    TELL(trace, .kind = EVENT_FRAME, .g = 2, .line = 30, .text = tale_text(trace, "add"));
    TELL(trace, .kind = EVENT_FRAME, .g = 2, .line = 40, .text = tale_text(trace, "step"));
    TELL(trace, .kind = EVENT_FRAME, .g = 2, .line = 50,
         .text = tale_text(trace, "function <pool.lua:49>"));
    TELL(trace, .kind = EVENT_PLACE, .g = 2, .line = 2, .extra = PLACE_BLOCK, .seq = 16);
    first = access_at(trace, 2, 30, true, 7);
    TELL(trace, .kind = EVENT_FRAME, .g = 3, .line = 31,
         .text = tale_text(trace, "function <pool.lua:29>"));
    TELL(trace, .kind = EVENT_PLACE, .g = 3, .line = 2, .extra = PLACE_BLOCK, .seq = 16);
    second = access_at(trace, 3, 31, false, 7);
    assert_said(trace, race_of(trace, first, second),
                "race: worker 1 and worker 2 use sum at once (pool.lua:30 and pool.lua:31)",
                "worker 1 writes 7 to sum at pool.lua:30\n"
                "  in add, called by step at pool.lua:40, called by worker at pool.lua:50; started "
                "at pool.lua:12\n"
                "worker 2 reads 7 from sum at pool.lua:31\n"
                "  in worker; started at pool.lua:12\n"
                "sum is in a block of 16 bytes, allocated at pool.lua:2\n", NULL);
}

static void locks(void **state)
{
    struct trace *trace = stage();
    struct finding_place first, second;

    (void)state;
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = MU, .line = 14);
    first = access_at(trace, 2, 15, true, 1);
    TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = MU, .line = 16);
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = OTHER, .line = 20);
    TELL(trace, .kind = EVENT_UNLOCK, .g = 3, .obj = OTHER, .line = 21);
    second = access_at(trace, 3, 22, true, 2);
    assert_said(trace, race_of(trace, first, second), NULL,
                "worker 1 writes 1 to sum at pool.lua:15, holding mu\n  started at pool.lua:12\n"
                "worker 2 writes 2 to sum at pool.lua:22, holding no lock\n"
                "  started at pool.lua:12\n",
                "worker 1 holds mu there, worker 2 does not: a lock keeps out only those who take it "
                "too. Lock mu at pool.lua:22 as well.");

    trace = stage();
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = MU, .line = 14);
    first = access_at(trace, 2, 15, true, 1);
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = OTHER, .line = 20);
    second = access_at(trace, 3, 22, false, 1);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "worker 1 holds mu and worker 2 holds other: two locks do not keep each other out. "
                "Lock the same one around both.");

    trace = stage();
    TELL(trace, .kind = EVENT_RLOCK, .g = 2, .obj = RW, .line = 14);
    first = access_at(trace, 2, 15, false, 1);
    TELL(trace, .kind = EVENT_RLOCK, .g = 3, .obj = RW, .line = 20);
    second = access_at(trace, 3, 22, true, 2);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "Both hold rw, but worker 2 writes and holds it only for reading: readers do not keep "
                "each other out. Take it for writing at pool.lua:22: Lock, not RLock.");
}

static void too_late(void **state)
{
    struct trace *trace = stage();
    struct finding_place first = access_at(trace, 2, 15, true, 1);
    struct finding_place second = access_at(trace, 1, 22, false, 1);

    (void)state;
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = WG, .value = -1, .line = 16);
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = WG, .line = 23);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "main reads sum before it waits for wg at pool.lua:23, and worker 1 may not be done "
                "by then. Put the Wait before pool.lua:22.");

    trace = stage();
    first = access_at(trace, 1, 22, false, 0);
    second = access_at(trace, 2, 15, true, 1);
    TELL(trace, .kind = EVENT_RECV, .g = 1, .obj = JOBS, .other = 2, .line = 24, .other_line = 16);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "main reads sum before it receives from jobs at pool.lua:24, and worker 1 may not be "
                "done by then. Put the receive before pool.lua:22.");
}

static void too_early(void **state)
{
    struct trace *trace = stage();
    struct finding_place first, second;

    (void)state;
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = WG, .value = -1, .line = 14);
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = WG, .line = 21);
    first = access_at(trace, 2, 15, true, 1);
    second = access_at(trace, 1, 22, false, 1);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "worker 1 calls Done of wg at pool.lua:14, before it writes sum: what main waits for "
                "is only what came before. Call Done last, best by defer.");

    trace = stage();
    TELL(trace, .kind = EVENT_CLOSE, .g = 2, .obj = JOBS, .line = 14);
    TELL(trace, .kind = EVENT_RECV, .g = 1, .obj = JOBS, .flags = EVENT_CLOSED, .line = 21);
    first = access_at(trace, 2, 15, true, 1);
    second = access_at(trace, 1, 22, false, 1);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "worker 1 closes jobs at pool.lua:14, before it writes sum: what main learns from "
                "that is only what came before. Close it afterwards.");
}

static void the_start(void **state)
{
    struct trace *trace = stage();
    struct finding_place first = access_at(trace, 2, 15, false, 1);
    struct finding_place second = access_at(trace, 1, 22, true, 2);

    (void)state;
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = WG, .value = -1, .line = 16);
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = WG, .line = 23);
    assert_said(trace, race_of(trace, first, second), NULL, NULL,
                "main starts worker 1 at pool.lua:12 and goes on at once; nothing says whether it "
                "writes sum before or after worker 1 reads it. Do it before worker 1 is started, wait "
                "for worker 1, or give it a copy of its own.");
}

static void atomics(void **state)
{
    struct trace *trace = stage();
    struct finding_place first = access_at(trace, 2, 15, true, 1);
    struct finding_place second = access_at(trace, 3, 22, false, 1);

    (void)state;
    first.atomic = true;
    trace->events[first.event].extra |= ACCESS_ATOMIC;
    assert_said(trace, race_of(trace, first, second), NULL,
                "worker 1 atomically writes 1 to sum at pool.lua:15\n  started at pool.lua:12\n"
                "worker 2 reads 1 from sum at pool.lua:22\n  started at pool.lua:12\n",
                "worker 1 uses it atomically, worker 2 plainly: an atomic operation orders nothing "
                "for a plain one. Use atomic operations for every access of sum.");
}

/* A trace that a program scribbled over is worded all the same. */
static void garbage(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct trace *trace = wild_tale(seed, 300);
        struct finding finding = {.kind = FINDING_RACE, .event = (uint32_t)seed};

        finding.at = (struct finding_place){.g = (uint32_t)seed % 14, .event = (uint32_t)seed};
        finding.other = (struct finding_place){.g = 2, .event = (uint32_t)(7 * seed) % 400};
        assert_said(trace, finding, NULL, NULL, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_evidence),
        cmocka_unit_test(the_way_and_the_values),
        cmocka_unit_test(locks),
        cmocka_unit_test(too_late),
        cmocka_unit_test(too_early),
        cmocka_unit_test(the_start),
        cmocka_unit_test(atomics),
        cmocka_unit_test(garbage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_export.c -- exports of a run: well-formed, complete, the same bytes each time. */
#include "unit/view/tale.h"
#include "view/export.h"

#include <jansson.h>

/* main starts a worker, waits for it, gets 7 from it, both end; names and texts are hostile. */
static struct trace *hand_off(void)
{
    struct trace *t = tale_new();
    uint32_t name = tale_text(t, "a<b>&\"c\"\x01\xff");

    TELL(t, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CHAN, .text = name, .line = 1);
    TELL(t, .kind = EVENT_GO, .g = 1, .other = 2, .text = name, .line = 2);
    TELL(t, .kind = EVENT_BLOCK, .g = 1, .obj = 1, .extra = WAIT_RECV, .line = 3);
    TELL(t, .kind = EVENT_PRINT, .g = 2, .text = tale_text(t, "]]> </svg> \x1b[2J\n"), .line = 4);
    TELL(t, .kind = EVENT_PRINT, .g = 2, .text = tale_text(t, "again\n"), .line = 4);
    TELL(t, .kind = EVENT_RECV, .g = 1, .obj = 1, .other = 2, .seq = 1, .value = 7,
         .value_kind = VALUE_INT, .line = 3, .other_line = 5);
    TELL(t, .kind = EVENT_END, .g = 2, .line = 6);
    TELL(t, .kind = EVENT_END, .g = 1, .line = 7);
    return t;
}

static const struct findings a_leak = {
    .count = 1,
    .at = {{.kind = FINDING_PANIC, .event = UINT32_MAX,
            .at = {.g = 2, .line = 4, .event = UINT32_MAX}}},
};

static char *exported(enum export_format format, const struct trace *trace)
{
    struct text out = {0};

    assert_true(export_run(&out, format, trace, NULL, &a_leak));
    return text_take(&out);
}

/* --- perfetto ------------------------------------------------------------ */

static json_int_t number(const json_t *event, const char *key)
{
    const json_t *value = json_object_get(event, key);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static const char *string(const json_t *event, const char *key)
{
    const char *value = json_string_value(json_object_get(event, key));

    assert_non_null(value);
    return value;
}

/* Slices of one track do not overlap, and lie in order of their beginning. */
static void check_tracks(const json_t *events)
{
    json_int_t end[8] = {0};
    size_t i;
    json_t *event;

    for (int pass = 0; pass < 2; pass++)
        json_array_foreach(events, i, event) {
            json_int_t g = number(event, "tid");
            bool blocked;

            if (strcmp(string(event, "ph"), "X") != 0)
                continue;
            blocked = strcmp(string(event, "cat"), "blocked") == 0;
            assert_in_range(g, 1, 2);
            assert_true(number(event, "dur") > 0);
            if (blocked != (pass == 1))
                continue;
            assert_true(pass == 1 || number(event, "ts") >= end[g]);
            end[g] = number(event, "ts") + number(event, "dur");
        }
}

static void test_perfetto(void **state)
{
    struct trace *trace = hand_off();
    char *text = exported(EXPORT_PERFETTO, trace);
    json_error_t error;
    json_t *whole = json_loads(text, 0, &error), *events, *event;
    unsigned tracks = 0, arrows = 0, ends = 0, faults = 0, waits = 0;
    size_t i;

    (void)state;
    assert_non_null(whole);
    events = json_object_get(whole, "traceEvents");
    json_array_foreach(events, i, event) {
        tracks += strcmp(string(event, "name"), "thread_name") == 0;
        arrows += strcmp(string(event, "ph"), "s") == 0;
        ends += strcmp(string(event, "ph"), "f") == 0;
        faults += strcmp(string(event, "ph"), "i") == 0;
        if (strcmp(string(event, "ph"), "X") == 0 && strcmp(string(event, "cat"), "blocked") == 0) {
            waits++;
            /* from the moment after main blocked (3) to the one it receives in (5) */
            assert_int_equal(number(event, "tid"), 1);
            assert_int_equal(number(event, "ts"), 3000);
            assert_int_equal(number(event, "dur"), 2000);
        }
    }
    assert_int_equal(tracks, 2);
    assert_int_equal(arrows, 2);
    assert_int_equal(ends, 2);
    assert_int_equal(faults, 1);
    assert_int_equal(waits, 1);
    check_tracks(events);
    json_decref(whole);
    free(text);
    free(trace);
}

/* --- svg ----------------------------------------------------------------- */

static void entity(const char **at)
{
    static const char *const known[] = {"&lt;", "&gt;", "&amp;", "&quot;"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(*at, known[i], strlen(known[i])) == 0) {
            *at += strlen(known[i]);
            return;
        }
    fail_msg("a bare & at: %.20s", *at);
}

/* One tag; returns its change of depth and, on the way, that it closes what was opened. */
static const char *tag(const char *at, char open[16][16], int *depth)
{
    bool closes = at[1] == '/';
    char name[16] = "";
    size_t n;

    at += 1 + closes;
    n = strcspn(at, " >/");
    assert_in_range(n, 1, 15);
    memcpy(name, at, n);
    at += n;
    while (*at && *at != '>' && *at != '/') {
        assert_int_equal(*at, ' ');
        at += 1 + strcspn(at + 1, "=");
        assert_int_equal(at[1], '"');
        at += 2;
        while (*at && *at != '"') {
            assert_int_not_equal(*at, '<');
            if (*at == '&')
                entity(&at);
            else
                at++;
        }
        at++;
    }
    if (closes)
        assert_string_equal(open[--*depth], name);
    else if (*at != '/')
        strcpy(open[(*depth)++], name);
    assert_in_range(*depth, 0, 15);
    at += *at == '/';
    assert_int_equal(*at, '>');
    return at + 1;
}

static void check_xml(const char *at)
{
    char open[16][16];
    int depth = 0;

    while (*at) {
        if (*at == '<') {
            at = tag(at, open, &depth);
        } else if (*at == '&') {
            entity(&at);
        } else {
            assert_true((unsigned char)*at >= ' ' || *at == '\n');
            at++;
        }
    }
    assert_int_equal(depth, 0);
}

static unsigned occurrences(const char *text, const char *what)
{
    unsigned n = 0;

    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

static void test_svg(void **state)
{
    struct trace *trace = hand_off();
    char *text = exported(EXPORT_SVG, trace);

    (void)state;
    check_xml(text);
    assert_int_equal(occurrences(text, "class=\"name\""), 2);
    assert_int_equal(occurrences(text, "class=\"arrow start\""), 1);
    assert_int_equal(occurrences(text, "class=\"arrow\""), 1);
    assert_true(occurrences(text, "class=\"waits\"") > 0);
    assert_int_equal(occurrences(text, "<circle class=\"fault\""), 1);
    assert_null(strstr(text, "a<b>"));
    free(text);
    free(trace);
}

/* --- cast ---------------------------------------------------------------- */

static void test_cast(void **state)
{
    struct trace *trace = hand_off();
    char *text = exported(EXPORT_CAST, trace), *line = strtok(text, "\n");
    json_t *header = json_loads(line, 0, NULL);
    double before = 0;
    unsigned frames = 0;

    (void)state;
    assert_int_equal(number(header, "version"), 2);
    assert_true(number(header, "width") >= 80 && number(header, "height") >= 24);
    json_decref(header);
    while ((line = strtok(NULL, "\n"))) {
        json_t *frame = json_loads(line, 0, NULL);
        double at;

        assert_int_equal(json_array_size(frame), 3);
        at = json_real_value(json_array_get(frame, 0));
        assert_true(at >= before);
        assert_string_equal(json_string_value(json_array_get(frame, 1)), "o");
        /* what the program printed does nothing to the terminal */
        assert_null(strstr(json_string_value(json_array_get(frame, 2)), "</svg> \x1b[2J"));
        before = at;
        frames++;
        json_decref(frame);
    }
    assert_true(frames >= 6);
    free(text);
    free(trace);
}

/* Between two moments the value is on its way: frames at other times than theirs. */
static void test_cast_moves(void **state)
{
    struct trace *trace = hand_off();
    char *text = exported(EXPORT_CAST, trace);
    unsigned between = 0;

    (void)state;
    for (char *line = strtok(text, "\n"); (line = strtok(NULL, "\n"));) {
        json_t *frame = json_loads(line, 0, NULL);
        double moments = json_real_value(json_array_get(frame, 0)) / 0.9;

        between += moments - (double)(int)(moments + 0.01) > 0.02;
        json_decref(frame);
    }
    assert_true(between >= 4);
    free(text);
    free(trace);
}

/* --- all ----------------------------------------------------------------- */

static void test_same_bytes(void **state)
{
    (void)state;
    for (int format = EXPORT_PERFETTO; format <= EXPORT_CAST; format++) {
        struct trace *first = hand_off(), *second = hand_off();
        char *a = exported((enum export_format)format, first);
        char *b = exported((enum export_format)format, second);

        assert_string_equal(a, b);
        free(a);
        free(b);
        free(first);
        free(second);
    }
}

/* Of a run that did not even begin. */
static void test_empty(void **state)
{
    struct trace *trace = trace_new(1, 16);

    (void)state;
    for (int format = EXPORT_PERFETTO; format <= EXPORT_CAST; format++) {
        struct text out = {0};

        assert_true(export_run(&out, (enum export_format)format, trace, NULL, NULL));
        assert_true(out.len > 0);
        text_release(&out);
    }
    free(trace);
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(export_format("perfetto"), EXPORT_PERFETTO);
    assert_int_equal(export_format("svg"), EXPORT_SVG);
    assert_int_equal(export_format("cast"), EXPORT_CAST);
    assert_int_equal(export_format("gif"), EXPORT_NONE);
    assert_int_equal(export_format(""), EXPORT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_perfetto), cmocka_unit_test(test_svg),
        cmocka_unit_test(test_cast),     cmocka_unit_test(test_cast_moves),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_empty),    cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

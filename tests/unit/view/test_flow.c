/* test_flow.c -- who stands where: ranks by the way values go, and the rows and columns of that. */
#include "unit/view/tale.h"

#include "view/flow.h"
#include "view/flow_plan.h"

struct stage {
    struct trace *trace;
    struct names *names;
    struct scene *scene;
    struct flow *flow;
};

static void stage_open(struct stage *stage, struct trace *trace, bool fold)
{
    stage->trace = trace;
    stage->names = names_new(trace, NULL);
    stage->scene = scene_new(trace);
    assert_non_null(stage->names);
    assert_non_null(stage->scene);
    stage->flow = flow_new(trace, stage->names, stage->scene, fold);
}

static void stage_close(struct stage *stage)
{
    flow_free(stage->flow);
    scene_free(stage->scene);
    names_free(stage->names);
    free(stage->trace);
}

static struct trace *begin(uint32_t goroutines, const char *name, uint32_t channels)
{
    struct trace *trace = tale_new();

    for (uint32_t obj = 1; obj <= channels; obj++)
        TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CHAN);
    for (uint32_t g = 2; g <= goroutines; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g, .text = tale_text(trace, name));
    return trace;
}

#define PASS(obj_, from_, to_) \
    TELL(trace, .kind = EVENT_SEND, .g = (from_), .other = (to_), .obj = (obj_))

static int rank_of(const struct stage *stage, uint32_t g)
{
    return stage->flow->nodes[stage->flow->node_of[g]].rank;
}

/* main feeds two workers, who feed a third goroutine; which reports back to main. */
static void test_ranks(void **state)
{
    struct trace *trace = begin(4, "step", 3);
    struct stage s;

    (void)state;
    PASS(1, 1, 2);
    PASS(1, 1, 3);
    PASS(2, 2, 4);
    PASS(2, 3, 4);
    PASS(3, 4, 1);
    stage_open(&s, trace, false);
    assert_non_null(s.flow);
    assert_int_equal(s.flow->ranks, 3);
    assert_int_equal(rank_of(&s, 1), 0);
    assert_int_equal(rank_of(&s, 2), 1);
    assert_int_equal(rank_of(&s, 3), 1);
    assert_int_equal(rank_of(&s, 4), 2);
    assert_int_equal(flow_channel(s.flow, 1)->gap, 0);
    assert_int_equal(flow_channel(s.flow, 2)->gap, 1);
    assert_int_equal(flow_channel(s.flow, 3)->gap, -1);
    assert_true(flow_channel(s.flow, 3)->backward);
    assert_null(flow_channel(s.flow, 4));
    stage_close(&s);
}

/* A source stands right before who it feeds, and who closes a channel before who receives from
 * it. */
static void test_sources(void **state)
{
    struct trace *trace = begin(4, "step", 3);
    struct stage s;

    (void)state;
    PASS(1, 1, 2);
    PASS(2, 2, 3);
    PASS(3, 4, 3);
    TELL(trace, .kind = EVENT_CLOSE, .g = 4, .obj = 2);
    stage_open(&s, trace, false);
    assert_int_equal(rank_of(&s, 3), 2);
    assert_int_equal(rank_of(&s, 4), 1);
    assert_int_equal(flow_channel(s.flow, 3)->gap, 1);
    stage_close(&s);
}

/* What nobody receives has room behind who sends it; what nobody sends before who waits for it. */
static void test_nobody(void **state)
{
    struct trace *trace = begin(2, "step", 2);
    struct stage s;

    (void)state;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = 1, .extra = WAIT_RECV);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = 2, .extra = WAIT_SEND);
    stage_open(&s, trace, false);
    assert_true(s.flow->none_left && s.flow->none_right);
    assert_int_equal(s.flow->ranks, 3);
    assert_int_equal(rank_of(&s, 1), 1);
    assert_int_equal(flow_channel(s.flow, 1)->gap, 0);
    assert_int_equal(flow_channel(s.flow, 2)->gap, 1);
    stage_close(&s);
}

/* Those of one name are one node, and more than can be told apart are no picture. */
static void test_folded(void **state)
{
    struct trace *trace = begin(101, "worker", 1);
    struct stage s;

    (void)state;
    for (uint32_t g = 2; g <= 101; g++)
        PASS(1, 1, g);
    stage_open(&s, trace, true);
    assert_int_equal(s.flow->nnodes, 2);
    assert_int_equal(s.flow->nodes[1].count, 100);
    assert_string_equal(s.flow->nodes[1].base, "worker");
    assert_int_equal(rank_of(&s, 101), 1);
    flow_free(s.flow);
    s.flow = flow_new(s.trace, s.names, s.scene, false);
    assert_null(s.flow);
    stage_close(&s);
    stage_open(&s, begin(3, "worker", 1), false); /* a channel that nobody uses */
    assert_null(s.flow);
    stage_close(&s);
}

/* Three of one name are not worth folding. */
static void test_few(void **state)
{
    struct trace *trace = begin(4, "worker", 1);
    struct stage s;

    (void)state;
    for (uint32_t g = 5; g <= 9; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g, .text = tale_text(trace, "helper"));
    PASS(1, 1, 2);
    stage_open(&s, trace, true);
    assert_int_equal(s.flow->nnodes, 5); /* main, three workers, five helpers */
    assert_int_equal(s.flow->nodes[2].count, 1);
    assert_int_equal(s.flow->nodes[2].first, 3);
    assert_int_equal(s.flow->nodes[4].count, 5);
    assert_int_equal(s.flow->node_of[9], 4);
    stage_close(&s);
}

/* main takes the first value of each channel of a chain in passing, and stands in nobody's way; who
 * alone receives from a channel is never passing by. */
static void test_passing(void **state)
{
    struct trace *trace = begin(5, "filter", 4);
    struct stage s;

    (void)state;
    PASS(1, 2, 1);
    PASS(1, 2, 3);
    PASS(2, 3, 1);
    PASS(2, 3, 4);
    PASS(3, 4, 1);
    PASS(3, 4, 5);
    PASS(4, 5, 1);
    PASS(1, 2, 3);
    stage_open(&s, trace, false);
    assert_non_null(s.flow);
    for (uint32_t obj = 1; obj <= 3; obj++)
        assert_int_equal(flow_channel(s.flow, obj)->gap, (int)obj - 1);
    assert_int_equal(rank_of(&s, 5), 3);
    assert_int_equal(rank_of(&s, 1), 4);
    stage_close(&s);
}

static void check_apart(const struct plan *plan, struct rect area)
{
    for (uint32_t i = 0; i < plan->flow->nnodes; i++) {
        struct rect a = plan->cell[i];

        assert_true(a.row >= area.row && a.row + a.rows <= area.row + area.rows);
        assert_true(a.col >= area.col && a.col + a.cols <= area.col + area.cols);
        for (uint32_t j = 0; j < i; j++) {
            struct rect b = plan->cell[j];

            assert_true(a.row >= b.row + b.rows || b.row >= a.row + a.rows ||
                        a.col >= b.col + b.cols || b.col >= a.col + a.cols);
        }
    }
}

/* A chain of nine that is too long for a row goes on in the next; its wires stay inside. */
static void test_bands(void **state)
{
    static const struct { int rows, cols, bands; } sizes[] = {
        {11, 78, 3}, {9, 78, 3}, {12, 118, 2}, {9, 230, 1}, {4, 78, 0}, {30, 16, 0}};
    struct trace *trace = begin(9, "step", 8);
    struct pipe pipe = {.cols = 5};
    struct stage s;
    struct plan plan;

    (void)state;
    for (uint32_t g = 1; g <= 8; g++)
        PASS(g, g, g + 1);
    stage_open(&s, trace, false);
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        struct rect area = {2, 3, sizes[size].rows, sizes[size].cols};
        bool fits = plan_init(&plan, s.flow, area);

        assert_int_equal(fits ? plan.bands : 0, sizes[size].bands);
        if (!fits)
            continue;
        check_apart(&plan, area);
        for (uint32_t i = 0; i < s.flow->nchannels; i++) {
            struct route route;
            int gap = plan_gap(&plan, s.flow->channels[i].gap);

            assert_true(plan_is_straight(&plan, i));
            assert_int_equal(plan.row[i], plan_anchor(&plan, i, false));
            plan_wire_out(&plan, i, i + 1, &pipe, gap + 1, &route);
            for (int k = 0; k < route.n; k++) {
                assert_true(route.at[k].row >= area.row && route.at[k].row < area.row + area.rows);
                assert_true(route.at[k].col >= area.col && route.at[k].col < area.col + area.cols);
            }
            assert_int_equal(route.at[route.n - 1].row, plan_anchor(&plan, i + 1, false));
            assert_int_equal(route.at[route.n - 1].col, plan.cell[i + 1].col - 1);
        }
    }
    stage_close(&s);
}

/* No two things share a cell, whatever the size. */
static void test_plan(void **state)
{
    static const struct { int rows, cols; } sizes[] = {{40, 120}, {12, 78}, {9, 58}, {4, 40}};
    struct trace *trace = begin(4, "step", 3);
    struct stage s;
    struct plan plan;

    (void)state;
    PASS(1, 1, 2);
    PASS(1, 1, 3);
    PASS(2, 2, 4);
    PASS(3, 4, 1);
    stage_open(&s, trace, false);
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        struct rect area = {2, 3, sizes[size].rows, sizes[size].cols};

        if (!plan_init(&plan, s.flow, area)) {
            assert_int_equal(size, 3);
            continue;
        }
        assert_true(plan_rows_for(s.flow, area.cols, plan.cell_rows) <= area.rows);
        check_apart(&plan, area);
        assert_int_equal(plan.row[2], area.row + area.rows - 1); /* the lane is at the bottom */
    }
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_passing),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_plan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

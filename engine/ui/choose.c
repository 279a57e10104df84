/* choose.c -- moves, the runs they lead to, and hints. */
#include "ui/choose.h"

#include "grade/report.h"
#include "ui/tell.h"

#include <stdlib.h>

enum {
    MOMENT_MS = 180,  /* a moment between two turns is shown, */
    TRAVEL_MS = 240,  /* a value's way, */
    MOMENTS_MS = 700, /* and all of them together */
    MOST_CASES = 16,  /* of a select, tried one after the other */
};

bool choose_over(const struct choosing *c)
{
    return c->turn >= byhand_steps(&c->run);
}

char choose_key_of(uint32_t nth)
{
    return nth < 9 ? (char)('1' + nth) : (char)('A' + nth - 9);
}

struct offer choose_offers(const struct choosing *c)
{
    struct offer offer = {.trace = c->run.trace, .names = watch_names(c->watch),
                          .scene = c->scene};

    offer.count = byhand_options(&c->run, c->turn, &offer.options);
    return offer;
}

uint32_t choose_moves(const struct choosing *c, struct move *moves)
{
    struct offer offer = choose_offers(c);
    uint32_t n = 0;

    for (uint32_t i = offer.options; i < offer.options + offer.count && n < CHOOSE_MOVES; i++) {
        uint32_t partners[CHOOSE_MOVES], all = offer_partners(&offer, i, partners, CHOOSE_MOVES);
        struct schedule_step step = {.g = c->run.trace->events[i].g, .chosen_case = -1,
                                     .drawn = -1};

        if (all < 2)
            moves[n++] = (struct move){step, i};
        for (uint32_t k = 0; all >= 2 && k < all && n < CHOOSE_MOVES; k++) {
            step.partner = partners[k];
            moves[n++] = (struct move){step, i};
        }
    }
    return n;
}

/* --- goals --------------------------------------------------------------- */

size_t choose_goals(const struct choosing *c)
{
    return c->step ? c->step->ngoals : 0;
}

static struct wish wish_of(const struct choosing *c, size_t goal)
{
    return wish_of_words(c->step->goals[goal]);
}

/* What the run that is over has reached. */
static void score(struct choosing *c)
{
    c->met = 0;
    for (size_t i = 0; choose_over(c) && i < choose_goals(c); i++) {
        struct wish wish = wish_of(c, i);

        if (!wish_met(&wish, c->run.trace, &c->judged->result.findings))
            continue;
        c->met |= 1u << i;
        c->goals[i] = GOAL_REACHED;
    }
}

bool choose_met(const struct choosing *c, struct text *out)
{
    size_t i = 0;

    if (!c->met)
        return false;
    while (!(c->met >> i & 1))
        i++;
    struct wish wish = wish_of(c, i);
    text_add(out, "goal reached: it ");
    report_wish(out, &wish);
    return true;
}

/* --- moving -------------------------------------------------------------- */

static void arrive(struct choosing *c)
{
    watch_go_events(c->watch, byhand_events(&c->run, c->turn));
    scene_go(c->scene, byhand_events(&c->run, c->turn));
    score(c);
}

void choose_step_on(struct app *app, struct choosing *c)
{
    uint32_t last;

    travel_end(&c->travel, c->watch);
    c->turn++;
    arrive(c);
    last = watch_at(c->watch);
    watch_go_events(c->watch, c->run.event[c->turn - 1] + 1);
    uint32_t moments = last - watch_at(c->watch);
    c->pace = moments * MOMENT_MS > MOMENTS_MS ? (int)(MOMENTS_MS / moments) : MOMENT_MS;
    c->due = app_now() + c->pace + travel_begin(app, &c->travel, c->watch, TRAVEL_MS);
}

void choose_back(struct app *app, struct choosing *c, uint32_t turn)
{
    if (!c->judged)
        return;
    job_stop(&c->job);
    c->queued = 0;
    travel_end(&c->travel, c->watch);
    if (c->turn == 0)
        app_say(app, STYLE_NOTE, "this is the start: no step is left to take back");
    c->turn = turn;
    arrive(c);
}

static void follow(struct app *app, struct choosing *c, char *schedule, uint32_t turn)
{
    struct judged *of = c->judged ? c->judged : c->origin;

    c->wanted = turn;
    c->trying = 0;
    if (!schedule || !job_follow(&c->job, of, schedule, app->options->cflags))
        app_say(app, STYLE_BAD, "out of memory");
    free(schedule);
}

/* The entry of the schedule that has goroutine g take the next step. */
static void take(struct app *app, struct choosing *c, const struct schedule_step *step)
{
    const struct schedule_step *next = &c->run.schedule.steps[c->turn];
    bool open = step->chosen_case < 0 && !step->partner && step->drawn < 0;

    if (next->g == step->g && (open || (next->chosen_case == step->chosen_case &&
                                        next->partner == step->partner &&
                                        next->drawn == step->drawn)))
        choose_step_on(app, c);
    else
        follow(app, c, byhand_text_with(&c->run, c->turn, step), c->turn + 1);
}

void choose_move(struct app *app, struct choosing *c, uint32_t nth)
{
    struct move moves[CHOOSE_MOVES];
    uint32_t n;

    if (job_running(&c->job))
        c->queued = nth + 1;
    if (!c->judged || job_running(&c->job))
        return;
    if (choose_over(c)) {
        app_say(app, STYLE_NOTE, "nobody can go on: u takes the last step back");
        return;
    }
    n = choose_moves(c, moves);
    if (nth >= n) {
        app_say(app, STYLE_NOTE, n == 1 ? "there is only 1 to choose" :
                "there is no %c: choose 1 to %c", choose_key_of(nth), choose_key_of(n - 1));
        return;
    }
    take(app, c, &moves[nth].step);
}

const struct event *choose_inner(const struct choosing *c)
{
    const struct event *event = c->judged && c->turn > 0
                                    ? &c->run.trace->events[c->run.event[c->turn - 1]] : NULL;

    return event && (event->flags & EVENT_CASE_CHOSEN || (event->kind == EVENT_RAND &&
                                                          event->extra > 1)) ? event : NULL;
}

/* Which cases were ready is not told: they are tried, from `chosen` on. */
static void try_case(struct app *app, struct choosing *c, int32_t chosen, int trying)
{
    struct schedule_step step = c->run.schedule.steps[c->turn - 1];

    step.chosen_case = chosen % MOST_CASES;
    step.partner = 0;
    follow(app, c, byhand_text_with(&c->run, c->turn - 1, &step), c->turn);
    c->trying = trying;
}

void choose_other(struct app *app, struct choosing *c)
{
    const struct event *last = choose_inner(c);

    if (!c->judged || job_running(&c->job))
        return;
    if (!last) {
        app_say(app, STYLE_NOTE, "the last step held no other choice than who takes it");
    } else if (last->kind == EVENT_RAND) {
        struct schedule_step step = c->run.schedule.steps[c->turn - 1];
        step.drawn = (last->value + 1) % last->extra;
        follow(app, c, byhand_text_with(&c->run, c->turn - 1, &step), c->turn);
    } else {
        try_case(app, c, (int32_t)last->extra + 1, MOST_CASES - 1);
    }
}

/* --- the run comes ------------------------------------------------------- */

static const struct finding *diverged(const struct judged *judged)
{
    const struct findings *findings = &judged->result.findings;

    for (uint32_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == FINDING_DIVERGED)
            return &findings->at[i];
    return NULL;
}

static void adopt(struct app *app, struct choosing *c, struct judged *judged)
{
    struct byhand run = {0};
    struct watch *watch = watch_new(judged->result.trace, &judged->program, NULL);

    struct scene *scene = scene_new(judged->result.trace);

    if (!watch || !scene || !byhand_init(&run, judged->result.trace)) {
        watch_free(watch);
        scene_free(scene);
        app_say(app, STYLE_BAD, "out of memory");
        return;
    }
    bool on = c->judged && c->wanted == c->turn + 1 && c->wanted <= byhand_steps(&run);
    c->travel = (struct travel){0};
    watch_free(c->watch);
    scene_free(c->scene);
    byhand_release(&c->run);
    judged_drop(c->judged);
    c->judged = judged_hold(judged);
    c->watch = watch;
    c->scene = scene;
    c->run = run;
    c->turn = c->wanted <= byhand_steps(&run) ? c->wanted : byhand_steps(&run);
    arrive(c);
    if (on) {
        c->turn--;
        choose_step_on(app, c);
    }
}

void choose_run_comes(struct app *app, struct choosing *c)
{
    struct judged *judged = job_take(&c->job);
    const struct finding *off;

    if (!judged)
        return;
    app->dirty = true;
    off = diverged(judged);
    if (off && c->trying > 1) { /* that case was not ready: the next */
        try_case(app, c, (int32_t)c->run.trace->events[c->run.event[c->turn - 1]].extra
                             + MOST_CASES - c->trying + 1, c->trying - 1);
        judged_drop(judged);
        return;
    }
    if (!judged->result.trace || (off && off->value < (int64_t)c->wanted)) {
        if (!judged->result.trace) {
            struct text title = {0};
            tell_headline(judged, &title, app->ascii);
            app_say(app, STYLE_BAD, "%s", text_string(&title));
            text_release(&title);
        } else {
            app_say(app, STYLE_BAD, "the program no longer runs as before: has its file changed?");
        }
        if (!c->judged)
            app_pop(app);
    } else if (off && !c->judged) {
        /* it is followed up to here, which is all that is needed */
        struct byhand origin;
        uint32_t turn = c->wanted;
        bool read = byhand_init(&origin, c->origin->result.trace);
        follow(app, c, read ? byhand_text(&origin, turn) : NULL, turn);
        if (read)
            byhand_release(&origin);
    } else {
        adopt(app, c, judged);
    }
    judged_drop(judged);
    if (c->queued && c->judged && !job_running(&c->job)) {
        uint32_t nth = c->queued - 1;
        c->queued = 0;
        choose_move(app, c, nth);
    }
}

/* --- hints --------------------------------------------------------------- */

/* The goal a hint is about now: the one just reached, else the first that is open. */
static size_t target(const struct choosing *c)
{
    for (size_t i = 0; i < choose_goals(c); i++)
        if (c->met ? c->met >> i & 1 : c->goals[i] == GOAL_OPEN)
            return i;
    return 0;
}

/* What was found is of another goal. */
static void search_anew(struct choosing *c)
{
    job_stop(&c->search);
    byhand_release(&c->fault);
    judged_drop(c->found);
    c->found = NULL;
    c->searched = false;
}

static bool search(struct app *app, struct choosing *c)
{
    if (choose_goals(c) > 0 && c->target != target(c)) {
        search_anew(c);
        c->target = target(c);
    }
    if (c->searched)
        return true;
    if (choose_goals(c) > 0) {
        struct wish wish = wish_of(c, c->target);
        c->searched = job_can(&c->search, c->origin->program.path, &wish, app->options->cflags);
        return c->searched;
    }
    c->searched = job_start(&c->search, c->origin->program.path, JUDGE_CHECK, NULL,
                            c->origin->exercise, app->options->cflags);
    return c->searched;
}

/* "in none of all 6 interleavings it prints 'LLLR'". */
static void say_no_way(struct app *app, struct choosing *c)
{
    struct wish wish = wish_of(c, c->target);
    struct text words = {0};

    if (c->found->result.complete)
        c->goals[c->target] = GOAL_IMPOSSIBLE;
    text_add(&words, "in ");
    report_share(&words, &c->found->result);
    text_add(&words, " it ");
    report_wish(&words, &wish);
    app_say(app, STYLE_NOTE, "%s", text_string(&words));
    text_release(&words);
}

/* The search has kept the shortest run it made, so when it has seen all there is none shorter. */
static void show_way(struct app *app, struct choosing *c)
{
    struct wish wish = wish_of(c, c->target);
    struct text title = {0};

    text_addf(&title, "in %u steps%s it ", byhand_steps(&c->fault),
              c->found->result.complete ? ", the fewest of all," : ", the fewest found,");
    report_wish(&title, &wish);
    app_push(app, screen_watch(c->found, text_string(&title)));
    text_release(&title);
}

/* No fault is known at all: how sure that is. */
static void say_no_fault(struct app *app, const struct judged *found)
{
    struct text title = {0};

    tell_headline(found, &title, app->ascii);
    app_say(app, STYLE_NOTE, "no move leads to a fault that is known: %s", text_string(&title));
    text_release(&title);
}

void choose_hint(struct app *app, struct choosing *c)
{
    uint32_t same;

    c->hint_due = false;
    if (!c->judged || job_running(&c->job))
        return;
    if (!search(app, c)) {
        app_say(app, STYLE_BAD, "out of memory");
    } else if (choose_over(c) && !c->met) {
        app_say(app, STYLE_NOTE, "it is over: u takes the last step back");
    } else if (!c->found) {
        c->hint_due = true;
        app_say(app, STYLE_NOTE, "looking for a %s...", choose_goals(c) > 0 ? "way" : "fault");
    } else if (!c->fault.trace && choose_goals(c) > 0) {
        say_no_way(app, c);
    } else if (!c->fault.trace) {
        say_no_fault(app, c->found);
    } else if (c->met) {
        show_way(app, c);
    } else {
        same = byhand_common(&c->run, &c->fault);
        if (same < c->turn) {
            app_say(app, STYLE_NOTE, "no %s is known from here, but one after step %u: u goes back",
                    choose_goals(c) > 0 ? "way" : "fault", same);
        } else if (c->turn >= byhand_steps(&c->fault)) {
            app_say(app, STYLE_NOTE, "%s is here: the rest follows, whoever goes on",
                    choose_goals(c) > 0 ? "it" : "the fault");
        } else if (same > c->turn) {
            choose_step_on(app, c);
        } else {
            follow(app, c, byhand_text(&c->fault, byhand_steps(&c->fault)), c->turn + 1);
        }
    }
}

void choose_search_ends(struct app *app, struct choosing *c)
{
    c->found = job_take(&c->search);
    if (!c->found)
        return;
    if (c->found->result.trace && (choose_goals(c) > 0 ? c->found->result.reached > 0
                                                       : c->found->result.findings.count > 0))
        byhand_init(&c->fault, c->found->result.trace);
    if (c->hint_due) {
        app->message[0] = '\0';
        choose_hint(app, c);
    }
    app->dirty = true;
}

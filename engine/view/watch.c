/* watch.c -- the watch view: where in the run it is, and how it goes on. */
#include "view/watch_state.h"

#include "grade/words.h"

#include <stdlib.h>
#include <string.h>

enum { TRAVEL_FRAMES = 8 }; /* pictures of a value on its way */

/* --- moments ------------------------------------------------------------- */

static void mark_all(struct watch *watch)
{
    for (uint32_t m = 1; m < watch->lines.count; m++)
        for (uint32_t i = watch->lines.first[m]; i < watch->lines.first[m + 1]; i++) {
            const struct event *event = &watch->trace->events[i];

            if (event->kind == EVENT_BLOCK && event->extra != WAIT_SLEEP)
                watch->marks[m] |= MARK_BLOCK;
            if (event->kind == EVENT_PANIC || event->kind == EVENT_CHECK)
                watch->marks[m] |= MARK_FAULT;
            if (event->kind == EVENT_PRINT)
                watch->prints = true;
            if (event->kind == EVENT_SLEEP)
                watch->sleeps = true;
        }
    if (watch->findings && watch->findings->count > 0)
        watch->marks[watch->lines.count - 1] |= MARK_FAULT;
    for (uint32_t i = 0; watch->findings && i < watch->findings->count && i < FINDINGS_MAX; i++)
        watch->marks[lines_of_event(&watch->lines, watch->findings->at[i].event)] |= MARK_FAULT;
}

struct watch *watch_new(const struct trace *trace, const struct program *program,
                        const struct findings *findings)
{
    struct watch *watch = calloc(1, sizeof *watch);

    if (!watch)
        return NULL;
    watch->trace = trace;
    watch->program = program;
    watch->findings = findings;
    watch->names = names_new(trace, program);
    watch->scene = scene_new(trace);
    if (!watch->names || !watch->scene || !lines_init(&watch->lines, trace))
        goto fail;
    watch->marks = calloc(watch->lines.count, sizeof *watch->marks);
    if (!watch->marks)
        goto fail;
    mark_all(watch);
    watch->flow = flow_new(trace, watch->names, watch->scene, false);
    watch->folded = flow_new(trace, watch->names, watch->scene, true);
    watch_go(watch, 0);
    return watch;
fail:
    watch_free(watch);
    return NULL;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    lanes_free(watch->lanes);
    braid_free(watch->braid);
    flow_free(watch->flow);
    flow_free(watch->folded);
    free(watch->marks);
    free(watch->timeline);
    lines_release(&watch->lines);
    scene_free(watch->scene);
    names_free(watch->names);
    text_release(&watch->sentence);
    text_release(&watch->line_name);
    free(watch);
}

uint32_t watch_moments(const struct watch *watch)
{
    return watch->lines.count;
}

uint32_t watch_at(const struct watch *watch)
{
    return watch->at;
}

void watch_go(struct watch *watch, uint32_t moment)
{
    if (moment >= watch->lines.count)
        moment = watch->lines.count - 1;
    watch->at = moment;
    watch->following = false;
    watch_set_frame(watch, 0);
    text_clear(&watch->sentence);
    if (moment == 0)
        text_add(&watch->sentence, "nothing has happened yet: main is about to begin");
    else
        lines_sentence(&watch->sentence, &watch->lines, watch->trace, watch->names, moment, false);
}

/* --- on the way ---------------------------------------------------------- */

/* The contexts that are cancelled in this moment, one because of the other. */
static uint32_t cancellings(const struct watch *watch)
{
    uint32_t n = 0;

    for (uint32_t i = watch->lines.first[watch->at]; i < watch->lines.first[watch->at + 1]; i++)
        n += watch->trace->events[i].kind == EVENT_CANCEL;
    return n;
}

uint32_t watch_frames(const struct watch *watch)
{
    uint32_t first = watch->lines.first[watch->at];
    const struct event *head = &watch->trace->events[first];

    if (watch->at == 0 || first >= watch->trace->count || watch->look != WATCH_STAGE)
        return 0;
    if (head->kind == EVENT_SEND || head->kind == EVENT_RECV)
        return head->flags & EVENT_CLOSED ? 0 : TRAVEL_FRAMES;
    return cancellings(watch) > 1 ? cancellings(watch) : 0;
}

void watch_set_frame(struct watch *watch, uint32_t frame)
{
    uint32_t first = watch->lines.first[watch->at], end = watch->lines.first[watch->at + 1];

    watch->frames = watch_frames(watch);
    watch->frame = frame <= watch->frames ? frame : 0;
    if (watch->frame == 0) {
        scene_go(watch->scene, watch->at == 0 ? 0 : end);
        return;
    }
    if (watch->trace->events[first].kind == EVENT_SEND ||
        watch->trace->events[first].kind == EVENT_RECV) {
        scene_go(watch->scene, first);
        return;
    }
    while (first < end && frame > 0) /* a cancelling more in each picture */
        frame -= watch->trace->events[first++].kind == EVENT_CANCEL;
    scene_go(watch->scene, first);
}

uint32_t watch_events(const struct watch *watch)
{
    return watch->at == 0 ? 0 : watch->lines.first[watch->at + 1];
}

void watch_go_events(struct watch *watch, uint32_t events)
{
    watch_go(watch, events == 0 ? 0 : lines_of_event(&watch->lines, events - 1));
}

/* The line of the program a moment is at; 0: none. */
static uint32_t line_of(const struct watch *watch, uint32_t moment)
{
    uint32_t first = watch->lines.first[moment];
    const struct event *event = &watch->trace->events[first];

    return moment > 0 && first < watch->trace->count && event->g && !event->file ? event->line : 0;
}

/* Who acts in the current moment, on what, or where; id 0: nobody. */
static struct subject subject_here(const struct watch *watch, enum watch_jump jump)
{
    uint32_t first = watch->lines.first[watch->at];
    struct subject subject = {jump, 0};

    if (watch->following && watch->subject.kind == jump)
        return watch->subject;
    if (jump == WATCH_LINE)
        subject.id = line_of(watch, watch->at);
    else if (watch->at == 0)
        subject.id = jump == WATCH_GOROUTINE;
    else if (first < watch->trace->count)
        subject.id = jump == WATCH_GOROUTINE ? watch->trace->events[first].g
                                             : watch->trace->events[first].obj;
    return subject;
}

static bool takes_part(const struct event *event, const struct subject *subject)
{
    if (subject->kind == WATCH_OBJECT)
        return event->obj == subject->id;
    return event->g == subject->id ||
           (event->other == subject->id &&
            (event->kind == EVENT_SEND || event->kind == EVENT_RECV || event->kind == EVENT_GO));
}

static void follow(struct watch *watch, struct subject subject)
{
    if (subject.kind == watch->subject.kind && subject.id == watch->subject.id)
        return;
    watch->subject = subject;
    free(watch->timeline);
    watch->timeline = NULL;
    for (uint32_t m = 1; m < watch->lines.count; m++) {
        watch->marks[m] &= (uint8_t)~MARK_SUBJECT;
        if (subject.kind == WATCH_LINE) {
            watch->marks[m] |= line_of(watch, m) == subject.id ? MARK_SUBJECT : 0;
            continue;
        }
        for (uint32_t i = watch->lines.first[m]; i < watch->lines.first[m + 1]; i++)
            if (takes_part(&watch->trace->events[i], &subject))
                watch->marks[m] |= MARK_SUBJECT;
    }
}

bool watch_jump(struct watch *watch, enum watch_jump jump, int direction)
{
    uint32_t moment = watch->at, end = direction > 0 ? watch->lines.count - 1 : 0;
    uint8_t wanted = jump == WATCH_BLOCK ? MARK_BLOCK | MARK_FAULT : MARK_SUBJECT;

    if (jump != WATCH_BLOCK) {
        struct subject subject = subject_here(watch, jump);

        if (subject.id == 0)
            return false;
        follow(watch, subject);
    }
    while (moment != end) {
        moment = direction > 0 ? moment + 1 : moment - 1;
        if (watch->marks[moment] & wanted)
            break;
    }
    if (jump != WATCH_BLOCK && !(moment != watch->at && watch->marks[moment] & wanted))
        return false;
    watch_go(watch, moment);
    watch->following = jump != WATCH_BLOCK;
    return true;
}

const char *watch_subject(struct watch *watch, enum watch_jump jump)
{
    struct subject subject = subject_here(watch, jump);

    if (subject.id == 0)
        return NULL;
    if (jump == WATCH_LINE) {
        text_clear(&watch->line_name);
        text_addf(&watch->line_name, "line %u", subject.id);
        return text_string(&watch->line_name);
    }
    return jump == WATCH_GOROUTINE ? names_goroutine(watch->names, subject.id)
                                   : names_object(watch->names, subject.id);
}

bool watch_go_line(struct watch *watch, uint32_t line)
{
    uint32_t before = 0;

    for (uint32_t m = 1; m < watch->lines.count; m++) {
        if (line == 0 || line_of(watch, m) != line)
            continue;
        if (m > watch->at) {
            watch_go(watch, m);
            return true;
        }
        before = m;
    }
    if (before == 0)
        return false;
    watch_go(watch, before);
    return true;
}

bool watch_move_line(struct watch *watch, int direction)
{
    uint32_t here = line_of(watch, watch->at), best = 0;

    for (uint32_t m = watch->at; here == 0 && m-- > 0;)
        here = line_of(watch, m);
    for (uint32_t m = 1; m < watch->lines.count; m++) {
        uint32_t line = line_of(watch, m);

        if (line == 0 || (direction > 0 ? line <= here : line >= here))
            continue;
        if (best == 0 || (direction > 0 ? line < best : line > best))
            best = line;
    }
    return best != 0 && watch_go_line(watch, best);
}

enum hit watch_hit(const struct watch *watch, int row, int col, uint32_t *id)
{
    return hits_find(&watch->hits, row, col, id);
}

bool watch_follow(struct watch *watch, enum watch_jump jump, uint32_t id)
{
    follow(watch, (struct subject){jump, id});
    watch->following = true;
    return watch_jump(watch, jump, 1);
}

const char *watch_sentence(const struct watch *watch)
{
    return text_string(&watch->sentence);
}

const struct names *watch_names(const struct watch *watch)
{
    return watch->names;
}

const struct finding *watch_finding(const struct watch *watch)
{
    bool last = watch->at + 1 == watch->lines.count;

    for (uint32_t i = 0; watch->findings && i < watch->findings->count && i < FINDINGS_MAX; i++)
        if (lines_of_event(&watch->lines, watch->findings->at[i].event) == watch->at)
            return &watch->findings->at[i];
    return last && watch->findings && watch->findings->count > 0 ? &watch->findings->at[0] : NULL;
}

struct moment watch_moment(struct watch *watch)
{
    const struct finding *finding = watch_finding(watch);

    return (struct moment){
        .trace = watch->trace,
        .program = watch->program,
        .names = watch->names,
        .scene = watch->scene,
        .head = watch->at > 0 ? watch->lines.first[watch->at] : UINT32_MAX,
        .line = finding && !finding->at.file ? finding->at.line : 0,
        .sleeps = watch->sleeps,
        .hits = &watch->hits,
        .frame = watch->frame,
        .frames = watch->frames,
        .at_rest = watch->frame == 0 && watch->at + 1 == watch->lines.count &&
                   watch->findings && watch->findings->count,
    };
}

struct braid *watch_braid(struct watch *watch)
{
    if (!watch->braid)
        watch->braid = braid_new(watch->trace, &watch->lines, watch->names, watch->findings);
    return watch->braid;
}

enum watch_look watch_look(const struct watch *watch)
{
    return watch->look;
}

void watch_set_look(struct watch *watch, enum watch_look look)
{
    watch->look = look;
}

char *watch_plain_braid(struct watch *watch, bool ascii)
{
    struct braid *braid = watch_braid(watch);

    return braid ? braid_plain(braid, ascii) : NULL;
}

char *watch_plain(const struct watch *watch)
{
    struct text out = {0};

    words_story(&out, watch->trace, watch->names, watch->program, UINT32_MAX);
    return text_take(&out);
}

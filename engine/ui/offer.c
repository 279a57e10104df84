/* offer.c -- see offer.h. */
#include "ui/offer.h"

#include "grade/words.h"

#include <string.h>

enum { LOOK_AHEAD = 5000 }; /* events */

/* The next step that g takes, or gives a value in; NULL: none. */
static const struct event *next_step(const struct offer *offer, uint32_t g)
{
    for (uint32_t i = scene_at(offer->scene), n = 0; i < offer->trace->count && n < LOOK_AHEAD;
         i++, n++) {
        const struct event *event = &offer->trace->events[i];

        if (event_is_step(event) && (event->g == g ||
            (event->kind == EVENT_RECV && event->other == g)))
            return event;
        if (event->g == g && (event->kind == EVENT_PANIC || event->kind == EVENT_END))
            return NULL;
    }
    return NULL;
}

/* The next event that tells of g itself; NULL: none. */
static const struct event *next_news(const struct offer *offer, uint32_t g)
{
    for (uint32_t i = scene_at(offer->scene), n = 0; i < offer->trace->count && n < LOOK_AHEAD;
         i++, n++) {
        const struct event *event = &offer->trace->events[i];

        if ((event->g == g && event->kind != EVENT_OPTION) ||
            (event->kind == EVENT_RECV && event->other == g))
            return event;
    }
    return NULL;
}

static bool has_option(const struct offer *offer, uint32_t g)
{
    for (uint32_t i = 0; i < offer->count; i++)
        if (offer->trace->events[offer->options + i].g == g)
            return true;
    return false;
}

static bool somebody_receives(const struct offer *offer, uint32_t chan)
{
    for (uint32_t i = 0; i < offer->count; i++) {
        const struct event *option = &offer->trace->events[offer->options + i];

        if (option->extra == WAIT_RECV && option->obj == chan)
            return scene_cap(offer->scene, chan) == 0;
    }
    return false;
}

/* The unbuffered channel on which g can only send as part of a receiver's step; 0: none.  A
 * receiver that came when a sender was there never blocked, so the scene does not know of it. */
static uint32_t hands_over_on(const struct offer *offer, uint32_t g)
{
    const struct scene_goroutine *goroutine = scene_goroutine(offer->scene, g);
    enum scene_state state = scene_state(offer->scene, g);
    const struct event *news;

    if (has_option(offer, g))
        return 0;
    if (goroutine->state == SCENE_BLOCKED && goroutine->wait == WAIT_SEND)
        return state != SCENE_BLOCKED || somebody_receives(offer, goroutine->obj) ? goroutine->obj
                                                                                  : 0;
    if (state != SCENE_READY && state != SCENE_RUNNING)
        return 0;
    news = next_news(offer, g);
    if (news && ((news->kind == EVENT_RECV && news->g != g) ||
                 (news->kind == EVENT_BLOCK && news->extra == WAIT_SEND)))
        return news->obj;
    return 0;
}

uint32_t offer_partners(const struct offer *offer, uint32_t option, uint32_t *out, uint32_t most)
{
    const struct event *event = &offer->trace->events[option];
    uint32_t n = 0;

    if (event->extra != WAIT_RECV || !event->obj || scene_cap(offer->scene, event->obj) > 0)
        return 0;
    for (uint32_t g = 1; g <= scene_goroutines(offer->scene) && n < most; g++)
        if (hands_over_on(offer, g) == event->obj)
            out[n++] = g;
    return n;
}

/* Bytes of a call such as "select { ... }" up to the bracket that closes it. */
static size_t call_length(const char *call)
{
    size_t len = 0;
    int depth = 0;

    for (; call[len]; len++) {
        depth += call[len] == '(' || call[len] == '{';
        if ((call[len] == ')' || call[len] == '}') && --depth <= 0)
            return len + 1;
    }
    return len;
}

/* The line an operation stands at; only the call of `from` in it where that is found. */
static void add_line(struct text *out, const struct offer *offer, const struct event *event,
                     const char *from)
{
    const struct program *program = names_program(offer->names);
    size_t len;

    if (!event->line || event->file || !program) {
        text_add(out, "take its next step");
        return;
    }
    const char *line = program_line(program, event->line, &len);
    while (len > 0 && (*line == ' ' || *line == '\t')) {
        line++;
        len--;
    }
    struct text copy = {0};
    text_add_n(&copy, line, len);
    char *at = from && copy.at ? strstr(copy.at, from) : NULL;
    if (at)
        at[call_length(at)] = '\0';
    else
        text_addf(out, "line %u, ", event->line);
    words_safe(out, at ? at : text_string(&copy), 60);
    text_release(&copy);
}

/* An operation that never waits, by what it is when it is taken in this run. */
static void add_act(struct text *out, const struct offer *offer, const struct event *option,
                    const struct event *step)
{
    const char *name;

    if (!step || step->g != option->g || step->line != option->line) {
        add_line(out, offer, option, NULL);
        return;
    }
    name = names_object(offer->names, step->obj);
    switch (step->kind) {
    case EVENT_CLOSE: text_addf(out, "close %s", name); break;
    case EVENT_CANCEL: text_addf(out, "cancel %s", name); break;
    case EVENT_UNLOCK:
    case EVENT_RUNLOCK: text_addf(out, "unlock %s", name); break;
    case EVENT_LOCK: text_addf(out, "lock %s", name); break;
    case EVENT_WG_ADD:
        if (step->value < 0)
            text_addf(out, "count %s down by %lld", name, -(long long)step->value);
        else
            text_addf(out, "add %lld to %s", (long long)step->value, name);
        break;
    case EVENT_WG_WAIT: text_addf(out, "go on: %s is at 0", name); break;
    case EVENT_SEND: text_addf(out, "send on %s", name); break;
    case EVENT_RECV: text_addf(out, "receive from %s", name); break;
    case EVENT_SLEEP:
        text_add(out, "sleep for ");
        words_duration(out, step->value);
        break;
    case EVENT_PRINT: {
        struct text line = {0};
        const char *text = trace_text(offer->trace, step->text);
        text_add_n(&line, text, strcspn(text, "\n"));
        text_add(out, "print \"");
        words_safe(out, text_string(&line), 40);
        text_add(out, "\"");
        text_release(&line);
        break;
    }
    case EVENT_END: text_add(out, "return: the program is over then"); break;
    case EVENT_EXIT: text_add(out, "end the program"); break;
    case EVENT_YIELD: text_add(out, "give way"); break;
    default: add_line(out, offer, option, NULL); break;
    }
}

static void add_select(struct text *out, const struct offer *offer, const struct event *option)
{
    uint32_t block = scene_goroutine(offer->scene, option->g)->block;

    if (block < offer->trace->count && offer->trace->events[block].extra == WAIT_SELECT) {
        struct text wait = {0};
        words_wait(&wait, offer->trace, offer->names, block);
        const char *cases = strchr(text_string(&wait), ':');
        text_addf(out, "select%s", cases ? cases : "");
        text_release(&wait);
    } else {
        add_line(out, offer, option, "select");
    }
}

void offer_option(struct text *out, const struct offer *offer, uint32_t index, uint32_t partner)
{
    const struct event *option = &offer->trace->events[index];
    const struct event *step = next_step(offer, option->g);
    const char *name = names_object(offer->names, option->obj);
    bool known = step && step->g == option->g && step->obj == option->obj;

    text_addf(out, "%s: ", names_goroutine(offer->names, option->g));
    switch (option->extra) {
    case WAIT_NONE: add_act(out, offer, option, step); break;
    case WAIT_SELECT: add_select(out, offer, option); break;
    case WAIT_SEND:
        text_add(out, "send ");
        if (known && step->kind == EVENT_SEND) {
            size_t before = out->len;
            words_value(out, offer->trace, step->value_kind, step->value);
            if (out->len > before)
                text_add_char(out, ' ');
        }
        text_addf(out, "on %s", name);
        break;
    case WAIT_RECV:
        text_addf(out, "receive from %s", name);
        if (partner)
            text_addf(out, ", sent by %s", names_goroutine(offer->names, partner));
        break;
    case WAIT_WG: text_addf(out, "go on: %s is at 0", name); break;
    case WAIT_LOCK: text_addf(out, "lock %s", name); break;
    case WAIT_RLOCK: text_addf(out, "lock %s for reading", name); break;
    default:
        text_add(out, "go on: it waited ");
        words_wait(out, offer->trace, offer->names, index);
        break;
    }
}

/* The reason, as it is now and not as it was when it came to wait. */
static void add_reason(struct text *out, const struct offer *offer, uint32_t g)
{
    const struct scene_goroutine *goroutine = scene_goroutine(offer->scene, g);
    const char *name = names_object(offer->names, goroutine->obj);
    struct text clause = {0};
    static const char blocks[] = " blocks: ";

    switch (goroutine->wait) {
    case WAIT_SLEEP:
        text_add(out, " sleeps until ");
        words_duration(out, goroutine->until);
        break;
    case WAIT_WG:
        text_addf(out, " is blocked: %s is at %d, not 0", name,
                  goroutine->obj ? scene_object(offer->scene, goroutine->obj)->counter : 0);
        break;
    case WAIT_SEND:
    case WAIT_RECV:
    case WAIT_SELECT:
        if (words_clause(&clause, offer->trace, offer->names, goroutine->block, false) &&
            strncmp(text_string(&clause), blocks, sizeof blocks - 1) == 0) {
            text_addf(out, " is blocked: %s", text_string(&clause) + sizeof blocks - 1);
            break;
        }
        /* fall through */
    default:
        text_add(out, " is blocked: it waits ");
        words_wait(out, offer->trace, offer->names, goroutine->block);
        break;
    }
    text_release(&clause);
}

bool offer_waiting(struct text *out, const struct offer *offer, uint32_t g)
{
    enum scene_state state = scene_state(offer->scene, g);
    uint32_t obj;

    if (state == SCENE_UNBORN || state == SCENE_ENDED || state == SCENE_PANICKED)
        return false;
    text_add(out, names_goroutine(offer->names, g));
    obj = hands_over_on(offer, g);
    if (!obj && state == SCENE_BLOCKED)
        add_reason(out, offer, g);
    else if (obj)
        text_addf(out, " hands over when somebody receives from %s",
                  names_object(offer->names, obj));
    else
        text_add(out, " lets others go first");
    return true;
}

/* export_svg.c -- a run as a sequence diagram: goroutines from left to right, steps downward.
 *
 *     main        worker 1
 *      |-- go ------>|
 *      :             |  sends 9 on results
 *      |<---- 9 -----|
 *
 * A lifeline is thick while its goroutine can run and dashed while it waits.
 */
#include "view/export.h"

#include "base/utf8.h"
#include "grade/lines.h"
#include "grade/names.h"
#include "grade/words.h"
#include "view/scene.h"

#include <string.h>

enum {
    LEFT = 70,     /* of the first lifeline, in pixels */
    COLUMN = 190,
    TOP = 60,      /* of the first row */
    ROW = 26,
    LABEL = 27,    /* characters beside a lifeline */
};

static const char style[] =
    "<style>text{font:11px ui-monospace,monospace;fill:#333}.name{font-weight:bold;"
    "text-anchor:middle}.number{fill:#999;text-anchor:end}.runs{stroke:#0072b2;stroke-width:4}"
    ".ready{stroke:#56b4e9;stroke-width:2}.waits{stroke:#d55e00;stroke-width:2;"
    "stroke-dasharray:3 3}.arrow{stroke:#333;fill:none;marker-end:url(#head)}"
    ".start{stroke-dasharray:4 2}.fault{fill:#c00}text.fault{font-weight:bold}</style>\n"
    "<defs><marker id=\"head\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" "
    "orient=\"auto\"><path d=\"M0,0 L8,4 L0,8 z\" fill=\"#333\"/></marker></defs>\n";

/* Text between tags, cut after `most` characters. */
static void add_text(struct text *out, const char *text, size_t most)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t rune;
        char bytes[4];

        if (most-- == 0) {
            text_add(out, "\xe2\x80\xa6");
            return;
        }
        rune = utf8_next(&text, end);
        if (rune == '<')
            text_add(out, "&lt;");
        else if (rune == '>')
            text_add(out, "&gt;");
        else if (rune == '&')
            text_add(out, "&amp;");
        else if (rune == '"')
            text_add(out, "&quot;");
        else if (utf8_is_control(rune) || rune == 0xFFFE || rune == 0xFFFF)
            text_add_char(out, '?');
        else
            text_add_n(out, bytes, utf8_put(bytes, rune));
    }
}

static int x_of(uint32_t g)
{
    return LEFT + (int)(g - 1) * COLUMN;
}

static int y_of(uint32_t moment)
{
    return TOP + (int)moment * ROW;
}

static const char *class_of(const struct export *e, uint32_t g)
{
    switch (scene_state(e->scene, g)) {
    case SCENE_RUNNING: return "runs";
    case SCENE_READY: return "ready";
    case SCENE_BLOCKED: return "waits";
    default: return NULL;
    }
}

/* The piece of each lifeline that leads from a moment to the next. */
static void add_lifelines(struct text *out, const struct export *e, uint32_t moment)
{
    for (uint32_t g = 1; g <= e->goroutines; g++) {
        const char *class = class_of(e, g);

        if (class)
            text_addf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class,
                      x_of(g), y_of(moment), x_of(g), y_of(moment + 1));
    }
}

static void add_arrow(struct text *out, const struct export *e, const struct event *event,
                      uint32_t from, uint32_t to, uint32_t moment)
{
    int y = y_of(moment), side = from < to ? 1 : -1;
    struct text value = {0};

    text_addf(out, "<path class=\"arrow%s\" d=\"M%d,%d L%d,%d\"/>\n",
              event->kind == EVENT_GO ? " start" : "", x_of(from), y, x_of(to) - 4 * side, y);
    if (event->kind == EVENT_GO)
        text_add(&value, "go");
    else
        words_value(&value, e->trace, (enum value_kind)event->value_kind, event->value);
    text_addf(out, "<text text-anchor=\"middle\" x=\"%d\" y=\"%d\">", (x_of(from) + x_of(to)) / 2,
              y - 4);
    add_text(out, text_string(&value), LABEL);
    text_add(out, "</text>\n");
    text_release(&value);
}

static void add_moment(struct text *out, struct export *e, uint32_t moment, struct text *words)
{
    uint32_t head = e->lines->first[moment], from, to;
    const struct event *event = &e->trace->events[head], *arrow;

    scene_go(e->scene, e->lines->first[moment + 1]);
    add_lifelines(out, e, moment);
    if (!*export_sentence(e, moment, words))
        return;
    text_addf(out, "<g><title>%u. ", moment);
    add_text(out, text_string(words), SIZE_MAX);
    text_addf(out, "</title><text class=\"number\" x=\"24\" y=\"%d\">%u</text>\n", y_of(moment) + 4,
              moment);
    arrow = export_arrow(e, moment, &from, &to);
    if (arrow)
        add_arrow(out, e, arrow, from, to, moment);
    if (event->g) {
        text_addf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"#0072b2\"/>\n", x_of(event->g),
                  y_of(moment));
        text_clear(words);
        words_clause(words, e->trace, e->names, head, false);
    }
    text_addf(out, "<text x=\"%d\" y=\"%d\">", (event->g ? x_of(event->g) : 24) + 8,
              y_of(moment) + 14);
    add_text(out, text_string(words) + (*text_string(words) == ' '), LABEL);
    text_add(out, "</text></g>\n");
}

static void add_findings(struct text *out, const struct export *e, const struct findings *findings,
                         struct text *words)
{
    for (uint32_t i = 0; findings && i < findings->count; i++) {
        const struct finding *f = &findings->at[i];
        int y = y_of(e->moments) + (int)(i + 1) * ROW;

        if (f->at.g)
            text_addf(out, "<circle class=\"fault\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n", x_of(f->at.g),
                      y_of(lines_of_event(e->lines, f->event)));
        text_clear(words);
        words_finding_title(words, e->trace, e->names, f);
        text_addf(out, "<text class=\"fault\" x=\"24\" y=\"%d\">", y);
        add_text(out, text_string(words), SIZE_MAX);
        text_add(out, "</text>\n");
    }
}

bool export_svg(struct text *out, const struct trace *trace, const struct program *program,
                const struct findings *findings)
{
    struct export e;
    struct text words = {0};
    int width, height;

    if (!export_begin(&e, trace, program))
        return false;
    width = x_of(e.goroutines + 1) + 20;
    height = y_of(e.moments) + (int)(findings ? findings->count + 1 : 1) * ROW;
    text_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                   "viewBox=\"0 0 %d %d\">\n%s", width, height, width, height, style);
    text_addf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
    for (uint32_t g = 1; g <= e.goroutines; g++) {
        text_addf(out, "<text class=\"name\" x=\"%d\" y=\"%d\">", x_of(g), TOP / 2);
        add_text(out, names_goroutine(e.names, g), LABEL);
        text_add(out, "</text>\n");
    }
    for (uint32_t m = 1; m < e.moments; m++)
        add_moment(out, &e, m, &words);
    add_findings(out, &e, findings, &words);
    text_add(out, "</svg>\n");
    text_release(&words);
    export_end(&e);
    return true;
}

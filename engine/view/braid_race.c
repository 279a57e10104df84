/* braid_race.c -- races in the braid: two points, each in a row of its own. */
#include "view/braid_state.h"

#include "grade/words.h"

/* The moment after which an access came. */
static uint32_t moment_of(const struct braid *braid, const struct finding_place *place)
{
    uint32_t event = place->event;

    if (event == UINT32_MAX)
        event = names_goroutine_event(braid->names, place->g);
    return event == UINT32_MAX ? 1 : lines_of_event(braid->lines, event);
}

static void add_point(struct braid *braid, const struct finding *finding, bool second)
{
    struct point point = {
        second && finding->event != UINT32_MAX ? lines_of_event(braid->lines, finding->event)
        : moment_of(braid, second ? &finding->at : &finding->other), finding, second};
    uint32_t i = braid->npoints++;

    for (; i > 0 && braid->points[i - 1].moment > point.moment; i--)
        braid->points[i] = braid->points[i - 1];
    braid->points[i] = point;
}

const struct finding_place *braid_race_place(const struct point *point)
{
    return point->second ? &point->finding->at : &point->finding->other;
}

void braid_race_tell(const struct braid *braid, const struct point *point, struct text *out)
{
    const struct finding_place *place = braid_race_place(point);
    const char *name = trace_text(braid->trace, point->finding->text);

    text_add(out, "race");
    if (point->second)
        text_addf(out, ", no path from step %u", moment_of(braid, &point->finding->other));
    text_addf(out, ": %s %s ", names_goroutine(braid->names, place->g),
              place->write ? "writes" : "reads");
    words_safe(out, *name ? name : "memory", 40);
    if (place->line) {
        text_add(out, " (");
        words_place(out, braid->trace, names_program(braid->names), place->file, place->line);
        text_add(out, ")");
    }
}

void braid_race_points(struct braid *braid, const struct findings *findings)
{
    for (uint32_t i = 0; findings && i < findings->count && i < FINDINGS_MAX; i++)
        if (findings->at[i].kind == FINDING_RACE) {
            add_point(braid, &findings->at[i], false);
            add_point(braid, &findings->at[i], true);
        }
}

/* One that ends there rather than one that begins there. */
const struct finding *braid_race_at(const struct braid *braid, uint32_t moment, uint32_t *first,
                                    uint32_t *second)
{
    const struct finding *race = NULL;
    bool ends = false;

    for (uint32_t i = 0; i < braid->npoints; i++)
        if (braid->points[i].moment == moment && !ends) {
            race = braid->points[i].finding;
            ends = braid->points[i].second;
        }
    for (uint32_t i = 0; race && i < braid->npoints; i++)
        if (braid->points[i].finding == race)
            *(braid->points[i].second ? second : first) = braid->points[i].moment;
    return race;
}

/* leaflet.c -- see leaflet.h. */
#include "ui/leaflet.h"

#include "ui/tell.h"

#include <stdlib.h>

static char *task_text(const struct exercise *exercise)
{
    struct text out = {0};

    text_addf(&out, "# %s\n\n%s\n", exercise->title,
              exercise->task ? exercise->task : "");
    return text_take(&out);
}

static char *hints_text(struct app *app, const struct exercise *exercise)
{
    uint32_t shown = progress_hints(app->progress, exercise);
    struct text out = {0};

    for (uint32_t i = 0; i < shown && i < exercise->nhints; i++)
        text_addf(&out, "### Hint %u of %zu\n\n%s\n\n", i + 1, exercise->nhints,
                  exercise->hints[i]);
    return text_take(&out);
}

static void add_passed(struct text *out, struct app *app, const struct exercise *exercise)
{
    const struct exercise *next = course_next(&app->course, exercise);

    if (next) {
        text_add(out, "**n** goes on to the next exercise: ");
        tell_escape(out, next->title);
        text_add(out, ".\n");
    } else {
        text_add(out, "That was the last exercise.\n");
    }
    text_add(out, "**s** shows a solution of ours to compare with, **r** a run of yours.\n");
}

static char *verdict_text(struct app *app, const struct exercise *exercise,
                          const struct judged *judged, int cols)
{
    const struct lesson *lesson = course_lesson_of(&app->course, exercise);
    struct text where = {0}, out = {0};

    if (!judged)
        return text_take(&out);
    if (lesson && exercise->step < lesson->nsteps)
        text_addf(&where, "lesson %s, step %u: %s", lesson->title, exercise->step + 1,
                  lesson->steps[exercise->step].title);
    char *told = tell_markdown(judged, where.len ? where.at : NULL, cols);
    bool passed = judged->result.verdict == VERDICT_PASSED;
    text_addf(&out, "%s\n\n%s\n", passed ? "## Passed" : "## What happened", told ? told : "");
    if (passed)
        add_passed(&out, app, exercise);
    free(told);
    text_release(&where);
    return text_take(&out);
}

void leaflet_forget(struct leaflet *leaflet, enum leaflet_part part)
{
    markdown_free(leaflet->parts[part]);
    leaflet->parts[part] = NULL;
}

void leaflet_release(struct leaflet *leaflet)
{
    for (int p = 0; p < LEAFLET_PARTS; p++)
        leaflet_forget(leaflet, p);
}

void leaflet_make(struct leaflet *leaflet, struct app *app, const struct exercise *exercise,
                  const struct judged *judged, int cols)
{
    if (leaflet->cols != cols)
        leaflet_release(leaflet);
    leaflet->cols = cols;
    for (int p = 0; p < LEAFLET_PARTS; p++) {
        if (leaflet->parts[p])
            continue;
        char *text = p == LEAFLET_TASK ? task_text(exercise)
                     : p == LEAFLET_HINTS ? hints_text(app, exercise)
                                          : verdict_text(app, exercise, judged, cols);
        if (text && *text)
            leaflet->parts[p] = markdown_new(text, cols, app->ascii);
        free(text);
    }
}

/* With an empty row after it. */
static int part_rows(const struct leaflet *leaflet, enum leaflet_part part)
{
    return leaflet->parts[part] ? markdown_rows(leaflet->parts[part]) + 1 : 0;
}

int leaflet_start(const struct leaflet *leaflet, enum leaflet_part part)
{
    int row = 0;

    for (enum leaflet_part p = 0; p < part; p++)
        row += part_rows(leaflet, p);
    return row;
}

void leaflet_draw(const struct leaflet *leaflet, struct grid *grid, struct rect area, int first)
{
    for (enum leaflet_part p = 0; p < LEAFLET_PARTS; p++) {
        int start = leaflet_start(leaflet, p) - first;
        int rows = part_rows(leaflet, p);
        if (rows == 0 || start + rows <= 0 || start >= area.rows)
            continue;
        struct rect part = {area.row + (start > 0 ? start : 0), area.col,
                            area.rows - (start > 0 ? start : 0), area.cols};
        markdown_draw(leaflet->parts[p], grid, part, start < 0 ? -start : 0);
    }
}

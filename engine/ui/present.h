/* present.h -- a lesson presented to an audience: what the parts of screen_present.c share. */
#ifndef BRAID_UI_PRESENT_H
#define BRAID_UI_PRESENT_H

#include "course/deck.h"
#include "course/talk.h"
#include "ui/app.h"
#include "ui/probe.h"
#include "view/markdown.h"

struct presenting {
    struct screen screen;
    struct deck deck;
    struct talk talk;
    char *path;              /* of the file that tells where we are; NULL: it cannot be kept */
    int lock;                /* of that file; -1: none */
    struct markdown *text;   /* of the slide, for `cols` and `language`; NULL: to be made */
    int cols;
    enum course_language language;
    int first;               /* row at the top, where the slide is higher than the screen */
    size_t answer;           /* whose hands are asked for */
    struct probe probe;      /* of the step's question, once it is checked; else zero */
};

const struct slide *present_slide(const struct presenting *p);
const struct lesson_step *present_step(const struct presenting *p);

/* The demo of the slide's step in the chosen language, else in the other one; NULL: none. */
const char *present_demo(const struct app *app, const struct presenting *p);

/* Whether the answers of this slide's question are known, or being looked for. */
bool present_is_tried(const struct presenting *p);

/* present_draw.c: the slide. */
void present_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body);

#endif

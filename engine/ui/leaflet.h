/* leaflet.h -- what an exercise gives to read: task, hints taken, verdict, as one scrolled text.
 *
 * Each part is laid out once for a width and made anew only when it was forgotten.
 */
#ifndef BRAID_UI_LEAFLET_H
#define BRAID_UI_LEAFLET_H

#include "ui/app.h"
#include "view/markdown.h"

enum leaflet_part { LEAFLET_TASK, LEAFLET_HINTS, LEAFLET_VERDICT, LEAFLET_PARTS };

/* Zeroed: nothing is made yet. */
struct leaflet {
    struct markdown *parts[LEAFLET_PARTS]; /* for `cols`; NULL: to be made, or empty */
    int cols;
};

/* Makes the parts that are missing.  judged: NULL while there is no verdict. */
void leaflet_make(struct leaflet *leaflet, struct app *app, const struct exercise *exercise,
                  const struct judged *judged, int cols);

/* What it shows has changed: to be made anew. */
void leaflet_forget(struct leaflet *leaflet, enum leaflet_part part);
void leaflet_release(struct leaflet *leaflet);

/* The row of the text at which a part begins; LEAFLET_PARTS: the rows of all. */
int leaflet_start(const struct leaflet *leaflet, enum leaflet_part part);

/* Draws rows from `first` on into the area. */
void leaflet_draw(const struct leaflet *leaflet, struct grid *grid, struct rect area, int first);

#endif

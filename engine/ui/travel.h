/* travel.h -- what goes on between two moments: the pictures of a value on its way.
 *
 * A zeroed travel is at rest.  The moment counts as reached from the start; a learner who does not
 * want to see how it comes about (--still, BRAID_STILL, a) sees it at once.
 */
#ifndef BRAID_UI_TRAVEL_H
#define BRAID_UI_TRAVEL_H

#include "ui/app.h"
#include "view/watch.h"

struct travel {
    bool under_way;
    uint32_t frame;
    int each;     /* ms a picture is shown */
    int64_t due;  /* when the next is to be shown; valid while under way */
};

/* The watch has just come to its moment from the one before: shows its pictures, in at most so many
 * ms.  Nothing where there is nothing to see, or no time for it.  Returns the ms it takes. */
int travel_begin(const struct app *app, struct travel *travel, struct watch *watch, int ms);

/* Goes on to the next picture if it is time; true: it must be drawn. */
bool travel_tick(struct travel *travel, struct watch *watch);

/* ms until then; -1: at rest. */
int travel_wait(const struct travel *travel);

/* Shows the moment itself. */
void travel_end(struct travel *travel, struct watch *watch);

/* Turns the pictures off or on for all screens, and says so. */
void travel_switch(struct app *app);

#endif

/* object.h -- locks, WaitGroups, contexts, timers and the like: a row each. */
#ifndef BRAID_VIEW_OBJECT_H
#define BRAID_VIEW_OBJECT_H

#include "view/pipe.h"

/* Its name in so many columns, after its branch of the tree ("" for most); its shape, what it is
 * and who waits for it.  Nothing before it is made. */
void object_draw(const struct drawing *d, struct rect area, uint32_t obj, const char *branch,
                 int name_cols);

#endif

/* markdown.h -- a lesson's Markdown as lines of styled text for a given width. */
#ifndef BRAID_VIEW_MARKDOWN_H
#define BRAID_VIEW_MARKDOWN_H

#include "view/grid.h"

struct markdown;

/* Parses and wraps (md4c); code blocks are highlighted (lua, c) and never wrapped; tables are laid
 * out. NULL: out of memory. */
struct markdown *markdown_new(const char *text, int cols, bool ascii);
void markdown_free(struct markdown *markdown);
int markdown_rows(const struct markdown *markdown);

/* Draws rows from `first` on into the area. */
void markdown_draw(const struct markdown *markdown, struct grid *grid, struct rect area, int first);

/* The row in which some words begin, whatever the case of ASCII letters and where lines were broken;
 * -1: nowhere. */
int markdown_find(const struct markdown *markdown, const char *words);

/* As plain text (heap). */
char *markdown_plain(const struct markdown *markdown);

#endif

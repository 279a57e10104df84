/* export_cast.c -- the animation of a run as an asciicast (version 2), which asciinema plays.
 *
 * A frame is the watch view at one moment, or on the way to it; of each only the rows that changed
 * are written.
 */
#include "view/export.h"

#include "base/utf8.h"
#include "view/watch.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 30,
    COLS = 100,
    FRAME_MS = 900, /* how long a moment is shown */
    WAY_MS = 45,    /* ... of that a picture of a value on its way to the next */
    REST_MS = 3000, /* and the last one */
};

/* How styles look: as ui/term.c has them on a terminal of 256 colours. */
static const char *const looks[STYLE_COUNT] = {
    [STYLE_PLAIN] = "0", [STYLE_DIM] = "0;38;5;245", [STYLE_BOLD] = "0;1",
    [STYLE_TITLE] = "0;1;38;5;33", [STYLE_KEY] = "0;1;38;5;222;48;5;236",
    [STYLE_RUNNING] = "0;1;38;5;33", [STYLE_READY] = "0;38;5;37",
    [STYLE_BLOCKED] = "0;38;5;172", [STYLE_ENDED] = "0;38;5;245",
    [STYLE_CHANNEL] = "0;38;5;97", [STYLE_VALUE] = "0;1;38;5;166",
    [STYLE_GOOD] = "0;1;38;5;35", [STYLE_BAD] = "0;1;38;5;161", [STYLE_NOTE] = "0;38;5;136",
    [STYLE_CODE] = "0;38;5;66", [STYLE_CODE_KEYWORD] = "0;1;38;5;97",
    [STYLE_CODE_STRING] = "0;38;5;65", [STYLE_CODE_COMMENT] = "0;38;5;245",
    [STYLE_CODE_NUMBER] = "0;38;5;166", [STYLE_HERE] = "0;38;5;255;48;5;238",
    [STYLE_SELECTED] = "0;1;38;5;255;48;5;25", [STYLE_BAR] = "0;38;5;252;48;5;236",
};

static void add_row(struct text *out, const struct cell *cells, int row)
{
    int style = -1;

    text_addf(out, "\033[%d;1H", row + 1);
    for (int col = 0; col < COLS; col++) {
        char bytes[4];

        if (cells[col].rune == 0)
            continue;
        if (cells[col].style != style) {
            style = cells[col].style;
            text_addf(out, "\033[%sm", style < STYLE_COUNT && looks[style] ? looks[style] : "0");
        }
        text_add_n(out, bytes, utf8_put(bytes, cells[col].rune));
    }
    text_add(out, "\033[0m");
}

static bool same_row(const struct cell *a, const struct cell *b)
{
    for (int col = 0; col < COLS; col++)
        if (a[col].rune != b[col].rune || a[col].style != b[col].style)
            return false;
    return true;
}

/* One event of the cast: [seconds, "o", bytes]. */
static bool add_output(struct text *out, int ms, const struct text *bytes)
{
    json_t *string = json_stringn(text_string(bytes), bytes->len);
    char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;

    if (quoted)
        text_addf(out, "[%d.%03d, \"o\", %s]\n", ms / 1000, ms % 1000, quoted);
    json_decref(string);
    free(quoted);
    return quoted != NULL;
}

/* The watch view as it stands now, so many ms after the beginning. */
static bool add_frame(struct text *out, struct watch *watch, int ms, struct grid *now,
                      struct grid *before)
{
    struct text bytes = {0};
    bool ok = true;

    grid_clear(now);
    watch_draw(watch, now, (struct rect){0, 0, ROWS, COLS});
    if (ms == 0)
        text_add(&bytes, "\033[?25l\033[2J");
    for (int row = 0; row < ROWS; row++) {
        struct cell *cells = now->cells + (size_t)row * COLS;
        struct cell *old = before->cells + (size_t)row * COLS;

        if (ms == 0 || !same_row(cells, old))
            add_row(&bytes, cells, row);
        memcpy(old, cells, COLS * sizeof *cells);
    }
    if (bytes.len)
        ok = add_output(out, ms, &bytes);
    text_release(&bytes);
    return ok;
}

/* A moment, after the pictures that lead to it from the one before. */
static bool add_moment(struct text *out, struct watch *watch, uint32_t moment, struct grid *now,
                       struct grid *before)
{
    int ms = (int)moment * FRAME_MS;
    bool ok = true;

    watch_go(watch, moment);
    for (uint32_t left = watch_frames(watch); ok && left > 0; left--) {
        watch_set_frame(watch, watch_frames(watch) - left + 1);
        if ((int)left * WAY_MS < FRAME_MS)
            ok = add_frame(out, watch, ms - (int)left * WAY_MS, now, before);
    }
    watch_set_frame(watch, 0);
    return ok && add_frame(out, watch, ms, now, before);
}

bool export_cast(struct text *out, const struct trace *trace, const struct program *program,
                 const struct findings *findings)
{
    struct watch *watch = watch_new(trace, program, findings);
    struct grid now = {0}, before = {0};
    bool ok = watch && grid_init(&now, ROWS, COLS, false) && grid_init(&before, ROWS, COLS, false);
    struct text rest = {0};

    text_addf(out, "{\"version\": 2, \"width\": %d, \"height\": %d}\n", COLS, ROWS);
    for (uint32_t m = 0; ok && m < watch_moments(watch); m++)
        ok = add_moment(out, watch, m, &now, &before);
    if (ok) {
        text_addf(&rest, "\033[%d;1H\033[?25h", ROWS);
        ok = add_output(out, (int)(watch_moments(watch) - 1) * FRAME_MS + REST_MS, &rest);
    }
    text_release(&rest);
    grid_release(&now);
    grid_release(&before);
    watch_free(watch);
    return ok;
}

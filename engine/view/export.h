/* export.h -- a run in the forms other programs read: pure functions of its trace. */
#ifndef BRAID_VIEW_EXPORT_H
#define BRAID_VIEW_EXPORT_H

#include "base/text.h"
#include "check/finding.h"
#include "grade/program.h"
#include "rt/trace.h"

/* X(NAME, word, function): a Chrome trace, as ui.perfetto.dev reads it; a sequence diagram; the
 * animation as asciinema plays it. */
#define EXPORT_FORMATS(X)                    \
    X(PERFETTO, "perfetto", export_perfetto) \
    X(SVG, "svg", export_svg)                \
    X(CAST, "cast", export_cast)

enum export_format {
    EXPORT_NONE,
#define X(name, word, write) EXPORT_##name,
    EXPORT_FORMATS(X)
#undef X
};

/* The format of a word; EXPORT_NONE: there is no such format. */
enum export_format export_format(const char *word);

/* Appends the run; the same trace gives the same bytes.  program and findings may be NULL.  False:
 * out of memory. */
bool export_run(struct text *out, enum export_format format, const struct trace *trace,
                const struct program *program, const struct findings *findings);

/* Of the files export_NAME.c. */
bool export_perfetto(struct text *out, const struct trace *trace, const struct program *program,
                     const struct findings *findings);
bool export_svg(struct text *out, const struct trace *trace, const struct program *program,
                const struct findings *findings);
bool export_cast(struct text *out, const struct trace *trace, const struct program *program,
                 const struct findings *findings);

/* --- what they share: a run moment by moment ------------------------------ */

struct names;
struct scene;
struct lines;

struct export {
    const struct trace *trace;
    struct names *names;
    struct scene *scene;
    struct lines *lines;
    uint32_t goroutines, moments;
};

/* False: out of memory, nothing to release. */
bool export_begin(struct export *e, const struct trace *trace, const struct program *program);
void export_end(struct export *e);

/* The first event of a moment that brings a value from one goroutine to another at once, or starts
 * one; NULL: none does.  from and to are set. */
const struct event *export_arrow(const struct export *e, uint32_t moment, uint32_t *from,
                                 uint32_t *to);

/* The sentence of a moment, "" when it has none; valid until text is cleared. */
const char *export_sentence(const struct export *e, uint32_t moment, struct text *text);

#endif

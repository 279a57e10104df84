/* cmd_doc.c -- braid doc: the reference, a page an entry; of a program the words it uses. */
#include "base/place.h"
#include "base/text.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/show.h"
#include "course/annotations.h"
#include "course/reference.h"
#include "grade/program.h"
#include "view/markdown.h"
#include "view/page.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int doc(const struct options *options);

const struct command command_doc = {
    "doc", "[NAME|FILE]", "what a name of Go, Lua or C means; a program in Go's words", doc};

enum { FOUND_MAX = 40, NEAREST_MAX = 5, NAME_COLS = 30 };

static void complain(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "braid: %s\n", message);
}

static int out_of_memory(void)
{
    fprintf(stderr, "braid: out of memory\n");
    return 3;
}

static bool print_page(const struct reference *reference, const struct reference_entry *entry,
                       const struct options *options)
{
    struct grid grid = {0};
    bool done = page_draw(&grid, reference, entry, options->language, show_columns(), ask_ascii())
                && show_grid(&grid, options->plain);

    grid_release(&grid);
    return done;
}

static bool print_markdown(const char *text, const struct options *options)
{
    struct markdown *markdown = markdown_new(text, show_columns(), ask_ascii());
    struct grid grid = {0};
    bool done = markdown && grid_init(&grid, markdown_rows(markdown), show_columns(), ask_ascii());

    if (done) {
        markdown_draw(markdown, &grid, (struct rect){0, 0, grid.rows, grid.cols}, 0);
        done = show_grid(&grid, options->plain);
    }
    grid_release(&grid);
    markdown_free(markdown);
    return done;
}

/* --- lists --------------------------------------------------------------------- */

static const char *spelling(const struct reference_entry *entry)
{
    return entry->go.count ? entry->go.at[0] : entry->lua.count ? entry->lua.at[0]
           : entry->c.count ? entry->c.at[0] : "";
}

static void print_list(const struct reference *reference)
{
    const char *group = "";

    for (size_t i = 0; i < reference->count; i++) {
        const struct reference_entry *entry = &reference->entries[i];

        if (strcmp(group, entry->group) != 0)
            printf("%s%s\n", i ? "\n" : "", group = entry->group);
        printf("  %-*s %s\n", NAME_COLS, entry->name, spelling(entry));
    }
    printf("\n'braid doc NAME' explains one, by its name here or in Go, Lua or C.\n");
}

static int not_found(const struct reference *reference, const char *word)
{
    const struct reference_entry *near[NEAREST_MAX];
    size_t n = reference_nearest(reference, word, near, NEAREST_MAX);

    fprintf(stderr, "braid: there is no entry '%s'", word);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "%s'%s'", i == 0 ? ": did you mean " : i + 1 < n ? ", " : " or ",
                near[i]->name);
    fprintf(stderr, "%s 'braid doc' lists all\n", n ? "?" : ":");
    return 2;
}

static int explain(const struct reference *reference, const struct options *options)
{
    const struct reference_entry *found[FOUND_MAX];
    size_t n = reference_search(reference, options->words[0], found, FOUND_MAX);

    if (n == 0)
        return not_found(reference, options->words[0]);
    if (!print_page(reference, found[0], options))
        return out_of_memory();
    if (n > 1)
        printf("\nThe same word elsewhere:\n");
    for (size_t i = 1; i < n; i++)
        printf("  braid doc %-*s %s\n", NAME_COLS, found[i]->name, spelling(found[i]));
    return 0;
}

static int print_annotations(const struct reference *reference)
{
    struct text out = {0};
    bool made = annotations_lua(reference, &out);

    if (made)
        fwrite(out.at, 1, out.len, stdout);
    text_release(&out);
    return made ? 0 : out_of_memory();
}

static bool is_file(const char *word)
{
    size_t len = strlen(word);

    return (len > 4 && strcmp(word + len - 4, ".lua") == 0)
           || (len > 2 && strcmp(word + len - 2, ".c") == 0);
}

/* The words of a program, beside Go's for them. */
static int explain_program(const struct reference *reference, const struct options *options)
{
    struct program program = {0};
    struct text table = {0};
    char error[512];
    bool *used = calloc(reference->count, sizeof *used), lua, done;

    if (!program_load(&program, options->words[0], error, sizeof error)) {
        fprintf(stderr, "braid: %s\n", error);
        free(used);
        return 2;
    }
    lua = program.language == LANGUAGE_LUA;
    if (used) {
        reference_used(reference, lua ? COURSE_LUA : COURSE_C, program.text, used);
        reference_table(reference, used, lua ? COURSE_LUA : COURSE_C, &table);
    }
    done = used && !table.failed;
    if (done && table.len == 0)
        printf("%s uses no word that Go has too\n", program.path);
    else if (done)
        done = print_markdown(table.at, options);
    text_release(&table);
    program_release(&program);
    free(used);
    return done ? 0 : out_of_memory();
}

static int doc(const struct options *options)
{
    struct reference reference = {0};
    char root[PATH_MAX];
    int status = 0;

    if (options->nwords > 1) {
        fprintf(stderr, "braid: one name at a time; quote what has blanks: braid doc 'ch <- v'\n");
        return 2;
    }
    if (!place_root(root, sizeof root) || !reference_load(&reference, root, complain, NULL)) {
        fprintf(stderr, "braid: the reference was not found below %s: set BRAID_ROOT\n", root);
        return 3;
    }
    if (options->luacats)
        status = print_annotations(&reference);
    else if (options->nwords == 0)
        print_list(&reference);
    else if (is_file(options->words[0]))
        status = explain_program(&reference, options);
    else
        status = explain(&reference, options);
    reference_release(&reference);
    return status;
}

/* page.c -- an entry of the reference as a page.
 *
 *     chan.send                                      Channels, lesson 03-channels
 *     meaning, spellings, wrapped to the width (78 columns at most)
 *     Lua                        C                   side by side, or C below
 *     what the programs print, see also
 */
#include "view/page.h"

#include "base/text.h"
#include "view/markdown.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_COLS = 78, GAP = 3, CODE_COLS = 400 };

struct page {
    struct markdown *top, *program[2], *bottom;
    int code_cols[2];
};

static void add_spellings(struct text *out, const char *title, const struct reference_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        text_addf(out, "%-4s %s\n", i ? "" : title, list->at[i]);
}

static void add_names(struct text *out, const char *title, const struct reference_list *list)
{
    if (!list->count)
        return;
    text_addf(out, "\n%s ", title);
    for (size_t i = 0; i < list->count; i++)
        text_addf(out, "%s`%s`", i ? ", " : "", list->at[i]);
    text_add(out, "\n");
}

static struct markdown *take(struct text *text, int cols, bool ascii)
{
    struct markdown *made = text->failed ? NULL : markdown_new(text_string(text), cols, ascii);

    text_clear(text);
    return made;
}

/* Columns of the widest line. */
static int width(const char *text)
{
    int widest = 0;

    for (size_t len; *text; text += len + (text[len] == '\n')) {
        int cols;

        len = strcspn(text, "\n");
        cols = grid_width_n(text, len);
        widest = cols > widest ? cols : widest;
    }
    return widest;
}

static bool make_program(struct page *page, const struct reference_entry *from,
                         enum course_language language, bool ascii)
{
    static const char *const fence[] = {"lua", "c"}, *const title[] = {"Lua", "C"};
    static const char *const prelude[] = {"", "#include \"go.h\"\n\n"};
    struct text text = {0};

    text_addf(&text, "**%s**\n\n```%s\n%s%s\n```\n", title[language], fence[language],
              prelude[language], from->program[language]);
    page->code_cols[language] = 0;
    page->program[language] = take(&text, CODE_COLS, ascii);
    text_release(&text);
    if (!page->program[language])
        return false;
    char *shown = markdown_plain(page->program[language]);

    page->code_cols[language] = shown ? width(shown) : 0;
    free(shown);
    return shown != NULL;
}

static void add_top(struct text *text, const struct reference_entry *entry, int language)
{
    text_addf(text, "# %s\n\n*%s%s%s*\n\n```\n", entry->name, entry->group,
              entry->lesson ? ", lesson " : "", entry->lesson ? entry->lesson : "");
    add_spellings(text, "Go", &entry->go);
    if (language != COURSE_C)
        add_spellings(text, "Lua", &entry->lua);
    if (language != COURSE_LUA)
        add_spellings(text, "C", &entry->c);
    text_addf(text, "```\n\n%s\n", entry->text ? entry->text : "");
}

static void add_bottom(struct text *text, const struct reference_entry *entry,
                       const struct reference_entry *shown)
{
    if (shown && shown->prints)
        text_addf(text, "Prints:\n\n```\n%s\n```\n", shown->prints);
    if (shown && shown->verdict)
        text_addf(text, "\n`braid check` says: %s.\n", shown->verdict);
    add_names(text, "Explained here too:", &entry->covers);
    add_names(text, "See also:", &entry->see);
}

static bool make(struct page *page, const struct reference *reference,
                 const struct reference_entry *entry, int language, int cols, bool ascii)
{
    const struct reference_entry *shown = reference_shown(reference, entry);
    int text_cols = cols < TEXT_COLS ? cols : TEXT_COLS;
    struct text text = {0};
    bool made;

    add_top(&text, entry, language);
    page->top = take(&text, text_cols, ascii);
    add_bottom(&text, entry, shown);
    page->bottom = take(&text, text_cols, ascii);
    made = page->top && page->bottom;
    for (int i = COURSE_LUA; made && shown && i <= COURSE_C; i++)
        if (shown->program[i] && (language < 0 || language == i))
            made = make_program(page, shown, (enum course_language)i, ascii);
    text_release(&text);
    return made;
}

static int rows_of(const struct markdown *markdown)
{
    return markdown ? markdown_rows(markdown) : 0;
}

static void draw(const struct markdown *markdown, struct grid *grid, int row, int col)
{
    struct rect area = {row, col, rows_of(markdown), grid->cols - col};

    if (markdown)
        markdown_draw(markdown, grid, area, 0);
}

static bool lay_out(const struct page *page, struct grid *grid, int cols, bool ascii)
{
    const struct markdown *lua = page->program[COURSE_LUA], *c = page->program[COURSE_C];
    int lua_rows = rows_of(lua), c_rows = rows_of(c), row = rows_of(page->top) + 1;
    int aside = page->code_cols[COURSE_LUA] + GAP;
    bool wide = lua && c && cols >= PAGE_WIDE && aside + page->code_cols[COURSE_C] <= cols;
    int code_rows = wide ? (lua_rows > c_rows ? lua_rows : c_rows)
                         : lua_rows + c_rows + (lua && c);

    if (!lua && !c)
        row--;
    if (!grid_init(grid, row + code_rows + 1 + rows_of(page->bottom), cols, ascii))
        return false;
    draw(page->top, grid, 0, 0);
    draw(lua, grid, row, 0);
    if (wide)
        draw(c, grid, row, aside);
    else
        draw(c, grid, row + lua_rows + (lua ? 1 : 0), 0);
    draw(page->bottom, grid, row + code_rows + 1, 0);
    return true;
}

bool page_draw(struct grid *grid, const struct reference *reference,
               const struct reference_entry *entry, int language, int cols, bool ascii)
{
    struct page page = {0};
    bool drawn = make(&page, reference, entry, language, cols, ascii)
                 && lay_out(&page, grid, cols, ascii);

    markdown_free(page.top);
    markdown_free(page.bottom);
    markdown_free(page.program[COURSE_LUA]);
    markdown_free(page.program[COURSE_C]);
    return drawn;
}

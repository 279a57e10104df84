/* symbol.c -- puts lines and files where a C program's trace and findings have only pcs. */
#include "c/symbol.h"

#include "c/linetable.h"

#include <string.h>

struct symbol {
    struct object object;
    struct linetable *lines;
    const char *main_file; /* "" when there is no main */
    const char *named;     /* the file whose name was put into the trace last */
    uint32_t named_at;
};

static bool open_symbol(struct symbol *symbol, const char *object_path)
{
    struct object_symbols symbols;

    *symbol = (struct symbol){.main_file = ""};
    if (!object_open(&symbol->object, object_path))
        return false;
    symbol->lines = linetable_new(&symbol->object);
    if (!symbol->lines || !object_symbols(&symbol->object, &symbols)) {
        linetable_free(symbol->lines);
        object_close(&symbol->object);
        return false;
    }
    for (size_t i = 0; i < symbols.count; i++)
        if (symbols.at[i].function && strcmp(symbols.at[i].name, "main") == 0)
            linetable_find(symbol->lines, symbols.at[i].start, &symbol->main_file);
    object_symbols_release(&symbols);
    return true;
}

static void close_symbol(struct symbol *symbol)
{
    linetable_free(symbol->lines);
    object_close(&symbol->object);
}

/* A pc is where a call returns to: the call is the byte before. */
static uint32_t find(const struct symbol *symbol, uint32_t pc, const char **file)
{
    return linetable_find(symbol->lines, pc - 1, file);
}

static void resolve(struct symbol *symbol, struct trace *trace, uint32_t pc, uint32_t *line,
                    uint32_t *in)
{
    const char *file, *last;

    if (pc == 0 || *line != 0)
        return;
    *line = find(symbol, pc, &file);
    if (*line == 0 || strcmp(file, symbol->main_file) == 0)
        return;
    if (file != symbol->named) {
        last = strrchr(file, '/');
        last = last ? last + 1 : file;
        symbol->named = file;
        symbol->named_at = trace_text_add(trace, last, strlen(last));
    }
    *in = symbol->named_at;
}

bool symbol_resolve(const char *object_path, struct trace *trace, struct findings *findings)
{
    struct symbol symbol;

    if (!open_symbol(&symbol, object_path))
        return false;
    for (uint32_t i = 0; i < trace->count; i++) {
        struct event *event = &trace->events[i];
        uint32_t other_file = 0;

        resolve(&symbol, trace, event->pc, &event->line, &event->file);
        resolve(&symbol, trace, event->other_pc, &event->other_line, &other_file);
    }
    for (uint32_t i = 0; findings && i < findings->count; i++) {
        struct finding *f = &findings->at[i];
        struct finding_place *places[] = {&f->at, &f->other, &f->made};

        for (size_t k = 0; k < sizeof places / sizeof *places; k++)
            resolve(&symbol, trace, places[k]->pc, &places[k]->line, &places[k]->file);
    }
    close_symbol(&symbol);
    return true;
}

bool symbol_places(const char *object_path, struct review_place *places, size_t n)
{
    struct symbol symbol;
    const char *file;

    if (!open_symbol(&symbol, object_path))
        return false;
    for (size_t i = 0; i < n; i++)
        if (places[i].pc && !places[i].line)
            places[i].line = find(&symbol, places[i].pc, &file);
    close_symbol(&symbol);
    return true;
}

uint32_t symbol_line(const char *object_path, uint32_t pc)
{
    struct symbol symbol;
    const char *file;
    uint32_t line;

    if (pc == 0 || !open_symbol(&symbol, object_path))
        return 0;
    line = find(&symbol, pc, &file);
    close_symbol(&symbol);
    return line;
}

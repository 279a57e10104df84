/* words_memory.c -- what a C program did to its memory, and what C leaves undefined.
 *
 * The text of a finding begins with the name of the fault (c/face.h, c/undefined.c): by it the
 * advice is found.
 */
#include "grade/words_finding.h"

#include <inttypes.h>
#include <string.h>

struct advice {
    const char *fault; /* how the finding's text begins */
    const char *words;
};

static const struct advice wild[] = {
    {"heap overflow", "The index or the size must stay within the block: check the bound of the "
                      "loop, count the 0 at a string's end, or allocate more."},
    {"heap underflow", "The index must not fall below 0: check where it starts and how it is "
                       "counted down."},
    {"buffer overflow", "The array must have room for all of it, a string's 0 included: look at the "
                        "length first, or let snprintf cut it off."},
    {"use after free", "Free it when nobody will use it any more: wait for the other goroutines "
                       "first, or let the one who uses it last free it."},
    {"double free", "One owner frees a block, once: say who that is, and let the others only "
                    "borrow it."},
    {"bad free", "Free only what malloc, calloc, realloc or strdup gave, by the very address "
                 "they gave."},
    {"use after return", "A local variable ends with its function: return its value, or give it "
                         "to others in a block of malloc's."},
    {"wild access: reads through a null", "Give the pointer a value first, or look whether it "
                                          "has one."},
    {"wild access: writes through a null", "Give the pointer a value first, or look whether it "
                                           "has one."},
    {"", "It must be a global, a live block of malloc or a local variable of a function that has "
         "not returned. Check the index or the pointer there."},
};

static const struct advice undefined[] = {
    {"undefined behaviour: index", "Check the index against the array's length before that line."},
    {"undefined behaviour: integer divide", "Look at the divisor first."},
    {"undefined behaviour: signed overflow", "Use a wider type, an unsigned one where wrapping is "
                                             "meant, or check the range first."},
    {"undefined behaviour: shift", "Shift by 0 up to the number of bits less one."},
    {"undefined behaviour: misaligned", "Copy the bytes with memcpy instead of reading them through "
                                        "a pointer of another type."},
    {"undefined behaviour: a bool", "Give the variable a value before it is read."},
    {"", "Check the value before it is used there."},
};

/* The last entry fits any text. */
static const char *advice_for(const struct advice *list, const char *text)
{
    while (strncmp(text, list->fault, strlen(list->fault)) != 0)
        list++;
    return list->words;
}

static void title(const struct telling *t, const char *without_text)
{
    if (*trace_text(t->trace, t->finding->text))
        telling_text(t, t->finding->text, false);
    else
        text_add(t->out, without_text);
}

/* --- memory misused -------------------------------------------------------- */

void telling_wild_title(const struct telling *t)
{
    const struct finding *f = t->finding;

    title(t, "wild access");
    if (f->other.line)
        text_add(t->out, " freed at ");
    else if (f->made.line)
        text_add(t->out, " allocated at ");
    if (f->other.line || f->made.line)
        telling_place(t, f->other.line ? f->other.file : f->made.file,
                      f->other.line ? f->other.line : f->made.line);
    telling_brackets(t, f->at.file, f->at.line);
}

static void by(const struct telling *t, const char *what, const struct finding_place *place)
{
    text_addf(t->out, "%s by %s at ", what, place->g ? telling_who(t, place->g) : "somebody");
    telling_place(t, place->file, place->line);
}

void telling_wild_why(const struct telling *t)
{
    const struct finding *f = t->finding;

    if (f->at.g && f->made.line) {
        text_addf(t->out, "It was %s, at ", telling_who(t, f->at.g));
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
    }
    telling_started(t, f->at.g);
    if (f->made.line) {
        by(t, "The block was allocated", &f->made);
        if (f->other.line)
            by(t, ", and freed", &f->other);
        text_add(t->out, ". ");
    }
    text_add(t->out, advice_for(wild, trace_text(t->trace, f->text)));
}

/* --- what C leaves undefined ----------------------------------------------- */

void telling_undefined_title(const struct telling *t)
{
    title(t, "undefined behaviour");
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

void telling_undefined_why(const struct telling *t)
{
    const struct finding *f = t->finding;

    text_addf(t->out, "It was %s, at ", telling_who(t, f->at.g));
    telling_place(t, f->at.file, f->at.line);
    text_add(t->out, ". ");
    telling_started(t, f->at.g);
    text_add(t->out, "C does not say what a program does then, and the compiler may assume that it "
                     "never happens. ");
    text_add(t->out, advice_for(undefined, trace_text(t->trace, f->text)));
}

/* --- blocks never freed ---------------------------------------------------- */

void telling_lost_title(const struct telling *t)
{
    const struct finding *f = t->finding;

    if (f->value == 1)
        text_addf(t->out, "leak: a block of %" PRIu64 " byte%s is", f->size,
                  f->size == 1 ? "" : "s");
    else
        text_addf(t->out, "leak: %" PRId64 " blocks, %" PRIu64 " bytes in all, are", f->value,
                  f->size);
    text_add(t->out, " never freed");
    telling_brackets(t, f->at.file, f->at.line);
}

void telling_lost_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    bool one = f->value == 1;

    text_addf(t->out, "%s allocated %s at ", telling_who(t, f->at.g), one ? "it" : "the first");
    telling_place(t, f->at.file, f->at.line);
    text_addf(t->out, ". When all was over no variable, no channel and no other block held %s any "
                      "more, so nobody can free %s. C has no garbage collector: call free where %s "
                      "last used, and let the block have one owner at a time, as a channel hands "
                      "it on.", one ? "its address" : "their addresses", one ? "it" : "them",
              one ? "it is" : "one is");
}

/* --- memory nobody wrote --------------------------------------------------- */

void telling_unset_title(const struct telling *t)
{
    const struct finding *f = t->finding;

    text_addf(t->out, "advice: reads %" PRIu64 " byte%s that nobody has written", f->size,
              f->size == 1 ? "" : "s");
    if (f->made.line) {
        text_add(t->out, ", of the block allocated at ");
        telling_place(t, f->made.file, f->made.line);
    }
    telling_brackets(t, f->at.file, f->at.line);
}

void telling_unset_why(const struct telling *t)
{
    text_add(t->out, "It was ");
    if (t->finding->at.g)
        text_addf(t->out, "%s, at ", telling_who(t, t->finding->at.g));
    else
        text_add(t->out, "in another run than the one shown, at ");
    telling_place(t, t->finding->at.file, t->finding->at.line);
    text_add(t->out, ". What malloc gives may hold anything, and something else each time. Set it "
                     "before it is read, or take calloc, which gives zeros.");
}

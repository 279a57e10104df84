/* test_fuzz_schedule.c -- the reader of schedules never crashes, and what it accepts it writes so that it
 * reads the same again.
 *
 *     test_fuzz_schedule                    50000 texts
 *     test_fuzz_schedule [-seconds] N SEED
 */
#include "fuzz.h"

#include "explore/schedule.h"

enum { TEXT_MAX = 400 };

static size_t add(char *text, size_t at, const char *piece)
{
    size_t len = strlen(piece);

    if (at + len > TEXT_MAX)
        return at;
    memcpy(text + at, piece, len);
    return at + len;
}

#define ONE_OF(list) list[draw(sizeof list / sizeof list[0])]

/* Whole tokens, in every third text pieces of some, and a byte of anything here and there. */
static void make_text(char *text)
{
    static const char *const tokens[] = {"1", "2x3", "17.2", "1@3", "4=17", "1.2@3=4x5", "3.0", "2=0"};
    static const char *const pieces[] = {
        "1", "4294967295", "4294967296", "99999999999999999999", "0", "-1", ".", "@", "=", "x", "x3",
        "x4000", "x4000001", ".0", ".2147483647", ".2147483648", "@0", "@3", "=0", "=9", "rr", "r",
        " ", "\n", "\t", "+",
    };
    bool broken = draw(3) == 0;
    size_t len = 0;

    for (size_t n = draw(20) + 1; n > 0; n--) {
        len = add(text, len, broken && draw(4) == 0 ? ONE_OF(pieces) : ONE_OF(tokens));
        len = add(text, len, broken && draw(4) == 0 ? "" : " ");
    }
    for (size_t n = broken ? draw(4) : 0; n > 0; n--)
        text[draw(len)] = (char)draw(256);
    text[len] = '\0';
}

static bool same(const struct schedule *a, const struct schedule *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->steps[i].g != b->steps[i].g || a->steps[i].chosen_case != b->steps[i].chosen_case ||
            a->steps[i].partner != b->steps[i].partner || a->steps[i].drawn != b->steps[i].drawn)
            return false;
    return true;
}

/* *read: it was a schedule. */
static bool good_text(const char *text, bool *read)
{
    struct schedule first, again;
    char error[80] = "";
    char *copy = strdup(text), *written; /* so that reading over the end is seen */
    bool good;

    *read = copy && schedule_parse(&first, copy, error, sizeof error);
    free(copy);
    if (!*read)
        return strncmp(error, "schedule: ", 10) == 0;
    written = schedule_text(&first);
    good = written && schedule_parse(&again, written, error, sizeof error);
    if (good) {
        good = same(&first, &again);
        schedule_release(&again);
    }
    free(written);
    schedule_release(&first);
    return good;
}

int main(int argc, char **argv)
{
    static char *usual[] = {"test_fuzz_schedule", "50000", "1"};
    char text[TEXT_MAX + 1];
    unsigned long number, read = 0, failed = 0;
    struct fuzz fuzz;

    fuzz_begin(&fuzz, argc < 3 ? usual : argv);
    while (fuzz_next(&fuzz, &number)) {
        bool is_schedule;

        make_text(text);
        if (!good_text(text, &is_schedule)) {
            failed++;
            printf("number %lu: '%s'\n", number, text);
        }
        read += is_schedule;
    }
    printf("%s fuzz_schedule: %lu texts, %lu of them schedules, %lu failed\n",
           failed || !read ? "FAIL" : "ok", fuzz.done, read, failed);
    return failed || !read;
}

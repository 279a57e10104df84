/* finding.c -- the list of findings of one run. */
#include "check/finding.h"

#include <stdlib.h>

void finding_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count < FINDINGS_MAX)
        findings->at[findings->count++] = *finding;
    else
        findings->more++;
}

static int by_gravity(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->at.g < y->at.g ? -1 : x->at.g > y->at.g;
}

void findings_sort(struct findings *findings)
{
    qsort(findings->at, findings->count, sizeof *findings->at, by_gravity);
}

/* Names of files lie elsewhere in each trace; lines and program counters tell places apart. */
static bool same_place(const struct finding_place *a, const struct finding_place *b)
{
    return a->line == b->line && a->pc == b->pc;
}

bool finding_same(const struct finding *a, const struct finding *b)
{
    return a->kind == b->kind && a->at.g == b->at.g && a->other.g == b->other.g &&
           same_place(&a->at, &b->at) && same_place(&a->other, &b->other);
}

bool findings_show(const struct findings *findings, const struct findings *as)
{
    const struct finding *want = &as->at[0];

    if (findings->count == 0 || findings->at[0].kind != want->kind)
        return false;
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->at[i];

        if (f->kind == want->kind &&
            ((same_place(&f->at, &want->at) && same_place(&f->other, &want->other)) ||
             (f->kind == FINDING_RACE && same_place(&f->at, &want->other) &&
              same_place(&f->other, &want->at))))
            return true;
    }
    return false;
}

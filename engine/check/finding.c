/* finding.c -- the list of findings of one run. */
#include "check/finding.h"

void finding_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count < FINDINGS_MAX)
        findings->at[findings->count++] = *finding;
    else
        findings->more++;
}

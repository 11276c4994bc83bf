/*
 * Replicate: jobs 0, 1, 2, ... up to a number fixed beforehand. A rule looks at
 * the records as they come in, in order, so it ends at the same one whoever
 * made them; jobs already handed out by then are done in vain.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/replicate.h"

#include <string.h>

void replicate_init(struct replicate *replicate, const struct layout *layout,
                    uint32_t replications)
{
    memset(replicate, 0, sizeof *replicate);
    replicate->layout = layout;
    replicate->asked = replications;
    records_init(&replicate->records, layout->length);
}

void replicate_clear(struct replicate *replicate)
{
    records_clear(&replicate->records);
    memset(replicate, 0, sizeof *replicate);
}

/* Whether the rule has seen enough. */
static bool is_ended(const struct replicate *replicate)
{
    return replicate->rule && replicate->rule->end != PRECISION_NOT_YET;
}

static bool next(void *self, struct job *out)
{
    struct replicate *replicate = self;

    if (replicate->handed >= replicate->asked || is_ended(replicate))
        return false;
    *out = (struct job){.number = replicate->handed,
                        .design = 0,
                        .replication = replicate->handed};
    replicate->handed++;
    return true;
}

static int accept(void *self, const struct job *job, const double *record)
{
    struct replicate *replicate = self;
    int err;

    if (is_ended(replicate))
        return SIM_OK;
    SIM_REQUIRE(job->replication == replicate->records.count);
    SIM_REQUIRE(replicate->records.count < replicate->asked);
    err = records_add(&replicate->records, record);
    if (err != SIM_OK || !replicate->rule)
        return err;
    return precision_add(replicate->rule, &replicate->records, record);
}

static uint64_t jobs_expected(const void *self)
{
    const struct replicate *replicate = self;

    return is_ended(replicate) ? replicate->records.count : replicate->asked;
}

struct study replicate_study(struct replicate *replicate)
{
    return (struct study){.self = replicate,
                          .next = next,
                          .accept = accept,
                          .jobs_expected = jobs_expected};
}

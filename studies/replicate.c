/*
 * Replicate: jobs 0, 1, 2, ... up to a number fixed beforehand. The records
 * lie one after another in one array, which grows by doubling but never past
 * what was asked for. A rule looks at them as they come in, in order, so it
 * ends at the same one whoever made them; jobs already handed out by then are
 * done in vain.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/replicate.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16 /* records; two doublings past a look at a scenario */

void replicate_init(struct replicate *replicate, const struct layout *layout,
                    uint32_t replications)
{
    memset(replicate, 0, sizeof *replicate);
    replicate->layout = layout;
    replicate->asked = replications;
}

void replicate_clear(struct replicate *replicate)
{
    free(replicate->record);
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

/* Room for one record more. */
static int grow(struct replicate *replicate)
{
    size_t size = replicate->layout->length * sizeof *replicate->record;
    uint32_t room = replicate->room ? replicate->room : FIRST_ROOM / 2;
    double *record;

    room = room < replicate->asked / 2 ? room * 2 : replicate->asked;
    if (size && room > SIZE_MAX / size)
        return SIM_ERR_NO_MEMORY;
    /* Never of size 0, whose result may be NULL without being a failure. */
    record = realloc(replicate->record, room * size + 1);
    if (!record)
        return SIM_ERR_NO_MEMORY;
    replicate->record = record;
    replicate->room = room;
    return SIM_OK;
}

static int accept(void *self, const struct job *job, const double *record)
{
    struct replicate *replicate = self;
    size_t length = replicate->layout->length;

    if (is_ended(replicate))
        return SIM_OK;
    SIM_REQUIRE(job->replication == replicate->count);
    SIM_REQUIRE(replicate->count < replicate->asked);
    if (replicate->count == replicate->room) {
        int err = grow(replicate);
        if (err != SIM_OK)
            return err;
    }
    memcpy(replicate->record + replicate->count * length, record,
           length * sizeof *record);
    replicate->count++;
    return replicate->rule ? precision_add(replicate->rule, replicate->record)
                           : SIM_OK;
}

static uint64_t jobs_expected(const void *self)
{
    const struct replicate *replicate = self;

    return is_ended(replicate) ? replicate->count : replicate->asked;
}

struct study replicate_study(struct replicate *replicate)
{
    return (struct study){.self = replicate,
                          .next = next,
                          .accept = accept,
                          .jobs_expected = jobs_expected};
}

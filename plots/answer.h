#ifndef PLOTS_ANSWER_H
#define PLOTS_ANSWER_H
/*
 * Answer: what every output of one run is made from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "studies/load.h"
#include "studies/precision.h"
#include "studies/result.h"
#include "studies/warm_up.h"

struct answer {
    const struct result *result;
    struct estimate not_delivered[7]; /* Monday to Sunday */
    struct estimate not_attended[7];
    const struct load *load; /* what is offered before any run, or NULL */
    const struct precision *precision; /* why it ended when it did, or NULL
                                          where a fixed number was run */
    const struct warm_up *warm_up;     /* whether it is long enough, or NULL */
    uint32_t asked; /* replications asked for; result->replications were run */
};

/* The name of a row's slice value: "" for a whole measure. */
#define ANSWER_NAME_SIZE 512
void answer_slice_name(const struct answer *answer,
                       const struct result_row *row,
                       char out[ANSWER_NAME_SIZE]);

/* Line number `number`, from 0, of those of `lines` called `id`; or NULL. (By
 * number, for a line's name may be cut short.) */
const struct result_line *answer_line(const struct result_line *lines,
                                      size_t count, const char *id,
                                      size_t number);

/* The row of the measure called `id`, whole (`slice` SLICE_COUNT) or of one
 * slice value, where it has a mean; else NULL. */
const struct result_row *answer_row(const struct answer *answer, const char *id,
                                    enum slice slice, uint32_t value);
#endif

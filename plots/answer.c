/* Looking things up in a result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/answer.h"

#include <math.h>
#include <string.h>

void answer_slice_name(const struct answer *answer,
                       const struct result_row *row, char out[ANSWER_NAME_SIZE])
{
    out[0] = '\0';
    if (row->sliced)
        slice_value_name(answer->result->scenario, row->slice, row->value, out,
                         ANSWER_NAME_SIZE);
}

const struct result_line *answer_line(const struct result_line *lines,
                                      size_t count, const char *id,
                                      size_t number)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].id, id) == 0 && number-- == 0)
            return &lines[i];
    return NULL;
}

const struct result_row *answer_row(const struct answer *answer, const char *id,
                                    enum slice slice, uint32_t value)
{
    uint32_t measure = measure_find(id);
    const struct result_row *row;

    if (measure == NONE)
        return NULL;
    row = result_find(answer->result, measure, slice, value);
    return row && isfinite(row->estimate.mean) ? row : NULL;
}

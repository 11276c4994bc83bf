/* results.csv of a sizing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "plots/results_csv.h"
#include "plots/size_files.h"
#include "plots/size_words.h"

static void add_number(double value, struct text *out)
{
    text_add(out, ",");
    if (isfinite(value))
        text_printf(out, "%.9g", value);
}

static void add_row(const struct size_answer *answer,
                    const struct size_row *row, uint32_t quantity,
                    struct text *out)
{
    const struct size_quantity *of = &answer->watch->quantity[quantity];
    const struct estimate *estimate = &row->value[quantity];

    for (uint32_t r = 0; r < answer->question->range_count; r++)
        text_printf(out, "%d,",
                    (int)size_value_of(answer->question, row->design, r));
    text_printf(out, "%u,%s,%s,%s,", (unsigned)row->count,
                size_words_meets(row->meets), row->frontier ? "yes" : "no",
                measure_table[of->measure].id);
    if (of->target != NONE)
        results_csv_cell(answer->base->target[of->target].name, out);
    text_printf(out, ",%s", measure_unit_text(of->unit));
    add_number(estimate->mean, out);
    add_number(estimate->lower, out);
    add_number(estimate->upper, out);
    add_number(estimate->sd, out);
    text_add(out, "\n");
}

void size_csv_render(const struct size_answer *answer, struct text *out)
{
    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        results_csv_cell(answer->question->range[r].path, out);
        text_add(out, ",");
    }
    text_add(out, "replications,meets,frontier,measure,target,unit,mean,lower,"
                  "upper,sd\n");
    for (uint32_t i = 0; i < answer->row_count; i++)
        for (uint32_t w = 0; w < answer->watch->count; w++)
            add_row(answer, &answer->row[i], w, out);
}

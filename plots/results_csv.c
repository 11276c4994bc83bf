/* results.csv.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/results_csv.h"

#include <math.h>
#include <string.h>

void results_csv_cell(const char *string, struct text *out)
{
    struct text plain = {0};

    if (string[0] && strchr("=+-@\t\r\n", string[0]))
        text_add(&plain, "'");
    text_add_plain(&plain, string);
    if (!plain.bytes) {
        out->failed = out->failed || plain.failed;
        return;
    }
    if (!strpbrk(plain.bytes, ",\"\r\n")) {
        text_add(out, plain.bytes);
    } else {
        text_add(out, "\"");
        for (const char *p = plain.bytes; *p; p++)
            text_add_bytes(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
        text_add(out, "\"");
    }
    out->failed = out->failed || plain.failed;
    text_clear(&plain);
}

/* Nine digits tell two doubles apart that differ in a way that matters. */
static void add_number(double value, struct text *out)
{
    text_add(out, ",");
    if (isfinite(value))
        text_printf(out, "%.9g", value);
}

/* A whole measure has an empty slice and value. */
static void add_row(const struct answer *answer, const struct result_row *row,
                    struct text *out)
{
    const struct measure *measure = &measure_table[row->measure];
    const struct estimate *estimate = &row->estimate;
    char name[ANSWER_NAME_SIZE];

    answer_slice_name(answer, row, name);
    text_printf(out, "%s,%s,", measure->id,
                row->sliced ? slice_text(row->slice) : "");
    results_csv_cell(name, out);
    text_printf(out, ",%s", measure_unit_text(measure->unit));
    add_number(estimate->mean, out);
    add_number(estimate->lower, out);
    add_number(estimate->upper, out);
    add_number(estimate->sd, out);
    add_number(estimate->p05, out);
    add_number(estimate->p95, out);
    text_add(out, "\n");
}

void results_csv_render(const struct answer *answer, struct text *out)
{
    text_add(out, "measure,slice,value,unit,mean,lower,upper,sd,p05,p95\n");
    for (size_t i = 0; i < answer->result->row_count; i++)
        add_row(answer, &answer->result->row[i], out);
}

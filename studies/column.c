/*
 * Columns. What is known of one is only ever what holds of its values, to the
 * last bit, so that no estimate depends on how much was known.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/column.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/sums_impl.h"

int column_init(struct column *column, uint32_t count)
{
    double *value = calloc(count ? count : 1, sizeof *value);

    *column = (struct column){
        .count = value ? count : 0, .value = value, .own = value};
    return value ? SIM_OK : SIM_ERR_NO_MEMORY;
}

void column_clear(struct column *column)
{
    free(column->own);
    memset(column, 0, sizeof *column);
}

double *column_open(struct column *column)
{
    *column = (struct column){
        .count = column->count, .value = column->own, .own = column->own};
    return column->own;
}

/* ---- to fill it ---- */

void column_fill(struct column *column, double value)
{
    double *to;

    /* One line after the other has the same denominators; -0 is another. */
    if (column->alike && column->count > 0 && column->value[0] == value &&
        !signbit(column->value[0]) == !signbit(value))
        return;
    to = column_open(column);
    for (uint32_t i = 0; i < column->count; i++)
        to[i] = value;
    column->examined = true;
    column->alike = column->count > 0;
}

void column_take(struct column *column, const struct records *records,
                 uint32_t place)
{
    struct records_known known =
        records_take(records, place, column_open(column));

    column->examined = true;
    column->alike = known.alike;
    column->counts = known.counts;
}

void column_add(struct column *column, const struct column *other)
{
    bool both = column->examined && other->examined;
    bool alike = column->alike && other->alike;
    bool counts = column->counts && other->counts;
    double *to = column_open(column);

    for (uint32_t i = 0; i < column->count; i++)
        to[i] += other->value[i];
    column->examined = both && alike;
    column->alike = alike;
    column->counts = counts;
}

/* ---- what is known ---- */

bool column_are_alike(const double *value, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (value[i] != value[0])
            return false;
    return count > 0;
}

bool column_is_alike(struct column *column)
{
    if (!column->examined)
        column->alike = column_are_alike(column->value, column->count);
    column->examined = true;
    return column->alike;
}

static double least_of(const double *value, size_t count)
{
    double least[4] = {INFINITY, INFINITY, INFINITY, INFINITY};
    size_t i = 0;

    for (; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            least[k] = value[i + k] < least[k] ? value[i + k] : least[k];
    for (; i < count; i++)
        least[0] = value[i] < least[0] ? value[i] : least[0];
    for (size_t k = 1; k < 4; k++)
        least[0] = least[k] < least[0] ? least[k] : least[0];
    return least[0];
}

/* `count` times `value` as additions round it. */
static double sum_of_alike(double value, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += value;
    return sum;
}

static double sum_in_order(const double *value, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += value[i];
    return sum;
}

double column_sum(struct column *column)
{
    const double *value = column->value;
    uint32_t count = column->count;

    if (column->has_sum)
        return column->sum;
    if (column_is_alike(column))
        column->sum =
            column->counts ? value[0] * count : sum_of_alike(value[0], count);
    else
        column->sum =
            column->counts ? sum_of(value, count) : sum_in_order(value, count);
    column->has_sum = true;
    return column->sum;
}

double column_least(struct column *column)
{
    if (column->has_least)
        return column->least;
    column->least = column_is_alike(column)
                        ? column->value[0]
                        : least_of(column->value, column->count);
    column->has_least = true;
    return column->least;
}

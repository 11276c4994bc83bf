/*
 * results.json. Every value is made and printed by jansson; this file only puts
 * each row on a line of its own, so that two results can be compared by diff.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/results_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "plots/digest.h"
#include "plots/version.h"

/* A number, or null for NaN and infinity. */
static json_t *number(double value)
{
    json_t *real = json_real(value);

    return real ? real : json_null();
}

/* A string; one that is not UTF-8 has its bad bytes replaced. */
static json_t *string(const char *value)
{
    json_t *exact = json_string(value);
    struct text plain = {0};

    if (exact)
        return exact;
    text_add_plain(&plain, value);
    exact = json_string(plain.bytes ? plain.bytes : "");
    text_clear(&plain);
    return exact;
}

/* Print `value` and release it. */
static void add_value(json_t *value, struct text *out)
{
    char *printed =
        value ? json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(9))
              : NULL;

    if (printed)
        text_add(out, printed);
    else
        out->failed = true;
    free(printed);
    json_decref(value);
}

/* Put `value` under `key`; jansson takes the reference. A lack of memory shows
 * as NULL, which makes `*object` NULL in turn. */
static void put(json_t **object, const char *key, json_t *value)
{
    if (!*object) {
        json_decref(value);
        return;
    }
    if (json_object_set_new(*object, key, value) != 0) {
        json_decref(*object);
        *object = NULL;
    }
}

/* One measure, whole (with an empty `by`) or cut one way. */
static json_t *row_value(const struct answer *answer,
                         const struct result_row *row)
{
    const struct measure *measure = &measure_table[row->measure];
    const struct estimate *estimate = &row->estimate;
    char name[ANSWER_NAME_SIZE];
    json_t *object = json_object();
    json_t *by = json_object();

    answer_slice_name(answer, row, name);
    if (row->sliced)
        put(&by, slice_text(row->slice), string(name));
    put(&object, "id", string(measure->id));
    put(&object, "by", by);
    put(&object, "unit", string(measure_unit_text(measure->unit)));
    put(&object, "mean", number(estimate->mean));
    put(&object, "lower", number(estimate->lower));
    put(&object, "upper", number(estimate->upper));
    put(&object, "sd", number(estimate->sd));
    put(&object, "p05", number(estimate->p05));
    put(&object, "p95", number(estimate->p95));
    return object;
}

/* A line as columns: one array for each figure of its points. */
struct column {
    const char *name;
    size_t offset;
};
/* One figure of every point, found by its place in the estimate. */
static json_t *column_value(const struct estimate *at, size_t points,
                            const struct column *column)
{
    json_t *array = json_array();

    for (size_t i = 0; array && i < points; i++) {
        const char *estimate = (const char *)&at[i];
        const double *value = (const void *)(estimate + column->offset);
        if (json_array_append_new(array, number(*value)) != 0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

/* What a line says, apart from its points. */
struct line_head {
    const char *id, *name;
    const char *over; /* what its points are: "day", "week", ... */
    const char *unit;
};
/* A line of a figure: what it is, then its columns. */
static void add_line(const struct line_head *head, const struct estimate *at,
                     size_t points, struct text *out)
{
    static const struct column columns[] = {
        {"mean", offsetof(struct estimate, mean)},
        {"lower", offsetof(struct estimate, lower)},
        {"upper", offsetof(struct estimate, upper)},
        {"sd", offsetof(struct estimate, sd)},
        {"p05", offsetof(struct estimate, p05)},
        {"p95", offsetof(struct estimate, p95)},
    };
    json_t *object = json_object();

    put(&object, "id", string(head->id));
    put(&object, "name", string(head->name));
    put(&object, "over", string(head->over));
    put(&object, "unit", string(head->unit));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put(&object, columns[i].name, column_value(at, points, &columns[i]));
    add_value(object, out);
}

/* The lines of one list, each after a comma but the first (`*first`). */
static void add_lines(const struct result_line *lines, size_t count,
                      const struct line_head *head, bool *first,
                      struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        struct line_head own = {lines[i].id, lines[i].name, head->over,
                                head->unit};
        text_add(out, *first ? "\n  " : ",\n  ");
        add_line(&own, lines[i].at, lines[i].points, out);
        *first = false;
    }
}

/* Monday to Sunday, which no slice has. */
static void add_weekdays(const char *id, const struct estimate at[7],
                         bool *first, struct text *out)
{
    text_add(out, *first ? "\n  " : ",\n  ");
    add_line(&(struct line_head){id, "", "day of the week", "share"}, at, 7,
             out);
    *first = false;
}

/* What was run: all that it takes to run it again. */
static void add_head(const struct answer *answer, struct text *out)
{
    const struct result *result = answer->result;
    char digest[DIGEST_LENGTH + 1];
    json_t *scenario = json_object();

    digest_scenario(result->scenario, digest);
    put(&scenario, "title", string(result->scenario->title));
    put(&scenario, "file", string(result->scenario->file));
    put(&scenario, "sha256", string(digest));
    text_add(out, "{\n \"handrail\": ");
    add_value(string(HANDRAIL_VERSION), out);
    text_add(out, ",\n \"scenario\": ");
    add_value(scenario, out);
    text_add(out, ",\n \"seed\": ");
    add_value(json_integer((json_int_t)result->seed), out);
    text_add(out, ",\n \"replications\": ");
    add_value(json_integer((json_int_t)result->replications), out);
    text_add(out, ",\n \"events\": ");
    add_value(json_integer((json_int_t)result->events), out);
}

void results_json_render(const struct answer *answer, struct text *out)
{
    const struct result *result = answer->result;
    bool first = true;

    add_head(answer, out);
    text_add(out, ",\n \"measures\": [");
    for (size_t i = 0; i < result->row_count; i++) {
        text_add(out, i ? ",\n  " : "\n  ");
        add_value(row_value(answer, &result->row[i]), out);
    }
    text_add(out, "\n ],\n \"curves\": [");
    add_lines(result->curve, result->curve_count,
              &(struct line_head){.over = "day", .unit = "share"}, &first, out);
    text_add(out, "\n ],\n \"series\": [");
    first = true;
    add_lines(result->series, result->series_count,
              &(struct line_head){.over = "week", .unit = "people"}, &first,
              out);
    text_add(out, "\n ],\n \"profiles\": [");
    first = true;
    add_lines(result->profile, result->profile_count,
              &(struct line_head){.over = "hour of the week", .unit = "h"},
              &first, out);
    add_weekdays("not_delivered_by_day", answer->not_delivered, &first, out);
    add_weekdays("not_attended_by_day", answer->not_attended, &first, out);
    text_add(out, "\n ]\n}\n");
}

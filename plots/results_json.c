/*
 * results.json. Every value is made and printed by jansson; this file only puts
 * each row on a line of its own, so that two results can be compared by diff.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/results_json.h"

#include "plots/digest.h"
#include "plots/json_text.h"
#include "plots/stopping.h"
#include "plots/version.h"
#include "sim/tally.h"

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
        json_put(&by, slice_text(row->slice), json_words(name));
    json_put(&object, "id", json_words(measure->id));
    json_put(&object, "by", by);
    json_put(&object, "unit", json_words(measure_unit_text(measure->unit)));
    json_put(&object, "mean", json_number(estimate->mean));
    json_put(&object, "lower", json_number(estimate->lower));
    json_put(&object, "upper", json_number(estimate->upper));
    json_put(&object, "sd", json_number(estimate->sd));
    json_put(&object, "p05", json_number(estimate->p05));
    json_put(&object, "p95", json_number(estimate->p95));
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
        if (json_array_append_new(array, json_number(*value)) != 0) {
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
    bool binned; /* its points are bins of sim/tally.h: "at" is where each
                    begins */
};
/* Where each of the bins that are the points of a line begins. */
static json_t *bin_values(size_t points)
{
    json_t *array = json_array();

    for (size_t i = 0; array && i < points; i++) {
        if (json_array_append_new(array, json_number(sim_bin_value(i))) != 0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

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

    json_put(&object, "id", json_words(head->id));
    json_put(&object, "name", json_words(head->name));
    json_put(&object, "over", json_words(head->over));
    json_put(&object, "unit", json_words(head->unit));
    if (head->binned)
        json_put(&object, "at", bin_values(points));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        json_put(&object, columns[i].name,
                 column_value(at, points, &columns[i]));
    json_text_add(object, out);
}

/* The lines of one list, each after a comma but the first (`*first`). */
static void add_lines(const struct result_line *lines, size_t count,
                      const struct line_head *head, bool *first,
                      struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        struct line_head own = *head;

        own.id = lines[i].id;
        own.name = lines[i].name;
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
    add_line(&(struct line_head){id, "", "day of the week", "share", false}, at,
             7, out);
    *first = false;
}

/* What was run: all that it takes to run it again. */
static void add_head(const struct answer *answer, struct text *out)
{
    const struct result *result = answer->result;
    char digest[DIGEST_LENGTH + 1];
    json_t *scenario = json_object();

    digest_scenario(result->scenario, digest);
    json_put(&scenario, "title", json_words(result->scenario->title));
    json_put(&scenario, "file", json_words(result->scenario->file));
    json_put(&scenario, "sha256", json_words(digest));
    text_add(out, "{\n \"handrail\": ");
    json_text_add(json_words(HANDRAIL_VERSION), out);
    text_add(out, ",\n \"scenario\": ");
    json_text_add(scenario, out);
    text_add(out, ",\n \"seed\": ");
    json_text_add(json_integer((json_int_t)result->seed), out);
    text_add(out, ",\n \"replications\": ");
    json_text_add(json_integer((json_int_t)result->replications), out);
    text_add(out, ",\n \"events\": ");
    json_text_add(json_integer((json_int_t)result->events), out);
}

/* One target that was watched, and what was known of it at the end. */
static json_t *watch_value(const struct precision *precision,
                           const struct precision_watch *watch)
{
    const struct target *target = &precision->scenario->target[watch->target];
    const struct precision_point *last = &watch->point[precision->count - 1];
    json_t *object = json_object();

    json_put(&object, "target", json_words(target->name));
    json_put(&object, "share", json_number(watch->share));
    json_put(&object, "mean", json_number(last->mean));
    json_put(&object, "half_width", json_number(last->half_width));
    json_put(&object, "wanted", json_number(last->wanted));
    json_put(&object, "varies", json_boolean(watch->varies));
    json_put(&object, "narrow", json_boolean(watch->narrow));
    return object;
}

/* Why the run ended where it did; nothing where a fixed number was asked. */
static void add_stopping(const struct answer *answer, struct text *out)
{
    const struct precision *precision = answer->precision;
    json_t *object = json_object(), *targets = json_array();

    for (size_t i = 0; precision && i < precision->watch_count; i++)
        if (targets &&
            json_array_append_new(
                targets, watch_value(precision, &precision->watch[i])) != 0) {
            json_decref(targets);
            targets = NULL;
        }
    if (!precision) {
        json_decref(object);
        json_decref(targets);
        return;
    }
    json_put(&object, "precision", json_words(stopping_end(precision)));
    json_put(&object, "least", json_integer(PRECISION_LEAST));
    json_put(&object, "most", json_integer((json_int_t)precision->most));
    json_put(&object, "narrow_from",
             json_integer((json_int_t)precision->narrow_from));
    json_put(&object, "look_ahead",
             json_integer((json_int_t)precision->look_ahead));
    json_put(&object, "targets", targets);
    text_add(out, ",\n \"stopping\": ");
    json_text_add(object, out);
}

/* Whether the warm-up is long enough; nothing where it was not looked at. */
static void add_warm_up(const struct answer *answer, struct text *out)
{
    const struct warm_up *warm_up = answer->warm_up;
    const struct scenario *scenario = answer->result->scenario;
    json_t *object;

    if (!warm_up)
        return;
    object = json_object();
    json_put(&object, "verdict", json_words(stopping_warm_up(warm_up)));
    json_put(&object, "weeks", json_integer((json_int_t)warm_up->before));
    json_put(
        &object, "mser_weeks",
        warm_up->verdict == WARM_UP_NOT_JUDGED ||
                (warm_up->verdict == WARM_UP_CANNOT_TELL && !warm_up->wanted)
            ? json_null()
            : json_integer((json_int_t)warm_up->wanted));
    if (warm_up->level != NONE) {
        json_put(&object, "level",
                 json_words(scenario->level[warm_up->level].name));
        json_put(&object, "measured", json_number(warm_up->measured));
        json_put(&object, "settled", json_number(warm_up->settled));
    }
    text_add(out, ",\n \"warm_up\": ");
    json_text_add(object, out);
}

void results_json_render(const struct answer *answer, struct text *out)
{
    const struct result *result = answer->result;
    bool first = true;

    add_head(answer, out);
    add_stopping(answer, out);
    add_warm_up(answer, out);
    text_add(out, ",\n \"measures\": [");
    for (size_t i = 0; i < result->row_count; i++) {
        text_add(out, i ? ",\n  " : "\n  ");
        json_text_add(row_value(answer, &result->row[i]), out);
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
    text_add(out, "\n ],\n \"distributions\": [");
    first = true;
    add_lines(result->distribution, result->distribution_count,
              &(struct line_head){
                  .over = "people", .unit = "share of time", .binned = true},
              &first, out);
    text_add(out, "\n ]\n}\n");
}

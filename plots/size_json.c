/* results.json of a sizing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "plots/answer.h"
#include "plots/digest.h"
#include "plots/json_text.h"
#include "plots/size_files.h"
#include "plots/size_words.h"
#include "plots/version.h"

/* ---- parts ---- */

static json_t *whole_number(double value)
{
    return json_integer((json_int_t)value);
}

/* Add to an array; a lack of memory makes it NULL. */
static void append(json_t **array, json_t *value)
{
    if (!*array) {
        json_decref(value);
        return;
    }
    if (json_array_append_new(*array, value) != 0) {
        json_decref(*array);
        *array = NULL;
    }
}

/* What one of the writers of words says. */
typedef void words_writer(const struct size_answer *answer, struct text *out);
static json_t *said(words_writer *write, const struct size_answer *answer)
{
    struct text text = {0};
    json_t *value;

    write(answer, &text);
    value = json_words(text.bytes ? text.bytes : "");
    text_clear(&text);
    return value;
}

static json_t *settings_of(const struct size_answer *answer, uint32_t design)
{
    json_t *object = json_object();

    for (uint32_t r = 0; r < answer->question->range_count; r++)
        json_put(&object, answer->question->range[r].path,
                 whole_number(size_value_of(answer->question, design, r)));
    return object;
}

static void put_estimate(json_t **object, const struct estimate *estimate)
{
    json_put(object, "mean", json_number(estimate->mean));
    json_put(object, "lower", json_number(estimate->lower));
    json_put(object, "upper", json_number(estimate->upper));
    json_put(object, "sd", json_number(estimate->sd));
}

/* Which quantity: its measure, and the target it is of. */
static json_t *quantity_of(const struct size_answer *answer, uint32_t quantity)
{
    const struct size_quantity *of = &answer->watch->quantity[quantity];
    json_t *object = json_object();

    json_put(&object, "id", json_words(measure_table[of->measure].id));
    json_put(&object, "target",
             of->target == NONE
                 ? json_null()
                 : json_words(answer->base->target[of->target].name));
    json_put(&object, "unit", json_words(measure_unit_text(of->unit)));
    return object;
}

static json_t *quantities(const struct size_answer *answer,
                          const struct estimate *value)
{
    json_t *array = json_array();

    for (uint32_t w = 0; w < answer->watch->count; w++) {
        json_t *object = quantity_of(answer, w);

        put_estimate(&object, &value[w]);
        append(&array, object);
    }
    return array;
}

/* Every measure of the chosen, as results.json of a run has them. */
static json_t *measures_of(const struct result *result)
{
    const struct answer answer = {.result = result};
    json_t *array = json_array();

    for (size_t i = 0; i < result->row_count; i++) {
        const struct result_row *row = &result->row[i];
        const struct measure *measure = &measure_table[row->measure];
        json_t *object = json_object(), *by = json_object();
        char name[ANSWER_NAME_SIZE];

        answer_slice_name(&answer, row, name);
        if (row->sliced)
            json_put(&by, slice_text(row->slice), json_words(name));
        json_put(&object, "id", json_words(measure->id));
        json_put(&object, "by", by);
        json_put(&object, "unit", json_words(measure_unit_text(measure->unit)));
        put_estimate(&object, &row->estimate);
        json_put(&object, "p05", json_number(row->estimate.p05));
        json_put(&object, "p95", json_number(row->estimate.p95));
        append(&array, object);
    }
    return array;
}

/* The chosen or the nearest; null where there is none. Without fresh
 * replications its measures are those of its row. */
static json_t *about(const struct size_answer *answer, uint32_t design)
{
    const struct size_row *row;
    json_t *object;

    if (design == SIZE_NONE)
        return json_null();
    row = size_answer_row(answer, design);
    object = json_object();
    json_put(&object, "settings", settings_of(answer, design));
    json_put(&object, "replications",
             whole_number(answer->result ? answer->result->replications
                                         : (row ? row->count : 0)));
    json_put(&object, "fresh", json_boolean(answer->result != NULL));
    json_put(&object, "measures",
             answer->result ? measures_of(answer->result)
             : row          ? quantities(answer, row->value)
                            : json_array());
    return object;
}

/* ---- the question ---- */

static json_t *ranges(const struct size_answer *answer)
{
    json_t *array = json_array();

    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        const struct size_range *range = &answer->question->range[r];
        json_t *object = json_object();

        json_put(&object, "path", json_words(range->path));
        json_put(&object, "low", whole_number(range->low));
        json_put(&object, "high", whole_number(range->high));
        json_put(&object, "step", whole_number(range->step));
        append(&array, object);
    }
    return array;
}

static json_t *limits(const struct size_answer *answer)
{
    json_t *array = json_array();

    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        const struct size_limit *limit = &answer->question->limit[t];
        const struct size_reach *reach = &answer->reach[t];
        json_t *object = quantity_of(answer, 1 + t);

        json_put(&object, limit->at_most ? "at_most" : "at_least",
                 json_number(limit->limit));
        json_put(&object, "margin", json_number(limit->margin));
        json_put(&object, "best",
                 reach->best == SIZE_NONE ? json_null()
                                          : settings_of(answer, reach->best));
        json_put(&object, "best_mean", json_number(reach->estimate.mean));
        json_put(&object, "fails_everywhere",
                 json_boolean(reach->fails_everywhere));
        append(&array, object);
    }
    return array;
}

/* ---- rows ---- */

static json_t *row_of(const struct size_answer *answer,
                      const struct size_row *row)
{
    json_t *object = json_object();

    json_put(&object, "settings", settings_of(answer, row->design));
    json_put(&object, "replications", whole_number(row->count));
    json_put(&object, "fresh", json_boolean(row->fresh));
    json_put(&object, "meets", json_words(size_words_meets(row->meets)));
    json_put(&object, "fails",
             row->limit == SIZE_NONE
                 ? json_null()
                 : json_words(size_words_quantity(answer, 1 + row->limit)));
    json_put(&object, "frontier", json_boolean(row->frontier));
    json_put(&object, "measures", quantities(answer, row->value));
    return object;
}

static json_t *step_of(const struct size_answer *answer,
                       const struct size_step *step)
{
    json_t *object = json_object();

    json_put(&object, "path",
             json_words(answer->question->range[step->range].path));
    json_put(&object, "by", whole_number(step->by));
    json_put(&object, "settings",
             step->design == SIZE_NONE ? json_null()
                                       : settings_of(answer, step->design));
    json_put(&object, "replications", whole_number(step->count));
    json_put(&object, "differences",
             step->row ? quantities(answer, step->difference) : json_array());
    return object;
}

static json_t *erlang_of(const struct size_answer *answer,
                         const struct size_erlang *erlang)
{
    json_t *object = json_object();
    struct text text = {0};

    json_put(&object, "role",
             json_words(answer->base->role[erlang->role].name));
    json_put(&object, "day",
             json_words(erlang->day == LOAD_WEEKEND ? "weekend" : "weekday"));
    json_put(&object, "offered", json_number(erlang->offered));
    json_put(&object, "on_duty", json_number(erlang->on_duty));
    json_put(&object, "staff",
             erlang->staff ? whole_number(erlang->staff) : json_null());
    size_words_erlang(answer, erlang, &text);
    json_put(&object, "words", json_words(text.bytes ? text.bytes : ""));
    text_clear(&text);
    return object;
}

/* ---- the document ---- */

/* A member of the document, on a line of its own. */
static void add_member(const char *key, json_t *value, bool *first,
                       struct text *out)
{
    text_printf(out, "%s \"%s\": ", *first ? "{\n" : ",\n", key);
    *first = false;
    json_text_add(value, out);
}

static json_t *scenario_of(const struct size_answer *answer)
{
    char digest[DIGEST_LENGTH + 1];
    json_t *object = json_object();

    digest_scenario(answer->base, digest);
    json_put(&object, "title", json_words(answer->base->title));
    json_put(&object, "file", json_words(answer->base->file));
    json_put(&object, "sha256", json_words(digest));
    return object;
}

/* A list, each of its `count` values on a line of its own. */
static void add_lines(const char *key, json_t **value, struct text *out)
{
    size_t count = json_array_size(*value);

    text_printf(out, ",\n \"%s\": [", key);
    for (size_t i = 0; i < count; i++) {
        text_add(out, i ? ",\n  " : "\n  ");
        json_text_add(json_incref(json_array_get(*value, i)), out);
    }
    if (!*value)
        out->failed = true;
    text_add(out, "\n ]");
    json_decref(*value);
}

static const char *end_word(const struct size_answer *answer)
{
    return answer->end == SIZE_CHOSEN          ? "chosen"
           : answer->end == SIZE_NOTHING_MEETS ? "nothing meets"
                                               : "undecided";
}

static void add_head(const struct size_answer *answer,
                     const struct size_head *head, struct text *out)
{
    bool first = true;
    uint32_t minimise = answer->watch->quantity[0].measure;

    add_member("handrail", json_words(HANDRAIL_VERSION), &first, out);
    add_member("study", json_words("size"), &first, out);
    add_member("scenario", scenario_of(answer), &first, out);
    add_member("seed", whole_number(head->seed), &first, out);
    add_member("replications", whole_number((double)answer->replications),
               &first, out);
    add_member("confirming", whole_number((double)answer->confirming), &first,
               out);
    add_member("minimise", json_words(measure_table[minimise].id), &first, out);
    add_member("within", json_number(answer->question->delta), &first, out);
    add_member("ranges", ranges(answer), &first, out);
    add_member("targets", limits(answer), &first, out);
    add_member("end", json_words(end_word(answer)), &first, out);
    add_member("answer", said(size_words_answer, answer), &first, out);
    add_member("promise", said(size_words_promise, answer), &first, out);
    add_member("textbook_differs", said(size_words_differs, answer), &first,
               out);
    add_member("chosen", about(answer, answer->chosen), &first, out);
    add_member("nearest", about(answer, answer->nearest), &first, out);
}

void size_json_render(const struct size_answer *answer,
                      const struct size_head *head, struct text *out)
{
    json_t *list = json_array();

    add_head(answer, head, out);
    for (uint32_t i = 0; i < answer->step_count; i++)
        append(&list, step_of(answer, &answer->step[i]));
    add_lines("steps", &list, out);
    list = json_array();
    for (uint32_t i = 0; i < answer->erlang_count; i++)
        append(&list, erlang_of(answer, &answer->erlang[i]));
    add_lines("textbook", &list, out);
    list = json_array();
    for (uint32_t i = 0; i < answer->row_count; i++)
        append(&list, row_of(answer, &answer->row[i]));
    add_lines("designs", &list, out);
    text_add(out, "\n}\n");
}

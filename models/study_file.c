/*
 * The reader of study files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/study_file.h"

#include <string.h>

#include "models/reader_impl.h"

#define OPTIONS_MAX 63u  /* with the base 64: COMPARE_OPTIONS_MAX */
#define MEASURES_MAX 64u /* COMPARE_MEASURES_MAX */
#define VALUES_MAX 100000u
#define VALUE_BYTES 512

/* ---- options ---- */

/* A remark of an option, checked and kept. */
static const char *remark(struct reading *reading, struct node *option,
                          const char *key)
{
    struct node *node = node_child(option, key);

    if (node == NULL || node->broken || !reading_check_text(reading, node))
        return NULL;
    return arena_text(reading->arena, node->text, strlen(node->text));
}

static void read_option(struct reading *reading, struct node *node,
                        struct study_option *option)
{
    option->name = arena_text(reading->arena, node->key, strlen(node->key));
    option->place = node->key_place;
    if (strcmp(node->key, "base") == 0)
        reading_fault_key(reading, node, NULL,
                          "'base' is what the base itself is called");
    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of paths to values");
        return;
    }
    option->note = remark(reading, node, "note");
    option->source = remark(reading, node, "source");
    option->path =
        arena_array(reading->arena, node->count, sizeof *option->path);
    if (option->path == NULL)
        return;
    for (struct node *c = node->first; c != NULL; c = c->next)
        if (!key_is_remark(c->key))
            option->path[option->count++] =
                arena_text(reading->arena, c->key, strlen(c->key));
}

static void read_options(struct reading *reading, struct node *node,
                         void *owner)
{
    struct study_file *study = owner;
    struct entries entries;

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node,
                        "a mapping of names to what each option changes");
        return;
    }
    entries = reading_entries(reading, node, true);
    if (node->count == 0)
        reading_fault(reading, node, NULL, "must name at least one option");
    if (entries.count > OPTIONS_MAX) {
        reading_fault(reading, node, NULL,
                      "has %u options, at most %u can be compared",
                      (unsigned)entries.count, OPTIONS_MAX);
        return;
    }
    study->option =
        arena_array(reading->arena, entries.count, sizeof *study->option);
    for (uint32_t i = 0; study->option != NULL && i < entries.count; i++)
        if (!entries.node[i]->broken)
            read_option(reading, entries.node[i],
                        &study->option[study->option_count++]);
}

/* ---- measures ---- */

static void refuse_unknown(struct reading *reading, const struct node *node)
{
    const char **ids =
        arena_array(reading->tree.arena, measure_count, sizeof *ids);

    if (ids == NULL)
        return;
    for (uint32_t i = 0; i < measure_count; i++)
        ids[i] = measure_table[i].id;
    reading_fault(
        reading, node,
        faults_hint(reading->tree.faults, node->text, ids, measure_count),
        "no measure is called '%.100s'", node->text);
}

/* The id of a measure that is a mean of something, or NONE. */
static uint32_t read_id(struct reading *reading, const struct node *node)
{
    uint32_t measure;

    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "the name of a measure");
        return NONE;
    }
    measure = measure_find(node->text);
    if (measure == NONE) {
        refuse_unknown(reading, node);
    } else if (measure_table[measure].type == MEASURE_QUANTILE) {
        reading_fault(reading, node, NULL,
                      "'%s' is read off all runs together, so its difference "
                      "cannot be paired run by run; compare a mean instead",
                      node->text);
        return NONE;
    }
    return measure;
}

static void read_measure_id(struct reading *reading, struct node *node,
                            void *owner)
{
    struct study_measure *measure = owner;

    measure->measure = read_id(reading, node);
}

static void read_slice(struct reading *reading, struct node *node, void *owner)
{
    struct study_measure *measure = owner;
    enum slice slice = slice_find(node->key);

    if (measure->slice != SLICE_COUNT) {
        reading_fault_key(reading, node, NULL,
                          "a measure is compared in one part at a time");
        return;
    }
    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "one value");
        return;
    }
    if (measure->measure != NONE &&
        (measure_table[measure->measure].cuts & CUT(slice)) == 0) {
        reading_fault_key(reading, node, NULL, "'%s' cannot be cut in this way",
                          measure_table[measure->measure].id);
        return;
    }
    measure->slice = slice;
    measure->value = arena_text(reading->arena, node->text, strlen(node->text));
    measure->place = node->place;
}

static void prepare_measure(struct reading *reading, struct node *node,
                            void *owner)
{
    (void)reading;
    (void)node;
    *(struct study_measure *)owner =
        (struct study_measure){.measure = NONE, .slice = SLICE_COUNT};
}

/* Some measures mean something only in parts: one level's occupancy. */
static void check_whole(struct reading *reading, const struct node *node,
                        const struct study_measure *measure)
{
    if (measure->measure != NONE && measure->slice == SLICE_COUNT &&
        !measure_table[measure->measure].whole)
        reading_fault(reading, node, NULL,
                      "'%s' is of one level: {measure: %s, level: NAME}",
                      measure_table[measure->measure].id,
                      measure_table[measure->measure].id);
}

static void check_measure(struct reading *reading, struct node *node,
                          void *owner)
{
    check_whole(reading, node, owner);
}

#define SLICE_ROW(word, help)                                                  \
    {                                                                          \
        word, FIELD_CUSTOM, OPTIONAL, 0, 0, 0, NULL,                           \
            {.read = read_slice, .each = FIELD_TEXT}, help                     \
    }

static const struct field measure_fields[] = {
    {"measure",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_measure_id, .each = FIELD_MEASURE},
     "the name of a measure"},
    SLICE_ROW("level", "only this level"),
    SLICE_ROW("cohort", "only this cohort"),
    SLICE_ROW("kind", "only this kind of contact"),
    SLICE_ROW("step", "only this step, as PLAN: STEP"),
    SLICE_ROW("role", "only this role of staff"),
    SLICE_ROW("day", "only on a weekday, weekend or holiday"),
    SLICE_ROW("hour", "only in this hour of the week, such as mon 18"),
    SLICE_ROW("week", "only in the week from this date on"),
    SLICE_ROW("entered_on", "only who entered on this weekday"),
    SLICE_ROW("since_move", "only so long after a move, such as 0-3 days"),
    SLICE_ROW("outcome", "only this outcome"),
    SLICE_ROW("alert", "only this alert"),
    SLICE_ROW("concern", "only this concern"),
    SLICE_ROW("trigger", "only this trigger"),
    SLICE_ROW("cause", "only this cause of a delay"),
};
static const struct field_table measure_item_table = {
    .one = "a measure, or one part of it",
    FIELDS(measure_fields),
    .prepare = prepare_measure,
    .check = check_measure,
};

static void read_item(struct reading *reading, struct node *node,
                      struct study_measure *measure)
{
    if (node->type == NODE_MAP) {
        fields_read(reading, &measure_item_table, node, measure);
        return;
    }
    prepare_measure(reading, node, measure);
    measure->measure = read_id(reading, node);
    check_whole(reading, node, measure);
}

static bool are_equal(const struct study_measure *a,
                      const struct study_measure *b)
{
    return a->measure != NONE && a->measure == b->measure &&
           a->slice == b->slice &&
           (a->slice == SLICE_COUNT || (a->value != NULL && b->value != NULL &&
                                        strcmp(a->value, b->value) == 0));
}

/* The family would grow by what it has already. */
static void check_twice(struct reading *reading, const struct node *node,
                        const struct study_file *study)
{
    const struct study_measure *last =
        &study->measure[study->measure_count - 1];

    for (const struct study_measure *m = study->measure; m < last; m++)
        if (are_equal(m, last)) {
            reading_fault(reading, node, NULL,
                          "this measure is in the list already");
            return;
        }
}

static void read_measures(struct reading *reading, struct node *node,
                          void *owner)
{
    struct study_file *study = owner;

    if (node->type != NODE_LIST || node->count == 0 ||
        node->count > MEASURES_MAX) {
        reading_must_be(reading, node, "a list of 1 to 64 measures");
        return;
    }
    study->measure =
        arena_array(reading->arena, node->count, sizeof *study->measure);
    if (study->measure == NULL)
        return;
    for (struct node *item = node->first; item != NULL; item = item->next) {
        if (item->broken)
            continue;
        read_item(reading, item, &study->measure[study->measure_count++]);
        check_twice(reading, item, study);
    }
}

/* ---- the study ---- */

static void read_version(struct reading *reading, struct node *node,
                         void *owner)
{
    (void)owner;
    if (node->type != NODE_SCALAR || strcmp(node->text, "1") != 0)
        reading_must_be(reading, node, "1, the version of this format");
}

/* Noted apart from its value, for 0 is a seed. */
static void read_seed(struct reading *reading, struct node *node, void *owner)
{
    static const struct field field = {
        .kind = FIELD_COUNT, .low = 0, .high = UINT32_MAX};
    struct study_file *study = owner;

    study->has_seed = field_read_scalar(reading, &field, node, &study->seed);
}

static const struct field study_fields[] = {
    {"handrail_study",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     1,
     1,
     NULL,
     {.read = read_version, .each = FIELD_COUNT},
     "the version of this format: 1"},
    {"title",
     FIELD_TEXT,
     OPTIONAL,
     PLACE(study_file, title),
     0,
     0,
     NULL,
     {0},
     "the question, as reports put it"},
    {"about",
     FIELD_TEXT,
     OPTIONAL,
     PLACE(study_file, about),
     0,
     0,
     NULL,
     {0},
     "what it is, in a few sentences"},
    {"base",
     FIELD_TEXT,
     REQUIRED,
     PLACE(study_file, base),
     0,
     0,
     NULL,
     {0},
     "the scenario that the options are compared with"},
    {"options",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_options},
     "names of options, each with PATH: VALUE as --set has it"},
    {"measures",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_measures,
      .each = FIELD_MEASURE,
      .table = &measure_item_table,
      .list = true},
     "what they are compared by"},
    {"seed",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     UINT32_MAX,
     "1",
     {.read = read_seed, .each = FIELD_COUNT},
     "start of the random numbers"},
    {"replications",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(study_file, replications),
     2,
     100000,
     NULL,
     {0},
     "simulated runs of each option; 1000 if not given"},
};
const struct field_table study_table = {.one = "a study", FIELDS(study_fields)};

/* The top-level key in block or flow style, without reading the whole. */
bool study_file_is(const char *bytes, size_t length)
{
    static const char key[] = "handrail_study";
    const char *end = bytes + length;
    bool at_start = true;

    for (const char *at = bytes; at < end; at++) {
        if (at_start && (size_t)(end - at) > sizeof key &&
            memcmp(at, key, sizeof key - 1) == 0)
            return true;
        at_start = *at == '\n' || *at == '\r' ||
                   (at_start && strchr(" {\"'\xef\xbb\xbf", *at) != NULL);
    }
    return false;
}

static bool reading_failed(const struct reading *reading)
{
    return arena_failed(reading->arena) || arena_failed(reading->tree.arena) ||
           arena_failed(reading->tree.faults->arena);
}

static int read_text(struct reading *reading, const struct scenario_overlay *of,
                     struct study_file *study)
{
    struct node *root = NULL;
    int err =
        tree_parse(&reading->tree, of->name, of->bytes, of->length, &root);

    if (err != SIM_OK)
        return err;
    if (root != NULL && root->type != NODE_MAP)
        faults_add(reading->tree.faults, FAULT_ERROR, &root->place, NULL,
                   "a study is a mapping that starts with 'handrail_study: 1'");
    else if (root != NULL)
        fields_read(reading, &study_table, root, study);
    if (study->base != NULL)
        study->base_place = node_child(root, "base")->place;
    faults_sort(reading->tree.faults);
    if (reading_failed(reading))
        return SIM_ERR_NO_MEMORY;
    return reading->tree.faults->errors > 0 ? SIM_ERR_INPUT : SIM_OK;
}

int study_file_read(const char *name, const char *bytes, size_t length,
                    struct study_file **out, struct faults *faults)
{
    const struct scenario_overlay of = {
        .name = name, .bytes = bytes, .length = length};
    struct reading reading = {.tree.faults = faults, .uncounted = true};
    struct study_file *study = NULL;
    int err = faults_init(faults);

    *out = NULL;
    if (err != SIM_OK)
        return err;
    err = SIM_ERR_NO_MEMORY;
    reading.tree.arena = arena_new();
    reading.arena = arena_new();
    if (reading.tree.arena != NULL && reading.arena != NULL)
        study = arena_alloc(reading.arena, sizeof *study);
    if (study != NULL) {
        study->arena = reading.arena;
        err = read_text(&reading, &of, study);
    }
    arena_free(reading.tree.arena);
    if (err == SIM_ERR_NO_MEMORY)
        arena_free(reading.arena);
    else
        *out = study;
    return err;
}

void study_file_free(struct study_file *study)
{
    if (study != NULL)
        arena_free(study->arena);
}

/* ---- what only the base can tell ---- */

/* Report a part that the base has not, with the names of those it has. */
static void refuse_value(const struct study_measure *measure,
                         const struct scenario *base, struct faults *faults)
{
    uint32_t count = slice_values(base, measure->slice);
    const char **names;
    char text[VALUE_BYTES];

    if (count > VALUES_MAX)
        count = VALUES_MAX;
    names = arena_array(faults->arena, count, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < count; i++) {
        slice_value_name(base, measure->slice, i, text, sizeof text);
        if (strcmp(text, measure->value) == 0)
            return;
        names[i] = arena_text(faults->arena, text, strlen(text));
        if (names[i] == NULL)
            return;
    }
    if (names != NULL)
        faults_add(faults, FAULT_ERROR, &measure->place,
                   faults_hint(faults, measure->value, names, count),
                   "measures: no %s is called '%.100s' in the base",
                   slice_text(measure->slice), measure->value);
}

int study_file_resolve(const struct study_file *study,
                       const struct scenario *base, struct faults *faults)
{
    for (size_t i = 0; i < study->measure_count; i++)
        if (study->measure[i].slice != SLICE_COUNT)
            refuse_value(&study->measure[i], base, faults);
    faults_sort(faults);
    if (arena_failed(faults->arena))
        return SIM_ERR_NO_MEMORY;
    return faults->errors > 0 ? SIM_ERR_INPUT : SIM_OK;
}

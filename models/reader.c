/*
 * From bytes to a scenario: the file and its bases become one tree, settings
 * are applied, names are collected, tables read, and the whole is checked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader.h"

#include <stdlib.h>
#include <string.h>

#include "models/csv.h"
#include "models/reader_impl.h"

#define BASES_MAX 8u
#define DAYS_BEYOND 400 /* that the civil tables cover after the run */

static bool reading_failed(const struct reading *reading)
{
    return reading->no_memory || arena_failed(reading->arena) ||
           arena_failed(reading->tree.arena) ||
           arena_failed(reading->tree.faults->arena);
}

/* ---- the root table ---- */

static void read_version(struct reading *reading, struct node *node,
                         void *owner)
{
    (void)owner;
    if (node->type != NODE_SCALAR || strcmp(node->text, "1") != 0)
        reading_must_be(reading, node, "1, the version of this format");
}

static void read_calendar(struct reading *reading, struct node *node,
                          void *owner)
{
    struct scenario *scenario = owner;

    reading->uncounted = true; /* what is simulated, not what is believed */
    fields_read(reading, &calendar_table, node, &scenario->calendar);
    reading->uncounted = false;
}

static const char *const order_words[] = {"due", "deadline", NULL};

/* In the order of reading: what is referred to comes first where its values
 * matter to those who refer to it. */
static const struct field root_fields[] = {
    {"handrail",
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
     REQUIRED,
     PLACE(scenario, title),
     0,
     0,
     NULL,
     {0},
     "what reports call it"},
    {"about",
     FIELD_TEXT,
     OPTIONAL,
     PLACE(scenario, about),
     0,
     0,
     NULL,
     {0},
     "what it is, in a few sentences"},
    {"calendar",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_calendar, .table = &calendar_table},
     "when the run starts and how long it is"},
    {"order",
     FIELD_WORD,
     OPTIONAL,
     PLACE(scenario, order),
     0,
     1,
     "due",
     {.words = order_words},
     "which of the waiting contacts of one priority goes first"},
    {"staff",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, role),
     0,
     0,
     NULL,
     {.table = &role_table},
     "roles: what they cost, who is absent"},
    {"rota",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, shift),
     0,
     0,
     NULL,
     {.table = &shift_table},
     "shifts: who is on duty when"},
    {"conditions",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, condition),
     0,
     0,
     NULL,
     {.table = &condition_table},
     "clinical courses over time"},
    {"signs",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, sign),
     0,
     0,
     NULL,
     {.table = &sign_table},
     "what staff can note, by state"},
    {"alerts",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, alert),
     0,
     0,
     NULL,
     {.table = &alert_table},
     "how many signs call for a response"},
    {"contacts",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, kind),
     0,
     0,
     NULL,
     {.table = &kind_table},
     "kinds of contact"},
    {"concerns",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, concern),
     0,
     0,
     NULL,
     {.table = &concern_table},
     "what can arise beside the condition: safeguarding, a dispute"},
    {"plans",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, plan),
     0,
     0,
     NULL,
     {.table = &plan_table},
     "tapering rules"},
    {"levels",
     FIELD_NAMED,
     REQUIRED,
     PLACE(scenario, level),
     0,
     0,
     NULL,
     {.table = &level_table},
     "where people are supported"},
    {"cohorts",
     FIELD_NAMED,
     REQUIRED,
     PLACE(scenario, cohort),
     0,
     0,
     NULL,
     {.table = &cohort_table},
     "groups of people and how they come"},
    {"responses",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, response),
     0,
     0,
     NULL,
     {.table = &response_table},
     "what is done after a trigger or an alert"},
    {"team_time",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, team_time),
     0,
     0,
     NULL,
     {.table = &team_time_table},
     "breaks, handovers between shifts, supervision, huddles"},
    {"targets",
     FIELD_NAMED,
     OPTIONAL,
     PLACE(scenario, target),
     0,
     0,
     NULL,
     {.table = &target_table},
     "what the service is to reach"},
};
const struct field_table scenario_table = {.one = "a scenario",
                                           FIELDS(root_fields)};

/* ---- files ---- */

/* The chain of files from the scenario down to the one being read. */
struct chain {
    const char *name;
    const struct chain *above;
    uint32_t depth;
};

static bool chain_has(const struct chain *chain, const char *name)
{
    for (; chain != NULL; chain = chain->above) {
        if (strcmp(chain->name, name) == 0)
            return true;
    }
    return false;
}

static int read_file(struct tree *tree, const struct scenario_source *source,
                     const struct chain *chain, const struct node *from,
                     struct node **root);

/* The file that `base:` names, under this one. */
static int read_base(struct tree *tree, const struct scenario_source *source,
                     const struct chain *chain, const struct node *base,
                     struct node **root)
{
    struct chain below = {.above = chain, .depth = chain->depth + 1};
    const char *what = NULL;

    if (base->broken)
        return SIM_OK;
    if (base->type != NODE_SCALAR || node_is_null(base) ||
        base->text[0] == '\0')
        what = "must be the name of a file";
    else if (chain_has(chain, base->text))
        what = "leads back to a file that this one is the base of";
    else if (below.depth > BASES_MAX)
        what = "more than 8 files one upon the other";
    if (what != NULL) {
        faults_add(tree->faults, FAULT_ERROR, &base->place, NULL, "base: %s",
                   what);
        return SIM_OK;
    }
    below.name = base->text;
    return read_file(tree, source, &below, base, root);
}

/* Apply a mapping of paths to values. */
static void apply_paths(struct tree *tree, struct node *root, struct node *set)
{
    struct node *child = set->first;

    while (child != NULL) {
        struct node *next = child->next;
        struct place place = child->key_place;

        if (!key_is_remark(child->key))
            tree_set(tree, root, child->key, &place, child);
        child = next;
    }
}

static void apply_set(struct tree *tree, struct node *root, struct node *set)
{
    if (set->type == NODE_MAP)
        apply_paths(tree, root, set);
    else
        faults_add(tree->faults, FAULT_ERROR, &set->place, NULL,
                   "set: must be a mapping of paths to values");
}

/* Lay `own`, a file's mapping, on its base; `*root` becomes the whole. */
static int resolve(struct tree *tree, const struct scenario_source *source,
                   const struct chain *chain, struct node *own,
                   struct node **root)
{
    struct node *base = tree_take(own, "base");
    struct node *set = tree_take(own, "set");
    struct node *under = NULL;
    int err = SIM_OK;

    if (base != NULL)
        err = read_base(tree, source, chain, base, &under);
    if (err != SIM_OK || (base != NULL && under == NULL))
        return err;
    if (under != NULL)
        tree_merge(tree, under, own);
    else
        under = own;
    if (set != NULL && !set->broken)
        apply_set(tree, under, set);
    *root = under;
    return SIM_OK;
}

/* Report at the name of a base, or at the start of the scenario itself, that
 * it could not be read. */
static int report_unread(struct tree *tree, const char *name,
                         const struct node *from, const char *why)
{
    struct place place = {.line = 1, .column = 1};

    if (from == NULL) {
        place.text =
            faults_source(tree->faults, name, tree->text_count++, "", 0);
        if (place.text == NULL)
            return SIM_ERR_NO_MEMORY;
    } else {
        place = from->place;
    }
    faults_add(tree->faults, FAULT_ERROR, &place, NULL, "cannot read '%s': %s",
               name, why);
    return SIM_OK;
}

/* Read one file and all below it; `*root` is NULL where that is not possible.
 */
static int read_file(struct tree *tree, const struct scenario_source *source,
                     const struct chain *chain, const struct node *from,
                     struct node **root)
{
    const char *why = "it cannot be read";
    struct node *own = NULL;
    char *bytes = NULL;
    size_t length = 0;
    int err = source->read(source->context, chain->name, &bytes, &length, &why);

    if (err == SIM_ERR_IO)
        return report_unread(tree, chain->name, from, why);
    if (err != SIM_OK)
        return err;
    err =
        tree_parse(tree, chain->name, bytes == NULL ? "" : bytes, length, &own);
    free(bytes);
    if (err != SIM_OK || own == NULL)
        return err;
    if (own->type != NODE_MAP) {
        faults_add(tree->faults, FAULT_ERROR, &own->place, NULL,
                   "a scenario is a mapping that starts with 'handrail: 1'");
        return SIM_OK;
    }
    return resolve(tree, source, chain, own, root);
}

/* Apply the option of a study; what is wrong with its form is reported where
 * the study is read. */
static int apply_option(struct tree *tree,
                        const struct scenario_overlay *overlay,
                        struct node *root)
{
    struct node *study = NULL;
    struct node *options, *option;
    int err = tree_parse(tree, overlay->name, overlay->bytes, overlay->length,
                         &study);

    if (err != SIM_OK || study == NULL)
        return err;
    options = node_child(study, "options");
    option = options == NULL ? NULL : node_child(options, overlay->option);
    if (option != NULL && option->type == NODE_MAP)
        apply_paths(tree, root, option);
    return SIM_OK;
}

/* Take the effect of contacts out of every condition. */
static void take_contact_effect(struct node *root)
{
    struct node *conditions = node_child(root, "conditions");
    struct node *condition = conditions == NULL ? NULL : conditions->first;

    for (; condition != NULL; condition = condition->next)
        if (condition->type == NODE_MAP)
            (void)tree_take(condition, "after_contact");
}

static int apply_overlay(struct tree *tree,
                         const struct scenario_overlay *overlay,
                         struct node *root)
{
    int err = SIM_OK;

    if (overlay->bytes != NULL)
        err = apply_option(tree, overlay, root);
    if (overlay->no_contact_effect)
        take_contact_effect(root);
    return err;
}

/* The resolved tree; `*root` is NULL where there is none to speak of. */
static int read_tree(struct tree *tree, const struct scenario_source *source,
                     struct node **root)
{
    struct chain chain = {.name = source->name, .depth = 0};
    int err = read_file(tree, source, &chain, NULL, root);

    for (size_t i = 0; i < source->setting_count && *root != NULL; i++) {
        if (err == SIM_OK)
            err = tree_apply(tree, *root, source->setting[i]);
    }
    if (err == SIM_OK && *root != NULL && source->overlay != NULL)
        err = apply_overlay(tree, source->overlay, *root);
    return err;
}

/* ---- the scenario ---- */

static int make_civil(struct scenario *scenario)
{
    const struct run_calendar *c = &scenario->calendar;
    int32_t days = sim_day_of(scenario_end(scenario)) + 1 + DAYS_BEYOND;

    if (days > 20000) /* a fault of the calendar, already reported */
        days = DAYS_BEYOND;
    return sim_civil_init(&scenario->civil, c->start, days, c->holiday,
                          c->holiday_count);
}

static const char *base_name(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash == NULL ? name : slash + 1;
}

/* Both passes over the tree, and the checks across its parts. */
static int read_scenario(struct reading *reading, struct node *root)
{
    struct scenario *scenario = reading->scenario;
    int err;

    for (int i = 0; i < TRIGGER_TYPES; i++)
        scenario->trigger_response[i] = NONE;
    names_collect(reading, root);
    if (reading_failed(reading))
        return SIM_ERR_NO_MEMORY;
    fields_read(reading, &scenario_table, root, scenario);
    records_sort(reading);
    if (reading_failed(reading))
        return SIM_ERR_NO_MEMORY;
    targets_resolve(reading);
    caseload_read(reading, root);
    err = make_civil(scenario);
    if (err != SIM_OK)
        return err;
    check_references(reading, root);
    if (reading->tree.faults->errors == 0)
        check_use(reading, root);
    return SIM_OK;
}

/* What is kept of a scenario without errors besides its values. */
static int finish(struct reading *reading, const char *name, struct node *root)
{
    struct scenario *scenario = reading->scenario;

    name = base_name(name);
    scenario->file = arena_text(reading->arena, name, strlen(name));
    provenance_read(reading, root);
    scenario->canonical = csv_canonical(
        reading, tree_canonical(&reading->tree, reading->arena, root));
    return reading_failed(reading) || scenario->canonical == NULL
               ? SIM_ERR_NO_MEMORY
               : SIM_OK;
}

/* Read into `reading`, whose arenas are made. */
static int load(struct reading *reading, const struct scenario_source *source)
{
    struct node *root = NULL;
    int err = read_tree(&reading->tree, source, &root);

    reading->source = source;
    if (err == SIM_OK && root != NULL)
        err = read_scenario(reading, root);
    if (reading_failed(reading))
        err = SIM_ERR_NO_MEMORY;
    if (err == SIM_OK && reading->tree.faults->errors > 0)
        err = SIM_ERR_INPUT;
    if (err == SIM_OK)
        err = finish(reading, source->name, root);
    faults_sort(reading->tree.faults);
    return err;
}

int reading_load(struct reading *reading, const struct scenario_source *source,
                 struct scenario **out)
{
    int err = SIM_ERR_NO_MEMORY;

    reading->scenario = arena_alloc(reading->arena, sizeof *reading->scenario);
    if (reading->scenario != NULL) {
        reading->scenario->arena = reading->arena;
        err = load(reading, source);
    }
    if (err == SIM_OK)
        *out = reading->scenario;
    else if (reading->scenario != NULL)
        sim_civil_clear(&reading->scenario->civil);
    return err;
}

int scenario_load(const struct scenario_source *source, struct scenario **out,
                  struct faults *faults)
{
    struct reading reading = {.tree.faults = faults};
    int err = faults_init(faults);

    *out = NULL;
    if (err != SIM_OK)
        return err;
    reading.tree.arena = arena_new();
    reading.arena = arena_new();
    err = SIM_ERR_NO_MEMORY;
    if (reading.tree.arena != NULL && reading.arena != NULL)
        err = reading_load(&reading, source, out);
    arena_free(reading.tree.arena);
    if (err != SIM_OK)
        arena_free(reading.arena);
    return err;
}

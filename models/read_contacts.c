/*
 * Kinds of contact: when they may be, who does them, how long they take.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#define CONTACT_MAX SIM_DAY       /* one contact, on average */
#define WINDOW_MAX (60 * SIM_DAY) /* a letter may wait, a visit will not */
#define LAST_MINUTE (SIM_DAY - SIM_MINUTE)

static const char *const mode_words[] = {"visit", "phone", "session", "other",
                                         NULL};
static const char *const at_words[] = {"preferred", NULL};
static const char *const with_words[] = {"person", "family", NULL};

static void read_by(struct reading *reading, struct node *node, void *owner)
{
    struct kind *kind = owner;

    staffing_read_by(reading, node, &kind->staffing, &kind->staffing_count);
}

static void read_needs(struct reading *reading, struct node *node, void *owner)
{
    struct kind *kind = owner;

    staffing_read_needs(reading, node, &kind->staffing, &kind->staffing_count);
}

/* Due when the hours begin, to be met before they end. */
static void read_between(struct reading *reading, struct node *node,
                         void *owner)
{
    static const struct field hours = {.key = "between",
                                       .kind = FIELD_HOURS,
                                       .low = 0,
                                       .high = (double)(2 * SIM_DAY)};
    struct kind *kind = owner;
    sim_ms span[2];

    if (!field_read_scalar(reading, &hours, node, span))
        return;
    kind->has_between = true;
    kind->at = span[0];
    kind->window = span[1] - span[0];
}

static void read_at(struct reading *reading, struct node *node, void *owner)
{
    static const struct field at = {.key = "at",
                                    .kind = FIELD_CLOCK,
                                    .low = 0,
                                    .high = (double)LAST_MINUTE};
    struct kind *kind = owner;

    kind->at_preferred =
        node->type == NODE_SCALAR && strcmp(node->text, "preferred") == 0;
    if (!kind->at_preferred)
        (void)field_read_scalar(reading, &at, node, &kind->at);
}

static void read_pair_after(struct reading *reading, struct node *node,
                            void *owner)
{
    static const struct field after = {.key = "pair_after",
                                       .kind = FIELD_CLOCK,
                                       .low = 0,
                                       .high = (double)LAST_MINUTE};
    struct kind *kind = owner;

    (void)field_read_scalar(reading, &after, node, &kind->pair_after);
}

static void read_if_not_there(struct reading *reading, struct node *node,
                              void *owner)
{
    static const struct field length = {.key = "if_not_there",
                                        .kind = FIELD_DISTRIBUTION,
                                        .low = 0,
                                        .high = (double)CONTACT_MAX};
    struct kind *kind = owner;

    (void)field_read_scalar(reading, &length, node, &kind->if_not_there);
}

static const struct field or_fields[] = {
    {"do",
     FIELD_NAME,
     REQUIRED,
     PLACE(kind, or_kind),
     0,
     0,
     NULL,
     {.names = NAMES_KIND},
     "the kind that it becomes"},
    {"after",
     FIELD_DURATION,
     REQUIRED,
     PLACE(kind, or_after),
     0,
     (double)WINDOW_MAX,
     NULL,
     {0},
     "when not begun so long after it fell due"},
};
static const struct field_table or_table = {.one = "a replacement",
                                            FIELDS(or_fields)};

static void prepare_kind(struct reading *reading, struct node *node,
                         void *owner)
{
    struct kind *kind = owner;

    (void)reading;
    (void)node;
    kind->at = -1;
    kind->pair_after = -1;
}

static void refuse(struct reading *reading, const struct node *node,
                   const char *const *key, const char *why)
{
    for (; *key != NULL; key++) {
        const struct node *child = node_child(node, *key);

        if (child != NULL)
            reading_fault_key(reading, child, NULL, "%s", why);
    }
}

/* What is said of the person means nothing where they do not take part. */
static void check_without(struct reading *reading, const struct node *node,
                          struct kind *kind)
{
    static const char *const personal[] = {"notices", "protects",
                                           "attendance_at_other_times", NULL};
    static const char *const present[] = {"attendance", "if_not_there", "with",
                                          NULL};

    if (!kind->without_person && kind->with == WITH_PERSON)
        return;
    kind->protects = 0.0;
    refuse(reading, node, personal,
           "means nothing in a contact without the person");
    if (kind->without_person)
        refuse(reading, node, present,
               "means nothing in a contact without the person");
    kind->without_person = true;
}

/* Two of the role where it takes one, and only where someone is visited. */
static void check_pairs(struct reading *reading, const struct node *node,
                        const struct kind *kind)
{
    const struct node *pair = node_child(node, "pair_after");

    if (pair == NULL)
        return;
    if (node_child(node, "needs") != NULL)
        reading_fault_key(reading, pair, NULL,
                          "means nothing beside 'needs', which says how many "
                          "it takes");
    else if (kind->mode != MODE_VISIT)
        reading_fault_key(reading, pair, "mode: visit",
                          "is for visits, and this is none");
}

static void check_times(struct reading *reading, const struct node *node,
                        const struct kind *kind)
{
    static const char *const single[] = {"at", "window"};
    const struct node *between = node_child(node, "between");
    const struct node *or_node = node_child(node, "or");

    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        const struct node *child = node_child(node, single[i]);

        if (child != NULL && between != NULL)
            reading_fault_key(reading, child, NULL,
                              "cannot stand beside 'between', which gives the "
                              "time and the window");
    }
    if (or_node != NULL && kind->or_kind != NONE && kind->window > 0 &&
        kind->or_after >= kind->window)
        reading_fault_key(reading, or_node, NULL,
                          "'after' must be shorter than the window");
}

static void check_kind(struct reading *reading, struct node *node, void *owner)
{
    struct kind *kind = owner;
    bool by = node_child(node, "by") != NULL;

    if (by == (node_child(node, "needs") != NULL))
        reading_fault_key(reading, node, NULL,
                          "must say either 'by' or 'needs'");
    if (node_child(node, "if_not_there") == NULL)
        kind->if_not_there = kind->lasts;
    check_without(reading, node, kind);
    check_pairs(reading, node, kind);
    check_times(reading, node, kind);
}

static const struct field kind_fields[] = {
    {"mode",
     FIELD_WORD,
     OPTIONAL,
     PLACE(kind, mode),
     0,
     MODE_OTHER,
     "other",
     {.words = mode_words},
     "visit, phone, session or other"},
    {"without_person",
     FIELD_YES_NO,
     OPTIONAL,
     PLACE(kind, without_person),
     0,
     0,
     "no",
     {0},
     "a meeting about the person"},
    {"between",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_between, .each = FIELD_HOURS},
     "the hours in which it may begin, such as 15:00-21:00"},
    {"with",
     FIELD_WORD,
     OPTIONAL,
     PLACE(kind, with),
     0,
     WITH_FAMILY,
     "person",
     {.words = with_words},
     "the person or their family"},
    {"at",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_at, .each = FIELD_CLOCK, .words = at_words},
     "the time of day at which it falls due, or 'preferred': the person's"},
    {"window",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(kind, window),
     0,
     (double)WINDOW_MAX,
     NULL,
     {0},
     "to be met within so long after due"},
    {"priority",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(kind, priority),
     1,
     100,
     "5",
     {0},
     "among waiting contacts; lower goes first"},
    {"by",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_by,
      .each = FIELD_NAME,
      .table = &choice_table,
      .list = true,
      .single = true},
     "the role that does it, or several in order of preference"},
    {"needs",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_needs, .names = NAMES_ROLE, .each = FIELD_COUNT},
     "several workers together: ROLE: how many"},
    {"or",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &or_table},
     "the kind it becomes when nobody has come"},
    {"travel",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(kind, travel),
     0,
     (double)CONTACT_MAX,
     "0 min",
     {0},
     "staff time before it"},
    {"lasts",
     FIELD_DISTRIBUTION,
     REQUIRED,
     PLACE(kind, lasts),
     (double)SIM_SECOND,
     (double)CONTACT_MAX,
     NULL,
     {0},
     "the time with the person"},
    {"notes",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(kind, notes),
     0,
     (double)CONTACT_MAX,
     "0 min",
     {0},
     "staff time after it"},
    {"if_not_there",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "as lasts",
     {.read = read_if_not_there, .each = FIELD_DISTRIBUTION},
     "staff time when the person is not there"},
    {"notices",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(kind, notices),
     0,
     1,
     "100%",
     {0},
     "the chance that a sign that is present is noticed"},
    {"protects",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(kind, protects),
     0,
     1,
     "100%",
     {0},
     "its share of the effect of a contact on the condition"},
    {"attendance",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(kind, attendance),
     0,
     1,
     "100%",
     {0},
     "times the person's; with the family: the chance that they are there"},
    {"attendance_at_other_times",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(kind, attendance_at_other_times),
     0,
     1,
     "100%",
     {0},
     "besides, when it is not planned for the person's preferred time"},
    {"pair_after",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_pair_after, .each = FIELD_CLOCK},
     "from this time of day on it takes two of the role"},
};
const struct field_table kind_table = {
    .one = "a kind of contact",
    FIELDS(kind_fields),
    .prepare = prepare_kind,
    .check = check_kind,
    .size = sizeof(struct kind),
    .tag_place = PLACE(kind, tag),
    .count_place = PLACE(scenario, kind_count),
    .names = NAMES_KIND,
};

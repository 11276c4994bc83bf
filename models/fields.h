#ifndef MODELS_FIELDS_H
#define MODELS_FIELDS_H
/*
 * Fields: constant tables that say what a mapping of a scenario may hold, and
 * the code that reads a mapping by its table. The tables are also what the
 * JSON Schema and the reference of keys are made from: every row carries its
 * range, its default as a user would write it, and a line of help.
 * Any mapping may hold `source` and `note`; no table lists them.
 * Threads: tables are read-only; a reading belongs to one caller.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/scenario.h"
#include "models/tree.h"

#define ENTRIES_MAX 1000u /* of one mapping of the user's own names */

/* What a field holds, and the type it is kept as. */
enum field_kind {
    FIELD_CUSTOM,       /* what `read` makes of it */
    FIELD_COUNT,        /* uint32_t */
    FIELD_INTEGER,      /* int32_t */
    FIELD_NUMBER,       /* double */
    FIELD_CHANCE,       /* double, 0 to 1 */
    FIELD_SHARE,        /* double, written in % or not, also over 100% */
    FIELD_RATE,         /* double, per day */
    FIELD_GROWTH,       /* double, per year: 0.05 of "5%/year" */
    FIELD_MONEY,        /* double */
    FIELD_DURATION,     /* sim_ms */
    FIELD_DAYS,         /* int32_t, a duration of whole days */
    FIELD_REAL_DAYS,    /* double, a duration in days */
    FIELD_DISTRIBUTION, /* struct distribution */
    FIELD_CLOCK,        /* sim_ms, from 00:00 */
    FIELD_HOURS,        /* sim_ms from and, next to it, sim_ms until */
    FIELD_DATE,         /* sim_date */
    FIELD_DAY_SET,      /* sim_day_set */
    FIELD_YES_NO,       /* bool */
    FIELD_TEXT,         /* const char * */
    FIELD_WORD,         /* an enum: the number of one of `words` */
    FIELD_NAME,         /* uint32_t: the index of what is called so, or NONE */
    FIELD_BY_STATE,     /* double *, [states of the scenario], values `each` */
    FIELD_MAP,          /* a mapping by `table`, kept at `place` */
    FIELD_NAMED,        /* a mapping of names to mappings by `table`: an array
                           in struct scenario and its count */
    FIELD_SCHEDULE,     /* struct schedule; only as `each` */
    FIELD_MEASURE       /* the id of a measure; only as `each` */
};

enum field_need { OPTIONAL, REQUIRED };

/* What a name can refer to. */
enum names {
    NAMES_NONE, /* nothing: these are no names */
    NAMES_STATE,
    NAMES_CONDITION,
    NAMES_COHORT,
    NAMES_SIGN,
    NAMES_ALERT,
    NAMES_CONCERN,
    NAMES_LEVEL,
    NAMES_PLAN,
    NAMES_KIND,
    NAMES_ROLE,
    NAMES_SHIFT,
    NAMES_RESPONSE,
    NAMES_TEAM_TIME,
    NAMES_TARGET,
    NAMES_COUNT,
    NAMES_OWN = NAMES_COUNT /* names of the user's own making */
};

/* Nodes with their names, in the order of the scenario's array. */
struct entries {
    const char **name;
    struct node **node;
    uint32_t count;
};

/* One reading of a scenario. Without memory an arena has failed; readers then
 * pass over what they could not store. */
struct reading {
    struct tree tree;
    struct arena *arena; /* the scenario's */
    struct scenario *scenario;
    struct entries names[NAMES_COUNT];
    const struct scenario_source *source; /* where data files come from */
    struct data_file *data; /* read so far, sorted by name (models/csv.h) */
    bool no_memory;         /* outside the arenas */
    bool uncounted;         /* numbers read now are settings, not inputs */
    uint64_t rostered;      /* bit r: a shift speaks of role r */
    bool lost_level;        /* some reference to a level was not understood */
    bool lost_state;        /* the states of some condition were not */
    const char **records; /* what `record:` says, as found; see records_sort */
    uint32_t record_count;
};

/* Read `node` into the struct at `owner`, whose table has the field. */
typedef void field_reader(struct reading *reading, struct node *node,
                          void *owner);

struct field_table;

struct field {
    const char *key;
    enum field_kind kind;
    enum field_need need;
    size_t place;         /* in the struct */
    double low, high;     /* as it is kept; of HOURS: how late it may end */
    const char *standard; /* the default as written; NULL: none (zero, NONE) */
    /*
     * What else a kind needs. With CUSTOM only `read` is used here; the others
     * tell whoever writes a schema what it reads: one value of kind `each`, or
     * one of `words`, or a mapping by `table`, whichever are given; where
     * `list` says so a list of them, with `single` also one without the [ ];
     * and with `names` a mapping of such names to them, with `alone` also one
     * of kind `each` in place of the mapping. `words` of a kind that reads none
     * itself are what it takes besides.
     */
    struct {
        const struct field_table *table; /* MAP, NAMED */
        const char *const *words;        /* WORD, ended by NULL */
        enum names names;                /* NAME */
        enum field_kind each;            /* BY_STATE */
        bool list, single, alone;
        field_reader *read; /* CUSTOM */
    } of;
    const char *help;
};

struct field_table {
    const char *one; /* "a level": what it describes */
    const struct field *field;
    size_t count;
    /* Keys that are names and no fields: read by `other`. */
    enum names other_keys;
    field_reader *other; /* NULL: no such keys */
    const char *other_help;
    enum field_kind each;  /* kind of their values, or of what `whole` reads */
    field_reader *prepare; /* after the defaults, before the fields; or NULL */
    field_reader *check;   /* rules across fields, or NULL */
    field_reader *whole;   /* reads all of it in place of the table, or NULL */
    const struct field_table *inner; /* of the entries that `whole` reads */
    const struct field_table *apart; /* in place of `inner`, of the one ... */
    const char *apart_name;          /* that is called so */
    bool phrases; /* a text "KEY" or "KEY VALUE" may stand for the mapping */
    /* With FIELD_NAMED: the struct, which begins with its name. */
    size_t size;
    size_t tag_place;   /* 0: it has no tag */
    size_t count_place; /* of the array's length in struct scenario */
    enum names names;
};

/* The whole scenario: every other table hangs from it. */
extern const struct field_table scenario_table;

/* Read a mapping into `owner`: defaults, `prepare`, fields, other keys, then
 * `check`; or `whole` instead. */
void fields_read(struct reading *reading, const struct field_table *table,
                 struct node *node, void *owner);

/* Read one value, by its row. */
void field_read(struct reading *reading, const struct field *field,
                struct node *node, void *owner);

/* Set the defaults of a table in `owner`. */
void fields_set_defaults(const struct field_table *table, void *owner);

/*
 * Read the text of a scalar kind into `place`. False, with `*why` what would
 * be right and `place` unchanged, where it is something else; ranges are not
 * looked at.
 */
bool field_parse(const struct field *field, const char *text, void *place,
                 const char **why);

/* Read a scalar of `field`'s kind and range into `place`, or report it. */
bool field_read_scalar(struct reading *reading, const struct field *field,
                       struct node *node, void *place);

/* A value of a scalar kind as a number, in the unit it is kept in; and a number
 * as such a value, rounded where that is whole. */
double field_number(enum field_kind kind, const void *place);
void field_set_number(enum field_kind kind, double number, void *place);

/* The largest of the values that a scalar is kept as. */
union value {
    struct distribution distribution;
    sim_ms ms[2];
    double number;
    int32_t integer;
};

/* Read "between ..." or "about ..." as the field's kind; with `*why` NULL what
 * is wrong is reported already. */
struct uncertain_values {
    union value low, high, value;
};
bool uncertain_read(struct reading *reading, const struct field *field,
                    struct node *node, struct uncertain_values *out,
                    const char **why);
/* The same of a distribution in which any parameter may be uncertain. */
bool uncertain_distribution(struct reading *reading, struct node *node,
                            struct distribution *out, const char **why);
/* Whether a text speaks of uncertainty anywhere. */
bool uncertain_inside(const char *text);

/* Whether values of this kind are numbers that want a source. */
bool field_kind_is_number(enum field_kind kind);

/* ---- names ---- */

/* The entries of a mapping but for `source` and `note`: those whose names are
 * fit to be names; others are reported. Sorted by name unless `in_order`. */
struct entries reading_entries(struct reading *reading, struct node *map,
                               bool in_order);

/* The index of `name` among what is collected, or NONE. */
uint32_t reading_find(const struct reading *reading, enum names names,
                      const char *name);

/* The same, reporting at `node`'s place (its key's with `key`) where there is
 * none. */
uint32_t reading_refer(struct reading *reading, const struct node *node,
                       bool key, enum names names, const char *name);

/* "level", "contact", ... for messages. */
const char *names_one(enum names names);

/* Whether `key` is `source` or `note`. */
bool key_is_remark(const char *key);

/* Report a remark that is not a text. */
void reading_check_remark(struct reading *reading, const struct node *node);

/* Whether `node` is a text and shows all it holds; reports it otherwise. */
bool reading_check_text(struct reading *reading, const struct node *node);

/* Report two names of one kind with the same tag (sim_tag), which share their
 * random numbers. `what` is what they are: "level". */
void reading_check_tags(struct reading *reading, const struct entries *entries,
                        const char *what);

/* ---- faults ---- */

/* Report a fault of `node`: "PATH: MESSAGE" at its value. */
void reading_fault(struct reading *reading, const struct node *node,
                   const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same, at its key. */
void reading_fault_key(struct reading *reading, const struct node *node,
                       const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same, as a warning at its key. */
void reading_warn(struct reading *reading, const struct node *node,
                  const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "'39'", "a list", "a mapping" or "nothing": what stands there. */
const char *node_found(const struct reading *reading, const struct node *node);

/* "PATH: must be WHAT, found FOUND". */
void reading_must_be(struct reading *reading, const struct node *node,
                     const char *what);

/* A bound of a range, as kept, as a user would write it: "100%", "2 days". */
void field_bound_text(enum field_kind kind, double bound, char *text,
                      size_t size);

/* "2 days", "90 min": a duration in its largest whole unit. */
void duration_text(sim_ms duration, char *text, size_t size);
#endif

/*
 * The scalar kinds: reading them and saying what would be right.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/csv.h"

/* ---- texts to values ---- */

static bool parse_whole(const char *text, double *out, const char **why)
{
    double value;

    if (!quantity_number(text, &value, why) || value != floor(value) ||
        fabs(value) > 1e9) {
        *why = "a whole number";
        return false;
    }
    *out = value;
    return true;
}

/* "150%", "1.5": what may be over 100%, as a pay rate is. */
static bool parse_share(const char *text, double *out, const char **why)
{
    size_t length = strlen(text);
    char number[32];
    double value;
    bool percent = length > 0 && text[length - 1] == '%';

    *why = "a share such as 30% or 150%";
    length -= percent;
    if (length >= sizeof number)
        return false;
    memcpy(number, text, length);
    number[length] = '\0';
    if (!quantity_number(number, &value, why)) {
        *why = "a share such as 30% or 150%";
        return false;
    }
    *out = percent ? value / 100.0 : value;
    return true;
}

/* "5%/year", "-3%/year". */
static bool parse_growth(const char *text, double *out, const char **why)
{
    static const char unit[] = "/year";
    size_t length = strlen(text);
    char share[32];

    if (length >= sizeof unit && length - (sizeof unit - 1) < sizeof share &&
        strcmp(text + length - (sizeof unit - 1), unit) == 0) {
        length -= sizeof unit - 1;
        memcpy(share, text, length);
        share[length] = '\0';
        if (share[length - 1] == '%' && parse_share(share, out, why))
            return true;
    }
    *why = "a growth such as 5%/year or -3%/year";
    return false;
}

static bool parse_days(const char *text, int32_t *out, const char **why)
{
    sim_ms length;

    if (!quantity_duration(text, &length, why))
        return false;
    if (length % SIM_DAY != 0 || length / SIM_DAY > INT32_MAX) {
        *why = "whole days such as 10 days or 2 weeks";
        return false;
    }
    *out = (int32_t)(length / SIM_DAY);
    return true;
}

static bool parse_real_days(const char *text, double *out, const char **why)
{
    sim_ms length;

    if (!quantity_duration(text, &length, why))
        return false;
    *out = (double)length / (double)SIM_DAY;
    return true;
}

static bool parse_date(const char *text, sim_date *out, const char **why)
{
    *why = "a date such as 2026-11-23";
    return sim_date_parse(text, out);
}

static bool parse_yes_no(const char *text, bool *out, const char **why)
{
    bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;

    *why = "yes or no";
    if (!yes && strcmp(text, "no") != 0 && strcmp(text, "false") != 0)
        return false;
    *out = yes;
    return true;
}

/* The bits of one word of a set of days, 0 where it is none. */
static sim_day_set day_word(const char *word, size_t length)
{
    static const struct {
        const char *word;
        sim_day_set days;
    } words[] = {
        {"mon", 1 << SIM_MON},           {"tue", 1 << SIM_TUE},
        {"wed", 1 << SIM_WED},           {"thu", 1 << SIM_THU},
        {"fri", 1 << SIM_FRI},           {"sat", 1 << SIM_SAT},
        {"sun", 1 << SIM_SUN},           {"holidays", 0x80},
        {"weekdays", SIM_DAYS_WEEKDAYS}, {"weekends", SIM_DAYS_WEEKENDS},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == length &&
            memcmp(word, words[i].word, length) == 0)
            return words[i].days;
    }
    return 0;
}

static bool parse_days_of_week(const char *text, sim_day_set *out,
                               const char **why)
{
    sim_day_set days = 0;

    *why = "days such as weekdays, weekends, every day or mon wed fri";
    if (strcmp(text, "every day") == 0) {
        *out = SIM_DAYS_EVERY;
        return true;
    }
    while (*text != '\0') {
        size_t length = strcspn(text, " ,");
        sim_day_set one = day_word(text, length);

        if (one == 0)
            return false;
        days = (sim_day_set)(days | one);
        text += length;
        text += strspn(text, " ,");
    }
    if (days == 0)
        return false;
    *out = days;
    return true;
}

static bool parse_word(const char *const *words, const char *text,
                       uint32_t *out, const char **why)
{
    *why = NULL; /* the caller lists the words */
    for (uint32_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* Whole numbers and words: kept in 32 bits. */
static bool parse_small(const struct field *field, const char *text,
                        void *place, const char **why)
{
    uint32_t word = 0;
    double number = 0.0;
    int32_t integer;

    if (field->kind == FIELD_WORD) {
        if (!parse_word(field->of.words, text, &word, why))
            return false;
    } else if (!parse_whole(text, &number, why)) {
        return false;
    } else {
        integer = (int32_t)number;
        memcpy(&word, &integer, sizeof word);
    }
    memcpy(place, &word, sizeof word);
    return true;
}

bool field_parse(const struct field *field, const char *text, void *place,
                 const char **why)
{
    switch (field->kind) {
    case FIELD_COUNT:
    case FIELD_INTEGER:
    case FIELD_WORD:
        return parse_small(field, text, place, why);
    case FIELD_NUMBER:
        return quantity_number(text, place, why);
    case FIELD_CHANCE:
        return quantity_chance(text, place, why);
    case FIELD_SHARE:
        return parse_share(text, place, why);
    case FIELD_RATE:
        return quantity_rate(text, place, why);
    case FIELD_GROWTH:
        return parse_growth(text, place, why);
    case FIELD_MONEY:
        return quantity_money(text, place, why);
    case FIELD_DURATION:
        return quantity_duration(text, place, why);
    case FIELD_DAYS:
        return parse_days(text, place, why);
    case FIELD_REAL_DAYS:
        return parse_real_days(text, place, why);
    case FIELD_DISTRIBUTION:
        return quantity_distribution(text, place, why);
    case FIELD_CLOCK:
        return quantity_clock(text, place, why);
    case FIELD_HOURS:
        return quantity_hours(text, place, (sim_ms *)place + 1, why);
    case FIELD_DATE:
        return parse_date(text, place, why);
    case FIELD_DAY_SET:
        return parse_days_of_week(text, place, why);
    case FIELD_YES_NO:
        return parse_yes_no(text, place, why);
    case FIELD_SCHEDULE:
        return schedule_parse(text, place, why);
    default:
        *why = "something else";
        return false;
    }
}

/* ---- ranges ---- */

double field_number(enum field_kind kind, const void *place)
{
    uint32_t count = 0;
    int32_t integer = 0;
    sim_ms ms = 0;
    double number = 0.0;

    switch (kind) {
    case FIELD_COUNT:
        memcpy(&integer, place, sizeof integer);
        return integer; /* may be below 0 until it is checked */
    case FIELD_INTEGER:
    case FIELD_DAYS:
        memcpy(&integer, place, sizeof integer);
        return integer;
    case FIELD_WORD:
        memcpy(&count, place, sizeof count);
        return count;
    case FIELD_DURATION:
    case FIELD_CLOCK:
        memcpy(&ms, place, sizeof ms);
        return (double)ms;
    case FIELD_HOURS:
        memcpy(&ms, (const sim_ms *)place + 1, sizeof ms);
        return (double)ms;
    case FIELD_DISTRIBUTION:
        return ((const struct distribution *)place)->mean;
    default:
        memcpy(&number, place, sizeof number);
        return number;
    }
}

static bool kind_has_range(enum field_kind kind)
{
    return kind != FIELD_CUSTOM && kind <= FIELD_HOURS;
}

bool field_kind_is_number(enum field_kind kind)
{
    return kind != FIELD_CUSTOM && kind <= FIELD_DISTRIBUTION;
}

void duration_text(sim_ms duration, char *text, size_t size)
{
    static const struct {
        sim_ms length;
        const char *name;
    } units[] = {{SIM_DAY, "days"},
                 {SIM_HOUR, "h"},
                 {SIM_MINUTE, "min"},
                 {SIM_SECOND, "s"}};
    size_t i = 0;

    while (i < 3 && (duration % units[i].length != 0 || duration == 0))
        i++;
    if (duration == 0)
        i = 2;
    (void)snprintf(text, size, "%.10g %s",
                   (double)duration / (double)units[i].length,
                   i == 0 && duration == SIM_DAY ? "day" : units[i].name);
}

void field_bound_text(enum field_kind kind, double bound, char *text,
                      size_t size)
{
    switch (kind) {
    case FIELD_CHANCE:
    case FIELD_SHARE:
        (void)snprintf(text, size, "%.10g%%", 100.0 * bound);
        break;
    case FIELD_RATE:
        (void)snprintf(text, size, "%.10g/day", bound);
        break;
    case FIELD_GROWTH:
        (void)snprintf(text, size, "%.10g%%/year", 100.0 * bound);
        break;
    case FIELD_DURATION:
    case FIELD_DISTRIBUTION:
        duration_text((sim_ms)bound, text, size);
        break;
    case FIELD_DAYS:
    case FIELD_REAL_DAYS:
        duration_text((sim_ms)(bound * (double)SIM_DAY), text, size);
        break;
    case FIELD_CLOCK:
        (void)snprintf(text, size, "%02d:%02d", (int)(bound / 3.6e6),
                       (int)(bound / 6e4) % 60);
        break;
    default:
        (void)snprintf(text, size, "%.10g", bound);
    }
}

/* Whether the value lies in the row's range; reports it otherwise. */
static bool check_range(struct reading *reading, const struct field *field,
                        const struct node *node, const void *place)
{
    double value = field_number(field->kind, place);
    char low[40], high[40];

    if (!kind_has_range(field->kind) ||
        (value >= field->low && value <= field->high))
        return true;
    if (field->kind == FIELD_HOURS) {
        reading_must_be(reading, node,
                        "hours within one day, such as 08:00-16:00");
        return false;
    }
    field_bound_text(field->kind, field->low, low, sizeof low);
    field_bound_text(field->kind, field->high, high, sizeof high);
    if (isinf(field->high))
        reading_fault(reading, node, NULL, "must be %s or more, found %.60s",
                      low, node->text);
    else
        reading_fault(reading, node, NULL, "must be %s%s to %s, found %.60s",
                      field->kind == FIELD_DISTRIBUTION ? "on average " : "",
                      low, high, node->text);
    return false;
}

/* ---- reading ---- */

static bool read_text(struct reading *reading, const struct node *node,
                      const char **out)
{
    const char *copy;

    if (!reading_check_text(reading, node))
        return false;
    copy = arena_text(reading->arena, node->text, strlen(node->text));
    if (copy == NULL)
        return false;
    *out = copy;
    return true;
}

/* "must be visit, phone or other, found 'vist'". */
static void report_word(struct reading *reading, const struct field *field,
                        const struct node *node)
{
    const char *const *words = field->of.words;
    const char *near = NULL, *hint = NULL;
    char text[200] = "";
    size_t count = 0;

    while (words[count] != NULL)
        count++;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(text);

        (void)snprintf(text + length, sizeof text - length, "%s%s",
                       i == 0          ? ""
                       : i + 1 < count ? ", "
                                       : " or ",
                       words[i]);
    }
    if (node->type == NODE_SCALAR)
        near = nearest_name(node->text, words, count);
    if (near != NULL)
        hint = arena_format(reading->tree.arena, "did you mean '%s'?", near);
    reading_fault(reading, node, hint, "must be %s, found %s", text,
                  node_found(reading, node));
}

static size_t value_size(enum field_kind kind)
{
    switch (kind) {
    case FIELD_DISTRIBUTION:
        return sizeof(struct distribution);
    case FIELD_HOURS:
        return 2 * sizeof(sim_ms);
    case FIELD_DURATION:
    case FIELD_CLOCK:
        return sizeof(sim_ms);
    case FIELD_YES_NO:
        return sizeof(bool);
    case FIELD_DAY_SET:
        return sizeof(sim_day_set);
    case FIELD_COUNT:
    case FIELD_INTEGER:
    case FIELD_DAYS:
    case FIELD_DATE:
    case FIELD_WORD:
        return sizeof(int32_t);
    default:
        return sizeof(double);
    }
}

void field_set_number(enum field_kind kind, double number, void *place)
{
    int32_t integer = (int32_t)llround(fmin(fmax(number, -1e9), 1e9));
    sim_ms ms = llround(number);

    switch (kind) {
    case FIELD_COUNT:
    case FIELD_INTEGER:
    case FIELD_DAYS:
        memcpy(place, &integer, sizeof integer);
        break;
    case FIELD_DURATION:
        memcpy(place, &ms, sizeof ms);
        break;
    default:
        memcpy(place, &number, sizeof number);
    }
}

/* Read what is uncertain: the value that runs use, its bounds kept. */
static bool read_uncertain(struct reading *reading, const struct field *field,
                           struct node *node, union value *value,
                           const char **why)
{
    struct uncertain_values values = {0};

    if (field->kind == FIELD_DISTRIBUTION)
        return uncertain_distribution(reading, node, &value->distribution, why);
    if (!uncertain_read(reading, field, node, &values, why))
        return false;
    *why = NULL;
    if (!check_range(reading, field, node, &values.low) ||
        !check_range(reading, field, node, &values.high))
        return false;
    *value = values.value;
    return true;
}

/* Read the text of a scalar; with `*why` NULL what is wrong is reported. */
static bool read_value(struct reading *reading, const struct field *field,
                       struct node *node, union value *value, const char **why)
{
    if (field->kind == FIELD_DISTRIBUTION && csv_is_empirical(node->text)) {
        *why = NULL;
        return csv_empirical(reading, node, &value->distribution);
    }
    if (field_kind_is_number(field->kind) && uncertain_inside(node->text))
        return read_uncertain(reading, field, node, value, why);
    if (field_parse(field, node->text, value, why))
        return true;
    if (*why != NULL)
        return false;
    report_word(reading, field, node);
    return false;
}

bool field_read_scalar(struct reading *reading, const struct field *field,
                       struct node *node, void *place)
{
    union value value = {0};
    const char *why = "a value";

    if (node->broken)
        return false;
    if (field->kind == FIELD_TEXT)
        return read_text(reading, node, place);
    if (field_kind_is_number(field->kind) && !reading->uncounted)
        node->number = true;
    if (node->type != NODE_SCALAR) {
        (void)field_parse(field, "", &value, &why); /* ask for the sentence */
        if (why == NULL)
            report_word(reading, field, node);
        else
            reading_must_be(reading, node, why);
        return false;
    }
    if (!read_value(reading, field, node, &value, &why)) {
        if (why != NULL)
            reading_must_be(reading, node, why);
        return false;
    }
    if (!check_range(reading, field, node, &value))
        return false;
    memcpy(place, &value, value_size(field->kind));
    return true;
}

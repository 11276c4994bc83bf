/*
 * Order: the file is loaded as a tree by libyaml, its pairs are shuffled
 * (Fisher and Yates, as in Knuth, vol. 2, section 3.4.2) and it is written
 * again. Units: on the text, word by word. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "tests/verify/rewrite.h"

#include <ctype.h>
#include <inttypes.h>
#include <yaml.h>

#include "tests/support.h"

/* ---- order ---- */

struct order {
    yaml_document_t document;
    uint64_t state;
};

/* A linear congruential generator (Knuth's MMIX): enough to shuffle by. */
static size_t below(struct order *order, size_t n)
{
    order->state = order->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(order->state >> 33) % n;
}

/* Keys below which order means something, at any depth. */
static bool is_ordered(const char *key)
{
    return strcmp(key, "steps") == 0 || strcmp(key, "then") == 0 ||
           strcmp(key, "when") == 0;
}

static void shuffle(struct order *order, int number)
{
    yaml_node_t *node = yaml_document_get_node(&order->document, number);
    yaml_node_pair_t *pair;
    size_t count;

    if (node->type == YAML_SEQUENCE_NODE) {
        yaml_node_item_t *item = node->data.sequence.items.start;
        for (; item < node->data.sequence.items.top; item++)
            shuffle(order, *item);
    }
    if (node->type != YAML_MAPPING_NODE)
        return;
    pair = node->data.mapping.pairs.start;
    count = (size_t)(node->data.mapping.pairs.top - pair);
    for (size_t i = count; i > 1; i--) {
        size_t other = below(order, i);
        yaml_node_pair_t kept = pair[i - 1];

        pair[i - 1] = pair[other];
        pair[other] = kept;
    }
    for (size_t i = 0; i < count; i++) {
        yaml_node_t *key =
            yaml_document_get_node(&order->document, pair[i].key);
        if (!is_ordered((const char *)key->data.scalar.value))
            shuffle(order, pair[i].value);
    }
}

/* Where the emitter writes. */
struct sheet {
    char *text;
    size_t length;
};

static int put(void *data, unsigned char *bytes, size_t count)
{
    struct sheet *sheet = data;

    sheet->text = realloc(sheet->text, sheet->length + count + 1);
    if (!sheet->text)
        return 0;
    memcpy(sheet->text + sheet->length, bytes, count);
    sheet->length += count;
    sheet->text[sheet->length] = '\0';
    return 1;
}

char *rewrite_order(const char *text, uint32_t seed)
{
    struct order order = {.state = seed};
    struct sheet sheet = {NULL, 0};
    yaml_parser_t parser;
    yaml_emitter_t emitter;

    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)text,
                                 strlen(text));
    assert_true(yaml_parser_load(&parser, &order.document));
    yaml_parser_delete(&parser);
    for (int i = 0; i < 8; i++) /* the first numbers of close seeds are close */
        below(&order, 2);
    shuffle(&order, 1); /* the root */
    assert_true(yaml_emitter_initialize(&emitter));
    yaml_emitter_set_output(&emitter, put, &sheet);
    yaml_emitter_set_width(&emitter, -1);
    assert_true(yaml_emitter_open(&emitter));
    /* The document is the emitter's from here on. */
    assert_true(yaml_emitter_dump(&emitter, &order.document));
    assert_true(yaml_emitter_close(&emitter));
    yaml_emitter_delete(&emitter);
    assert_non_null(sheet.text);
    return sheet.text;
}

/* ---- units ---- */

/* Whether `unit` is at `at` and ends there. */
static bool is_unit(const char *at, const char *unit)
{
    size_t length = strlen(unit);

    return strncmp(at, unit, length) == 0 &&
           !isalnum((unsigned char)at[length]) && at[length] != '_';
}

/* Whether a value or a parameter begins at `at`, not a word of a schedule or
 * the end of a longer number: behind ": ", "(", or a parameter's name. */
static bool begins(const char *text, const char *at)
{
    static const char *const before[] = {": ", "(",    "mean ",  "sd ",
                                         ", ", "p90 ", "scale ", "median "};

    for (size_t i = 0; i < LENGTH(before); i++) {
        size_t length = strlen(before[i]);

        if ((size_t)(at - text) >= length &&
            strncmp(at - length, before[i], length) == 0)
            return true;
    }
    return false;
}

/* Whether a value ends at `at`: what follows is no more of it. */
static bool ends(const char *at)
{
    return strchr(",})\"'\n", *at) != NULL || strncmp(at, " #", 2) == 0 ||
           strncmp(at, ", ", 2) == 0;
}

/* Write the length at `at` otherwise, if it is one; how far it reaches, or 0.
 */
static size_t rewrite_one(const char *at, const struct rewrite_unit *units,
                          struct sheet *sheet)
{
    char *end, out[64];
    double number = strtod(at, &end);

    for (; units->unit; units++) {
        int64_t seconds;

        if (*end != ' ' || !is_unit(end + 1, units->unit) ||
            !ends(end + 1 + strlen(units->unit)))
            continue;
        /* Only what is whole in both: 1.5 h is 5400 s. */
        seconds = (int64_t)llround(number * (double)units->seconds);
        if (fabs(number * (double)units->seconds - (double)seconds) > 0 ||
            seconds % units->divided != 0)
            return 0;
        snprintf(out, sizeof out, "%" PRId64 " %s", seconds / units->divided,
                 units->other);
        assert_true(put(sheet, (unsigned char *)out, strlen(out)));
        return (size_t)(end - at) + 1 + strlen(units->unit);
    }
    return 0;
}

char *rewrite_units(const char *text, const struct rewrite_unit *units,
                    unsigned *changed)
{
    struct sheet sheet = {NULL, 0};
    const char *at = text;

    *changed = 0;
    while (*at) {
        size_t used = 0;

        if (isdigit((unsigned char)*at) && begins(text, at))
            used = rewrite_one(at, units, &sheet);
        if (used) {
            at += used;
            (*changed)++;
            continue;
        }
        assert_true(put(&sheet, &(unsigned char){(unsigned char)*at}, 1));
        at++;
    }
    return sheet.text;
}

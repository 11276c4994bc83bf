/*
 * Reading uncertain numbers: each of their texts is read as the field would
 * read it alone. In a distribution any parameter may be uncertain; there the
 * text of the value used takes its place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/reader_impl.h"
#include "models/uncertain.h"

#define TEXT_SIZE 200u /* of a distribution with values put in */

/* Keep the bounds at the node; provenance_read collects them. */
static void keep(struct reading *reading, struct node *node, const char *part,
                 struct uncertain *found)
{
    struct uncertain *u = arena_alloc(reading->arena, sizeof *u), **at;

    if (u == NULL)
        return;
    *u = *found;
    u->part = part;
    u->text = arena_text(reading->arena, node->text, strlen(node->text));
    for (at = &node->uncertain; *at != NULL;)
        at = &(*at)->next;
    *at = u;
}

/* Whether low < high and the value between them; reports it otherwise. */
static bool check_order(struct reading *reading, const struct node *node,
                        const struct uncertain *u)
{
    const char *why = NULL;

    if (!(u->low < u->high))
        why = "the first bound must be below the second";
    else if (!(u->value >= u->low && u->value <= u->high))
        why = "what it is about must lie between the bounds";
    if (why != NULL)
        reading_fault(reading, node, NULL, "%s, found %s", why,
                      node_found(reading, node));
    return why == NULL;
}

/* The share of "90% between", above 0; 1 where there is none. */
static bool read_share(const char *text, double *share, const char **why)
{
    *share = 1;
    if (text[0] == '\0')
        return true;
    if (quantity_chance(text, share, why) && *share > 0)
        return true;
    *why = uncertain_form;
    return false;
}

/* ---- single numbers ---- */

bool uncertain_read(struct reading *reading, const struct field *field,
                    struct node *node, struct uncertain_values *out,
                    const char **why)
{
    struct uncertain_text text;
    struct uncertain u = {0};

    *why = uncertain_form;
    if (!uncertain_scan(node->text, &text) || node->text[text.length] != '\0' ||
        !read_share(text.share, &u.share, why))
        return false;
    if (!field_parse(field, text.low, &out->low, why) ||
        !field_parse(field, text.high, &out->high, why))
        return false;
    u.low = field_number(field->kind, &out->low);
    u.high = field_number(field->kind, &out->high);
    u.value = 0.5 * (u.low + u.high);
    if (text.about[0] == '\0') {
        field_set_number(field->kind, u.value, &out->value);
        u.value = field_number(field->kind, &out->value);
    } else if (field_parse(field, text.about, &out->value, why)) {
        u.value = field_number(field->kind, &out->value);
    } else {
        return false;
    }
    *why = NULL;
    if (!check_order(reading, node, &u))
        return false;
    keep(reading, node, NULL, &u);
    return true;
}

/* ---- parameters of distributions ---- */

/* A parameter, in ms or plain. */
static bool read_parameter(const char *text, double *out, bool *plain)
{
    const char *why;
    sim_ms ms;

    *plain = !quantity_duration(text, &ms, &why);
    if (*plain)
        return quantity_number(text, out, &why);
    *out = (double)ms;
    return true;
}

static bool read_bounds(const struct uncertain_text *text, struct uncertain *u,
                        bool *plain)
{
    bool low, about = false;
    const char *why;

    if (!read_share(text->share, &u->share, &why) ||
        !read_parameter(text->low, &u->low, &low) ||
        !read_parameter(text->high, &u->high, plain) || low != *plain)
        return false;
    u->value = 0.5 * (u->low + u->high);
    if (text->about[0] == '\0')
        return true;
    return read_parameter(text->about, &u->value, &about) && about == *plain;
}

/* The word before `at`, which names the parameter; "" where there is none. */
static const char *word_before(struct arena *arena, const char *text,
                               const char *at)
{
    const char *end = at, *from;

    while (end > text && end[-1] == ' ')
        end--;
    for (from = end; from > text && from[-1] >= 'a' && from[-1] <= 'z';)
        from--;
    return arena_text(arena, from, (size_t)(end - from));
}

bool uncertain_distribution(struct reading *reading, struct node *node,
                            struct distribution *out, const char **why)
{
    const char *at = node->text;
    char text[TEXT_SIZE];
    size_t length = 0;

    *why = uncertain_form;
    while (*at != '\0') {
        struct uncertain_text parts;
        struct uncertain u = {0};
        bool plain, here = uncertain_begins(at) &&
                           (at == node->text || at[-1] == ' ' || at[-1] == '(');

        if (length + UNCERTAIN_SIZE >= sizeof text)
            return false;
        if (!here) {
            text[length++] = *at++;
            continue;
        }
        if (!uncertain_scan(at, &parts) || !read_bounds(&parts, &u, &plain))
            return false;
        *why = NULL;
        if (!check_order(reading, node, &u))
            return false;
        *why = uncertain_form;
        keep(reading, node, word_before(reading->arena, node->text, at), &u);
        /* Milliseconds are whole, so three places of a second are exact. */
        length += (size_t)snprintf(text + length, UNCERTAIN_SIZE,
                                   plain ? "%.9f" : "%.3f s",
                                   plain ? u.value : round(u.value) / 1000);
        at += parts.length;
    }
    text[length] = '\0';
    return quantity_distribution(text, out, why);
}

bool uncertain_inside(const char *text)
{
    return strstr(text, "between ") != NULL || strstr(text, "about ") != NULL;
}

/*
 * Where the numbers come from: each belongs to the nearest mapping around it
 * that carries a `source`. And the notes, which say what no number does.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <stdlib.h>
#include <string.h>

/* The text of the mapping's `key`, or NULL. */
static const char *remark_of(const struct node *map, const char *key)
{
    const struct node *remark = node_child(map, key);

    return remark != NULL && remark->type == NODE_SCALAR ? remark->text : NULL;
}

static const char *source_of(const struct node *map)
{
    return remark_of(map, "source");
}

static bool is_assumption(const char *source)
{
    static const char word[] = "assumption";

    source += strspn(source, " ");
    for (size_t i = 0; i < sizeof word - 1; i++) {
        if ((source[i] | 0x20) != word[i])
            return false;
    }
    return true;
}

static uint32_t count_remarks(const struct node *node, const char *key)
{
    uint32_t count = remark_of(node, key) != NULL;

    for (const struct node *c = node->first; c != NULL; c = c->next)
        count += count_remarks(c, key);
    return count;
}

static struct provenance *add_source(struct reading *reading,
                                     const struct node *map, const char *source)
{
    struct scenario *scenario = reading->scenario;
    struct provenance *p = &scenario->provenance[scenario->provenance_count];
    const char *path = node_path(&reading->tree, map);

    p->path = arena_text(reading->arena, path, strlen(path));
    p->source = arena_text(reading->arena, source, strlen(source));
    p->assumption = is_assumption(source);
    if (p->path != NULL && p->source != NULL)
        scenario->provenance_count++;
    return p;
}

static void walk(struct reading *reading, const struct node *node,
                 struct provenance *from)
{
    struct scenario *scenario = reading->scenario;
    const char *source = source_of(node);

    if (source != NULL)
        from = add_source(reading, node, source);
    if (node->number) {
        scenario->numbers++;
        scenario->numbers_sourced += from != NULL && !from->assumption;
        if (from != NULL)
            from->numbers++;
    }
    for (const struct node *c = node->first; c != NULL; c = c->next)
        walk(reading, c, from);
}

static int compare_paths(const void *a, const void *b)
{
    const struct provenance *x = a, *y = b;

    return strcmp(x->path, y->path);
}

/* ---- notes ---- */

static void walk_notes(struct reading *reading, const struct node *node)
{
    struct scenario *scenario = reading->scenario;
    struct note *note = &scenario->note[scenario->note_count];
    const char *text = remark_of(node, "note");

    if (text != NULL) {
        const char *path = node_path(&reading->tree, node);

        note->path = arena_text(reading->arena, path, strlen(path));
        note->text = arena_text(reading->arena, text, strlen(text));
        if (note->path != NULL && note->text != NULL)
            scenario->note_count++;
    }
    for (const struct node *c = node->first; c != NULL; c = c->next)
        walk_notes(reading, c);
}

static int compare_notes(const void *a, const void *b)
{
    const struct note *x = a, *y = b;

    return strcmp(x->path, y->path);
}

static void notes_read(struct reading *reading, const struct node *root)
{
    struct scenario *scenario = reading->scenario;
    uint32_t count = count_remarks(root, "note");

    /* One more, as below. */
    scenario->note =
        arena_array(reading->arena, (size_t)count + 1, sizeof *scenario->note);
    if (scenario->note == NULL)
        return;
    walk_notes(reading, root);
    if (scenario->note_count > 1)
        qsort(scenario->note, scenario->note_count, sizeof *scenario->note,
              compare_notes);
}

/* ---- numbers that are not known for sure ---- */

static uint32_t count_uncertain(const struct node *node)
{
    uint32_t count = 0;

    for (const struct uncertain *u = node->uncertain; u != NULL; u = u->next)
        count++;
    for (const struct node *c = node->first; c != NULL; c = c->next)
        count += count_uncertain(c);
    return count;
}

static void walk_uncertain(struct reading *reading, const struct node *node)
{
    struct scenario *scenario = reading->scenario;

    for (const struct uncertain *u = node->uncertain; u != NULL; u = u->next) {
        struct uncertain *to = &scenario->uncertain[scenario->uncertain_count];
        const char *path = node_path(&reading->tree, node);

        *to = *u;
        to->next = NULL;
        to->path = arena_text(reading->arena, path, strlen(path));
        if (to->path != NULL)
            scenario->uncertain_count++;
    }
    for (const struct node *c = node->first; c != NULL; c = c->next)
        walk_uncertain(reading, c);
}

/* By path; of one value, by the name of the parameter. */
static int compare_uncertain(const void *a, const void *b)
{
    const struct uncertain *x = a, *y = b;
    int order = strcmp(x->path, y->path);

    if (order != 0 || x->part == NULL || y->part == NULL)
        return order;
    return strcmp(x->part, y->part);
}

static void uncertain_collect(struct reading *reading, const struct node *root)
{
    struct scenario *scenario = reading->scenario;
    uint32_t count = count_uncertain(root);

    /* One more, as below. */
    scenario->uncertain = arena_array(reading->arena, (size_t)count + 1,
                                      sizeof *scenario->uncertain);
    if (scenario->uncertain == NULL)
        return;
    walk_uncertain(reading, root);
    if (scenario->uncertain_count > 1)
        qsort(scenario->uncertain, scenario->uncertain_count,
              sizeof *scenario->uncertain, compare_uncertain);
}

/* ---- all of them ---- */

void provenance_read(struct reading *reading, struct node *root)
{
    struct scenario *scenario = reading->scenario;
    uint32_t count = count_remarks(root, "source");

    notes_read(reading, root);
    uncertain_collect(reading, root);
    /* One more, for what could not be stored: then the arena has failed. */
    scenario->provenance = arena_array(reading->arena, (size_t)count + 1,
                                       sizeof *scenario->provenance);
    if (scenario->provenance == NULL)
        return;
    walk(reading, root, NULL);
    if (scenario->provenance_count > 1)
        qsort(scenario->provenance, scenario->provenance_count,
              sizeof *scenario->provenance, compare_paths);
}

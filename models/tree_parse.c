/*
 * From bytes to nodes, by libyaml's events: its document loader would resolve
 * aliases and forget anchors before anybody could refuse them.
 * The bytes are checked first: they must be UTF-8 without control characters,
 * so libyaml never guesses an encoding, and every fault has a place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree_impl.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct parse {
    struct tree *tree;
    const struct parse_input *input;
    yaml_parser_t parser;
    uint32_t depth;
    bool stopped; /* a fault after which nothing more can be read */
    int err;      /* SIM_OK or SIM_ERR_NO_MEMORY */
};

static uint32_t code_points(const char *text)
{
    uint32_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* libyaml counts from 0, and puts the end of the input on a line of its own:
 * that is the end of the last line. */
static struct place place_of(const struct parse *parse, yaml_mark_t mark)
{
    const struct source_text *text = parse->input->text;
    size_t shift = mark.line == 0 ? parse->input->column : 0;
    struct place place = {
        .text = text,
        .line = (uint32_t)mark.line + 1,
        .column = (uint32_t)(mark.column + shift) + 1,
    };

    if (place.line > text->line_count) {
        place.line = text->line_count;
        place.column = code_points(text->line[place.line - 1]) + 1;
    }
    return place;
}

static void refuse(struct parse *parse, yaml_mark_t mark, const char *what,
                   const char *hint)
{
    struct place place = place_of(parse, mark);

    faults_add(parse->tree->faults, FAULT_ERROR, &place, hint, "%s", what);
}

/* ---- libyaml's own faults ---- */

static const char *yaml_hint(const char *problem)
{
    if (strstr(problem, "mapping values are not allowed") != NULL)
        return "put quotes around a text that contains ': '";
    if (strstr(problem, "cannot start any token") != NULL)
        return "indent with spaces, not tabs; put quotes around a text that "
               "starts with a special character";
    if (strstr(problem, "expected ',' or") != NULL)
        return "is a bracket or a comma missing before this place?";
    return NULL;
}

static void report_yaml(struct parse *parse)
{
    const yaml_parser_t *parser = &parse->parser;
    const char *problem =
        parser->problem == NULL ? "it cannot be read" : parser->problem;
    struct place place = place_of(parse, parser->problem_mark);

    if (parser->error == YAML_MEMORY_ERROR) {
        parse->err = SIM_ERR_NO_MEMORY;
        return;
    }
    if (parser->context == NULL) {
        faults_add(parse->tree->faults, FAULT_ERROR, &place, yaml_hint(problem),
                   "not YAML: %s", problem);
        return;
    }
    faults_add(parse->tree->faults, FAULT_ERROR, &place, yaml_hint(problem),
               "not YAML: %s (%s from line %lu on)", problem, parser->context,
               (unsigned long)parser->context_mark.line + 1);
}

/* The next event; false, with the parse stopped, where there is none. */
static bool next_event(struct parse *parse, yaml_event_t *event)
{
    if (parse->stopped)
        return false;
    if (yaml_parser_parse(&parse->parser, event) != 0)
        return true;
    report_yaml(parse);
    parse->stopped = true;
    return false;
}

/* ---- nodes ---- */

static struct node *new_node(struct parse *parse, enum node_type type,
                             yaml_mark_t mark)
{
    struct node *node = arena_alloc(parse->tree->arena, sizeof *node);

    if (node == NULL) {
        parse->err = SIM_ERR_NO_MEMORY;
        parse->stopped = true;
        return NULL;
    }
    node->type = type;
    node->place = place_of(parse, mark);
    return node;
}

static struct node *parse_scalar(struct parse *parse, const yaml_event_t *event)
{
    struct node *node = new_node(parse, NODE_SCALAR, event->start_mark);
    const char *text = (const char *)event->data.scalar.value;

    if (node == NULL)
        return NULL;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->text =
        arena_text(parse->tree->arena, text, event->data.scalar.length);
    if (strlen(text) != event->data.scalar.length)
        refuse(parse, event->start_mark, "a text must not contain NUL", NULL);
    if (node->text == NULL) {
        parse->err = SIM_ERR_NO_MEMORY;
        parse->stopped = true;
        return NULL;
    }
    return node;
}

static struct node *parse_node(struct parse *parse, const yaml_event_t *event);

static struct node *parse_list(struct parse *parse, const yaml_event_t *start)
{
    struct node *list = new_node(parse, NODE_LIST, start->start_mark);
    yaml_event_t event;

    while (list != NULL && next_event(parse, &event)) {
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        struct node *item = end ? NULL : parse_node(parse, &event);

        yaml_event_delete(&event);
        if (end)
            return list;
        if (item != NULL)
            node_append(list, item);
    }
    return NULL;
}

/* The key that `event` begins; a key that is no text is reported. */
static const char *parse_key(struct parse *parse, const yaml_event_t *event)
{
    struct node *key = parse_node(parse, event);

    if (key == NULL)
        return NULL;
    if (key->broken)
        return "";
    if (key->type != NODE_SCALAR) {
        refuse(parse, event->start_mark, "a key must be a text", NULL);
        return "";
    }
    if (key->text[0] == '\0')
        refuse(parse, event->start_mark, "a key is missing before ':'", NULL);
    return key->text;
}

static int compare_keys(const void *a, const void *b)
{
    const struct node *const *x = a, *const *y = b;
    int order = strcmp((*x)->key, (*y)->key);

    if (order == 0)
        order = ((*x)->key_place.line > (*y)->key_place.line) -
                ((*x)->key_place.line < (*y)->key_place.line);
    if (order == 0)
        order = ((*x)->key_place.column > (*y)->key_place.column) -
                ((*x)->key_place.column < (*y)->key_place.column);
    return order;
}

/* Report keys that are given twice; the first is what stays in force. */
static void check_twice(struct parse *parse, struct node *map)
{
    struct node **sorted =
        arena_array(parse->tree->arena, map->count, sizeof(void *));
    uint32_t n = 0;

    if (sorted == NULL || map->count < 2)
        return;
    for (struct node *child = map->first; child != NULL; child = child->next)
        sorted[n++] = child;
    qsort(sorted, n, sizeof(void *), compare_keys);
    for (uint32_t i = 1, first = 0; i < n; i++) {
        if (strcmp(sorted[first]->key, sorted[i]->key) != 0) {
            first = i;
            continue;
        }
        if (sorted[i]->key[0] != '\0')
            faults_add(parse->tree->faults, FAULT_ERROR, &sorted[i]->key_place,
                       NULL, "'%.100s' is given twice, first in line %u",
                       sorted[i]->key, (unsigned)sorted[first]->key_place.line);
        sorted[i]->key = "";
    }
}

/* Take out what has lost its key: it was no text, or came before. */
static void drop_keyless(struct node *map)
{
    struct node *child = map->first;

    map->first = map->last = NULL;
    map->count = 0;
    while (child != NULL) {
        struct node *next = child->next;

        if (child->key[0] != '\0')
            node_append(map, child);
        child = next;
    }
}

static struct node *parse_map(struct parse *parse, const yaml_event_t *start)
{
    struct node *map = new_node(parse, NODE_MAP, start->start_mark);
    yaml_event_t event;

    while (map != NULL && next_event(parse, &event)) {
        bool end = event.type == YAML_MAPPING_END_EVENT;
        struct place place = place_of(parse, event.start_mark);
        const char *key = end ? NULL : parse_key(parse, &event);
        struct node *value;

        yaml_event_delete(&event);
        if (end) {
            check_twice(parse, map);
            drop_keyless(map);
            return map;
        }
        if (key == NULL || !next_event(parse, &event))
            return NULL;
        value = parse_node(parse, &event);
        yaml_event_delete(&event);
        if (value == NULL)
            return NULL;
        value->key = key;
        value->key_place = place;
        node_append(map, value);
    }
    return NULL;
}

/* Anchors and tags that the event carries. */
static void refuse_extras(struct parse *parse, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor != NULL)
        refuse(parse, event->start_mark, "anchors are not allowed",
               "write the value out in every place");
    if (tag != NULL)
        refuse(parse, event->start_mark, "tags are not allowed", NULL);
}

/* Settings are values as they stand inside a line of a file. */
static void refuse_block(struct parse *parse, const yaml_event_t *event)
{
    if ((event->type == YAML_SEQUENCE_START_EVENT &&
         event->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE) ||
        (event->type == YAML_MAPPING_START_EVENT &&
         event->data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE))
        refuse(parse, event->start_mark,
               "a setting must be one value, or several in [ ] or { }", NULL);
}

/* The node that `event` begins; NULL where nothing more can be read. */
static struct node *parse_node(struct parse *parse, const yaml_event_t *event)
{
    struct node *node = NULL;

    refuse_extras(parse, event);
    if (parse->input->setting)
        refuse_block(parse, event);
    if (parse->depth == TREE_DEPTH_MAX) {
        refuse(parse, event->start_mark, "nested too deeply", NULL);
        parse->stopped = true;
        return NULL;
    }
    parse->depth++;
    if (event->type == YAML_ALIAS_EVENT) {
        refuse(parse, event->start_mark, "aliases are not allowed",
               "write the value out");
        node = new_node(parse, NODE_SCALAR, event->start_mark);
        if (node != NULL) {
            node->text = "";
            node->broken = true;
        }
    } else if (event->type == YAML_SCALAR_EVENT) {
        node = parse_scalar(parse, event);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        node = parse_list(parse, event);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        node = parse_map(parse, event);
    }
    parse->depth--;
    return node;
}

/* ---- the whole ---- */

/* One event of the given type and nothing kept of it. */
static bool skip_event(struct parse *parse, yaml_event_type_t type)
{
    yaml_event_t event;
    bool right;

    if (!next_event(parse, &event))
        return false;
    right = event.type == type;
    if (!right && type == YAML_STREAM_END_EVENT)
        refuse(parse, event.start_mark, "there must be one document only",
               NULL);
    if (!right && type == YAML_DOCUMENT_START_EVENT)
        refuse(parse, event.start_mark, "there is nothing here", NULL);
    yaml_event_delete(&event);
    return right;
}

static struct node *parse_document(struct parse *parse)
{
    struct node *root = NULL;
    yaml_event_t event;

    if (!skip_event(parse, YAML_STREAM_START_EVENT) ||
        !skip_event(parse, YAML_DOCUMENT_START_EVENT) ||
        !next_event(parse, &event))
        return NULL;
    root = parse_node(parse, &event);
    yaml_event_delete(&event);
    if (root == NULL || !skip_event(parse, YAML_DOCUMENT_END_EVENT) ||
        !skip_event(parse, YAML_STREAM_END_EVENT))
        return NULL;
    return root;
}

/* Bytes of the UTF-8 character at `at`, 0 where it is none. */
static size_t utf8_length(const unsigned char *at, size_t left)
{
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;

    if (length == 1)
        return 1;
    if (at[0] < 0xc2 || at[0] > 0xf4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
        (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
        return 0;
    return length;
}

/* What YAML does not let a text contain. */
static bool is_control(const unsigned char *at, size_t length)
{
    if (length == 1)
        return (at[0] < 0x20 && strchr("\t\n\r", at[0]) == NULL) ||
               at[0] == 0 || at[0] == 0x7f;
    if (length == 2)
        return at[0] == 0xc2 && at[1] < 0xa0 && at[1] != 0x85;
    return length == 3 && at[0] == 0xef &&
           ((at[1] == 0xbb && at[2] == 0xbf) ||
            (at[1] == 0xbf && at[2] > 0xbd));
}

/* Check that the bytes are text; false, with a fault, where they are not. */
static bool check_bytes(struct tree *tree, const struct parse_input *input)
{
    const unsigned char *bytes = (const unsigned char *)input->bytes;
    struct place place = {input->text, 1, input->column + 1};
    const char *what = NULL;

    for (size_t i = 0; i < input->length;) {
        size_t length = utf8_length(bytes + i, input->length - i);

        if (length == 0)
            what = "this is not UTF-8 text";
        else if (is_control(bytes + i, length))
            what = "control characters are not allowed";
        if (what != NULL) {
            faults_add(tree->faults, FAULT_ERROR, &place, NULL, "%s", what);
            return false;
        }
        place.column++;
        if (bytes[i] == '\n') {
            place.line++;
            place.column = 1;
        }
        i += length;
    }
    return true;
}

int tree_parse_input(struct tree *tree, const struct parse_input *input,
                     struct node **root)
{
    struct parse parse = {.tree = tree, .input = input, .err = SIM_OK};

    *root = NULL;
    if (!check_bytes(tree, input))
        return SIM_OK;
    if (yaml_parser_initialize(&parse.parser) == 0)
        return SIM_ERR_NO_MEMORY;
    yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parse.parser, (const unsigned char *)input->bytes, input->length);
    *root = parse_document(&parse);
    yaml_parser_delete(&parse.parser);
    if (arena_failed(tree->arena) || arena_failed(tree->faults->arena))
        parse.err = SIM_ERR_NO_MEMORY;
    if (parse.err != SIM_OK)
        *root = NULL;
    return parse.err;
}

int tree_parse(struct tree *tree, const char *name, const char *bytes,
               size_t length, struct node **root)
{
    struct parse_input input = {.bytes = bytes, .length = length};
    bool large = length > TREE_BYTES_MAX;

    *root = NULL;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        input.bytes += 3; /* a byte order mark says nothing here */
        input.length -= 3;
    }
    input.text = faults_source(tree->faults, name, tree->text_count++,
                               input.bytes, large ? 0 : input.length);
    if (input.text == NULL)
        return SIM_ERR_NO_MEMORY;
    if (large) {
        struct place start = {input.text, 1, 1};

        faults_add(tree->faults, FAULT_ERROR, &start, NULL,
                   "the file is larger than 4 MB");
        return SIM_OK;
    }
    return tree_parse_input(tree, &input, root);
}

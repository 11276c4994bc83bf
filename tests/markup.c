/* A small check of markup.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/markup.h"

#include <ctype.h>

#include "tests/support.h"

#define DEPTH 64
#define NAME 32
#define IDS 512

struct scan {
    const char *at;
    char open[DEPTH][NAME];
    int depth;
    char id[IDS][NAME];
    int ids;
    const char *fault;
};

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static void object(struct scan *scan, const char *why)
{
    if (!scan->fault)
        scan->fault = why;
    scan->at = "";
}

/* Read letters, digits, '-', ':' and '_' into `out`. */
static void scan_name(struct scan *scan, char out[NAME])
{
    size_t n = 0;

    while (isalnum((unsigned char)*scan->at) || strchr("-:_", *scan->at)) {
        if (!*scan->at)
            break;
        if (n + 1 < NAME)
            out[n++] = *scan->at;
        scan->at++;
    }
    out[n] = '\0';
}

static void skip_space(struct scan *scan)
{
    while (isspace((unsigned char)*scan->at))
        scan->at++;
}

static void note_id(struct scan *scan, const char *value, size_t length)
{
    char id[NAME] = "";

    memcpy(id, value, length < NAME ? length : NAME - 1);
    for (int i = 0; i < scan->ids; i++)
        if (strcmp(scan->id[i], id) == 0)
            object(scan, "an id comes twice");
    if (scan->ids < IDS)
        memcpy(scan->id[scan->ids++], id, NAME);
}

static void check_attribute(struct scan *scan, const char *name,
                            const char *value, size_t length)
{
    static const char *const references[] = {"href",   "xlink:href", "src",
                                             "action", "data",       NULL};

    if (strncmp(name, "on", 2) == 0)
        object(scan, "an event handler");
    else if (is_one_of(name, references) && (length == 0 || value[0] != '#'))
        object(scan, "a reference to somewhere else");
    else if (strcmp(name, "id") == 0)
        note_id(scan, value, length);
    else if (memchr(value, '<', length))
        object(scan, "'<' in an attribute");
}

static void scan_attribute(struct scan *scan)
{
    char name[NAME], quote;
    const char *value, *end;

    scan_name(scan, name);
    skip_space(scan);
    if (!name[0] || *scan->at != '=') {
        object(scan, "not an attribute");
        return;
    }
    scan->at++;
    skip_space(scan);
    quote = *scan->at;
    value = scan->at + 1;
    end = quote == '"' || quote == '\'' ? strchr(value, quote) : NULL;
    if (!end) {
        object(scan, "an attribute without quotes");
        return;
    }
    scan->at = end + 1;
    check_attribute(scan, name, value, (size_t)(end - value));
}

static void open_tag(struct scan *scan, const char *name)
{
    static const char *const empty[] = {"meta", "br", NULL};
    static const char *const banned[] = {"script", "iframe", "link", "img",
                                         "object", "embed",  NULL};

    if (is_one_of(name, banned)) {
        object(scan, "an element that may not be there");
        return;
    }
    skip_space(scan);
    while (*scan->at && *scan->at != '>' && *scan->at != '/') {
        scan_attribute(scan);
        skip_space(scan);
    }
    if (*scan->at == '/') {
        scan->at++;
    } else if (!is_one_of(name, empty)) {
        if (scan->depth == DEPTH) {
            object(scan, "too deep");
            return;
        }
        memcpy(scan->open[scan->depth++], name, NAME);
    }
    if (*scan->at++ != '>')
        object(scan, "a tag without an end");
}

static void close_tag(struct scan *scan)
{
    char name[NAME];

    scan_name(scan, name);
    if (*scan->at != '>' || scan->depth == 0 ||
        strcmp(scan->open[scan->depth - 1], name) != 0) {
        object(scan, "a tag closed out of order");
        return;
    }
    scan->at++;
    scan->depth--;
}

static void scan_tag(struct scan *scan)
{
    static const char *const whole[] = {"<!DOCTYPE html>", "<?xml "};
    char name[NAME];

    for (size_t i = 0; i < LENGTH(whole); i++)
        if (strncmp(scan->at, whole[i], strlen(whole[i])) == 0) {
            scan->at = strchr(scan->at, '>') + 1;
            return;
        }
    scan->at++;
    if (*scan->at == '/') {
        scan->at++;
        close_tag(scan);
        return;
    }
    scan_name(scan, name);
    if (!name[0])
        object(scan, "'<' that begins no tag");
    else
        open_tag(scan, name);
}

static void scan_entity(struct scan *scan)
{
    size_t length =
        strspn(scan->at + 1, "#abcdefghijklmnopqrstuvwxyz0123456789");

    if (length == 0 || scan->at[1 + length] != ';')
        object(scan, "'&' that begins no entity");
    else
        scan->at += length + 2;
}

const char *markup_fault(const char *markup)
{
    struct scan *scan = calloc(1, sizeof *scan);
    const char *fault;

    assert_non_null(scan);
    scan->at = markup;
    while (*scan->at) {
        if (*scan->at == '<')
            scan_tag(scan);
        else if (*scan->at == '&')
            scan_entity(scan);
        else if (strncmp(scan->at, "]]>", 3) == 0)
            object(scan, "']]>' in text");
        else
            scan->at++;
    }
    if (scan->depth)
        object(scan, "a tag is not closed");
    fault = scan->fault;
    free(scan);
    return fault;
}

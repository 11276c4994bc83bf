/*
 * Canonical texts are JSON with every scalar a string, "~" for null and the
 * escapes \", \\ and \xNN: made by tree_canonical, so they are well-formed and
 * are walked without checks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/canonical.h"

#include <string.h>

/* ---- walking ---- */

/* Behind the string that starts at `at`. */
static const char *skip_string(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

/* Behind the value that starts at `at`. */
static const char *skip_value(const char *at)
{
    int depth = 0;

    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        at++;
    } while (depth > 0);
    return at;
}

static struct canonical value_at(const char *at)
{
    return (struct canonical){at, (size_t)(skip_value(at) - at)};
}

struct canonical canonical_of(const char *text)
{
    return value_at(text);
}

/* One entry of a mapping, or item of a list, whose key is then empty. */
struct entry {
    struct canonical key; /* in its quotes */
    struct canonical value;
};

/* The next entry of `parent`, `*at` being where it starts and then where the
 * one after it does; NULL at first. */
static bool next_entry(struct canonical parent, const char **at,
                       struct entry *out)
{
    const char *from = *at ? *at : parent.at + 1;
    const char *end = parent.at + parent.length - 1;

    if (from >= end)
        return false;
    *out = (struct entry){0};
    if (*parent.at == '{') {
        out->key = value_at(from);
        from += out->key.length + 1;
    }
    out->value = value_at(from);
    from += out->value.length;
    *at = from < end ? from + 1 : end;
    return true;
}

static bool is_map(struct canonical value)
{
    return value.at != NULL && *value.at == '{';
}

/* ---- strings ---- */

/* The next byte of a string without its escapes; `*at` moves on. */
static char next_byte(const char **at)
{
    const char *digits = "0123456789abcdef";
    char c = *(*at)++;

    if (c != '\\')
        return c;
    c = *(*at)++;
    if (c != 'x')
        return c;
    c = (char)((strchr(digits, (*at)[0]) - digits) * 16 +
               (strchr(digits, (*at)[1]) - digits));
    *at += 2;
    return c;
}

/* Whether a string is `length` bytes of `name`. */
static bool string_is(struct canonical string, const char *name, size_t length)
{
    const char *at = string.at + 1;
    const char *end = string.at + string.length - 1;
    size_t i = 0;

    while (at < end) {
        if (i == length || next_byte(&at) != name[i])
            return false;
        i++;
    }
    return i == length;
}

bool canonical_equal(struct canonical a, struct canonical b)
{
    if (a.at == NULL || b.at == NULL)
        return a.at == b.at;
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static struct canonical child(struct canonical map, const char *name,
                              size_t length)
{
    const char *at = NULL;
    struct entry entry;

    while (is_map(map) && next_entry(map, &at, &entry))
        if (string_is(entry.key, name, length))
            return entry.value;
    return (struct canonical){0};
}

struct canonical canonical_find(struct canonical root, const char *path)
{
    struct canonical value = root;

    for (;;) {
        size_t length = strcspn(path, ".");
        size_t from = strspn(path, " ");
        size_t until = length;

        while (until > from && path[until - 1] == ' ')
            until--;
        if (from > until)
            from = until;
        value = child(value, path + from, until - from);
        if (path[length] == '\0' || value.at == NULL)
            return value;
        path += length + 1;
    }
}

/* ---- as a user would write it ---- */

/* A text that grows, or is only measured where `at` is NULL. */
struct line {
    char *at;
    size_t length;
};

static void put(struct line *line, const char *bytes, size_t length)
{
    if (line->at != NULL)
        memcpy(line->at + line->length, bytes, length);
    line->length += length;
}

/* Whether a scalar inside brackets needs quotes. */
static bool wants_quotes(struct canonical string)
{
    bool special = string.length == 2;

    for (size_t i = 1; i + 1 < string.length; i++)
        special = special || strchr(",{}[]\\#", string.at[i]) != NULL ||
                  (string.at[i] == ':' && string.at[i + 1] == ' ');
    return special;
}

static void put_string(struct line *line, struct canonical string, bool inside)
{
    const char *at = string.at + 1;

    if (inside && wants_quotes(string)) {
        put(line, string.at, string.length);
        return;
    }
    while (at < string.at + string.length - 1) {
        char c = next_byte(&at);

        put(line, &c, 1);
    }
}

static void put_value(struct line *line, struct canonical value, bool inside)
{
    const char *at = NULL;
    struct entry entry;
    bool first = true;

    if (*value.at == '~') {
        put(line, "null", 4);
        return;
    }
    if (*value.at == '"') {
        put_string(line, value, inside);
        return;
    }
    put(line, value.at, 1);
    while (next_entry(value, &at, &entry)) {
        if (!first)
            put(line, ", ", 2);
        first = false;
        if (entry.key.at != NULL) {
            put_string(line, entry.key, true);
            put(line, ": ", 2);
        }
        put_value(line, entry.value, true);
    }
    put(line, is_map(value) ? "}" : "]", 1);
}

const char *canonical_plain(struct canonical value, struct arena *arena)
{
    struct line line = {NULL, 0};

    if (value.at == NULL)
        return "null";
    put_value(&line, value, false);
    line.at = arena_alloc(arena, line.length + 1);
    line.length = 0;
    if (line.at != NULL)
        put_value(&line, value, false);
    return line.at;
}

/* ---- differences ---- */

struct diff {
    struct arena *arena;
    canonical_differs *differs;
    void *context;
};

/* "PATH.KEY". */
static const char *joined(const struct diff *diff, const char *path,
                          struct canonical key)
{
    struct line line = {arena_alloc(diff->arena, strlen(path) + key.length + 1),
                        0};

    if (line.at == NULL)
        return NULL;
    put(&line, path, strlen(path));
    if (path[0] != '\0')
        put(&line, ".", 1);
    put_string(&line, key, false);
    return line.at;
}

/* The value of the entry of `map` with the same key. */
static struct canonical namesake(struct canonical map, struct canonical key)
{
    const char *at = NULL;
    struct entry entry;

    while (next_entry(map, &at, &entry))
        if (canonical_equal(entry.key, key))
            return entry.value;
    return (struct canonical){0};
}

static void diff_values(const struct diff *diff, const char *path,
                        struct canonical a, struct canonical b);

/* The entries of mappings; whether any was different. */
static bool diff_entries(const struct diff *diff, const char *path,
                         struct canonical a, struct canonical b)
{
    const char *at = NULL;
    struct entry entry;
    bool found = false;

    while (next_entry(a, &at, &entry)) {
        struct canonical other = namesake(b, entry.key);
        const char *inner;

        if (canonical_equal(entry.value, other))
            continue;
        found = true;
        inner = joined(diff, path, entry.key);
        if (inner != NULL)
            diff_values(diff, inner, entry.value, other);
    }
    at = NULL;
    while (next_entry(b, &at, &entry)) {
        const char *inner;

        if (namesake(a, entry.key).at != NULL)
            continue;
        found = true;
        inner = joined(diff, path, entry.key);
        if (inner != NULL)
            diff->differs(diff->context, inner, (struct canonical){0},
                          entry.value);
    }
    return found;
}

static void diff_values(const struct diff *diff, const char *path,
                        struct canonical a, struct canonical b)
{
    if (canonical_equal(a, b))
        return;
    if (!is_map(a) || !is_map(b) || !diff_entries(diff, path, a, b))
        diff->differs(diff->context, path, a, b);
}

void canonical_diff(struct canonical a, struct canonical b, struct arena *arena,
                    canonical_differs *differs, void *context)
{
    const struct diff diff = {arena, differs, context};

    diff_values(&diff, "", a, b);
}

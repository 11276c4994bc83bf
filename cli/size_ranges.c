/* The ranges of --vary.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/size_ranges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "models/fault.h"

#define VALUE_DIGITS 6 /* no rota has a million of anything */

void size_ranges_complain(const char *option, const char *text, const char *at,
                          const char *hint, const char *message)
{
    struct fault fault = {.severity = FAULT_ERROR,
                          .file = option,
                          .line = 1,
                          .column = 1,
                          .message = message,
                          .hint = hint,
                          .source = text};
    size_t length;
    char *shown;

    for (const char *p = text; p < at; p++)
        fault.column += ((unsigned char)*p & 0xc0) != 0x80;
    length = fault_format(&fault, NULL, 0);
    shown = malloc(length + 1);
    if (!shown)
        return;
    fault_format(&fault, shown, length + 1);
    fputs(shown, stderr);
    free(shown);
}

/* One option while it is read. */
struct parse {
    const char *text;
    const char *at; /* how far it is read, or where it is wrong */
    const char *why, *hint;
};

/* A whole number; false with what is wrong. */
static bool take_whole(struct parse *parse, int32_t *out)
{
    size_t digits;

    parse->at += strspn(parse->at, " ");
    digits = strspn(parse->at, "0123456789");
    if (digits == 0 || digits > VALUE_DIGITS) {
        parse->why = "a range is whole numbers";
        parse->hint = "such as 0..4, or 0..40 by 10";
        return false;
    }
    *out = (int32_t)strtol(parse->at, NULL, 10);
    parse->at += digits;
    return true;
}

static bool take_word(struct parse *parse, const char *word)
{
    parse->at += strspn(parse->at, " ");
    if (strncmp(parse->at, word, strlen(word)) != 0) {
        parse->why = "a range is LOW..HIGH";
        parse->hint = "such as 0..4, or 0..40 by 10";
        return false;
    }
    parse->at += strlen(word);
    return true;
}

/* What follows '='. */
static bool take_range(struct parse *parse, struct size_range *range)
{
    const char *start = parse->at;

    range->step = 1;
    if (!take_whole(parse, &range->low) || !take_word(parse, "..") ||
        !take_whole(parse, &range->high))
        return false;
    parse->at += strspn(parse->at, " ");
    if (*parse->at &&
        (!take_word(parse, "by") || !take_whole(parse, &range->step)))
        return false;
    parse->at += strspn(parse->at, " ");
    if (*parse->at) {
        parse->why = "a range is LOW..HIGH and no more";
        parse->hint = "such as 0..4, or 0..40 by 10";
        return false;
    }
    parse->at = start;
    if (range->low > range->high) {
        parse->why = "the range is empty: its low end is above its high end";
        parse->hint = NULL;
    } else if (range->step == 0) {
        parse->why = "a range in steps of 0 has no end";
        parse->hint = NULL;
    }
    return parse->why == NULL;
}

/* The path before '=', without the spaces at its end; NULL without memory. */
static char *copy_path(const char *text, size_t length)
{
    char *path;

    while (length > 0 && text[length - 1] == ' ')
        length--;
    path = malloc(length + 1);
    if (path) {
        memcpy(path, text, length);
        path[length] = '\0';
    }
    return path;
}

static bool is_known(const struct size_ranges *ranges, const char *path)
{
    for (uint32_t i = 0; i < ranges->count; i++)
        if (strcmp(ranges->range[i].path, path) == 0)
            return true;
    return false;
}

/* Returns a STATUS_. */
static int read_one(const char *text, struct size_ranges *out)
{
    const char *equals = strrchr(text, '=');
    struct parse parse = {.text = text, .at = equals + 1};
    struct size_range range = {.path = NULL};
    char *path;

    if (!take_range(&parse, &range)) {
        size_ranges_complain("--vary", text, parse.at, parse.hint, parse.why);
        return STATUS_BAD_SCENARIO;
    }
    if (out->count == SIZE_RANGES_MAX) {
        size_ranges_complain("--vary", text, text, NULL,
                             "no more than 8 things can be varied at once");
        return STATUS_BAD_SCENARIO;
    }
    path = copy_path(text, (size_t)(equals - text));
    if (!path) {
        complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
        return STATUS_FAILED;
    }
    if (is_known(out, path)) {
        size_ranges_complain("--vary", text, text, NULL,
                             "this path is varied already");
        free(path);
        return STATUS_BAD_SCENARIO;
    }
    range.path = path;
    out->range[out->count++] = range;
    return STATUS_DONE;
}

int size_ranges_read(const struct settings *vary, struct size_ranges *out)
{
    int status = STATUS_DONE;

    *out = (struct size_ranges){.count = 0};
    for (size_t i = 0; i < vary->count; i++) {
        int one = read_one(vary->value[i], out);

        if (one == STATUS_FAILED)
            return one;
        if (one != STATUS_DONE)
            status = one;
    }
    if (status == STATUS_DONE &&
        size_designs(&(struct size_question){.range = out->range,
                                             .range_count = out->count}) == 0) {
        complain("the ranges make more than %u rotas; narrow them, or take "
                 "steps, as in 0..40 by 10",
                 SIZE_DESIGNS_MAX);
        status = STATUS_BAD_SCENARIO;
    }
    return status;
}

void size_ranges_clear(struct size_ranges *ranges)
{
    for (uint32_t i = 0; i < ranges->count; i++)
        free((char *)ranges->range[i].path);
    ranges->count = 0;
}

/*
 * The list lives in an arena and doubles when its count is a power of two.
 * Source lines are not copied per fault: they point into one copy of their
 * file, so that thousands of faults on one huge line cost nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)16)
#define SHOWN_BEFORE 100u /* code points shown before the column, at most */
#define SHOWN_AFTER 60u

int faults_init(struct faults *faults)
{
    *faults = (struct faults){.arena = arena_new()};
    return faults->arena == NULL ? SIM_ERR_NO_MEMORY : SIM_OK;
}

void faults_clear(struct faults *faults)
{
    arena_free(faults->arena);
    *faults = (struct faults){0};
}

/* Bytes of the line end at `at`, 0 where there is none. */
static size_t line_end(const char *at, size_t left)
{
    if (at[0] == '\n')
        return 1;
    if (at[0] == '\r')
        return left > 1 && at[1] == '\n' ? 2 : 1;
    if (left > 1 && memcmp(at, "\xc2\x85", 2) == 0)
        return 2;
    if (left > 2 && (memcmp(at, "\xe2\x80\xa8", 3) == 0 ||
                     memcmp(at, "\xe2\x80\xa9", 3) == 0))
        return 3;
    return 0;
}

/* Cut `text` at its line ends; with `line` NULL only count. */
static uint32_t cut_lines(char *text, size_t length, char **line)
{
    uint32_t count = 0;
    size_t start = 0;

    for (size_t i = 0; i < length;) {
        size_t end = line_end(text + i, length - i);

        if (end == 0) {
            i++;
            continue;
        }
        if (line != NULL) {
            line[count] = text + start;
            memset(text + i, 0, end);
        }
        count++;
        i += end;
        start = i;
    }
    if (line != NULL)
        line[count] = text + start;
    return count + 1;
}

const struct source_text *faults_source(struct faults *faults, const char *name,
                                        uint32_t order, const char *text,
                                        size_t length)
{
    struct source_text *source = arena_alloc(faults->arena, sizeof *source);
    char *copy = arena_text(faults->arena, text, length);

    if (source == NULL || copy == NULL)
        return NULL;
    source->name = arena_text(faults->arena, name, strlen(name));
    source->order = order;
    source->line_count = cut_lines(copy, length, NULL);
    source->line =
        arena_array(faults->arena, source->line_count, sizeof *source->line);
    if (source->name == NULL || source->line == NULL)
        return NULL;
    cut_lines(copy, length, source->line);
    return source;
}

/* Room for one more, or NULL. */
static struct fault *next_fault(struct faults *faults)
{
    size_t count = faults->count;
    struct fault *larger;

    if (count == 0 || (count >= FIRST_CAPACITY && (count & (count - 1)) == 0)) {
        larger =
            arena_array(faults->arena, count == 0 ? FIRST_CAPACITY : 2 * count,
                        sizeof *larger);
        if (larger == NULL)
            return NULL;
        if (count > 0)
            memcpy(larger, faults->fault, count * sizeof *larger);
        faults->fault = larger;
    }
    return &faults->fault[count];
}

static bool is_known(const struct faults *faults, const struct place *place,
                     const char *message)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *f = &faults->fault[i];

        if (f->order == place->text->order && f->line == place->line &&
            f->column == place->column && strcmp(f->message, message) == 0)
            return true;
    }
    return false;
}

/* Keep a fault whose message is already in the arena. */
static void keep(struct faults *faults, enum fault_severity severity,
                 const struct place *place, const char *hint,
                 const char *message)
{
    struct fault *fault;

    if (faults->count < FAULTS_MAX && is_known(faults, place, message))
        return;
    if (severity == FAULT_ERROR)
        faults->errors++;
    if (faults->count == FAULTS_MAX)
        return;
    fault = next_fault(faults);
    if (fault == NULL)
        return;
    *fault = (struct fault){
        .severity = severity,
        .file = place->text->name,
        .line = place->line,
        .column = place->column,
        .message = message,
        .order = place->text->order,
    };
    if (hint != NULL)
        fault->hint = arena_text(faults->arena, hint, strlen(hint));
    if (place->line >= 1 && place->line <= place->text->line_count)
        fault->source = place->text->line[place->line - 1];
    faults->count++;
}

void faults_add(struct faults *faults, enum fault_severity severity,
                const struct place *place, const char *hint, const char *format,
                ...)
{
    char text[1000]; /* longer ones are cut: they quote names of 100 bytes */
    const char *message;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message = arena_text(faults->arena, text, strlen(text));
    if (message != NULL)
        keep(faults, severity, place, hint, message);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static bool comes_after(const struct fault *a, const struct fault *b)
{
    int order = compare_numbers(a->order, b->order);

    if (order == 0)
        order = compare_numbers(a->line, b->line);
    if (order == 0)
        order = compare_numbers(a->column, b->column);
    return order > 0;
}

void faults_sort(struct faults *faults)
{
    /* By insertion: stable, and the list is short and nearly in order. */
    for (size_t i = 1; i < faults->count; i++) {
        struct fault moving = faults->fault[i];
        size_t at = i;

        while (at > 0 && comes_after(&faults->fault[at - 1], &moving)) {
            faults->fault[at] = faults->fault[at - 1];
            at--;
        }
        faults->fault[at] = moving;
    }
}

/* ---- one fault as text ---- */

struct out {
    char *text;
    size_t size;
    size_t length; /* of the whole, also what did not fit */
};

static void put(struct out *out, char c)
{
    if (out->length + 1 < out->size)
        out->text[out->length] = c;
    out->length++;
}

size_t unseen_length(const char *at)
{
    const unsigned char *c = (const unsigned char *)at;

    if ((c[0] < 0x20 && c[0] != 0) || c[0] == 0x7f)
        return 1;
    if (c[0] == 0xc2 && c[1] < 0xa0)
        return 2;
    if (c[0] == 0xe2 && c[1] == 0x80 &&
        ((c[2] >= 0x8b && c[2] <= 0x8f) || (c[2] >= 0xa8 && c[2] <= 0xae)))
        return 3;
    if (c[0] == 0xe2 && c[1] == 0x81 && c[2] >= 0xa0 && c[2] <= 0xaf)
        return 3;
    return c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf ? 3 : 0;
}

/* `text` up to `end`; tabs stay in a line of the source only. */
static void put_range(struct out *out, const char *text, const char *end,
                      bool source)
{
    while (text < end) {
        size_t unseen = source && *text == '\t' ? 0 : unseen_length(text);

        put(out, unseen > 0 ? '?' : *text);
        text += unseen > 0 ? unseen : 1;
    }
}

static void put_text(struct out *out, const char *text)
{
    put_range(out, text, text + strlen(text), false);
}

static bool starts_code_point(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* Where code point `n` (from 0) of `text` starts, or its end. */
static const char *code_point(const char *text, uint32_t n)
{
    while (*text != '\0') {
        if (starts_code_point(*text) && n-- == 0)
            break;
        text++;
    }
    return text;
}

/* The source line, or the part of it around the column, and the caret. */
static void put_source(struct out *out, const struct fault *fault)
{
    uint32_t before = fault->column - 1;
    uint32_t from = before > SHOWN_BEFORE ? before - SHOWN_BEFORE : 0;
    const char *start = code_point(fault->source, from);
    const char *caret = code_point(start, before - from);
    const char *end = code_point(caret, SHOWN_AFTER);

    put_range(out, start, end, true);
    put_text(out, *end == '\0' ? "" : "...");
    put(out, '\n');
    for (const char *at = start; at < caret; at++) {
        if (starts_code_point(*at))
            put(out, *at == '\t' ? '\t' : ' ');
    }
    put_text(out, "^");
    put(out, '\n');
}

size_t fault_format(const struct fault *fault, char *text, size_t size)
{
    struct out out = {text, size, 0};
    char place[40];

    put_text(&out, fault->file);
    (void)snprintf(place, sizeof place, ":%u:%u: ", (unsigned)fault->line,
                   (unsigned)fault->column);
    put_text(&out, place);
    put_text(&out, fault->severity == FAULT_ERROR ? "error: " : "warning: ");
    put_text(&out, fault->message);
    put(&out, '\n');
    if (fault->source != NULL && fault->column >= 1)
        put_source(&out, fault);
    if (fault->hint != NULL) {
        put_text(&out, "hint: ");
        put_text(&out, fault->hint);
        put(&out, '\n');
    }
    if (size > 0)
        text[out.length < size ? out.length : size - 1] = '\0';
    return out.length;
}

/*
 * Data files: cut into rows and fields, once, with the place of each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/reader.h"

#define NAME_MAX_BYTES 60 /* of a column's name that a message quotes */

/* ---- faults ---- */

/* The place of the field at place `at`, or of the row. */
static struct place place_of(const struct csv *csv, const struct csv_row *row,
                             uint32_t at)
{
    return (struct place){
        .text = csv->text,
        .line = row->line,
        .column = at < row->cell_count ? row->cell[at].column : 1,
    };
}

void csv_fault(struct reading *reading, const struct csv *csv,
               const struct csv_row *row, uint32_t at, const char *hint,
               const char *format, ...)
{
    struct place place = place_of(csv, row, at);
    char message[500];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    faults_add(reading->tree.faults, FAULT_ERROR, &place, hint, "%s", message);
}

void csv_warn(struct reading *reading, const struct csv *csv,
              const struct csv_row *row, uint32_t at, const char *hint,
              const char *format, ...)
{
    struct place place = place_of(csv, row, at);
    char message[500];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    faults_add(reading->tree.faults, FAULT_WARNING, &place, hint, "%s",
               message);
}

const char *csv_text(const struct csv_row *row, uint32_t at)
{
    return at < row->cell_count ? row->cell[at].text : "";
}

/* ---- lines to fields ---- */

/* A walk through one line; columns are counted in characters. */
struct walk {
    const char *at;
    uint32_t column;
};

static void step(struct walk *walk)
{
    walk->at++;
    if (((unsigned char)*walk->at & 0xc0) != 0x80)
        walk->column++;
}

static void skip_spaces(struct walk *walk, char mark)
{
    while (*walk->at == ' ' || (*walk->at == '\t' && mark != '\t'))
        step(walk);
}

/* A field in quotes, from its first quote on. NULL where they do not close, or
 * where more follows. */
static char *take_quoted(struct arena *arena, struct walk *walk, char mark)
{
    char *text = arena_text(arena, walk->at, strlen(walk->at));
    char *to = text;

    step(walk);
    for (; text != NULL && *walk->at != '\0'; step(walk)) {
        if (*walk->at == '"') {
            step(walk);
            if (*walk->at != '"')
                break;
        }
        *to++ = *walk->at;
    }
    if (text == NULL || walk->at[-1] != '"')
        return NULL;
    *to = '\0';
    skip_spaces(walk, mark);
    return *walk->at == mark || *walk->at == '\0' ? text : NULL;
}

static char *take_plain(struct arena *arena, struct walk *walk, char mark)
{
    const char *from = walk->at, *end = from;

    for (; *walk->at != mark && *walk->at != '\0'; step(walk)) {
        if (*walk->at != ' ' && *walk->at != '\t')
            end = walk->at + 1;
    }
    return arena_text(arena, from, (size_t)(end - from));
}

/* Fields of a line at most: one more than it has marks. */
static uint32_t count_cells(const char *line, char mark)
{
    uint32_t count = 1;

    for (; *line != '\0'; line++)
        count += *line == mark;
    return count;
}

/* Cut one line into `row`; returns whether anything stands in it. */
static bool cut_line(struct reading *reading, const struct csv *csv,
                     uint32_t line, char mark, struct csv_row *row)
{
    struct arena *arena = reading->tree.arena;
    struct walk walk = {csv->text->line[line - 1], 1};
    bool any = false;

    row->line = line;
    row->cell_count = 0;
    row->cell =
        arena_array(arena, count_cells(walk.at, mark), sizeof *row->cell);
    while (row->cell != NULL) {
        struct csv_cell *cell = &row->cell[row->cell_count];

        skip_spaces(&walk, mark);
        cell->column = walk.column;
        cell->text = *walk.at == '"' ? take_quoted(arena, &walk, mark)
                                     : take_plain(arena, &walk, mark);
        row->cell_count++;
        if (cell->text == NULL) {
            if (!arena_failed(arena))
                csv_fault(reading, csv, row, row->cell_count - 1,
                          "a quote inside a quoted field is written \"\"",
                          "a field in quotes does not end where its quotes do");
            return false;
        }
        any = any || cell->text[0] != '\0';
        if (*walk.at == '\0')
            break;
        step(&walk);
    }
    return any;
}

/* What separates fields: the first comma, semicolon or tab of the first line
 * that is not in quotes. */
static char find_mark(const struct source_text *text)
{
    bool quoted = false;

    for (uint32_t i = 0; i < text->line_count; i++) {
        for (const char *at = text->line[i]; *at != '\0'; at++) {
            quoted ^= *at == '"';
            if (!quoted && (*at == ',' || *at == ';' || *at == '\t'))
                return *at;
        }
        if (text->line[i][0] != '\0')
            break;
    }
    return ',';
}

static bool cut(struct reading *reading, struct csv *csv)
{
    char mark = find_mark(csv->text);

    csv->row_count = 0;
    csv->row = arena_array(reading->tree.arena, csv->text->line_count,
                           sizeof *csv->row);
    for (uint32_t i = 0; i < csv->text->line_count && csv->row != NULL; i++)
        csv->row_count +=
            cut_line(reading, csv, i + 1, mark, &csv->row[csv->row_count]);
    return csv->row != NULL;
}

/* ---- files ---- */

/* Keep the bytes for the digest; a file that two keys name counts once. */
static void keep(struct reading *reading, const char *name, const char *bytes,
                 size_t length)
{
    struct arena *arena = reading->tree.arena;
    struct data_file **at = &reading->data, *file;

    while (*at != NULL && strcmp((*at)->name, name) < 0)
        at = &(*at)->next;
    if (*at != NULL && strcmp((*at)->name, name) == 0)
        return;
    file = arena_alloc(arena, sizeof *file);
    if (file == NULL)
        return;
    file->name = arena_text(arena, name, strlen(name));
    file->bytes = arena_text(arena, bytes, length);
    file->next = *at;
    if (file->name != NULL && file->bytes != NULL)
        *at = file;
}

/* Why bytes are no data file, or NULL. */
static const char *refusal(const char *bytes, size_t length)
{
    if (length > TREE_BYTES_MAX)
        return "it is larger than 4 MB";
    if (memchr(bytes, '\0', length) != NULL)
        return "it is no plain text: save it as CSV";
    return NULL;
}

bool csv_open(struct reading *reading, const struct node *node,
              const char *name, struct csv *csv)
{
    const struct scenario_source *source = reading->source;
    const char *why = "it cannot be read";
    char *bytes = NULL;
    size_t length = 0, mark = 0;
    int err = source->read(source->context, name, &bytes, &length, &why);

    if (err != SIM_OK && err != SIM_ERR_IO) {
        reading->no_memory = true;
        return false;
    }
    if (err == SIM_OK)
        why = bytes == NULL ? "it is empty" : refusal(bytes, length);
    if (why != NULL || bytes == NULL) {
        free(bytes);
        reading_fault(reading, node, NULL, "cannot read '%.200s': %s", name,
                      why);
        return false;
    }
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        mark = 3;
    csv->text =
        faults_source(reading->tree.faults, name, reading->tree.text_count++,
                      bytes + mark, length - mark);
    keep(reading, name, bytes, length);
    free(bytes);
    return csv->text != NULL && cut(reading, csv);
}

const char *csv_canonical(struct reading *reading, const char *canonical)
{
    for (const struct data_file *f = reading->data; f != NULL; f = f->next)
        if (canonical != NULL)
            canonical =
                arena_format(reading->arena, "%s\n%s %zu\n%s", canonical,
                             f->name, strlen(f->bytes), f->bytes);
    return canonical;
}

/* ---- headers ---- */

/* Whether `text` is `name`: letter case and ' ', '-' and '_' alike. */
static bool is_called(const char *text, const char *name)
{
    if (name == NULL)
        return false;
    for (; *text != '\0' && *name != '\0'; text++, name++) {
        char c = *text;

        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c == ' ' || c == '-' ? '_' : c) != *name)
            return false;
    }
    return *text == *name;
}

static uint32_t find_column(const struct csv_column *column, uint32_t count,
                            const char *text)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_called(text, column[i].name) || is_called(text, column[i].also))
            return i;
    return CSV_ABSENT;
}

/* Nothing about a person but what the model needs may come in: whoever sends
 * such a file by mistake is told so before anything is made of it. */
static void report_column(struct reading *reading, const struct csv *csv,
                          uint32_t at, const struct csv_column *column,
                          uint32_t count)
{
    char allowed[200] = "";

    for (uint32_t i = 0; i < count; i++) {
        size_t length = strlen(allowed);

        (void)snprintf(allowed + length, sizeof allowed - length, "%s%s",
                       i == 0           ? ""
                       : i + 1 == count ? " and "
                                        : ", ",
                       column[i].name);
    }
    csv_fault(reading, csv, &csv->row[0], at,
              "take the column out: nothing that could identify someone may "
              "be in this file",
              "the column '%.*s' is refused: only %s may be here",
              NAME_MAX_BYTES, csv->row[0].cell[at].text, allowed);
}

/* Columns without a name must be empty. */
static void check_nameless(struct reading *reading, const struct csv *csv,
                           uint32_t named)
{
    for (uint32_t i = 1; i < csv->row_count; i++)
        for (uint32_t k = named; k < csv->row[i].cell_count; k++)
            if (csv->row[i].cell[k].text[0] != '\0') {
                csv_fault(reading, csv, &csv->row[i], k,
                          "nothing that could identify someone may be in this "
                          "file",
                          "the first line has no name for this column");
                return;
            }
}

bool csv_header(struct reading *reading, const struct csv *csv,
                const struct csv_column *column, uint32_t count, uint32_t *at)
{
    const struct csv_row empty = {.line = 1};
    const struct csv_row *row = csv->row_count > 0 ? &csv->row[0] : &empty;
    size_t errors = reading->tree.faults->errors;
    uint32_t named = row->cell_count;

    while (named > 0 && row->cell[named - 1].text[0] == '\0')
        named--;
    check_nameless(reading, csv, named);
    for (uint32_t i = 0; i < count; i++)
        at[i] = CSV_ABSENT;
    for (uint32_t i = 0; i < named; i++) {
        uint32_t found = find_column(column, count, row->cell[i].text);

        if (found == CSV_ABSENT)
            report_column(reading, csv, i, column, count);
        else if (at[found] != CSV_ABSENT)
            csv_fault(reading, csv, row, i, NULL,
                      "the column '%s' is given twice", column[found].name);
        else
            at[found] = i;
    }
    for (uint32_t i = 0; i < count; i++)
        if (column[i].required && at[i] == CSV_ABSENT)
            csv_fault(reading, csv, row, CSV_ABSENT,
                      "the first line names the columns",
                      "the column '%s' is missing", column[i].name);
    return reading->tree.faults->errors == errors;
}

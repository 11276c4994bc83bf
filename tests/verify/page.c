/*
 * The page of verification, made from the rows that families left.
 * Usage: page OPENING CLOSING ROWS.tsv... > PAGE   the page
 *        page --check PAGE ROWS.tsv...             whether PAGE has every row
 * Opening and closing are Markdown written by hand; a line "@results" in them
 * is replaced by the counts. Rows are read whole, families sorted by their
 * order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plots/version.h"
#include "tests/verify/verify_impl.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define LINE_SIZE 16384
#define SOURCES_MAX 128
#define FIELDS_MAX (ROW_FIELDS + 1)

struct line {
    char *text;              /* owned: what the fields point into */
    char *field[FIELDS_MAX]; /* field[0]: what the line is */
    size_t count;
};

struct family {
    int order;
    const char *name, *title, *about, *form;
    struct line *line;
    size_t count;
    char *source[SOURCES_MAX]; /* distinct, in the order of the rows */
    size_t source_count;
};

struct counts {
    size_t cases, checks, failed, again, controls, uncaught, not_run;
};

static void *must(void *memory)
{
    if (!memory) {
        fputs("page: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file) {
        fprintf(stderr, "page: %s: %s\n", path, strerror(errno));
        exit(EXIT_FAILURE);
    }
    return file;
}

/* ---- reading ---- */

static bool is_a(const struct line *line, const char *what, size_t fields)
{
    return strcmp(line->field[0], what) == 0 && line->count >= fields;
}

static bool is_row(const struct line *line)
{
    return is_a(line, "row", ROW_FIELDS + 1);
}

/* A field of a row. */
static const char *at(const struct line *line, enum row_field field)
{
    return line->field[field + 1];
}

static bool is_control(const struct line *line)
{
    return *at(line, ROW_WRONG) != '\0';
}

/* A wrong build: name, what is wrong, family, checks that failed, checks, the
 * largest |z|. */
static bool is_wrong_build(const struct line *line)
{
    return is_a(line, "wrong", 7);
}

static void read_family(const char *path, struct family *family)
{
    FILE *file = open_file(path);
    char *text = must(malloc(LINE_SIZE));

    *family = (struct family){0};
    while (fgets(text, LINE_SIZE, file)) {
        struct line *line;

        family->line = must(
            realloc(family->line, (family->count + 1) * sizeof *family->line));
        line = &family->line[family->count++];
        line->text = must(strdup(text));
        line->count = row_split(line->text, line->field, FIELDS_MAX);
        if (is_a(line, "family", 6)) {
            family->order = atoi(line->field[1]);
            family->name = line->field[2];
            family->title = line->field[3];
            family->about = line->field[4];
            family->form = line->field[5];
        }
    }
    free(text);
    fclose(file);
    if (!family->name) {
        fprintf(stderr, "page: %s: no family\n", path);
        exit(EXIT_FAILURE);
    }
}

static void free_family(struct family *family)
{
    for (size_t i = 0; i < family->count; i++)
        free(family->line[i].text);
    free(family->line);
}

/* Families have different orders; names decide where they do not. */
static int compare_families(const void *a, const void *b)
{
    const struct family *x = a, *y = b;

    return x->order != y->order ? (x->order > y->order) - (x->order < y->order)
                                : strcmp(x->name, y->name);
}

/* ---- writing ---- */

/* Text in a cell of a table: no bar may end it. */
static void put_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            putchar('\\');
        putchar(*text);
    }
}

/* A number to `digits` significant digits, from its text. */
static void put_number(const char *text, int digits)
{
    double value = strtod(text, NULL);

    if (isnan(value))
        putchar('-');
    else
        printf("%.*g", digits, value);
}

/* Number of a source in the family's list, from 1; 0 for none. */
static size_t source_number(struct family *family, const char *source)
{
    size_t i = 0;

    if (!*source)
        return 0;
    while (i < family->source_count && strcmp(family->source[i], source) != 0)
        i++;
    if (i == family->source_count) {
        if (i == SOURCES_MAX) {
            fprintf(stderr, "page: too many sources: %s\n", family->name);
            exit(EXIT_FAILURE);
        }
        family->source[family->source_count++] = (char *)(uintptr_t)source;
    }
    return i + 1;
}

static void put_truth(struct family *family, const struct line *line)
{
    const char *truth = at(line, ROW_TRUTH);
    size_t source = source_number(family, at(line, ROW_SOURCE));
    char *end;
    double value = strtod(truth, &end);

    if (*truth && !*end)
        printf("%.6g", value);
    else
        put_cell(truth);
    if (source && !is_control(line))
        printf(" [%zu]", source);
}

static void put_found(const struct line *line)
{
    double lower = strtod(at(line, ROW_LOWER), NULL);

    if (strcmp(at(line, ROW_KIND), "holds") == 0) {
        fputs(strtod(at(line, ROW_MEAN), NULL) == 1 ? "yes" : "no", stdout);
        return;
    }
    put_number(at(line, ROW_MEAN), 6);
    if (isnan(lower))
        return;
    printf(" (%.5g to ", lower);
    put_number(at(line, ROW_UPPER), 5);
    putchar(')');
}

static void put_z(const struct line *line)
{
    double z = strtod(at(line, ROW_Z), NULL);

    if (strcmp(at(line, ROW_KIND), "near") == 0)
        printf("%+.2f", z);
    else
        putchar('-');
}

static void put_row_cells(struct family *family, const struct line *line)
{
    bool plain = strcmp(at(line, ROW_VERDICT), "holds") == 0 ||
                 strcmp(at(line, ROW_VERDICT), "caught") == 0;

    fputs("| ", stdout);
    put_cell(at(line, ROW_CASE));
    fputs(" | ", stdout);
    put_cell(at(line, ROW_QUANTITY));
    if (is_control(line)) {
        fputs(" | ", stdout);
        put_cell(at(line, ROW_WRONG));
    }
    fputs(" | ", stdout);
    put_truth(family, line);
    fputs(" | ", stdout);
    put_found(line);
    fputs(" | ", stdout);
    put_z(line);
    printf(plain ? " | %s%s%s |\n" : " | **%s**%s%s |\n", at(line, ROW_VERDICT),
           strcmp(at(line, ROW_ATTEMPT), "fresh") == 0 ? ", fresh seed" : "",
           *at(line, ROW_WIDE) ? " *" : "");
}

static bool has_rows(const struct family *family, bool controls)
{
    for (size_t i = 0; i < family->count; i++)
        if (is_row(&family->line[i]) &&
            is_control(&family->line[i]) == controls)
            return true;
    return false;
}

static void put_rows(struct family *family, bool controls)
{
    if (!has_rows(family, controls))
        return;
    fputs(controls ? "\nControls: comparisons that are wrong on purpose, and "
                     "have to be caught.\n\n"
                     "| case | quantity | what is wrong | \"truth\" | Handrail "
                     "(95% interval) | z | |\n|---|---|---|---|---|---|---|\n"
                   : "\n| case | quantity | truth | Handrail (95% interval) | "
                     "z | |\n|---|---|---|---|---|---|\n",
          stdout);
    for (size_t i = 0; i < family->count; i++)
        if (is_row(&family->line[i]) &&
            is_control(&family->line[i]) == controls)
            put_row_cells(family, &family->line[i]);
}

static void put_sources(const struct family *family)
{
    if (family->source_count)
        fputs("\nWhere the truths come from:\n\n", stdout);
    for (size_t i = 0; i < family->source_count; i++)
        printf("%zu. %s\n", i + 1, family->source[i]);
}

/* The reasons why some intervals may be wider than 1%, each once. */
static void put_wide(const struct family *family)
{
    const char *said[SOURCES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < family->count && count < SOURCES_MAX; i++) {
        const struct line *line = &family->line[i];
        size_t j = 0;

        if (!is_row(line) || !*at(line, ROW_WIDE))
            continue;
        while (j < count && strcmp(said[j], at(line, ROW_WIDE)) != 0)
            j++;
        if (j < count)
            continue;
        said[count++] = at(line, ROW_WIDE);
        printf("\n\\* %s\n", at(line, ROW_WIDE));
    }
}

static void put_commands(const struct family *family)
{
    bool any = false;

    for (size_t i = 0; i < family->count; i++) {
        const struct line *line = &family->line[i];

        if (!is_a(line, "case", 3) || !*line->field[2])
            continue;
        if (!any)
            fputs("\n<details><summary>How to run each case</summary>\n\n"
                  "```\n",
                  stdout);
        any = true;
        printf("# %s\n%s\n", line->field[1], line->field[2]);
    }
    if (any)
        fputs("```\n\n</details>\n", stdout);
}

static void put_wrong_builds(const struct family *family)
{
    bool any = false;

    for (size_t i = 0; i < family->count; i++) {
        const struct line *line = &family->line[i];

        if (!is_wrong_build(line))
            continue;
        if (!any)
            fputs("\n| build | what is wrong | family | checks that fail | "
                  "largest \\|z\\| |\n|---|---|---|---|---|\n",
                  stdout);
        any = true;
        fputs("| ", stdout);
        put_cell(line->field[1]);
        fputs(" | ", stdout);
        put_cell(line->field[2]);
        printf(" | %s | %s of %s | %.3g |\n", line->field[3], line->field[4],
               line->field[5], strtod(line->field[6], NULL));
    }
}

static void put_family(struct family *family)
{
    printf("\n## %s\n\n%s\n", family->title, family->about);
    put_rows(family, false);
    put_wide(family);
    put_sources(family);
    for (size_t i = 0; i < family->count; i++)
        if (is_a(&family->line[i], "note", 2))
            printf("\n%s\n", family->line[i].field[1]);
    put_rows(family, true);
    put_wrong_builds(family);
    put_commands(family);
}

/* ---- counts and the opening ---- */

static void count_row(const struct line *line, struct counts *counts)
{
    const char *verdict = at(line, ROW_VERDICT);

    if (strcmp(verdict, VERIFY_NOT_RUN) == 0) {
        counts->not_run++;
    } else if (is_control(line)) {
        counts->controls++;
        counts->uncaught += strcmp(verdict, "caught") != 0;
    } else if (strcmp(verdict, "run again") == 0) {
        counts->again++;
    } else {
        counts->checks++;
        counts->failed += strcmp(verdict, "holds") != 0;
    }
}

/* A wrong build is a control: some check has to fail. */
static void count_wrong_build(const struct line *line, struct counts *counts)
{
    counts->controls++;
    counts->uncaught += atoi(line->field[4]) == 0;
}

static struct counts count_all(const struct family *family, size_t families)
{
    struct counts counts = {0};

    for (size_t f = 0; f < families; f++)
        for (size_t i = 0; i < family[f].count; i++) {
            counts.cases += is_a(&family[f].line[i], "case", 3);
            if (is_wrong_build(&family[f].line[i]))
                count_wrong_build(&family[f].line[i], &counts);
            if (is_row(&family[f].line[i]))
                count_row(&family[f].line[i], &counts);
        }
    return counts;
}

/* Which families did not run in full. */
static void put_not_full(const struct family *family, size_t families)
{
    size_t count = 0;

    for (size_t f = 0; f < families; f++) {
        if (strcmp(family[f].form, "full") == 0)
            continue;
        printf(count++ ? "; %s"
                       : "\n**In a shorter form, with fewer "
                         "replications: %s",
               family[f].title);
    }
    if (count)
        printf(". %zu checks and controls were not run.**\n",
               count_all(family, families).not_run);
}

/* |z| of a row that was judged by it for good; NAN for any other. */
static double judged_z(const struct line *line)
{
    if (!is_row(line) || is_control(line) ||
        strcmp(at(line, ROW_KIND), "near") != 0 ||
        strcmp(at(line, ROW_VERDICT), "run again") == 0)
        return NAN;
    return fabs(strtod(at(line, ROW_Z), NULL));
}

static double largest_z(const struct family *family)
{
    double largest = 0;

    for (size_t i = 0; i < family->count; i++)
        largest = fmax(largest, judged_z(&family->line[i]));
    return largest;
}

/* How many |z| lie below 1, 2 and 3, beside the normal law. */
static void put_spread(const struct family *family, size_t families)
{
    size_t below[3] = {0}, all = 0;

    for (size_t f = 0; f < families; f++)
        for (size_t i = 0; i < family[f].count; i++) {
            double z = judged_z(&family[f].line[i]);
            if (isnan(z))
                continue;
            all++;
            for (size_t k = 0; k < 3; k++)
                below[k] += z < (double)(k + 1);
        }
    if (all == 0)
        return;
    printf(
        "\nOf %zu values of z, |z| is below 1 in %.0f%%, below 2 in %.0f%% "
        "and below 3 in %.1f%%; by the normal law it would be 68%%, 95%% and "
        "99.7%% (checks of one case are not independent).\n",
        all, 100 * (double)below[0] / (double)all,
        100 * (double)below[1] / (double)all,
        100 * (double)below[2] / (double)all);
}

static void put_counts(const struct family *family, size_t families)
{
    struct counts counts = count_all(family, families);
    time_t now = time(NULL);
    struct tm utc;
    char date[16] = "";

    if (gmtime_r(&now, &utc))
        strftime(date, sizeof date, "%Y-%m-%d", &utc);
    printf("Handrail %s, %s: %zu checks in %zu cases, of which **%zu failed**; "
           "%zu were run again with a fresh seed. Of %zu controls, wrong on "
           "purpose, **%zu went unnoticed**.\n",
           HANDRAIL_VERSION, date, counts.checks, counts.cases, counts.failed,
           counts.again, counts.controls, counts.uncaught);
    put_not_full(family, families);
    puts(
        "\n| family | checks | failed | run again | largest \\|z\\| | controls "
        "caught |\n|---|---|---|---|---|---|");
    for (size_t f = 0; f < families; f++) {
        counts = count_all(&family[f], 1);
        printf("| %s | %zu | %zu | %zu | %.2f | %zu of %zu |\n",
               family[f].title, counts.checks, counts.failed, counts.again,
               largest_z(&family[f]), counts.controls - counts.uncaught,
               counts.controls);
    }
    put_spread(family, families);
}

static void put_words(const char *path, const struct family *family,
                      size_t families)
{
    FILE *file = open_file(path);
    char text[LINE_SIZE];

    while (fgets(text, sizeof text, file)) {
        if (strcmp(text, "@results\n") == 0)
            put_counts(family, families);
        else
            fputs(text, stdout);
    }
    fclose(file);
}

/* ---- whether a page has every row ---- */

static char *read_all(const char *path)
{
    FILE *file = open_file(path);
    char *text = must(calloc(1, 1));
    size_t length = 0, got;
    char part[LINE_SIZE];

    while ((got = fread(part, 1, sizeof part, file)) > 0) {
        text = must(realloc(text, length + got + 1));
        memcpy(text + length, part, got);
        text[length += got] = '\0';
    }
    fclose(file);
    return text;
}

/* The page's line for a row begins so. */
static bool has_row(const char *page, const struct line *line)
{
    char start[2 * LINE_SIZE];
    size_t used = 0;
    const char *cell[] = {at(line, ROW_CASE), at(line, ROW_QUANTITY),
                          at(line, ROW_WRONG)};

    for (size_t i = 0; i < (is_control(line) ? 3u : 2u); i++) {
        used += (size_t)snprintf(start + used, sizeof start - used, "%s",
                                 i ? " | " : "\n| ");
        for (const char *c = cell[i]; *c && used + 3 < sizeof start; c++) {
            if (*c == '|')
                start[used++] = '\\';
            start[used++] = *c;
        }
    }
    snprintf(start + used, sizeof start - used, " |");
    return strstr(page, start) != NULL;
}

static int check_page(const char *path, struct family *family, size_t families)
{
    char *page = read_all(path);
    size_t rows = 0, missing = 0;

    for (size_t f = 0; f < families; f++)
        for (size_t i = 0; i < family[f].count; i++) {
            const struct line *line = &family[f].line[i];
            if (!is_row(line))
                continue;
            rows++;
            if (has_row(page, line))
                continue;
            missing++;
            printf("%s lacks: %s: %s %s\n", path, at(line, ROW_CASE),
                   at(line, ROW_QUANTITY), at(line, ROW_WRONG));
        }
    free(page);
    /* As cmocka says it, for tests/run.sh. */
    printf("[  PASSED  ] %d test(s).\n", rows > 0 && missing == 0);
    if (rows == 0 || missing > 0)
        printf("[  FAILED  ] page: 1 test(s): run make verify\n");
    return rows == 0 || missing > 0;
}

int main(int argc, char **argv)
{
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
    int first = 3;
    size_t families = argc > first ? (size_t)(argc - first) : 0;
    struct family *family = must(calloc(families + 1, sizeof *family));
    struct counts counts;
    int status = 0;

    if (families == 0) {
        fputs("usage: page OPENING CLOSING ROWS... | page --check PAGE "
              "ROWS...\n",
              stderr);
        free(family);
        return 2;
    }
    for (size_t f = 0; f < families; f++)
        read_family(argv[first + (int)f], &family[f]);
    qsort(family, families, sizeof *family, compare_families);
    if (check) {
        status = check_page(argv[2], family, families);
    } else {
        put_words(argv[1], family, families);
        for (size_t f = 0; f < families; f++)
            put_family(&family[f]);
        put_words(argv[2], family, families);
        counts = count_all(family, families);
        status = counts.failed > 0 || counts.uncaught > 0;
    }
    for (size_t f = 0; f < families; f++)
        free_family(&family[f]);
    free(family);
    return status;
}

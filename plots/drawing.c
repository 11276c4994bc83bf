/*
 * Placeholders: "Zq017xxxx" is the text number 17 of a drawing, as wide as the
 * text so that gnuplot leaves it room. gnuplot copies it into the picture as it
 * is; there it is replaced, escaped as XML wants.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/figure_impl.h"
#include "plots/html.h"
#include "plots/words.h"

#define MARK "Zq"
#define MARK_LENGTH 5 /* with its three digits */
#define LABEL_COLUMNS 40

/* Cut `label` to `most` characters; the last then says that it was cut. There
 * is room for it behind DRAWING_LABEL_SIZE. */
static void cut_label(char *label, size_t most)
{
    static const char cut[] = "\xe2\x80\xa6";
    char *last = label;
    size_t columns = 0;

    for (char *p = label; *p; p++) {
        if (((unsigned char)*p & 0xc0) == 0x80)
            continue;
        if (columns++ == most) {
            memcpy(last, cut, sizeof cut);
            return;
        }
        if (columns == most)
            last = p;
    }
}

void drawing_label(struct drawing *drawing, const char *name, struct text *out)
{
    drawing_label_wide(drawing, name, LABEL_COLUMNS, out);
}

void drawing_label_wide(struct drawing *drawing, const char *name,
                        size_t columns, struct text *out)
{
    size_t number = drawing->label_count;
    char *label;

    SIM_REQUIRE(number < DRAWING_LABELS_MAX);
    label = drawing->label[drawing->label_count++];
    text_plain(name, label, DRAWING_LABEL_SIZE);
    cut_label(label, columns);
    text_printf(out, MARK "%03zu", number);
    for (size_t i = MARK_LENGTH; i < text_columns(label); i++)
        text_add(out, "x");
}

void drawing_number(struct text *out, double value)
{
    if (isfinite(value))
        text_printf(out, " %.6g", value);
    else
        text_add(out, " NaN");
}

const char *drawing_spread(const struct answer *answer)
{
    if (answer->result->replications < 100)
        return "-";
    return strcmp(words_run(answer->result->scenario), "simulated year") == 0
               ? "9 simulated years in 10"
               : "9 simulated runs in 10";
}

/* ---- data files ---- */

int drawing_write(struct drawing *drawing, const char *name, struct text *data)
{
    int err = scratch_write(drawing->scratch, name, data);

    text_clear(data);
    return err;
}

int drawing_write_panel(struct drawing *drawing, uint32_t panel,
                        struct text *data)
{
    char name[32];

    snprintf(name, sizeof name, "panel%u", panel);
    return drawing_write(drawing, name, data);
}

void drawing_estimate(const struct estimate *estimate, double scale,
                      struct text *out)
{
    drawing_number(out, estimate->mean * scale);
    drawing_number(out, estimate->lower * scale);
    drawing_number(out, estimate->upper * scale);
    drawing_number(out, estimate->p05 * scale);
    drawing_number(out, estimate->p95 * scale);
}

void drawing_argument(struct drawing *drawing, size_t i, const char *value)
{
    snprintf(drawing->argument[i], sizeof drawing->argument[i], "%s", value);
}

void drawing_argument_number(struct drawing *drawing, size_t i, uint32_t value)
{
    snprintf(drawing->argument[i], sizeof drawing->argument[i], "%u", value);
}

double drawing_larger(double least, double value)
{
    return isfinite(value) && value > least ? value : least;
}

/* ---- the finished picture ---- */

/* The label whose placeholder stands at `at`, and its length; or NULL. */
static const char *label_at(const struct drawing *drawing, const char *at,
                            size_t *length)
{
    size_t number = 0;

    if (strncmp(at, MARK, sizeof MARK - 1) != 0)
        return NULL;
    for (size_t i = sizeof MARK - 1; i < MARK_LENGTH; i++) {
        if (at[i] < '0' || at[i] > '9')
            return NULL;
        number = number * 10 + (size_t)(at[i] - '0');
    }
    if (number >= drawing->label_count)
        return NULL;
    *length = MARK_LENGTH + strspn(at + MARK_LENGTH, "x");
    return drawing->label[number];
}

/* Length of an element that gnuplot puts in and nobody wants, at `at`; 0 where
 * there is none: tooltips such as "gnuplot_plot_1", and its own name. */
static size_t unwanted_at(const char *at)
{
    static const char *const open[] = {"<title>", "<desc>"};
    static const char *const close[] = {"</title>", "</desc>"};

    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        const char *end;
        if (strncmp(at, open[i], strlen(open[i])) != 0)
            continue;
        end = strstr(at, close[i]);
        return end ? (size_t)(end - at) + strlen(close[i]) : 0;
    }
    return 0;
}

/* Add `svg` from behind its first tag on. */
static void add_body(const struct drawing *drawing, const char *svg,
                     struct text *out)
{
    while (*svg) {
        size_t length = unwanted_at(svg);
        const char *label;

        if (length) {
            svg += length;
            continue;
        }
        label = label_at(drawing, svg, &length);
        if (label)
            html_add(out, label);
        else
            text_add_bytes(out, svg, length = 1);
        svg += length;
    }
}

void drawing_finish(const struct drawing *drawing, const char *title,
                    const char *svg, struct text *out)
{
    const char *start = strstr(svg, "<svg");
    const char *end = start ? strchr(start, '>') : NULL;

    if (!end)
        return;
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "
                  "role=\"img\"");
    text_add_bytes(out, start + 4, (size_t)(end - start) - 4);
    text_add(out, ">\n<title>");
    html_add(out, title);
    text_add(out, ". Modelled, not observed.</title>");
    add_body(drawing, end + 1, out);
}

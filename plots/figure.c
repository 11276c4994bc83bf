/*
 * Drawing: for each figure a private folder, its data, its script, gnuplot,
 * and the finished picture.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/figure_impl.h"
#include "plots/scripts.h"

#define SCRIPT_FILE "script.gp"
#define PICTURE_FILE "picture.svg"

/* What each figure is made of. */
static struct recipe recipe_of(enum figure_id id)
{
    switch (id) {
    case FIGURE_HOURS:
        return (struct recipe){
            "Staff needed, busy and on the rota, by hour of the week",
            "figures/hours.svg", script_hours, drawing_hours};
    case FIGURE_DAYS:
        return (struct recipe){
            "Planned contacts missed, by the day they fell due",
            "figures/days.svg", script_days, drawing_days};
    case FIGURE_CURVES:
        return (struct recipe){
            "People with a crisis, or back at a higher level, in 100",
            "figures/curves.svg", script_curves, drawing_curves};
    case FIGURE_OCCUPANCY:
        return (struct recipe){"People in each level, week by week",
                               "figures/occupancy.svg", script_occupancy,
                               drawing_occupancy};
    case FIGURE_TRACE:
        return (struct recipe){"What was known after so many replications",
                               "figures/trace.svg", script_trace,
                               drawing_trace};
    default:
        return (struct recipe){
            "How people are, by days since they stepped down",
            "figures/states.svg", script_states, drawing_states};
    }
}

const char *figure_title(enum figure_id id)
{
    return recipe_of(id).title;
}

const char *figure_file(enum figure_id id)
{
    return recipe_of(id).file;
}

/* Add a script from its lines. */
static void add_script(const char *const *line, struct text *out)
{
    for (; *line; line++)
        text_add(out, *line);
}

/* The common style goes before every script. */
static int write_script(const struct scratch *scratch,
                        const char *const *script)
{
    struct text text = {0};
    int err;

    add_script(script_style, &text);
    add_script(script, &text);
    err = scratch_write(scratch, SCRIPT_FILE, &text);
    text_clear(&text);
    return err;
}

/* gnuplot reads no file of the user's own (-d); arguments of -c reach the
 * script as values of variables, never as commands. */
static enum program_end run_gnuplot(struct drawing *drawing,
                                    const struct figure_tools *tools)
{
    char program[256], plain[] = "-d", call[] = "-c";
    char *script = scratch_path(drawing->scratch, SCRIPT_FILE);
    char *picture = scratch_path(drawing->scratch, PICTURE_FILE);
    char *argv[7 + DRAWING_ARGUMENTS_MAX] = {
        program, plain, call, script, drawing->scratch->folder, picture};
    enum program_end end = PROGRAM_FAILED;

    snprintf(program, sizeof program, "%s",
             tools->gnuplot ? tools->gnuplot : "gnuplot");
    for (size_t i = 0; i < DRAWING_ARGUMENTS_MAX && drawing->argument[i][0];
         i++)
        argv[6 + i] = drawing->argument[i];
    if (script && picture)
        end = scratch_run(drawing->scratch, argv, tools->stop);
    free(script);
    free(picture);
    return end;
}

/* Take gnuplot's picture over. One that is cut short is not taken. */
static int take_picture(const struct drawing *drawing, const char *title,
                        struct figure *out)
{
    struct text raw = {0};
    int err = scratch_read(drawing->scratch, PICTURE_FILE, &raw);

    if (err == SIM_OK && raw.bytes && strstr(raw.bytes, "</svg>")) {
        drawing_finish(drawing, title, raw.bytes, &out->svg);
        out->status = FIGURE_DRAWN;
        err = text_status(&out->svg);
    }
    text_clear(&raw);
    return err == SIM_ERR_NO_MEMORY ? err : SIM_OK;
}

/* Draw with the data written. */
static int run_and_take(struct drawing *drawing, const struct recipe *recipe,
                        const struct figure_tools *tools, struct figure *out)
{
    switch (run_gnuplot(drawing, tools)) {
    case PROGRAM_DONE:
        return take_picture(drawing, recipe->title, out);
    case PROGRAM_MISSING:
        out->status = FIGURE_NO_GNUPLOT;
        return SIM_OK;
    case PROGRAM_STOPPED:
        out->status = FIGURE_STOPPED;
        return SIM_OK;
    default:
        return SIM_OK;
    }
}

/* Draw in a scratch folder that is there: data, script, gnuplot. */
static int draw_in(struct drawing *drawing, const struct recipe *recipe,
                   const struct figure_tools *tools, struct figure *out)
{
    int err = recipe->data(drawing);

    if (err == DRAWING_EMPTY) {
        out->status = FIGURE_NO_DATA;
        return SIM_OK;
    }
    if (err == SIM_OK)
        err = write_script(drawing->scratch, recipe->script);
    return err == SIM_OK ? run_and_take(drawing, recipe, tools, out) : err;
}

/* Draw one figure; only a lack of memory is an error. */
static int draw(const struct subject *subject, const struct recipe *recipe,
                const struct figure_tools *tools, struct figure *out)
{
    struct scratch scratch = {0};
    struct drawing *drawing = calloc(1, sizeof *drawing);
    int err;

    out->status = FIGURE_FAILED;
    if (!drawing)
        return SIM_ERR_NO_MEMORY;
    drawing->answer = subject->answer;
    drawing->compare = subject->compare;
    drawing->size = subject->size;
    drawing->scratch = &scratch;
    err = scratch_init(&scratch);
    if (err == SIM_OK)
        err = draw_in(drawing, recipe, tools, out);
    scratch_clear(&scratch);
    free(drawing);
    return err == SIM_ERR_NO_MEMORY ? err : SIM_OK;
}

/* Whether gnuplot was not found: then it is not looked for again. */
static bool is_missing(const struct figure *figure)
{
    return figure->status == FIGURE_NO_GNUPLOT;
}

int drawing_draw(const struct subject *subject, const struct recipe *recipe,
                 size_t count, const struct figure_tools *tools,
                 struct figure *out)
{
    int err = SIM_OK;

    memset(out, 0, count * sizeof *out);
    for (size_t i = 0; i < count && err == SIM_OK; i++) {
        if (tools->stop && *tools->stop)
            out[i].status = FIGURE_STOPPED;
        else if (i > 0 && is_missing(&out[i - 1]))
            out[i].status = FIGURE_NO_GNUPLOT;
        else
            err = draw(subject, &recipe[i], tools, &out[i]);
    }
    for (size_t i = 0; i < count && err != SIM_OK; i++)
        text_clear(&out[i].svg);
    return err;
}

int figures_draw(const struct answer *answer, const struct figure_tools *tools,
                 struct figures *out)
{
    const struct subject subject = {.answer = answer};
    struct recipe recipe[FIGURE_COUNT];

    for (int i = 0; i < FIGURE_COUNT; i++)
        recipe[i] = recipe_of((enum figure_id)i);
    return drawing_draw(&subject, recipe, FIGURE_COUNT, tools, out->figure);
}

void figures_clear(struct figures *figures)
{
    for (int i = 0; i < FIGURE_COUNT; i++)
        text_clear(&figures->figure[i].svg);
    memset(figures, 0, sizeof *figures);
}

const char *figures_complaint(const struct figures *figures)
{
    return drawing_complaint(figures->figure, FIGURE_COUNT);
}

const char *drawing_complaint(const struct figure *figure, size_t count)
{
    enum figure_status worst = FIGURE_DRAWN;

    for (size_t i = 0; i < count; i++)
        if (figure[i].status > worst)
            worst = figure[i].status;
    switch (worst) {
    case FIGURE_NO_GNUPLOT:
        return "no figures: gnuplot is not installed (Debian, Ubuntu: apt "
               "install gnuplot-nox); all results are there";
    case FIGURE_FAILED:
        return "some figures are missing: gnuplot failed, or the folder for "
               "temporary files cannot be used; all results are there";
    case FIGURE_STOPPED:
        return "some figures are missing: stopped; all results are there";
    default:
        return "";
    }
}

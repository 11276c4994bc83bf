/*
 * handrail init: a scenario of one's own to start from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <getopt.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/save.h"
#include "cli/table.h"
#include "plots/templates.h"

#define FIRST_CHOICE "blank"
#define NAME_COLUMNS 22 /* of a template's name, and the blanks around it */

static const struct option long_options[] = {
    {"from", required_argument, NULL, 'F'},
    {"force", no_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct init_options {
    const char *from;
    bool force, help;
};

/* All of them, so that help is found wherever it stands. */
static int take_options(int argc, char **argv, struct init_options *options)
{
    int option, status = STATUS_DONE;

    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        if (option == 'F')
            options->from = optarg;
        else if (option == 'f')
            options->force = true;
        else if (option == 'h')
            options->help = true;
        else
            status = usage_hint("init");
    }
    return status;
}

/* The templates are named from their table, not in the text of the help. */
static int print_help(void)
{
    struct text text = {0};

    text_add(&text, "\nTemplates:\n");
    for (const struct template *t = template_table; t->name; t++) {
        text_printf(&text, "  %-18s  ", t->name);
        table_wrap(t->about, NAME_COLUMNS, NAME_COLUMNS, &text);
    }
    fputs(command_init.help, stdout);
    if (text_status(&text) == SIM_OK)
        fputs(text.bytes, stdout);
    text_clear(&text);
    return STATUS_DONE;
}

/* Name those that there are. */
static int unknown_template(const char *name)
{
    struct text names = {0};
    int status;

    for (const struct template *t = template_table; t->name; t++)
        text_printf(&names, "%s%s", t == template_table ? "" : ", ", t->name);
    status = usage_error("init", "there is no template '%s'; there are: %s",
                         name, names.bytes ? names.bytes : "none");
    text_clear(&names);
    return status;
}

/* Write the template, and say what to do next. */
static int write_template(const struct template *template, const char *path,
                          bool force)
{
    struct text text = {0}, next = {0};
    int status;

    template_add(template, &text);
    status = save_text(&text, path, force);
    if (status != STATUS_DONE)
        return status;
    text_add_plain(&next, path);
    if (text_status(&next) == SIM_OK)
        printf("%s is written. Change it in a text editor, then:\n"
               "  handrail check %s\n"
               "  handrail run %s\n",
               next.bytes, next.bytes, next.bytes);
    text_clear(&next);
    return STATUS_DONE;
}

static int cmd_init(int argc, char **argv)
{
    struct init_options options = {.from = FIRST_CHOICE};
    const struct template *template;
    int status = take_options(argc, argv, &options);

    if (options.help)
        return print_help();
    if (status != STATUS_DONE)
        return status;
    if (optind == argc)
        return usage_error("init", "which file? Give the name of a new one");
    if (optind + 1 < argc)
        return usage_error("init", "one file at a time: '%s' is too many",
                           argv[optind + 1]);
    template = template_find(options.from);
    if (!template)
        return unknown_template(options.from);
    return write_template(template, argv[optind], options.force);
}

const struct command command_init = {
    "init", cmd_init, "write a scenario to start one's own from",
    "Usage: handrail init FILE [--from TEMPLATE]\n"
    "\n"
    "Writes a whole scenario with remarks into FILE, to be changed piece by\n"
    "piece.\n"
    "\n"
    "  --from TEMPLATE       one of those below; " FIRST_CHOICE
    " if not given\n"
    "  --force               replace FILE where it is there\n"
    "  --help                this text\n"};

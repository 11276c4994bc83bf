/*
 * handrail schema: what a scenario may hold, for editors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <getopt.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/save.h"
#include "plots/schema.h"

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"force", no_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static int cmd_schema(int argc, char **argv)
{
    const char *path = NULL;
    bool force = false, help = false;
    struct text text = {0};
    int option, status = STATUS_DONE;

    while ((option = getopt_long(argc, argv, "o:h", long_options, NULL)) !=
           -1) {
        if (option == 'o')
            path = optarg;
        else if (option == 'f')
            force = true;
        else if (option == 'h')
            help = true;
        else
            status = usage_hint("schema");
    }
    if (help) {
        fputs(command_schema.help, stdout);
        return STATUS_DONE;
    }
    if (status == STATUS_DONE && optind < argc)
        status = usage_error("schema",
                             "'%s' is too many: the schema is the "
                             "same for every scenario",
                             argv[optind]);
    if (status != STATUS_DONE)
        return status;
    schema_render(&text);
    return save_text(&text, path, force);
}

const struct command command_schema = {
    "schema", cmd_schema, "print what a scenario may hold, for an editor",
    "Usage: handrail schema [-o FILE]\n"
    "\n"
    "Prints a JSON Schema of scenario and study files, made from the tables\n"
    "that the program itself reads by. An editor that is given it completes "
    "keys,\n"
    "explains them and marks mistakes as you type; docs/editor.md says how.\n"
    "\n"
    "  -o, --output FILE     write it into FILE\n"
    "  --force               replace FILE where it is there\n"
    "  --help                this text\n"};

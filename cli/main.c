/*
 * The program: finds the command, runs it, and looks at the end whether what
 * was printed got through.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "plots/version.h"

static const struct command *const commands[] = {
    &command_init,     &command_check,  &command_run,
    &command_compare,  &command_size,   &command_explain,
    &command_describe, &command_schema, NULL};

/* The list of commands, from the one table. */
static void print_usage(FILE *stream)
{
    fputs("Usage: handrail COMMAND [options]\n"
          "\n"
          "Simulates mental-health step-down pathways: how busy staff are, "
          "which\n"
          "contacts are missed and why, how many people go back into crisis.\n"
          "What it prints is modelled, not observed; it is a planning tool, "
          "not a\n"
          "medical device, and not for the care of any one person.\n"
          "\n"
          "Commands:\n",
          stream);
    for (size_t i = 0; commands[i]; i++)
        fprintf(stream, "  %-10s %s\n", commands[i]->name,
                commands[i]->summary);
    fputs("\n"
          "  --version  print the version\n"
          "  --help     this text; 'handrail COMMAND --help' for a command\n",
          stream);
}

/* Find the command by its name and let it run, named as the user called it. */
static int dispatch(int argc, char **argv)
{
    char name[64]; /* what getopt names itself by */

    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(argv[1], commands[i]->name) != 0)
            continue;
        snprintf(name, sizeof name, "handrail %s", commands[i]->name);
        argv[1] = name;
        return commands[i]->run(argc - 1, argv + 1);
    }
    return usage_error("",
                       argv[1][0] == '-' ? "the option %s is not known"
                                         : "there is no command '%s'",
                       argv[1]);
}

/* What comes before any command. */
static int start(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return STATUS_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("handrail " HANDRAIL_VERSION);
        return STATUS_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return STATUS_DONE;
    }
    return dispatch(argc, argv);
}

/* A full disk or a closed pipe may show only when the last bytes go out. */
static int close_output(int status)
{
    int failed = ferror(stdout);

    if (fclose(stdout) == 0 && !failed)
        return status;
    complain("cannot write to standard output: %s", strerror(errno));
    return status == STATUS_DONE ? STATUS_FAILED : status;
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* every status is checked instead */
    setlocale(LC_ALL, "C");      /* numbers look the same everywhere */
    return close_output(start(argc, argv));
}

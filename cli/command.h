#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H
/*
 * Commands: what main.c knows of each, and the few things all of them share.
 * Results go to standard output, messages to standard error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

/* How the program ends. */
enum {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,      /* the run, or writing its results */
    STATUS_USAGE = 2,       /* the command line */
    STATUS_BAD_SCENARIO = 3 /* errors in a scenario */
};

struct command {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
    const char *summary;               /* one line of the list of commands */
    const char *help;                  /* after --help */
};

extern const struct command command_run;
extern const struct command command_check;
extern const struct command command_init;
extern const struct command command_describe;
extern const struct command command_schema;
extern const struct command command_explain;
extern const struct command command_compare;
extern const struct command command_size;

/* Print a message, as printf makes it, after "handrail: ", as a line. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Say where to find help with a command, "" for all of them. Returns
 * STATUS_USAGE. */
int usage_hint(const char *command);

/* Complain, then the same. */
int usage_error(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Read a whole number of `low` to `high` from all of `text`, digits only.
 * Returns whether it is one; if not, `*out` is unchanged.
 */
bool option_number(const char *text, uint32_t low, uint32_t high,
                   uint32_t *out);

/* The same of the argument of the option --`name` of `command`, getopt's
 * `optarg`; says what it may be where it is not. Returns a STATUS_. */
int option_take_number(const char *command, const char *name, uint32_t low,
                       uint32_t high, uint32_t *out);
#endif

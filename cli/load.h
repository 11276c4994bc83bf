#ifndef CLI_LOAD_H
#define CLI_LOAD_H
/*
 * Load: read a scenario for a command and print what is wrong with it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"

/* The values of --set, in the order given. */
struct settings {
    const char **value; /* [count], owned; the texts are argv's */
    size_t count;
};

/* Add one. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int settings_add(struct settings *settings, const char *value);
void settings_clear(struct settings *settings);

/*
 * Read the scenario at `path`, and print its errors and warnings to standard
 * error, with a line of their number where there are errors. Returns a STATUS_;
 * with STATUS_DONE the caller releases `*out`, else it is NULL.
 */
int load_scenario(const char *path, const struct settings *settings,
                  struct scenario **out);
#endif

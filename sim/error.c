/* Error texts, from the one list in the header.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/error.h"

#include <stdio.h>
#include <stdlib.h>

const char *sim_error_text(int error)
{
    switch (error) {
#define SIM_ERROR_TEXT(name, value, text)                                      \
    case value:                                                                \
        return text;
        SIM_ERRORS(SIM_ERROR_TEXT)
#undef SIM_ERROR_TEXT
    default:
        return "an unknown error";
    }
}

void sim_require_failed(const char *what, const char *file, int line)
{
    /* The one place below cli/ that prints: the program is already lost. */
    fprintf(stderr, "%s:%d: broken precondition: %s\n", file, line, what);
    abort();
}

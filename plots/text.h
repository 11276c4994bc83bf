#ifndef PLOTS_TEXT_H
#define PLOTS_TEXT_H
/*
 * Text: a string that grows. Every output is first made whole in one of these
 * and only then written, so that a file appears whole or not at all.
 * A failure to get memory sticks: what follows does nothing, and text_status
 * tells at the end, so that no line of a report has to be checked on its own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "sim/error.h"

struct text {
    char *bytes; /* ended by a NUL; NULL while empty */
    size_t length;
    size_t room;
    bool failed;
};

/* Release the bytes and begin again. Zeroed input is allowed. */
void text_clear(struct text *text);

/* Add a string, some bytes of one, or what printf would print. */
void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_printf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Add a text that came from a user, for a person to read: bytes that are not
 * UTF-8, control characters and marks that change the direction of writing
 * become '?', so that a name cannot steer a terminal or disguise itself.
 */
void text_add_plain(struct text *text, const char *string);

/* The same into `out` of `size` bytes, cut off at a whole character. */
void text_plain(const char *string, char *out, size_t size);

/* Length in bytes of the UTF-8 character at `string` (1 to 4) and its code in
 * `*code`; 0 where the bytes are not UTF-8. `string` is not at its end. */
size_t text_character(const char *string, unsigned long *code);

/* How many characters `string` shows, taking each for one column. */
size_t text_columns(const char *string);

/* SIM_OK, or SIM_ERR_NO_MEMORY where something is missing. */
int text_status(const struct text *text);
#endif

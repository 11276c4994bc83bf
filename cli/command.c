/* What all commands share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>

#include "plots/text.h"

/* Names in a message may come from anywhere: what could steer the terminal is
 * taken out. */
static void say(const char *format, va_list arguments)
{
    char message[4096], plain[4096];

    vsnprintf(message, sizeof message, format, arguments);
    text_plain(message, plain, sizeof plain);
    fprintf(stderr, "handrail: %s\n", plain);
}

void complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

int usage_hint(const char *command)
{
    fprintf(stderr, "Try 'handrail %s%s--help'.\n", command,
            command[0] ? " " : "");
    return STATUS_USAGE;
}

int usage_error(const char *command, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return usage_hint(command);
}

bool option_number(const char *text, uint32_t low, uint32_t high, uint32_t *out)
{
    uint64_t value = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        value = value * 10 + (uint64_t)(*text - '0');
        if (value > high)
            return false;
    }
    if (value < low)
        return false;
    *out = (uint32_t)value;
    return true;
}

int option_take_number(const char *command, const char *name, uint32_t low,
                       uint32_t high, uint32_t *out)
{
    if (option_number(optarg, low, high, out))
        return STATUS_DONE;
    return usage_error(command,
                       "--%s must be a whole number from %u to %u, not '%s'",
                       name, low, high, optarg);
}

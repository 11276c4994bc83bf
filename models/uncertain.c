/*
 * Uncertain numbers: taking their text apart.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/uncertain.h"

#include <string.h>

#define BETWEEN "between "
#define ABOUT "about "

const char uncertain_form[] =
    "'between LOW and HIGH' or 'about VALUE, 90% between LOW and HIGH'";

static bool begins_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

bool uncertain_begins(const char *text)
{
    return begins_with(text, BETWEEN) || begins_with(text, ABOUT);
}

/* Copy what stands before `end`, without spaces around it. */
static bool take(const char *text, const char *end, char out[UNCERTAIN_SIZE])
{
    size_t length;

    if (end == NULL)
        return false;
    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    length = (size_t)(end - text);
    if (length == 0 || length >= UNCERTAIN_SIZE)
        return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

bool uncertain_scan(const char *text, struct uncertain_text *out)
{
    const char *at = text, *end;

    out->about[0] = out->share[0] = '\0';
    if (begins_with(at, ABOUT)) {
        at += sizeof ABOUT - 1;
        end = strchr(at, ',');
        if (!take(at, end, out->about))
            return false;
        at = end + 1;
        end = strstr(at, " " BETWEEN);
        if (!take(at, end, out->share))
            return false;
        at = end + 1;
    }
    if (!begins_with(at, BETWEEN))
        return false;
    at += sizeof BETWEEN - 1;
    end = strstr(at, " and ");
    if (!take(at, end, out->low))
        return false;
    at = end + sizeof " and " - 1;
    end = at + strcspn(at, ",)");
    out->length = (size_t)(end - text);
    return take(at, end, out->high);
}

/*
 * Escaping, and the ids of pictures. The second works on the text of the file,
 * not on a tree: gnuplot writes ids and references in few forms, all listed
 * here, and in what a user wrote every quote is escaped, so that it cannot
 * look like one of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/html.h"

#include <string.h>

/* The escape of a character, or NULL where it needs none. */
static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_add(struct text *out, const char *string)
{
    struct text plain = {0};

    text_add_plain(&plain, string);
    for (const char *p = plain.bytes; p && *p; p++) {
        const char *escape = escape_of(*p);
        if (escape)
            text_add(out, escape);
        else
            text_add_bytes(out, p, 1);
    }
    out->failed = out->failed || plain.failed;
    text_clear(&plain);
}

/* Where an id begins behind `at`, after how many bytes; 0: not here. */
static size_t id_after(const char *at)
{
    static const char *const before[] = {" id=\"", " id='", "href=\"#",
                                         "href='#", "url(#"};

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strncmp(at, before[i], strlen(before[i])) == 0)
            return strlen(before[i]);
    return 0;
}

void html_add_svg(struct text *out, const char *svg, const char *prefix)
{
    const char *start = strstr(svg, "<svg");

    for (const char *p = start ? start : ""; *p;) {
        size_t length = id_after(p);
        text_add_bytes(out, p, length ? length : 1);
        if (length)
            text_add(out, prefix);
        p += length ? length : 1;
    }
}

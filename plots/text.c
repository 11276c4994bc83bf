/*
 * A growing string, doubled when full.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_clear(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

/* Make room for `more` bytes and a NUL. */
static bool text_reserve(struct text *text, size_t more)
{
    size_t room = text->room ? text->room : 256;
    char *bytes;

    if (text->failed)
        return false;
    while (room - text->length <= more && room <= SIZE_MAX / 2)
        room *= 2;
    if (room - text->length <= more) {
        text->failed = true;
        return false;
    }
    if (room == text->room)
        return true;
    bytes = realloc(text->bytes, room);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->room = room;
    return true;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    if (!text_reserve(text, length))
        return;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        text->failed = true;
    else if (text_reserve(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format,
                  again);
        text->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

/* Smallest code of a UTF-8 character of so many bytes: a longer form of a
 * smaller code is refused (RFC 3629, section 3). */
static bool in_shortest_form(size_t length, unsigned long code)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};

    return code >= least[length] && code <= 0x10ffff &&
           !(code >= 0xd800 && code <= 0xdfff);
}

size_t text_character(const char *string, unsigned long *code)
{
    const unsigned char *s = (const unsigned char *)string;
    size_t length = s[0] < 0x80             ? 1
                    : (s[0] & 0xe0) == 0xc0 ? 2
                    : (s[0] & 0xf0) == 0xe0 ? 3
                    : (s[0] & 0xf8) == 0xf0 ? 4
                                            : 0;
    static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned long value;

    if (length == 0)
        return 0;
    value = s[0] & mask[length];
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (s[i] & 0x3fu);
    }
    if (!in_shortest_form(length, value))
        return 0;
    *code = value;
    return length;
}

/* Controls (C0, delete, C1), marks of direction (Unicode 15, table 23-3 and
 * the isolates), line and paragraph separators, the byte order mark. */
static bool is_unwelcome(unsigned long code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x61c ||
           (code >= 0x200e && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

/* The next character of `*string` that may be shown, or "?". */
static size_t next_plain(const char **string, const char **shown)
{
    unsigned long code = 0;
    size_t length = text_character(*string, &code);

    *shown = *string;
    *string += length ? length : 1;
    if (length && !is_unwelcome(code))
        return length;
    *shown = "?";
    return 1;
}

void text_add_plain(struct text *text, const char *string)
{
    const char *shown;

    while (*string) {
        size_t length = next_plain(&string, &shown);
        text_add_bytes(text, shown, length);
    }
}

void text_plain(const char *string, char *out, size_t size)
{
    const char *shown;
    size_t used = 0;

    while (*string) {
        size_t length = next_plain(&string, &shown);
        if (used + length >= size)
            break;
        memcpy(out + used, shown, length);
        used += length;
    }
    out[used] = '\0';
}

size_t text_columns(const char *string)
{
    size_t columns = 0;

    for (; *string; string++)
        columns += ((unsigned char)*string & 0xc0) != 0x80;
    return columns;
}

int text_status(const struct text *text)
{
    return text->failed ? SIM_ERR_NO_MEMORY : SIM_OK;
}

/* Rows of verification as tab-separated lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/verify_impl.h"

#include <string.h>

void row_put(FILE *file, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '\t')
            fputs("\\t", file);
        else if (*text == '\n')
            fputs("\\n", file);
        else if (*text == '\\')
            fputs("\\\\", file);
        else
            fputc(*text, file);
    }
}

void row_unescape(char *text)
{
    char *to = text;

    for (; *text; text++) {
        if (*text == '\\' && text[1]) {
            text++;
            *to++ = (char)(*text == 't' ? '\t' : *text == 'n' ? '\n' : *text);
        } else {
            *to++ = *text;
        }
    }
    *to = '\0';
}

size_t row_split(char *line, char **field, size_t most)
{
    size_t count = 0;

    line[strcspn(line, "\n")] = '\0';
    while (line && count < most) {
        char *tab = strchr(line, '\t');

        if (tab)
            *tab = '\0';
        row_unescape(line);
        field[count++] = line;
        line = tab ? tab + 1 : NULL;
    }
    return count;
}

/*
 * Markdown from plain text. The escapes are those of CommonMark, where a
 * backslash before any punctuation takes its meaning; entities are used where
 * other readers might let HTML through.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/markdown.h"

#include <string.h>

/* One character as it is written. */
static void add_character(struct text *out, char c)
{
    if (c == '<')
        text_add(out, "&lt;");
    else if (c == '>')
        text_add(out, "&gt;");
    else if (c == '&')
        text_add(out, "&amp;");
    else if (c == '\n' || c == '\t')
        text_add(out, " ");
    else if (strchr("\\`*_[]#|~$!", c) != NULL)
        text_printf(out, "\\%c", c);
    else
        text_add_bytes(out, &c, 1);
}

/* A list or a rule begins where a line does. */
static bool begins_a_list(const char *string)
{
    size_t digits = strspn(string, "0123456789");

    if (digits > 0)
        return string[digits] == '.' || string[digits] == ')';
    return string[0] != '\0' && strchr("-+=", string[0]) != NULL;
}

/* Line ends are not for text_add_plain to judge. */
static void add_blanked(struct text *plain, const char *string)
{
    while (*string != '\0') {
        size_t length = strcspn(string, "\n\t");
        struct text part = {0};

        text_add_bytes(&part, string, length);
        text_add_plain(plain, part.bytes ? part.bytes : "");
        plain->failed = plain->failed || part.failed;
        text_clear(&part);
        string += length;
        if (*string != '\0') {
            text_add(plain, " ");
            string++;
        }
    }
}

void markdown_add(struct text *out, const char *string)
{
    struct text plain = {0};
    const char *at;

    add_blanked(&plain, string);
    at = plain.bytes ? plain.bytes : "";
    if (begins_a_list(at)) {
        size_t digits = strspn(at, "0123456789");

        text_add_bytes(out, at, digits);
        text_printf(out, "\\%c", at[digits]);
        at += digits + 1;
    }
    for (; *at != '\0'; at++)
        add_character(out, *at);
    out->failed = out->failed || plain.failed;
    text_clear(&plain);
}

void markdown_heading(struct text *out, int depth, const char *title)
{
    text_add_bytes(out, "######", (size_t)depth);
    text_add(out, " ");
    markdown_add(out, title);
    text_add(out, "\n\n");
}

/* Add what `text` holds between two strings, and release it. */
static void add_between(struct text *out, const char *before, struct text *text,
                        const char *after)
{
    out->failed = out->failed || text->failed;
    if (text->bytes) {
        text_add(out, before);
        markdown_add(out, text->bytes);
        text_add(out, after);
    }
    text_clear(text);
}

void markdown_paragraph(struct text *out, struct text *text)
{
    add_between(out, "", text, "\n\n");
}

void markdown_bullet(struct text *out, struct text *text)
{
    add_between(out, "- ", text, "\n");
}

void markdown_head(struct text *out, const char *const *heads)
{
    for (size_t i = 0; heads[i] != NULL; i++)
        text_printf(out, "| %s ", heads[i]);
    text_add(out, "|\n");
    for (size_t i = 0; heads[i] != NULL; i++)
        text_add(out, "|---");
    text_add(out, "|\n");
}

void markdown_row(struct text *out, struct text *cell, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(out, "| ");
        add_between(out, "", &cell[i], " ");
    }
    text_add(out, "|\n");
}

void markdown_end(struct text *out)
{
    text_add(out, "\n");
}

/*
 * The nearest name: edit distance by rows, three of them kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fault.h"

#include <stdio.h>
#include <string.h>

#define WORD_MAX 100u
#define LISTED_MAX ((size_t)100) /* bytes of a list of what is allowed */
/* Beyond so many faults nobody reads the hints, and they cost the most. */
#define HINTED_MAX ((size_t)100)

static char folded(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == '_' || c == '-' ? ' ' : c;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* One cell of the distance: a deletion, an insertion, a substitution, or a
 * swap of two neighbours. Row i is row[i % 3]. */
static unsigned cell(unsigned row[3][WORD_MAX + 1], const char *a,
                     const char *b, size_t i, size_t j)
{
    const unsigned *above = row[(i + 2) % 3];
    unsigned differs = folded(a[i - 1]) != folded(b[j - 1]);
    unsigned best = least(above[j], row[i % 3][j - 1]) + 1;

    best = least(best, above[j - 1] + differs);
    if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
        folded(a[i - 2]) == folded(b[j - 1]))
        best = least(best, row[(i + 1) % 3][j - 2] + 1);
    return best;
}

/* Both at most WORD_MAX bytes. */
static unsigned distance(const char *a, size_t a_length, const char *b,
                         size_t b_length)
{
    unsigned row[3][WORD_MAX + 1];

    for (size_t j = 0; j <= b_length; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        row[i % 3][0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++)
            row[i % 3][j] = cell(row, a, b, i, j);
    }
    return row[a_length % 3][b_length];
}

const char *nearest_name(const char *word, const char *const *names,
                         size_t count)
{
    size_t length = strlen(word);
    unsigned limit =
        length < 6 ? (unsigned)(length + 1) / 3 : (unsigned)length / 3;
    const char *best = NULL;

    if (length == 0 || length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(names[i]);
        size_t gap = other > length ? other - length : length - other;
        unsigned far;

        if (gap > limit || other > WORD_MAX || other == 0)
            continue;
        far = distance(word, length, names[i], other);
        if (far <= limit && (best == NULL || far < limit)) {
            best = names[i];
            limit = far;
        }
    }
    return best;
}

/* "allowed: A, B, C", or NULL where that is long or empty. */
static const char *list_allowed(struct faults *faults, const char *const *names,
                                size_t count)
{
    char text[LISTED_MAX + 20] = "allowed: ";
    size_t length = strlen(text);

    for (size_t i = 0; i < count; i++) {
        size_t more = strlen(names[i]) + 2;

        if (length + more > LISTED_MAX)
            return NULL;
        (void)snprintf(text + length, sizeof text - length, "%s%s",
                       i > 0 ? ", " : "", names[i]);
        length = strlen(text);
    }
    return count == 0 ? NULL : arena_text(faults->arena, text, length);
}

const char *faults_hint(struct faults *faults, const char *word,
                        const char *const *names, size_t count)
{
    const char *near;

    if (faults->count >= HINTED_MAX)
        return NULL;
    near = nearest_name(word, names, count);
    if (near != NULL)
        return arena_format(faults->arena, "did you mean '%s'?", near);
    return list_allowed(faults, names, count);
}

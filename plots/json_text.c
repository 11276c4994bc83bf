/* JSON values into a text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/json_text.h"

#include <stdlib.h>

json_t *json_number(double value)
{
    json_t *real = json_real(value);

    return real ? real : json_null();
}

json_t *json_words(const char *value)
{
    json_t *exact = json_string(value);
    struct text plain = {0};

    if (exact)
        return exact;
    text_add_plain(&plain, value);
    exact = json_string(plain.bytes ? plain.bytes : "");
    text_clear(&plain);
    return exact;
}

void json_text_add(json_t *value, struct text *out)
{
    char *printed =
        value ? json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(9))
              : NULL;

    if (printed)
        text_add(out, printed);
    else
        out->failed = true;
    free(printed);
    json_decref(value);
}

void json_put(json_t **object, const char *key, json_t *value)
{
    if (!*object) {
        json_decref(value);
        return;
    }
    if (json_object_set_new(*object, key, value) != 0) {
        json_decref(*object);
        *object = NULL;
    }
}

/* SHA-256 by nettle (FIPS 180-4).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/digest.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <string.h>

void digest_scenario(const struct scenario *scenario,
                     char out[DIGEST_LENGTH + 1])
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_init(&context);
    sha256_update(&context, strlen(scenario->canonical),
                  (const uint8_t *)scenario->canonical);
    sha256_digest(&context, sizeof digest, digest);
    base16_encode_update(out, sizeof digest, digest);
    out[DIGEST_LENGTH] = '\0';
}

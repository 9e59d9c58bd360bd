/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * SAs with manual keys. They have no lifetime but their sequence numbers, and no replay protection: a
 * restart begins at 1 again, which a window at the far end would take for replays (RFC 4303 2.2:
 * "SHOULD NOT" where SAs are manually keyed).
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/counter.h"
#include "gateway/manual.h"
#include "gateway/runtime.h"

/* More than the packets that sequence numbers of 32 bits allow: each takes one IV. */
#define IVS_OF_AN_SA ((uint64_t)1 << 32)

/* Of both keys, to see whether they change: the keys themselves are kept nowhere but in the secrets
 * and in the engine. */
static int digest_keys(const struct esp_suite *s, const uint8_t *keys[2],
		       uint8_t out[GW_DIGEST_LEN])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t len = esp_suite_keymat_len(s);
	bool ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 &&
		  EVP_DigestUpdate(ctx, keys[SA_IN], len) == 1 &&
		  EVP_DigestUpdate(ctx, keys[SA_OUT], len) == 1 &&
		  EVP_DigestFinal_ex(ctx, out, NULL) == 1;

	EVP_MD_CTX_free(ctx);
	return ok ? 0 : -EIO;
}

static int take_ivs(const struct esp_suite *s, uint64_t *first, struct gw_why *why)
{
	struct timespec now;

	*first = 0;
	if (!gw_manual_counts(s))
		return 0;
	if (clock_gettime(CLOCK_REALTIME, &now) < 0 || now.tv_sec < 0)
		return gw_fail(why, -EIO, "security manual %s: there is no time of day", s->name);
	return counter_take(gw->cfg.manual_counter,
			    (uint64_t)now.tv_sec * NSEC_PER_SEC + (uint64_t)now.tv_nsec,
			    IVS_OF_AN_SA, first, why);
}

static int install(struct gw_circuit *c, const uint8_t *keys[2], struct gw_why *why)
{
	struct sa_params params = {
		.path_id = c->c->id,
		.suite = c->cfg.manual,
		.next_header = c->cfg.next_header,
	};
	int rc = take_ivs(params.suite, &params.iv_start, why);

	if (rc < 0)
		return rc;
	for (int dir = SA_IN; dir <= SA_OUT && rc == 0; dir++) {
		params.dir = (enum sa_dir)dir;
		params.spi = dir == SA_IN ? c->cfg.spi_in : c->cfg.spi_out;
		params.keymat = keys[dir];
		rc = gw_sadb_add(c, &params);
	}
	if (rc < 0) {
		gw_sadb_flush(c);
		return gw_fail(why, rc, "the SAs with manual keys cannot be installed: %s",
			       strerror(-rc));
	}
	c->manual_since = clock_ns();
	LOGP(DGW, LOGL_NOTICE, "circuit %s: ESP SAs with manual keys, in 0x%08x out 0x%08x, %s\n",
	     c->name, c->cfg.spi_in, c->cfg.spi_out, c->cfg.manual->name);
	return 0;
}

int gw_manual_start(struct gw_circuit *c, struct gw_why *why)
{
	const uint8_t *keys[2];
	int rc = gw_manual_keys(c, keys, why);

	if (rc == 0 && digest_keys(c->cfg.manual, keys, c->manual_digest) < 0)
		rc = gw_fail(why, -EIO, "the cryptographic library fails");
	return rc < 0 ? rc : install(c, keys, why);
}

int gw_manual_renew(struct gw_circuit *c, struct gw_why *why)
{
	uint8_t digest[GW_DIGEST_LEN];
	const uint8_t *keys[2];
	int rc = gw_manual_keys(c, keys, why);

	if (rc < 0)
		return rc;
	if (digest_keys(c->cfg.manual, keys, digest) < 0)
		return gw_fail(why, -EIO, "the cryptographic library fails");
	if (CRYPTO_memcmp(digest, c->manual_digest, sizeof(digest)) == 0) {
		if (!gw_sadb_sending(c))
			return gw_fail(
				why, -EKEYEXPIRED,
				"the manual keys are used up: put new ones into the secrets file");
		return 0;
	}
	gw_sadb_flush(c);
	rc = install(c, keys, why);
	/* What could not be installed is not what runs: the next time tries again. */
	memset(c->manual_digest, 0, sizeof(c->manual_digest));
	if (rc == 0)
		memcpy(c->manual_digest, digest, sizeof(digest));
	return rc;
}

void gw_manual_ended(struct gw_circuit *c, uint32_t spi)
{
	struct gw_sa_show sa;

	/* Or is it news of an SA before this one, under the same SPI? */
	if (gw_sadb_sending(c) != spi || gw_sa_counters(c, SA_OUT, spi, &sa) < 0 ||
	    sa.packets < UINT32_MAX)
		return;
	gw_sadb_flush(c);
	snprintf(
		c->problem, sizeof(c->problem),
		"the sequence numbers of SA 0x%08x are used up: put new keys into the secrets file",
		spi);
	LOGP(DGW, LOGL_ERROR, "%s: %s\n", c->name, c->problem);
	gw_circuit_set_protected(c, false);
}

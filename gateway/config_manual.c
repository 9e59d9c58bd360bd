/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Configuration of manual keys (RFC 4301 4.1, RFC 2401 4.6.1): the suite and both SPIs stand in the
 * circuit, the keys in the secrets file.
 *
 * RFC 8221 3: ciphers whose IV counts "MUST NOT be used" with manual keys, for a counter that begins
 * anew under the same key gives away what it encrypts (RFC 3686 7, RFC 4106 2, RFC 4309 2). AES in
 * counter modes can be negotiated and is refused here. ChaCha20-Poly1305 has no number in IKEv1; it is
 * allowed where the operator gives the counter a file to live in (counter.h), which is the "secure
 * and persistent handling" that the RFC misses.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gateway/demux.h"
#include "gateway/manual.h"
#include "gateway/secrets.h"
#include "ipsec/sad.h"

bool gw_manual_counts(const struct esp_suite *s)
{
	switch (s->cipher) {
	case ESP_CIPHER_AES_GCM:
	case ESP_CIPHER_AES_CTR:
	case ESP_CIPHER_AES_CCM:
	case ESP_CIPHER_AES_GMAC:
	case ESP_CIPHER_CHACHA20_POLY1305:
		return true;
	case ESP_CIPHER_NULL:
	case ESP_CIPHER_AES_CBC:
	case ESP_CIPHER_3DES_CBC:
	case ESP_CIPHER_DES_CBC:
		break;
	}
	return false;
}

static int check_suite(const struct esp_suite *s, struct gw_why *why)
{
	if (esp_suite_legacy(s) && !gw->cfg.legacy_reason[0])
		return gw_fail(
			why, -EPERM,
			"security manual %s: is weak and protects little; to use it nevertheless, "
			"write 'legacy-algorithms REASON' under 'gateway' first",
			s->name);
	if (!gw_manual_counts(s))
		return 0;
	if (esp_suite_ike1(s))
		return gw_fail(
			why, -EPERM,
			"security manual %s: its IV counts and would begin anew with each start, "
			"under the same key (RFC 8221 3: MUST NOT); take 'security ike', or a "
			"suite as aes256-sha256",
			s->name);
	if (!gw->cfg.manual_counter[0])
		return gw_fail(
			why, -EPERM,
			"security manual %s: its IV counts and may never repeat under one key; "
			"write 'manual-counter-file PATH' under 'gateway' first",
			s->name);
	return 0;
}

/* Of what arrives, the first 32 bits must not look like anything else (docs/mapping.md 4.2). The peer
 * has its own reasons for the SPI that it receives with. */
static int check_spis(const struct gw_circuit *self, const struct gw_circuit_cfg *cfg,
		      struct gw_why *why)
{
	struct gw_link *l;
	struct gw_circuit *c;

	if (!sad_spi_rule(cfg->spi_in) || cfg->spi_in >> 16 == IKE_UDP_PORT)
		return gw_fail(
			why, -EINVAL,
			"security manual: inbound SPI 0x%08x: on a circuit it is above 0xff, and its "
			"upper half neither ends in the digit 2 nor is 0x01f4",
			cfg->spi_in);
	if (!sad_spi_valid(cfg->spi_out))
		return gw_fail(why, -EINVAL,
			       "security manual: outbound SPI 0x%08x: 0 to 0xff are reserved "
			       "(RFC 4303 2.1)",
			       cfg->spi_out);
	gw_for_each_circuit(l, c) if (c != self && c->cfg.manual && c->cfg.spi_in == cfg->spi_in) return gw_fail(
		why, -EBUSY,
		"security manual: inbound SPI 0x%08x: circuit %s has it already; it is unique in the "
		"gateway",
		cfg->spi_in, c->name);
	return 0;
}

int gw_manual_check(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg,
		    struct gw_why *why)
{
	int rc = check_suite(cfg->manual, why);

	if (rc == 0)
		rc = check_spis(c, cfg, why);
	if (rc == 0 && cfg->next_header == IKE_NEXT_HEADER_AUTO)
		rc = gw_fail(
			why, -EINVAL,
			"security manual: next-header auto is learned in negotiation; say 115 or "
			"0 here");
	return rc;
}

int gw_manual_keys(const struct gw_circuit *c, const uint8_t *keys[2], struct gw_why *why)
{
	static const struct {
		enum secret_kind kind;
		const char *word;
	} rows[] = {
		[SA_IN] = { SECRET_ESP_IN, "esp-in" }, [SA_OUT] = { SECRET_ESP_OUT, "esp-out" }
	};
	const struct esp_suite *s = c->cfg.manual;
	uint32_t need = esp_suite_keymat_len(s);

	for (int dir = SA_IN; dir <= SA_OUT; dir++) {
		int len = secrets_get(gw->secrets, rows[dir].kind, c->name, &keys[dir]);

		if (len < 0)
			return gw_fail(
				why, -ENOENT,
				"no `%s %s` in the secrets file; %s takes %u octets as 0xHEX",
				rows[dir].word, c->name, s->name, need);
		if ((uint32_t)len != need)
			return gw_fail(
				why, -EINVAL,
				"`%s %s` has %d octets; %s takes %u: %u of the cipher, %u of "
				"salt, %u of the authenticator",
				rows[dir].word, c->name, len, s->name, need, s->key_len,
				s->salt_len, s->auth_key_len);
	}
	return 0;
}

int gw_set_manual_counter(const char *path, struct gw_why *why)
{
	struct gw_link *l;
	struct gw_circuit *c;

	if (path[0] && path[0] != '/')
		return gw_fail(why, -EINVAL,
			       "manual-counter-file %.120s: give the whole path, from / on", path);
	if (strlen(path) >= sizeof(gw->cfg.manual_counter))
		return gw_fail(why, -ENAMETOOLONG,
			       "manual-counter-file: a path has at most %zu octets",
			       sizeof(gw->cfg.manual_counter) - 1);
	if (strcmp(path, gw->cfg.manual_counter) == 0)
		return 0;
	gw_for_each_circuit(l, c) if (
		c->cfg.manual &&
		gw_manual_counts(
			c->cfg.manual)) return gw_fail(why, -EBUSY,
						       "manual-counter-file: circuit %s counts in "
						       "it; change its 'security' first",
						       c->name);
	OSMO_STRLCPY_ARRAY(gw->cfg.manual_counter, path);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The SA database on circuits, of IKE and of manual keys: inbound SAs into the SAD, the newest outbound one onto its
 * circuit's entry in the data plane. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <osmocom/core/talloc.h>

#include "core/log.h"
#include "gateway/forward.h"
#include "gateway/runtime.h"

struct gw_sa {
	struct llist_head list;
	struct sa *sa;
};

static struct gw_sa *find_sa(const struct gw_circuit *c, enum sa_dir dir, uint32_t spi)
{
	struct gw_sa *gs;

	llist_for_each_entry (gs, &c->sas, list) {
		if (gs->sa->dir == dir && gs->sa->spi == spi)
			return gs;
	}
	return NULL;
}

#ifdef VCGW_KEY_EXPORT
/* Wireshark's names. What its ESP dissector (4.0) does not know has none: CCM, GMAC and ChaCha20; the
 * MACs from AES it can only step over, so that what is inside is read unchecked. */
static const char *const cipher_names[] = {
	[ESP_CIPHER_NULL] = "NULL",
	[ESP_CIPHER_AES_CBC] = "AES-CBC [RFC3602]",
	[ESP_CIPHER_AES_GCM] = "AES-GCM with 16 octet ICV [RFC4106]",
	[ESP_CIPHER_AES_CTR] = "AES-CTR [RFC3686]",
	[ESP_CIPHER_3DES_CBC] = "TripleDES-CBC [RFC2451]",
	[ESP_CIPHER_DES_CBC] = "DES-CBC [RFC2405]",
	[ESP_CIPHER_CHACHA20_POLY1305] = NULL, /* sizes the table */
};
static const char *const auth_names[] = {
	[ESP_AUTH_NONE] = "NULL",
	[ESP_AUTH_HMAC_SHA1_96] = "HMAC-SHA-1-96 [RFC2404]",
	[ESP_AUTH_HMAC_SHA2_256_128] = "HMAC-SHA-256-128 [RFC4868]",
	[ESP_AUTH_HMAC_SHA2_384_192] = "HMAC-SHA-384-192 [RFC4868]",
	[ESP_AUTH_HMAC_SHA2_512_256] = "HMAC-SHA-512-256 [RFC4868]",
	[ESP_AUTH_HMAC_MD5_96] = "HMAC-MD5-96 [RFC2403]",
	[ESP_AUTH_AES_XCBC_96] = "ANY 96 bit authentication [no checking]",
	[ESP_AUTH_AES_CMAC_96] = "ANY 96 bit authentication [no checking]",
};

/* One row of Wireshark's esp_sa table for each SA, to $VCGW_KEY_EXPORT/esp_sa. */
static void export_keys(const struct sa_params *params)
{
	const struct esp_suite *s = params->suite;
	const char *dir = getenv("VCGW_KEY_EXPORT");
	uint32_t n = s->key_len + s->salt_len, i;
	char path[512];
	FILE *f;

	if (!dir || !cipher_names[s->cipher] || !auth_names[s->auth])
		return;
	snprintf(path, sizeof(path), "%s/esp_sa", dir);
	f = fopen(path, "a");
	if (!f)
		return;
	fprintf(f, "\"IPv4\",\"*\",\"*\",\"0x%08x\",", params->spi);
	fprintf(f, "\"%s\",\"%s",
		s->cipher != ESP_CIPHER_AES_GCM ? cipher_names[s->cipher]
		: s->icv_len == 8		? "AES-GCM with 8 octet ICV [RFC4106]"
		: s->icv_len == 12		? "AES-GCM with 12 octet ICV [RFC4106]"
						: cipher_names[s->cipher],
		n ? "0x" : "");
	for (i = 0; i < n; i++)
		fprintf(f, "%02x", params->keymat[i]);
	fprintf(f, "\",\"%s\",\"%s", auth_names[s->auth], s->auth_key_len ? "0x" : "");
	for (; i < n + s->auth_key_len; i++)
		fprintf(f, "%02x", params->keymat[i]);
	fprintf(f, "\"\n");
	fclose(f);
}

/* IKE's rows likewise: kind "ikev1" goes to ikev1_decryption_table. */
static void export_ike_key(const char *kind, const char *row)
{
	const char *dir = getenv("VCGW_KEY_EXPORT");
	char path[512];
	FILE *f;

	if (!dir)
		return;
	snprintf(path, sizeof(path), "%s/%s_decryption_table", dir, kind);
	f = fopen(path, "a");
	if (!f)
		return;
	fprintf(f, "%s\n", row);
	fclose(f);
}

static __attribute__((constructor)) void export_ike_keys(void)
{
	ike_key_export = export_ike_key;
}
#endif

static uint32_t spi_reserve(void *priv)
{
	(void)priv;
	return sad_spi_reserve(gw->sad);
}

static void spi_release(void *priv, uint32_t spi)
{
	(void)priv;
	sad_spi_release(gw->sad, spi);
}

int gw_sadb_add(struct gw_circuit *c, const struct sa_params *params)
{
	struct gw_sa *gs = talloc_zero(NULL, struct gw_sa);
	int rc;

	if (!gs)
		return -ENOMEM;
	rc = sa_new(&gs->sa, params);
	if (rc < 0) {
		talloc_free(gs);
		return rc;
	}
	if (params->dir == SA_IN) {
		rc = sad_add(gw->sad, gs->sa);
		if (rc < 0) {
			sa_free(gs->sa);
			talloc_free(gs);
			return rc;
		}
	}
	llist_add(&gs->list, &c->sas);
	if (params->dir == SA_OUT)
		rcu_publish(c->fwd->out, gs->sa);
	if (params->dir == SA_OUT && params->ip)
		gw_uplink_is_at(c, params->ip);
	if (esp_suite_legacy(params->suite))
		LOGP(DGW, LOGL_NOTICE,
		     "circuit %s: SA 0x%08x is protected by %s only, which is weak; allowed by "
		     "'legacy-algorithms %s'\n",
		     c->name, params->spi, params->suite->name, gw->cfg.legacy_reason);
#ifdef VCGW_KEY_EXPORT
	export_keys(params);
#endif
	return 0;
}

static int add(void *priv, struct ipsec_path *path, const struct sa_params *params)
{
	(void)priv;
	return gw_sadb_add(path->priv, params);
}

static void del_sa(struct gw_circuit *c, struct gw_sa *gs)
{
	struct sa *sa = gs->sa;
	struct gw_sa *other;

	llist_del(&gs->list);
	talloc_free(gs);
	if (sa->dir == SA_IN) {
		sad_del(gw->sad, sa);
		return;
	}
	if (rcu_deref(c->fwd->out) == sa) {
		struct sa *next = NULL;

		llist_for_each_entry (other, &c->sas, list) {
			if (other->sa->dir == SA_OUT) {
				next = other->sa;
				break;
			}
		}
		rcu_publish(c->fwd->out, next);
	}
	sa_retire(sa);
}

static void del(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	struct gw_circuit *c = path->priv;
	struct gw_sa *gs = find_sa(c, dir, spi);

	(void)priv;
	if (gs)
		del_sa(c, gs);
}

static uint64_t packets(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	struct gw_sa *gs = find_sa(path->priv, dir, spi);

	(void)priv;
	return gs ? ctr_get(&gs->sa->hot.ctr_packets) : 0;
}

static void move(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi,
		 const struct sa_ip *ip)
{
	struct gw_circuit *c = path->priv;
	struct gw_sa *gs = find_sa(c, dir, spi);

	(void)priv;
	if (dir == SA_OUT)
		gw_uplink_is_at(c, ip);
	if (gs && sa_move(gs->sa, ip) < 0)
		LOGP(DGW, LOGL_ERROR, "%s: SA 0x%08x cannot follow the peer: no memory\n", c->name,
		     spi);
}

const struct ike_sadb_ops gw_sadb_ops = {
	.spi_reserve = spi_reserve,
	.spi_release = spi_release,
	.add = add,
	.del = del,
	.packets = packets,
	.move = move,
};

void gw_sadb_flush(struct gw_circuit *c)
{
	struct gw_sa *gs, *next;

	llist_for_each_entry_safe (gs, next, &c->sas, list) {
		del_sa(c, gs);
	}
}

uint32_t gw_sadb_sending(const struct gw_circuit *c)
{
	const struct sa *out = c->fwd ? rcu_deref(c->fwd->out) : NULL;

	return out ? out->spi : 0;
}

int gw_sa_counters(const struct gw_circuit *c, enum sa_dir dir, uint32_t spi,
		   struct gw_sa_show *out)
{
	struct gw_sa *gs = find_sa(c, dir, spi);

	if (!gs)
		return -ENOENT;
	*out = (struct gw_sa_show){
		.suite = gs->sa->suite,
		.esn = gs->sa->esn,
		.packets = ctr_get(&gs->sa->hot.ctr_packets),
		.octets = ctr_get(&gs->sa->hot.ctr_octets),
		.replay = ctr_get(&gs->sa->hot.ctr_replay),
		.auth = ctr_get(&gs->sa->hot.ctr_auth),
		.replay_window = dir == SA_IN ? gs->sa->hot.replay.window : 0,
		.limits = gs->sa->limits,
	};
	return 0;
}

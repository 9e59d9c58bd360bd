/* SPDX-License-Identifier: GPL-2.0-or-later */

/* IKE as a whole, names of things, and what `show` asks. */

#include <ctype.h>
#include <errno.h>
#include <stdio.h>

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

const char *const ike_counter_names[IKE_CTR_N] = {
	[IKE_CTR_RX] = "messages received",
	[IKE_CTR_TX] = "messages sent",
	[IKE_CTR_RETRANSMIT] = "retransmissions",
	[IKE_CTR_P1_UP] = "phase 1 established",
	[IKE_CTR_P2_UP] = "phase 2 established",
	[IKE_CTR_P1_FAIL] = "phase 1 failed",
	[IKE_CTR_P2_FAIL] = "phase 2 failed",
	[IKE_CTR_REKEY_P1] = "phase 1, of these rekeyed by us",
	[IKE_CTR_REKEY_P2] = "phase 2, of these rekeyed by us",
	[IKE_CTR_P1_REDUNDANT] = "phase 1, redundant: both began",
	[IKE_CTR_P2_REDUNDANT] = "phase 2, redundant: both began",
	[IKE_CTR_RX_MALFORMED] = "malformed",
	[IKE_CTR_RX_UNEXPECTED] = "unexpected",
	[IKE_CTR_RX_AUTH_FAIL] = "not authentic",
	[IKE_CTR_CERT_NONE] = "certificate: none sent",
	[IKE_CTR_CERT_MALFORMED] = "certificate: malformed",
	[IKE_CTR_CERT_WRONG_KEY] = "certificate: wrong kind of key",
	[IKE_CTR_CERT_SIGNATURE] = "certificate: bad signature",
	[IKE_CTR_CERT_WRONG_CA] = "certificate: wrong CA",
	[IKE_CTR_CERT_EXPIRED] = "certificate: out of date",
	[IKE_CTR_CERT_REVOKED] = "certificate: revoked",
	[IKE_CTR_CERT_NO_CRL] = "certificate: no current CRL",
	[IKE_CTR_CERT_UNFIT] = "certificate: unfit",
	[IKE_CTR_CERT_IDENTITY] = "certificate: another identity",
	[IKE_CTR_RX_NO_PROPOSAL] = "no proposal in common",
	[IKE_CTR_RX_ID_MISMATCH] = "wrong identity",
	[IKE_CTR_RX_DUPLICATE] = "duplicates",
	[IKE_CTR_HALF_OPEN] = "first messages answered",
	[IKE_CTR_HALF_OPEN_LIMIT] = "half-open evicted",
	[IKE_CTR_HALF_OPEN_REFUSED] = "half-open refused",
	[IKE_CTR_DPD_SENT] = "R-U-THERE sent",
	[IKE_CTR_DPD_DEAD] = "peer found dead",
	[IKE_CTR_KEEPALIVE] = "NAT keepalives sent",
	[IKE_CTR_MOVED] = "peer moved behind its NAT",
};

int ike_new(struct ike **out, unsigned int crypto_threads, const struct ike_sadb_ops *sadb,
	    void *sadb_priv)
{
	struct ike *ike = talloc_zero(NULL, struct ike);
	int rc;

	*out = NULL;
	if (!ike)
		return -ENOMEM;
	rc = ike_half_open_init(ike);
	if (rc == 0)
		rc = ike_pool_new(&ike->pool, crypto_threads);
	if (rc < 0) {
		talloc_free(ike);
		return rc;
	}
	ike->sadb = sadb;
	ike->sadb_priv = sadb_priv;
	INIT_LLIST_HEAD(&ike->peers);
	for (int i = 0; i < IKE_COOKIE_BUCKETS; i++)
		INIT_LLIST_HEAD(&ike->by_cookie[i]);
	*out = ike;
	return 0;
}

void ike_free(struct ike *ike)
{
	if (!ike)
		return;
	OSMO_ASSERT(llist_empty(&ike->peers));
	ike_pool_free(ike->pool);
	talloc_free(ike);
}

void ike_profile_init(struct ike_profile *p)
{
	/* All others only on request. */
	static const char *const esp[] = {
		"aes256gcm16",	 "aes128gcm16", "aes256-sha256",
		"aes128-sha256", "aes256-sha1", "aes128-sha1",
	};

	*p = (struct ike_profile){
		.p1 = { { 7, 256, 4, 19 }, { 7, 256, 4, 14 }, { 7, 128, 2, 14 } },
		.n_p1 = 3,
		.p1_lifetime = 28800,
		.p2_lifetime = 3600,
		.replay_window = REPLAY_WINDOW_DEFAULT,
		.dpd_interval = 10,
		.dpd_retries = 5,
		.retransmit_ms = 1000,
		.retransmit_tries = 5,
		.nat_keepalive = 20, /* RFC 3948 4 */
	};
	for (size_t i = 0; i < sizeof(esp) / sizeof(esp[0]); i++)
		p->esp[p->n_esp++] = esp_suite_by_name(esp[i]);
}

int ike_group_by_name(const char *name)
{
	for (const struct ike_group *g = ike_groups; g->name; g++)
		if (strcmp(g->name, name) == 0)
			return g->id;
	return -EINVAL;
}

const char *ike_group_name(uint16_t group)
{
	const struct ike_group *g = ike_group_by_id(group);

	return g ? g->name : NULL;
}

bool ike_group_legacy(uint16_t group)
{
	const struct ike_group *g = ike_group_by_id(group);

	return g && g->weak;
}

bool ike_group_unassigned(uint16_t group)
{
	const struct ike_group *g = ike_group_by_id(group);

	return g && g->unassigned;
}

int ike_p1_suite_parse(const char *text, struct ike_p1_suite *out)
{
	char cipher[16], hash[16], group[16], end;
	const struct ike_cipher *c;
	const struct ike_hash *h;
	int g;

	if (sscanf(text, "%15[^-]-%15[^-]-%15[^-]%c", cipher, hash, group, &end) != 3)
		return -EINVAL;
	for (c = ike_ciphers; c->name; c++)
		if (strcmp(c->name, cipher) == 0)
			break;
	for (h = ike_hashes; h->name; h++)
		if (strcmp(h->name, hash) == 0)
			break;
	g = ike_group_by_name(group);
	if (!c->name || !h->name || g < 0)
		return -EINVAL;
	out->cipher = c->id;
	out->key_bits = c->key_bits;
	out->hash = h->id;
	out->group = (uint16_t)g;
	return 0;
}

const char *ike_p1_suite_name(const struct ike_p1_suite *s, char *buf, size_t size)
{
	const struct ike_cipher *c = ike_cipher_by_id(s->cipher, s->key_bits);
	const struct ike_hash *h = ike_hash_by_id(s->hash);
	const struct ike_group *g = ike_group_by_id(s->group);

	snprintf(buf, size, "%s-%s-%s", c ? c->name : "?", h ? h->name : "?", g ? g->name : "?");
	return buf;
}

const char *ike_p1_suite_legacy(const struct ike_p1_suite *s)
{
	const struct ike_cipher *c = ike_cipher_by_id(s->cipher, s->key_bits);
	const struct ike_hash *h = ike_hash_by_id(s->hash);

	if (c && c->weak)
		return c->name;
	if (h && h->weak)
		return h->name;
	return ike_group_legacy(s->group) ? ike_group_name(s->group) : NULL;
}

/* ---- show ---- */

void ike_crypto_info(const struct ike *ike, struct ike_crypto_info *out)
{
	struct ike_pool_info i;

	ike_pool_info(ike->pool, &i);
	*out = (struct ike_crypto_info){ .threads = i.threads,
					 .waiting = i.waiting,
					 .waiting_most = i.waiting_most,
					 .working = i.working,
					 .done = i.done };
}

unsigned int ike_crypto_groups(const struct ike *ike, struct ike_crypto_group *out, unsigned int n)
{
	struct ike_pool_info info;
	unsigned int count = 0;

	ike_pool_info(ike->pool, &info);
	for (unsigned int i = 0; i < IKE_GROUPS; i++) {
		const struct ike_stock_info *s = &info.stock[i];

		if (!s->taken && !s->missed)
			continue;
		if (count < n)
			out[count] = (struct ike_crypto_group){ .name = ike_groups[i].name,
								.ready = s->ready,
								.ready_max = IKE_STOCK_MAX,
								.taken = s->taken,
								.missed = s->missed };
		count++;
	}
	return count;
}

static void id_text(const struct ike_id *id, char *buf, size_t size)
{
	struct endpoint addr;
	size_t at = 0;

	if (id->type == IKE_ID_DER_ASN1_DN) {
		ike_dn_text(id->data, id->len, buf, size);
		return;
	}
	if (size)
		buf[0] = '\0';
	if ((id->type == IKE_ID_IPV4_ADDR || id->type == IKE_ID_IPV6_ADDR) &&
	    endpoint_from_octets(id->data, id->len, &addr) == 0) {
		endpoint_text(&addr, buf, size);
		return;
	}
	for (size_t i = 0; i < id->len && at + 5 < size; i++)
		at += (size_t)snprintf(buf + at, size - at, isprint(id->data[i]) ? "%c" : "\\x%02x",
				       id->data[i]);
}

static uint32_t age_s(int64_t since_ms)
{
	return since_ms ? (uint32_t)((ike_now_ms() - since_ms) / 1000) : 0;
}

unsigned int ike_peer_sas(const struct ike_peer *peer, struct ike_sa_info *out, unsigned int n)
{
	unsigned int count = 0;
	struct ike_sa *sa;

	llist_for_each_entry (sa, &peer->sas, entry) {
		if (count < n) {
			struct ike_sa_info *i = &out[count];

			*i = (struct ike_sa_info){ .state = osmo_fsm_inst_state_name(sa->fi),
						   .initiator = sa->initiator,
						   .suite = sa->suite,
						   .method = sa->method ? sa->method->name : "psk",
						   .age = age_s(sa->up_ms),
						   .lifetime = sa->lifetime,
						   .at = sa->at,
						   .nat_here = sa->nat_here,
						   .nat_there = sa->nat_there };
			memcpy(i->icookie, sa->icookie, IKE_COOKIE_LEN);
			memcpy(i->rcookie, sa->rcookie, IKE_COOKIE_LEN);
			id_text(&sa->remote_id, i->remote_id, sizeof(i->remote_id));
		}
		count++;
	}
	return count;
}

unsigned int ike_peer_children(const struct ike_peer *peer, struct ike_child_info *out,
			       unsigned int n)
{
	const struct ike_child *live = ike_child_live(peer);
	unsigned int count = 0;
	struct ike_child *c;

	llist_for_each_entry (c, &peer->children, entry) {
		if (count < n)
			out[count] = (struct ike_child_info){ .spi_in = c->spi_in,
							      .spi_out = c->spi_out,
							      .suite = c->suite,
							      .pfs_group = c->pfs_group,
							      .next_header = c->next_header,
							      .sending = c == live,
							      .esn = c->esn,
							      .age = age_s(c->up_ms),
							      .lifetime = c->lifetime };
		count++;
	}
	return count;
}

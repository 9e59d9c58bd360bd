/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The keys of phase 1 and the messages that prove them: Main Mode 5 and 6 (RFC 2409 5, 5.4). */

#include <ctype.h>
#include <errno.h>

#include <openssl/crypto.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum { PORT_OF_IKE = 500 };

static struct ike_key_input key_input(const struct ike_sa *sa)
{
	return (struct ike_key_input){
		.psk = sa->peer->psk,
		.psk_len = sa->peer->psk_len,
		.ni = sa->ni,
		.nr = sa->nr,
		.ke_i = sa->ke_i,
		.ke_r = sa->ke_r,
		.icookie = sa->icookie,
		.rcookie = sa->rcookie,
		.enc_len = sa->suite.key_bits / 8u,
	};
}

int ike_main_keys(struct ike_sa *sa, struct ike_iov secret)
{
	struct ike_key_input in = key_input(sa);
	int rc;

	if (!in.psk_len) /* taken away since the exchange began: anybody knows an empty key */
		return -ENOKEY;
	in.secret = secret;
	rc = ike_keys_derive(&sa->keys, sa->hash, &in);
	memcpy(sa->iv, sa->keys.iv, IKE_BLOCK);
	return rc;
}

/* Nothing stands or stood between us and this peer: it may forget what it had, for it is from before
 * a restart of ours (RFC 2407 4.6.3.3). When only the SAs ended, by a silence on the way, tunnels and
 * sessions above them have not, and the peer must keep its end of them. */
static bool first_contact(const struct ike_sa *sa)
{
	return !sa->peer->acquainted && !ike_sa_best(sa->peer) && llist_empty(&sa->peer->children);
}

static void put_initial_contact(struct ike_build *b, const struct ike_sa *sa)
{
	uint8_t spi[2 * IKE_COOKIE_LEN];
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC,
				     .proto = IKE_PROTO_ISAKMP,
				     .spi_len = sizeof(spi),
				     .type = IKE_N_INITIAL_CONTACT,
				     .spi = spi };

	memcpy(spi, sa->icookie, IKE_COOKIE_LEN);
	memcpy(spi + IKE_COOKIE_LEN, sa->rcookie, IKE_COOKIE_LEN);
	ike_build_open(b, IKE_PL_NOTIFY);
	ike_notify_encode(&b->w, &n);
	ike_build_close(b);
}

/* As configured, else the address that we send from (RFC 2407 4.6.2.2). */
static struct ike_id_body local_id(const struct ike_sa *sa)
{
	const struct ike_id *me = &sa->peer->local;
	struct ike_id_body id = { .type = me->type, .data = me->data, .len = me->len };

	if (!id.type && sa->peer->path->ip) {
		id.type = endpoint_is_v4(&sa->at.local) ? IKE_ID_IPV4_ADDR : IKE_ID_IPV6_ADDR;
		id.data = endpoint_octets(&sa->at.local, &id.len);
	}
	return id;
}

int ike_main_send_auth(struct ike_sa *sa)
{
	struct ike_id_body id = local_id(sa);
	struct ike_key_input in = key_input(sa);
	uint8_t buf[IKE_OUT_MAX], hash[IKE_HASH_MAX];
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_MAIN, 0);
	struct ike_build b;
	struct ike_iov body;
	size_t at;
	int len;

	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_ID);
	ike_id_encode(&b.w, &id);
	at = ike_build_close(&b) + IKE_PL_HDR_LEN;
	body = (struct ike_iov){ buf + at, b.w.len - at };
	if (ike_auth_hash(hash, sa->hash, &sa->keys, &in, sa->initiator, sa->sai, body) < 0)
		return -EIO;
	ike_build_payload(&b, IKE_PL_HASH, hash, sa->hash->len);
	if (first_contact(sa))
		put_initial_contact(&b, sa);
	len = ike_out_finish(sa->peer, &b, sa->initiator ? IKE_MM5 : IKE_MM6, &sa->keys, sa->iv);
	if (len >= 0)
		len = ike_exchange_send(&sa->x, buf, (size_t)len, sa->initiator);
	return len;
}

/* RFC 2407 4.6.2: protocol and port are zero or UDP 500. Who floated names its new port
 * sometimes. */
static bool id_port_ok(const struct ike_sa *sa, const struct ike_id_body *id)
{
	return (id->proto == 0 && id->port == 0) ||
	       (id->proto == IKE_PROTO_UDP && (id->port == PORT_OF_IKE || id->port == 0 ||
					       (sa->encap && id->port == IKE_PORT_NATT)));
}

static bool id_same(const struct ike_id *want, const struct ike_id_body *id)
{
	if (want->type == 0)
		return true;
	if (want->type != id->type || want->len != id->len)
		return false;
	for (size_t i = 0; i < id->len; i++) {
		bool fqdn = want->type == IKE_ID_FQDN;
		int a = fqdn ? tolower(want->data[i]) : want->data[i];
		int b = fqdn ? tolower(id->data[i]) : id->data[i];

		if (a != b)
			return false;
	}
	return true;
}

static int check_id(struct ike_sa *sa, const struct ike_msg *m, const struct ike_payload *pl)
{
	struct ike_id_body id;
	char hex[2 * IKE_ID_MAX + 1] = "";

	if (ike_id_decode(&id, pl->body, pl->len) == 0 && id.len <= IKE_ID_MAX &&
	    id_port_ok(sa, &id) && id_same(&sa->peer->remote, &id)) {
		sa->remote_id.type = id.type;
		sa->remote_id.len = (uint8_t)id.len;
		memcpy(sa->remote_id.data, id.data, id.len);
		return 0;
	}
	ike_peer_count(sa->peer, IKE_CTR_RX_ID_MISMATCH);
	for (size_t i = 4; i < pl->len && i < 4 + IKE_ID_MAX; i++)
		snprintf(hex + 2 * (i - 4), 3, "%02x", pl->body[i]);
	LOGPEER(sa->peer, LOGL_NOTICE,
		"the peer calls itself identity type %u 0x%s, our configuration wants another\n",
		pl->len ? pl->body[0] : 0, hex);
	if (sa->initiator) {
		/* The peer is done: for it the SA exists. */
		memcpy(sa->iv, m->next_iv, IKE_BLOCK);
		ike_info_notify(sa, IKE_N_INVALID_ID_INFORMATION, IKE_PROTO_ISAKMP, 0);
		ike_info_delete_sa(sa);
	} else {
		ike_info_notify_clear(sa->peer, m, IKE_N_INVALID_ID_INFORMATION);
	}
	return -EACCES;
}

static int not_authentic(struct ike_sa *sa, const struct ike_msg *m, const char *what)
{
	ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
	if (ike_hint_ok(sa->peer)) {
		LOGPEER(sa->peer, LOGL_NOTICE,
			"message %d of main mode is not authentic (%s): most likely the pre-shared "
			"keys of both ends differ\n",
			sa->initiator ? 6 : 5, what);
		if (!sa->initiator)
			ike_info_notify_clear(sa->peer, m, IKE_N_AUTHENTICATION_FAILED);
	}
	return -EBADMSG;
}

/* The hashes of messages 5 and 6 do not cover their notifications (RFC 2409 5): all that speaks for
 * those is that they decrypted to sense. So nothing but sense is taken. */
static bool notifies_plausible(const struct ike_sa *sa, const struct ike_payloads *pls)
{
	uint8_t spi[2 * IKE_COOKIE_LEN];

	memcpy(spi, sa->icookie, IKE_COOKIE_LEN);
	memcpy(spi + IKE_COOKIE_LEN, sa->rcookie, IKE_COOKIE_LEN);
	for (unsigned int i = 0; i < pls->n; i++) {
		struct ike_notify_body n;

		if (pls->p[i].type != IKE_PL_NOTIFY)
			continue;
		if (ike_notify_decode(&n, pls->p[i].body, pls->p[i].len) < 0 ||
		    n.doi != IKE_DOI_IPSEC || n.proto != IKE_PROTO_ISAKMP || n.type < IKE_N_STATUS)
			return false;
		if (n.spi_len && (n.spi_len != sizeof(spi) || memcmp(n.spi, spi, sizeof(spi))))
			return false;
		if (n.type == IKE_N_INITIAL_CONTACT && n.len)
			return false;
	}
	return true;
}

int ike_main_check_auth(struct ike_sa *sa, struct ike_msg *m)
{
	const struct ike_rule *rule = &ike_rules[sa->initiator ? IKE_MM6 : IKE_MM5];
	struct ike_key_input in = key_input(sa);
	const struct ike_payload *id, *hash;
	uint8_t want[IKE_HASH_MAX];
	struct ike_iov body;

	if (!(m->hdr.flags & IKE_FLAG_ENC)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return -EPROTO;
	}
	if (ike_msg_open(m, rule, &sa->keys, sa->iv) < 0)
		return not_authentic(sa, m, m->why);
	id = ike_payload_find(&m->pls, IKE_PL_ID, 0);
	hash = ike_payload_find(&m->pls, IKE_PL_HASH, 0);
	body = (struct ike_iov){ id->body, id->len };
	if (ike_auth_hash(want, sa->hash, &sa->keys, &in, !sa->initiator, sa->sai, body) < 0)
		return -EIO;
	if (hash->len != sa->hash->len || CRYPTO_memcmp(want, hash->body, hash->len) != 0)
		return not_authentic(sa, m, "its hash does not verify");
	if (!notifies_plausible(sa, &m->pls))
		return not_authentic(sa, m, "its notification makes no sense");
	return check_id(sa, m, id);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Authentication of phase 1: a pre-shared key, or signatures with certificates (RFC 2409 5.1, 5.4,
 * RFC 4754, RFC 4945 for practice). Which messages carry it is the business of the exchanges.
 *
 * What is not authentic never ends a negotiation: anybody could have sent it. A peer that has proven
 * who it is and is not whom we want does.
 */

#include <ctype.h>
#include <errno.h>
#include <stdio.h>

#include <openssl/crypto.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum { PORT_OF_IKE = 500 };

/* ---- what there is ---- */

bool ike_auth_ready(const struct ike_peer *peer, const char **why)
{
	*why = peer->pki ? "no certificate of our own here" : "no pre-shared key here";
	return peer->pki ? ike_pki_owns(peer->pki) > 0 : peer->psk_len > 0;
}

void ike_auth_methods(const struct ike_pki *pki, struct ike_methods *out)
{
	unsigned int owns = pki ? ike_pki_owns(pki) : 0;

	*out = (struct ike_methods){ .n = 0 };
	if (!pki)
		out->id[out->n++] = IKE_AUTH_PSK;
	for (unsigned int i = 0; i < owns && out->n < IKE_METHODS_MAX; i++) {
		uint16_t id = ike_pki_own_method(pki, i)->id;
		unsigned int k = 0;

		while (k < out->n && out->id[k] != id)
			k++;
		if (k == out->n)
			out->id[out->n++] = id;
	}
}

static struct ike_key_input key_input(const struct ike_sa *sa)
{
	return (struct ike_key_input){
		.signature = sa->method,
		.psk = sa->peer->psk,
		.psk_len = sa->peer->psk_len,
		.ni = sa->ni,
		.nr = sa->nr,
		.ke_i = sa->ke_i,
		.ke_r = sa->ke_r,
		.icookie = sa->icookie,
		.rcookie = sa->rcookie,
		.cipher = ike_cipher_by_id(sa->suite.cipher, sa->suite.key_bits),
	};
}

int ike_auth_keys(struct ike_sa *sa, struct ike_iov secret)
{
	struct ike_key_input in = key_input(sa);
	int rc;

	/* Taken away since the exchange began: anybody knows an empty key. */
	if (!sa->method && !in.psk_len)
		return -ENOKEY;
	in.secret = secret;
	rc = ike_keys_derive(&sa->keys, sa->hash, &in);
	memcpy(sa->iv, sa->keys.iv, IKE_BLOCK);
	return rc;
}

/* HASH_I or HASH_R. \returns its length or -EIO. */
static int auth_hash(const struct ike_sa *sa, bool initiator, struct ike_iov id,
		     uint8_t out[IKE_HASH_MAX])
{
	bool own_hash = sa->method && sa->method->hash;
	const struct ike_hash *h = own_hash ? ike_hash_by_id(sa->method->hash) : sa->hash;
	struct ike_key_input in = key_input(sa);
	int rc = ike_auth_hash(out, h, &sa->keys, &in, initiator, sa->sai, id);

	return rc < 0 ? rc : (int)h->len;
}

/* ---- requests for certificates (RFC 2408 3.10) ---- */

void ike_auth_take_requests(struct ike_sa *sa, const struct ike_msg *m)
{
	for (unsigned int i = 0; sa->pki && i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_CERT_REQ)
			sa->asked |= ike_pki_answering(sa->pki, m->pls.p[i].body, m->pls.p[i].len);
}

void ike_auth_put_requests(const struct ike_sa *sa, struct ike_build *b)
{
	unsigned int n = sa->method ? ike_pki_cas(sa->pki) : 0;

	for (unsigned int i = 0; i < n; i++) {
		struct ike_iov name = ike_pki_ca_name(sa->pki, i);

		ike_build_open(b, IKE_PL_CERT_REQ);
		wr_u8(&b->w, IKE_CERT_X509_SIG);
		wr_bytes(&b->w, name.p, name.len);
		ike_build_close(b);
	}
}

/* ---- our side ---- */

int ike_auth_identify(struct ike_sa *sa)
{
	const struct ike_id *me = &sa->peer->local;
	struct ike_id_body id = { .type = me->type, .data = me->data, .len = me->len };
	uint8_t *body;
	struct wr w;

	if (sa->method) {
		sa->own = ike_pki_choose(sa->pki, sa->method, sa->asked);
		if (sa->own < 0)
			return sa->own;
	}
	if (!id.type && sa->method) {
		struct ike_iov subject = ike_pki_own_subject(sa->pki, (unsigned int)sa->own);

		id.type = IKE_ID_DER_ASN1_DN;
		id.data = subject.p;
		id.len = subject.len;
	} else if (!id.type && sa->peer->path->ip) { /* RFC 2407 4.6.2.2 */
		id.type = endpoint_is_v4(&sa->at.local) ? IKE_ID_IPV4_ADDR : IKE_ID_IPV6_ADDR;
		id.data = endpoint_octets(&sa->at.local, &id.len);
	}
	if (!id.type)
		return -EINVAL;
	body = talloc_size(sa, IKE_PL_HDR_LEN + id.len);
	if (!body)
		return -ENOMEM;
	w = wr_init(body, IKE_PL_HDR_LEN + id.len);
	ike_id_encode(&w, &id);
	talloc_free((void *)sa->id_me.p);
	sa->id_me = (struct ike_iov){ body, w.len };
	return 0;
}

static void signed_cb(struct ike_job *job, void *priv)
{
	struct ike_sa *sa = priv;

	sa->job = NULL;
	if (job->rc == 0)
		job->rc = ike_blob_set(sa, &sa->proof, job->sig, job->sig_len);
	osmo_fsm_inst_dispatch(sa->fi, IKE_EV_SIGNED, job);
}

int ike_auth_prove(struct ike_sa *sa)
{
	uint8_t hash[IKE_HASH_MAX];
	int len = auth_hash(sa, sa->initiator, sa->id_me, hash);

	if (len < 0)
		return len;
	if (!sa->method)
		return ike_blob_set(sa, &sa->proof, hash, (size_t)len);
	sa->job = ike_pool_submit_sign(sa->peer->ike->pool, sa->pki, (unsigned int)sa->own, hash,
				       (size_t)len, signed_cb, sa);
	return sa->job ? -EINPROGRESS : -ENOMEM;
}

void ike_auth_put_proof(const struct ike_sa *sa, struct ike_build *b)
{
	struct ike_iov cert;

	if (!sa->method) {
		ike_build_payload(b, IKE_PL_HASH, sa->proof.p, sa->proof.len);
		return;
	}
	for (unsigned int i = 0;; i++) {
		cert = ike_pki_own_cert(sa->pki, (unsigned int)sa->own, i);
		if (!cert.len)
			break;
		ike_build_open(b, IKE_PL_CERT);
		wr_u8(&b->w, IKE_CERT_X509_SIG);
		wr_bytes(&b->w, cert.p, cert.len);
		ike_build_close(b);
	}
	ike_build_payload(b, IKE_PL_SIG, sa->proof.p, sa->proof.len);
}

/* ---- the peer's side ---- */

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
	if (want->type != id->type)
		return false;
	if (want->type == IKE_ID_DER_ASN1_DN)
		return ike_dn_same(want->data, want->len, id->data, id->len);
	if (want->len != id->len)
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

/* The peer proved something, but not what we want: it hears so, and phase 1 ends. */
static int refuse_id(struct ike_sa *sa, const struct ike_msg *m)
{
	if (sa->initiator && m->hdr.flags & IKE_FLAG_ENC) {
		/* The peer is done: for it the SA exists. */
		memcpy(sa->iv, m->next_iv, IKE_BLOCK);
		ike_info_notify(sa, IKE_N_INVALID_ID_INFORMATION, IKE_PROTO_ISAKMP, 0);
		ike_info_delete_sa(sa);
	} else {
		ike_info_notify_clear(sa->peer, m, IKE_N_INVALID_ID_INFORMATION);
	}
	return -EACCES;
}

static bool is_text(const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isgraph(p[i]))
			return false;
	return len > 0;
}

/* The body of an identification payload in words for the log. */
static const char *id_words(struct ike_iov body, char *buf, size_t size)
{
	const uint8_t *p = body.p;
	size_t at;

	if (body.len > 4 && p[0] == IKE_ID_DER_ASN1_DN)
		return ike_dn_text(p + 4, body.len - 4, buf, size);
	if (body.len > 4 && p[0] == IKE_ID_FQDN && is_text(p + 4, body.len - 4)) {
		snprintf(buf, size, "fqdn %.*s", (int)body.len - 4, (const char *)p + 4);
		return buf;
	}
	at = (size_t)snprintf(buf, size, "identity type %u 0x", body.len ? p[0] : 0);
	for (size_t i = 4; i < body.len && at + 3 < size; i++)
		at += (size_t)snprintf(buf + at, size - at, "%02x", p[i]);
	return buf;
}

static int check_id(struct ike_sa *sa, const struct ike_msg *m, struct ike_iov body)
{
	struct ike_id_body id;
	char words[2 * IKE_ID_MAX + 40];

	if (ike_id_decode(&id, body.p, body.len) == 0 && id.len <= IKE_ID_MAX &&
	    id_port_ok(sa, &id) && id_same(&sa->peer->remote, &id)) {
		sa->remote_id.type = id.type;
		sa->remote_id.len = (uint8_t)id.len;
		memcpy(sa->remote_id.data, id.data, id.len);
		return 0;
	}
	ike_peer_count(sa->peer, IKE_CTR_RX_ID_MISMATCH);
	LOGPEER(sa->peer, LOGL_NOTICE,
		"the peer calls itself %s, our configuration wants another\n",
		id_words(body, words, sizeof(words)));
	return refuse_id(sa, m);
}

int ike_auth_not_authentic(struct ike_sa *sa, const struct ike_msg *m, const char *what)
{
	ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
	sa->refused = "it was not authentic";
	if (ike_hint_ok(sa->peer)) {
		LOGPEER(sa->peer, LOGL_NOTICE, "%s is not authentic (%s): %s\n", m->rule->name,
			what,
			sa->method ? "changed on its way, or the ends disagree on a hash"
				   : "most likely the pre-shared keys of both ends differ");
		if (!sa->initiator)
			ike_info_notify_clear(sa->peer, m, IKE_N_AUTHENTICATION_FAILED);
	}
	return -EBADMSG;
}

/* The hashes of phase 1 do not cover its notifications (RFC 2409 5): all that speaks for those is
 * that they decrypted to sense. So nothing but sense is taken. */
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

static void verified_cb(struct ike_job *job, void *priv)
{
	struct ike_sa *sa = priv;

	sa->job = NULL;
	osmo_fsm_inst_dispatch(sa->fi, IKE_EV_VERIFIED, job);
}

/* Have a thread look at the peer's signature, certificates and identity. */
static int begin_verify(struct ike_sa *sa, struct ike_msg *m, const struct ike_id_body *id,
			const uint8_t *hash, size_t hash_len)
{
	const struct ike_payload *sig = ike_payload_find(&m->pls, IKE_PL_SIG, 0);
	struct ike_iov certs[IKE_PAYLOADS_MAX];
	struct ike_proof proof = {
		.method = sa->method,
		.certs = certs,
		.hash = hash,
		.hash_len = hash_len,
		.sig = { sig->body, sig->len },
		.id_type = id->type,
		.id = { id->data, id->len },
		.now = time(NULL),
	};

	for (unsigned int i = 0; i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_CERT)
			certs[proof.n_certs++] =
				(struct ike_iov){ m->pls.p[i].body, m->pls.p[i].len };
	sa->job = ike_pool_submit_verify(sa->peer->ike->pool, sa->pki, &proof, verified_cb, sa);
	if (!sa->job)
		return -EIO;
	ike_msg_drop(sa->kept);
	sa->kept = ike_msg_keep(m);
	if (sa->kept)
		return -EINPROGRESS;
	ike_job_cancel(sa->job);
	sa->job = NULL;
	return -EIO;
}

int ike_auth_check(struct ike_sa *sa, struct ike_msg *m, struct ike_iov id)
{
	const struct ike_payload *hash = ike_payload_find(&m->pls, IKE_PL_HASH, 0);
	uint8_t want[IKE_HASH_MAX];
	struct ike_id_body body;
	int len = auth_hash(sa, !sa->initiator, id, want);

	if (len < 0)
		return len;
	if (!sa->method &&
	    (hash->len != (size_t)len || CRYPTO_memcmp(want, hash->body, hash->len) != 0))
		return ike_auth_not_authentic(sa, m, "its hash does not verify");
	if (!notifies_plausible(sa, &m->pls))
		return ike_auth_not_authentic(sa, m, "its notification makes no sense");
	if (!sa->method)
		return check_id(sa, m, id);
	if (ike_id_decode(&body, id.p, id.len) < 0)
		return ike_auth_not_authentic(sa, m, "its identity is malformed");
	return begin_verify(sa, m, &body, want, (size_t)len);
}

/* What an operator can do about each verdict, and at which end. */
static const struct {
	enum ike_counter ctr;
	uint16_t notify;
	const char *help;
} refusals[IKE_CERT_VERDICTS] = {
	[IKE_CERT_NONE] = { IKE_CTR_CERT_NONE, IKE_N_INVALID_CERTIFICATE,
			    "their side: the peer must send its certificate" },
	[IKE_CERT_MALFORMED] = { IKE_CTR_CERT_MALFORMED, IKE_N_INVALID_CERTIFICATE,
				 "their side: a certificate that it sent cannot be read" },
	[IKE_CERT_WRONG_KEY] = { IKE_CTR_CERT_WRONG_KEY, IKE_N_INVALID_CERTIFICATE,
				 "their side: its certificate has not the kind of key agreed on" },
	[IKE_CERT_SIGNATURE] = { IKE_CTR_CERT_SIGNATURE, IKE_N_INVALID_SIGNATURE,
				 "their side: its key and its certificate do not belong together, "
				 "or the message was changed on its way" },
	[IKE_CERT_WRONG_CA] = { IKE_CTR_CERT_WRONG_CA, IKE_N_INVALID_CERT_AUTHORITY,
				"our pki does not trust who certified the peer: either end has "
				"the wrong CA, or an intermediate certificate lacks there" },
	[IKE_CERT_EXPIRED] = { IKE_CTR_CERT_EXPIRED, IKE_N_INVALID_CERTIFICATE,
			       "their side: the certificate must be renewed, unless our clock is "
			       "wrong" },
	[IKE_CERT_REVOKED] = { IKE_CTR_CERT_REVOKED, IKE_N_INVALID_CERTIFICATE,
			       "their side: its CA has withdrawn the certificate" },
	[IKE_CERT_NO_CRL] = { IKE_CTR_CERT_NO_CRL, IKE_N_INVALID_CERTIFICATE,
			      "our side: put a current revocation list in place and send SIGHUP" },
	[IKE_CERT_UNFIT] = { IKE_CTR_CERT_UNFIT, IKE_N_INVALID_CERTIFICATE,
			     "their side: the certificate must not be used for this" },
	[IKE_CERT_IDENTITY] = { IKE_CTR_CERT_IDENTITY, IKE_N_INVALID_ID_INFORMATION,
				"their side: neither subject nor subjectAltName of its certificate "
				"is the identity that the peer gives" },
};

int ike_auth_verified(struct ike_sa *sa, const struct ike_job *job, struct ike_iov id)
{
	const struct ike_msg *m = sa->kept;
	char words[2 * IKE_ID_MAX + 40];

	if (job->verdict == IKE_CERT_OK)
		return check_id(sa, m, id);
	ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
	ike_peer_count(sa->peer, refusals[job->verdict].ctr);
	sa->refused = ike_cert_verdict_names[job->verdict];
	if (ike_hint_ok(sa->peer)) {
		LOGPEER(sa->peer, LOGL_NOTICE,
			"%s: the peer's certificate refused: %s (%s), %s; %s\n", m->rule->name,
			sa->refused, job->why, id_words(id, words, sizeof(words)),
			refusals[job->verdict].help);
		if (!sa->initiator && job->verdict != IKE_CERT_IDENTITY)
			ike_info_notify_clear(sa->peer, m, refusals[job->verdict].notify);
	}
	/* Signature and chain are good: this is no stranger, and it will not say anything else. */
	return job->verdict == IKE_CERT_IDENTITY ? refuse_id(sa, m) : -EBADMSG;
}

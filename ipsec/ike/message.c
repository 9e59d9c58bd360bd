/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/message.h"

#include <errno.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <talloc.h>

enum {
	VIDS = 40,
	NOTIFIES = 8,
	NAT_DS = 16,
	/* One for each CA that a peer trusts (RFC 2408 3.10). */
	REQUESTS = 64,
	/* A chain, and what else a peer puts into such payloads: revocation lists, its CA. */
	CERTS = 16,
	DES_KEY_LEN = 8,
};

const struct ike_rule ike_rules[IKE_STEPS] = {
	[IKE_MM1] = { "main mode message 1",
		      IKE_X_MAIN,
		      false,
		      IKE_PL_SA,
		      { { IKE_PL_SA, 1, 1 },
			{ IKE_PL_VID, 0, VIDS },
			{ IKE_PL_CERT_REQ, 0, REQUESTS } } },
	[IKE_MM2] = { "main mode message 2",
		      IKE_X_MAIN,
		      false,
		      IKE_PL_SA,
		      { { IKE_PL_SA, 1, 1 },
			{ IKE_PL_VID, 0, VIDS },
			{ IKE_PL_CERT_REQ, 0, REQUESTS } } },
	[IKE_MM3] = { "main mode message 3",
		      IKE_X_MAIN,
		      false,
		      0,
		      { { IKE_PL_KE, 1, 1 },
			{ IKE_PL_NONCE, 1, 1 },
			{ IKE_PL_VID, 0, VIDS },
			{ IKE_PL_CERT_REQ, 0, REQUESTS },
			{ IKE_PL_NAT_D, 0, NAT_DS } } },
	[IKE_MM4] = { "main mode message 4",
		      IKE_X_MAIN,
		      false,
		      0,
		      { { IKE_PL_KE, 1, 1 },
			{ IKE_PL_NONCE, 1, 1 },
			{ IKE_PL_VID, 0, VIDS },
			{ IKE_PL_CERT_REQ, 0, REQUESTS },
			{ IKE_PL_NAT_D, 0, NAT_DS } } },
	[IKE_MM5] = { "main mode message 5",
		      IKE_X_MAIN,
		      true,
		      0,
		      { { IKE_PL_ID, 1, 1 },
			{ IKE_PL_HASH, 1, 1 },
			{ IKE_PL_NOTIFY, 0, NOTIFIES },
			{ IKE_PL_VID, 0, VIDS } } },
	[IKE_MM6] = { "main mode message 6",
		      IKE_X_MAIN,
		      true,
		      0,
		      { { IKE_PL_ID, 1, 1 },
			{ IKE_PL_HASH, 1, 1 },
			{ IKE_PL_NOTIFY, 0, NOTIFIES },
			{ IKE_PL_VID, 0, VIDS } } },
	[IKE_MM5_SIG] = { "main mode message 5",
			  IKE_X_MAIN,
			  true,
			  0,
			  { { IKE_PL_ID, 1, 1 },
			    { IKE_PL_SIG, 1, 1 },
			    { IKE_PL_CERT, 0, CERTS },
			    { IKE_PL_CERT_REQ, 0, REQUESTS },
			    { IKE_PL_NOTIFY, 0, NOTIFIES },
			    { IKE_PL_VID, 0, VIDS } } },
	[IKE_MM6_SIG] = { "main mode message 6",
			  IKE_X_MAIN,
			  true,
			  0,
			  { { IKE_PL_ID, 1, 1 },
			    { IKE_PL_SIG, 1, 1 },
			    { IKE_PL_CERT, 0, CERTS },
			    { IKE_PL_CERT_REQ, 0, REQUESTS },
			    { IKE_PL_NOTIFY, 0, NOTIFIES },
			    { IKE_PL_VID, 0, VIDS } } },
	[IKE_QM1] = { "quick mode message 1",
		      IKE_X_QUICK,
		      true,
		      IKE_PL_HASH,
		      { { IKE_PL_HASH, 1, 1 },
			{ IKE_PL_SA, 1, 1 },
			{ IKE_PL_NONCE, 1, 1 },
			{ IKE_PL_KE, 0, 1 },
			{ IKE_PL_ID, 0, 2 },
			{ IKE_PL_NAT_OA, 0, 2 },
			{ IKE_PL_NOTIFY, 0, NOTIFIES },
			{ IKE_PL_VID, 0, VIDS } } },
	[IKE_QM2] = { "quick mode message 2",
		      IKE_X_QUICK,
		      true,
		      IKE_PL_HASH,
		      { { IKE_PL_HASH, 1, 1 },
			{ IKE_PL_SA, 1, 1 },
			{ IKE_PL_NONCE, 1, 1 },
			{ IKE_PL_KE, 0, 1 },
			{ IKE_PL_ID, 0, 2 },
			{ IKE_PL_NAT_OA, 0, 2 },
			{ IKE_PL_NOTIFY, 0, NOTIFIES },
			{ IKE_PL_VID, 0, VIDS } } },
	[IKE_QM3] = { "quick mode message 3",
		      IKE_X_QUICK,
		      true,
		      IKE_PL_HASH,
		      { { IKE_PL_HASH, 1, 1 }, { IKE_PL_NOTIFY, 0, NOTIFIES } } },
	[IKE_INFO] = { "informational message",
		       IKE_X_INFO,
		       true,
		       IKE_PL_HASH,
		       { { IKE_PL_HASH, 1, 1 },
			 { IKE_PL_NOTIFY, 0, NOTIFIES },
			 { IKE_PL_DELETE, 0, NOTIFIES },
			 { IKE_PL_VID, 0, VIDS } } },
	[IKE_INFO_CLEAR] = { "clear informational message",
			     IKE_X_INFO,
			     false,
			     0,
			     { { IKE_PL_NOTIFY, 1, NOTIFIES },
			       { IKE_PL_DELETE, 0, NOTIFIES },
			       { IKE_PL_VID, 0, VIDS } } },
};

static const struct ike_rule_payload *rule_row(const struct ike_rule *rule, uint8_t type)
{
	for (size_t i = 0; i < sizeof(rule->p) / sizeof(rule->p[0]) && rule->p[i].type; i++)
		if (rule->p[i].type == type)
			return &rule->p[i];
	return NULL;
}

int ike_rule_check(const struct ike_rule *rule, const struct ike_payloads *pls, const char **why,
		   uint8_t *type)
{
	for (unsigned int i = 0; i < pls->n; i++) {
		*type = pls->p[i].type;
		*why = "payload does not belong here";
		if (!rule_row(rule, *type))
			return -EPROTO;
	}
	for (size_t i = 0; i < sizeof(rule->p) / sizeof(rule->p[0]) && rule->p[i].type; i++) {
		unsigned int n = ike_payload_count(pls, rule->p[i].type);

		*type = rule->p[i].type;
		*why = n < rule->p[i].min ? "payload is missing" : "payload comes too often";
		if (n < rule->p[i].min || n > rule->p[i].max)
			return -EPROTO;
	}
	*type = rule->first;
	*why = "payload is not the first";
	if (rule->first && pls->p[0].type != rule->first)
		return -EPROTO;
	*why = NULL;
	return 0;
}

int ike_msg_init(struct ike_msg *m, const uint8_t *wire, size_t len)
{
	*m = (struct ike_msg){ .wire = wire, .wire_len = len };
	if (ike_hdr_decode(&m->hdr, wire, len) < 0)
		return -EBADMSG;
	if (m->hdr.version >> 4 != IKE_VERSION_1 >> 4 || m->hdr.len != len || len > IKE_MSG_MAX)
		return -EBADMSG;
	return 0;
}

static int cbc(bool encrypt, const struct ike_keys *keys, const uint8_t *iv, uint8_t *out,
	       const uint8_t *in, size_t len)
{
	const EVP_CIPHER *cipher = ike_cipher_evp(keys->cipher);
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t thrice[3 * DES_KEY_LEN];
	const uint8_t *key = keys->enc;
	int n = 0, rc = -EIO;

	if (keys->cipher->key_len == DES_KEY_LEN) {
		for (size_t i = 0; i < sizeof(thrice); i++)
			thrice[i] = keys->enc[i % DES_KEY_LEN];
		key = thrice;
	}
	if (cipher && ctx && EVP_CipherInit_ex2(ctx, cipher, key, iv, encrypt, NULL) == 1 &&
	    EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
	    EVP_CipherUpdate(ctx, out, &n, in, (int)len) == 1 && (size_t)n == len)
		rc = 0;
	EVP_CIPHER_CTX_free(ctx);
	OPENSSL_cleanse(thrice, sizeof(thrice));
	return rc;
}

static int msg_decrypt(struct ike_msg *m, const struct ike_keys *keys, const uint8_t *iv)
{
	size_t len = m->wire_len - IKE_HDR_LEN;
	const uint8_t *in = m->wire + IKE_HDR_LEN;
	size_t block = keys->cipher->block;

	if (len == 0 || len % block)
		return -EBADMSG;
	m->plain = talloc_size(NULL, len);
	if (!m->plain)
		return -EIO;
	m->plain_len = len;
	memcpy(m->next_iv, in + len - block, block);
	return cbc(false, keys, iv, m->plain, in, len);
}

int ike_msg_open(struct ike_msg *m, const struct ike_rule *rule, const struct ike_keys *keys,
		 const uint8_t iv[IKE_BLOCK])
{
	const uint8_t *body = m->wire + IKE_HDR_LEN;
	size_t len = m->wire_len - IKE_HDR_LEN;
	int rc;

	m->rule = rule;
	m->why = "wrong exchange or encryption flag";
	if (m->hdr.exchange != rule->exchange || rule->encrypted != !!(m->hdr.flags & IKE_FLAG_ENC))
		return -EPROTO;
	m->why = "does not decrypt to payloads";
	if (rule->encrypted) {
		rc = msg_decrypt(m, keys, iv);
		if (rc < 0)
			return rc;
		body = m->plain;
		len = m->plain_len;
	}
	rc = ike_payloads_decode(&m->pls, m->hdr.next, body, len, rule->encrypted);
	if (rc < 0) {
		if (!rule->encrypted)
			m->why = "payloads do not fit the message";
		return -EBADMSG;
	}
	return ike_rule_check(rule, &m->pls, &m->why, &m->why_type);
}

void ike_msg_close(struct ike_msg *m)
{
	if (m->plain)
		OPENSSL_cleanse(m->plain, m->plain_len);
	TALLOC_FREE(m->plain);
}

struct ike_msg *ike_msg_keep(struct ike_msg *m)
{
	struct ike_msg *kept = talloc_memdup(NULL, m, sizeof(*m));
	const uint8_t *wire = kept ? talloc_memdup(kept, m->wire, m->wire_len) : NULL;

	if (!wire) {
		talloc_free(kept);
		return NULL;
	}
	kept->wire = wire;
	/* Payloads point into what was decrypted, which moves over, or into the message itself. */
	for (unsigned int i = 0; !kept->plain && i < kept->pls.n; i++) {
		struct ike_payload *p = &kept->pls.p[i];

		p->raw = wire + (p->raw - m->wire);
		p->body = wire + (p->body - m->wire);
	}
	m->plain = NULL;
	m->pls.n = 0;
	return kept;
}

void ike_msg_drop(struct ike_msg *kept)
{
	if (kept)
		ike_msg_close(kept);
	talloc_free(kept);
}

int ike_msg_seal(uint8_t *buf, size_t len, size_t size, const struct ike_keys *keys,
		 uint8_t iv[IKE_BLOCK])
{
	struct wr w = wr_init(buf, size);
	size_t block = keys->cipher->block, pad = (block - (len - IKE_HDR_LEN) % block) % block;

	w.len = len;
	wr_zero(&w, pad);
	if (w.err || w.len > IKE_MSG_MAX)
		return -EMSGSIZE;
	buf[19] |= IKE_FLAG_ENC;
	wr_patch_u32(&w, 24, (uint32_t)w.len);
	if (cbc(true, keys, iv, buf + IKE_HDR_LEN, buf + IKE_HDR_LEN, w.len - IKE_HDR_LEN) < 0)
		return -EIO;
	memcpy(iv, buf + w.len - block, block);
	return (int)w.len;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Signatures, chains and identities. */

#include "ipsec/ike/cert.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "ipsec/ike/pki.h"

enum {
	RSA_BITS_MIN = 2048,
	RSA_BITS_MAX = 8 * IKE_SIG_MAX,
	DER_SIG_MAX = 160, /* of ECDSA: two integers of 67 octets and their headers */
	ID_IPV4_ADDR = 1,
	SECURITY_LEVEL = 2, /* of libcrypto: 112 bits, no SHA-1 in signatures */
};

const struct ike_sig_method ike_sig_methods[] = {
	{ .id = 3, .name = "rsa" },
	{ .id = 9, .name = "ecdsa-256", .curve = "prime256v1", .hash = 4, .half = 32 },
	{ .id = 10, .name = "ecdsa-384", .curve = "secp384r1", .hash = 5, .half = 48 },
	{ .id = 11, .name = "ecdsa-521", .curve = "secp521r1", .hash = 6, .half = 66 },
	{ .name = NULL },
};

const struct ike_sig_method *ike_sig_method_by_id(uint16_t id)
{
	for (const struct ike_sig_method *m = ike_sig_methods; m->name; m++)
		if (m->id == id)
			return m;
	return NULL;
}

const char *const ike_cert_verdict_names[IKE_CERT_VERDICTS] = {
	[IKE_CERT_OK] = "good",
	[IKE_CERT_NONE] = "no certificate",
	[IKE_CERT_MALFORMED] = "malformed",
	[IKE_CERT_WRONG_KEY] = "wrong kind of key",
	[IKE_CERT_SIGNATURE] = "bad signature",
	[IKE_CERT_WRONG_CA] = "wrong CA",
	[IKE_CERT_EXPIRED] = "expired or not valid yet",
	[IKE_CERT_REVOKED] = "revoked",
	[IKE_CERT_NO_CRL] = "no current revocation list",
	[IKE_CERT_UNFIT] = "unfit",
	[IKE_CERT_IDENTITY] = "another identity",
};

const struct ike_sig_method *pki_key_method(const EVP_PKEY *key)
{
	char curve[32];
	int bits = EVP_PKEY_get_bits(key);

	for (const struct ike_sig_method *m = ike_sig_methods; m->name; m++) {
		if (!m->curve && EVP_PKEY_is_a(key, "RSA"))
			return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? m : NULL;
		if (m->curve && EVP_PKEY_is_a(key, "EC") &&
		    EVP_PKEY_get_group_name(key, curve, sizeof(curve), NULL) == 1 &&
		    strcmp(curve, m->curve) == 0)
			return m;
	}
	return NULL;
}

/* ---- what we have ---- */

unsigned int ike_pki_cas(const struct ike_pki *pki)
{
	return pki->n_cas;
}

struct ike_iov ike_pki_ca_name(const struct ike_pki *pki, unsigned int n)
{
	return (struct ike_iov){ pki->ca[n].name, (size_t)pki->ca[n].name_len };
}

unsigned int ike_pki_owns(const struct ike_pki *pki)
{
	return pki->n_own;
}

const struct ike_sig_method *ike_pki_own_method(const struct ike_pki *pki, unsigned int own)
{
	return pki->own[own].method;
}

struct ike_iov ike_pki_own_subject(const struct ike_pki *pki, unsigned int own)
{
	return (struct ike_iov){ pki->own[own].subject, (size_t)pki->own[own].subject_len };
}

struct ike_iov ike_pki_own_cert(const struct ike_pki *pki, unsigned int own, unsigned int i)
{
	const struct pki_own *o = &pki->own[own];

	return i < o->n ? (struct ike_iov){ o->der[i], (size_t)o->len[i] }
			: (struct ike_iov){ NULL, 0 };
}

/* Each certificate that we send names its issuer; one of ours in between may be trusted itself. */
static bool chain_names(const struct pki_own *own, const X509_NAME *ca)
{
	for (unsigned int i = 0; i < own->n; i++)
		if (X509_NAME_cmp(X509_get_issuer_name(own->x[i]), ca) == 0)
			return true;
	return false;
}

uint32_t ike_pki_answering(const struct ike_pki *pki, const uint8_t *body, size_t len)
{
	const uint8_t *p = body + 1;
	uint32_t asked = 0;
	X509_NAME *ca;

	if (len == 0 || body[0] != IKE_CERT_X509_SIG || len > IKE_CERT_DER_MAX)
		return 0;
	if (len == 1)
		return (UINT32_C(1) << pki->n_own) - 1;
	ca = d2i_X509_NAME(NULL, &p, (long)len - 1);
	for (unsigned int i = 0; ca && p == body + len && i < pki->n_own; i++)
		if (chain_names(&pki->own[i], ca))
			asked |= UINT32_C(1) << i;
	X509_NAME_free(ca);
	ERR_clear_error();
	return asked;
}

int ike_pki_choose(const struct ike_pki *pki, const struct ike_sig_method *method, uint32_t asked)
{
	int any = -ENOENT;

	for (unsigned int i = 0; i < pki->n_own; i++) {
		if (pki->own[i].method != method)
			continue;
		if (asked & UINT32_C(1) << i)
			return (int)i;
		if (any < 0)
			any = (int)i;
	}
	return any;
}

/* ---- signatures ---- */

/* DER to r | s, each of fixed length (RFC 4754 7). */
static int rs_from_der(const struct ike_sig_method *m, const uint8_t *der, size_t len, uint8_t *sig)
{
	ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &der, (long)len);
	int rc = -EIO, half = (int)m->half;

	if (s && BN_bn2binpad(ECDSA_SIG_get0_r(s), sig, half) == half &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(s), sig + half, half) == half)
		rc = 2 * half;
	ECDSA_SIG_free(s);
	return rc;
}

static int rs_to_der(const struct ike_sig_method *m, struct ike_iov sig, uint8_t der[DER_SIG_MAX])
{
	ECDSA_SIG *s = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(sig.p, (int)m->half, NULL);
	BIGNUM *t = BN_bin2bn((const uint8_t *)sig.p + m->half, (int)m->half, NULL);
	int len = -EIO;

	if (s && r && t && ECDSA_SIG_set0(s, r, t) == 1) {
		r = t = NULL; /* s has them now */
		len = i2d_ECDSA_SIG(s, NULL);
		len = len > 0 && len <= DER_SIG_MAX ? i2d_ECDSA_SIG(s, &der) : -EIO;
	}
	BN_free(r);
	BN_free(t);
	ECDSA_SIG_free(s);
	return len;
}

int ike_pki_sign(const struct ike_pki *pki, unsigned int own, const uint8_t *hash, size_t hash_len,
		 uint8_t sig[IKE_SIG_MAX])
{
	const struct pki_own *o = &pki->own[own];
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(o->key, NULL);
	uint8_t out[IKE_SIG_MAX];
	size_t len = sizeof(out);
	int rc = -EIO;

	/* No digest is set: so there is no DigestInfo in it either (RFC 2409 5.1). */
	if (!ctx || EVP_PKEY_sign_init(ctx) != 1)
		goto out;
	if (!o->method->curve && EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) != 1)
		goto out;
	if (EVP_PKEY_sign(ctx, out, &len, hash, hash_len) != 1)
		goto out;
	if (o->method->curve) {
		rc = rs_from_der(o->method, out, len, sig);
	} else {
		memcpy(sig, out, len);
		rc = (int)len;
	}
out:
	EVP_PKEY_CTX_free(ctx);
	ERR_clear_error();
	return rc;
}

static bool signature_ok(EVP_PKEY *key, const struct ike_proof *p)
{
	uint8_t der[DER_SIG_MAX];
	const uint8_t *sig = p->sig.p;
	size_t len = p->sig.len;
	EVP_PKEY_CTX *ctx;
	int n, ok = 0;

	if (p->method->curve) {
		if (len != 2 * p->method->half)
			return false;
		n = rs_to_der(p->method, p->sig, der);
		if (n < 0)
			return false;
		sig = der;
		len = (size_t)n;
	} else if (len != (size_t)EVP_PKEY_get_size(key)) {
		return false;
	}
	ctx = EVP_PKEY_CTX_new(key, NULL);
	if (ctx && EVP_PKEY_verify_init(ctx) == 1 &&
	    (p->method->curve || EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1))
		ok = EVP_PKEY_verify(ctx, sig, len, p->hash, p->hash_len);
	EVP_PKEY_CTX_free(ctx);
	return ok == 1;
}

/* ---- the chain ---- */

static enum ike_cert_verdict verdict_of(int error)
{
	switch (error) {
	case X509_V_OK:
		return IKE_CERT_OK;
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_CERT_SIGNATURE_FAILURE:
	case X509_V_ERR_CERT_UNTRUSTED:
		return IKE_CERT_WRONG_CA;
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return IKE_CERT_EXPIRED;
	case X509_V_ERR_CERT_REVOKED:
		return IKE_CERT_REVOKED;
	case X509_V_ERR_UNABLE_TO_GET_CRL:
	case X509_V_ERR_CRL_HAS_EXPIRED:
	case X509_V_ERR_CRL_NOT_YET_VALID:
		return IKE_CERT_NO_CRL;
	default:
		return IKE_CERT_UNFIT;
	}
}

/* A list that is missing or out of date is no matter where we do not insist on one; nor is the list
 * of whoever certified the CA that we trust by configuration. */
static int crl_cb(int ok, X509_STORE_CTX *ctx)
{
	const enum ike_crl_mode *mode = X509_STORE_CTX_get_app_data(ctx);
	int error = X509_STORE_CTX_get_error(ctx);
	STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(ctx);
	bool anchor = X509_STORE_CTX_get_error_depth(ctx) == sk_X509_num(chain) - 1;

	if (!ok && verdict_of(error) == IKE_CERT_NO_CRL &&
	    (*mode == IKE_CRL_IF_PRESENT || (anchor && error == X509_V_ERR_UNABLE_TO_GET_CRL))) {
		X509_STORE_CTX_set_error(ctx, X509_V_OK);
		return 1;
	}
	return ok;
}

static void subject_text(X509 *x, char *buf, size_t size)
{
	uint8_t *der = NULL;
	int len = i2d_X509_NAME(X509_get_subject_name(x), &der);

	ike_dn_text(der, len > 0 ? (size_t)len : 0, buf, size);
	OPENSSL_free(der);
}

/* One pass over the chain; the CA that it leads to in *anchor. */
static int check_chain(const struct ike_pki *pki, X509 *leaf, STACK_OF(X509) * others, time_t now,
		       enum ike_crl_mode mode, const struct pki_ca **anchor, char *why)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	int error = X509_V_ERR_OUT_OF_MEM;
	char subject[100] = "";
	X509_VERIFY_PARAM *param;
	STACK_OF(X509) * chain;
	X509 *at;

	if (!ctx || X509_STORE_CTX_init(ctx, pki->store, leaf, others) != 1)
		goto out;
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
	X509_VERIFY_PARAM_set_time(param, now);
	X509_VERIFY_PARAM_set_depth(param, IKE_CERT_CHAIN_MAX);
	X509_VERIFY_PARAM_set_auth_level(param, SECURITY_LEVEL);
	/* A CA is trusted because it is configured, be it a root or not. */
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
	if (mode != IKE_CRL_OFF) {
		X509_VERIFY_PARAM_set_flags(param,
					    X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
		X509_STORE_CTX_set_app_data(ctx, &mode);
		X509_STORE_CTX_set_verify_cb(ctx, crl_cb);
	}
	error = X509_verify_cert(ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(ctx);
	if (error == X509_V_OK) {
		chain = X509_STORE_CTX_get0_chain(ctx);
		at = sk_X509_value(chain, sk_X509_num(chain) - 1);
		for (unsigned int i = 0; i < pki->n_cas; i++)
			if (X509_cmp(pki->ca[i].x, at) == 0)
				*anchor = &pki->ca[i];
		goto out;
	}
	at = X509_STORE_CTX_get_current_cert(ctx);
	if (at)
		subject_text(at, subject, sizeof(subject));
	snprintf(why, IKE_CERT_WHY_MAX, "%s: %s", subject, X509_verify_cert_error_string(error));
out:
	X509_STORE_CTX_free(ctx);
	return error;
}

/* Twice: which CA it is says how revocation lists are looked at. */
static enum ike_cert_verdict chain_verdict(const struct ike_pki *pki, X509 *leaf,
					   STACK_OF(X509) * others, time_t now, char *why)
{
	const struct pki_ca *anchor = NULL;
	uint32_t usage = X509_get_key_usage(leaf);
	int error = check_chain(pki, leaf, others, now, IKE_CRL_OFF, &anchor, why);

	if (error == X509_V_OK && !anchor)
		error = X509_V_ERR_CERT_UNTRUSTED;
	if (error == X509_V_OK && anchor->crl != IKE_CRL_OFF)
		error = check_chain(pki, leaf, others, now, anchor->crl, &anchor, why);
	if (error != X509_V_OK)
		return verdict_of(error);
	/* RFC 4945 5.1.3.2. Without the extension every bit is set. */
	if (!(usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))) {
		snprintf(why, IKE_CERT_WHY_MAX, "its key usage has no digital signature");
		return IKE_CERT_UNFIT;
	}
	return IKE_CERT_OK;
}

/* ---- identity ---- */

static bool name_is(const ASN1_STRING *s, struct ike_iov id, bool host)
{
	const char *name = (const char *)ASN1_STRING_get0_data(s);

	if ((size_t)ASN1_STRING_length(s) != id.len)
		return false;
	return host ? strncasecmp(name, id.p, id.len) == 0 : memcmp(name, id.p, id.len) == 0;
}

/* Names are compared whole: no wildcards (RFC 4945 3.1.2). */
static bool alt_name_proves(X509 *x, uint8_t type, struct ike_iov id)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
	bool found = false;

	for (int i = 0; !found && i < sk_GENERAL_NAME_num(names); i++) {
		const GENERAL_NAME *n = sk_GENERAL_NAME_value(names, i);

		if (type == IKE_ID_FQDN && n->type == GEN_DNS)
			found = name_is(n->d.dNSName, id, true);
		else if (type == IKE_ID_USER_FQDN && n->type == GEN_EMAIL)
			found = name_is(n->d.rfc822Name, id, false);
		else if (type == ID_IPV4_ADDR && n->type == GEN_IPADD)
			found = id.len == 4 && name_is(n->d.iPAddress, id, false);
	}
	GENERAL_NAMES_free(names);
	return found;
}

static bool proves(X509 *x, uint8_t type, struct ike_iov id)
{
	uint8_t *subject = NULL;
	int len;
	bool same;

	if (id.len == 0)
		return false;
	if (type != IKE_ID_DER_ASN1_DN)
		return alt_name_proves(x, type, id);
	len = i2d_X509_NAME(X509_get_subject_name(x), &subject);
	same = len > 2 && ike_dn_same(subject, (size_t)len, id.p, id.len);
	OPENSSL_free(subject);
	return same;
}

bool ike_pki_own_proves(const struct ike_pki *pki, unsigned int own, uint8_t id_type,
			struct ike_iov id)
{
	return proves(pki->own[own].x[0], id_type, id);
}

/* ---- the whole ---- */

/* What it sent: others gets every certificate. Other encodings are passed over. */
static enum ike_cert_verdict take_certs(const struct ike_proof *p, STACK_OF(X509) * others)
{
	for (unsigned int i = 0; i < p->n_certs; i++) {
		const uint8_t *body = p->certs[i].p, *at = body + 1;
		size_t len = p->certs[i].len;
		X509 *x;

		if (len == 0 || len > IKE_CERT_DER_MAX)
			return IKE_CERT_MALFORMED;
		if (body[0] != IKE_CERT_X509_SIG)
			continue;
		if (sk_X509_num(others) == IKE_CERT_CHAIN_MAX)
			return IKE_CERT_MALFORMED;
		x = d2i_X509(NULL, &at, (long)len - 1);
		if (!x || at != body + len || sk_X509_push(others, x) <= 0) {
			X509_free(x);
			return IKE_CERT_MALFORMED;
		}
	}
	return sk_X509_num(others) > 0 ? IKE_CERT_OK : IKE_CERT_NONE;
}

/* Which one is its own? The one whose key made the signature (RFC 4945 3.3.4: any order). */
static X509 *find_signer(const struct ike_proof *p, STACK_OF(X509) * certs,
			 enum ike_cert_verdict *verdict)
{
	*verdict = IKE_CERT_WRONG_KEY;
	for (int i = 0; i < sk_X509_num(certs); i++) {
		X509 *x = sk_X509_value(certs, i);
		EVP_PKEY *key = X509_get0_pubkey(x);

		if (!key || pki_key_method(key) != p->method)
			continue;
		*verdict = IKE_CERT_SIGNATURE;
		if (!signature_ok(key, p))
			continue;
		*verdict = IKE_CERT_OK;
		return x;
	}
	return NULL;
}

enum ike_cert_verdict ike_pki_verify(const struct ike_pki *pki, const struct ike_proof *proof,
				     char why[IKE_CERT_WHY_MAX])
{
	STACK_OF(X509) *certs = sk_X509_new_null();
	enum ike_cert_verdict v = certs ? take_certs(proof, certs) : IKE_CERT_UNFIT;
	X509 *leaf = NULL;

	why[0] = '\0';
	if (v == IKE_CERT_OK)
		leaf = find_signer(proof, certs, &v);
	if (v == IKE_CERT_OK)
		v = chain_verdict(pki, leaf, certs, proof->now, why);
	if (v == IKE_CERT_OK && !proves(leaf, proof->id_type, proof->id)) {
		v = IKE_CERT_IDENTITY;
		subject_text(leaf, why, IKE_CERT_WHY_MAX);
	}
	if (!why[0])
		snprintf(why, IKE_CERT_WHY_MAX, "%s", ike_cert_verdict_names[v]);
	sk_X509_pop_free(certs, X509_free);
	ERR_clear_error();
	return v;
}

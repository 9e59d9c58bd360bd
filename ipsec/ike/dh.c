/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/dh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

struct ike_dh {
	const struct ike_group *group;
	BIGNUM *x;	/* MODP */
	EVP_PKEY *pkey; /* ECP */
	uint8_t pub[IKE_DH_PUB_MAX];
};

struct ike_group_ops {
	BIGNUM *(*prime)(BIGNUM *bn); /* MODP */
	const char *curve;	      /* ECP */
	int (*generate)(struct ike_dh *dh);
	int (*import)(struct ike_dh *dh, const uint8_t *priv, size_t priv_len, const uint8_t *pub,
		      size_t pub_len);
	int (*derive)(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret);
};

/* Twice the strength of the groups: RFC 3526 8 asks 220-320 bits for 2048, 260-420 for 3072 at the
 * strengths that it estimates; 256 bits of exponent give 128 bits of work. */
enum { MODP_EXPONENT_BITS = 256, MODP_GENERATOR = 2 };

/* out = base ^ x mod p, in constant time, with leading zeros kept. base NULL is the generator. */
static int modp_exp(struct ike_dh *dh, const uint8_t *base, uint8_t *out)
{
	size_t len = dh->group->pub_len;
	BN_CTX *ctx = BN_CTX_secure_new();
	BIGNUM *p = dh->group->ops->prime(NULL), *y = BN_new(), *r = BN_secure_new();
	BIGNUM *p1 = BN_new();
	int rc = -EIO;

	if (!ctx || !p || !y || !r || !p1)
		goto out;
	if (base ? !BN_bin2bn(base, (int)len, y) : !BN_set_word(y, MODP_GENERATOR))
		goto out;
	/* 1 < y < p - 1: the others have order 1 or 2 and give the secret away. */
	if (!BN_copy(p1, p) || !BN_sub_word(p1, 1))
		goto out;
	if (BN_cmp(y, BN_value_one()) <= 0 || BN_cmp(y, p1) >= 0) {
		rc = -EBADMSG;
		goto out;
	}
	if (BN_mod_exp_mont_consttime(r, y, dh->x, p, ctx, NULL) &&
	    BN_bn2binpad(r, out, (int)len) == (int)len)
		rc = 0;
out:
	BN_free(p1);
	BN_clear_free(r);
	BN_free(y);
	BN_free(p);
	BN_CTX_free(ctx);
	return rc;
}

static int modp_generate(struct ike_dh *dh)
{
	dh->x = BN_secure_new();
	if (!dh->x || !BN_priv_rand(dh->x, MODP_EXPONENT_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY))
		return -EIO;
	BN_set_flags(dh->x, BN_FLG_CONSTTIME);
	return modp_exp(dh, NULL, dh->pub);
}

static int modp_import(struct ike_dh *dh, const uint8_t *priv, size_t priv_len, const uint8_t *pub,
		       size_t pub_len)
{
	(void)pub;
	(void)pub_len;
	dh->x = BN_bin2bn(priv, (int)priv_len, NULL);
	if (!dh->x)
		return -EIO;
	BN_set_flags(dh->x, BN_FLG_CONSTTIME);
	return modp_exp(dh, NULL, dh->pub);
}

static int modp_derive(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret)
{
	return modp_exp(dh, peer, secret);
}

/* The uncompressed point without its leading 04 (RFC 5903 7). */
static int ecp_take_public(struct ike_dh *dh)
{
	uint8_t point[1 + IKE_DH_PUB_MAX];
	size_t len;

	if (EVP_PKEY_get_octet_string_param(dh->pkey, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point),
					    &len) != 1 ||
	    len != 1 + dh->group->pub_len || point[0] != 4)
		return -EIO;
	memcpy(dh->pub, point + 1, dh->group->pub_len);
	return 0;
}

static int ecp_generate(struct ike_dh *dh)
{
	dh->pkey = EVP_EC_gen(dh->group->ops->curve);
	return dh->pkey ? ecp_take_public(dh) : -EIO;
}

/* A key from its numbers; priv may be NULL. \returns it, or NULL: not a point of the curve. */
static EVP_PKEY *ecp_key(const struct ike_group *g, const uint8_t *priv, size_t priv_len,
			 const uint8_t *pub)
{
	uint8_t point[1 + IKE_DH_PUB_MAX] = { 4 }, d[IKE_DH_SECRET_MAX];
	BIGNUM *bn = priv ? BN_bin2bn(priv, (int)priv_len, NULL) : NULL;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *pkey = NULL;
	OSSL_PARAM params[4], *p = params;
	int selection = priv ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;

	memcpy(point + 1, pub, g->pub_len);
	*p++ = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)g->ops->curve,
						0);
	*p++ = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, 1 + g->pub_len);
	if (bn) {
		if (BN_bn2nativepad(bn, d, (int)g->secret_len) < 0)
			goto out;
		*p++ = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, d, g->secret_len);
	}
	*p = OSSL_PARAM_construct_end();
	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, selection, params) != 1)
		pkey = NULL;
out:
	OPENSSL_cleanse(d, sizeof(d));
	BN_clear_free(bn);
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

static int ecp_import(struct ike_dh *dh, const uint8_t *priv, size_t priv_len, const uint8_t *pub,
		      size_t pub_len)
{
	if (pub_len != dh->group->pub_len)
		return -EIO;
	dh->pkey = ecp_key(dh->group, priv, priv_len, pub);
	return dh->pkey ? ecp_take_public(dh) : -EIO;
}

static int ecp_derive(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret)
{
	EVP_PKEY *peer_key = ecp_key(dh->group, NULL, 0, peer);
	EVP_PKEY_CTX *ctx = NULL;
	size_t len = dh->group->secret_len;
	int rc = -EBADMSG;

	if (!peer_key)
		goto out;
	rc = -EIO;
	ctx = EVP_PKEY_CTX_new(dh->pkey, NULL);
	if (!ctx || EVP_PKEY_derive_init(ctx) != 1)
		goto out;
	/* Checks that the point is on the curve and not at infinity. */
	if (EVP_PKEY_derive_set_peer_ex(ctx, peer_key, 1) != 1) {
		rc = -EBADMSG;
		goto out;
	}
	if (EVP_PKEY_derive(ctx, secret, &len) == 1 && len == dh->group->secret_len)
		rc = 0;
out:
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(peer_key);
	return rc;
}

static const struct ike_group_ops modp2048 = { BN_get_rfc3526_prime_2048, NULL, modp_generate,
					       modp_import, modp_derive };
static const struct ike_group_ops modp3072 = { BN_get_rfc3526_prime_3072, NULL, modp_generate,
					       modp_import, modp_derive };
static const struct ike_group_ops ecp256 = { NULL, "P-256", ecp_generate, ecp_import, ecp_derive };

const struct ike_group ike_groups[] = {
	{ .id = 14, .name = "modp2048", .pub_len = 256, .secret_len = 256, .ops = &modp2048 },
	{ .id = 15, .name = "modp3072", .pub_len = 384, .secret_len = 384, .ops = &modp3072 },
	{ .id = 19, .name = "ecp256", .pub_len = 64, .secret_len = 32, .ops = &ecp256 },
	{ .name = NULL },
};

const struct ike_group *ike_group_by_id(uint16_t id)
{
	for (const struct ike_group *g = ike_groups; g->name; g++)
		if (g->id == id)
			return g;
	return NULL;
}

bool ike_group_is_modp(const struct ike_group *g, const uint8_t *prime, size_t len,
		       uint32_t generator)
{
	BIGNUM *p = g->ops->prime ? g->ops->prime(NULL) : NULL;
	uint8_t own[IKE_DH_PUB_MAX];
	bool same;

	for (; len && *prime == 0; len--)
		prime++;
	same = p && generator == MODP_GENERATOR && len == g->pub_len &&
	       BN_bn2binpad(p, own, (int)len) == (int)len && memcmp(own, prime, len) == 0;
	BN_free(p);
	return same;
}

static int dh_new(struct ike_dh **out, const struct ike_group *group)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return -EIO;
	(*out)->group = group;
	return 0;
}

static int dh_finish(struct ike_dh **out, struct ike_dh *dh, int rc)
{
	if (rc < 0) {
		ike_dh_free(dh);
		dh = NULL;
	}
	*out = dh;
	return rc;
}

int ike_dh_generate(struct ike_dh **out, const struct ike_group *group)
{
	struct ike_dh *dh;
	int rc = dh_new(&dh, group);

	if (rc == 0)
		rc = group->ops->generate(dh);
	return dh_finish(out, dh, rc);
}

int ike_dh_import(struct ike_dh **out, const struct ike_group *group, const uint8_t *priv,
		  size_t priv_len, const uint8_t *pub, size_t pub_len)
{
	struct ike_dh *dh;
	int rc = dh_new(&dh, group);

	if (rc == 0)
		rc = group->ops->import(dh, priv, priv_len, pub, pub_len);
	return dh_finish(out, dh, rc);
}

void ike_dh_free(struct ike_dh *dh)
{
	if (!dh)
		return;
	BN_clear_free(dh->x);
	EVP_PKEY_free(dh->pkey);
	OPENSSL_cleanse(dh, sizeof(*dh));
	free(dh);
}

const uint8_t *ike_dh_public(const struct ike_dh *dh)
{
	return dh->pub;
}

int ike_dh_derive(struct ike_dh *dh, const uint8_t *peer, size_t peer_len, uint8_t *secret)
{
	if (peer_len != dh->group->pub_len)
		return -EBADMSG;
	return dh->group->ops->derive(dh, peer, secret);
}

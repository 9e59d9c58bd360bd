/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * MODP by bare exponentiation and ECP by bare multiplication: libcrypto's EVP derive raises the
 * peer's value to the group's order before it uses it, which costs several times the exchange
 * itself. These groups do not need that: RFC 6989 2.1 asks for a range check where the prime is a
 * safe one, 2.3 for the curve's equation where the cofactor is 1. What does not change from key to
 * key is made once for each group.
 */

#include "ipsec/ike/dh.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

enum {
	POINT_UNCOMPRESSED = 4, /* SEC 1 2.3.3; not on the wire (RFC 5903 7) */
	MODP_GENERATOR = 2,
};

struct ike_dh {
	const struct ike_group *group;
	BIGNUM *x;	/* MODP, ECP */
	EVP_PKEY *pkey; /* Curve25519 */
	uint8_t pub[IKE_DH_PUB_MAX];
};

/* Of one group. Made once, then only read, by all threads. */
struct ike_group_math {
	BIGNUM *(*prime)(BIGNUM *bn); /* MODP */
	int exponent_bits;
	int curve; /* ECP */
	BIGNUM *p, *p_minus_1, *g;
	BN_MONT_CTX *mont;
	EC_GROUP *ec;
	bool ok;
};

struct ike_group_ops {
	int (*generate)(struct ike_dh *dh);
	int (*import)(struct ike_dh *dh, const uint8_t *priv, size_t priv_len);
	int (*derive)(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret);
};

/* ---- what is made once ---- */

static bool make_modp(struct ike_group_math *m)
{
	BN_CTX *ctx = BN_CTX_new();

	m->p = m->prime(NULL);
	m->p_minus_1 = m->p ? BN_dup(m->p) : NULL;
	m->g = BN_new();
	m->mont = BN_MONT_CTX_new();
	m->ok = ctx && m->p_minus_1 && m->g && m->mont && BN_sub_word(m->p_minus_1, 1) &&
		BN_set_word(m->g, MODP_GENERATOR) && BN_MONT_CTX_set(m->mont, m->p, ctx);
	BN_CTX_free(ctx);
	return m->ok;
}

static void make_math(void)
{
	for (const struct ike_group *g = ike_groups; g->name; g++) {
		if (g->math && g->math->prime)
			make_modp(g->math);
		if (g->math && g->math->curve) {
			g->math->ec = EC_GROUP_new_by_curve_name(g->math->curve);
			g->math->ok = g->math->ec;
		}
	}
}

static const struct ike_group_math *math_of(const struct ike_dh *dh)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_math);
	return dh->group->math->ok ? dh->group->math : NULL;
}

static int take_private(struct ike_dh *dh, const uint8_t *priv, size_t priv_len)
{
	dh->x = BN_secure_new();
	if (!dh->x || !BN_bin2bn(priv, (int)priv_len, dh->x))
		return -EIO;
	BN_set_flags(dh->x, BN_FLG_CONSTTIME);
	return 0;
}

/* ---- MODP ---- */

/* out = base ^ x mod p, in constant time, with leading zeros kept. */
static int modp_exp(const struct ike_dh *dh, const struct ike_group_math *m, const BIGNUM *base,
		    uint8_t *out)
{
	int len = (int)dh->group->pub_len;
	BN_CTX *ctx = BN_CTX_secure_new();
	BIGNUM *r = BN_secure_new();
	int rc = -EIO;

	if (ctx && r && BN_mod_exp_mont_consttime(r, base, dh->x, m->p, ctx, m->mont) &&
	    BN_bn2binpad(r, out, len) == len)
		rc = 0;
	BN_clear_free(r);
	BN_CTX_free(ctx);
	return rc;
}

static int modp_generate(struct ike_dh *dh)
{
	const struct ike_group_math *m = math_of(dh);

	dh->x = BN_secure_new();
	if (!m || !dh->x ||
	    !BN_priv_rand(dh->x, m->exponent_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY))
		return -EIO;
	BN_set_flags(dh->x, BN_FLG_CONSTTIME);
	return modp_exp(dh, m, m->g, dh->pub);
}

static int modp_import(struct ike_dh *dh, const uint8_t *priv, size_t priv_len)
{
	const struct ike_group_math *m = math_of(dh);

	if (!m || take_private(dh, priv, priv_len) < 0)
		return -EIO;
	return modp_exp(dh, m, m->g, dh->pub);
}

static int modp_derive(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret)
{
	const struct ike_group_math *m = math_of(dh);
	BIGNUM *y = m ? BN_bin2bn(peer, (int)dh->group->pub_len, NULL) : NULL;
	int rc = -EIO;

	if (!y)
		return rc;
	/* 1 < y < p - 1: the others have order 1 or 2 and give the secret away. */
	if (BN_cmp(y, BN_value_one()) <= 0 || BN_cmp(y, m->p_minus_1) >= 0)
		rc = -EBADMSG;
	else
		rc = modp_exp(dh, m, y, secret);
	BN_free(y);
	return rc;
}

static const struct ike_group_ops modp = { modp_generate, modp_import, modp_derive };

/* ---- ECP ---- */

/* out = the first len octets of (x | y) of `point` times the private key; NULL = the generator. */
static int ecp_mul(const struct ike_dh *dh, const struct ike_group_math *m, const EC_POINT *point,
		   uint8_t *out, size_t len)
{
	size_t pub_len = dh->group->pub_len;
	uint8_t oct[1 + IKE_DH_PUB_MAX];
	BN_CTX *ctx = BN_CTX_secure_new();
	EC_POINT *r = EC_POINT_new(m->ec);
	int rc = -EIO;

	if (ctx && r &&
	    EC_POINT_mul(m->ec, r, point ? NULL : dh->x, point, point ? dh->x : NULL, ctx) == 1 &&
	    EC_POINT_point2oct(m->ec, r, POINT_CONVERSION_UNCOMPRESSED, oct, 1 + pub_len, ctx) ==
		    1 + pub_len) {
		memcpy(out, oct + 1, len);
		rc = 0;
	}
	OPENSSL_cleanse(oct, sizeof(oct));
	EC_POINT_clear_free(r);
	BN_CTX_free(ctx);
	return rc;
}

static int ecp_generate(struct ike_dh *dh)
{
	const struct ike_group_math *m = math_of(dh);

	dh->x = BN_secure_new();
	if (!m || !dh->x)
		return -EIO;
	do {
		if (!BN_priv_rand_range(dh->x, EC_GROUP_get0_order(m->ec)))
			return -EIO;
	} while (BN_is_zero(dh->x));
	BN_set_flags(dh->x, BN_FLG_CONSTTIME);
	return ecp_mul(dh, m, NULL, dh->pub, dh->group->pub_len);
}

static int ecp_import(struct ike_dh *dh, const uint8_t *priv, size_t priv_len)
{
	const struct ike_group_math *m = math_of(dh);

	if (!m || take_private(dh, priv, priv_len) < 0)
		return -EIO;
	return ecp_mul(dh, m, NULL, dh->pub, dh->group->pub_len);
}

static int ecp_derive(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret)
{
	const struct ike_group_math *m = math_of(dh);
	EC_POINT *point = m ? EC_POINT_new(m->ec) : NULL;
	uint8_t oct[1 + IKE_DH_PUB_MAX];
	int rc = -EIO;

	if (!point)
		return rc;
	oct[0] = POINT_UNCOMPRESSED;
	memcpy(oct + 1, peer, dh->group->pub_len);
	/* Refuses coordinates that are not below the prime, and those off the curve. Infinity has no
	 * such encoding. */
	if (EC_POINT_oct2point(m->ec, point, oct, 1 + dh->group->pub_len, NULL) != 1)
		rc = -EBADMSG;
	else
		rc = ecp_mul(dh, m, point, secret, dh->group->secret_len);
	EC_POINT_free(point);
	return rc;
}

static const struct ike_group_ops ecp = { ecp_generate, ecp_import, ecp_derive };

/* ---- Curve25519 ---- */

static int x25519_public(struct ike_dh *dh)
{
	size_t len = dh->group->pub_len;

	return dh->pkey && EVP_PKEY_get_raw_public_key(dh->pkey, dh->pub, &len) == 1 ? 0 : -EIO;
}

static int x25519_generate(struct ike_dh *dh)
{
	dh->pkey = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
	return x25519_public(dh);
}

static int x25519_import(struct ike_dh *dh, const uint8_t *priv, size_t priv_len)
{
	dh->pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, priv, priv_len);
	return x25519_public(dh);
}

static int x25519_derive(struct ike_dh *dh, const uint8_t *peer, uint8_t *secret)
{
	EVP_PKEY *theirs =
		EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, peer, dh->group->pub_len);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(dh->pkey, NULL);
	size_t len = dh->group->secret_len;
	int rc = -EIO;

	if (theirs && ctx && EVP_PKEY_derive_init(ctx) == 1 &&
	    EVP_PKEY_derive_set_peer_ex(ctx, theirs, 0) == 1)
		/* Fails when all is zero: the peer's point has a small order (RFC 7748 6.1). */
		rc = EVP_PKEY_derive(ctx, secret, &len) == 1 ? 0 : -EBADMSG;
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(theirs);
	return rc;
}

static const struct ike_group_ops x25519 = { x25519_generate, x25519_import, x25519_derive };

/* ---- the groups ---- */

/* Exponents are twice the strength that is estimated for a group: RFC 3526 8 (260 to 420 bits for
 * 3072, 300 to 480 for 4096), RFC 7919 A (at least 225, 275, 325 bits for 2048, 3072, 4096). */
static struct ike_group_math modp768 = { .prime = BN_get_rfc2409_prime_768, .exponent_bits = 256 };
static struct ike_group_math modp1024 = { .prime = BN_get_rfc2409_prime_1024,
					  .exponent_bits = 256 };
static struct ike_group_math modp1536 = { .prime = BN_get_rfc3526_prime_1536,
					  .exponent_bits = 256 };
static struct ike_group_math modp2048 = { .prime = BN_get_rfc3526_prime_2048,
					  .exponent_bits = 256 };
static struct ike_group_math modp3072 = { .prime = BN_get_rfc3526_prime_3072,
					  .exponent_bits = 288 };
static struct ike_group_math modp4096 = { .prime = BN_get_rfc3526_prime_4096,
					  .exponent_bits = 352 };
static struct ike_group_math ecp256 = { .curve = NID_X9_62_prime256v1 };
static struct ike_group_math ecp384 = { .curve = NID_secp384r1 };
static struct ike_group_math ecp521 = { .curve = NID_secp521r1 };

/* clang-format off */
const struct ike_group ike_groups[IKE_GROUPS + 1] = {
	{  1, "modp768",     96,  96, .weak = true, .ops = &modp, .math = &modp768 },
	{  2, "modp1024",   128, 128, .weak = true, .ops = &modp, .math = &modp1024 },
	{  5, "modp1536",   192, 192, .weak = true, .ops = &modp, .math = &modp1536 },
	{ 14, "modp2048",   256, 256, .ops = &modp, .math = &modp2048 },
	{ 15, "modp3072",   384, 384, .ops = &modp, .math = &modp3072 },
	{ 16, "modp4096",   512, 512, .ops = &modp, .math = &modp4096 },
	{ 19, "ecp256",      64,  32, .ops = &ecp, .math = &ecp256 },
	{ 20, "ecp384",      96,  48, .ops = &ecp, .math = &ecp384 },
	{ 21, "ecp521",     132,  66, .ops = &ecp, .math = &ecp521 },
	{ 31, "curve25519",  32,  32, .unassigned = true, .ops = &x25519 },
	{ .name = NULL },
};
/* clang-format on */

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
	BIGNUM *p = g->math && g->math->prime ? g->math->prime(NULL) : NULL;
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
		  size_t priv_len)
{
	struct ike_dh *dh;
	int rc = dh_new(&dh, group);

	if (rc == 0)
		rc = group->ops->import(dh, priv, priv_len);
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

const struct ike_group *ike_dh_group(const struct ike_dh *dh)
{
	return dh->group;
}

const uint8_t *ike_dh_public(const struct ike_dh *dh)
{
	return dh->pub;
}

int ike_dh_derive(struct ike_dh *dh, const uint8_t *peer, size_t peer_len, uint8_t *secret)
{
	int rc = -EBADMSG;

	if (peer_len == dh->group->pub_len)
		rc = dh->group->ops->derive(dh, peer, secret);
	if (rc < 0)
		ERR_clear_error();
	return rc;
}

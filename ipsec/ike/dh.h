/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Diffie-Hellman groups as rows: MODP (RFC 2409 6, RFC 3526), ECP (RFC 5903), Curve25519 (RFC 7748).
 * Any thread, but a key belongs to one thread at a time. Nothing here is cheap enough for the
 * control thread: crypto_pool.h.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ike_dh;
struct ike_group_ops;
struct ike_group_math;

enum {
	IKE_DH_PUB_MAX = 512,
	IKE_DH_SECRET_MAX = 512,
	IKE_GROUPS = 10,
};

struct ike_group {
	uint16_t id;
	const char *name;
	size_t pub_len;	   /*!< of a public value on the wire: never shorter, never longer */
	size_t secret_len; /*!< MODP: as the modulus; ECP: x alone (RFC 5903 7) */
	bool weak;	   /*!< used only where the operator allowed legacy algorithms */
	bool unassigned;   /*!< IKEv1 has no such number: both ends must be told */
	const struct ike_group_ops *ops;
	struct ike_group_math *math;
};

/*! All groups, IKE_GROUPS of them; the end has name NULL. */
extern const struct ike_group ike_groups[];
const struct ike_group *ike_group_by_id(uint16_t id);

/*! Is it the MODP group of this prime (big endian, leading zeros allowed) and generator? */
bool ike_group_is_modp(const struct ike_group *g, const uint8_t *prime, size_t len,
		       uint32_t generator);

/*! A fresh key pair. \returns 0 or -EIO. */
int ike_dh_generate(struct ike_dh **out, const struct ike_group *group);

/*! The pair of a given private key, for known answers. \returns 0 or -EIO. */
int ike_dh_import(struct ike_dh **out, const struct ike_group *group, const uint8_t *priv,
		  size_t priv_len);

/*! Wipe and free; NULL is fine. */
void ike_dh_free(struct ike_dh *dh);

const struct ike_group *ike_dh_group(const struct ike_dh *dh);

/*! group->pub_len octets, valid as long as dh. */
const uint8_t *ike_dh_public(const struct ike_dh *dh);

/*! The shared secret, group->secret_len octets. \returns 0, -EBADMSG (the peer's value has a wrong
 * length, is out of range, is no point of the curve, or gives the secret away: RFC 6989 2.1, 2.3,
 * RFC 7748 6.1), -EIO. */
int ike_dh_derive(struct ike_dh *dh, const uint8_t *peer, size_t peer_len, uint8_t *secret);

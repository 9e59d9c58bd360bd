/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Changes to IKE messages that a line with noise never makes: whole payloads and attributes, with the
 * rest of the message made to fit again, and hashes that are true of what came out.
 */

#include "ipsec/ike/ike_internal.h"

enum ike_mutate_kind {
	MUTATE_REMOVE,
	MUTATE_REPEAT,
	MUTATE_SWAP, /*!< with payload `at` */
	MUTATE_RETYPE,
	MUTATE_CUT,	 /*!< to `value` octets */
	MUTATE_GROW,	 /*!< by `value` octets */
	MUTATE_SET,	 /*!< octet `at` to `value` */
	MUTATE_FLIP,	 /*!< bits `value` of octet `at` */
	MUTATE_INSERT,	 /*!< before it one of type `value`, `at` octets long */
	MUTATE_LIE,	 /*!< its length field says `value` more */
	MUTATE_ATTR_SET, /*!< octet `which` of attribute `at` */
	MUTATE_ATTR_REMOVE,
	MUTATE_ATTR_REPEAT,
	MUTATE_KINDS,
};

struct ike_mutation {
	uint8_t kind;
	uint8_t which; /*!< payload, modulo their number */
	uint8_t at;
	uint8_t value;
};

/*! Change a clear message in place; size is that of msg. \returns its new length. */
size_t ike_mutate(uint8_t *msg, size_t len, size_t size, const struct ike_mutation *m);

/*! Make the hash of a message that sa is about to encrypt true again, if it has one still. */
void ike_rehash(const struct ike_sa *sa, uint8_t *msg, size_t len);

/*! Do two clear messages have the same payloads of a type, in the same order? */
bool ike_same_payloads(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
		       uint8_t type);

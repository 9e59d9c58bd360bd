/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* A set of 10-bit DLCIs: 128 octets, no order, no limit to remember. */

#include <stdbool.h>
#include <stdint.h>

#include "transports/fr/q922.h"

struct dlci_set {
	uint64_t word[Q922_N_DLCI / 64];
};

static inline bool dlci_set_has(const struct dlci_set *s, uint16_t dlci)
{
	return dlci < Q922_N_DLCI && (s->word[dlci / 64] >> dlci % 64 & 1);
}

static inline void dlci_set_put(struct dlci_set *s, uint16_t dlci, bool in)
{
	uint64_t bit = UINT64_C(1) << dlci % 64;

	if (dlci >= Q922_N_DLCI)
		return;
	if (in)
		s->word[dlci / 64] |= bit;
	else
		s->word[dlci / 64] &= ~bit;
}

static inline unsigned int dlci_set_count(const struct dlci_set *s)
{
	unsigned int n = 0;

	for (int i = 0; i < Q922_N_DLCI / 64; i++)
		n += (unsigned int)__builtin_popcountll(s->word[i]);
	return n;
}

/*! a and b in common. */
static inline struct dlci_set dlci_set_and(const struct dlci_set *a, const struct dlci_set *b)
{
	struct dlci_set s;

	for (int i = 0; i < Q922_N_DLCI / 64; i++)
		s.word[i] = a->word[i] & b->word[i];
	return s;
}

/*! What of a is not in b. */
static inline struct dlci_set dlci_set_minus(const struct dlci_set *a, const struct dlci_set *b)
{
	struct dlci_set s;

	for (int i = 0; i < Q922_N_DLCI / 64; i++)
		s.word[i] = a->word[i] & ~b->word[i];
	return s;
}

/*! a or b or both. */
static inline struct dlci_set dlci_set_or(const struct dlci_set *a, const struct dlci_set *b)
{
	struct dlci_set s;

	for (int i = 0; i < Q922_N_DLCI / 64; i++)
		s.word[i] = a->word[i] | b->word[i];
	return s;
}

static inline bool dlci_set_equal(const struct dlci_set *a, const struct dlci_set *b)
{
	for (int i = 0; i < Q922_N_DLCI / 64; i++)
		if (a->word[i] != b->word[i])
			return false;
	return true;
}

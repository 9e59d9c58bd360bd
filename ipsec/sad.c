/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/sad.h"

#include <errno.h>

#include <openssl/rand.h>
#include <osmocom/core/hashtable.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

enum {
	SAD_BUCKETS = 16384,
	SPI_HASH_BITS = 12,
	IKE_PORTS_MAX = 8,
	/* The rule refuses 6.3 % of the space and the table a fraction of a per mille: this many
	 * misses in a row (p < 2^-100) mean that the random numbers are not random. */
	RESERVE_TRIES = 32,
	SPI_RESERVED_LAST = 255, /* RFC 4303 2.1 */
	L2TP_VERSION = 2,	 /* RFC 2661 3.1 */
};

/* An SPI that is taken: promised to IKE, or under which an SA is published. Control thread only,
 * so that it can be looked up without an RCU update. */
struct spi_entry {
	struct hlist_node node;
	uint32_t spi;
	bool published;
};

struct sad {
	struct rcu_ht *ht;
	DECLARE_HASHTABLE(spis, SPI_HASH_BITS);
	unsigned int n_reserved;
	unsigned int n_ports;
	uint16_t ports[IKE_PORTS_MAX];
};

static bool sa_matches(const struct rcu_ht_node *node, const void *key)
{
	const struct sa *sa = caa_container_of(node, struct sa, node);
	const uint32_t *spi = key;

	return sa->spi == *spi;
}

struct sad *sad_new(void)
{
	struct sad *sad = talloc_zero(NULL, struct sad);

	if (!sad)
		return NULL;
	sad->ht = rcu_ht_new(SAD_BUCKETS, sa_matches);
	if (!sad->ht) {
		talloc_free(sad);
		return NULL;
	}
	hash_init(sad->spis);
	return sad;
}

void sad_free(struct sad *sad)
{
	if (!sad)
		return;
	rcu_ht_free(sad->ht);
	talloc_free(sad);
}

int sad_add_ike_port(struct sad *sad, uint16_t port)
{
	for (unsigned int i = 0; i < sad->n_ports; i++)
		if (sad->ports[i] == port)
			return 0;
	if (sad->n_ports == IKE_PORTS_MAX)
		return -ENOSPC;
	sad->ports[sad->n_ports++] = port;
	return 0;
}

bool sad_spi_valid(uint32_t spi)
{
	return spi > SPI_RESERVED_LAST;
}

bool sad_spi_rule(uint32_t spi)
{
	return sad_spi_valid(spi) && (spi >> 16 & 0xf) != L2TP_VERSION;
}

bool sad_spi_usable(const struct sad *sad, uint32_t spi)
{
	uint16_t upper = (uint16_t)(spi >> 16);

	if (!sad_spi_rule(spi))
		return false;
	for (unsigned int i = 0; i < sad->n_ports; i++)
		if (sad->ports[i] == upper)
			return false;
	return true;
}

static struct spi_entry *spi_find(struct sad *sad, uint32_t spi)
{
	struct spi_entry *e;

	hash_for_each_possible(sad->spis, e, node, spi) if (e->spi == spi) return e;
	return NULL;
}

static struct spi_entry *spi_take(struct sad *sad, uint32_t spi)
{
	struct spi_entry *e = talloc_zero(sad, struct spi_entry);

	if (!e)
		return NULL;
	e->spi = spi;
	hash_add(sad->spis, &e->node, spi);
	return e;
}

static void spi_give(struct spi_entry *e)
{
	hash_del(&e->node);
	talloc_free(e);
}

uint32_t sad_spi_reserve(struct sad *sad)
{
	if (sad->n_reserved == SAD_RESERVED_MAX)
		return 0;
	for (int i = 0; i < RESERVE_TRIES; i++) {
		uint32_t spi;

		if (RAND_bytes((unsigned char *)&spi, sizeof(spi)) != 1)
			return 0;
		if (!sad_spi_usable(sad, spi) || spi_find(sad, spi))
			continue;
		if (!spi_take(sad, spi))
			return 0;
		sad->n_reserved++;
		return spi;
	}
	return 0;
}

void sad_spi_release(struct sad *sad, uint32_t spi)
{
	struct spi_entry *e = spi_find(sad, spi);

	if (!e || e->published)
		return;
	sad->n_reserved--;
	spi_give(e);
}

int sad_add(struct sad *sad, struct sa *sa)
{
	struct spi_entry *e;
	bool added;

	if (sa->dir != SA_IN || !sad_spi_usable(sad, sa->spi))
		return -EINVAL;
	e = spi_find(sad, sa->spi);
	if (e && e->published)
		return -EEXIST;
	if (e)
		sad->n_reserved--;
	else
		e = spi_take(sad, sa->spi);
	if (!e)
		return -ENOMEM;
	e->published = true;
	rcu_update_begin();
	added = rcu_ht_add(sad->ht, hash_u32(sa->spi), &sa->spi, &sa->node);
	rcu_update_end();
	OSMO_ASSERT(added); /* every published SPI has its entry */
	return 0;
}

void sad_del(struct sad *sad, struct sa *sa)
{
	struct spi_entry *e = spi_find(sad, sa->spi);

	OSMO_ASSERT(e && e->published);
	spi_give(e);
	rcu_update_begin();
	rcu_ht_del(sad->ht, &sa->node);
	rcu_update_end();
	sa_retire(sa);
}

struct sa *sad_find(struct sad *sad, uint32_t spi)
{
	struct rcu_ht_node *node = rcu_ht_find(sad->ht, hash_u32(spi), &spi);

	return node ? caa_container_of(node, struct sa, node) : NULL;
}

static void free_retired(struct rcu_retired *r)
{
	sa_free(caa_container_of(r, struct sa, retired));
}

void sa_retire(struct sa *sa)
{
	rcu_retire(&sa->retired, free_retired);
}

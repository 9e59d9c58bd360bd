/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the tests around ESP share: a data-plane thread, SAs with known keys, packets. */

#include <errno.h>

#include "core/acct.h"
#include "core/pkt.h"
#include "core/rcu.h"
#include "ipsec/engine.h"
#include "ipsec/esp.h"
#include "ipsec/sa.h"
#include "tests/unit/unit.h"

enum {
	FX_SPI = 0x00014321,
	FX_NEXT_HEADER = 115,
	FX_KEYMAT_MAX = 128,
	FX_ESP_HDR_LEN = 8,
};

#define FOR_EACH_SUITE(s) for (const struct esp_suite *s = esp_suites; s->name; s++)

struct fx {
	struct pkt_pool *pool;
	struct esp *esp;
	uint32_t acct;
	unsigned int soft;
	unsigned int hard;
	struct sa *last;
};

static inline void fx_event(void *priv, struct sa *sa, enum sa_event ev)
{
	struct fx *fx = priv;

	fx->last = sa;
	if (ev == SA_EV_SOFT)
		fx->soft++;
	else
		fx->hard++;
}

static inline void fx_init(struct fx *fx)
{
	memset(fx, 0, sizeof(*fx));
	acct_init();
	acct_thread_init();
	drop_set_rate(0);
	fx->pool = pkt_pool_new(256, 64);
	pkt_pool_bind(fx->pool);
	fx->esp = esp_new(fx_event, fx);
	fx->acct = acct_alloc();
	if (!fx->pool || !fx->esp || !fx->acct)
		abort();
}

/*! Every packet that a case took must be home again. */
static inline void fx_exit(struct fx *fx)
{
	CU_ASSERT_EQUAL(pkt_pool_in_use(fx->pool), 0);
	acct_free(fx->acct);
	esp_free(fx->esp);
	pkt_pool_free(fx->pool);
	acct_thread_exit();
}

static inline struct sa_params fx_params(enum sa_dir dir, const struct esp_suite *suite,
					 const uint8_t *keymat)
{
	return (struct sa_params){
		.dir = dir,
		.spi = FX_SPI,
		.path_id = 1,
		.suite = suite,
		.keymat = keymat,
		.replay_window = 64,
		.next_header = FX_NEXT_HEADER,
	};
}

static inline struct sa *fx_sa_of(const struct sa_params *params)
{
	struct sa *sa = NULL;

	if (sa_new(&sa, params) != 0)
		abort();
	return sa;
}

static inline struct sa *fx_sa_of_hex(enum sa_dir dir, const char *suite, const char *keymat_hex)
{
	uint8_t keymat[FX_KEYMAT_MAX] = { 0 };
	struct sa_params params = fx_params(dir, esp_suite_by_name(suite), keymat);

	unit_hex(keymat, sizeof(keymat), keymat_hex);
	return fx_sa_of(&params);
}

/*! The job over a packet that is laid out already. */
static inline struct esp_job fx_job_over(struct sa *sa, uint8_t *packet, size_t len)
{
	const struct esp_suite *s = sa->suite;
	struct esp_job j = { .sa = sa, .hdr = packet, .iv = packet + FX_ESP_HDR_LEN };

	j.payload = j.iv + s->iv_len;
	j.len = (uint32_t)len - FX_ESP_HDR_LEN - s->iv_len - s->icv_len;
	j.icv = j.payload + j.len;
	j.result = -ENOSYS;
	return j;
}

/*! Both ends of a pair have the keys 0, 1, 2, ... */
static inline struct sa *fx_sa(enum sa_dir dir, const struct esp_suite *suite)
{
	uint8_t keymat[FX_KEYMAT_MAX];
	struct sa_params params = fx_params(dir, suite, keymat);

	for (int i = 0; i < FX_KEYMAT_MAX; i++)
		keymat[i] = (uint8_t)i;
	return fx_sa_of(&params);
}

static inline struct pkt *fx_pkt(struct fx *fx, struct sa *sa, const void *data, uint32_t len)
{
	struct pkt *p = pkt_alloc(fx->pool, len);

	if (!p)
		abort();
	if (len)
		memcpy(pkt_put(p, len), data, len);
	p->acct = fx->acct;
	p->circuit = 7;
	p->obj = sa;
	return p;
}

/*! A payload that tells octets and lengths apart. */
static inline void fx_fill(uint8_t *buf, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++)
		buf[i] = (uint8_t)(i * 7 + len);
}

static inline uint64_t fx_drops(const struct fx *fx, enum acct_ctr reason)
{
	return acct_get(fx->acct, reason);
}

/*! n packets of 6 octets through esp_out(), 8 with their trailer. \returns how many are left. */
static inline unsigned int fx_send_batch(struct fx *fx, struct sa *sa, unsigned int n,
					 struct pkt_batch *b)
{
	b->n = 0;
	for (unsigned int i = 0; i < n; i++)
		pkt_batch_add(b, fx_pkt(fx, sa, "sixxxx", 6));
	esp_out(fx->esp, b);
	return b->n;
}

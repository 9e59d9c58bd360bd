/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * esp_in() with SAs whose keys are 0, 1, 2, ... The first octet chooses the suite (low three bits)
 * and whether the rest is an ESP packet as it stands or (0x08) one whose plaintext is protected
 * first, so that what lies behind the integrity check is reached. Each packet comes twice in its
 * batch: never more than one of the two may be kept.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/acct.h"
#include "ipsec/engine.h"
#include "ipsec/esp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	N_SUITES = 64,
	PROTECT = 0x08,
	HDR_LEN = 8,
	KEYMAT_MAX = 128,
	WINDOW = 64,
	NEXT_HEADER = 115
};

static struct pkt_pool *pool;
static struct esp *esp;
static struct sa *in[N_SUITES], *out[N_SUITES];

static void ignore_event(void *priv, struct sa *sa, enum sa_event ev)
{
	(void)priv;
	(void)sa;
	(void)ev;
}

static void set_up(void)
{
	uint8_t keymat[KEYMAT_MAX];

	acct_init();
	acct_thread_init();
	drop_set_rate(0);
	pool = pkt_pool_new(8, 8);
	pkt_pool_bind(pool);
	esp = esp_new(ignore_event, NULL);
	for (int i = 0; i < KEYMAT_MAX; i++)
		keymat[i] = (uint8_t)i;
	for (int i = 0; i < N_SUITES; i++) {
		struct sa_params p = { .dir = SA_IN,
				       .spi = 0x10000,
				       .suite = &esp_suites[i],
				       .keymat = keymat,
				       .replay_window = WINDOW,
				       .next_header = NEXT_HEADER };

		if (sa_new(&in[i], &p) != 0)
			abort();
		p.dir = SA_OUT;
		if (sa_new(&out[i], &p) != 0)
			abort();
	}
}

/* Make the packet authentic where its length can be one. */
static void protect(struct sa *sa, struct pkt *p)
{
	const struct esp_suite *s = sa->suite;
	uint32_t around = HDR_LEN + s->iv_len + s->icv_len;
	struct esp_job j = { .sa = sa, .hdr = p->data, .iv = p->data + HDR_LEN };

	if (p->len < around || (p->len - around) % s->block_len)
		return;
	j.payload = j.iv + s->iv_len;
	j.len = p->len - around;
	j.icv = j.payload + j.len;
	esp_engine->encrypt(&j, 1);
	if (j.result != 0)
		abort();
}

static struct pkt *make(struct sa *sa, const uint8_t *data, uint32_t len)
{
	struct pkt *p = pkt_alloc(pool, len);

	if (!p)
		abort();
	if (len)
		memcpy(pkt_put(p, len), data, len);
	p->obj = sa;
	return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pkt_batch b = { 0 };
	unsigned int suite;
	uint64_t before;
	struct pkt *p;

	if (!pool)
		set_up();
	if (size == 0 || size > SDU_MAX)
		return 0;
	suite = (data[0] & 7) | (data[0] >> 4 & 7) << 3;
	p = make(in[suite], data + 1, (uint32_t)size - 1);
	if (data[0] & PROTECT)
		protect(out[suite], p);
	pkt_batch_add(&b, p);
	pkt_batch_add(&b, make(in[suite], p->data, p->len));
	replay_init(&in[suite]->hot.replay, WINDOW, in[suite]->replay_bits);
	before = acct_discards(0);
	esp_in(esp, &b);
	if (b.n > 1 || b.n + acct_discards(0) - before != 2)
		abort();
	if (b.n && (b.pkt[0]->len > size - 1 || b.pkt[0]->next_header != NEXT_HEADER))
		abort();
	pkt_batch_free(&b);
	if (pkt_pool_in_use(pool) != 0)
		abort();
	return 0;
}

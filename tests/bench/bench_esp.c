/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Nanoseconds a packet for esp_out() and esp_in(), by suite and payload length, beside what the
 * engine alone takes for the same jobs. The difference is what ESP itself costs.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/acct.h"
#include "core/clock.h"
#include "ipsec/engine.h"
#include "ipsec/esp.h"

enum { KEYMAT_MAX = 128, ROUNDS = 600, HDR_LEN = 8, WINDOW = 1024 };

static struct pkt_pool *pool;
static struct esp *esp;

static void ignore_event(void *priv, struct sa *sa, enum sa_event ev)
{
	(void)priv;
	(void)sa;
	(void)ev;
}

static struct sa *make_sa(enum sa_dir dir, const struct esp_suite *s)
{
	static const uint8_t keymat[KEYMAT_MAX] = { 1, 2, 3 };
	struct sa_params p = { .dir = dir,
			       .spi = 0x10000,
			       .suite = s,
			       .keymat = keymat,
			       .replay_window = WINDOW,
			       .next_header = 115 };
	struct sa *sa;

	if (sa_new(&sa, &p) != 0)
		abort();
	return sa;
}

static void fill(struct pkt_batch *b, struct sa *sa, uint32_t len)
{
	b->n = 0;
	while (!pkt_batch_full(b)) {
		struct pkt *p = pkt_alloc(pool, len);

		if (!p)
			abort();
		memset(pkt_put(p, len), 0x5a, len);
		p->obj = sa;
		pkt_batch_add(b, p);
	}
}

/* The jobs that esp_out() and esp_in() would make of a batch of ESP packets. */
static void jobs_of(struct esp_job *jobs, const struct pkt_batch *b, struct sa *sa)
{
	const struct esp_suite *s = sa->suite;

	for (unsigned int i = 0; i < b->n; i++) {
		struct esp_job *j = &jobs[i];

		j->sa = sa;
		j->hdr = b->pkt[i]->data;
		j->iv = j->hdr + HDR_LEN;
		j->payload = j->iv + s->iv_len;
		j->len = b->pkt[i]->len - HDR_LEN - s->iv_len - s->icv_len;
		j->icv = j->payload + j->len;
	}
}

static void run(const struct esp_suite *s, uint32_t len)
{
	struct sa *out = make_sa(SA_OUT, s), *in = make_sa(SA_IN, s);
	int64_t t_out = 0, t_in = 0, t_enc = 0, t_dec = 0, t;
	struct esp_job jobs[BATCH_MAX];
	struct pkt_batch b;

	for (int i = 0; i < ROUNDS; i++) {
		fill(&b, out, len);
		t = clock_ns();
		esp_out(esp, &b);
		t_out += clock_ns() - t;
		jobs_of(jobs, &b, in);
		t = clock_ns();
		esp_engine->decrypt(jobs, b.n);
		t_dec += clock_ns() - t;
		jobs_of(jobs, &b, out);
		t = clock_ns();
		esp_engine->encrypt(jobs, b.n);
		t_enc += clock_ns() - t;
		for (unsigned int k = 0; k < b.n; k++)
			b.pkt[k]->obj = in;
		t = clock_ns();
		esp_in(esp, &b);
		t_in += clock_ns() - t;
		if (b.n != BATCH_MAX)
			abort();
		pkt_batch_free(&b);
	}
	t = (int64_t)ROUNDS * BATCH_MAX;
	printf("%-14s %6u %8lld %8lld %8lld %8lld\n", s->name, len, (long long)(t_out / t),
	       (long long)(t_enc / t), (long long)(t_in / t), (long long)(t_dec / t));
	sa_free(in);
	sa_free(out);
}

int main(void)
{
	static const uint32_t lengths[] = { 64, 512, 1518 };

	acct_init();
	acct_thread_init();
	pool = pkt_pool_new(BATCH_MAX, 0);
	pkt_pool_bind(pool);
	esp = esp_new(ignore_event, NULL);
	if (!pool || !esp)
		return 1;
	printf("ns/packet      length  esp_out   engine   esp_in   engine\n");
	for (const struct esp_suite *s = esp_suites; s->name; s++)
		for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
			run(s, lengths[i]);
	esp_free(esp);
	pkt_pool_free(pool);
	return 0;
}

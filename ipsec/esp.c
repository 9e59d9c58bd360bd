/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A batch goes through three stages: every packet is checked and made a job, the engine takes all
 * jobs in one call, every packet is finished. Packets of several SAs may be mixed. What changes
 * with each packet (sequence number, lifetime, replay window) changes in the order of the batch, so
 * that an SA that ends within a batch ends exactly there.
 *
 * Octets of a lifetime are those that the cipher works on, NULL included: payload, padding, pad
 * length and next header (RFC 4301 4.4.2.1, for the SA Life Duration of RFC 2407 4.5). No more than
 * the hard limit are ever protected: the packet that would pass it is discarded and ends the SA.
 */

#include "ipsec/esp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "core/acct.h"
#include "core/cursor.h"
#include "ipsec/engine.h"

enum {
	HDR_LEN = 8,		/* SPI, sequence number: RFC 4303 2.1, 2.2 */
	TRAILER_LEN = 2,	/* pad length, next header: RFC 4303 2.5, 2.6 */
	NEXT_HEADER_DUMMY = 59, /* RFC 4303 2.6 */
	IV_LEN = 16,
	IV_KEY_LEN = 32,
	IV_STOCK = 32, /* made in one call */
	NO_DROP = 0,
};

/* RFC 4303 3.3.3: without and with extended sequence numbers. */
static uint64_t seq_last(const struct sa *sa)
{
	return sa->esn ? UINT64_MAX : UINT32_MAX;
}

struct esp {
	esp_event_cb cb;
	void *priv;
	struct esp_job jobs[BATCH_MAX];
	EVP_CIPHER_CTX *iv_source;
	unsigned int iv_left;
	uint8_t iv[IV_STOCK][IV_LEN];
};

/*
 * IVs for CBC must be unpredictable and no counter (RFC 3602 3, RFC 2405 3). They are the key stream of AES-256
 * in counter mode under a random key that this worker has for nothing else: each is a counter that
 * never repeats, encrypted under a key that nobody knows (NIST SP 800-38A, appendix C). One call
 * makes a stock of them; the operating system is asked for randomness once, in esp_new().
 */
static int iv_source_init(struct esp *esp)
{
	uint8_t key[IV_KEY_LEN + IV_LEN];
	int rc = -EIO;

	esp->iv_source = EVP_CIPHER_CTX_new();
	if (!esp->iv_source)
		return -ENOMEM;
	if (RAND_bytes(key, sizeof(key)) == 1 &&
	    EVP_EncryptInit_ex(esp->iv_source, EVP_aes_256_ctr(), NULL, key, key + IV_KEY_LEN) == 1)
		rc = 0;
	OPENSSL_cleanse(key, sizeof(key));
	return rc;
}

static int iv_take(struct esp *esp, uint8_t *out, size_t len)
{
	int n;

	if (esp->iv_left == 0) {
		memset(esp->iv, 0, sizeof(esp->iv));
		if (EVP_EncryptUpdate(esp->iv_source, esp->iv[0], &n, esp->iv[0],
				      sizeof(esp->iv)) != 1)
			return -EIO;
		esp->iv_left = IV_STOCK;
	}
	memcpy(out, esp->iv[--esp->iv_left], len);
	return 0;
}

struct esp *esp_new(esp_event_cb cb, void *priv)
{
	struct esp *esp = calloc(1, sizeof(*esp));

	if (!esp)
		return NULL;
	esp->cb = cb;
	esp->priv = priv;
	if (iv_source_init(esp) < 0) {
		esp_free(esp);
		return NULL;
	}
	return esp;
}

void esp_free(struct esp *esp)
{
	if (!esp)
		return;
	EVP_CIPHER_CTX_free(esp->iv_source);
	OPENSSL_cleanse(esp, sizeof(*esp));
	free(esp);
}

static bool reached(uint64_t limit, uint64_t count)
{
	return limit && count >= limit;
}

static void sa_end(struct esp *esp, struct sa *sa)
{
	if (sa->hot.dead)
		return;
	sa->hot.dead = true;
	esp->cb(esp->priv, sa, SA_EV_HARD);
}

/* Charge one packet to the lifetime. \returns whether the SA may still protect it. */
static bool lifetime_take(struct esp *esp, struct sa *sa, uint32_t octets)
{
	const struct sa_limits *lim = &sa->limits;
	struct sa_hot *hot = &sa->hot;

	if (hot->dead)
		return false;
	if (lim->hard_octets && hot->octets + octets > lim->hard_octets) {
		sa_end(esp, sa);
		return false;
	}
	hot->octets += octets;
	hot->packets++;
	ctr_add(&hot->ctr_octets, octets);
	ctr_add(&hot->ctr_packets, 1);
	if (reached(lim->hard_octets, hot->octets) || reached(lim->hard_packets, hot->packets)) {
		sa_end(esp, sa);
	} else if (!hot->soft_told && (reached(lim->soft_octets, hot->octets) ||
				       reached(lim->soft_packets, hot->packets))) {
		hot->soft_told = true;
		esp->cb(esp->priv, sa, SA_EV_SOFT);
	}
	return true;
}

/* Lay out a job over a whole ESP packet of this suite. */
static void job_init(struct esp_job *j, struct sa *sa, struct pkt *p)
{
	const struct esp_suite *s = sa->suite;

	j->sa = sa;
	j->hdr = p->data;
	j->iv = j->hdr + HDR_LEN;
	j->payload = j->iv + s->iv_len;
	j->len = p->len - HDR_LEN - s->iv_len - s->icv_len;
	j->icv = j->payload + j->len;
	j->result = 0;
}

/* Inbound, first stage: what costs no cryptography. \returns NO_DROP or the reason. */
static int in_check(struct esp_job *j, struct pkt *p)
{
	struct sa *sa = p->obj;
	const struct esp_suite *s = sa->suite;
	struct rd r = rd_init(p->data, p->len);
	uint32_t low;

	if (sa->hot.dead)
		return DROP_ESP_EXPIRED;
	if (p->len < (uint32_t)HDR_LEN + s->iv_len + s->block_len + s->icv_len)
		return DROP_ESP_SHORT;
	job_init(j, sa, p);
	if (j->len % s->block_len)
		return DROP_ESP_BLOCK;
	rd_bytes(&r, 4); /* the SPI found the SA */
	low = rd_u32(&r);
	j->seq = sa->esn ? replay_infer(&sa->hot.replay, low) : low;
	if (sa->hot.replay.window && !replay_check(&sa->hot.replay, j->seq)) {
		ctr_add(&sa->hot.ctr_replay, 1);
		return DROP_ESP_REPLAY;
	}
	return NO_DROP;
}

/* Is it authentic, and still new and in time after the packets before it in the batch? */
static int in_accept(struct esp *esp, const struct esp_job *j)
{
	struct sa *sa = j->sa;

	if (j->result == -EBADMSG) {
		ctr_add(&sa->hot.ctr_auth, 1);
		return DROP_ESP_AUTH;
	}
	if (j->result < 0)
		return DROP_ESP_ENGINE;
	if (sa->hot.dead)
		return DROP_ESP_EXPIRED;
	if (sa->hot.replay.window && !replay_commit(&sa->hot.replay, j->seq)) {
		ctr_add(&sa->hot.ctr_replay, 1);
		return DROP_ESP_REPLAY;
	}
	if (!lifetime_take(esp, sa, j->len))
		return DROP_ESP_EXPIRED;
	return NO_DROP;
}

/* Check the trailer and leave the payload. Of a dummy packet nothing but the next header need be
 * well-formed (RFC 4303 2.6), so that comes first. */
static int in_strip(const struct esp_job *j, struct pkt *p)
{
	const struct sa *sa = j->sa;
	uint8_t pad_len = j->payload[j->len - 2];
	uint8_t next_header = j->payload[j->len - 1];
	uint32_t len;

	if (next_header == NEXT_HEADER_DUMMY)
		return DROP_ESP_DUMMY;
	if (pad_len > j->len - TRAILER_LEN)
		return DROP_ESP_PADDING;
	len = j->len - TRAILER_LEN - pad_len;
	for (uint32_t i = 0; i < pad_len; i++)
		if (j->payload[len + i] != i + 1)
			return DROP_ESP_PADDING;
	if (next_header != sa->next_header)
		return DROP_ESP_NEXT_HEADER;
	pkt_pull(p, HDR_LEN + sa->suite->iv_len);
	pkt_trim(p, len);
	p->spi = sa->spi;
	p->next_header = next_header;
	return NO_DROP;
}

static int in_finish(struct esp *esp, const struct esp_job *j, struct pkt *p)
{
	int reason = in_accept(esp, j);

	if (reason == NO_DROP)
		reason = in_strip(j, p);
	/* The report of a discard shows the packet's first octets. What GCM decrypted before it
	 * knew that the packet is forged must not be told. */
	if (reason != NO_DROP)
		memset(j->payload, 0, j->len < DROP_HEAD_MAX ? j->len : DROP_HEAD_MAX);
	return reason;
}

void esp_in(struct esp *esp, struct pkt_batch *b)
{
	unsigned int n = 0, kept = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		int reason = in_check(&esp->jobs[n], p);

		if (reason == NO_DROP)
			b->pkt[n++] = p;
		else
			drop_pkt(p, (enum acct_ctr)reason);
	}
	esp_engine->decrypt(esp->jobs, n);
	for (unsigned int i = 0; i < n; i++) {
		struct pkt *p = b->pkt[i];
		int reason = in_finish(esp, &esp->jobs[i], p);

		if (reason == NO_DROP)
			b->pkt[kept++] = p;
		else
			drop_pkt(p, (enum acct_ctr)reason);
	}
	b->n = kept;
}

/* Take the next sequence number. The SA ends with the last one, and the packet that finds none is
 * what RFC 4303 3.3.3 wants audited. \returns NO_DROP or the reason. */
static int out_admit(struct esp *esp, struct sa *sa, uint32_t octets, uint64_t *seq)
{
	if (sa->hot.seq >= seq_last(sa)) {
		sa_end(esp, sa);
		return DROP_SEQ_EXHAUSTED;
	}
	if (!lifetime_take(esp, sa, octets))
		return DROP_ESP_EXPIRED;
	*seq = ++sa->hot.seq;
	if (sa->hot.seq == seq_last(sa))
		sa_end(esp, sa);
	return NO_DROP;
}

static int out_iv(struct esp *esp, const struct esp_job *j)
{
	struct sa *sa = j->sa;

	switch (sa->suite->cipher) {
	case ESP_CIPHER_AES_GCM:
	case ESP_CIPHER_AES_CTR:
	case ESP_CIPHER_AES_CCM:
	case ESP_CIPHER_AES_GMAC:
	case ESP_CIPHER_CHACHA20_POLY1305:
		put_u64(j->iv, ++sa->hot.iv_counter);
		return NO_DROP;
	case ESP_CIPHER_AES_CBC:
	case ESP_CIPHER_3DES_CBC:
	case ESP_CIPHER_DES_CBC:
		return iv_take(esp, j->iv, sa->suite->iv_len) == 0 ? NO_DROP : DROP_ESP_ENGINE;
	case ESP_CIPHER_NULL:
		break;
	}
	return NO_DROP;
}

/* Outbound, first stage: header, IV, padding and trailer. \returns NO_DROP or the reason. */
static int out_build(struct esp *esp, struct esp_job *j, struct pkt *p)
{
	struct sa *sa = p->obj;
	const struct esp_suite *s = sa->suite;
	uint32_t front = HDR_LEN + s->iv_len;
	uint32_t inner = esp_suite_packet_len(s, p->len) - front - s->icv_len;
	uint32_t pad_len = inner - p->len - TRAILER_LEN;
	uint32_t behind = pad_len + TRAILER_LEN + s->icv_len;
	uint64_t seq;
	uint8_t *tail;
	int reason;

	if (pkt_headroom(p) < front || pkt_tailroom(p) < behind)
		return DROP_NO_ROOM;
	reason = out_admit(esp, sa, inner, &seq);
	if (reason != NO_DROP)
		return reason;
	tail = pkt_put(p, behind);
	for (uint32_t i = 0; i < pad_len; i++)
		tail[i] = (uint8_t)(i + 1); /* RFC 4303 2.4 */
	tail[pad_len] = (uint8_t)pad_len;
	tail[pad_len + 1] = sa->next_header;
	pkt_push(p, front);
	put_u32(p->data, sa->spi);
	put_u32(p->data + 4, (uint32_t)seq);
	job_init(j, sa, p);
	j->seq = seq;
	return out_iv(esp, j);
}

void esp_out(struct esp *esp, struct pkt_batch *b)
{
	unsigned int n = 0, kept = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		int reason = out_build(esp, &esp->jobs[n], p);

		if (reason == NO_DROP)
			b->pkt[n++] = p;
		else
			drop_pkt(p, (enum acct_ctr)reason);
	}
	esp_engine->encrypt(esp->jobs, n);
	for (unsigned int i = 0; i < n; i++) {
		struct pkt *p = b->pkt[i];

		if (esp->jobs[i].result == 0)
			b->pkt[kept++] = p;
		else
			drop_pkt(p, DROP_ESP_ENGINE);
	}
	b->n = kept;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a whole IKEv1 handshake (Main Mode and one Quick Mode without PFS) costs one core, beside the
 * public-key operations that it cannot do without: the bound. With certificates, which their CA has
 * signed itself, these are a key pair, a secret, a signature, and the verification of the peer's
 * signature and of its certificate's. Everything of both ends runs on one
 * thread, without key pairs made in advance. The rounds of all groups and of their bounds are
 * interleaved, and medians taken, so that a busy machine blurs the ratios little. The last line is
 * what a first message costs that leads nowhere.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/log.h"
#include "ipsec/ike/cert.h"
#include "ipsec/ike/ike.h"
#include "tests/unit/ipsec/cert_fixture.h"

enum {
	ROUNDS = 15,
	BATCH = 12, /* handshakes a round */
	FLOOD = 1000,
	QUEUE = 16,
	MSG_MAX = 4096,
};

/* ---- two ends ---- */

struct end {
	struct ike *ike;
	struct ike_peer *peer;
	struct ipsec_path path;
	struct end *other;
	uint8_t queue[QUEUE][MSG_MAX]; /* on their way to this end */
	size_t len[QUEUE];
	unsigned int head, tail;
	bool up;
	double us;
};

static struct end ends[2]; /* initiator, responder */
static uint8_t first[MSG_MAX];
static size_t first_len;

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	struct end *to = ((struct end *)path->priv)->other;
	unsigned int i = to->tail++ % QUEUE;

	(void)at; /* a circuit has no addresses */
	if (len > MSG_MAX || to->tail - to->head > QUEUE)
		abort();
	memcpy(to->queue[i], msg, len);
	to->len[i] = len;
	return 0;
}

static uint32_t spi_reserve(void *priv)
{
	static uint32_t spi = 0x10000000;

	(void)priv;
	return ++spi;
}

static void spi_release(void *priv, uint32_t spi)
{
	(void)priv, (void)spi;
}

static int sa_add(void *priv, struct ipsec_path *path, const struct sa_params *p)
{
	(void)priv, (void)path, (void)p;
	return 0;
}

static void sa_del(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path, (void)dir, (void)spi;
}

static uint64_t sa_packets(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path, (void)dir, (void)spi;
	return 0;
}

static void event_cb(void *priv, struct ike_peer *peer, enum ike_peer_event ev)
{
	(void)peer;
	((struct end *)priv)->up = ev == IKE_PEER_UP;
}

static void ends_init(void)
{
	static const struct ike_sadb_ops sadb = { .spi_reserve = spi_reserve,
						  .spi_release = spi_release,
						  .add = sa_add,
						  .del = sa_del,
						  .packets = sa_packets };
	static const struct ipsec_path_ops ops = { .send_ike = send_ike };

	for (int i = 0; i < 2; i++) {
		struct end *e = &ends[i];

		e->other = &ends[!i];
		e->path = (struct ipsec_path){ .ops = &ops, .name = "bench", .priv = e };
		if (ike_new(&e->ike, 0, &sadb, NULL) < 0)
			abort();
	}
}

static void peers_new(const char *suite, struct ike_pki *pki)
{
	struct ike_profile profile;

	ike_profile_init(&profile);
	profile.n_p1 = 1;
	profile.n_esp = 1;
	profile.dpd_interval = 0;
	if (ike_p1_suite_parse(suite, &profile.p1[0]) < 0)
		abort();
	for (int i = 0; i < 2; i++) {
		struct end *e = &ends[i];
		struct ike_peer_cfg cfg = { .profile = &profile,
					    .pki = pki,
					    .psk = (const uint8_t *)"a shared secret",
					    .psk_len = 15,
					    .next_header = 115,
					    .initiate = i == 0 };

		if (!pki)
			cfg.local = (struct ike_id){ IKE_ID_FQDN, 1, { (uint8_t)('a' + i) } };
		e->head = e->tail = 0;
		e->up = false;
		if (ike_peer_new(&e->peer, e->ike, &cfg, &e->path, event_cb, e) < 0)
			abort();
	}
}

static void timers(void)
{
	while (osmo_timers_update() > 0)
		;
}

static void peers_free(void)
{
	for (int i = 0; i < 2; i++) {
		ike_peer_path_state(ends[i].peer, false);
		ike_peer_free(ends[i].peer);
	}
	timers();
}

/* Of this thread: what others do meanwhile does not count. */
static double cpu_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

/* What waits for an end, and what that sets off there, on its account. */
static bool deliver(struct end *e)
{
	unsigned int at = e->head % QUEUE;
	double t;

	if (e->head == e->tail)
		return false;
	t = cpu_us();
	e->head++;
	ike_peer_rx(e->peer, NULL, e->queue[at], e->len[at]);
	timers();
	e->us += cpu_us() - t;
	return true;
}

static void handshake(const char *suite, struct ike_pki *pki)
{
	double t;

	peers_new(suite, pki);
	t = cpu_us();
	ike_peer_path_state(ends[1].peer, true);
	ike_peer_path_state(ends[0].peer, true);
	timers();
	ends[0].us += cpu_us() - t;
	while (deliver(&ends[1]) || deliver(&ends[0]))
		;
	if (!ends[0].up || !ends[1].up)
		abort();
	t = cpu_us();
	peers_free();
	t = cpu_us() - t;
	ends[0].us += t / 2;
	ends[1].us += t / 2;
}

/* ---- the bounds: one key pair and one secret, by libcrypto alone ---- */

struct modp {
	BN_CTX *ctx;
	BN_MONT_CTX *mont;
	BIGNUM *p, *g, *x, *y, *r;
};

static void *modp_new(BIGNUM *(*prime)(BIGNUM *bn), int exponent_bits)
{
	struct modp *m = calloc(1, sizeof(*m));

	m->ctx = BN_CTX_new();
	m->mont = BN_MONT_CTX_new();
	m->p = prime(NULL);
	m->g = BN_new();
	m->x = BN_new();
	m->y = BN_new();
	m->r = BN_new();
	if (!BN_MONT_CTX_set(m->mont, m->p, m->ctx) || !BN_set_word(m->g, 2) ||
	    !BN_priv_rand(m->x, exponent_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) ||
	    !BN_rand_range(m->y, m->p))
		abort();
	return m;
}

static void *modp2048_new(void)
{
	return modp_new(BN_get_rfc3526_prime_2048, 256);
}

static void *modp3072_new(void)
{
	return modp_new(BN_get_rfc3526_prime_3072, 288);
}

static void modp_bound(void *priv)
{
	struct modp *m = priv;

	if (!BN_mod_exp_mont_consttime(m->r, m->g, m->x, m->p, m->ctx, m->mont) ||
	    !BN_mod_exp_mont_consttime(m->r, m->y, m->x, m->p, m->ctx, m->mont))
		abort();
}

static void modp_free(void *priv)
{
	struct modp *m = priv;

	BN_free(m->p);
	BN_free(m->g);
	BN_free(m->x);
	BN_free(m->y);
	BN_free(m->r);
	BN_MONT_CTX_free(m->mont);
	BN_CTX_free(m->ctx);
	free(m);
}

struct ecp {
	BN_CTX *ctx;
	EC_GROUP *group;
	EC_POINT *peer, *r;
	BIGNUM *x, *rx, *ry;
};

static void *ecp256_new(void)
{
	struct ecp *e = calloc(1, sizeof(*e));

	e->ctx = BN_CTX_new();
	e->group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	e->peer = EC_POINT_new(e->group);
	e->r = EC_POINT_new(e->group);
	e->x = BN_new();
	e->rx = BN_new();
	e->ry = BN_new();
	if (!BN_priv_rand_range(e->x, EC_GROUP_get0_order(e->group)) ||
	    !EC_POINT_mul(e->group, e->r, e->x, NULL, NULL, e->ctx) ||
	    !EC_POINT_get_affine_coordinates(e->group, e->r, e->rx, e->ry, e->ctx) ||
	    !EC_POINT_set_affine_coordinates(e->group, e->peer, e->rx, e->ry, e->ctx))
		abort();
	return e;
}

static void ecp_bound(void *priv)
{
	struct ecp *e = priv;

	if (!EC_POINT_mul(e->group, e->r, e->x, NULL, NULL, e->ctx) ||
	    !EC_POINT_get_affine_coordinates(e->group, e->r, e->rx, e->ry, e->ctx) ||
	    !EC_POINT_mul(e->group, e->r, NULL, e->peer, e->x, e->ctx) ||
	    !EC_POINT_get_affine_coordinates(e->group, e->r, e->rx, e->ry, e->ctx))
		abort();
}

static void ecp_free(void *priv)
{
	struct ecp *e = priv;

	BN_free(e->x);
	BN_free(e->rx);
	BN_free(e->ry);
	EC_POINT_free(e->peer);
	EC_POINT_free(e->r);
	EC_GROUP_free(e->group);
	BN_CTX_free(e->ctx);
	free(e);
}

static void *x25519_new(void)
{
	return EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
}

static void x25519_bound(void *peer)
{
	EVP_PKEY *own = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own, NULL);
	uint8_t secret[32];
	size_t len = sizeof(secret);

	if (EVP_PKEY_derive_init(ctx) != 1 || EVP_PKEY_derive_set_peer_ex(ctx, peer, 0) != 1 ||
	    EVP_PKEY_derive(ctx, secret, &len) != 1)
		abort();
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(own);
}

static void x25519_free(void *peer)
{
	EVP_PKEY_free(peer);
}

/* ---- certificates ---- */

/* One CA and one certificate, which both ends have; its key by libcrypto alone. */
struct certs {
	struct fix_cert ca, own;
	struct ike_pki *pki;
	EVP_PKEY_CTX *sign, *verify;
	uint8_t sig[IKE_SIG_MAX];
	size_t sig_len;
};

static const uint8_t hash[32] = "what both ends have computed..";

static EVP_PKEY_CTX *key_ctx(EVP_PKEY *key, int (*init)(EVP_PKEY_CTX *ctx))
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);

	if (!ctx || init(ctx) != 1)
		abort();
	return ctx;
}

static struct certs *certs_new(const char *kind)
{
	struct certs *c = calloc(1, sizeof(*c));
	struct ike_pki_cfg cfg = { .n_ca_files = 1, .n_own = 1 };
	char why[256];

	if (!c)
		abort();
	fix_begin();
	c->ca = fix_make(&(struct fix_want){ .cn = "ca", .kind = kind, .ca = true });
	c->own = fix_make(&(struct fix_want){ .cn = "end", .kind = kind, .issuer = &c->ca });
	cfg.ca_file[0].path = fix_write_certs("ca.pem", (const struct fix_cert *[]){ &c->ca }, 1);
	cfg.own[0].certificate =
		fix_write_certs("own.pem", (const struct fix_cert *[]){ &c->own }, 1);
	cfg.own[0].key = fix_write_key("own.key", &c->own, 0600);
	if (ike_pki_load(&c->pki, &cfg, why, sizeof(why)) < 0)
		abort();
	fix_end();
	c->sign = key_ctx(c->own.key, EVP_PKEY_sign_init);
	c->verify = key_ctx(c->own.key, EVP_PKEY_verify_init);
	return c;
}

static void certs_bound(struct certs *c)
{
	c->sig_len = sizeof(c->sig);
	if (EVP_PKEY_sign(c->sign, c->sig, &c->sig_len, hash, sizeof(hash)) != 1)
		abort();
	for (int i = 0; i < 2; i++)
		if (EVP_PKEY_verify(c->verify, c->sig, c->sig_len, hash, sizeof(hash)) != 1)
			abort();
}

static void certs_free(struct certs *c)
{
	EVP_PKEY_CTX_free(c->sign);
	EVP_PKEY_CTX_free(c->verify);
	ike_pki_unref(c->pki);
	fix_free(&c->own);
	fix_free(&c->ca);
	free(c);
}

/* ---- measuring ---- */

struct sample {
	double responder, both, bound; /* us */
};

static const struct row {
	const char *auth;
	const char *kind; /* of the certificates' keys; NULL = a pre-shared key */
	const char *group, *suite;
	void *(*bound_new)(void);
	void (*bound)(void *priv);
	void (*bound_free)(void *priv);
} rows[] = {
	{ "psk", NULL, "modp2048", "aes256-sha256-modp2048", modp2048_new, modp_bound, modp_free },
	{ "psk", NULL, "modp3072", "aes256-sha256-modp3072", modp3072_new, modp_bound, modp_free },
	{ "psk", NULL, "ecp256", "aes256-sha256-ecp256", ecp256_new, ecp_bound, ecp_free },
	{ "psk", NULL, "curve25519", "aes256-sha256-curve25519", x25519_new, x25519_bound,
	  x25519_free },
	{ "rsa2048", "rsa", "modp2048", "aes256-sha256-modp2048", modp2048_new, modp_bound,
	  modp_free },
	{ "rsa2048", "rsa", "ecp256", "aes256-sha256-ecp256", ecp256_new, ecp_bound, ecp_free },
	{ "rsa3072", "rsa3072", "ecp256", "aes256-sha256-ecp256", ecp256_new, ecp_bound, ecp_free },
	{ "ecdsa256", "prime256v1", "ecp256", "aes256-sha256-ecp256", ecp256_new, ecp_bound,
	  ecp_free },
};

static void *state[ARRAY_SIZE(rows)];
static struct certs *certs[ARRAY_SIZE(rows)]; /* NULL = without */
static struct sample samples[ARRAY_SIZE(rows)][ROUNDS];

static void measure(const struct row *r, void *bound, struct certs *c, struct sample *s)
{
	double t = cpu_us();

	for (int i = 0; i < BATCH; i++) {
		r->bound(bound);
		if (c)
			certs_bound(c);
	}
	s->bound = (cpu_us() - t) / BATCH;
	ends[0].us = ends[1].us = 0;
	t = cpu_us();
	for (int i = 0; i < BATCH; i++)
		handshake(r->suite, c ? c->pki : NULL);
	s->both = (cpu_us() - t) / BATCH;
	s->responder = ends[1].us / BATCH;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

static void print_row(const struct row *r, const struct sample *s)
{
	double responder[ROUNDS], both[ROUNDS], bound[ROUNDS], ratio[ROUNDS], ratio2[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		responder[i] = s[i].responder;
		both[i] = s[i].both;
		bound[i] = s[i].bound;
		ratio[i] = s[i].bound / s[i].responder;
		ratio2[i] = 2 * s[i].bound / s[i].both;
	}
	printf("%-8s %-10s %9.0f %8.0f %6.0f %6.2f %9.0f %8.0f %6.2f\n", r->auth, r->group,
	       1e6 / median(responder, ROUNDS), median(responder, ROUNDS), median(bound, ROUNDS),
	       median(ratio, ROUNDS), 1e6 / median(both, ROUNDS), median(both, ROUNDS),
	       median(ratio2, ROUNDS));
}

/* Distinct first messages, each of which pushes an older one out. */
static void flood(void)
{
	double us[ROUNDS];
	uint64_t cookie = 1;

	peers_new(rows[0].suite, NULL);
	ike_peer_path_state(ends[1].peer, true);
	ike_peer_path_state(ends[0].peer, true);
	timers();
	first_len = ends[1].len[0];
	memcpy(first, ends[1].queue[0], first_len);
	for (int i = 0; i < ROUNDS; i++) {
		double t = cpu_us();

		for (int k = 0; k < FLOOD; k++, cookie++) {
			memcpy(first, &cookie, sizeof(cookie));
			ike_peer_rx(ends[1].peer, NULL, first, first_len);
			ends[0].tail = ends[0].head; /* the answer */
			timers();
		}
		us[i] = (cpu_us() - t) / FLOOD;
	}
	peers_free();
	printf("a first message of a flood: %.1f us\n", median(us, ROUNDS));
}

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	ends_init();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		state[i] = rows[i].bound_new();
		certs[i] = rows[i].kind ? certs_new(rows[i].kind) : NULL;
	}
	for (int k = 0; k < ROUNDS; k++)
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
			measure(&rows[i], state[i], certs[i], &samples[i][k]);
	printf("IKEv1 handshakes on one core; bound: their public-key operations alone\n"
	       "                    responder                         both ends\n"
	       "auth     group              /s       us  bound  ratio        /s       us  ratio\n");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_row(&rows[i], samples[i]);
		rows[i].bound_free(state[i]);
		if (certs[i])
			certs_free(certs[i]);
	}
	flood();
	for (int i = 0; i < 2; i++)
		ike_free(ends[i].ike);
	return 0;
}

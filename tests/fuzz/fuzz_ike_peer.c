/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Whole exchanges between two peers of ours, on a line and with an end that the input controls. Its
 * first two octets are the peers' configuration, then come records of RECORD_LEN octets (enum op).
 * Messages are dropped, doubled, delayed and replayed, the operator interferes, an end is killed; and
 * messages are changed before they are encrypted, with hashes that are true of what came out, so that
 * hostile payloads are authentic.
 *
 * At every step: what both ends have of an SA is the same (but for one that an end lied about),
 * counters never go back, what a peer holds is bounded. In the end, the line being good again, both
 * ends find to one another in bounded time; with different pre-shared keys they never do.
 *
 * All randomness comes from a generator that begins anew with each input, and time is faked: an input
 * always does the same.
 */

#define OPENSSL_SUPPRESS_DEPRECATED /* RAND_set_rand_method() */

#include <stdlib.h>

#include <openssl/rand.h>
#include <talloc.h>

#include "core/cursor.h"
#include "tests/fuzz/ike_mutate.h"
#include "tests/unit/ipsec/ike_pair.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __real_ike_msg_seal(uint8_t *buf, size_t len, size_t size, const struct ike_keys *keys,
			uint8_t iv[IKE_BLOCK]);
int __wrap_ike_msg_seal(uint8_t *buf, size_t len, size_t size, const struct ike_keys *keys,
			uint8_t iv[IKE_BLOCK]);

enum {
	RECORD_LEN = 6,
	RECORDS_MAX = 32,
	FAULTS_MAX = 8,
	HEARD = 16,
	FLOOD_MAX = 24,
	SLICE_MS = 2500,
	P1_LIFETIME_S = 400,
	P2_LIFETIME_S = 200,
	DPD_S = 10,
	QUIET_MS = 130000,   /* the longest that one end waits for the other, and a bit */
	RECOVER_MS = 600000, /* ... to renew everything */
	MEMORY_MAX = 512 * 1024,
	SAS_MAX = IKE_SAS_MAX + IKE_HALF_OPEN_PER_PEER + 1,
};

/* What a record does; after the octet of the operation, whose uppermost bit is the end, come
 * `skip`, `kind`, `which`, `at` and `value`. */
enum op {
	OP_RUN,	   /* `value` times 5 ms, or 100 ms if `at` is odd */
	OP_DROP,   /* of what the end sends, after `skip` others */
	OP_DOUBLE, /* ... comes once more, `value` times 4 ms later */
	OP_DELAY,  /* ... by `value` times 20 ms */
	OP_MUTATE, /* ike_mutate.h */
	OP_REPLAY, /* to the end: what was heard `which` ago, octet `at` (of the lower half with `kind`
		    * even) xor `value` */
	OP_SAY,	   /* what the end may say: see say() */
	OP_OPERATE, /* the operator, and the room above: see operate() */
	OP_TRAFFIC,
	OPS,
};

enum config {
	CFG_PFS = 1,
	CFG_BOTH_INITIATE = 2,
	CFG_ANY_PROTOCOL = 4,
	CFG_TWO_SUITES = 8,
	CFG_OTHER_KEY = 16,
	CFG_NO_DPD = 32,
	CFG_AGGRESSIVE = 64,
};

/* What an end said of a phase 2 that it does not hold itself. HASH(3) proves nonces, but neither the
 * key exchange nor the proposal of message 2 (RFC 2409 5.5): who lies about those is believed, and the
 * ends differ until the SAs are renewed. */
enum lie {
	LIED = 1,
	LIED_UNPROVEN = 2,
};

struct fault {
	enum op op; /* OP_RUN = none */
	uint8_t skip;
	struct ike_mutation m;
};

static struct pair pair;
static struct fault faults[2][FAULTS_MAX];
static uint64_t seen[2][IKE_CTR_N];
static struct {
	size_t len;
	uint8_t data[IKE_OUT_MAX];
} heard[HEARD];
static unsigned int n_heard;
static unsigned int lied;
static bool flooding[2]; /* this end began more than it may */
static bool other_key;

#define REQUIRE(cond)                                                                              \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #cond);         \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* ---- randomness ---- */

static uint64_t rnd_state;

static int rnd_bytes(unsigned char *buf, int num)
{
	for (int i = 0; i < num; i++) {
		rnd_state ^= rnd_state << 13;
		rnd_state ^= rnd_state >> 7;
		rnd_state ^= rnd_state << 17;
		buf[i] = (uint8_t)(rnd_state >> 24);
	}
	return 1;
}

static int rnd_status(void)
{
	return 1;
}

static const RAND_METHOD rnd_method = { .bytes = rnd_bytes,
					.pseudorand = rnd_bytes,
					.status = rnd_status };

/* ---- the line ---- */

/* What happens on the line to this message of the end, if anything. */
static struct fault line_fault(int from)
{
	struct fault due = { .op = OP_RUN };

	for (int i = 0; i < FAULTS_MAX; i++) {
		struct fault *f = &faults[from][i];

		if (f->op == OP_RUN || f->op == OP_MUTATE || f->skip-- > 0)
			continue;
		due = *f;
		f->op = OP_RUN;
	}
	return due;
}

static void fault_add(int end, enum op op, uint8_t skip, const struct ike_mutation *m)
{
	for (int i = 0; i < FAULTS_MAX; i++)
		if (faults[end][i].op == OP_RUN) {
			faults[end][i] = (struct fault){ op, skip % 8, *m };
			return;
		}
}

/* All mutations that fall due with this message. \returns its length; *any is set when there was one. */
static size_t mutate_due(int from, uint8_t *msg, size_t len, size_t size, bool *any)
{
	*any = false;
	for (int i = 0; i < FAULTS_MAX; i++) {
		struct fault *f = &faults[from][i];

		if (f->op != OP_MUTATE || f->skip-- > 0)
			continue;
		f->op = OP_RUN;
		*any = true;
		len = ike_mutate(msg, len, size, &f->m);
	}
	return len;
}

static unsigned int lie_of(const uint8_t *honest, size_t honest_len, const uint8_t *msg, size_t len)
{
	if (msg[18] != IKE_X_QUICK)
		return 0;
	if (ike_same_payloads(honest, honest_len, msg, len, IKE_PL_SA) &&
	    ike_same_payloads(honest, honest_len, msg, len, IKE_PL_KE))
		return LIED;
	return LIED_UNPROVEN;
}

int __wrap_ike_msg_seal(uint8_t *buf, size_t len, size_t size, const struct ike_keys *keys,
			uint8_t iv[IKE_BLOCK])
{
	const struct ike_sa *sa =
		(const struct ike_sa *)((const char *)keys - offsetof(struct ike_sa, keys));
	static uint8_t honest[IKE_OUT_MAX];
	size_t honest_len = len;
	bool changed;

	REQUIRE(len <= sizeof(honest));
	memcpy(honest, buf, len);
	len = mutate_due(sa->peer == pair.end[1].peer, buf, len, size, &changed);
	if (changed) {
		ike_rehash(sa, buf, len);
		lied |= lie_of(honest, honest_len, buf, len);
	}
	return __real_ike_msg_seal(buf, len, size, keys, iv);
}

static enum pair_fate line(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			   size_t len, void *priv)
{
	static uint8_t copy[IKE_OUT_MAX];
	struct fault f = line_fault(from);
	bool changed;

	(void)serial, (void)priv;
	REQUIRE(len <= sizeof(copy));
	memcpy(copy, msg, len);
	if (!(copy[19] & IKE_FLAG_ENC))
		len = mutate_due(from, copy, len, sizeof(copy), &changed);
	heard[n_heard % HEARD].len = len;
	memcpy(heard[n_heard++ % HEARD].data, copy, len);
	if (f.op == OP_DROP)
		return PAIR_DROP;
	pair_put(p, !from, copy, len, p->delay_ms + (f.op == OP_DELAY ? f.m.value * 20u : 0));
	if (f.op == OP_DOUBLE)
		pair_put(p, !from, copy, len, p->delay_ms + f.m.value * 4u);
	return PAIR_DROP;
}

/* ---- what must always be so ---- */

static bool complete(const struct pair_end *e, const struct pair_sa *sa)
{
	const struct ike_child *c = ike_child_by_spi(e->peer, sa->dir, sa->spi);

	return c && c->complete;
}

/* Whatever both ends have, or, where one lied, have finished the exchange of. */
static void sas_are_the_same(bool all)
{
	for (int e = 0; e < 2; e++)
		for (int i = 0; i < PAIR_SAS_MAX; i++) {
			const struct pair_sa *in = &pair.end[e].sas[i], *out;

			if (!in->used || in->dir != SA_IN)
				continue;
			out = pair_find(&pair.end[!e], SA_OUT, in->spi);
			if (!out ||
			    (!all && !(complete(&pair.end[e], in) && complete(&pair.end[!e], out))))
				continue;
			REQUIRE(in->suite == out->suite && in->next_header == out->next_header);
			REQUIRE(memcmp(in->keymat, out->keymat, esp_suite_keymat_len(in->suite)) ==
				0);
		}
}

/* What the SA database holds is somebody's. */
static void nothing_is_forgotten(const struct pair_end *e)
{
	unsigned int out = 0, reserved = 0;
	const struct ike_child *c;
	const struct ike_sa *sa;
	const struct ike_quick *q;

	llist_for_each_entry (c, &e->peer->children, entry)
		out += c->out_installed;
	llist_for_each_entry (sa, &e->peer->sas, entry)
		llist_for_each_entry (q, &sa->quicks, entry)
			reserved += q->spi_in != 0;
	REQUIRE(pair_count(e, SA_IN) == ike_peer_children(e->peer, NULL, 0));
	REQUIRE(pair_count(e, SA_OUT) == out);
	REQUIRE(e->n_reserved == reserved);
	REQUIRE(e->peer->up == !!ike_child_live(e->peer));
}

/* What is in use will be renewed. */
static void has_a_future(const struct pair_end *e)
{
	const struct ike_child *c = ike_child_live(e->peer);

	REQUIRE(!c || osmo_timer_pending(&c->rekey) || c->rekey_pending);
}

static void check(void)
{
	for (int e = 0; e < 2; e++) {
		struct pair_end *end = &pair.end[e];

		if (!end->peer)
			continue;
		for (int c = 0; c < IKE_CTR_N; c++) {
			uint64_t v = ike_peer_counter(end->peer, (enum ike_counter)c);

			REQUIRE(v >= seen[e][c]);
			seen[e][c] = v;
		}
		REQUIRE(!other_key || !pair_count(end, SA_IN));
		nothing_is_forgotten(end);
		has_a_future(end);
		if (flooding[e])
			continue;
		REQUIRE(ike_peer_sas(end->peer, NULL, 0) <= SAS_MAX);
		REQUIRE(ike_peer_children(end->peer, NULL, 0) <= IKE_CHILDREN_MAX + 1);
		REQUIRE(talloc_total_size(end->ike) < MEMORY_MAX);
	}
	if (!(lied & LIED_UNPROVEN))
		sas_are_the_same(!lied);
}

static void run(int64_t ms)
{
	for (; ms > 0; ms -= SLICE_MS) {
		pair_run(&pair, ms < SLICE_MS ? ms : SLICE_MS);
		check();
	}
}

/* ---- records ---- */

static void replay(int to, uint8_t kind, const struct ike_mutation *m)
{
	static uint8_t copy[IKE_OUT_MAX];
	unsigned int i = n_heard - 1 - m->which % HEARD;
	size_t len, at;

	if (n_heard == 0 || i >= n_heard)
		return;
	len = heard[i % HEARD].len;
	memcpy(copy, heard[i % HEARD].data, len);
	at = (kind & 1 ? m->at + 256u : m->at) % len;
	copy[at] ^= m->value;
	pair_put(&pair, to, copy, len, pair.delay_ms);
}

static struct ike_child *nth_child(const struct ike_peer *peer, unsigned int n)
{
	struct ike_child *c, *last = NULL;

	llist_for_each_entry (c, &peer->children, entry) {
		last = c;
		if (n-- == 0)
			break;
	}
	return last;
}

/* An end says in a protected message what it likes, mutations aside. */
static void say(struct pair_end *e, uint8_t kind, const struct ike_mutation *m)
{
	struct ike_sa *sa = ike_sa_best(e->peer);
	struct ike_child *c = nth_child(e->peer, m->which);

	if (!sa)
		return;
	switch (kind % 7) {
	case 0:
		ike_info_delete_esp(sa, c ? (m->at & 1 ? c->spi_out : c->spi_in) : 0);
		break;
	case 1:
		ike_info_delete_sa(sa);
		break;
	case 2:
		ike_info_notify(sa, IKE_N_INITIAL_CONTACT, IKE_PROTO_ISAKMP, 0);
		break;
	case 3:
		ike_info_dpd(sa, m->at & 1 ? IKE_N_R_U_THERE_ACK : IKE_N_R_U_THERE, m->value);
		break;
	case 4:
		ike_info_notify(sa, m->value, IKE_PROTO_ESP, c ? c->spi_in : 0);
		break;
	case 5:
		flooding[e->index] = true;
		for (int i = 0; i < m->value % FLOOD_MAX && ike_sa_established(sa); i++)
			ike_quick_start(sa);
		break;
	default:
		flooding[e->index] = true;
		for (int i = 0; i < m->value % FLOOD_MAX; i++)
			ike_p1_start(e->peer);
	}
}

static void restart(struct pair_end *e)
{
	pair_end_kill(e);
	memset(seen[e->index], 0, sizeof(seen[0]));
	flooding[e->index] = false;
	pair_end_start(e);
	ike_peer_path_state(e->peer, true);
}

static void operate(struct pair_end *e, uint8_t kind, const struct ike_mutation *m)
{
	struct pair_sa *out = pair_out(e);

	switch (kind % 9) {
	case 0:
	case 1:
		ike_peer_rekey(e->peer, kind % 9);
		break;
	case 2:
		ike_peer_clear(e->peer, "fuzz");
		break;
	case 3:
	case 4:
		ike_peer_path_state(e->peer, kind % 9 == 4);
		break;
	case 5:
	case 6:
		if (out)
			ike_peer_sa_event(e->peer, SA_OUT, out->spi,
					  kind % 9 == 5 ? SA_EV_SOFT : SA_EV_HARD);
		break;
	case 7:
		e->refuse_add = m->value & 1;
		break;
	default:
		restart(e);
	}
}

static void record(struct rd *r)
{
	uint8_t first = rd_u8(r), skip = rd_u8(r);
	struct ike_mutation m = { .kind = rd_u8(r) };
	struct pair_end *e = &pair.end[first >> 7];
	uint8_t kind = m.kind;

	m.which = rd_u8(r);
	m.at = rd_u8(r);
	m.value = rd_u8(r);
	m.kind %= MUTATE_KINDS;
	switch ((first & 0x7f) % OPS) {
	case OP_RUN:
		run(m.value * (m.at & 1 ? 100 : 5));
		break;
	case OP_MUTATE:
		fault_add(e->index, OP_MUTATE, skip, &m);
		break;
	case OP_REPLAY:
		replay(e->index, kind, &m);
		break;
	case OP_SAY:
		say(e, kind, &m);
		break;
	case OP_OPERATE:
		operate(e, kind, &m);
		break;
	case OP_TRAFFIC:
		pair_send_esp(&pair, e->index);
		break;
	default:
		fault_add(e->index, (enum op)((first & 0x7f) % OPS), skip, &m);
	}
}

/* ---- begin and end ---- */

static void configure(uint8_t flags, uint8_t delay)
{
	other_key = flags & CFG_OTHER_KEY;
	pair.delay_ms = delay % 64;
	pair.filter = line;
	for (int i = 0; i < 2; i++) {
		struct pair_end *e = &pair.end[i];

		e->profile.p1_lifetime = P1_LIFETIME_S;
		e->profile.p2_lifetime = P2_LIFETIME_S;
		e->profile.dpd_interval = flags & CFG_NO_DPD ? 0 : DPD_S;
		e->profile.aggressive =
			flags & CFG_AGGRESSIVE ? IKE_AGGRESSIVE_INITIATE : IKE_AGGRESSIVE_OFF;
		e->profile.pfs_group = flags & CFG_PFS ? 19 : 0;
		e->profile.n_esp = flags & CFG_TWO_SUITES ? 2 : 1;
		e->cfg.initiate = i == 0 || flags & CFG_BOTH_INITIATE;
		e->cfg.next_header = flags & CFG_ANY_PROTOCOL ? 0 : 115;
		if (other_key && i)
			e->cfg.psk = (const uint8_t *)"another secret!";
	}
}

static void begin(uint8_t flags, uint8_t delay)
{
	memset(faults, 0, sizeof(faults));
	memset(seen, 0, sizeof(seen));
	memset(flooding, 0, sizeof(flooding));
	n_heard = 0;
	lied = 0;
	rnd_state = 88172645463325252u;
	RAND_set_rand_method(&rnd_method);
	pair_init(&pair);
	*osmo_clock_override_gettimespec(CLOCK_MONOTONIC) = (struct timespec){ .tv_sec = 1000 };
	configure(flags, delay);
	pair_start(&pair);
	pair_up(&pair);
}

static void recover(void)
{
	for (int64_t waited = 0; !pair_flows(&pair); waited += SLICE_MS) {
		REQUIRE(waited < RECOVER_MS);
		run(SLICE_MS);
	}
}

/* The line is good, nobody interferes: both ends come to terms. */
static void settle(void)
{
	memset(faults, 0, sizeof(faults));
	for (int i = 0; i < 2; i++) {
		pair.end[i].refuse_add = false;
		ike_peer_path_state(pair.end[i].peer, true);
	}
	run(QUIET_MS);
	if (other_key)
		return;
	recover();
	if (lied) {
		/* What an end lied about has been renewed by now. */
		run(P2_LIFETIME_S * 1000);
		recover();
		sas_are_the_same(true);
	}
	for (int i = 0; i < 2; i++) {
		REQUIRE(ike_peer_children(pair.end[i].peer, NULL, 0) <= 3);
		REQUIRE(ike_peer_sas(pair.end[i].peer, NULL, 0) <= 3);
	}
}

static void finish(void)
{
	for (int i = 0; i < 2; i++) {
		pair_end_kill(&pair.end[i]);
		/* The context itself is what is left. */
		REQUIRE(talloc_total_blocks(pair.end[i].ike) == 1);
	}
	pair_free(&pair);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rd r = rd_init(data, size);
	uint8_t flags = rd_u8(&r), delay = rd_u8(&r);

	begin(flags, delay);
	for (int i = 0; i < RECORDS_MAX && r.left >= RECORD_LEN; i++) {
		record(&r);
		run(1);
	}
	settle();
	finish();
	return 0;
}

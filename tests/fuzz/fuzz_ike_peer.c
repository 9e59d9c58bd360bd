/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Whole exchanges between peers of ours, on a line and with an end that the input controls. Its first
 * two octets are the peers' configuration, then come records of RECORD_LEN octets (enum op). Messages
 * are dropped, doubled, delayed and replayed, the operator interferes, an end is killed; and messages
 * are changed before they are encrypted, with hashes that are true of what came out, so that hostile
 * payloads are authentic.
 *
 * The two are on a circuit, or have addresses, behind NATs that make new mappings. Then end 1 may know
 * nobody beforehand and make a peer for each who comes, of whom there are two: ends 0 and 2.
 *
 * At every step: what both ends have of an SA is the same (but for one that an end lied about),
 * counters never go back, what a peer holds is bounded. Of one who comes the other notices nothing:
 * while neither he nor the server is interfered with, his traffic flows. In the end, the line being
 * good again, both ends find to one another in bounded time; with different pre-shared keys they never
 * do. And whom nobody hears of any more, of him the server keeps nothing.
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
#include "tests/fuzz/ike_world.h"

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
	FORGET_MS = (P1_LIFETIME_S + 60) * 1000,
};

/* What a record does; after the octet of the operation, whose uppermost bit is the end (0 becomes the
 * second client by the next bit, where there is one), come `skip`, `kind`, `which`, `at` and `value`. */
enum op {
	OP_RUN,	   /* `value` times 5 ms, or 100 ms if `at` is odd */
	OP_DROP,   /* of what the end sends, after `skip` others */
	OP_DOUBLE, /* ... comes once more, `value` times 4 ms later */
	OP_DELAY,  /* ... by `value` times 20 ms */
	OP_MUTATE, /* ike_mutate.h */
	OP_REPLAY, /* to the end: what was heard `which` ago, octet `at` (of the lower half with `kind`
		    * even) xor `value`; from where another came, `skip` ago */
	OP_SAY,	   /* what the end may say: see say() */
	OP_OPERATE, /* the operator, and the room above: see operate() */
	OP_TRAFFIC,
	OP_NAT, /* the NAT before the end has another mapping, and with an odd `kind` another address */
	OPS,
};

enum config {
	CFG_PFS = 1,
	CFG_BOTH_INITIATE = 2,
	CFG_ANY_PROTOCOL = 4,
	CFG_TWO_SUITES = 8,
	CFG_OTHER_KEY = 16,
	CFG_NO_DPD = 32,
	CFG_IP = 64,
	CFG_SPAWN = 128, /* with CFG_IP */
	/* in the second octet; its lower bits are the delay */
	CFG_AGGRESSIVE = 32,
	CFG_NAT = 64,	       /* with CFG_IP */
	CFG_FORCE_ENCAP = 128, /* with CFG_IP */
	CFG_DELAY_MASK = 31,
};

struct fault {
	enum op op; /* OP_RUN = none */
	uint8_t skip;
	struct ike_mutation m;
};

static struct ike_world w;
static struct pair *const pair = &w.pair;
static struct fault faults[PAIR_ENDS][FAULTS_MAX];
static struct {
	size_t len;
	struct ipsec_at at;
	uint8_t data[IKE_OUT_MAX];
} heard[HEARD];
static unsigned int n_heard;
static bool spawning;

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

static int end_of(const struct ike_sa *sa)
{
	for (int i = 0; i < w.n_ends; i++)
		if (pair->end[i].ike == sa->peer->ike)
			return i;
	abort();
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
	len = mutate_due(end_of(sa), buf, len, size, &changed);
	if (changed) {
		ike_rehash(sa, buf, len);
		w.lied |= lie_of(honest, honest_len, buf, len);
	}
	return __real_ike_msg_seal(buf, len, size, keys, iv);
}

static enum pair_fate line(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			   size_t len, void *priv)
{
	static uint8_t copy[IKE_OUT_MAX];
	struct fault f = line_fault(from);
	struct ipsec_at at = { { { 0 }, 0 }, { { 0 }, 0 } };
	int to = p->ip ? pair_way(&p->end[from], p->filter_at, &at) : !from;
	bool changed;

	(void)serial, (void)priv;
	REQUIRE(len <= sizeof(copy));
	memcpy(copy, msg, len);
	if (!(copy[19] & IKE_FLAG_ENC))
		len = mutate_due(from, copy, len, sizeof(copy), &changed);
	heard[n_heard % HEARD].len = len;
	heard[n_heard % HEARD].at = at;
	memcpy(heard[n_heard++ % HEARD].data, copy, len);
	if (f.op == OP_DROP || to < 0)
		return PAIR_DROP;
	pair_put_at(p, to, &at, copy, len, p->delay_ms + (f.op == OP_DELAY ? f.m.value * 20u : 0));
	if (f.op == OP_DOUBLE)
		pair_put_at(p, to, &at, copy, len, p->delay_ms + f.m.value * 4u);
	return PAIR_DROP;
}

static void run(int64_t ms)
{
	for (; ms > 0; ms -= SLICE_MS) {
		pair_run(pair, ms < SLICE_MS ? ms : SLICE_MS);
		ike_world_check(&w);
	}
}

/* ---- records ---- */

static void replay(int to, uint8_t kind, uint8_t skip, const struct ike_mutation *m)
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
	pair_put_at(pair, to, &heard[(n_heard - 1 - skip % HEARD) % HEARD].at, copy, len,
		    pair->delay_ms);
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
static void say(struct pair_end *e, uint8_t kind, uint8_t skip, const struct ike_mutation *m)
{
	struct ike_peer *peer = ike_world_choose(e, skip);
	struct ike_sa *sa = ike_sa_best(peer);
	struct ike_child *c = nth_child(peer, m->which);

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
		w.flooding[e->index] = true;
		for (int i = 0; i < m->value % FLOOD_MAX && ike_sa_established(sa); i++)
			ike_quick_start(sa);
		break;
	default:
		w.flooding[e->index] = true;
		for (int i = 0; i < m->value % FLOOD_MAX; i++)
			ike_p1_start(peer);
	}
}

static void restart(struct pair_end *e)
{
	pair_end_kill(e);
	memset(w.seen[e->index], 0, sizeof(w.seen[0]));
	w.flooding[e->index] = false;
	pair_end_start(e);
	ike_peer_path_state(e->peer, true);
}

static void operate(struct pair_end *e, uint8_t kind, uint8_t skip, const struct ike_mutation *m)
{
	struct ike_peer *peer = ike_world_choose(e, skip);
	struct pair_sa *out = pair_out(e);

	switch (kind % 9) {
	case 0:
	case 1:
		ike_peer_rekey(peer, kind % 9);
		break;
	case 2:
		ike_peer_clear(peer, "fuzz");
		break;
	case 3:
	case 4:
		ike_peer_path_state(peer, kind % 9 == 4);
		break;
	case 5:
	case 6:
		if (out)
			ike_peer_sa_event(ike_world_owner(e, out), SA_OUT, out->spi,
					  kind % 9 == 5 ? SA_EV_SOFT : SA_EV_HARD);
		break;
	case 7:
		e->refuse_add = m->value & 1;
		e->refuse_spawn = m->value & 2;
		break;
	default:
		restart(e);
	}
}

static void nat_moves(struct pair_end *e, uint8_t kind, const struct ike_mutation *m)
{
	e->nat.shift = (uint16_t)(e->nat.shift + 1 + m->value * 16);
	e->nat.outer.addr[14] = (uint8_t)(kind & 1 ? m->which : e->nat.outer.addr[14]);
}

/* Does the second client notice this? The server's own messages are for both. */
static bool is_between_others(const struct pair_end *e, enum op op)
{
	return op == OP_RUN || op == OP_REPLAY || op == OP_TRAFFIC || e->index == 0;
}

static void record(struct rd *r)
{
	uint8_t first = rd_u8(r), skip = rd_u8(r);
	struct ike_mutation m = { .kind = rd_u8(r) };
	bool second = w.n_ends > 2 && (first & 0xc0) == 0x40;
	struct pair_end *e = &pair->end[second ? NEIGHBOUR : first >> 7];
	enum op op = (enum op)((first & 0x3f) % OPS);
	uint8_t kind = m.kind;

	m.which = rd_u8(r);
	m.at = rd_u8(r);
	m.value = rd_u8(r);
	m.kind %= MUTATE_KINDS;
	w.in_peace = w.in_peace && is_between_others(e, op);
	switch (op) {
	case OP_RUN:
		run(m.value * (m.at & 1 ? 100 : 5));
		break;
	case OP_REPLAY:
		replay(e->index, kind, skip, &m);
		break;
	case OP_SAY:
		say(e, kind, skip, &m);
		break;
	case OP_OPERATE:
		operate(e, kind, skip, &m);
		break;
	case OP_TRAFFIC:
		ike_world_arrives(e, pair_out(e));
		break;
	case OP_NAT:
		nat_moves(e, kind, &m);
		break;
	default:
		fault_add(e->index, op, skip, &m);
	}
}

/* ---- begin and end ---- */

static void configure_ip(uint8_t flags, uint8_t more)
{
	pair_ip(pair);
	for (int i = 0; i < PAIR_ENDS; i += 2) {
		struct pair_nat *nat = &pair->end[i].nat;

		/* Both clients have the same address otherwise. */
		nat->on = more & CFG_NAT || i == NEIGHBOUR;
		nat->shift = (uint16_t)(10000 * (i + 1));
		endpoint_parse(i ? "203.0.113.10" : "198.51.100.9", &nat->outer);
	}
	if (more & CFG_FORCE_ENCAP)
		pair->end[SERVER].profile.natt = IKE_NATT_FORCE;
	spawning = flags & CFG_SPAWN;
	if (spawning) {
		pair->end[SERVER].cfg.initiate = false; /* as an LNS */
		pair_spawning(pair);
		w.n_ends = PAIR_ENDS;
	}
}

static void configure(uint8_t flags, uint8_t more)
{
	w.other_key = flags & CFG_OTHER_KEY;
	pair->delay_ms = more & CFG_DELAY_MASK;
	pair->filter = line;
	for (int i = 0; i < PAIR_ENDS; i++) {
		struct pair_end *e = &pair->end[i];

		e->profile.p1_lifetime = P1_LIFETIME_S;
		e->profile.p2_lifetime = P2_LIFETIME_S;
		e->profile.dpd_interval = flags & CFG_NO_DPD ? 0 : DPD_S;
		e->profile.aggressive =
			more & CFG_AGGRESSIVE ? IKE_AGGRESSIVE_INITIATE : IKE_AGGRESSIVE_OFF;
		e->profile.pfs_group = flags & CFG_PFS ? 19 : 0;
		e->profile.n_esp = flags & CFG_TWO_SUITES ? 2 : 1;
		e->cfg.initiate = i != SERVER || flags & CFG_BOTH_INITIATE;
		e->cfg.next_header = flags & CFG_ANY_PROTOCOL ? 0 : 115;
		if (w.other_key && i == SERVER)
			e->cfg.psk = (const uint8_t *)"another secret!";
	}
	if (flags & CFG_IP)
		configure_ip(flags, more);
}

static void begin(uint8_t flags, uint8_t more)
{
	memset(faults, 0, sizeof(faults));
	memset(w.seen, 0, sizeof(w.seen));
	memset(w.flooding, 0, sizeof(w.flooding));
	n_heard = 0;
	w.lied = 0;
	w.n_ends = 2;
	spawning = false;
	w.in_peace = false;
	rnd_state = 88172645463325252u;
	RAND_set_rand_method(&rnd_method);
	pair_init(pair);
	*osmo_clock_override_gettimespec(CLOCK_MONOTONIC) = (struct timespec){ .tv_sec = 1000 };
	configure(flags, more);
	for (int i = 0; i < w.n_ends; i++) {
		pair_end_start(&pair->end[i]);
		ike_peer_path_state(pair->end[i].peer, true);
	}
	if (w.n_ends > 2 && !w.other_key) {
		run(SLICE_MS);
		w.in_peace = ike_world_flows(&w, NEIGHBOUR);
		REQUIRE(w.in_peace);
	}
}

static bool all_flow(void)
{
	return ike_world_flows(&w, 0) && (w.n_ends == 2 || ike_world_flows(&w, NEIGHBOUR));
}

static void recover(void)
{
	for (int64_t waited = 0; !all_flow(); waited += SLICE_MS) {
		REQUIRE(waited < RECOVER_MS);
		run(SLICE_MS);
	}
}

static void few_are_left(const struct pair_end *e)
{
	const struct ike_peer *peer;

	for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++) {
		REQUIRE(ike_peer_children(peer, NULL, 0) <= 3);
		REQUIRE(ike_peer_sas(peer, NULL, 0) <= 3);
	}
}

/* The line is good, nobody interferes: both ends come to terms. */
static void settle(void)
{
	struct ike_peer *peer;

	memset(faults, 0, sizeof(faults));
	for (int i = 0; i < w.n_ends; i++) {
		pair->end[i].refuse_add = false;
		pair->end[i].refuse_spawn = false;
		for (unsigned int n = 0; (peer = ike_world_peer(&pair->end[i], n)); n++)
			ike_peer_path_state(peer, true);
	}
	run(QUIET_MS);
	if (w.other_key)
		return;
	recover();
	if (w.lied) {
		/* What an end lied about has been renewed by now. */
		run(P2_LIFETIME_S * 1000);
		recover();
		ike_world_sas_are_the_same(&w, true);
	}
	for (int i = 0; i < w.n_ends; i++)
		few_are_left(&pair->end[i]);
}

/* Both clients go without a word: some time later nothing is left of them. */
static void forget_clients(void)
{
	w.in_peace = false;
	pair_end_kill(&pair->end[0]);
	pair_end_kill(&pair->end[NEIGHBOUR]);
	run(FORGET_MS);
	REQUIRE(pair_spawned_now(&pair->end[SERVER]) == 0);
	REQUIRE(ike_peer_half_open(pair->end[SERVER].peer) == 0);
}

static void finish(void)
{
	if (spawning)
		forget_clients();
	for (int i = 0; i < w.n_ends; i++) {
		pair_end_kill(&pair->end[i]);
		/* The context itself is what is left. */
		REQUIRE(talloc_total_blocks(pair->end[i].ike) == 1);
	}
	pair_free(pair);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rd r = rd_init(data, size);
	uint8_t flags = rd_u8(&r), more = rd_u8(&r);

	begin(flags, more);
	for (int i = 0; i < RECORDS_MAX && r.left >= RECORD_LEN; i++) {
		record(&r);
		run(1);
	}
	settle();
	finish();
	return 0;
}

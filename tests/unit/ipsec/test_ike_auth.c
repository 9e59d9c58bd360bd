/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Phase 1 by certificates between two peers: what is believed, what is refused and how it is
 * counted. The judging of a single certificate is in test_ike_cert.c. */

#include <stdio.h>
#include <unistd.h>

#include "ipsec/ike/cert.h"
#include "tests/unit/ipsec/cert_fixture.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

/* root -> middle -> a leaf for each end. */
static struct fix_cert root, middle, leaf[2];
static struct ike_pki_cfg pki_cfg[2];
static struct ike_pki *pki[2];
static struct pair pair;

static uint64_t ctr(int i, enum ike_counter c)
{
	return ike_peer_counter(pair.end[i].peer, c);
}

static void make_cas(const char *kind)
{
	memset(pki_cfg, 0, sizeof(pki_cfg));
	fix_begin();
	root = fix_make(&(struct fix_want){ .cn = "root", .kind = kind, .ca = true });
	middle = fix_make(
		&(struct fix_want){ .cn = "middle", .kind = kind, .ca = true, .issuer = &root });
	for (int i = 0; i < 2; i++) {
		pki_cfg[i].n_ca_files = 1;
		pki_cfg[i].ca_file[0].path =
			fix_write_certs("root.pem", (const struct fix_cert *[]){ &root }, 1);
	}
}

/* One more certificate with its key for an end. */
static void add_own(int i, const struct fix_cert *c, const struct fix_cert *issuer)
{
	char cert[32], key[32];
	unsigned int n = pki_cfg[i].n_own++;

	snprintf(cert, sizeof(cert), "own%d-%u.pem", i, n);
	snprintf(key, sizeof(key), "own%d-%u.key", i, n);
	pki_cfg[i].own[n].certificate =
		fix_write_certs(cert, (const struct fix_cert *[]){ c, issuer }, issuer ? 2 : 1);
	pki_cfg[i].own[n].key = fix_write_key(key, c, 0600);
}

static void make_leaf(int i, struct fix_want want)
{
	static const char *const name[] = { "alice", "bob" }, *const san[] = { "DNS:alice.example",
									       "DNS:bob.example" };

	want.cn = want.cn ? want.cn : name[i];
	want.san = want.san ? want.san : san[i];
	want.issuer = want.issuer ? want.issuer : &middle;
	leaf[i] = fix_make(&want);
	add_own(i, &leaf[i], want.issuer == &middle ? &middle : NULL);
}

static void load(int i)
{
	char why[256] = "";

	if (ike_pki_load(&pki[i], &pki_cfg[i], why, sizeof(why)) < 0)
		CU_FAIL_FATAL("a pki does not load");
	pair.end[i].cfg.pki = pki[i];
	pair.end[i].cfg.psk_len = 0;
	memset(&pair.end[i].cfg.local, 0, sizeof(pair.end[i].cfg.local));
	memset(&pair.end[i].cfg.remote, 0, sizeof(pair.end[i].cfg.remote));
}

static void make(const char *kind)
{
	make_cas(kind);
	make_leaf(0, (struct fix_want){ .kind = kind });
	make_leaf(1, (struct fix_want){ .kind = kind });
	pair_init(&pair);
}

static void start(void)
{
	for (int i = 0; i < 2; i++)
		if (!pki[i])
			load(i);
	pair_start(&pair);
	pair_up(&pair);
}

static void end(void)
{
	pair_free(&pair);
	for (int i = 0; i < 2; i++) {
		ike_pki_unref(pki[i]);
		pki[i] = NULL;
		fix_free(&leaf[i]);
	}
	fix_free(&root);
	fix_free(&middle);
	fix_end();
}

static void set_id(struct ike_id *id, uint8_t type, const char *text)
{
	*id = (struct ike_id){ .type = type, .len = (uint8_t)strlen(text) };
	memcpy(id->data, text, id->len);
}

static void every_kind_of_key_protects_the_path(void)
{
	static const char *const kinds[] = { "rsa", "prime256v1", "secp384r1", "secp521r1" };
	static const char *const names[] = { "rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521" };
	/* Shorter and longer than the hash that the signature has of its own. */
	static const char *const suites[] = { "aes256-sha1-modp2048", "aes256-sha512-ecp256" };

	for (int k = 0; k < 8; k++) {
		struct ike_sa_info info;

		make(kinds[k / 2]);
		for (int i = 0; i < 2; i++)
			ike_p1_suite_parse(suites[k % 2], &pair.end[i].profile.p1[0]);
		start();
		CU_ASSERT(pair_run_up(&pair, 1000));
		pair_run(&pair, 100);
		CU_ASSERT_EQUAL(pair.end[0].sent + pair.end[1].sent, 9);
		for (int i = 0; i < 2; i++) {
			CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
			CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RETRANSMIT), 0);
			CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RX_AUTH_FAIL), 0);
			CU_ASSERT_EQUAL(ike_peer_sas(pair.end[i].peer, &info, 1), 1);
			CU_ASSERT_STRING_EQUAL(info.method, names[k / 2]);
			CU_ASSERT_STRING_EQUAL(info.remote_id, i ? "C=NL,O=Example,CN=alice"
								 : "C=NL,O=Example,CN=bob");
		}
		end();
	}
}

static void names_in_the_certificate_are_identities(void)
{
	make("prime256v1");
	load(0);
	load(1);
	set_id(&pair.end[0].cfg.local, IKE_ID_FQDN, "alice.example");
	set_id(&pair.end[1].cfg.remote, IKE_ID_FQDN, "Alice.EXAMPLE");
	pair.end[0].cfg.remote.type = IKE_ID_DER_ASN1_DN;
	/* Another case and other blanks: the same name. */
	pair.end[0].cfg.remote.len = (uint8_t)ike_dn_parse("C=nl,O=EXAMPLE,CN=Bob",
							   pair.end[0].cfg.remote.data, IKE_ID_MAX);
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	end();
}

/* The longest name that an identity may have. */
static void a_long_name_is_no_obstacle(void)
{
	char cn[65];
	struct ike_sa_info info;

	memset(cn, 'x', 64);
	cn[64] = '\0';
	make_cas("prime256v1");
	make_leaf(0, (struct fix_want){ .kind = "prime256v1", .cn = cn });
	make_leaf(1, (struct fix_want){ .kind = "prime256v1", .cn = cn });
	pair_init(&pair);
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[0].peer, &info, 1), 1);
	CU_ASSERT(strstr(info.remote_id, cn) != NULL);
	end();
}

/* Both see it: who refuses counts the reason, who is refused fails. Neither has an SA. */
static void refused_by(int i, enum ike_counter why)
{
	CU_ASSERT_FALSE(pair_run_up(&pair, 100000));
	CU_ASSERT(ctr(i, why) >= 1);
	CU_ASSERT(ctr(i, IKE_CTR_RX_AUTH_FAIL) >= 1);
	CU_ASSERT(ctr(i, IKE_CTR_P1_FAIL) + ctr(!i, IKE_CTR_P1_FAIL) >= 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 0);
	CU_ASSERT_EQUAL(pair_count(&pair.end[0], SA_OUT), 0);
	CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_OUT), 0);
}

static void a_stranger_is_refused_by_either_side(void)
{
	for (int i = 0; i < 2; i++) {
		struct fix_cert other;

		make("prime256v1");
		other = fix_make(
			&(struct fix_want){ .cn = "other root", .kind = "prime256v1", .ca = true });
		pki_cfg[i].ca_file[0].path =
			fix_write_certs("other.pem", (const struct fix_cert *[]){ &other }, 1);
		start();
		refused_by(i, IKE_CTR_CERT_WRONG_CA);
		fix_free(&other);
		end();
	}
}

static void an_expired_certificate_is_refused_by_either_side(void)
{
	for (int i = 0; i < 2; i++) {
		make_cas("prime256v1");
		make_leaf(i, (struct fix_want){ .kind = "prime256v1" });
		make_leaf(!i, (struct fix_want){
				      .kind = "prime256v1", .from = -2 * FIX_DAY, .to = -60 });
		pair_init(&pair);
		start();
		refused_by(i, IKE_CTR_CERT_EXPIRED);
		end();
	}
}

static void a_revoked_certificate_is_refused_by_either_side(void)
{
	for (int i = 0; i < 2; i++) {
		make("prime256v1");
		pki_cfg[i].crl_file[0] = fix_write_crl("middle.crl", &middle, &leaf[!i], FIX_DAY);
		pki_cfg[i].n_crl_files = 1;
		start();
		refused_by(i, IKE_CTR_CERT_REVOKED);
		end();
	}
}

static void without_a_list_that_is_required_nobody_is_believed(void)
{
	make("prime256v1");
	pki_cfg[1].ca_file[0].crl = IKE_CRL_REQUIRE;
	start();
	refused_by(1, IKE_CTR_CERT_NO_CRL);
	end();
}

static void who_is_not_wanted_is_refused_though_authentic(void)
{
	for (int i = 0; i < 2; i++) {
		make("prime256v1");
		load(0);
		load(1);
		set_id(&pair.end[i].cfg.remote, IKE_ID_FQDN, "mallory.example");
		start();
		CU_ASSERT_FALSE(pair_run_up(&pair, 20000));
		CU_ASSERT(ctr(i, IKE_CTR_RX_ID_MISMATCH) >= 1);
		CU_ASSERT(ctr(i, IKE_CTR_P1_FAIL) >= 1);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RX_AUTH_FAIL), 0);
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 0);
		end();
	}
}

/* A good certificate does not make its owner somebody else. */
static void an_identity_must_be_in_the_certificate(void)
{
	for (int i = 0; i < 2; i++) {
		make("prime256v1");
		load(0);
		load(1);
		set_id(&pair.end[!i].cfg.local, IKE_ID_FQDN, "carol.example");
		set_id(&pair.end[i].cfg.remote, IKE_ID_FQDN, "carol.example");
		start();
		refused_by(i, IKE_CTR_CERT_IDENTITY);
		CU_ASSERT(ctr(i, IKE_CTR_P1_FAIL) >= 1); /* at once, not by patience */
		end();
	}
}

static void keys_and_certificates_do_not_mix(void)
{
	make("prime256v1");
	load(0);
	load(1);
	pair.end[1].cfg.pki = NULL; /* back to the key */
	pair.end[1].cfg.psk_len = 15;
	set_id(&pair.end[1].cfg.local, IKE_ID_FQDN, "bob.example");
	start();
	CU_ASSERT_FALSE(pair_run_up(&pair, 20000));
	CU_ASSERT(ctr(1, IKE_CTR_RX_NO_PROPOSAL) >= 1);
	end();
}

static void without_a_certificate_of_our_own_nothing_begins(void)
{
	make("prime256v1");
	pki_cfg[0].n_own = 0;
	start();
	CU_ASSERT_FALSE(pair_run_up(&pair, 5000));
	CU_ASSERT_EQUAL(pair.end[0].sent, 0);
	end();
}

/* ---- several certificates ---- */

static void the_certificate_is_chosen_that_the_peer_asks_for(void)
{
	for (int i = 0; i < 2; i++) {
		struct fix_cert other, second;
		struct ike_sa_info info;

		make("prime256v1");
		other = fix_make(
			&(struct fix_want){ .cn = "other root", .kind = "prime256v1", .ca = true });
		second = fix_make(&(struct fix_want){
			.cn = "second", .kind = "prime256v1", .issuer = &other });
		add_own(i, &second, NULL);
		/* The peer trusts two: it asks for both, and one of ours is under neither first. */
		pki_cfg[!i].ca_file[0].path =
			fix_write_certs("other.pem", (const struct fix_cert *[]){ &other }, 1);
		pki_cfg[!i].ca_file[1].path =
			fix_write_certs("third.pem", (const struct fix_cert *[]){ &middle }, 1);
		if (i == 0)
			pki_cfg[!i].n_ca_files = 1;
		else
			pki_cfg[!i].n_ca_files = 2;
		start();
		CU_ASSERT(pair_run_up(&pair, 1000));
		CU_ASSERT_EQUAL(ike_peer_sas(pair.end[!i].peer, &info, 1), 1);
		CU_ASSERT_STRING_EQUAL(info.remote_id, i == 0 ? "C=NL,O=Example,CN=second"
							      : "C=NL,O=Example,CN=bob");
		fix_free(&other);
		fix_free(&second);
		end();
	}
}

static void the_method_is_one_that_both_have_a_key_for(void)
{
	struct fix_cert rsa;
	struct ike_sa_info info;

	make("prime256v1");
	rsa = fix_make(&(struct fix_want){ .cn = "alice", .kind = "rsa", .issuer = &middle });
	/* RSA first, then P-256; the other end has P-256 only. */
	pki_cfg[0].n_own = 0;
	add_own(0, &rsa, &middle);
	pki_cfg[0].n_own = 2;
	pki_cfg[0].own[1].certificate =
		fix_write_certs("again.pem", (const struct fix_cert *[]){ &leaf[0], &middle }, 2);
	pki_cfg[0].own[1].key = fix_write_key("again.key", &leaf[0], 0600);
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, &info, 1), 1);
	CU_ASSERT_STRING_EQUAL(info.method, "ecdsa-256");
	fix_free(&rsa);
	end();
}

/* ---- the line ---- */

static unsigned int drop_serial[2];

static enum pair_fate drop_one(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	(void)p, (void)msg, (void)len, (void)priv;
	return serial == drop_serial[from] ? PAIR_DROP : PAIR_PASS;
}

static void any_lost_message_is_made_good(void)
{
	for (unsigned int k = 0; k < 6; k++) {
		make("prime256v1");
		drop_serial[0] = k % 2 == 0 ? k / 2 : 1000;
		drop_serial[1] = k % 2 ? k / 2 : 1000;
		pair.filter = drop_one;
		start();
		CU_ASSERT(pair_run_up(&pair, 10000));
		CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_FAIL) + ctr(1, IKE_CTR_P1_FAIL), 0);
		end();
	}
}

/* Message 5 is the initiator's third, message 6 the responder's third. */
static enum pair_fate change_signature(struct pair *p, int from, unsigned int serial,
				       const uint8_t *msg, size_t len, void *priv)
{
	const int *victim = priv;
	uint8_t copy[8192];

	if (from != *victim || serial != 2 || len > sizeof(copy))
		return PAIR_PASS;
	memcpy(copy, msg, len);
	/* Behind the signature are the request (of a responder none) and INITIAL-CONTACT. */
	copy[len - (from == 0 ? 150 : 120)] ^= 1;
	pair_put(p, !from, copy, len, 5);
	return PAIR_DROP;
}

static void a_changed_signature_is_not_believed_and_the_right_one_is(void)
{
	for (int victim = 0; victim < 2; victim++) {
		make("rsa");
		pair.filter = change_signature;
		pair.filter_priv = &victim;
		start();
		CU_ASSERT(pair_run_up(&pair, 10000));
		CU_ASSERT_EQUAL(ctr(!victim, IKE_CTR_CERT_SIGNATURE), 1);
		CU_ASSERT_EQUAL(ctr(!victim, IKE_CTR_P1_UP), 1);
		end();
	}
}

static enum pair_fate thrice(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			     size_t len, void *priv)
{
	(void)serial, (void)priv;
	pair_put(p, !from, msg, len, 5);
	pair_put(p, !from, msg, len, 5);
	return PAIR_PASS;
}

static void a_line_that_multiplies_everything_changes_nothing(void)
{
	make("prime256v1");
	pair.filter = thrice;
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_run(&pair, 5000);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
		CU_ASSERT(ctr(i, IKE_CTR_RX_DUPLICATE) > 0);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RX_AUTH_FAIL), 0);
	}
	end();
}

/* ---- life ---- */

/* SIGHUP with other files: what runs stays, the next phase 1 looks at the new ones. */
static void a_new_pki_is_for_the_next_phase_1(void)
{
	struct ike_pki *fresh;
	char why[256];

	make("prime256v1");
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pki_cfg[1].crl_file[0] = fix_write_crl("middle.crl", &middle, &leaf[0], FIX_DAY);
	pki_cfg[1].n_crl_files = 1;
	CU_ASSERT_EQUAL_FATAL(ike_pki_load(&fresh, &pki_cfg[1], why, sizeof(why)), 0);
	pair.end[1].cfg.pki = fresh;
	CU_ASSERT_EQUAL(ike_peer_reconfigure(pair.end[1].peer, &pair.end[1].cfg), 0);
	ike_pki_unref(fresh);
	pair_run(&pair, 5000);
	CU_ASSERT(pair_flows(&pair));
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_CERT_REVOKED), 0);
	ike_peer_rekey(pair.end[0].peer, true);
	pair_run(&pair, 5000);
	CU_ASSERT(ctr(1, IKE_CTR_CERT_REVOKED) >= 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_P1_UP), 1);
	CU_ASSERT(pair_flows(&pair));
	end();
}

static void phase_1_is_rekeyed_by_certificate(void)
{
	make("prime256v1");
	start();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[1].peer, true), 0);
	pair_run(&pair, 2000);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_REKEY_P1), 1);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_UP), 2);
	CU_ASSERT(pair_flows(&pair));
	end();
}

/* Threads may be at work for an SA when its peer goes. */
static void a_peer_may_go_at_any_moment(void)
{
	for (unsigned int steps = 0; steps < 60; steps += 5) {
		make("prime256v1");
		pair.delay_ms = 5;
		start();
		pair_run(&pair, steps);
		end();
	}
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(every_kind_of_key_protects_the_path),
	CASE(names_in_the_certificate_are_identities),
	CASE(a_long_name_is_no_obstacle),
	CASE(a_stranger_is_refused_by_either_side),
	CASE(an_expired_certificate_is_refused_by_either_side),
	CASE(a_revoked_certificate_is_refused_by_either_side),
	CASE(without_a_list_that_is_required_nobody_is_believed),
	CASE(who_is_not_wanted_is_refused_though_authentic),
	CASE(an_identity_must_be_in_the_certificate),
	CASE(keys_and_certificates_do_not_mix),
	CASE(without_a_certificate_of_our_own_nothing_begins),
	CASE(the_certificate_is_chosen_that_the_peer_asks_for),
	CASE(the_method_is_one_that_both_have_a_key_for),
	CASE(any_lost_message_is_made_good),
	CASE(a_changed_signature_is_not_believed_and_the_right_one_is),
	CASE(a_line_that_multiplies_everything_changes_nothing),
	CASE(a_new_pki_is_for_the_next_phase_1),
	CASE(phase_1_is_rekeyed_by_certificate),
	CASE(a_peer_may_go_at_any_moment),
};

UNIT_MAIN("ipsec/ike_auth", cases)

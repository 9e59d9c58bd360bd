/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Certificates: what is read, who is believed, and why the others are not. */

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <osmocom/core/select.h>

#include "ipsec/ike/cert.h"
#include "ipsec/ike/crypto_pool.h"
#include "tests/unit/ipsec/cert_fixture.h"
#include "tests/unit/unit.h"

enum { DN = 9, FQDN = 2, USER = 3, IPV4 = 1 };

static const uint8_t hash[32] = "what both ends have computed..";

/* root -> middle -> leaf, of one kind of key; ours and the peer's are the same files. */
struct rig {
	struct fix_cert root, middle, leaf;
	struct ike_pki_cfg cfg;
	struct ike_pki *pki;
	uint8_t sig[IKE_SIG_MAX];
	struct ike_iov certs[IKE_CERT_CHAIN_MAX];
	uint8_t bodies[IKE_CERT_CHAIN_MAX][4096];
	struct ike_proof proof;
	char why[IKE_CERT_WHY_MAX];
};

static struct rig rig;

static void make(const char *kind, struct fix_want leaf)
{
	memset(&rig, 0, sizeof(rig));
	fix_begin();
	rig.root = fix_make(&(struct fix_want){ .cn = "root", .kind = kind, .ca = true });
	rig.middle = fix_make(&(struct fix_want){
		.cn = "middle", .kind = kind, .ca = true, .issuer = &rig.root });
	leaf.issuer = leaf.issuer ? leaf.issuer : &rig.middle;
	leaf.kind = leaf.kind ? leaf.kind : kind;
	leaf.cn = "lns1";
	leaf.san = "DNS:lns1.example,email:op@lns1.example,IP:192.0.2.1";
	rig.leaf = fix_make(&leaf);
	rig.cfg.ca_file[0].path =
		fix_write_certs("root.pem", (const struct fix_cert *[]){ &rig.root }, 1);
	rig.cfg.n_ca_files = 1;
	rig.cfg.own[0].certificate = fix_write_certs(
		"own.pem", (const struct fix_cert *[]){ &rig.leaf, &rig.middle }, 2);
	rig.cfg.own[0].key = fix_write_key("own.key", &rig.leaf, 0600);
	rig.cfg.n_own = 1;
}

static int load(void)
{
	char why[256] = "";
	int rc = ike_pki_load(&rig.pki, &rig.cfg, why, sizeof(why));

	if (rc < 0)
		snprintf(rig.why, sizeof(rig.why), "%.190s", why);
	return rc;
}

/* What an honest peer with our certificate would send. */
static void prove(void)
{
	struct ike_iov der;
	unsigned int n;
	int len;

	CU_ASSERT_EQUAL_FATAL(load(), 0);
	len = ike_pki_sign(rig.pki, 0, hash, sizeof(hash), rig.sig);
	CU_ASSERT_FATAL(len > 0);
	for (n = 0; (der = ike_pki_own_cert(rig.pki, 0, n)).len; n++) {
		rig.bodies[n][0] = IKE_CERT_X509_SIG;
		memcpy(rig.bodies[n] + 1, der.p, der.len);
		rig.certs[n] = (struct ike_iov){ rig.bodies[n], der.len + 1 };
	}
	rig.proof = (struct ike_proof){ .method = ike_pki_own_method(rig.pki, 0),
					.certs = rig.certs,
					.n_certs = n,
					.hash = hash,
					.hash_len = sizeof(hash),
					.sig = { rig.sig, (size_t)len },
					.id_type = DN,
					.id = ike_pki_own_subject(rig.pki, 0),
					.now = time(NULL) };
}

static enum ike_cert_verdict verdict(void)
{
	return ike_pki_verify(rig.pki, &rig.proof, rig.why);
}

static void done(void)
{
	ike_pki_unref(rig.pki);
	fix_free(&rig.root);
	fix_free(&rig.middle);
	fix_free(&rig.leaf);
	fix_end();
}

static void a_good_chain_of_each_kind_of_key_is_believed(void)
{
	static const struct {
		const char *kind;
		uint16_t method;
		size_t sig;
	} kinds[] = { { "rsa", 3, 256 },
		      { "prime256v1", 9, 64 },
		      { "secp384r1", 10, 96 },
		      { "secp521r1", 11, 132 } };

	for (int i = 0; i < 4; i++) {
		make(kinds[i].kind, (struct fix_want){ .usage = "digitalSignature" });
		prove();
		CU_ASSERT_EQUAL(rig.proof.method->id, kinds[i].method);
		CU_ASSERT_PTR_EQUAL(ike_sig_method_by_id(kinds[i].method), rig.proof.method);
		CU_ASSERT_EQUAL(rig.proof.sig.len, kinds[i].sig);
		CU_ASSERT_EQUAL(rig.proof.n_certs, 2);
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
		/* The order of certificates does not matter. */
		rig.proof.certs = (struct ike_iov[]){ rig.certs[1], rig.certs[0] };
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
		done();
	}
	CU_ASSERT_PTR_NULL(ike_sig_method_by_id(1));
}

/* RFC 2409 5.1: the hash itself is padded, with no DigestInfo around it (PKCS #1, block type 1). */
static void an_rsa_signature_has_the_bare_hash_in_it(void)
{
	uint8_t open[256];
	size_t len = sizeof(open);
	EVP_PKEY_CTX *ctx;

	make("rsa", (struct fix_want){ 0 });
	prove();
	ctx = EVP_PKEY_CTX_new(rig.leaf.key, NULL);
	CU_ASSERT_EQUAL(EVP_PKEY_verify_recover_init(ctx), 1);
	CU_ASSERT_EQUAL(EVP_PKEY_verify_recover(ctx, open, &len, rig.sig, 256), 1);
	CU_ASSERT_EQUAL_FATAL(len, sizeof(hash));
	CU_ASSERT_EQUAL(memcmp(open, hash, len), 0);
	EVP_PKEY_CTX_free(ctx);
	done();
}

static void a_signature_by_another_key_or_of_another_hash_is_refused(void)
{
	uint8_t other[sizeof(hash)];

	for (int i = 0; i < 2; i++) {
		make(i ? "rsa" : "prime256v1", (struct fix_want){ 0 });
		prove();
		memcpy(other, hash, sizeof(hash));
		other[3] ^= 1;
		rig.proof.hash = other;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_SIGNATURE);
		rig.proof.hash = hash;
		rig.sig[20] ^= 1;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_SIGNATURE);
		rig.sig[20] ^= 1;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
		/* The leaf is missing: the CA's key has not signed it. */
		rig.proof.certs = &rig.certs[1];
		rig.proof.n_certs = 1;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_SIGNATURE);
		done();
	}
}

static void a_key_of_another_method_is_refused(void)
{
	make("prime256v1", (struct fix_want){ 0 });
	prove();
	rig.proof.method = ike_sig_method_by_id(3);
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_WRONG_KEY);
	rig.proof.method = ike_sig_method_by_id(10);
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_WRONG_KEY);
	done();
}

static void a_chain_to_another_ca_is_refused(void)
{
	/* Of the same name: names prove nothing. */
	struct fix_cert fake;
	const struct fix_cert *list[1] = { &fake };

	make("prime256v1", (struct fix_want){ 0 });
	fake = fix_make(&(struct fix_want){ .cn = "root", .kind = "prime256v1", .ca = true });
	rig.cfg.ca_file[0].path = fix_write_certs("fake.pem", list, 1);
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_WRONG_CA);
	CU_ASSERT(strlen(rig.why) > 0);
	fix_free(&fake);
	done();
	/* And without the certificate in between. */
	make("prime256v1", (struct fix_want){ 0 });
	prove();
	rig.proof.n_certs = 1;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_WRONG_CA);
	done();
}

static void a_ca_in_between_may_be_trusted_itself(void)
{
	make("prime256v1", (struct fix_want){ 0 });
	rig.cfg.ca_file[0].path =
		fix_write_certs("middle.pem", (const struct fix_cert *[]){ &rig.middle }, 1);
	rig.cfg.ca_file[0].crl = IKE_CRL_REQUIRE;
	rig.cfg.crl_file[0] = fix_write_crl("m.crl", &rig.middle, NULL, FIX_DAY);
	rig.cfg.n_crl_files = 1;
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
	done();
}

static void validity_is_that_of_the_moment(void)
{
	make("prime256v1", (struct fix_want){ .from = -3 * FIX_DAY, .to = -2 * FIX_DAY });
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_EXPIRED);
	/* The root, a day old, is not valid yet then: still a matter of time. */
	rig.proof.now -= 2 * FIX_DAY + FIX_DAY / 2;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_EXPIRED);
	done();
	make("prime256v1", (struct fix_want){ .from = FIX_DAY, .to = 2 * FIX_DAY });
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_EXPIRED);
	rig.proof.now += FIX_DAY + 60;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
	done();
}

/* Lists of both CAs; the middle one's may have the leaf in it. */
static enum ike_cert_verdict with_crls(enum ike_crl_mode mode, int lists, bool revoked, long to)
{
	enum ike_cert_verdict v;

	make("prime256v1", (struct fix_want){ 0 });
	rig.cfg.ca_file[0].crl = mode;
	if (lists > 0)
		rig.cfg.crl_file[0] =
			fix_write_crl("m.crl", &rig.middle, revoked ? &rig.leaf : NULL, to);
	if (lists > 1)
		rig.cfg.crl_file[1] = fix_write_crl("r.crl", &rig.root, NULL, to);
	rig.cfg.n_crl_files = (unsigned int)lists;
	prove();
	v = verdict();
	done();
	return v;
}

static void revocation_is_looked_at_as_configured_for_the_ca(void)
{
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_REQUIRE, 2, false, FIX_DAY), IKE_CERT_OK);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_REQUIRE, 2, true, FIX_DAY), IKE_CERT_REVOKED);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_REQUIRE, 1, false, FIX_DAY), IKE_CERT_NO_CRL);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_REQUIRE, 0, false, FIX_DAY), IKE_CERT_NO_CRL);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_REQUIRE, 2, false, -60), IKE_CERT_NO_CRL);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_IF_PRESENT, 0, false, FIX_DAY), IKE_CERT_OK);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_IF_PRESENT, 1, true, FIX_DAY), IKE_CERT_REVOKED);
	/* Out of date, and what it has still counts. */
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_IF_PRESENT, 1, false, -60), IKE_CERT_OK);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_IF_PRESENT, 1, true, -60), IKE_CERT_REVOKED);
	CU_ASSERT_EQUAL(with_crls(IKE_CRL_OFF, 1, true, FIX_DAY), IKE_CERT_OK);
}

static enum ike_cert_verdict id_verdict(uint8_t type, const void *p, size_t len)
{
	rig.proof.id_type = type;
	rig.proof.id = (struct ike_iov){ p, len };
	return verdict();
}

static void the_certificate_must_prove_the_identity(void)
{
	uint8_t dn[128];
	int len;

	make("prime256v1", (struct fix_want){ 0 });
	prove();
	CU_ASSERT_EQUAL(id_verdict(FQDN, "LNS1.example", 12), IKE_CERT_OK);
	CU_ASSERT_EQUAL(id_verdict(FQDN, "lns2.example", 12), IKE_CERT_IDENTITY);
	CU_ASSERT_EQUAL(id_verdict(FQDN, "lns1.exampl", 11), IKE_CERT_IDENTITY);
	CU_ASSERT_EQUAL(id_verdict(FQDN, "", 0), IKE_CERT_IDENTITY);
	CU_ASSERT_EQUAL(id_verdict(USER, "op@lns1.example", 15), IKE_CERT_OK);
	CU_ASSERT_EQUAL(id_verdict(USER, "lns1.example", 12), IKE_CERT_IDENTITY);
	CU_ASSERT_EQUAL(id_verdict(IPV4, "\xc0\x00\x02\x01", 4), IKE_CERT_OK);
	CU_ASSERT_EQUAL(id_verdict(IPV4, "\xc0\x00\x02\x02", 4), IKE_CERT_IDENTITY);
	CU_ASSERT_EQUAL(id_verdict(11, "lns1", 4), IKE_CERT_IDENTITY);
	/* As other implementations would encode it, and in another case. */
	len = ike_dn_parse("C=NL,O=example,CN=LNS1", dn, sizeof(dn));
	CU_ASSERT_FATAL(len > 0);
	CU_ASSERT_EQUAL(id_verdict(DN, dn, (size_t)len), IKE_CERT_OK);
	CU_ASSERT_EQUAL(id_verdict(DN, dn, (size_t)len - 1), IKE_CERT_IDENTITY);
	len = ike_dn_parse("C=NL,O=Example,CN=lns2", dn, sizeof(dn));
	CU_ASSERT_EQUAL(id_verdict(DN, dn, (size_t)len), IKE_CERT_IDENTITY);
	done();
}

static void weak_or_misused_certificates_are_unfit(void)
{
	make("prime256v1", (struct fix_want){ .usage = "keyEncipherment" });
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_UNFIT);
	done();
	make("prime256v1", (struct fix_want){ .md = EVP_sha1() });
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_UNFIT);
	done();
	make("prime256v1", (struct fix_want){ .kind = "rsa1024" });
	CU_ASSERT_EQUAL(load(), -EINVAL);
	done();
	/* One that is no CA's has signed another. */
	make("prime256v1", (struct fix_want){ 0 });
	struct fix_cert below = fix_make(
		&(struct fix_want){ .cn = "below", .kind = "prime256v1", .issuer = &rig.leaf });
	rig.cfg.own[0].certificate = fix_write_certs(
		"below.pem", (const struct fix_cert *[]){ &below, &rig.leaf, &rig.middle }, 3);
	rig.cfg.own[0].key = fix_write_key("below.key", &below, 0600);
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_UNFIT);
	fix_free(&below);
	done();
}

static void hostile_lengths_and_octets_are_refused(void)
{
	static uint8_t big[IKE_CERT_DER_MAX + 1];
	size_t sig_len;

	make("prime256v1", (struct fix_want){ 0 });
	prove();
	sig_len = rig.proof.sig.len;
	for (size_t n = 0; n < sig_len; n++) {
		rig.proof.sig.len = n;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_SIGNATURE);
	}
	rig.proof.sig.len = sig_len + 1;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_SIGNATURE);
	rig.proof.sig.len = sig_len;
	for (size_t n = 0; n < rig.certs[0].len; n++) {
		struct ike_iov cut = { rig.bodies[0], n };

		rig.proof.certs = &cut;
		rig.proof.n_certs = 1;
		CU_ASSERT_EQUAL(verdict(), IKE_CERT_MALFORMED);
	}
	big[0] = IKE_CERT_X509_SIG;
	rig.proof.certs = &(struct ike_iov){ big, sizeof(big) };
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_MALFORMED);
	/* No certificate, or only some in encodings that are not X.509. */
	rig.bodies[0][0] = 7;
	rig.proof.certs = rig.certs;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_NONE);
	rig.proof.n_certs = 0;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_NONE);
	/* More than a message may have. */
	rig.bodies[0][0] = IKE_CERT_X509_SIG;
	struct ike_iov many[IKE_CERT_CHAIN_MAX + 1];
	for (unsigned int i = 0; i <= IKE_CERT_CHAIN_MAX; i++)
		many[i] = rig.certs[0];
	rig.proof.certs = many;
	rig.proof.n_certs = IKE_CERT_CHAIN_MAX + 1;
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_MALFORMED);
	done();
}

static uint32_t asked(const struct fix_cert *ca)
{
	uint8_t body[512], *p = body + 1;
	int len = i2d_X509_NAME(X509_get_subject_name(ca->x), &p);

	body[0] = IKE_CERT_X509_SIG;
	for (int n = 2; n <= len; n++)
		CU_ASSERT_EQUAL(ike_pki_answering(rig.pki, body, (size_t)n), 0);
	return ike_pki_answering(rig.pki, body, (size_t)len + 1);
}

static void certificate_requests_choose_among_our_certificates(void)
{
	struct fix_cert ca2, own2, own3;

	make("prime256v1", (struct fix_want){ 0 });
	ca2 = fix_make(&(struct fix_want){ .cn = "second", .kind = "prime256v1", .ca = true });
	own2 = fix_make(&(struct fix_want){ .cn = "a", .kind = "prime256v1", .issuer = &ca2 });
	own3 = fix_make(&(struct fix_want){ .cn = "b", .kind = "rsa", .issuer = &ca2 });
	rig.cfg.ca_file[1].path =
		fix_write_certs("ca2.pem", (const struct fix_cert *[]){ &ca2, &ca2 }, 2);
	rig.cfg.n_ca_files = 2;
	rig.cfg.own[1].certificate =
		fix_write_certs("2.pem", (const struct fix_cert *[]){ &own2 }, 1);
	rig.cfg.own[1].key = fix_write_key("2.key", &own2, 0400);
	rig.cfg.own[2].certificate =
		fix_write_certs("3.pem", (const struct fix_cert *[]){ &own3 }, 1);
	rig.cfg.own[2].key = fix_write_key("3.key", &own3, 0600);
	rig.cfg.n_own = 3;
	CU_ASSERT_EQUAL_FATAL(load(), 0);
	CU_ASSERT_EQUAL(ike_pki_cas(rig.pki), 2);
	CU_ASSERT_EQUAL(ike_pki_owns(rig.pki), 3);
	CU_ASSERT_EQUAL(asked(&rig.root), 1);
	CU_ASSERT_EQUAL(asked(&rig.middle), 1);
	CU_ASSERT_EQUAL(asked(&ca2), 6);
	CU_ASSERT_EQUAL(asked(&own2), 0);
	CU_ASSERT_EQUAL(ike_pki_answering(rig.pki, (const uint8_t *)"\x04", 1), 7);
	CU_ASSERT_EQUAL(ike_pki_answering(rig.pki, (const uint8_t *)"\x07", 1), 0);
	CU_ASSERT_EQUAL(ike_pki_answering(rig.pki, (const uint8_t *)"", 0), 0);
	CU_ASSERT_EQUAL(ike_pki_choose(rig.pki, ike_sig_method_by_id(9), 6), 1);
	CU_ASSERT_EQUAL(ike_pki_choose(rig.pki, ike_sig_method_by_id(9), 0), 0);
	CU_ASSERT_EQUAL(ike_pki_choose(rig.pki, ike_sig_method_by_id(3), 1), 2);
	CU_ASSERT_EQUAL(ike_pki_choose(rig.pki, ike_sig_method_by_id(10), 7), -ENOENT);
	CU_ASSERT(ike_dn_same(ike_pki_ca_name(rig.pki, 1).p, ike_pki_ca_name(rig.pki, 1).len,
			      ike_pki_ca_name(rig.pki, 1).p, ike_pki_ca_name(rig.pki, 1).len));
	CU_ASSERT(!ike_dn_same(ike_pki_ca_name(rig.pki, 0).p, ike_pki_ca_name(rig.pki, 0).len,
			       ike_pki_ca_name(rig.pki, 1).p, ike_pki_ca_name(rig.pki, 1).len));
	fix_free(&ca2);
	fix_free(&own2);
	fix_free(&own3);
	done();
}

static bool says(const char *word)
{
	return strstr(rig.why, word) != NULL;
}

static void files_that_are_not_right_are_named_with_the_fix(void)
{
	make("prime256v1", (struct fix_want){ 0 });
	rig.cfg.own[0].key = fix_write_key("open.key", &rig.leaf, 0640);
	CU_ASSERT_EQUAL(load(), -EACCES);
	CU_ASSERT(says("open.key") && says("chmod 600"));
	rig.cfg.own[0].key = fix_write_key("wrong.key", &rig.middle, 0600);
	CU_ASSERT_EQUAL(load(), -EINVAL);
	CU_ASSERT(says("wrong.key") && says("own.pem"));
	rig.cfg.own[0].key = "/nonexistent/key";
	CU_ASSERT_EQUAL(load(), -ENOENT);
	rig.cfg.own[0].key = fix_dir();
	CU_ASSERT_EQUAL(load(), -EINVAL);
	rig.cfg.n_own = 0;
	CU_ASSERT_EQUAL(load(), 0);
	ike_pki_unref(rig.pki);
	rig.pki = NULL;
	rig.cfg.ca_file[0].path =
		fix_write_certs("leaf.pem", (const struct fix_cert *[]){ &rig.leaf }, 1);
	CU_ASSERT_EQUAL(load(), -EINVAL);
	CU_ASSERT(says("no CA's"));
	rig.cfg.ca_file[0].path = fix_write_text("empty.pem", "nothing here\n");
	CU_ASSERT_EQUAL(load(), -ENODATA);
	rig.cfg.ca_file[0].path = fix_write_text(
		"bad.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
	CU_ASSERT_EQUAL(load(), -EBADMSG);
	CU_ASSERT(says("bad.pem") && says("damaged"));
	done();
}

static void a_directory_of_cas_and_lists_is_read(void)
{
	make("prime256v1", (struct fix_want){ 0 });
	rig.cfg.n_ca_files = 0;
	/* own.pem has a leaf: not a directory of CAs yet. */
	rig.cfg.ca_directory = fix_dir();
	CU_ASSERT_EQUAL(load(), -EINVAL);
	unlink(rig.cfg.own[0].certificate);
	rig.cfg.own[0].certificate = fix_write_certs(
		"own.txt", (const struct fix_cert *[]){ &rig.leaf, &rig.middle }, 2);
	fix_write_crl("m.crl", &rig.middle, &rig.leaf, FIX_DAY);
	prove();
	CU_ASSERT_EQUAL(verdict(), IKE_CERT_OK);
	ike_pki_unref(rig.pki);
	/* A *.pem without a list is no list: lists have a directory of their own, or files. */
	rig.cfg.crl_directory = fix_dir();
	CU_ASSERT_EQUAL(load(), -ENODATA);
	rig.cfg.crl_directory = "/nonexistent";
	CU_ASSERT_EQUAL(load(), -ENOENT);
	done();
}

static void who_holds_the_old_one_goes_on_after_a_reload(void)
{
	struct ike_pki *old;

	make("prime256v1", (struct fix_want){ 0 });
	prove();
	old = ike_pki_ref(rig.pki);
	ike_pki_unref(rig.pki);
	CU_ASSERT_EQUAL(load(), 0);
	CU_ASSERT_EQUAL(ike_pki_verify(old, &rig.proof, rig.why), IKE_CERT_OK);
	ike_pki_unref(old);
	ike_pki_unref(NULL);
	CU_ASSERT_PTR_NULL(ike_pki_ref(NULL));
	done();
}

struct result {
	int done;
	int rc;
	size_t sig_len;
	uint8_t sig[IKE_SIG_MAX];
	enum ike_cert_verdict verdict;
};

static void job_done(struct ike_job *job, void *priv)
{
	struct result *r = priv;

	r->done++;
	r->rc = job->rc;
	r->sig_len = job->sig_len;
	memcpy(r->sig, job->sig, job->sig_len);
	r->verdict = job->verdict;
}

static void wait_for(const struct result *r)
{
	for (int i = 0; i < 1000 && !r->done; i++)
		osmo_select_main(0);
	CU_ASSERT_EQUAL(r->done, 1);
}

static void the_pool_signs_and_verifies(void)
{
	for (unsigned int threads = 0; threads < 3; threads++) {
		struct result s = { 0 }, v = { 0 }, gone = { 0 };
		struct ike_pool *pool;

		make("rsa", (struct fix_want){ 0 });
		prove();
		CU_ASSERT_EQUAL_FATAL(ike_pool_new(&pool, threads), 0);
		CU_ASSERT_PTR_NOT_NULL(
			ike_pool_submit_sign(pool, rig.pki, 0, hash, sizeof(hash), job_done, &s));
		wait_for(&s);
		CU_ASSERT_EQUAL(s.rc, 0);
		CU_ASSERT_EQUAL(s.sig_len, 256);
		rig.proof.sig = (struct ike_iov){ s.sig, s.sig_len };
		CU_ASSERT_PTR_NOT_NULL(
			ike_pool_submit_verify(pool, rig.pki, &rig.proof, job_done, &v));
		/* What was given is copied, and the job has its own reference. */
		memset(rig.bodies, 0xff, sizeof(rig.bodies));
		rig.sig[0] ^= 1;
		ike_pki_unref(rig.pki);
		wait_for(&v);
		CU_ASSERT_EQUAL(v.verdict, IKE_CERT_OK);
		CU_ASSERT_EQUAL_FATAL(load(), 0);
		rig.proof.id = ike_pki_own_subject(rig.pki, 0);
		ike_job_cancel(ike_pool_submit_verify(pool, rig.pki, &rig.proof, job_done, &gone));
		ike_pool_submit_sign(pool, rig.pki, 0, hash, sizeof(hash), job_done, &gone);
		CU_ASSERT_PTR_NULL(ike_pool_submit_sign(pool, rig.pki, 0, hash, IKE_HASH_MAX + 1,
							job_done, &gone));
		ike_pool_free(pool);
		CU_ASSERT_EQUAL(gone.done, 0);
		done();
	}
}

static void names_are_read_and_written(void)
{
	static const char *const good[] = { "C=NL,O=Example,CN=lns1", "CN=a\\,b\\+c\\\\d",
					    "O=Ex\\C3\\A4mple", "DC=example,CN=x y" };
	static const char *const bad[] = { "",	       "CN",	 "=x",	   "CN=",  "CN=a,",
					   "CN=a+O=b", "Nope=x", "CN=a\\", "C=NLD" };
	uint8_t der[128], again[128];
	char text[160];

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		int len = ike_dn_parse(good[i], der, sizeof(der));

		CU_ASSERT_FATAL(len > 0);
		ike_dn_text(der, (size_t)len, text, sizeof(text));
		CU_ASSERT_STRING_EQUAL(text, good[i]);
		CU_ASSERT_EQUAL(ike_dn_parse(text, again, sizeof(again)), len);
		CU_ASSERT_EQUAL(memcmp(der, again, (size_t)len), 0);
		CU_ASSERT_EQUAL(ike_dn_parse(good[i], der, (size_t)len - 1), -EMSGSIZE);
		ike_dn_text(der, (size_t)len, text, 5);
		CU_ASSERT(strlen(text) < 5);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(ike_dn_parse(bad[i], der, sizeof(der)), -EINVAL);
	CU_ASSERT_STRING_EQUAL(ike_dn_text((const uint8_t *)"\x30\x05", 2, text, sizeof(text)),
			       "?");
}

static const struct unit_case cases[] = {
	{ "a good chain of each kind of key is believed",
	  a_good_chain_of_each_kind_of_key_is_believed },
	{ "an RSA signature has the bare hash in it", an_rsa_signature_has_the_bare_hash_in_it },
	{ "a signature by another key or of another hash is refused",
	  a_signature_by_another_key_or_of_another_hash_is_refused },
	{ "a key of another method is refused", a_key_of_another_method_is_refused },
	{ "a chain to another CA is refused", a_chain_to_another_ca_is_refused },
	{ "a CA in between may be trusted itself", a_ca_in_between_may_be_trusted_itself },
	{ "validity is that of the moment", validity_is_that_of_the_moment },
	{ "revocation is looked at as configured for the CA",
	  revocation_is_looked_at_as_configured_for_the_ca },
	{ "the certificate must prove the identity", the_certificate_must_prove_the_identity },
	{ "weak or misused certificates are unfit", weak_or_misused_certificates_are_unfit },
	{ "hostile lengths and octets are refused", hostile_lengths_and_octets_are_refused },
	{ "certificate requests choose among our certificates",
	  certificate_requests_choose_among_our_certificates },
	{ "files that are not right are named with the fix",
	  files_that_are_not_right_are_named_with_the_fix },
	{ "a directory of CAs and lists is read", a_directory_of_cas_and_lists_is_read },
	{ "who holds the old one goes on after a reload",
	  who_holds_the_old_one_goes_on_after_a_reload },
	{ "the pool signs and verifies", the_pool_signs_and_verifies },
	{ "names are read and written", names_are_read_and_written },
};

UNIT_MAIN("ipsec/ike_cert", cases)

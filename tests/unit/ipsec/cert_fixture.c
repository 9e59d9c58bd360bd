/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/ipsec/cert_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

enum { PATHS = 64 };

static char dir[64];
static char paths[PATHS][FIX_PATH_MAX];
static unsigned int n_paths;

/* The tree the test runs in is no place for what goes wrong here. */
static void must(bool ok)
{
	if (!ok)
		abort();
}

void fix_begin(void)
{
	snprintf(dir, sizeof(dir), "/tmp/vcgw-cert-XXXXXX");
	must(mkdtemp(dir) != NULL);
	n_paths = 0;
}

void fix_end(void)
{
	while (n_paths)
		unlink(paths[--n_paths]);
	rmdir(dir);
}

const char *fix_dir(void)
{
	return dir;
}

static const char *add_path(const char *name)
{
	char *path = paths[n_paths++];

	must(n_paths <= PATHS);
	snprintf(path, FIX_PATH_MAX, "%s/%s", dir, name);
	return path;
}

static EVP_PKEY *make_key(const char *kind)
{
	if (strncmp(kind, "rsa", 3))
		return EVP_EC_gen(kind);
	return EVP_RSA_gen(kind[3] ? (size_t)strtoul(kind + 3, NULL, 10) : 2048);
}

static void add_ext(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = value ? X509V3_EXT_conf_nid(NULL, NULL, nid, value) : NULL;

	must(!value || (e && X509_add_ext(x, e, -1) == 1));
	X509_EXTENSION_free(e);
}

struct fix_cert fix_make(const struct fix_want *w)
{
	static long serial;
	struct fix_cert c = { make_key(w->kind), X509_new() };
	const struct fix_cert *issuer = w->issuer ? w->issuer : &c;
	X509_NAME *name = X509_get_subject_name(c.x);

	must(c.key && c.x);
	X509_set_version(c.x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c.x), ++serial);
	X509_gmtime_adj(X509_getm_notBefore(c.x), w->from ? w->from : -FIX_DAY);
	X509_gmtime_adj(X509_getm_notAfter(c.x), w->to ? w->to : 10 * FIX_DAY);
	X509_set_pubkey(c.x, c.key);
	X509_NAME_add_entry_by_txt(name, "C", MBSTRING_ASC, (const uint8_t *)"NL", -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC, (const uint8_t *)"Example", -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const uint8_t *)w->cn, -1, -1, 0);
	X509_set_issuer_name(c.x, X509_get_subject_name(issuer->x));
	add_ext(c.x, NID_basic_constraints, w->ca ? "critical,CA:TRUE" : NULL);
	add_ext(c.x, NID_key_usage, w->usage);
	add_ext(c.x, NID_subject_alt_name, w->san);
	must(X509_sign(c.x, issuer->key, w->md ? w->md : EVP_sha256()) > 0);
	return c;
}

void fix_free(struct fix_cert *c)
{
	EVP_PKEY_free(c->key);
	X509_free(c->x);
	*c = (struct fix_cert){ NULL, NULL };
}

const char *fix_write_certs(const char *name, const struct fix_cert *const *certs, size_t n)
{
	const char *path = add_path(name);
	FILE *f = fopen(path, "w");

	must(f != NULL);
	for (size_t i = 0; i < n; i++)
		must(PEM_write_X509(f, certs[i]->x) == 1);
	fclose(f);
	return path;
}

const char *fix_write_key(const char *name, const struct fix_cert *c, unsigned int mode)
{
	const char *path = add_path(name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	FILE *f = fdopen(fd, "w");

	must(f && fchmod(fd, mode) == 0);
	must(PEM_write_PrivateKey(f, c->key, NULL, NULL, 0, NULL, NULL) == 1);
	fclose(f);
	return path;
}

const char *fix_write_crl(const char *name, const struct fix_cert *ca,
			  const struct fix_cert *revoked, long to)
{
	const char *path = add_path(name);
	X509_CRL *crl = X509_CRL_new();
	ASN1_TIME *at = ASN1_TIME_new();
	FILE *f = fopen(path, "w");

	must(crl && at && f);
	X509_CRL_set_version(crl, 1);
	X509_CRL_set_issuer_name(crl, X509_get_subject_name(ca->x));
	X509_gmtime_adj(at, -FIX_DAY);
	X509_CRL_set1_lastUpdate(crl, at);
	if (revoked) {
		X509_REVOKED *r = X509_REVOKED_new();

		X509_REVOKED_set_serialNumber(r, X509_get_serialNumber(revoked->x));
		X509_REVOKED_set_revocationDate(r, at);
		must(X509_CRL_add0_revoked(crl, r) == 1);
	}
	X509_gmtime_adj(at, to);
	X509_CRL_set1_nextUpdate(crl, at);
	must(X509_CRL_sign(crl, ca->key, EVP_sha256()) > 0);
	must(PEM_write_X509_CRL(f, crl) == 1);
	fclose(f);
	ASN1_TIME_free(at);
	X509_CRL_free(crl);
	return path;
}

const char *fix_write_text(const char *name, const char *text)
{
	const char *path = add_path(name);
	FILE *f = fopen(path, "w");

	must(f && fputs(text, f) >= 0);
	fclose(f);
	return path;
}

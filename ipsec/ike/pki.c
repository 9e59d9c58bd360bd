/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Reading CAs, revocation lists, certificates and private keys. */

#include "ipsec/ike/pki.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { FILE_MAX = 16 << 20, KEY_FILE_MAX = 65536 };

struct loader {
	struct ike_pki *pki;
	char *why;
	size_t why_size;
};

static int fail(struct loader *l, int rc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(struct loader *l, int rc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(l->why, l->why_size, fmt, ap);
	va_end(ap);
	return rc;
}

/* Open a regular file of a reasonable size; a fifo must not hold us up. */
static int open_file(struct loader *l, const char *path, off_t max, struct stat *st)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int rc = 0;

	if (fd < 0)
		return fail(l, -errno, "%.120s: %s", path, strerror(errno));
	if (fstat(fd, st) < 0)
		rc = fail(l, -errno, "%.120s: %s", path, strerror(errno));
	else if (!S_ISREG(st->st_mode))
		rc = fail(l, -EINVAL, "%.120s: is not a regular file", path);
	else if (st->st_size > max)
		rc = fail(l, -EFBIG, "%.120s: is larger than %ld octets", path, (long)max);
	if (rc == 0)
		return fd;
	close(fd);
	return rc;
}

static BIO *open_pem(struct loader *l, const char *path, int *rc)
{
	struct stat st;
	int fd = open_file(l, path, FILE_MAX, &st);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	BIO *bio = f ? BIO_new_fp(f, BIO_CLOSE) : NULL;

	*rc = fd < 0 ? fd : 0;
	if (fd >= 0 && !bio)
		*rc = fail(l, -ENOMEM, "%.120s: no memory", path);
	if (f && !bio)
		fclose(f);
	else if (fd >= 0 && !f)
		close(fd);
	return bio;
}

/* Hand each object of a PEM file to take(). */
static int each_pem(struct loader *l, const char *path, bool crls,
		    int (*take)(struct loader *l, const char *path, void *object, void *priv),
		    void *priv)
{
	int rc, n = 0;
	BIO *bio = open_pem(l, path, &rc);

	while (rc == 0) {
		void *object = crls ? (void *)PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)
				    : (void *)PEM_read_bio_X509(bio, NULL, NULL, NULL);

		if (!object)
			break;
		n++;
		rc = take(l, path, object, priv);
	}
	if (rc == 0 && ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
		rc = fail(l, -EBADMSG, "%.120s: object %d is damaged", path, n + 1);
	else if (rc == 0 && n == 0)
		rc = fail(l, -ENODATA, "%.120s: has no %s in PEM form", path,
			  crls ? "revocation list" : "certificate");
	ERR_clear_error();
	BIO_free(bio);
	return rc;
}

static int take_ca(struct loader *l, const char *path, void *object, void *priv)
{
	struct ike_pki *pki = l->pki;
	struct pki_ca *ca = &pki->ca[pki->n_cas];
	X509 *x = object;
	int rc = 0;

	for (unsigned int i = 0; i < pki->n_cas; i++)
		if (X509_cmp(pki->ca[i].x, x) == 0) {
			X509_free(x); /* named twice: the first counts */
			return 0;
		}
	if (!X509_check_ca(x))
		rc = fail(
			l, -EINVAL,
			"%.120s: holds a certificate that is no CA's; our own goes to 'certificate'",
			path);
	else if (pki->n_cas == IKE_PKI_CAS_MAX)
		rc = fail(l, -E2BIG, "%.120s: there are more than %d CAs", path, IKE_PKI_CAS_MAX);
	else if (X509_STORE_add_cert(pki->store, x) != 1)
		rc = fail(l, -EBADMSG, "%.120s: a certificate cannot be used", path);
	if (rc < 0) {
		X509_free(x);
		return rc;
	}
	ca->x = x;
	ca->crl = *(const enum ike_crl_mode *)priv;
	ca->name_len = i2d_X509_NAME(X509_get_subject_name(x), &ca->name);
	pki->n_cas++;
	return ca->name_len > 0 ? 0 : fail(l, -ENOMEM, "%.120s: no memory", path);
}

static int take_crl(struct loader *l, const char *path, void *object, void *priv)
{
	bool ok = X509_STORE_add_crl(l->pki->store, object) == 1 &&
		  sk_X509_CRL_push(l->pki->crls, object) > 0;

	(void)priv;
	if (!ok)
		X509_CRL_free(object);
	return ok ? 0 : fail(l, -EBADMSG, "%.120s: a revocation list cannot be used", path);
}

static bool ends_with(const char *name, const char *const *ends)
{
	const char *dot = strrchr(name, '.');

	for (; dot && *ends; ends++)
		if (strcmp(dot, *ends) == 0)
			return true;
	return false;
}

static int each_file(struct loader *l, const char *directory, bool crls, void *priv)
{
	static const char *const ends[2][4] = { { ".pem", ".crt", ".cer", NULL },
						{ ".pem", ".crl", NULL } };
	struct dirent **names = NULL;
	int n = scandir(directory, &names, NULL, alphasort), rc = 0;

	if (n < 0)
		return fail(l, -errno, "%.120s: %s", directory, strerror(errno));
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;
		char path[512];

		if (rc == 0 && name[0] != '.' && ends_with(name, ends[crls])) {
			if (snprintf(path, sizeof(path), "%s/%s", directory, name) >=
			    (int)sizeof(path))
				rc = fail(l, -ENAMETOOLONG, "%.120s: too long a path", name);
			else
				rc = each_pem(l, path, crls, crls ? take_crl : take_ca, priv);
		}
		free(names[i]);
	}
	free(names);
	return rc;
}

/* ---- our own ---- */

static int take_own(struct loader *l, const char *path, void *object, void *priv)
{
	struct pki_own *own = priv;
	unsigned int n = own->n;

	if (n == IKE_CERT_CHAIN_MAX) {
		X509_free(object);
		return fail(l, -E2BIG, "%.120s: has more than %d certificates", path,
			    IKE_CERT_CHAIN_MAX);
	}
	own->x[n] = object;
	own->len[n] = i2d_X509(object, &own->der[n]);
	own->n++;
	return own->len[n] > 0 ? 0 : fail(l, -ENOMEM, "%.120s: no memory", path);
}

/* A key with a passphrase must not make the daemon ask for it. */
static int no_passphrase(char *buf, int size, int rwflag, void *priv)
{
	(void)buf, (void)size, (void)rwflag, (void)priv;
	return -1;
}

static int read_key(struct loader *l, const char *path, struct pki_own *own)
{
	struct stat st;
	char *text = NULL;
	BIO *bio = NULL;
	ssize_t n = -1;
	int rc = 0, fd = open_file(l, path, KEY_FILE_MAX, &st);

	if (fd < 0)
		return fd;
	if (st.st_uid != geteuid() && st.st_uid != 0)
		rc = fail(l, -EACCES,
			  "%.80s: belongs to uid %u; it must belong to root or to vcgwd's user: "
			  "chown it",
			  path, (unsigned int)st.st_uid);
	else if (st.st_mode & 077)
		rc = fail(l, -EACCES,
			  "%.80s: mode %03o lets others in; only its owner may read it: chmod 600 "
			  "it",
			  path, (unsigned int)(st.st_mode & 0777));
	if (rc == 0) {
		text = OPENSSL_malloc(KEY_FILE_MAX);
		n = text ? read(fd, text, KEY_FILE_MAX) : -1;
		bio = n > 0 ? BIO_new_mem_buf(text, (int)n) : NULL;
		own->key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
		if (!own->key)
			rc = fail(
				l, -EBADMSG,
				"%.80s: no private key in PEM form; one with a passphrase must be "
				"stored without",
				path);
	}
	ERR_clear_error();
	BIO_free(bio);
	OPENSSL_clear_free(text, KEY_FILE_MAX);
	close(fd);
	return rc;
}

static int load_own(struct loader *l, const char *certificate, const char *key)
{
	struct pki_own *own = &l->pki->own[l->pki->n_own++];
	int rc = each_pem(l, certificate, false, take_own, own);

	if (rc == 0)
		rc = read_key(l, key, own);
	if (rc < 0)
		return rc;
	if (X509_check_private_key(own->x[0], own->key) != 1) {
		ERR_clear_error();
		return fail(l, -EINVAL,
			    "%.80s: is not the key of the first certificate in %.80s; our own "
			    "stands before its CAs",
			    key, certificate);
	}
	own->method = pki_key_method(own->key);
	if (!own->method)
		return fail(l, -EINVAL,
			    "%.80s: take an RSA key of 2048 to 8192 bits, or P-256, "
			    "P-384 or P-521",
			    key);
	own->subject_len = i2d_X509_NAME(X509_get_subject_name(own->x[0]), &own->subject);
	return own->subject_len > 0 ? 0 : fail(l, -ENOMEM, "%.120s: no memory", certificate);
}

/* ---- the whole ---- */

static int load_all(struct loader *l, const struct ike_pki_cfg *cfg)
{
	enum ike_crl_mode mode = cfg->ca_crl;
	int rc = 0;

	if (cfg->n_ca_files > IKE_PKI_FILES_MAX || cfg->n_crl_files > IKE_PKI_FILES_MAX ||
	    cfg->n_own > IKE_PKI_OWN_MAX)
		return fail(l, -E2BIG, "too many files");
	for (unsigned int i = 0; rc == 0 && i < cfg->n_ca_files; i++) {
		enum ike_crl_mode m = cfg->ca_file[i].crl;

		rc = each_pem(l, cfg->ca_file[i].path, false, take_ca, &m);
	}
	if (rc == 0 && cfg->ca_directory)
		rc = each_file(l, cfg->ca_directory, false, &mode);
	for (unsigned int i = 0; rc == 0 && i < cfg->n_crl_files; i++)
		rc = each_pem(l, cfg->crl_file[i], true, take_crl, NULL);
	if (rc == 0 && cfg->crl_directory)
		rc = each_file(l, cfg->crl_directory, true, NULL);
	for (unsigned int i = 0; rc == 0 && i < cfg->n_own; i++)
		rc = load_own(l, cfg->own[i].certificate, cfg->own[i].key);
	return rc;
}

int ike_pki_load(struct ike_pki **out, const struct ike_pki_cfg *cfg, char *why, size_t why_size)
{
	struct ike_pki *pki = calloc(1, sizeof(*pki));
	struct loader l = { pki, why, why_size };
	int rc;

	*out = NULL;
	if (!pki)
		return fail(&l, -ENOMEM, "no memory");
	atomic_init(&pki->refs, 1);
	pki->store = X509_STORE_new();
	pki->crls = sk_X509_CRL_new_null();
	rc = pki->store && pki->crls ? load_all(&l, cfg) : fail(&l, -ENOMEM, "no memory");
	if (rc < 0)
		ike_pki_unref(pki);
	else
		*out = pki;
	return rc;
}

struct ike_pki *ike_pki_ref(struct ike_pki *pki)
{
	if (pki)
		atomic_fetch_add(&pki->refs, 1);
	return pki;
}

void ike_pki_unref(struct ike_pki *pki)
{
	if (!pki || atomic_fetch_sub(&pki->refs, 1) != 1)
		return;
	for (unsigned int i = 0; i < pki->n_cas; i++) {
		X509_free(pki->ca[i].x);
		OPENSSL_free(pki->ca[i].name);
	}
	for (unsigned int i = 0; i < pki->n_own; i++) {
		struct pki_own *own = &pki->own[i];

		/* libcrypto wipes the numbers of a private key. */
		EVP_PKEY_free(own->key);
		OPENSSL_free(own->subject);
		for (unsigned int k = 0; k < own->n; k++) {
			X509_free(own->x[k]);
			OPENSSL_free(own->der[k]);
		}
	}
	sk_X509_CRL_pop_free(pki->crls, X509_CRL_free);
	X509_STORE_free(pki->store);
	free(pki);
}

/* ---- for show ---- */

enum { NAME_TEXT_MAX = 512 };

static const char *name_text(const X509_NAME *name, char buf[NAME_TEXT_MAX])
{
	uint8_t *der = NULL;
	int len = i2d_X509_NAME(name, &der);

	ike_dn_text(der, len > 0 ? (size_t)len : 0, buf, NAME_TEXT_MAX);
	OPENSSL_free(der);
	return buf;
}

static time_t time_of(const ASN1_TIME *at)
{
	struct tm tm;

	return at && ASN1_TIME_to_tm(at, &tm) == 1 ? timegm(&tm) : 0;
}

static void show_cert(X509 *x, struct ike_pki_item *item,
		      void (*each)(void *priv, const struct ike_pki_item *item), void *priv)
{
	char subject[NAME_TEXT_MAX], issuer[NAME_TEXT_MAX];
	BIGNUM *n = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x), NULL);
	char *serial = n ? BN_bn2hex(n) : NULL;

	item->subject = name_text(X509_get_subject_name(x), subject);
	item->issuer = name_text(X509_get_issuer_name(x), issuer);
	item->serial = serial ? serial : "?";
	item->from = time_of(X509_get0_notBefore(x));
	item->to = time_of(X509_get0_notAfter(x));
	each(priv, item);
	OPENSSL_free(serial);
	BN_free(n);
}

static void show_crl(X509_CRL *crl, void (*each)(void *priv, const struct ike_pki_item *item),
		     void *priv)
{
	STACK_OF(X509_REVOKED) *list = X509_CRL_get_REVOKED(crl);
	char issuer[NAME_TEXT_MAX];
	struct ike_pki_item item = {
		.kind = IKE_PKI_CRL,
		.issuer = name_text(X509_CRL_get_issuer(crl), issuer),
		.from = time_of(X509_CRL_get0_lastUpdate(crl)),
		.to = time_of(X509_CRL_get0_nextUpdate(crl)),
		.count = list ? (unsigned int)sk_X509_REVOKED_num(list) : 0,
	};

	each(priv, &item);
}

void ike_pki_each(const struct ike_pki *pki,
		  void (*each)(void *priv, const struct ike_pki_item *item), void *priv)
{
	for (unsigned int i = 0; i < pki->n_cas; i++) {
		struct ike_pki_item item = { .kind = IKE_PKI_CA, .crl = pki->ca[i].crl };

		show_cert(pki->ca[i].x, &item, each, priv);
	}
	for (unsigned int i = 0; i < pki->n_own; i++) {
		const struct pki_own *own = &pki->own[i];
		struct ike_pki_item item = { .kind = IKE_PKI_OWN,
					     .method = own->method,
					     .key_bits = (unsigned int)EVP_PKEY_get_bits(own->key),
					     .count = own->n };

		show_cert(own->x[0], &item, each, priv);
	}
	for (int i = 0; i < sk_X509_CRL_num(pki->crls); i++)
		show_crl(sk_X509_CRL_value(pki->crls, i), each, priv);
	ERR_clear_error();
}

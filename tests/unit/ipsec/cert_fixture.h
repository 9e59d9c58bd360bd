/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Certificates made when a test runs, in a directory of its own: nothing in the tree expires. */

#include <stdbool.h>
#include <stddef.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

enum { FIX_DAY = 86400, FIX_PATH_MAX = 128 };

struct fix_cert {
	EVP_PKEY *key;
	X509 *x;
};

/*! What a certificate is to have. */
struct fix_want {
	const char *cn;
	const char *kind; /*!< "rsa" (2048), "rsa3072", or a curve as libcrypto calls it */
	const struct fix_cert *issuer; /*!< NULL = signed by itself */
	bool ca;
	long from, to;	   /*!< seconds from now; 0 = a day ago, ten days ahead */
	const char *san;   /*!< "DNS:a,IP:192.0.2.1"; NULL = none */
	const char *usage; /*!< NULL = none */
	const EVP_MD *md;  /*!< NULL = SHA-256 */
};

/*! A new directory; everything in it goes with fix_end(). */
void fix_begin(void);
void fix_end(void);
const char *fix_dir(void);
struct fix_cert fix_make(const struct fix_want *w);
void fix_free(struct fix_cert *c);
/*! Write certificates one after the other. \returns the path, static until fix_end(). */
const char *fix_write_certs(const char *name, const struct fix_cert *const *certs, size_t n);
const char *fix_write_key(const char *name, const struct fix_cert *c, unsigned int mode);
/*! A revocation list of ca, with one entry unless revoked is NULL, good until `to` seconds. */
const char *fix_write_crl(const char *name, const struct fix_cert *ca,
			  const struct fix_cert *revoked, long to);
const char *fix_write_text(const char *name, const char *text);

/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What pki.c loads and cert.c uses. */

#include <stdatomic.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "ipsec/ike/cert.h"

struct pki_ca {
	X509 *x;
	enum ike_crl_mode crl;
	uint8_t *name; /* DER */
	int name_len;
};

struct pki_own {
	EVP_PKEY *key;
	const struct ike_sig_method *method;
	unsigned int n; /* certificates */
	X509 *x[IKE_CERT_CHAIN_MAX];
	uint8_t *der[IKE_CERT_CHAIN_MAX];
	int len[IKE_CERT_CHAIN_MAX];
	uint8_t *subject;
	int subject_len;
};

struct ike_pki {
	atomic_uint refs;
	X509_STORE *store;	   /* CAs and revocation lists */
	STACK_OF(X509_CRL) * crls; /* once more, for show: the store is the threads' */
	unsigned int n_cas, n_own;
	struct pki_ca ca[IKE_PKI_CAS_MAX];
	struct pki_own own[IKE_PKI_OWN_MAX];
};

/*! The method that a key is good for, or NULL. */
const struct ike_sig_method *pki_key_method(const EVP_PKEY *key);

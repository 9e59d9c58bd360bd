/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Certificates for IKE: whom we trust, who we are, and the signatures of Main Mode (RFC 2409 5.1,
 * RFC 4754, RFC 4945 for practice).
 *
 * A struct ike_pki is what was read from files at one moment and never changes after that: a reload
 * makes another one, and whoever holds a reference to the old one goes on with it. So signing and
 * verifying, which are slow, may run on any thread; loading reads files.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "ipsec/ike/ike.h"
#include "ipsec/ike/prf.h"

enum ike_cert_limits {
	IKE_PKI_FILES_MAX = 16, /* of a kind, as configured */
	IKE_PKI_OWN_MAX = 8,
	IKE_PKI_CAS_MAX = 64,
	IKE_CERT_CHAIN_MAX = 8,	  /* certificates in one message */
	IKE_CERT_DER_MAX = 16384, /* octets of one */
	IKE_SIG_MAX = 1024,	  /* RSA of 8192 bits */
	IKE_CERT_X509_SIG = 4,	  /* encoding, RFC 2408 3.9 */
	IKE_CERT_WHY_MAX = 200,
};

/*! Is a certificate checked against its CA's revocation list? */
enum ike_crl_mode {
	IKE_CRL_IF_PRESENT, /*!< yes, also against a list out of date, where there is one */
	IKE_CRL_REQUIRE, /*!< yes; without a current list of each CA of the chain it is refused */
	IKE_CRL_OFF,
};

/*! How phase 1 is signed (RFC 2409 App. A, RFC 4754). */
struct ike_sig_method {
	uint16_t id; /*!< value of the authentication method attribute */
	const char *name;
	const char *curve; /*!< as libcrypto calls it; NULL = RSA */
	uint16_t hash;	   /*!< HASH_I and HASH_R are made with this one, whatever was negotiated
			    * (RFC 2409 5.1); 0 = with the one negotiated */
	size_t half;	   /*!< octets of r and of s; 0 = RSA */
};

/*! All methods; the end has name NULL. */
extern const struct ike_sig_method ike_sig_methods[];
const struct ike_sig_method *ike_sig_method_by_id(uint16_t id);

/*! Where things are. Paths are borrowed for the call. */
struct ike_pki_cfg {
	struct {
		const char *path; /*!< PEM, one CA or more */
		enum ike_crl_mode crl;
	} ca_file[IKE_PKI_FILES_MAX];
	unsigned int n_ca_files;
	const char *ca_directory; /*!< its files *.pem, *.crt and *.cer; NULL = none */
	enum ike_crl_mode ca_crl; /*!< of the directory's CAs */
	const char *crl_file[IKE_PKI_FILES_MAX];
	unsigned int n_crl_files;
	const char *crl_directory; /*!< its files *.pem and *.crl; NULL = none */
	struct {
		const char *certificate; /*!< PEM: our own, then those of the CAs between */
		const char *key;	 /*!< PEM, not encrypted, readable by its owner only */
	} own[IKE_PKI_OWN_MAX];
	unsigned int n_own;
};

struct ike_pki;

/*! Read everything. \returns 0, or -errno with the file, the reason and the fix in why. */
int ike_pki_load(struct ike_pki **out, const struct ike_pki_cfg *cfg, char *why, size_t why_size);

/*! References; any thread. The last one wipes the private keys. NULL is fine. */
struct ike_pki *ike_pki_ref(struct ike_pki *pki);
void ike_pki_unref(struct ike_pki *pki);

/*! CAs that we trust. The body of a certificate request for the nth, without its encoding: the
 * DER of the CA's name (RFC 2408 3.10). Borrowed. */
unsigned int ike_pki_cas(const struct ike_pki *pki);
struct ike_iov ike_pki_ca_name(const struct ike_pki *pki, unsigned int n);

/*! Our certificates. */
unsigned int ike_pki_owns(const struct ike_pki *pki);
const struct ike_sig_method *ike_pki_own_method(const struct ike_pki *pki, unsigned int own);
/*! DER of its subject: the identity ID_DER_ASN1_DN that it proves. Borrowed. */
struct ike_iov ike_pki_own_subject(const struct ike_pki *pki, unsigned int own);
/*! Does our certificate prove an identity? A peer refuses us otherwise. */
bool ike_pki_own_proves(const struct ike_pki *pki, unsigned int own, uint8_t id_type,
			struct ike_iov id);
/*! The ith certificate to send, our own first, DER; empty past the end. Borrowed. */
struct ike_iov ike_pki_own_cert(const struct ike_pki *pki, unsigned int own, unsigned int i);

/*! Which of our certificates answer a certificate request: bit n for the nth. An empty request
 * means any (RFC 2408 3.10); one with another encoding or that is malformed means none.
 * \param[in] body of the payload, from the encoding on. */
uint32_t ike_pki_answering(const struct ike_pki *pki, const uint8_t *body, size_t len);
/*! The first of our certificates for a method among those asked for, else the first for it at all:
 * a peer may accept what it did not ask for (RFC 4945 3.2.7). \returns -ENOENT without any. */
int ike_pki_choose(const struct ike_pki *pki, const struct ike_sig_method *method, uint32_t asked);

/*! One thing of a pki, for show. Names as ike_dn_text() makes them. */
struct ike_pki_item {
	enum { IKE_PKI_CA, IKE_PKI_OWN, IKE_PKI_CRL } kind;
	const char *subject; /*!< NULL of a revocation list */
	const char *issuer;
	const char *serial;		     /*!< hexadecimal; NULL of a revocation list */
	time_t from, to;		     /*!< to 0: a revocation list that does not say */
	enum ike_crl_mode crl;		     /*!< of a CA */
	const struct ike_sig_method *method; /*!< of our own */
	unsigned int key_bits;		     /*!< of our own */
	unsigned int count; /*!< certificates sent with our own; entries of a revocation list */
};

/*! Everything in a pki; what item points to is good during the call. */
void ike_pki_each(const struct ike_pki *pki,
		  void (*each)(void *priv, const struct ike_pki_item *item), void *priv);

/*! Sign HASH_I or HASH_R: RSA with PKCS #1 padding over the bare hash, or r | s (RFC 4754 7).
 * \returns length of sig, or -EIO. */
int ike_pki_sign(const struct ike_pki *pki, unsigned int own, const uint8_t *hash, size_t hash_len,
		 uint8_t sig[IKE_SIG_MAX]);

/*! Why a peer's certificate is not good for us. */
enum ike_cert_verdict {
	IKE_CERT_OK,
	IKE_CERT_NONE, /*!< it sent none that we can read */
	IKE_CERT_MALFORMED,
	IKE_CERT_WRONG_KEY, /*!< no key for the method agreed on */
	IKE_CERT_SIGNATURE, /*!< the signature does not verify with any key it sent */
	IKE_CERT_WRONG_CA,  /*!< leads to no CA that we trust */
	IKE_CERT_EXPIRED,   /*!< or not valid yet: it, or one of its chain */
	IKE_CERT_REVOKED,
	IKE_CERT_NO_CRL,   /*!< list missing or out of date, and we want one */
	IKE_CERT_UNFIT,	   /*!< weak key or digest, usage, constraints, ... */
	IKE_CERT_IDENTITY, /*!< it does not prove the identity that the peer gave */
	IKE_CERT_VERDICTS,
};
extern const char *const ike_cert_verdict_names[IKE_CERT_VERDICTS];

/*! What a peer sent to prove who it is. All borrowed. */
struct ike_proof {
	const struct ike_sig_method *method;
	const struct ike_iov *certs; /*!< bodies of its certificate payloads, in any order */
	unsigned int n_certs;
	const uint8_t *hash; /*!< what it must have signed */
	size_t hash_len;
	struct ike_iov sig;
	uint8_t id_type; /*!< its identity (RFC 2407 4.6.2.1) */
	struct ike_iov id;
	time_t now;
};

/*! The signature first, then the chain, then the identity: no verdict but IKE_CERT_OK proves
 * anything. why gets words for the log. */
enum ike_cert_verdict ike_pki_verify(const struct ike_pki *pki, const struct ike_proof *proof,
				     char why[IKE_CERT_WHY_MAX]);

/*! Names in DER. Parse "C=NL,O=Example,CN=lns1", in the order in which the certificate has them; a
 * backslash before a comma, plus, equals sign or backslash. \returns length, -EINVAL, -EMSGSIZE. */
int ike_dn_parse(const char *text, uint8_t *der, size_t size);
/*! Format into buf, so that ike_dn_parse() reads it again; \returns buf ("?" if it is no name). */
const char *ike_dn_text(const uint8_t *der, size_t len, char *buf, size_t size);
/*! The same name, whatever its strings are encoded in, case and blanks aside (RFC 5280 7.1). */
bool ike_dn_same(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len);

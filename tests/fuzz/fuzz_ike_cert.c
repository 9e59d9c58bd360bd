/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a peer proves itself with: the bodies of its certificate, certificate request, signature and
 * identification payloads. The input is a list of records: octet 0 what it is, octets 1-2 length,
 * then that many octets. A record may stand for one of our own certificates instead (whole, or with
 * octets patched over it), so that signatures and chains are reached.
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/cursor.h"
#include "ipsec/ike/cert.h"
#include "tests/unit/ipsec/cert_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MAX = 4096, CERTS = IKE_CERT_CHAIN_MAX + 2 };

static struct ike_pki *pki;
static const uint8_t hash[32] = "signed";
static uint8_t good_sig[IKE_SIG_MAX];
static int good_sig_len;

static void set_up(void)
{
	struct fix_cert ca, leaf;
	struct ike_pki_cfg cfg = { .n_ca_files = 1, .n_own = 1 };
	char why[256];

	fix_begin();
	ca = fix_make(&(struct fix_want){ .cn = "ca", .kind = "prime256v1", .ca = true });
	leaf = fix_make(&(struct fix_want){
		.cn = "x", .kind = "prime256v1", .issuer = &ca, .san = "DNS:x" });
	cfg.ca_file[0].path = fix_write_certs("ca", (const struct fix_cert *[]){ &ca }, 1);
	cfg.own[0].certificate = fix_write_certs("x", (const struct fix_cert *[]){ &leaf, &ca }, 2);
	cfg.own[0].key = fix_write_key("k", &leaf, 0600);
	if (ike_pki_load(&pki, &cfg, why, sizeof(why)) < 0)
		abort();
	good_sig_len = ike_pki_sign(pki, 0, hash, sizeof(hash), good_sig);
	if (good_sig_len < 0)
		abort();
	fix_free(&ca);
	fix_free(&leaf);
	fix_end();
}

/* One of ours, with the record's octets over it from its first two on. */
static struct ike_iov patched(struct rd *r, unsigned int which, uint8_t body[BODY_MAX])
{
	struct ike_iov der = ike_pki_own_cert(pki, 0, which);
	size_t at = rd_u16(r);

	body[0] = IKE_CERT_X509_SIG;
	memcpy(body + 1, der.p, der.len);
	for (; r->left && at <= der.len; at++)
		body[at] = rd_u8(r);
	return (struct ike_iov){ body, der.len + 1 };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t bodies[CERTS][BODY_MAX];
	struct ike_iov certs[CERTS];
	struct ike_proof p = { .certs = certs,
			       .hash = hash,
			       .hash_len = sizeof(hash),
			       .id_type = IKE_ID_FQDN,
			       .id = { "x", 1 } };
	struct rd r = rd_init(data, size);
	char why[IKE_CERT_WHY_MAX], text[64];

	if (!pki)
		set_up();
	p.method = ike_pki_own_method(pki, 0);
	p.now = time(NULL);
	p.sig = (struct ike_iov){ good_sig, (size_t)good_sig_len };
	while (r.left && !r.err) {
		uint8_t what = rd_u8(&r);
		struct rd rec = rd_sub(&r, rd_u16(&r));

		if (rec.err)
			break;
		switch (what & 7) {
		case 0:
			if (p.n_certs < CERTS)
				certs[p.n_certs++] = (struct ike_iov){ rec.p, rec.left };
			break;
		case 1:
		case 2:
			if (p.n_certs < CERTS) {
				certs[p.n_certs] =
					patched(&rec, (what & 7) - 1u, bodies[p.n_certs]);
				p.n_certs++;
			}
			break;
		case 3:
			p.sig = (struct ike_iov){ rec.p, rec.left };
			break;
		case 4:
			p.id_type = what >> 3;
			p.id = (struct ike_iov){ rec.p, rec.left };
			ike_dn_text(rec.p, rec.left, text, sizeof(text));
			break;
		case 5:
			p.method = &ike_sig_methods[what >> 3 & 3];
			break;
		default:
			/* Only one is ours: no other bit may come out. */
			if (ike_pki_answering(pki, rec.p, rec.left) > 1)
				abort();
		}
	}
	ike_pki_verify(pki, &p, why);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/payload.h"

#include <errno.h>

#include "ipsec/ike/ike.h"

int ike_hdr_decode(struct ike_hdr *h, const uint8_t *msg, size_t len)
{
	struct rd r = rd_init(msg, len);

	rd_copy(&r, h->icookie, sizeof(h->icookie));
	rd_copy(&r, h->rcookie, sizeof(h->rcookie));
	h->next = rd_u8(&r);
	h->version = rd_u8(&r);
	h->exchange = rd_u8(&r);
	h->flags = rd_u8(&r);
	h->msgid = rd_u32(&r);
	h->len = rd_u32(&r);
	return r.err ? -EBADMSG : 0;
}

void ike_hdr_encode(struct wr *w, const struct ike_hdr *h)
{
	wr_bytes(w, h->icookie, sizeof(h->icookie));
	wr_bytes(w, h->rcookie, sizeof(h->rcookie));
	wr_u8(w, h->next);
	wr_u8(w, h->version);
	wr_u8(w, h->exchange);
	wr_u8(w, h->flags);
	wr_u32(w, h->msgid);
	wr_u32(w, h->len);
}

int ike_payloads_decode(struct ike_payloads *out, uint8_t first, const uint8_t *buf, size_t len,
			bool padded)
{
	struct rd r = rd_init(buf, len);
	uint8_t type = first;

	out->n = 0;
	out->used = 0;
	while (type != IKE_PL_NONE) {
		const uint8_t *raw = r.p;
		uint8_t next = rd_u8(&r);
		uint16_t plen;
		struct ike_payload *pl;

		rd_u8(&r); /* reserved: ignored on receipt */
		plen = rd_u16(&r);
		if (r.err || plen < IKE_PL_HDR_LEN)
			return -EBADMSG;
		if (out->n == IKE_PAYLOADS_MAX)
			return -E2BIG;
		pl = &out->p[out->n];
		*pl = (struct ike_payload){ .type = type, .raw = raw, .raw_len = plen };
		pl->len = plen - IKE_PL_HDR_LEN;
		pl->body = rd_bytes(&r, pl->len);
		if (r.err)
			return -EBADMSG;
		out->n++;
		type = next;
	}
	out->used = len - r.left;
	if (!padded && !rd_done(&r))
		return -EBADMSG;
	return 0;
}

const struct ike_payload *ike_payload_find(const struct ike_payloads *pls, uint8_t type,
					   unsigned int nth)
{
	for (unsigned int i = 0; i < pls->n; i++)
		if (pls->p[i].type == type && nth-- == 0)
			return &pls->p[i];
	return NULL;
}

unsigned int ike_payload_count(const struct ike_payloads *pls, uint8_t type)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < pls->n; i++)
		n += pls->p[i].type == type;
	return n;
}

const char *ike_payload_name(uint8_t type)
{
	static const char *const names[] = {
		[IKE_PL_NONE] = "none",		[IKE_PL_SA] = "SA",
		[IKE_PL_PROPOSAL] = "proposal", [IKE_PL_TRANSFORM] = "transform",
		[IKE_PL_KE] = "key exchange",	[IKE_PL_ID] = "identification",
		[IKE_PL_CERT] = "certificate",	[IKE_PL_CERT_REQ] = "certificate request",
		[IKE_PL_HASH] = "hash",		[IKE_PL_SIG] = "signature",
		[IKE_PL_NONCE] = "nonce",	[IKE_PL_NOTIFY] = "notification",
		[IKE_PL_DELETE] = "delete",	[IKE_PL_VID] = "vendor ID",
		[IKE_PL_NAT_D] = "NAT-D",	[IKE_PL_NAT_OA] = "NAT-OA",
	};

	return type < sizeof(names) / sizeof(names[0]) && names[type] ? names[type] : "unknown";
}

int ike_id_decode(struct ike_id_body *out, const uint8_t *body, size_t len)
{
	struct rd r = rd_init(body, len);

	out->type = rd_u8(&r);
	out->proto = rd_u8(&r);
	out->port = rd_u16(&r);
	out->len = r.left;
	out->data = rd_bytes(&r, r.left);
	return r.err ? -EBADMSG : 0;
}

void ike_id_encode(struct wr *w, const struct ike_id_body *id)
{
	wr_u8(w, id->type);
	wr_u8(w, id->proto);
	wr_u16(w, id->port);
	wr_bytes(w, id->data, id->len);
}

enum { V4_LEN = 4, V6_LEN = 16, NAT_OA_RESERVED = 3 };

int ike_id_host(const struct ike_id_body *id, struct endpoint *host)
{
	bool v4 = id->type == IKE_ID_IPV4_ADDR || id->type == IKE_ID_IPV4_ADDR_SUBNET;
	bool subnet = id->type == IKE_ID_IPV4_ADDR_SUBNET || id->type == IKE_ID_IPV6_ADDR_SUBNET;
	size_t len = v4 ? V4_LEN : V6_LEN;

	if (!v4 && !subnet && id->type != IKE_ID_IPV6_ADDR)
		return -EINVAL;
	if (id->len != (subnet ? 2 * len : len))
		return -EINVAL;
	for (size_t i = len; i < id->len; i++)
		if (id->data[i] != 0xff)
			return -EINVAL;
	return endpoint_from_octets(id->data, len, host);
}

int ike_nat_oa_decode(struct endpoint *out, const uint8_t *body, size_t len)
{
	struct rd r = rd_init(body, len);
	uint8_t type = rd_u8(&r);
	size_t left;

	rd_bytes(&r, NAT_OA_RESERVED);
	left = r.left;
	if (r.err || left != (type == IKE_ID_IPV4_ADDR ? V4_LEN : V6_LEN) ||
	    (type != IKE_ID_IPV4_ADDR && type != IKE_ID_IPV6_ADDR))
		return -EBADMSG;
	return endpoint_from_octets(rd_bytes(&r, left), left, out) < 0 ? -EBADMSG : 0;
}

void ike_nat_oa_encode(struct wr *w, const struct endpoint *e)
{
	size_t len;
	const uint8_t *addr = endpoint_octets(e, &len);

	wr_u8(w, len == V4_LEN ? IKE_ID_IPV4_ADDR : IKE_ID_IPV6_ADDR);
	wr_zero(w, NAT_OA_RESERVED);
	wr_bytes(w, addr, len);
}

int ike_notify_decode(struct ike_notify_body *out, const uint8_t *body, size_t len)
{
	struct rd r = rd_init(body, len);

	out->doi = rd_u32(&r);
	out->proto = rd_u8(&r);
	out->spi_len = rd_u8(&r);
	out->type = rd_u16(&r);
	out->spi = rd_bytes(&r, out->spi_len);
	out->len = r.left;
	out->data = rd_bytes(&r, r.left);
	return r.err ? -EBADMSG : 0;
}

void ike_notify_encode(struct wr *w, const struct ike_notify_body *n)
{
	wr_u32(w, n->doi);
	wr_u8(w, n->proto);
	wr_u8(w, n->spi_len);
	wr_u16(w, n->type);
	wr_bytes(w, n->spi, n->spi_len);
	wr_bytes(w, n->data, n->len);
}

const char *ike_notify_name(uint16_t type)
{
	static const struct {
		uint16_t type;
		const char *name;
	} rows[] = {
		{ IKE_N_INVALID_PAYLOAD_TYPE, "INVALID-PAYLOAD-TYPE" },
		{ IKE_N_INVALID_COOKIE, "INVALID-COOKIE" },
		{ IKE_N_NO_PROPOSAL_CHOSEN, "NO-PROPOSAL-CHOSEN" },
		{ IKE_N_PAYLOAD_MALFORMED, "PAYLOAD-MALFORMED" },
		{ IKE_N_INVALID_KEY_INFORMATION, "INVALID-KEY-INFORMATION" },
		{ IKE_N_INVALID_ID_INFORMATION, "INVALID-ID-INFORMATION" },
		{ IKE_N_INVALID_CERTIFICATE, "INVALID-CERTIFICATE" },
		{ IKE_N_INVALID_CERT_AUTHORITY, "INVALID-CERT-AUTHORITY" },
		{ IKE_N_INVALID_HASH_INFORMATION, "INVALID-HASH-INFORMATION" },
		{ IKE_N_AUTHENTICATION_FAILED, "AUTHENTICATION-FAILED" },
		{ IKE_N_INVALID_SIGNATURE, "INVALID-SIGNATURE" },
		{ IKE_N_RESPONDER_LIFETIME, "RESPONDER-LIFETIME" },
		{ IKE_N_INITIAL_CONTACT, "INITIAL-CONTACT" },
		{ IKE_N_R_U_THERE, "R-U-THERE" },
		{ IKE_N_R_U_THERE_ACK, "R-U-THERE-ACK" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].type == type)
			return rows[i].name;
	return type < IKE_N_STATUS ? "other error" : "other status";
}

int ike_delete_decode(struct ike_delete_body *out, const uint8_t *body, size_t len)
{
	struct rd r = rd_init(body, len);

	out->doi = rd_u32(&r);
	out->proto = rd_u8(&r);
	out->spi_len = rd_u8(&r);
	out->n = rd_u16(&r);
	out->spis = rd_bytes(&r, (size_t)out->n * out->spi_len);
	return rd_done(&r) ? 0 : -EBADMSG;
}

void ike_delete_encode(struct wr *w, const struct ike_delete_body *d)
{
	wr_u32(w, d->doi);
	wr_u8(w, d->proto);
	wr_u8(w, d->spi_len);
	wr_u16(w, d->n);
	wr_bytes(w, d->spis, (size_t)d->n * d->spi_len);
}

enum { HDR_NEXT_AT = 16, HDR_LEN_AT = 24 };

void ike_build_begin(struct ike_build *b, void *buf, size_t size, const struct ike_hdr *h)
{
	b->w = wr_init(buf, size);
	b->next_at = HDR_NEXT_AT;
	b->pl_at = 0;
	ike_hdr_encode(&b->w, h);
}

void ike_build_open(struct ike_build *b, uint8_t type)
{
	if (!b->w.err && b->next_at < b->w.len)
		b->w.buf[b->next_at] = type;
	b->pl_at = b->next_at = b->w.len;
	wr_zero(&b->w, IKE_PL_HDR_LEN);
}

size_t ike_build_close(struct ike_build *b)
{
	size_t len = b->w.len - b->pl_at;

	if (len > UINT16_MAX)
		b->w.err = true;
	else
		wr_patch_u16(&b->w, b->pl_at + 2, (uint16_t)len);
	return b->pl_at;
}

void ike_build_payload(struct ike_build *b, uint8_t type, const void *body, size_t len)
{
	ike_build_open(b, type);
	wr_bytes(&b->w, body, len);
	ike_build_close(b);
}

int ike_build_end(struct ike_build *b)
{
	if (b->w.len > IKE_MSG_MAX)
		b->w.err = true;
	wr_patch_u32(&b->w, HDR_LEN_AT, (uint32_t)b->w.len);
	return b->w.err ? -EMSGSIZE : (int)b->w.len;
}

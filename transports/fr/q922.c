/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/fr/q922.h"

#include <errno.h>

enum {
	EA = 0x01,
	OCTET1_CR = 0x02,
	OCTET2_DE = 0x02,
	OCTET2_BECN = 0x04,
	OCTET2_FECN = 0x08,
};

int q922_addr_decode(struct q922_addr *out, struct rd *r)
{
	uint8_t o1 = rd_u8(r);
	uint8_t o2 = rd_u8(r);

	*out = (struct q922_addr){ 0 };
	/* EA 1 in octet 1 is a LAPB-like address, EA 0 in octet 2 one of 3 or 4 octets. */
	if (r->err || (o1 & EA) || !(o2 & EA))
		return -EBADMSG;
	out->dlci = (uint16_t)(o1 >> 2 << 4 | o2 >> 4);
	out->cr = o1 & OCTET1_CR;
	out->fecn = o2 & OCTET2_FECN;
	out->becn = o2 & OCTET2_BECN;
	out->de = o2 & OCTET2_DE;
	return 0;
}

void q922_addr_encode(struct wr *w, const struct q922_addr *a)
{
	uint8_t o1 = (uint8_t)((a->dlci >> 4 & 0x3f) << 2);
	uint8_t o2 = (uint8_t)((a->dlci & 0x0f) << 4 | EA);

	if (a->cr)
		o1 |= OCTET1_CR;
	if (a->fecn)
		o2 |= OCTET2_FECN;
	if (a->becn)
		o2 |= OCTET2_BECN;
	if (a->de)
		o2 |= OCTET2_DE;
	wr_u8(w, o1);
	wr_u8(w, o2);
}

/* x^16 + x^12 + x^5 + 1, bits reversed as the line sends them (RFC 1662 C.2). */
#define FCS_POLY 0x8408
#define FCS_INIT 0xffff
/* Octets taken at once. One octet at a time, the FCS costs more than the cipher. */
#define FCS_STRIDE 8

/* fcs_table[0] is the table of RFC 1662 C.2; fcs_table[k] is what an octet leaves after k more. */
static uint16_t fcs_table[FCS_STRIDE][256];

static __attribute__((constructor)) void fcs_table_init(void)
{
	for (unsigned int i = 0; i < 256; i++) {
		uint16_t v = (uint16_t)i;

		for (int bit = 0; bit < 8; bit++)
			v = (uint16_t)(v & 1 ? v >> 1 ^ FCS_POLY : v >> 1);
		fcs_table[0][i] = v;
	}
	for (unsigned int k = 1; k < FCS_STRIDE; k++)
		for (unsigned int i = 0; i < 256; i++) {
			uint16_t v = fcs_table[k - 1][i];

			fcs_table[k][i] = (uint16_t)(v >> 8 ^ fcs_table[0][v & 0xff]);
		}
}

uint16_t q922_fcs_residue(const uint8_t *p, size_t len)
{
	uint16_t fcs = FCS_INIT;

	for (; len >= FCS_STRIDE; len -= FCS_STRIDE, p += FCS_STRIDE)
		fcs = fcs_table[7][(p[0] ^ fcs) & 0xff] ^ fcs_table[6][p[1] ^ fcs >> 8] ^
		      fcs_table[5][p[2]] ^ fcs_table[4][p[3]] ^ fcs_table[3][p[4]] ^
		      fcs_table[2][p[5]] ^ fcs_table[1][p[6]] ^ fcs_table[0][p[7]];
	for (; len > 0; len--, p++)
		fcs = (uint16_t)(fcs >> 8 ^ fcs_table[0][(fcs ^ *p) & 0xff]);
	return fcs;
}

void q922_fcs_put(uint8_t *frame, size_t len)
{
	uint16_t fcs = (uint16_t)~q922_fcs_residue(frame, len);

	frame[len] = (uint8_t)fcs;
	frame[len + 1] = (uint8_t)(fcs >> 8);
}

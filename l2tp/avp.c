/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/avp.h"

#include <errno.h>

#include <openssl/crypto.h>

#define M      .mandatory = true
#define H      .may_hide = true
#define NUM(n) .min = (n), .max = (n), .number = true
#define FIX(n) .min = (n), .max = (n)
#define VAR(n) .min = (n), .max = AVP_VALUE_MAX

/* RFC 2661 4.4.1 to 4.4.6. "Arbitrary number of octets" begins at 0 except where the text says
 * otherwise. Q.931 Cause Code: 4.4.4 counts its three fixed octets. */
static const struct l2tp_avp_desc dictionary[AVP_TYPES] = {
	[AVP_MESSAGE_TYPE] = { "Message Type", NUM(2), M },
	[AVP_RESULT_CODE] = { "Result Code", VAR(2), M },
	[AVP_PROTOCOL_VERSION] = { "Protocol Version", NUM(2), M },
	[AVP_FRAMING_CAPS] = { "Framing Capabilities", NUM(4), M, H },
	[AVP_BEARER_CAPS] = { "Bearer Capabilities", NUM(4), M, H },
	[AVP_TIE_BREAKER] = { "Tie Breaker", NUM(8) },
	[AVP_FIRMWARE] = { "Firmware Revision", NUM(2), H },
	[AVP_HOST_NAME] = { "Host Name", VAR(1), M },
	[AVP_VENDOR_NAME] = { "Vendor Name", VAR(0), H },
	[AVP_TUNNEL_ID] = { "Assigned Tunnel ID", NUM(2), M, H },
	[AVP_RX_WINDOW] = { "Receive Window Size", NUM(2), M },
	[AVP_CHALLENGE] = { "Challenge", VAR(1), M, H },
	[AVP_CAUSE_CODE] = { "Q.931 Cause Code", VAR(3), M },
	[AVP_RESPONSE] = { "Challenge Response", FIX(L2TP_RESPONSE_LEN), M, H },
	[AVP_SESSION_ID] = { "Assigned Session ID", NUM(2), M, H },
	[AVP_CALL_SERIAL] = { "Call Serial Number", NUM(4), M, H },
	[AVP_MIN_BPS] = { "Minimum BPS", NUM(4), M, H },
	[AVP_MAX_BPS] = { "Maximum BPS", NUM(4), M, H },
	[AVP_BEARER_TYPE] = { "Bearer Type", NUM(4), M, H },
	[AVP_FRAMING_TYPE] = { "Framing Type", NUM(4), M, H },
	[AVP_CALLED_NUMBER] = { "Called Number", VAR(0), M, H },
	[AVP_CALLING_NUMBER] = { "Calling Number", VAR(0), M, H },
	[AVP_SUB_ADDRESS] = { "Sub-Address", VAR(0), M, H },
	[AVP_TX_SPEED] = { "(Tx) Connect Speed", NUM(4), M, H },
	[AVP_PHYS_CHANNEL] = { "Physical Channel ID", NUM(4), H },
	[AVP_LCP_INITIAL_RX] = { "Initial Received LCP CONFREQ", VAR(0), H },
	[AVP_LCP_LAST_TX] = { "Last Sent LCP CONFREQ", VAR(0), H },
	[AVP_LCP_LAST_RX] = { "Last Received LCP CONFREQ", VAR(0), H },
	[AVP_PROXY_TYPE] = { "Proxy Authen Type", NUM(2), H },
	[AVP_PROXY_NAME] = { "Proxy Authen Name", VAR(0), H },
	[AVP_PROXY_CHALLENGE] = { "Proxy Authen Challenge", VAR(1), H },
	[AVP_PROXY_ID] = { "Proxy Authen ID", NUM(2), H },
	[AVP_PROXY_RESPONSE] = { "Proxy Authen Response", VAR(0), H },
	[AVP_CALL_ERRORS] = { "Call Errors", FIX(26), M, H },
	[AVP_ACCM] = { "ACCM", FIX(10), M, H },
	[AVP_RANDOM_VECTOR] = { "Random Vector", VAR(0), M, .repeats = true },
	[AVP_PRIVATE_GROUP] = { "Private Group ID", VAR(0), H },
	[AVP_RX_SPEED] = { "Rx Connect Speed", NUM(4), H },
	[AVP_SEQUENCING] = { "Sequencing Required", FIX(0), M },
};

const struct l2tp_avp_desc *l2tp_avp_desc(uint16_t type)
{
	return type < AVP_TYPES && dictionary[type].name ? &dictionary[type] : NULL;
}

int l2tp_avp_read(struct rd *r, struct l2tp_avp *out)
{
	uint16_t flags = rd_u16(r);
	uint16_t len = flags & AVP_LEN_MAX;

	*out = (struct l2tp_avp){
		.mandatory = flags & AVP_F_MANDATORY,
		.hidden = flags & AVP_F_HIDDEN,
		.reserved = flags & AVP_F_RESERVED,
	};
	out->vendor = rd_u16(r);
	out->type = rd_u16(r);
	if (r->err || len < AVP_HDR_LEN)
		return -EBADMSG;
	out->len = len - AVP_HDR_LEN;
	out->value = rd_bytes(r, out->len);
	return r->err ? -EBADMSG : 0;
}

bool l2tp_avp_len_ok(const struct l2tp_avp_desc *d, size_t len)
{
	return len >= d->min && len <= d->max;
}

/* The Hidden AVP Subformat (RFC 2661 4.3). */
static void write_hidden(struct wr *w, uint16_t type, const uint8_t *value, size_t len,
			 const struct l2tp_hiding *hide)
{
	size_t sub_len = (2 + len + 15) & ~(size_t)15;
	uint8_t sub[AVP_VALUE_MAX];
	struct wr s = wr_init(sub, sizeof(sub));

	if (sub_len > sizeof(sub))
		sub_len = 2 + len;
	wr_u16(&s, (uint16_t)len);
	wr_bytes(&s, value, len);
	if (s.err || l2tp_random(sub + s.len, sub_len - s.len) ||
	    l2tp_hide(hide, type, sub, sub_len))
		w->err = true;
	else
		wr_bytes(w, sub, sub_len);
	OPENSSL_cleanse(sub, sizeof(sub));
}

void l2tp_avp_write(struct wr *w, uint16_t type, const uint8_t *value, size_t len,
		    const struct l2tp_hiding *hide)
{
	const struct l2tp_avp_desc *d = l2tp_avp_desc(type);
	size_t start = w->len;
	uint16_t flags;

	if (!d || !l2tp_avp_len_ok(d, len) || (hide && !d->may_hide)) {
		w->err = true;
		return;
	}
	flags = (d->mandatory ? AVP_F_MANDATORY : 0) | (hide ? AVP_F_HIDDEN : 0);
	wr_u16(w, flags);
	wr_u16(w, 0);
	wr_u16(w, type);
	if (hide)
		write_hidden(w, type, value, len, hide);
	else
		wr_bytes(w, value, len);
	if (!w->err)
		wr_patch_u16(w, start, flags | (uint16_t)(w->len - start));
}

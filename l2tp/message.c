/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/message.h"

#include <errno.h>
#include <stdio.h>

#include <openssl/crypto.h>
#include <osmocom/core/utils.h>

#define A(name)	   (UINT64_C(1) << AVP_##name)
#define ANY_TUNNEL (ST(TUN_WAIT_REPLY) | ST(TUN_WAIT_CONN) | ST(TUN_ESTABLISHED))

/* RFC 2661 6.1 to 6.14 for the AVPs, 7.2.1, 7.4.1 and 7.4.2 for the states. Message Type is in all
 * of them and Random Vector may be. OCRP and OCCN answer an OCRQ, which we never send: no state. */
static const struct l2tp_msg_rule rules[MSG_TYPES] = {
	[MSG_SCCRQ] = {
		.name = "SCCRQ",
		.must = A(PROTOCOL_VERSION) | A(HOST_NAME) | A(FRAMING_CAPS) | A(TUNNEL_ID),
		.may = A(BEARER_CAPS) | A(RX_WINDOW) | A(CHALLENGE) | A(TIE_BREAKER) |
		       A(FIRMWARE) | A(VENDOR_NAME),
		.from_lac = true, .from_lns = true,
		.tunnel_states = ST(TUN_IDLE),
	},
	[MSG_SCCRP] = {
		.name = "SCCRP",
		.must = A(PROTOCOL_VERSION) | A(HOST_NAME) | A(FRAMING_CAPS) | A(TUNNEL_ID),
		.may = A(BEARER_CAPS) | A(FIRMWARE) | A(VENDOR_NAME) | A(RX_WINDOW) |
		       A(CHALLENGE) | A(RESPONSE),
		.from_lac = true, .from_lns = true,
		.tunnel_states = ST(TUN_WAIT_REPLY),
	},
	[MSG_SCCCN] = {
		.name = "SCCCN",
		.may = A(RESPONSE),
		.from_lac = true, .from_lns = true,
		.tunnel_states = ST(TUN_WAIT_CONN),
	},
	[MSG_STOPCCN] = {
		.name = "StopCCN",
		.must = A(TUNNEL_ID) | A(RESULT_CODE),
		.from_lac = true, .from_lns = true,
		.tunnel_states = ANY_TUNNEL | ST(TUN_CLOSING),
	},
	[MSG_HELLO] = {
		.name = "HELLO",
		.from_lac = true, .from_lns = true,
		.tunnel_states = ANY_TUNNEL,
	},
	[MSG_OCRQ] = {
		.name = "OCRQ",
		.must = A(SESSION_ID) | A(CALL_SERIAL) | A(MIN_BPS) | A(MAX_BPS) | A(BEARER_TYPE) |
			A(FRAMING_TYPE) | A(CALLED_NUMBER),
		.may = A(SUB_ADDRESS),
		.session = true, .from_lns = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_IDLE),
	},
	[MSG_OCRP] = {
		.name = "OCRP",
		.must = A(SESSION_ID),
		.may = A(PHYS_CHANNEL),
		.session = true, .from_lac = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
	},
	[MSG_OCCN] = {
		.name = "OCCN",
		.must = A(TX_SPEED) | A(FRAMING_TYPE),
		.may = A(RX_SPEED) | A(SEQUENCING),
		.session = true, .from_lac = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
	},
	[MSG_ICRQ] = {
		.name = "ICRQ",
		.must = A(SESSION_ID) | A(CALL_SERIAL),
		.may = A(BEARER_TYPE) | A(PHYS_CHANNEL) | A(CALLING_NUMBER) | A(CALLED_NUMBER) |
		       A(SUB_ADDRESS),
		.session = true, .from_lac = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_IDLE),
	},
	[MSG_ICRP] = {
		.name = "ICRP",
		.must = A(SESSION_ID),
		.session = true, .from_lns = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_WAIT_REPLY),
	},
	[MSG_ICCN] = {
		.name = "ICCN",
		.must = A(TX_SPEED) | A(FRAMING_TYPE),
		.may = A(LCP_INITIAL_RX) | A(LCP_LAST_TX) | A(LCP_LAST_RX) | A(PROXY_TYPE) |
		       A(PROXY_NAME) | A(PROXY_CHALLENGE) | A(PROXY_ID) | A(PROXY_RESPONSE) |
		       A(PRIVATE_GROUP) | A(RX_SPEED) | A(SEQUENCING),
		.session = true, .from_lac = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_WAIT_CONNECT),
	},
	[MSG_CDN] = {
		.name = "CDN",
		.must = A(RESULT_CODE) | A(SESSION_ID),
		.may = A(CAUSE_CODE),
		.session = true, .from_lac = true, .from_lns = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_WAIT_REPLY) | ST(SES_WAIT_CONNECT) | ST(SES_ESTABLISHED),
	},
	[MSG_WEN] = {
		.name = "WEN",
		.must = A(CALL_ERRORS),
		.session = true, .from_lac = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_ESTABLISHED),
	},
	[MSG_SLI] = {
		.name = "SLI",
		.must = A(ACCM),
		.session = true, .from_lns = true,
		.tunnel_states = ST(TUN_ESTABLISHED),
		.session_states = ST(SES_ESTABLISHED),
	},
};

const struct l2tp_msg_rule *l2tp_msg_rule(uint16_t type)
{
	return type < MSG_TYPES && rules[type].name ? &rules[type] : NULL;
}

int l2tp_ctl_hdr_read(struct rd *r, struct l2tp_ctl_hdr *out, struct rd *body)
{
	uint16_t flags = rd_u16(r);
	uint16_t len = rd_u16(r);

	out->tunnel = rd_u16(r);
	out->session = rd_u16(r);
	out->ns = rd_u16(r);
	out->nr = rd_u16(r);
	/* The version first: with another one the other bits mean nothing. */
	if (!r->err && (flags & L2TP_F_VERSION) != L2TP_VERSION)
		return -EPROTONOSUPPORT;
	if (r->err || len < L2TP_CTL_HDR_LEN)
		return -EBADMSG;
	/* RFC 2661 3.1: T, L and S are 1, O and P are 0; reserved bits are ignored. */
	if ((flags & (L2TP_F_TYPE | L2TP_F_LENGTH | L2TP_F_SEQUENCE | L2TP_F_OFFSET |
		      L2TP_F_PRIORITY)) != (L2TP_F_TYPE | L2TP_F_LENGTH | L2TP_F_SEQUENCE))
		return -EBADMSG;
	*body = rd_sub(r, len - L2TP_CTL_HDR_LEN);
	return body->err ? -EBADMSG : 0;
}

void l2tp_ctl_hdr_write(struct wr *w, const struct l2tp_ctl_hdr *h, size_t body_len)
{
	if (body_len > UINT16_MAX - L2TP_CTL_HDR_LEN) {
		w->err = true;
		return;
	}
	wr_u16(w, L2TP_F_TYPE | L2TP_F_LENGTH | L2TP_F_SEQUENCE | L2TP_VERSION);
	wr_u16(w, (uint16_t)(L2TP_CTL_HDR_LEN + body_len));
	wr_u16(w, h->tunnel);
	wr_u16(w, h->session);
	wr_u16(w, h->ns);
	wr_u16(w, h->nr);
}

void l2tp_msg_init(struct l2tp_msg *m, enum l2tp_msg_type type)
{
	memset(m, 0, offsetof(struct l2tp_msg, plain));
	m->type = type;
}

void l2tp_msg_wipe(struct l2tp_msg *m)
{
	OPENSSL_cleanse(m->plain, m->plain_len);
	m->plain_len = 0;
}

void l2tp_msg_set_num(struct l2tp_msg *m, enum l2tp_avp_type t, uint64_t num)
{
	m->avp[t].num = num;
	m->present |= UINT64_C(1) << t;
}

void l2tp_msg_set(struct l2tp_msg *m, enum l2tp_avp_type t, const void *p, size_t len)
{
	m->avp[t].p = p;
	m->avp[t].len = (uint16_t)(len > UINT16_MAX ? UINT16_MAX : len);
	m->present |= UINT64_C(1) << t;
}

static void write_value(struct wr *w, uint16_t type, const struct l2tp_value *v,
			const struct l2tp_hiding *hide)
{
	const struct l2tp_avp_desc *d = l2tp_avp_desc(type);
	uint8_t num[8];

	if (!d->may_hide)
		hide = NULL;
	if (!d->number) {
		l2tp_avp_write(w, type, v->p, v->len, hide);
		return;
	}
	put_u64(num, v->num);
	l2tp_avp_write(w, type, num + sizeof(num) - d->min, d->min, hide);
}

static bool anything_to_hide(const struct l2tp_msg *m)
{
	for (uint16_t t = 0; t < AVP_TYPES; t++)
		if (l2tp_msg_has(m, t) && l2tp_avp_desc(t)->may_hide)
			return true;
	return false;
}

int l2tp_msg_write(struct wr *w, const struct l2tp_msg *m, const uint8_t *secret, size_t secret_len)
{
	const struct l2tp_msg_rule *rule = l2tp_msg_rule(m->type);
	uint8_t vector[L2TP_RANDOM_VECTOR_LEN];
	const struct l2tp_hiding h = { secret, secret_len, vector, sizeof(vector) };
	const struct l2tp_hiding *hide = secret ? &h : NULL;
	const struct l2tp_value type = { .num = m->type };

	if (!rule || (m->present & rule->must) != rule->must ||
	    (m->present & ~(rule->must | rule->may)))
		return -EINVAL;
	for (uint16_t t = 0; t < AVP_TYPES; t++)
		if (l2tp_msg_has(m, t) && !l2tp_avp_desc(t)->number &&
		    !l2tp_avp_len_ok(l2tp_avp_desc(t), m->avp[t].len))
			return -EINVAL;
	write_value(w, AVP_MESSAGE_TYPE, &type, NULL);
	if (hide && anything_to_hide(m)) {
		if (l2tp_random(vector, sizeof(vector)))
			return -EIO;
		l2tp_avp_write(w, AVP_RANDOM_VECTOR, vector, sizeof(vector), NULL);
	}
	for (uint16_t t = 0; t < AVP_TYPES; t++)
		if (l2tp_msg_has(m, t))
			write_value(w, t, &m->avp[t], hide);
	return w->err ? -EMSGSIZE : 0;
}

/* What goes on while a message is read. */
struct reading {
	struct l2tp_msg *m;
	const struct l2tp_msg_rule *rule;
	struct l2tp_hiding hiding;
};

/* The first fault counts: what follows it may be its consequence. */
static void fault(struct l2tp_msg *m, uint16_t error, const char *what, const struct l2tp_avp *avp)
{
	const struct l2tp_avp_desc *d = avp->vendor ? NULL : l2tp_avp_desc(avp->type);

	if (m->fault.result)
		return;
	/* CDN and StopCCN agree on 2 as the general error. */
	m->fault.result = STOP_ERROR;
	m->fault.error = error;
	if (d)
		snprintf(m->fault.text, sizeof(m->fault.text), "%s AVP (%u) %s", d->name, avp->type,
			 what);
	else
		snprintf(m->fault.text, sizeof(m->fault.text), "AVP %u of vendor %u %s", avp->type,
			 avp->vendor, what);
}

/* RFC 2661 4.1 and 7.1: unrecognised and malformed AVPs matter only with the M bit. */
static void refuse(struct l2tp_msg *m, uint16_t error, const char *what, const struct l2tp_avp *avp)
{
	if (avp->mandatory)
		fault(m, error, what, avp);
	else
		m->ignored++;
}

/* Uncover a value into m->plain. */
static int uncover(struct reading *g, struct l2tp_avp *avp)
{
	struct l2tp_msg *m = g->m;
	uint8_t *out = m->plain + m->plain_len;
	size_t len;

	if (avp->len > sizeof(m->plain) - m->plain_len)
		return -EBADMSG;
	if (!g->hiding.secret || !g->hiding.vector ||
	    l2tp_unhide(&g->hiding, avp->type, avp->value, avp->len, out, &len))
		return -EBADMSG;
	m->plain_len += avp->len;
	avp->value = out + 2;
	avp->len = (uint16_t)len;
	return 0;
}

static uint64_t number_of(const struct l2tp_avp *avp)
{
	uint64_t v = 0;

	for (uint16_t i = 0; i < avp->len; i++)
		v = v << 8 | avp->value[i];
	return v;
}

static void take(struct reading *g, struct l2tp_avp *avp)
{
	const struct l2tp_avp_desc *d = avp->vendor ? NULL : l2tp_avp_desc(avp->type);
	struct l2tp_msg *m = g->m;

	/* RFC 2661 4.1: an AVP with a reserved bit set is an unrecognised AVP. */
	if (!d || avp->reserved) {
		refuse(m, ERR_UNKNOWN_AVP, "is unknown", avp);
		return;
	}
	if (avp->hidden && !d->may_hide) {
		refuse(m, ERR_VALUE, "must not be hidden", avp);
		return;
	}
	if (avp->hidden && uncover(g, avp)) {
		refuse(m, ERR_VALUE, "cannot be uncovered", avp);
		return;
	}
	if (!l2tp_avp_len_ok(d, avp->len)) {
		refuse(m, ERR_LENGTH, "has a wrong length", avp);
		return;
	}
	if (avp->type == AVP_RANDOM_VECTOR) {
		g->hiding.vector = avp->value;
		g->hiding.vector_len = avp->len;
		return;
	}
	/* A known AVP where RFC 2661 6 does not list it: implementations differ in what they add,
	 * and recognised it is. It just never reaches a handler. */
	if (!((g->rule->must | g->rule->may) >> avp->type & 1)) {
		m->ignored++;
		return;
	}
	if (l2tp_msg_has(m, avp->type) && !d->repeats) {
		refuse(m, ERR_VALUE, "occurs twice", avp);
		return;
	}
	m->avp[avp->type] = (struct l2tp_value){
		.p = avp->value,
		.len = avp->len,
		.num = d->number ? number_of(avp) : 0,
	};
	m->present |= UINT64_C(1) << avp->type;
}

/* RFC 2661 4.4.1: Message Type comes first; its M bit speaks of the whole message. */
static int read_type(struct rd *r, struct reading *g)
{
	struct l2tp_msg *m = g->m;
	struct l2tp_avp avp;

	if (l2tp_avp_read(r, &avp)) {
		fault(m, ERR_LENGTH, "has a wrong length", &avp);
		return -EBADMSG;
	}
	if (avp.vendor || avp.type != AVP_MESSAGE_TYPE || avp.reserved) {
		fault(m, ERR_VALUE, "stands where Message Type belongs", &avp);
		return -EBADMSG;
	}
	if (avp.hidden || avp.len != 2) {
		fault(m, ERR_VALUE, "is malformed", &avp);
		return -EBADMSG;
	}
	m->type = (uint16_t)number_of(&avp);
	g->rule = l2tp_msg_rule(m->type);
	if (g->rule)
		return 0;
	if (!avp.mandatory)
		return -ENOMSG;
	fault(m, ERR_VALUE, "names an unknown message", &avp);
	m->type = 0;
	return -EBADMSG;
}

int l2tp_msg_read(struct rd r, struct l2tp_msg *m, const uint8_t *secret, size_t secret_len)
{
	struct reading g = { .m = m, .hiding = { .secret = secret, .secret_len = secret_len } };
	struct l2tp_avp avp;
	int rc;

	l2tp_msg_init(m, 0);
	m->plain_len = 0;
	rc = read_type(&r, &g);
	if (rc)
		return rc;
	while (r.left) {
		if (l2tp_avp_read(&r, &avp)) {
			/* Whatever its M bit says: where the next one begins is unknown. */
			fault(m, ERR_LENGTH, "has a wrong length", &avp);
			break;
		}
		take(&g, &avp);
	}
	for (uint16_t t = 0; t < AVP_TYPES; t++) {
		const struct l2tp_avp missing = { .type = t };

		if (g.rule->must >> t & 1 && !l2tp_msg_has(m, t))
			fault(m, ERR_VENDOR, "is missing", &missing);
	}
	return m->fault.result ? -EBADMSG : 0;
}

size_t l2tp_result_write(uint8_t *buf, size_t size, const struct l2tp_result *res)
{
	struct wr w = wr_init(buf, size);
	size_t len = strnlen(res->text, sizeof(res->text));

	wr_u16(&w, res->result);
	if (res->error || len)
		wr_u16(&w, res->error);
	wr_bytes(&w, res->text, len);
	return w.len;
}

void l2tp_result_read(const struct l2tp_value *v, struct l2tp_result *out)
{
	struct rd r = rd_init(v->p, v->len);

	*out = (struct l2tp_result){ .result = rd_u16(&r) };
	/* Error Code and Message are optional (RFC 2661 4.4.2); one odd octet is neither. */
	if (r.left >= 2)
		out->error = rd_u16(&r);
	l2tp_text(out->text, sizeof(out->text), r.p, r.left);
}

void l2tp_text(char *out, size_t size, const uint8_t *p, size_t len)
{
	size_t n = len < size - 1 ? len : size - 1;

	for (size_t i = 0; i < n; i++)
		out[i] = p[i] >= ' ' && p[i] <= '~' ? (char)p[i] : '?';
	out[n] = '\0';
}

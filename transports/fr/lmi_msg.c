/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/fr/lmi_msg.h"

#include <errno.h>

#include <osmocom/core/utils.h>

enum {
	PD_Q933 = 0x08,
	CALL_REF_DUMMY = 0x00,
	IE_SINGLE_OCTET = 0x80,
	IE_LOCKING_SHIFT_5 = 0x95, /* what the messages of T1.617 Annex D begin with */

	PVC_NEW = 0x08,
	PVC_DELETE = 0x04,
	PVC_ACTIVE = 0x02,
	EXT = 0x80,
};

enum ie_index {
	IE_REPORT,
	IE_INTEGRITY,
	IE_PVC,
};

/* What decoding collects beside the message. */
struct decoder {
	struct lmi_msg *msg;
	const char *why;
	bool have[IE_PVC + 1];
};

static bool report_decode(struct decoder *d, struct rd *r)
{
	d->msg->report = rd_u8(r);
	if (d->msg->report <= LMI_REPORT_SINGLE)
		return true;
	d->why = "unknown report type";
	return false;
}

static bool integrity_decode(struct decoder *d, struct rd *r)
{
	d->msg->send_seq = rd_u8(r);
	d->msg->recv_seq = rd_u8(r);
	return true;
}

static bool pvc_decode(struct decoder *d, struct rd *r)
{
	struct lmi_msg *m = d->msg;
	uint8_t o3 = rd_u8(r), o4 = rd_u8(r), o5 = rd_u8(r);
	uint16_t dlci = (uint16_t)((o3 & 0x3f) << 4 | (o4 & 0x78) >> 3);

	if ((o3 & EXT) || !(o4 & EXT) || !(o5 & EXT)) {
		d->why = "PVC status with a DLCI of more than 10 bits";
		return false;
	}
	if (!q922_dlci_is_user(dlci)) {
		d->why = "PVC status with a DLCI outside 16 to 991";
		return false;
	}
	dlci_set_put(&m->pvc, dlci, true);
	dlci_set_put(&m->new_bit, dlci, o5 & PVC_NEW);
	dlci_set_put(&m->active_bit, dlci, o5 & PVC_ACTIVE);
	dlci_set_put(&m->delete_bit, dlci, o5 & PVC_DELETE);
	return true;
}

/* The elements of Annex A (A.3): receive checks against these rows, send writes by them. */
static const struct ie_row {
	uint8_t id;
	uint8_t len; /* of the contents, exactly */
	bool repeats;
	bool (*decode)(struct decoder *d, struct rd *r);
	const char *wrong_len;
} ie_rows[] = {
	[IE_REPORT] = { 0x51, 1, false, report_decode, "report type of a wrong length" },
	[IE_INTEGRITY] = { 0x53, 2, false, integrity_decode,
			   "link integrity verification of a wrong length" },
	[IE_PVC] = { 0x57, 3, true, pvc_decode, "PVC status of a wrong length" },
};

static bool ie_decode(struct decoder *d, struct rd *r)
{
	uint8_t id = rd_u8(r);
	struct rd body;

	if (id == IE_LOCKING_SHIFT_5) {
		d->why = "locking shift to codeset 5: the peer speaks ANSI T1.617 Annex D";
		return false;
	}
	if (id & IE_SINGLE_OCTET)
		return true;
	body = rd_sub(r, rd_u8(r));
	if (body.err) {
		d->why = "information element cut short";
		return false;
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(ie_rows); i++) {
		const struct ie_row *row = &ie_rows[i];

		if (row->id != id)
			continue;
		if (body.left != row->len) {
			d->why = row->wrong_len;
			return false;
		}
		if (d->have[i] && !row->repeats)
			return true;
		d->have[i] = true;
		return row->decode(d, &body);
	}
	return true;
}

static bool header_decode(struct decoder *d, struct rd *r)
{
	struct q922_addr addr;
	uint8_t control, pd, call_ref;

	if (q922_addr_decode(&addr, r) < 0 || addr.dlci != Q922_DLCI_LMI) {
		d->why = "not on DLCI 0";
		return false;
	}
	control = rd_u8(r);
	pd = rd_u8(r);
	call_ref = rd_u8(r);
	d->msg->type = rd_u8(r);
	if (r->err || control != Q922_UI || pd != PD_Q933 || call_ref != CALL_REF_DUMMY) {
		d->why = "not a Q.933 Annex A header";
		return false;
	}
	if (d->msg->type != LMI_MSG_ENQUIRY && d->msg->type != LMI_MSG_STATUS) {
		d->why = "neither STATUS ENQUIRY nor STATUS";
		return false;
	}
	return true;
}

/* Which elements a message must have (Tables of A.1.1 and A.1.2). */
static bool complete(struct decoder *d)
{
	const struct lmi_msg *m = d->msg;

	if (!d->have[IE_REPORT]) {
		d->why = "no report type";
		return false;
	}
	if (m->report == LMI_REPORT_SINGLE) {
		if (m->type == LMI_MSG_STATUS && d->have[IE_PVC])
			return true;
		d->why = "single PVC status without PVC status, or as an enquiry";
		return false;
	}
	if (!d->have[IE_INTEGRITY]) {
		d->why = "no link integrity verification";
		return false;
	}
	return true;
}

int lmi_msg_decode(struct lmi_msg *out, const char **why, const uint8_t *frame, size_t len)
{
	struct rd r = rd_init(frame, len);
	struct decoder d = { .msg = out };
	bool ok;

	*out = (struct lmi_msg){ 0 };
	ok = header_decode(&d, &r);
	while (ok && r.left)
		ok = ie_decode(&d, &r);
	ok = ok && complete(&d);
	*why = d.why;
	return ok ? 0 : -EBADMSG;
}

static void ie_begin(struct wr *w, enum ie_index i)
{
	wr_u8(w, ie_rows[i].id);
	wr_u8(w, ie_rows[i].len);
}

static void pvc_encode(struct wr *w, const struct lmi_msg *m, uint16_t dlci)
{
	uint8_t state = EXT;

	if (dlci_set_has(&m->new_bit, dlci))
		state |= PVC_NEW;
	if (dlci_set_has(&m->active_bit, dlci))
		state |= PVC_ACTIVE;
	if (dlci_set_has(&m->delete_bit, dlci))
		state |= PVC_DELETE;
	ie_begin(w, IE_PVC);
	wr_u8(w, (uint8_t)(dlci >> 4));
	wr_u8(w, (uint8_t)(EXT | (dlci & 0x0f) << 3));
	wr_u8(w, state);
}

void lmi_msg_encode(struct wr *w, const struct lmi_msg *m)
{
	q922_addr_encode(w, &(struct q922_addr){ .dlci = Q922_DLCI_LMI });
	wr_u8(w, Q922_UI);
	wr_u8(w, PD_Q933);
	wr_u8(w, CALL_REF_DUMMY);
	wr_u8(w, m->type);
	ie_begin(w, IE_REPORT);
	wr_u8(w, m->report);
	if (m->report != LMI_REPORT_SINGLE) {
		ie_begin(w, IE_INTEGRITY);
		wr_u8(w, m->send_seq);
		wr_u8(w, m->recv_seq);
	}
	for (uint16_t dlci = Q922_DLCI_FIRST; dlci <= Q922_DLCI_LAST; dlci++)
		if (dlci_set_has(&m->pvc, dlci))
			pvc_encode(w, m, dlci);
}

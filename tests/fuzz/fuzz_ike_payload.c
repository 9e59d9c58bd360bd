/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Every decoder of ISAKMP bodies. The first octet says which. */

#include "ipsec/ike/message.h"
#include "ipsec/ike/proposal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ike_offer offer;

static void offer_in(unsigned int phase, const uint8_t *data, size_t size)
{
	static uint8_t out[70000];
	struct wr w = wr_init(out, sizeof(out));
	struct ike_p2_choice c;
	static const struct ike_methods methods = { .n = 3, .id = { IKE_AUTH_PSK, 3, 9 } };
	struct ike_p1_choice s;
	struct ike_profile p;
	const char *differs;
	char text[IKE_LIST_MAX];

	if (ike_offer_decode(&offer, phase, data, size) < 0)
		return;
	ike_profile_init(&p);
	ike_p1_choose(&offer, &p, &methods, &s, &differs);
	ike_p2_choose(&offer, &p, IKE_ENCAP_TRANSPORT, &c, &differs);
	ike_p1_list(&offer, text, sizeof(text));
	ike_p2_list(&offer, text, sizeof(text));
	ike_offer_encode(&w, phase, &offer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ike_keys keys = { .cipher = ike_cipher_by_id(7, 128) };
	static const uint8_t iv[IKE_BLOCK];
	struct ike_notify_body n;
	struct ike_delete_body d;
	struct ike_id_body id;
	struct endpoint host;
	struct ike_msg m;
	unsigned int what;

	if (size < 1)
		return 0;
	what = *data++ % (5 + IKE_STEPS);
	size--;
	switch (what) {
	case 0:
	case 1:
		offer_in(what + 1, data, size);
		break;
	case 2:
		ike_notify_decode(&n, data, size);
		break;
	case 3:
		ike_delete_decode(&d, data, size);
		break;
	case 4:
		if (ike_id_decode(&id, data, size) == 0)
			ike_id_host(&id, &host);
		break;
	case 16:
		ike_nat_oa_decode(&host, data, size);
		break;
	default:
		if (ike_msg_init(&m, data, size) < 0)
			break;
		if (ike_msg_open(&m, &ike_rules[what - 5], &keys, iv) == 0)
			for (unsigned int i = 0; i < m.pls.n; i++)
				if (m.pls.p[i].type == IKE_PL_SA)
					offer_in(1, m.pls.p[i].body, m.pls.p[i].len);
		ike_msg_close(&m);
	}
	return 0;
}

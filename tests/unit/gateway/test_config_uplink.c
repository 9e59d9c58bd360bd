/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Uplink peers in the object tree: addresses, prefixes, what goes together. */

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>

#include "core/acct.h"
#include "core/log.h"
#include "fake_runtime.h"
#include "gateway/cfg.h"
#include "gateway/pki.h"
#include "tests/unit/unit.h"

static struct gw_why why;

#define REFUSED(rc, words)                                                                         \
	do {                                                                                       \
		why.text[0] = '\0';                                                                \
		CU_ASSERT((rc) < 0);                                                               \
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, words));                                   \
		if (!strstr(why.text, words))                                                      \
			printf("\n  said: %s\n", why.text);                                        \
	} while (0)

static void addresses_and_prefixes_are_read_and_written(void)
{
	static const char *const same[] = { "192.0.2.1",   "192.0.2.0/24",  "0.0.0.0/0",
					    "2001:db8::1", "2001:db8::/32", "any",
					    "128.0.0.0/1", "fe00::/7" };
	struct gw_remote r;
	char buf[ENDPOINT_TEXT_MAX];

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		CU_ASSERT_EQUAL(gw_remote_parse(same[i], &r, &why), 0);
		CU_ASSERT_STRING_EQUAL(gw_remote_text(&r, buf, sizeof(buf)), same[i]);
	}
	CU_ASSERT_EQUAL(gw_remote_parse("192.0.2.1/32", &r, &why), 0);
	CU_ASSERT_EQUAL(r.len, 128);
}

static void what_is_neither_is_refused(void)
{
	static const char *const bad[] = { "",
					   "192.0.2",
					   "192.0.2.1/33",
					   "192.0.2.1/",
					   "192.0.2.1/x",
					   "2001:db8::/129",
					   "lns.example.net",
					   "192.0.2.0/-1" };
	struct gw_remote r = { .len = 77 };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT(gw_remote_parse(bad[i], &r, &why) < 0);
	REFUSED(gw_remote_parse("192.0.2.1/24", &r, &why), "bits behind the prefix");
	CU_ASSERT_EQUAL(r.len, 77);
}

static struct gw_circuit *peer(struct gw_link *l, const char *name)
{
	struct gw_circuit *c = gw_peer_get(l, name, &why);

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	return c;
}

static void peers_belong_to_ip_links(void)
{
	struct gw_link *l, *atm;
	struct gw_circuit *a, *b, *pvc;
	struct gw_circuit_cfg cfg;

	fake_gateway_new();
	l = gw_link_get("up0", MEDIUM_IP, &why);
	atm = gw_link_get("atm0", MEDIUM_ATM, &why);
	a = peer(l, "a");
	b = peer(l, "b");
	CU_ASSERT_PTR_EQUAL(peer(l, "a"), a);
	CU_ASSERT_STRING_EQUAL(a->name, "up0/a");
	CU_ASSERT_PTR_EQUAL(gw_circuit_by_name("up0/b"), b);
	CU_ASSERT_PTR_NULL(gw_peer_get(l, "a/b", &why));
	cfg = a->cfg;
	gw_remote_parse("192.0.2.1", &cfg.remote, &why);
	CU_ASSERT_EQUAL(gw_circuit_set(a, &cfg, &why), 0);
	REFUSED(gw_circuit_set(b, &cfg, &why), "peer up0/a has it already");
	pvc = gw_circuit_get(atm, 100, &why);
	cfg.encap = ENCAP_LLC_SNAP;
	REFUSED(gw_circuit_set(pvc, &cfg, &why), "a circuit has no IP");
	cfg = b->cfg;
	cfg.manual = esp_suite_by_name("aes256-sha256");
	REFUSED(gw_circuit_set(b, &cfg, &why), "has its keys from IKE");
	cfg = b->cfg;
	cfg.max_sdu = 100;
	REFUSED(gw_circuit_set(b, &cfg, &why), "belong to circuits");
	fake_gateway_free();
}

static void one_key_for_many_needs_a_reason(void)
{
	struct gw_link *l;
	struct gw_circuit *c;
	struct gw_circuit_cfg cfg;
	char problem[GW_WHY_MAX] = "";

	fake_gateway_new();
	l = gw_link_get("up0", MEDIUM_IP, &why);
	c = peer(l, "road");
	gw_peer_problem(c, problem, sizeof(problem));
	CU_ASSERT_PTR_NOT_NULL(strstr(problem, "add 'remote ADDRESS'"));
	CU_ASSERT_TRUE(gw_circuit_is_template(c));
	cfg = c->cfg;
	gw_remote_parse("any", &cfg.remote, &why);
	CU_ASSERT_EQUAL(gw_circuit_set(c, &cfg, &why), 0);
	gw_peer_problem(c, problem, sizeof(problem));
	CU_ASSERT_PTR_NOT_NULL(strstr(problem, "wildcard-psk"));
	/* A certificate is its owner's alone: nobody can pose as another with it. */
	CU_ASSERT_PTR_NOT_NULL(gw_pki_get("field", &why));
	strcpy(cfg.pki, "field");
	problem[0] = '\0';
	CU_ASSERT_EQUAL(gw_circuit_set(c, &cfg, &why), 0);
	gw_peer_problem(c, problem, sizeof(problem));
	CU_ASSERT_STRING_EQUAL(problem, "");
	cfg.pki[0] = '\0';
	strcpy(cfg.wildcard_reason, "a rig");
	problem[0] = '\0';
	CU_ASSERT_EQUAL(gw_circuit_set(c, &cfg, &why), 0);
	gw_peer_problem(c, problem, sizeof(problem));
	CU_ASSERT_STRING_EQUAL(problem, "");
	cfg.security = false;
	REFUSED(gw_circuit_set(c, &cfg, &why), "only one address is served");
	fake_gateway_free();
}

static void who_dials_has_one_address(void)
{
	struct gw_link *l;
	struct gw_circuit *c;
	struct gw_circuit_cfg cfg;

	fake_gateway_new();
	l = gw_link_get("up0", MEDIUM_IP, &why);
	c = peer(l, "lns1");
	gw_client_get("me", &why);
	cfg = c->cfg;
	cfg.dynamic_port = true;
	REFUSED(gw_circuit_set(c, &cfg, &why), "is for who dials");
	strcpy(cfg.client, "me");
	gw_remote_parse("192.0.2.0/24", &cfg.remote, &why);
	REFUSED(gw_circuit_set(c, &cfg, &why), "a client dials one address");
	gw_remote_parse("192.0.2.1", &cfg.remote, &why);
	CU_ASSERT_EQUAL(gw_circuit_set(c, &cfg, &why), 0);
	fake_gateway_free();
}

static void an_address_is_of_one_link(void)
{
	struct gw_link *a, *b;
	struct link_cfg cfg;

	fake_gateway_new();
	a = gw_link_get("up0", MEDIUM_IP, &why);
	b = gw_link_get("up1", MEDIUM_IP, &why);
	cfg = a->cfg;
	endpoint_parse("192.0.2.1", &cfg.local);
	CU_ASSERT_EQUAL(gw_link_set(a, &cfg, &why), 0);
	REFUSED(gw_link_set(b, &cfg, &why), "link up0 has it");
	CU_ASSERT_PTR_NULL(gw_link_get("up0", MEDIUM_ATM, &why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "is ip already"));
	fake_gateway_free();
}

static const struct unit_case cases[] = {
	{ "addresses and prefixes are read and written",
	  addresses_and_prefixes_are_read_and_written },
	{ "what is neither is refused", what_is_neither_is_refused },
	{ "peers belong to IP links", peers_belong_to_ip_links },
	{ "one key for many needs a reason", one_key_for_many_needs_a_reason },
	{ "who dials has one address", who_dials_has_one_address },
	{ "an address is of one link", an_address_is_of_one_link },
};

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	if (acct_init() < 0 || acct_thread_init() < 0)
		return 2;
	return unit_main("config_uplink", cases, sizeof(cases) / sizeof(cases[0]));
}

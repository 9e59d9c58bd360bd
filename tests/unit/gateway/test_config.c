/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The object tree: what is refused, with which words, and that nothing changes then. */

#include <arpa/inet.h>
#include <errno.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>

#include "core/acct.h"
#include "core/log.h"
#include "fake_runtime.h"
#include "gateway/cfg.h"
#include "tests/unit/unit.h"

static struct gw_why why;

/* rc is an error and the explanation says so. */
#define REFUSED(rc, words)                                                                         \
	do {                                                                                       \
		why.text[0] = '\0';                                                                \
		CU_ASSERT((rc) < 0);                                                               \
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, words));                                   \
		if (!strstr(why.text, words))                                                      \
			printf("\n  said: %s\n", why.text);                                        \
	} while (0)
#define TAKEN(rc) CU_ASSERT_EQUAL(rc, 0)

static struct in_addr ip(const char *text)
{
	struct in_addr a;

	if (inet_pton(AF_INET, text, &a) != 1)
		abort();
	return a;
}

static void names_are_checked(void)
{
	fake_gateway_new();
	CU_ASSERT_PTR_NULL(gw_link_get("", MEDIUM_ATM, &why));
	CU_ASSERT_PTR_NULL(gw_link_get("-x", MEDIUM_ATM, &why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "begin the name with a letter or a digit"));
	CU_ASSERT_PTR_NULL(gw_link_get("a/b", MEDIUM_ATM, &why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "only letters, digits"));
	CU_ASSERT_PTR_NULL(gw_lns_get("12345678901234567890123456789012", &why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "1 to 31 characters"));
	CU_ASSERT_PTR_NULL(gw_client_get("a b", &why));
	CU_ASSERT_PTR_NULL(gw_profile_get("ä", &why));
	CU_ASSERT_TRUE(llist_empty(&gw->links));
	REFUSED(gw_set_hostname("a b", &why), "hostname 'a b'");
	fake_gateway_free();
}

static void numbers_name_their_range(void)
{
	uint64_t n = 7;

	CU_ASSERT_EQUAL(gw_range_parse(GW_R_MRU, "1400", &n, &why), 0);
	CU_ASSERT_EQUAL(n, 1400);
	REFUSED(gw_range_parse(GW_R_MRU, "127", &n, &why), "from 128 to 9180 octets");
	REFUSED(gw_range_parse(GW_R_MRU, "", &n, &why), "from 128");
	REFUSED(gw_range_parse(GW_R_MRU, "-1", &n, &why), "mru -1");
	REFUSED(gw_range_parse(GW_R_MRU, "0x100", &n, &why), "mru 0x100");
	REFUSED(gw_range_parse(GW_R_MRU, "18446744073709551616", &n, &why), "from 128");
	REFUSED(gw_range_parse(GW_R_MRU, "99999999999999999999999999999999999999", &n, &why), "..");
	CU_ASSERT_EQUAL(n, 1400);
	for (unsigned int i = 0; i < GW_RANGES; i++) {
		uint64_t v;

		/* Every range can say what it is. */
		REFUSED(gw_range_parse((enum gw_range_id)i, "x", &v, &why), "give a number from");
	}
}

static void threads_are_for_the_start(void)
{
	fake_gateway_new();
	TAKEN(gw_set_workers(4, &why));
	REFUSED(gw_set_workers(17, &why), "from 0 to 16");
	REFUSED(gw_set_crypto_threads(0, &why), "from 1 to 16");
	gw->started = true;
	TAKEN(gw_set_workers(4, &why));
	REFUSED(gw_set_workers(5, &why), "restart vcgwd");
	REFUSED(gw_set_crypto_threads(2, &why), "restart vcgwd");
	REFUSED(gw_set_ctrl("127.0.0.1", 4300, &why), "restart vcgwd");
	CU_ASSERT_EQUAL(gw->cfg.workers, 4);
	CU_ASSERT_EQUAL(gw->cfg.crypto_threads, 1);
	CU_ASSERT_EQUAL(gw->cfg.ctrl_port, 0);
	gw->started = false;
	REFUSED(gw_set_ctrl("localhost", 4300, &why), "IP address");
	fake_gateway_free();
}

static void a_bad_secrets_file_keeps_the_old_one(void)
{
	fake_gateway_new();
	REFUSED(gw_set_secrets_file("secrets", &why), "whole path");
	TAKEN(gw_set_secrets_file("/a", &why));
	CU_ASSERT_EQUAL(fake.reload, 0);
	gw->started = true;
	fake_reload_rc = -EACCES;
	REFUSED(gw_set_secrets_file("/b", &why), "cannot be read");
	CU_ASSERT_STRING_EQUAL(gw->cfg.secrets_file, "/a");
	fake_reload_rc = 0;
	TAKEN(gw_set_secrets_file("/b", &why));
	CU_ASSERT_EQUAL(fake.reload, 2);
	fake_gateway_free();
}

static void profiles_are_checked(void)
{
	struct gw_profile *p;
	struct ike_profile good, ike;

	fake_gateway_new();
	p = gw_profile_find("default");
	good = ike = p->ike;
	ike.replay_window = 100;
	REFUSED(gw_profile_set(p, &ike, &why), "multiple of 64, e.g. 64");
	ike.replay_window = 32;
	REFUSED(gw_profile_set(p, &ike, &why), "from 64 to 4096");
	ike = good;
	ike.n_esp = 0;
	REFUSED(gw_profile_set(p, &ike, &why), "esp: a profile has 1 to 8");
	ike = good;
	ike.n_p1 = 0;
	REFUSED(gw_profile_set(p, &ike, &why), "proposal: a profile has 1 to 8");
	ike = good;
	ike.p1[1] = ike.p1[0];
	ike.n_p1 = 2;
	REFUSED(gw_profile_set(p, &ike, &why), "is there already");
	ike = good;
	ike.esp[1] = ike.esp[0];
	ike.n_esp = 2;
	REFUSED(gw_profile_set(p, &ike, &why), "is there already");
	ike = good;
	ike.p1_lifetime = 59;
	REFUSED(gw_profile_set(p, &ike, &why), "lifetime ike 59");
	ike = good;
	ike.p2_lifetime = 604801;
	REFUSED(gw_profile_set(p, &ike, &why), "lifetime esp 604801");
	ike = good;
	ike.p2_octets = 1;
	REFUSED(gw_profile_set(p, &ike, &why), "lifetime esp-octets 1");
	ike = good;
	ike.p2_packets = UINT64_C(1) << 32;
	REFUSED(gw_profile_set(p, &ike, &why), "lifetime esp-packets");
	ike = good;
	ike.dpd_interval = 10;
	ike.dpd_retries = 0;
	REFUSED(gw_profile_set(p, &ike, &why), "dpd retries 0");
	ike = good;
	ike.retransmit_tries = 0;
	REFUSED(gw_profile_set(p, &ike, &why), "retransmit tries 0");
	ike = good;
	ike.retransmit_ms = 99;
	REFUSED(gw_profile_set(p, &ike, &why), "retransmit 99");
	ike = good;
	ike.nat_keepalive = 3601;
	REFUSED(gw_profile_set(p, &ike, &why), "nat-keepalive 3601");
	CU_ASSERT_EQUAL(memcmp(&p->ike, &good, sizeof(good)), 0);
	REFUSED(gw_profile_del("default", &why), "cannot be deleted");
	REFUSED(gw_profile_del("nope", &why), "no ike profile 'nope'");
	fake_gateway_free();
}

static void lns_set_base(struct gw_lns_cfg *cfg, const char *tun, const char *local)
{
	gw_lns_cfg_init(cfg);
	snprintf(cfg->tun, sizeof(cfg->tun), "%s", tun);
	cfg->local_ip = ip(local);
	cfg->local_len = 24;
}

static void pools_lie_in_their_network(void)
{
	struct gw_lns_cfg cfg, good;
	struct gw_lns *a, *b;

	fake_gateway_new();
	a = gw_lns_get("a", &why);
	b = gw_lns_get("b", &why);
	lns_set_base(&cfg, "t0", "10.0.0.1");
	cfg.pool_first = ip("10.0.0.10");
	cfg.pool_last = ip("10.0.0.20");
	TAKEN(gw_lns_set(a, &cfg, &why));
	good = cfg;
	cfg.pool_last = ip("10.0.1.20");
	REFUSED(gw_lns_set(a, &cfg, &why), "not within the network of local-address 10.0.0.1/24");
	cfg.pool_last = ip("10.0.0.255");
	REFUSED(gw_lns_set(a, &cfg, &why), "not within the network");
	cfg.pool_first = ip("10.0.0.0");
	cfg.pool_last = ip("10.0.0.9");
	REFUSED(gw_lns_set(a, &cfg, &why), "not within the network");
	cfg.pool_first = ip("10.0.0.1");
	REFUSED(gw_lns_set(a, &cfg, &why), "contains local-address 10.0.0.1");
	cfg.pool_first = ip("10.0.0.11");
	REFUSED(gw_lns_set(a, &cfg, &why), "first address is greater");
	cfg = good;
	cfg.local_len = 0;
	REFUSED(gw_lns_set(a, &cfg, &why), "set local-address first");
	cfg = good;
	cfg.local_ip = ip("10.0.0.255");
	REFUSED(gw_lns_set(a, &cfg, &why), "broadcast address");
	cfg.local_ip = ip("224.0.0.1");
	REFUSED(gw_lns_set(a, &cfg, &why), "not a unicast address");
	cfg.local_ip = ip("127.0.0.1");
	REFUSED(gw_lns_set(a, &cfg, &why), "not a unicast address");
	cfg.local_len = 31;
	REFUSED(gw_lns_set(a, &cfg, &why), "prefix length 31");
	lns_set_base(&cfg, "t1", "10.0.0.200");
	REFUSED(gw_lns_set(b, &cfg, &why), "overlaps the network of lns a");
	CU_ASSERT_EQUAL(memcmp(&a->cfg, &good, sizeof(good)), 0);
	cfg = good;
	cfg.local_len = 8;
	cfg.pool_last = ip("10.2.0.20");
	REFUSED(gw_lns_set(a, &cfg, &why), "at most 65536");
	fake_gateway_free();
}

static void tun_names_are_unique(void)
{
	struct gw_lns_cfg cfg;
	struct gw_client_cfg ccfg;
	struct gw_lns *a;
	struct gw_client *c;

	fake_gateway_new();
	a = gw_lns_get("a", &why);
	c = gw_client_get("c", &why);
	lns_set_base(&cfg, "t0", "10.0.0.1");
	TAKEN(gw_lns_set(a, &cfg, &why));
	TAKEN(gw_lns_set(a, &cfg, &why));
	gw_client_cfg_init(&ccfg);
	snprintf(ccfg.tun, sizeof(ccfg.tun), "t0");
	REFUSED(gw_client_set(c, &ccfg, &why), "lns a has it");
	snprintf(ccfg.tun, sizeof(ccfg.tun), "t/1");
	REFUSED(gw_client_set(c, &ccfg, &why), "no blanks, '/'");
	snprintf(ccfg.tun, sizeof(ccfg.tun), "..");
	REFUSED(gw_client_set(c, &ccfg, &why), "1 to 15 characters");
	snprintf(ccfg.tun, sizeof(ccfg.tun), "t1");
	TAKEN(gw_client_set(c, &ccfg, &why));
	snprintf(cfg.tun, sizeof(cfg.tun), "t1");
	REFUSED(gw_lns_set(a, &cfg, &why), "client c has it");
	CU_ASSERT_STRING_EQUAL(a->cfg.tun, "t0");
	fake_gateway_free();
}

static void ppp_numbers_are_checked(void)
{
	struct gw_client_cfg cfg, good;
	struct gw_client *c;

	fake_gateway_new();
	c = gw_client_get("c", &why);
	good = c->cfg;
	cfg = good;
	cfg.mru = 1000;
	REFUSED(gw_client_set(c, &cfg, &why), "IPv6 needs 1280");
	cfg.mru = 9181;
	REFUSED(gw_client_set(c, &cfg, &why), "mru 9181");
	cfg = good;
	cfg.echo_failures = 0;
	REFUSED(gw_client_set(c, &cfg, &why), "echo failures 0");
	cfg.echo_interval = 0;
	TAKEN(gw_client_set(c, &cfg, &why));
	cfg.redial = 0;
	REFUSED(gw_client_set(c, &cfg, &why), "redial 0");
	snprintf(cfg.user, sizeof(cfg.user), "a\"b");
	REFUSED(gw_client_set(c, &cfg, &why), "visible ASCII");
	fake_gateway_free();
}

static void links_are_checked(void)
{
	struct link_cfg cfg, good;
	struct gw_link *a, *f;

	fake_gateway_new();
	a = gw_link_get("a", MEDIUM_ATM, &why);
	f = gw_link_get("f", MEDIUM_FR, &why);
	CU_ASSERT_PTR_NULL(gw_link_get("a", MEDIUM_FR, &why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "link a is atm already"));
	cfg = a->cfg;
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "/run/x");
	TAKEN(gw_link_set(a, &cfg, &why));
	cfg = f->cfg;
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "/run/x");
	REFUSED(gw_link_set(f, &cfg, &why), "link a has this socket");
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "run/x");
	REFUSED(gw_link_set(f, &cfg, &why), "whole path");
	cfg = good = f->cfg;
	cfg.mtu = 261;
	REFUSED(gw_link_set(f, &cfg, &why), "mtu 261");
	cfg = good;
	cfg.lmi.n392 = 5;
	REFUSED(gw_link_set(f, &cfg, &why), "cannot be greater");
	cfg.lmi.n392 = 11;
	REFUSED(gw_link_set(f, &cfg, &why), "lmi n392 11");
	cfg = good;
	cfg.lmi.n393 = 0;
	REFUSED(gw_link_set(f, &cfg, &why), "lmi n393 0");
	cfg = good;
	cfg.lmi.n391 = 0;
	REFUSED(gw_link_set(f, &cfg, &why), "lmi n391 0");
	cfg = good;
	cfg.lmi.t391 = 31;
	REFUSED(gw_link_set(f, &cfg, &why), "lmi t391 31");
	cfg = good;
	cfg.lmi.t392 = 0;
	REFUSED(gw_link_set(f, &cfg, &why), "lmi t392 0");
	cfg = good;
	cfg.impair.loss_ppm = 1000001;
	REFUSED(gw_link_set(f, &cfg, &why), "1000000 parts per million");
	cfg = good;
	cfg.impair.delay_us = 10000001;
	REFUSED(gw_link_set(f, &cfg, &why), "impair delay");
	cfg = good;
	cfg.medium = MEDIUM_ATM;
	REFUSED(gw_link_set(f, &cfg, &why), "medium cannot change");
	CU_ASSERT_EQUAL(memcmp(&f->cfg, &good, sizeof(good)), 0);
	REFUSED(gw_link_del("z", &why), "no link 'z'");
	fake_gateway_free();
}

static void vcs_are_parsed(void)
{
	uint32_t vc = 1;

	TAKEN(gw_vc_parse(MEDIUM_ATM, "0.100", &vc, &why));
	CU_ASSERT_EQUAL(vc, 100);
	TAKEN(gw_vc_parse(MEDIUM_ATM, "255.65535", &vc, &why));
	CU_ASSERT_EQUAL(vc, 255u << 16 | 65535);
	REFUSED(gw_vc_parse(MEDIUM_ATM, "100", &vc, &why), "VPI.VCI");
	REFUSED(gw_vc_parse(MEDIUM_ATM, "256.100", &vc, &why), "VPI 256");
	REFUSED(gw_vc_parse(MEDIUM_ATM, "0.31", &vc, &why), "0 to 31 are reserved");
	REFUSED(gw_vc_parse(MEDIUM_ATM, "0.65536", &vc, &why), "VCI 65536");
	REFUSED(gw_vc_parse(MEDIUM_ATM, ".100", &vc, &why), "VPI");
	REFUSED(gw_vc_parse(MEDIUM_ATM, "0.", &vc, &why), "VCI");
	REFUSED(gw_vc_parse(MEDIUM_ATM, "00000000000000000.1", &vc, &why), "VPI.VCI");
	TAKEN(gw_vc_parse(MEDIUM_FR, "16", &vc, &why));
	TAKEN(gw_vc_parse(MEDIUM_FR, "991", &vc, &why));
	REFUSED(gw_vc_parse(MEDIUM_FR, "0", &vc, &why), "DLCI 0");
	REFUSED(gw_vc_parse(MEDIUM_FR, "15", &vc, &why), "reserved");
	REFUSED(gw_vc_parse(MEDIUM_FR, "992", &vc, &why), "DLCI 992");
	CU_ASSERT_EQUAL(vc, 991);
}

static void circuits_are_checked(void)
{
	struct gw_circuit_cfg cfg, good;
	struct gw_circuit *c, *f;

	fake_gateway_new();
	c = gw_circuit_get(gw_link_get("a", MEDIUM_ATM, &why), 100, &why);
	f = gw_circuit_get(gw_link_get("f", MEDIUM_FR, &why), 100, &why);
	CU_ASSERT_STRING_EQUAL(c->name, "a/0.100");
	CU_ASSERT_STRING_EQUAL(f->name, "f/100");
	CU_ASSERT_PTR_EQUAL(gw_circuit_by_name("a/0.100"), c);
	/* Nobody gets clear L2TP by leaving a line out. */
	CU_ASSERT_TRUE(c->cfg.security);
	good = cfg = c->cfg;
	cfg.encap = ENCAP_NLPID_SNAP;
	REFUSED(gw_circuit_set(c, &cfg, &why), "on ATM give llc-snap or null");
	cfg = good;
	cfg.max_sdu = 63;
	REFUSED(gw_circuit_set(c, &cfg, &why), "max-sdu 63");
	cfg = good;
	snprintf(cfg.profile, sizeof(cfg.profile), "x");
	REFUSED(gw_circuit_set(c, &cfg, &why), "define 'ike profile x' before");
	cfg = good;
	snprintf(cfg.lns, sizeof(cfg.lns), "x");
	REFUSED(gw_circuit_set(c, &cfg, &why), "define 'lns x' before");
	cfg = good;
	snprintf(cfg.client, sizeof(cfg.client), "x");
	REFUSED(gw_circuit_set(c, &cfg, &why), "define 'client x' before");
	cfg = good;
	cfg.hide_avps = true;
	REFUSED(gw_circuit_set(c, &cfg, &why), "l2tp tunnel-authentication");
	cfg = good;
	cfg.next_header = 4;
	REFUSED(gw_circuit_set(c, &cfg, &why), "next-header 4");
	cfg = good;
	cfg.rx_window = 0;
	REFUSED(gw_circuit_set(c, &cfg, &why), "l2tp window 0");
	cfg = good;
	cfg.retries = 0;
	REFUSED(gw_circuit_set(c, &cfg, &why), "l2tp retries 0");
	cfg = good;
	cfg.data_offset = 65;
	REFUSED(gw_circuit_set(c, &cfg, &why), "l2tp data-offset 65");
	cfg = good;
	cfg.hello_interval = 3601;
	REFUSED(gw_circuit_set(c, &cfg, &why), "l2tp hello 3601");
	CU_ASSERT_EQUAL(memcmp(&c->cfg, &good, sizeof(good)), 0);
	cfg = f->cfg;
	cfg.max_sdu = 1000;
	REFUSED(gw_circuit_set(f, &cfg, &why), "link's mtu bounds");
	cfg = f->cfg;
	cfg.encap = ENCAP_NULL;
	REFUSED(gw_circuit_set(f, &cfg, &why), "only nlpid-snap");
	fake_gateway_free();
}

static void what_is_used_stays(void)
{
	struct gw_circuit_cfg cfg;
	struct gw_circuit *c, *d;
	struct gw_link *l;

	fake_gateway_new();
	l = gw_link_get("a", MEDIUM_ATM, &why);
	c = gw_circuit_get(l, 100, &why);
	d = gw_circuit_get(l, 101, &why);
	gw_profile_get("p", &why);
	gw_lns_get("s", &why);
	gw_client_get("k", &why);
	cfg = c->cfg;
	snprintf(cfg.profile, sizeof(cfg.profile), "p");
	snprintf(cfg.lns, sizeof(cfg.lns), "s");
	snprintf(cfg.client, sizeof(cfg.client), "k");
	TAKEN(gw_circuit_set(c, &cfg, &why));
	CU_ASSERT_PTR_EQUAL(gw_client_find("k")->circuit, c);
	REFUSED(gw_profile_del("p", &why), "in use by circuit a/0.100");
	REFUSED(gw_lns_del("s", &why), "in use by circuit a/0.100");
	REFUSED(gw_client_del("k", &why), "in use by circuit a/0.100");
	REFUSED(gw_circuit_set(d, &cfg, &why), "circuit a/0.100 dials for it already");
	TAKEN(gw_circuit_del(c, &why));
	CU_ASSERT_PTR_NULL(gw_client_find("k")->circuit);
	TAKEN(gw_profile_del("p", &why));
	TAKEN(gw_lns_del("s", &why));
	TAKEN(gw_client_del("k", &why));
	CU_ASSERT_PTR_NULL(gw_lns_find("s"));
	fake_gateway_free();
}

static void pass_time(unsigned int us)
{
	osmo_clock_override_add(CLOCK_MONOTONIC, 0, us * 1000);
	osmo_gettimeofday_override_add(0, (suseconds_t)us);
	osmo_timers_prepare();
	osmo_timers_update();
}

static void the_lines_of_one_edit_cost_one_restart(void)
{
	struct gw_circuit_cfg cfg;
	struct gw_circuit *c, *d;
	struct ike_profile ike;
	struct gw_link *l;

	fake_gateway_new();
	osmo_gettimeofday_override = true;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	l = gw_link_get("a", MEDIUM_ATM, &why);
	c = gw_circuit_get(l, 100, &why);
	d = gw_circuit_get(l, 101, &why);
	pass_time(100000);
	CU_ASSERT_EQUAL(fake.circuit_apply, 0); /* not started */
	gw->started = true;
	for (unsigned int i = 1; i < 5; i++) {
		cfg = c->cfg;
		cfg.data_offset = (uint16_t)i;
		TAKEN(gw_circuit_set(c, &cfg, &why));
	}
	pass_time(5000);
	CU_ASSERT_EQUAL(fake.circuit_apply, 0);
	pass_time(20000);
	CU_ASSERT_EQUAL(fake.circuit_apply, 1);
	CU_ASSERT_EQUAL(fake.link_apply, 0);
	/* A profile's circuits follow it; those without security do not. */
	cfg = d->cfg;
	cfg.security = false;
	TAKEN(gw_circuit_set(d, &cfg, &why));
	pass_time(30000);
	CU_ASSERT_EQUAL(fake.circuit_apply, 2);
	ike = gw_profile_find("default")->ike;
	ike.p2_lifetime = 1800;
	TAKEN(gw_profile_set(gw_profile_find("default"), &ike, &why));
	pass_time(30000);
	CU_ASSERT_EQUAL(fake.circuit_apply, 3);
	TAKEN(gw_link_shutdown(l, true, &why));
	TAKEN(gw_link_shutdown(l, true, &why));
	pass_time(30000);
	CU_ASSERT_EQUAL(fake.link_apply, 1);
	TAKEN(gw_link_del("a", &why));
	CU_ASSERT_EQUAL(fake.circuit_stop, 2);
	CU_ASSERT_EQUAL(fake.link_stop, 1);
	pass_time(30000);
	CU_ASSERT_EQUAL(fake.link_apply, 1);
	fake_gateway_free();
}

static const struct unit_case cases[] = {
	{ "names are checked", names_are_checked },
	{ "numbers name their range", numbers_name_their_range },
	{ "threads are for the start", threads_are_for_the_start },
	{ "a bad secrets file keeps the old one", a_bad_secrets_file_keeps_the_old_one },
	{ "profiles are checked", profiles_are_checked },
	{ "pools lie in their network", pools_lie_in_their_network },
	{ "TUN names are unique", tun_names_are_unique },
	{ "PPP numbers are checked", ppp_numbers_are_checked },
	{ "links are checked", links_are_checked },
	{ "VCs are parsed", vcs_are_parsed },
	{ "circuits are checked", circuits_are_checked },
	{ "what is used stays", what_is_used_stays },
	{ "the lines of one edit cost one restart", the_lines_of_one_edit_cost_one_restart },
};

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	if (acct_init() < 0 || acct_thread_init() < 0)
		return 2;
	return unit_main("config", cases, sizeof(cases) / sizeof(cases[0]));
}

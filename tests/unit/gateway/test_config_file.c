/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The configuration language: what is written reads back the same; errors say where and what. */

#include <stdio.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>
#include <osmocom/vty/logging.h>
#include <osmocom/vty/stats.h>

#include "core/acct.h"
#include "core/log.h"
#include "fake_runtime.h"
#include "gateway/pki.h"
#include "gateway/vty.h"
#include "gateway/vty_write.h"
#include "tests/unit/unit.h"

static char errors[4096];

static int read_text(const char *text)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	FILE *err = fmemopen(errors, sizeof(errors), "w");
	int rc;

	memset(errors, 0, sizeof(errors));
	rc = gw_config_read_fp(in, "t.conf", err);
	fclose(err);
	fclose(in);
	return rc;
}

/* Read, write, read what was written, write: the same. */
static void round_trip(const char *text)
{
	char *first, *second;
	int rc;

	fake_gateway_new();
	rc = read_text(text);
	CU_ASSERT_EQUAL(rc, 0);
	if (rc)
		printf("\n%s\n", errors);
	first = gw_config_text(NULL);
	fake_gateway_free();
	fake_gateway_new();
	rc = read_text(first);
	CU_ASSERT_EQUAL(rc, 0);
	if (rc)
		printf("\n%s\n", errors);
	second = gw_config_text(NULL);
	CU_ASSERT_STRING_EQUAL(first, second);
	fake_gateway_free();
	talloc_free(first);
	talloc_free(second);
}

static void example(const char *path)
{
	static char text[8192];
	FILE *f = fopen(path, "r");
	size_t n;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	round_trip(text);
}

static void the_examples_read_back(void)
{
	example(EXAMPLES "/lns.conf");
	example(EXAMPLES "/lac.conf");
}

/* Every command at something else than its default, as it is written. */
static const char everything[] = "gateway\n"
				 " hostname gw9\n"
				 " secrets-file /tmp/s\n"
				 " workers 3\n"
				 " crypto-threads 2\n"
				 " ctrl 127.0.0.2 4300\n"
				 " discard-log rate 20\n"
				 " discard-log contents\n"
				 " legacy-algorithms two old peers\n"
				 " manual-counter-file /tmp/count\n"
				 "!\n"
				 "ike profile default\n"
				 "!\n"
				 "ike profile other\n"
				 " proposal aes128-sha1-modp2048\n"
				 " proposal aes256-sha384-modp3072\n"
				 " esp aes256-sha256\n"
				 " pfs modp2048\n"
				 " lifetime ike 7200\n"
				 " lifetime esp 1200\n"
				 " lifetime esp-octets 4194304\n"
				 " lifetime esp-packets 5000\n"
				 " replay-window 2048\n"
				 " esn prefer\n"
				 " dpd interval 7 retries 9\n"
				 " retransmit 700 tries 7\n"
				 " nat-t force\n"
				 " nat-keepalive 15\n"
				 "!\n"
				 "pki p1\n"
				 " ca-certificate /p/root.pem\n"
				 " ca-certificate /p/other.pem crl require\n"
				 " ca-directory /p/cas crl off\n"
				 " crl /p/root.crl\n"
				 " crl-directory /p/crls\n"
				 " certificate /p/gw9.pem private-key /p/gw9.key\n"
				 "!\n"
				 "pki p2\n"
				 "!\n"
				 "lns one\n"
				 " tun t-one\n"
				 " local-address 10.1.0.1/16\n"
				 " pool 10.1.1.0 10.1.2.255\n"
				 " dns 10.1.0.1 10.1.0.2\n"
				 " authentication pap\n"
				 " no ipv6\n"
				 " mru 1000\n"
				 " echo interval 5 failures 5\n"
				 "!\n"
				 "lns two\n"
				 " tun t-two\n"
				 " authentication none\n"
				 " no echo\n"
				 "!\n"
				 "client c1\n"
				 " tun t-c1\n"
				 " user al@ice\n"
				 " authentication-accept both\n"
				 " dns\n"
				 " no ipv6\n"
				 " mru 700\n"
				 " no echo\n"
				 " redial 30\n"
				 "!\n"
				 "client c2\n"
				 " authentication-accept pap\n"
				 "!\n"
				 "link a0 atm\n"
				 " driver loop socket /tmp/a0 listen\n"
				 " impair loss 10\n"
				 " impair bit-errors 20\n"
				 " impair delay 30\n"
				 " impair rate 10000000000\n"
				 " impair seed 5\n"
				 " shutdown\n"
				 " pvc 1.32\n"
				 "  encapsulation null\n"
				 "  max-sdu 2000\n"
				 "  security ike other\n"
				 "  identity local key-id a0-1\n"
				 "  identity remote user-fqdn x@y\n"
				 "  next-header 0\n"
				 "  l2tp lns one\n"
				 "  l2tp client c1\n"
				 "  l2tp host-name me\n"
				 "  l2tp peer-host-name you\n"
				 "  l2tp tunnel-authentication\n"
				 "  l2tp hide-avps\n"
				 "  l2tp hello 7\n"
				 "  l2tp window 8\n"
				 "  l2tp retries 9\n"
				 "  l2tp data-sequencing\n"
				 "  l2tp data-length\n"
				 "  l2tp data-offset 4\n"
				 "  shutdown\n"
				 " pvc 1.33\n"
				 "  security none\n"
				 " pvc 1.34\n"
				 "  security manual aes256-cmac inbound 0xc0de0001 outbound "
				 "0xc0de0002\n"
				 "  next-header 0\n"
				 " pvc 1.35\n"
				 "  security manual chacha20poly1305 inbound 0x00000100 outbound "
				 "0x01f40000\n"
				 " pvc 1.36\n"
				 "  security ike default\n"
				 "  next-header auto\n"
				 " pvc 1.37\n"
				 "  security ike other\n"
				 "  authentication pki p1\n"
				 "  identity local fqdn gw9.example\n"
				 "  identity remote dn C=NL,O=Ex\\, Inc,CN=lac 1\n"
				 "!\n"
				 "link f0 frame-relay\n"
				 " driver loop socket /tmp/f0 connect\n"
				 " mtu 4000\n"
				 " lmi q933a user\n"
				 " lmi n391 7\n"
				 " lmi n393 9\n"
				 " lmi n392 8\n"
				 " lmi t391 6\n"
				 " lmi t392 7\n"
				 " dlci 16\n"
				 "  security ike default\n"
				 "!\n"
				 "link f1 frame-relay\n"
				 " lmi q933a network\n"
				 " lmi n392 1\n"
				 " lmi n393 2\n"
				 "!\n"
				 "link u0 ip\n"
				 " address 2001:db8::1\n"
				 " clear-l2tp\n"
				 " peer lns9\n"
				 "  remote 2001:db8:9::1\n"
				 "  security ike default\n"
				 "  l2tp client c2\n"
				 "  l2tp source-port dynamic\n"
				 " peer road\n"
				 "  remote 2001:db8::/32\n"
				 "  wildcard-psk one key for a test\n"
				 "  security ike default\n"
				 "  l2tp lns one\n"
				 "  l2tp try-another 2001:db8::9\n"
				 "!\n";

static void every_command_reads_back(void)
{
	char *text;

	round_trip(everything);
	/* And nothing of it is lost, moved or added. */
	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text(everything), 0);
	text = gw_config_text(NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "gateway\n"));
	CU_ASSERT_STRING_EQUAL(strstr(text, "gateway\n"), everything);
	talloc_free(text);
	fake_gateway_free();
}

static void no_takes_everything_back(void)
{
	static const char no[] =
		"gateway\n no workers\n no crypto-threads\n no ctrl\n"
		" no discard-log rate\n no discard-log contents\n no legacy-algorithms\n"
		"ike profile other\n no proposal\n no esp\n no pfs\n no lifetime ike\n"
		" no lifetime esp\n no lifetime esp-octets\n no lifetime esp-packets\n"
		" no replay-window\n no esn\n no retransmit\n"
		"lns one\n no pool\n no local-address\n no dns\n no mru\n ipv6\n"
		" authentication chap\n"
		"client c1\n no user\n no dns\n no mru\n ipv6\n no redial\n"
		"link a0\n no driver\n no impair\n no shutdown\n"
		" pvc 1.32\n  no encapsulation\n  no max-sdu\n  no security\n"
		"  no identity local\n  no identity remote\n  no next-header\n"
		"  no l2tp lns\n  no l2tp client\n  no l2tp host-name\n"
		"  no l2tp peer-host-name\n  no l2tp hide-avps\n"
		"  no l2tp tunnel-authentication\n  no l2tp hello\n  no l2tp window\n"
		"  no l2tp retries\n  no l2tp data-sequencing\n  no l2tp data-length\n"
		"  no l2tp data-offset\n  no shutdown\n"
		" no pvc 1.33\n"
		" pvc 1.34\n  no security\n  no next-header\n"
		" pvc 1.35\n  security ike default\n"
		" pvc 1.36\n  no next-header\n"
		" pvc 1.37\n  no authentication\n  no identity local\n  no identity remote\n"
		"  no security\n"
		"gateway\n no manual-counter-file\n"
		"link u0\n no address\n no clear-l2tp\n"
		" peer lns9\n  no remote\n  no l2tp source-port\n  no l2tp client\n"
		" peer road\n  no wildcard-psk\n  no l2tp try-another\n  no remote\n"
		" no peer lns9\n"
		"link f0\n no mtu\n no lmi\n no lmi n391\n no lmi n392\n no lmi n393\n"
		" no lmi t391\n no lmi t392\n no dlci 16\n"
		"no link f1\nno lns two\nno client c2\n"
		"pki p1\n no ca-certificate /p/root.pem\n no ca-certificate /p/other.pem\n"
		" no ca-directory\n no crl /p/root.crl\n no crl-directory\n"
		" no certificate /p/gw9.pem\n"
		"no pki p2\n";
	struct gw_circuit_cfg def;
	struct gw_circuit *c;
	struct gw_why why;

	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text(everything), 0);
	CU_ASSERT_EQUAL(read_text(no), 0);
	if (errors[0])
		printf("\n%s\n", errors);
	c = gw_circuit_by_name("a0/1.32");
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	gw_circuit_cfg_init(&def, MEDIUM_ATM);
	CU_ASSERT_EQUAL(memcmp(&c->cfg, &def, sizeof(def)), 0);
	CU_ASSERT_FALSE(c->shutdown);
	c = gw_circuit_by_name("a0/1.34");
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(memcmp(&c->cfg, &def, sizeof(def)), 0);
	CU_ASSERT_PTR_NULL(gw_pki_find("p2"));
	CU_ASSERT_EQUAL(gw_pki_find("p1")->cfg.n_ca + gw_pki_find("p1")->cfg.n_crl +
				gw_pki_find("p1")->cfg.n_own,
			0);
	CU_ASSERT_STRING_EQUAL(gw_pki_find("p1")->cfg.ca_directory, "");
	CU_ASSERT_STRING_EQUAL(gw_pki_find("p1")->cfg.crl_directory, "");
	CU_ASSERT_PTR_NULL(gw_link_find("f1"));
	CU_ASSERT_PTR_NULL(gw_circuit_by_name("f0/16"));
	CU_ASSERT_EQUAL(gw_profile_del("other", &why), 0);
	fake_gateway_free();
}

/* What a wrong line is answered with: place, line, reason. */
static void wrong(const char *text, const char *place, const char *reason)
{
	fake_gateway_new();
	CU_ASSERT_NOT_EQUAL(read_text(text), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, place));
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, reason));
	if (!strstr(errors, place) || !strstr(errors, reason))
		printf("\n  said: %s\n", errors);
	fake_gateway_free();
}

static void errors_name_the_line(void)
{
	static char longline[700];

	wrong("nonsense\n", "t.conf:1: nonsense\n", "there is no such command at the top level");
	wrong("!\n\ngateway\n workers 99\n", "t.conf:4: workers 99\n",
	      "workers 99: give a number from 0 to 16");
	wrong("gateway\n workers\n", "t.conf:2: workers\n",
	      "not complete in 'gateway'\n  there is:\n");
	wrong("lns x\n  tun a\n mru 9\n", "t.conf:3: mru 9", "the indentation does not fit");
	wrong("link a atm\n pvc 0.5\n", "t.conf:2:", "(0 to 31 are reserved)");
	wrong("link a atm\n dlci 100\n", "t.conf:2:", "an ATM link has 'pvc VPI.VCI'");
	wrong("link f frame-relay\n pvc 0.100\n", "t.conf:2:", "a Frame Relay link has 'dlci N'");
	wrong("link a atm\n mtu 1600\n", "t.conf:2:", "belongs to Frame Relay");
	wrong("link a atm\n lmi none\n", "t.conf:2:", "belongs to Frame Relay");
	wrong("link a\n", "t.conf:1:", "say 'link a atm'");
	wrong("link a atm\n pvc 0.100\n  encapsulation foo\n", "t.conf:3: encapsulation foo",
	      "in circuit a/0.100\n  there is:\n    encapsulation (llc-snap|null|nlpid-snap)");
	wrong("ike profile x\n proposal rc5-tiger-modp768\n",
	      "t.conf:2:", "e.g. aes256-sha256-ecp256");
	wrong("ike profile x\n esp des\n", "t.conf:2:", "there is no such suite");
	wrong("ike profile x\n pfs modp6144\n", "t.conf:2:", "take modp2048");
	wrong("ike profile x\n pfs modp1024\n", "t.conf:2:", "pfs modp1024: is weak");
	wrong("ike profile x\n replay-window 65\n", "t.conf:2:", "multiple of 64");
	wrong("lns x\n local-address 10.0.0.1\n", "t.conf:2:", "give ADDRESS/LEN");
	wrong("lns x\n dns nowhere\n", "t.conf:2:", "give an IPv4 address");
	wrong("pki x\n crl root.crl\n", "t.conf:2:", "crl root.crl: give the whole path");
	wrong("pki x\n certificate /a private-key b\n",
	      "t.conf:2:", "private-key b: give the whole");
	wrong("pki x\n ca-directory /a crl maybe\n",
	      "t.conf:2:", "in 'pki x'\n  there is:\n    ca-directory DIRECTORY");
	wrong("pki x\n no certificate /a\n", "t.conf:2:", "does not have it");
	wrong("no pki x\n", "t.conf:1:", "there is no pki 'x'");
	wrong("link a atm\n pvc 0.100\n  authentication pki x\n",
	      "t.conf:3:", "there is no such pki; define 'pki x' before");
	wrong("link a atm\n pvc 0.100\n  identity remote dn lac1\n", "t.conf:3:", "C=NL,O=");
	wrong("no lns x\n", "t.conf:1:", "there is no lns 'x'");
	wrong("write\n", "t.conf:1:", "not from within a configuration file");
	wrong("lns x\nend\n!\n\nshutdown\n", "t.conf:5: shutdown",
	      "with 'end' or an 'exit' too many");
	wrong("exit\nclear counters\n", "t.conf:2: clear counters",
	      "with 'end' or an 'exit' too many");
	wrong("! x\n lns x\nlns y\n", "t.conf:2: lns x", "begins in the first column");
	memset(longline, 'x', sizeof(longline) - 1);
	wrong(longline, "t.conf:1:", "at most 510 characters");
}

static void an_error_keeps_what_stood_before(void)
{
	fake_gateway_new();
	CU_ASSERT_NOT_EQUAL(read_text("lns x\n tun t0\n mru 70000\n tun t1\n"), 0);
	CU_ASSERT_STRING_EQUAL(gw_lns_find("x")->cfg.tun, "t0");
	CU_ASSERT_EQUAL(gw_lns_find("x")->cfg.mru, 1500);
	fake_gateway_free();
}

static void a_list_of_proposals_replaces_the_defaults(void)
{
	struct gw_profile *p;

	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text("ike profile default\n esp aes256-sha256\n"), 0);
	p = gw_profile_find("default");
	CU_ASSERT_EQUAL(p->ike.n_esp, 1);
	CU_ASSERT_EQUAL(read_text("ike profile default\n esp aes256gcm16\n"), 0);
	CU_ASSERT_EQUAL(p->ike.n_esp, 2);
	CU_ASSERT_EQUAL(read_text("ike profile default\n no esp aes256-sha256\n"), 0);
	CU_ASSERT_EQUAL(p->ike.n_esp, 1);
	CU_ASSERT_NOT_EQUAL(read_text("ike profile default\n no esp aes256gcm16\n"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, "is the last one"));
	CU_ASSERT_EQUAL(p->ike.n_esp, 1);
	fake_gateway_free();
}

static void weak_suites_need_the_operators_reason(void)
{
	static const char *const weak_p1[] = { "proposal des-sha1-modp2048",
					       "proposal 3des-sha256-ecp256",
					       "proposal aes128-md5-ecp521",
					       "proposal aes128-sha1-modp768",
					       "proposal aes128-sha1-modp1024",
					       "proposal aes128-sha1-modp1536",
					       "pfs modp768",
					       "pfs modp1024",
					       "pfs modp1536" };
	static const char *const weak[] = { "des-sha1", "3des-sha256", "aes128-md5", "null-md5" };
	char line[80], *text;

	fake_gateway_new();
	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++) {
		snprintf(line, sizeof(line), "ike profile default\n esp %s\n", weak[i]);
		CU_ASSERT_NOT_EQUAL(read_text(line), 0);
		CU_ASSERT_PTR_NOT_NULL(
			strstr(errors, "'legacy-algorithms REASON' under 'gateway'"));
	}
	for (size_t i = 0; i < sizeof(weak_p1) / sizeof(weak_p1[0]); i++) {
		snprintf(line, sizeof(line), "ike profile default\n %s\n", weak_p1[i]);
		CU_ASSERT_NOT_EQUAL(read_text(line), 0);
		CU_ASSERT_PTR_NOT_NULL(
			strstr(errors, "'legacy-algorithms REASON' under 'gateway'"));
	}
	CU_ASSERT_NOT_EQUAL(read_text("ike profile default\n esp chacha20poly1305\n"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, "IKEv1 has no number"));
	CU_ASSERT_EQUAL(read_text("ike profile default\n esp null-sha512\n"), 0);
	CU_ASSERT_EQUAL(read_text("gateway\n legacy-algorithms old DSLAMs in Graz\n"), 0);
	CU_ASSERT_EQUAL(read_text("ike profile default\n esp des-md5\n"), 0);
	CU_ASSERT_EQUAL(read_text("ike profile default\n proposal 3des-md5-modp1024\n"
				  " proposal aes192-sha512-curve25519\n pfs modp1536\n"),
			0);
	text = gw_config_text(NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n legacy-algorithms old DSLAMs in Graz\n"));
	/* What was written is read again: the permission stands before the use. */
	fake_gateway_free();
	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text(text), 0);
	talloc_free(text);
	CU_ASSERT_NOT_EQUAL(read_text("gateway\n no legacy-algorithms\n"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, "'no proposal 3des-md5-modp1024' there first"));
	CU_ASSERT_EQUAL(read_text("ike profile default\n no proposal 3des-md5-modp1024\n"), 0);
	CU_ASSERT_NOT_EQUAL(read_text("gateway\n no legacy-algorithms\n"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, "'no esp des-md5' there first"));
	CU_ASSERT_EQUAL(read_text("ike profile default\n no esp des-md5\n"), 0);
	CU_ASSERT_NOT_EQUAL(read_text("gateway\n no legacy-algorithms\n"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(errors, "'no pfs modp1536' there first"));
	CU_ASSERT_EQUAL(read_text("ike profile default\n pfs curve25519\n"), 0);
	CU_ASSERT_EQUAL(read_text("gateway\n no legacy-algorithms\n"), 0);
	text = gw_config_text(NULL);
	CU_ASSERT_PTR_NULL(strstr(text, "legacy"));
	talloc_free(text);
	fake_gateway_free();
}

/* A terminal sees that there is a password, not which; the file has it. */
static void passwords_go_to_the_file_only(void)
{
	char *text;

	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text("line vty\n password s3cret\n login\n"), 0);
	text = gw_config_text(NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "line vty\n password s3cret\n login\n"));
	talloc_free(text);
	CU_ASSERT_EQUAL(read_text("line vty\n no password\n no login\n"), 0);
	text = gw_config_text(NULL);
	CU_ASSERT_PTR_NULL(strstr(text, "password"));
	talloc_free(text);
	fake_gateway_free();
}

static unsigned int problems;

static void count_problem(void *priv, const char *line)
{
	if (strstr(line, priv))
		problems++;
}

static void the_check_finds_what_is_unfinished(void)
{
	fake_gateway_new();
	CU_ASSERT_EQUAL(read_text("lns x\nclient y\nlink a atm\n pvc 0.100\n"), 0);
	problems = 0;
	CU_ASSERT_EQUAL(gw_check(count_problem, "add"), 7);
	CU_ASSERT_EQUAL(problems, 7);
	problems = 0;
	gw_check(count_problem, "circuit a/0.100: carries nothing");
	gw_check(count_problem, "link a: no driver");
	gw_check(count_problem, "client y: no circuit dials");
	CU_ASSERT_EQUAL(problems, 3);
	fake_gateway_free();
}

static const struct unit_case cases[] = {
	{ "the examples read back", the_examples_read_back },
	{ "every command reads back", every_command_reads_back },
	{ "no takes everything back", no_takes_everything_back },
	{ "errors name the line", errors_name_the_line },
	{ "an error keeps what stood before", an_error_keeps_what_stood_before },
	{ "a list of proposals replaces the defaults", a_list_of_proposals_replaces_the_defaults },
	{ "weak suites need the operator's reason", weak_suites_need_the_operators_reason },
	{ "passwords go to the file only", passwords_go_to_the_file_only },
	{ "the check finds what is unfinished", the_check_finds_what_is_unfinished },
};

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	if (acct_init() < 0 || acct_thread_init() < 0)
		return 2;
	gw_vty_init();
	logging_vty_add_cmds();
	osmo_stats_vty_add_cmds();
	gw_vty_lib_init();
	return unit_main("config_file", cases, sizeof(cases) / sizeof(cases[0]));
}

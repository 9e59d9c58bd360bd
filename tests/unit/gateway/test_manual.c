/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Manual keys of a circuit: what is installed of them, when they change and when they end. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "fake_runtime.h"
#include "gateway/manual.h"
#include "gateway/runtime.h"
#include "gateway/secrets.h"
#include "tests/unit/unit.h"

#define KEY_A "a0a1a2a3a4a5a6a7a8a9aaabacadaeafa0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
#define KEY_B "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
#define KEY_C "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfc0c1c2c3c4c5c6c7c8c9cacbcccdce"
#define SALT  "01020304"

static char secrets[] = "/tmp/vcgw-manual-XXXXXX";
static char counter[64];
static struct circuit running = { .id = 9 };
static struct gw_circuit *c;
static struct gw_why why;

static void read_secrets(const char *text)
{
	FILE *f = fopen(secrets, "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	secrets_free(gw->secrets);
	gw->secrets = NULL;
	CU_ASSERT_EQUAL_FATAL(secrets_load(&gw->secrets, secrets, &why), 0);
}

static void begin(const char *suite, const char *text)
{
	struct gw_circuit_cfg cfg;
	struct gw_link *l;

	fake_gateway_new();
	unlink(counter);
	l = gw_link_get("a", MEDIUM_ATM, &why);
	c = gw_circuit_get(l, 32, &why);
	cfg = c->cfg;
	cfg.manual = esp_suite_by_name(suite);
	cfg.spi_in = 0xc0de0001;
	cfg.spi_out = 0xc0de0002;
	cfg.next_header = 0;
	CU_ASSERT_EQUAL_FATAL(gw_set_manual_counter(counter, &why), 0);
	CU_ASSERT_EQUAL_FATAL(gw_circuit_set(c, &cfg, &why), 0);
	c->c = &running;
	read_secrets(text);
}

static void end(void)
{
	c->c = NULL;
	fake_gateway_free();
}

static void both_directions_are_installed_with_their_keys(void)
{
	begin("chacha20poly1305",
	      "esp-in a/0.32 0x" KEY_A SALT "\nesp-out a/0.32 0x" KEY_B SALT "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), 0);
	CU_ASSERT_EQUAL(fake.sa_adds, 2);
	CU_ASSERT_EQUAL(fake.sa[SA_IN].spi, 0xc0de0001);
	CU_ASSERT_EQUAL(fake.sa[SA_OUT].spi, 0xc0de0002);
	for (int dir = SA_IN; dir <= SA_OUT; dir++) {
		const struct sa_params *p = &fake.sa[dir];

		CU_ASSERT_STRING_EQUAL(p->suite->name, "chacha20poly1305");
		CU_ASSERT_EQUAL(p->path_id, 9);
		CU_ASSERT_EQUAL(p->next_header, 0);
		CU_ASSERT_EQUAL(p->replay_window, 0);
		CU_ASSERT_FALSE(p->esn);
		CU_ASSERT_EQUAL(p->limits.hard_packets + p->limits.hard_octets, 0);
		CU_ASSERT_EQUAL(fake.sa_key[dir][0], dir == SA_IN ? 0xa0 : 0xb0);
		CU_ASSERT_EQUAL(fake.sa_key[dir][35], 4);
	}
	end();
}

static void no_two_starts_have_an_iv_in_common(void)
{
	uint64_t last = 0;

	begin("chacha20poly1305",
	      "esp-in a/0.32 0x" KEY_A SALT "\nesp-out a/0.32 0x" KEY_B SALT "\n");
	for (int i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(gw_manual_start(c, &why), 0);
		/* Each may send 2^32 - 1 packets. */
		CU_ASSERT(fake.sa[SA_OUT].iv_start >= last + ((uint64_t)1 << 32));
		last = fake.sa[SA_OUT].iv_start;
	}
	/* Without the count there is no SA. */
	snprintf(gw->cfg.manual_counter, sizeof(gw->cfg.manual_counter), "/nonexistent/count");
	fake.sa_adds = 0;
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), -ENOENT);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "/nonexistent/count"));
	CU_ASSERT_EQUAL(fake.sa_adds, 0);
	end();
}

static void only_other_keys_make_other_sas(void)
{
	begin("aes128-cmac", "esp-in a/0.32 0x" KEY_A "\nesp-out a/0.32 0x" KEY_B "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), 0);
	read_secrets("# moved\nesp-out a/0.32 0x" KEY_B "\nesp-in a/0.32 0x" KEY_A "\n");
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), 0);
	CU_ASSERT_EQUAL(fake.sa_adds, 2);
	CU_ASSERT_EQUAL(fake.sa_flushes, 0);
	/* One octet of one key. */
	read_secrets("esp-in a/0.32 0x" KEY_A "\nesp-out a/0.32 0xff" KEY_C "\n");
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), 0);
	CU_ASSERT_EQUAL(fake.sa_adds, 4);
	CU_ASSERT_EQUAL(fake.sa_flushes, 1);
	CU_ASSERT_EQUAL(fake.sa_key[SA_OUT][0], 0xff);
	/* Directions exchanged. */
	read_secrets("esp-out a/0.32 0x" KEY_A "\nesp-in a/0.32 0xff" KEY_C "\n");
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), 0);
	CU_ASSERT_EQUAL(fake.sa_adds, 6);
	end();
}

static void keys_that_are_missing_or_do_not_fit_are_named(void)
{
	begin("aes256-sha256", "esp-out a/0.32 0x" KEY_B "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), -ENOENT);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "no `esp-in a/0.32` in the secrets file; "
						"aes256-sha256 takes 64 octets"));
	read_secrets("esp-in a/0.32 0x" KEY_A KEY_A "\nesp-out a/0.32 0x" KEY_B "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), -EINVAL);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "`esp-out a/0.32` has 32 octets; aes256-sha256 "
						"takes 64: 32 of the cipher, 0 of salt, 32 of the "
						"authenticator"));
	CU_ASSERT_EQUAL(fake.sa_adds, 0);
	end();
}

static void used_up_sequence_numbers_ask_for_new_keys(void)
{
	begin("aes128-cmac", "esp-in a/0.32 0x" KEY_A "\nesp-out a/0.32 0x" KEY_B "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), 0);
	c->protected_now = true;
	/* Not its news: another SPI, or the SA that had this SPI before. */
	fake.sa_packets = UINT32_MAX;
	gw_manual_ended(c, 0xc0de0001);
	fake.sa_packets = 12;
	gw_manual_ended(c, 0xc0de0002);
	CU_ASSERT(c->protected_now);
	CU_ASSERT_EQUAL(c->problem[0], '\0');
	fake.sa_packets = UINT32_MAX;
	gw_manual_ended(c, 0xc0de0002);
	CU_ASSERT_FALSE(c->protected_now);
	CU_ASSERT_EQUAL(fake.sa_flushes, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(c->problem, "SA 0xc0de0002 are used up"));
	/* The same keys will not do. */
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), -EKEYEXPIRED);
	CU_ASSERT_EQUAL(fake.sa_adds, 2);
	read_secrets("esp-in a/0.32 0x" KEY_B "\nesp-out a/0.32 0x" KEY_A "\n");
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), 0);
	CU_ASSERT_EQUAL(fake.sa_adds, 4);
	end();
}

static void a_failure_leaves_no_half_and_is_tried_again(void)
{
	begin("aes128-cmac", "esp-in a/0.32 0x" KEY_A "\nesp-out a/0.32 0x" KEY_B "\n");
	CU_ASSERT_EQUAL(gw_manual_start(c, &why), 0);
	read_secrets("esp-in a/0.32 0x" KEY_B "\nesp-out a/0.32 0x" KEY_A "\n");
	fake.sa_refuse = true;
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), -ENOMEM);
	CU_ASSERT_EQUAL(gw_sadb_sending(c), 0);
	fake.sa_refuse = false;
	CU_ASSERT_EQUAL(gw_manual_renew(c, &why), 0);
	CU_ASSERT_EQUAL(gw_sadb_sending(c), 0xc0de0002);
	end();
}

static const struct unit_case cases[] = {
	{ "both directions are installed with their keys",
	  both_directions_are_installed_with_their_keys },
	{ "no two starts have an IV in common", no_two_starts_have_an_iv_in_common },
	{ "only other keys make other SAs", only_other_keys_make_other_sas },
	{ "keys that are missing or do not fit are named",
	  keys_that_are_missing_or_do_not_fit_are_named },
	{ "used up sequence numbers ask for new keys", used_up_sequence_numbers_ask_for_new_keys },
	{ "a failure leaves no half and is tried again",
	  a_failure_leaves_no_half_and_is_tried_again },
};

int main(void)
{
	int fd = mkstemp(secrets), rc;

	if (fd < 0)
		return 2;
	close(fd);
	snprintf(counter, sizeof(counter), "%s.count", secrets);
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	rc = unit_main("manual", cases, sizeof(cases) / sizeof(cases[0]));
	unlink(secrets);
	unlink(counter);
	return rc;
}

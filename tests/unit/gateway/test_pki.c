/* SPDX-License-Identifier: GPL-2.0-or-later */

/* A `pki` on a gateway that runs: files that cannot be used are refused with the fix, and what was
 * read before stays. */

#include <stdio.h>
#include <unistd.h>

#include <osmocom/core/application.h>

#include "core/acct.h"
#include "core/log.h"
#include "fake_runtime.h"
#include "gateway/cfg.h"
#include "gateway/pki.h"
#include "tests/unit/ipsec/cert_fixture.h"
#include "tests/unit/unit.h"

static struct fix_cert ca, own;
static struct gw_pki *p;
static struct gw_pki_cfg cfg;
static struct gw_why why;

static void path(char to[GW_PATH_MAX], const char *from)
{
	snprintf(to, GW_PATH_MAX, "%s", from);
}

static void begin(void)
{
	fix_begin();
	fake_gateway_new();
	gw->started = true;
	ca = fix_make(&(struct fix_want){ .cn = "root", .kind = "prime256v1", .ca = true });
	own = fix_make(&(struct fix_want){
		.cn = "gw9", .kind = "prime256v1", .issuer = &ca, .san = "DNS:gw9.example" });
	p = gw_pki_get("p", &why);
	memset(&cfg, 0, sizeof(cfg));
	cfg.n_ca = 1;
	path(cfg.ca[0].path, fix_write_certs("ca.pem", (const struct fix_cert *[]){ &ca }, 1));
	cfg.n_own = 1;
	path(cfg.own[0].certificate,
	     fix_write_certs("own.pem", (const struct fix_cert *[]){ &own }, 1));
	path(cfg.own[0].key, fix_write_key("own.key", &own, 0600));
}

static void end(void)
{
	fake_gateway_free();
	fix_free(&ca);
	fix_free(&own);
	fix_end();
}

static struct gw_circuit *circuit(void)
{
	struct gw_link *l = gw_link_get("a", MEDIUM_ATM, &why);
	struct gw_circuit *c = gw_circuit_get(l, 100, &why);
	struct gw_circuit_cfg cc = c->cfg;

	snprintf(cc.pki, sizeof(cc.pki), "p");
	CU_ASSERT_EQUAL(gw_circuit_set(c, &cc, &why), 0);
	return c;
}

static void what_lacks_is_said_until_nothing_does(void)
{
	struct gw_pki_cfg part = { 0 };

	begin();
	CU_ASSERT_PTR_NOT_NULL(gw_pki_problem(p)); /* never read */
	part.n_own = 1;
	part.own[0] = cfg.own[0];
	CU_ASSERT_EQUAL(gw_pki_set(p, &part, &why), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(gw_pki_problem(p));
	CU_ASSERT_PTR_NOT_NULL(strstr(gw_pki_problem(p), "add 'ca-certificate FILE'"));
	part = cfg;
	part.n_own = 0;
	CU_ASSERT_EQUAL(gw_pki_set(p, &part, &why), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(gw_pki_problem(p));
	CU_ASSERT_PTR_NOT_NULL(strstr(gw_pki_problem(p), "private-key FILE"));
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	CU_ASSERT_PTR_NULL(gw_pki_problem(p));
	end();
}

static void a_bad_line_changes_nothing(void)
{
	struct gw_pki_cfg bad;
	struct ike_pki *before;

	begin();
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	before = p->loaded;
	bad = cfg;
	path(bad.own[0].key, fix_write_key("open.key", &own, 0644));
	CU_ASSERT(gw_pki_set(p, &bad, &why) < 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "open.key: mode 644"));
	path(bad.own[0].key, fix_write_key("other.key", &ca, 0600));
	CU_ASSERT(gw_pki_set(p, &bad, &why) < 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "is not the key of the first certificate"));
	path(bad.own[0].key, "/nonexistent.key");
	CU_ASSERT(gw_pki_set(p, &bad, &why) < 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "/nonexistent.key: No such file"));
	CU_ASSERT_PTR_EQUAL(p->loaded, before);
	CU_ASSERT_EQUAL(memcmp(&p->cfg, &cfg, sizeof(cfg)), 0);
	CU_ASSERT_EQUAL(p->why[0], '\0');
	end();
}

static void a_reload_that_fails_keeps_the_old_set(void)
{
	struct ike_pki *before;

	begin();
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	before = p->loaded;
	unlink(cfg.ca[0].path);
	CU_ASSERT_EQUAL(gw_pki_load_all(), 1);
	CU_ASSERT_PTR_EQUAL(p->loaded, before);
	CU_ASSERT_PTR_NULL(gw_pki_problem(p)); /* it still works */
	CU_ASSERT_PTR_NOT_NULL(strstr(p->why, "ca.pem: No such file"));
	fix_write_certs("ca.pem", (const struct fix_cert *[]){ &ca }, 1);
	CU_ASSERT_EQUAL(gw_pki_load_all(), 0);
	CU_ASSERT_EQUAL(p->why[0], '\0');
	end();
}

static void what_circuits_use_stays(void)
{
	begin();
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	circuit();
	CU_ASSERT(gw_pki_del("p", &why) < 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "in use by circuit a/0.100"));
	CU_ASSERT_EQUAL(gw_circuit_del(gw_circuit_by_name("a/0.100"), &why), 0);
	CU_ASSERT_EQUAL(gw_pki_del("p", &why), 0);
	end();
}

static unsigned int found;

static void find(void *priv, const char *line)
{
	found += strstr(line, priv) != NULL;
}

static unsigned int check(const char *words)
{
	found = 0;
	gw_check(find, (void *)(uintptr_t)words);
	return found;
}

static void the_check_knows_circuits_with_certificates(void)
{
	static const char let_in[] = "note: circuit a/0.100: whoever has a certificate";
	struct gw_circuit *c;
	unsigned int n;

	begin();
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	c = circuit();
	n = gw_check(find, (void *)(uintptr_t) "");
	CU_ASSERT_EQUAL(check(let_in), 1);
	/* A note is no problem: it does not count. */
	c->cfg.remote_id = (struct ike_id){ .type = IKE_ID_FQDN, .len = 1, .data = "x" };
	CU_ASSERT_EQUAL(check(let_in), 0);
	CU_ASSERT_EQUAL(gw_check(find, (void *)(uintptr_t) ""), n);
	/* An identity that our certificate proves, and one that it does not. */
	c->cfg.local_id = (struct ike_id){ .type = IKE_ID_FQDN, .len = 11, .data = "gw9.example" };
	CU_ASSERT_EQUAL(check("proves our 'identity local'"), 0);
	c->cfg.local_id.data[0] = 'x';
	CU_ASSERT_EQUAL(check("no certificate of pki p proves our 'identity local'"), 1);
	end();
}

static void our_own_that_is_out_of_date_is_found(void)
{
	begin();
	fix_free(&own);
	own = fix_make(&(struct fix_want){ .cn = "gw9",
					   .kind = "prime256v1",
					   .issuer = &ca,
					   .from = -2 * FIX_DAY,
					   .to = -60 });
	fix_write_certs("own.pem", (const struct fix_cert *[]){ &own }, 1);
	path(cfg.own[0].key, fix_write_key("new.key", &own, 0600));
	CU_ASSERT_EQUAL(gw_pki_set(p, &cfg, &why), 0);
	CU_ASSERT_EQUAL(check("C=NL,O=Example,CN=gw9 is out of date"), 1);
	end();
}

static const struct unit_case cases[] = {
	{ "what lacks is said until nothing does", what_lacks_is_said_until_nothing_does },
	{ "a bad line changes nothing", a_bad_line_changes_nothing },
	{ "a reload that fails keeps the old set", a_reload_that_fails_keeps_the_old_set },
	{ "what circuits use stays", what_circuits_use_stays },
	{ "the check knows circuits with certificates",
	  the_check_knows_circuits_with_certificates },
	{ "our own that is out of date is found", our_own_that_is_out_of_date_is_found },
};

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (acct_init() < 0 || acct_thread_init() < 0)
		return 2;
	return unit_main("gateway/pki", cases, sizeof(cases) / sizeof(cases[0]));
}

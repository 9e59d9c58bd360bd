/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The nodes `lns NAME` and `client NAME`: where PPP sessions end and begin. */

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "gateway/vty.h"

static struct cmd_node lns_node = { .node = LNS_NODE, .prompt = "%s(config-lns)# ", .vtysh = 1 };
static struct cmd_node client_node = { .node = CLIENT_NODE,
				       .prompt = "%s(config-client)# ",
				       .vtysh = 1 };

#define LNS_STR	   "A group of terminated sessions: one TUN, one address pool\n"
#define CLIENT_STR "A session that this gateway dials: one TUN\n"
#define TUN_STR	   "TUN device\n"
#define MRU_STR	   "Largest packet to receive (RFC 1661 6.1); the path may allow less\n"
#define IPV6_STR_  "IPv6 in the sessions (RFC 5072), with link-local addresses\n"
#define ECHO_STR   "LCP echo: is the peer alive (RFC 1661 5.8)\n"
#define ECHO_ARGS  "Seconds between\nSeconds, 1 to 3600\nUnanswered ones until it is dead\n1 to 20\n"

static int parse_ip(const char *what, const char *text, struct in_addr *out, struct gw_why *why)
{
	if (inet_pton(AF_INET, text, out) == 1)
		return 0;
	return gw_fail(why, -EINVAL, "%s %.40s: give an IPv4 address, e.g. 10.64.0.1", what, text);
}

static int parse_mru(const char *text, uint16_t *mru, struct gw_why *why)
{
	uint64_t n = PPP_MRU_DEFAULT;

	if (text && gw_range_parse(GW_R_MRU, text, &n, why) < 0)
		return -ERANGE;
	*mru = (uint16_t)n;
	return 0;
}

static int parse_echo(const char **argv, uint16_t *interval, uint8_t *failures, struct gw_why *why)
{
	uint64_t i, f;

	if (gw_range_parse(GW_R_ECHO_INTERVAL, argv[0], &i, why) < 0 ||
	    gw_range_parse(GW_R_ECHO_FAILURES, argv[1], &f, why) < 0)
		return -ERANGE;
	*interval = (uint16_t)i;
	*failures = (uint8_t)f;
	return 0;
}

static const char *ip_text(struct in_addr ip, char *buf)
{
	return inet_ntop(AF_INET, &ip, buf, INET_ADDRSTRLEN);
}

/* ---- lns ---- */

DEFUN(cfg_lns, cfg_lns_cmd, "lns NAME", LNS_STR "Name\n")
{
	struct gw_why why;
	struct gw_lns *lns = gw_lns_get(argv[0], &why);

	if (!lns)
		return vty_done(vty, -EINVAL, &why);
	vty->node = LNS_NODE;
	vty->index = lns;
	return CMD_SUCCESS;
}

DEFUN(cfg_no_lns, cfg_no_lns_cmd, "no lns NAME", NO_STR LNS_STR "Name\n")
{
	struct gw_why why;

	return vty_done(vty, gw_lns_del(argv[0], &why), &why);
}

static int lns_set(struct vty *vty, const struct gw_lns_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_lns_set(vty->index, cfg, &why), &why);
}

static struct gw_lns_cfg lns_copy(struct vty *vty)
{
	return ((struct gw_lns *)vty->index)->cfg;
}

DEFUN(lns_tun, lns_tun_cmd, "tun NAME", TUN_STR "Interface name, up to 15 characters\n")
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	struct gw_why why;
	int rc = vty_word(cfg.tun, sizeof(cfg.tun), "tun", argv[0], &why);

	return rc < 0 ? vty_done(vty, rc, &why) : lns_set(vty, &cfg);
}

#define LOCAL_STR "Address of this gateway on the TUN, with the prefix length of its network\n"

DEFUN(lns_local, lns_local_cmd, "local-address ADDRESS/LEN", LOCAL_STR "E.g. 10.64.0.1/24\n")
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	const char *slash = strchr(argv[0], '/');
	char ip[INET_ADDRSTRLEN];
	struct gw_why why;
	uint64_t len;

	if (!slash || (size_t)(slash - argv[0]) >= sizeof(ip))
		return vty_refuse(vty, "local-address %.40s: give ADDRESS/LEN, e.g. 10.64.0.1/24",
				  argv[0]);
	snprintf(ip, sizeof(ip), "%.*s", (int)(slash - argv[0]), argv[0]);
	if (parse_ip("local-address", ip, &cfg.local_ip, &why) < 0 ||
	    gw_range_parse(GW_R_PREFIX_LEN, slash + 1, &len, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	cfg.local_len = (uint8_t)len;
	return lns_set(vty, &cfg);
}

DEFUN(lns_no_local, lns_no_local_cmd, "no local-address", NO_STR LOCAL_STR)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	if (cfg.pool_first.s_addr)
		return vty_refuse(
			vty, "local-address: the pool is part of its network; 'no pool' first");
	cfg.local_ip.s_addr = 0;
	cfg.local_len = 0;
	return lns_set(vty, &cfg);
}

#define POOL_STR "Addresses for callers\n"

DEFUN(lns_pool, lns_pool_cmd, "pool FIRST LAST",
      POOL_STR "First address, in the network of local-address\nLast address\n")
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	struct gw_why why;

	if (parse_ip("pool", argv[0], &cfg.pool_first, &why) < 0 ||
	    parse_ip("pool", argv[1], &cfg.pool_last, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	if (!cfg.pool_first.s_addr)
		return vty_refuse(vty,
				  "pool 0.0.0.0: not an address a caller can have; see 'no pool'");
	return lns_set(vty, &cfg);
}

DEFUN(lns_no_pool, lns_no_pool_cmd, "no pool", NO_STR POOL_STR)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.pool_first.s_addr = cfg.pool_last.s_addr = 0;
	return lns_set(vty, &cfg);
}

#define DNS_STR "DNS servers that callers are told (RFC 1877)\n"

static int lns_dns_set(struct vty *vty, const char *first, const char *second)
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	struct gw_why why;

	memset(cfg.dns, 0, sizeof(cfg.dns));
	if ((first && parse_ip("dns", first, &cfg.dns[0], &why) < 0) ||
	    (second && parse_ip("dns", second, &cfg.dns[1], &why) < 0))
		return vty_done(vty, -EINVAL, &why);
	if ((first && !cfg.dns[0].s_addr) || (second && !cfg.dns[1].s_addr))
		return vty_refuse(vty, "dns 0.0.0.0: not a server; see 'no dns'");
	return lns_set(vty, &cfg);
}

DEFUN(lns_dns, lns_dns_cmd, "dns FIRST", DNS_STR "Address of a server\n")
{
	return lns_dns_set(vty, argv[0], NULL);
}

DEFUN(lns_dns2, lns_dns2_cmd, "dns FIRST SECOND", DNS_STR "Address of a server\nAnd another\n")
{
	return lns_dns_set(vty, argv[0], argv[1]);
}

DEFUN(lns_no_dns, lns_no_dns_cmd, "no dns", NO_STR DNS_STR)
{
	return lns_dns_set(vty, NULL, NULL);
}

#define AUTH_STR "What callers must authenticate with\n"

DEFUN(lns_auth, lns_auth_cmd, "authentication (chap|pap|none)",
      AUTH_STR "CHAP with MD5 (RFC 1994)\nPAP (RFC 1334): the password itself, in the tunnel\n"
	       "Nothing: whoever reaches the circuit gets a session\n")
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.auth = argv[0][0] == 'c'   ? PPP_AUTH_CHAP_MD5
		   : argv[0][0] == 'p' ? PPP_AUTH_PAP
				       : PPP_AUTH_NONE;
	return lns_set(vty, &cfg);
}

DEFUN(lns_mru, lns_mru_cmd, "mru OCTETS", MRU_STR "128 to 9180, default 1500\n")
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	struct gw_why why;
	int rc = parse_mru(argv[0], &cfg.mru, &why);

	return rc < 0 ? vty_done(vty, rc, &why) : lns_set(vty, &cfg);
}

DEFUN(lns_no_mru, lns_no_mru_cmd, "no mru", NO_STR MRU_STR)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.mru = PPP_MRU_DEFAULT;
	return lns_set(vty, &cfg);
}

DEFUN(lns_ipv6, lns_ipv6_cmd, "ipv6", IPV6_STR_)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.ipv6 = true;
	return lns_set(vty, &cfg);
}

DEFUN(lns_no_ipv6, lns_no_ipv6_cmd, "no ipv6", NO_STR IPV6_STR_)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.ipv6 = false;
	return lns_set(vty, &cfg);
}

DEFUN(lns_echo, lns_echo_cmd, "echo interval SECONDS failures N", ECHO_STR ECHO_ARGS)
{
	struct gw_lns_cfg cfg = lns_copy(vty);
	struct gw_why why;
	int rc = parse_echo(argv, &cfg.echo_interval, &cfg.echo_failures, &why);

	return rc < 0 ? vty_done(vty, rc, &why) : lns_set(vty, &cfg);
}

DEFUN(lns_no_echo, lns_no_echo_cmd, "no echo", NO_STR ECHO_STR)
{
	struct gw_lns_cfg cfg = lns_copy(vty);

	cfg.echo_interval = 0;
	return lns_set(vty, &cfg);
}

static void write_common(struct vty *vty, uint16_t mru, bool ipv6, uint16_t interval,
			 uint8_t failures)
{
	struct gw_lns_cfg def;

	gw_lns_cfg_init(&def);
	/* Before mru: a small mru is refused while IPv6 is on. */
	if (!ipv6)
		vty_line(vty, " no ipv6");
	if (mru != def.mru)
		vty_line(vty, " mru %u", mru);
	if (!interval)
		vty_line(vty, " no echo");
	else if (interval != def.echo_interval || failures != def.echo_failures)
		vty_line(vty, " echo interval %u failures %u", interval, failures);
}

static void write_one_lns(struct vty *vty, const struct gw_lns *lns)
{
	const struct gw_lns_cfg *cfg = &lns->cfg;
	char a[INET_ADDRSTRLEN], b[INET_ADDRSTRLEN];

	vty_line(vty, "lns %s", lns->name);
	if (cfg->tun[0])
		vty_line(vty, " tun %s", cfg->tun);
	if (cfg->local_len)
		vty_line(vty, " local-address %s/%u", ip_text(cfg->local_ip, a), cfg->local_len);
	if (cfg->pool_first.s_addr)
		vty_line(vty, " pool %s %s", ip_text(cfg->pool_first, a),
			 ip_text(cfg->pool_last, b));
	if (cfg->dns[0].s_addr)
		vty_line(vty, " dns %s%s%s", ip_text(cfg->dns[0], a), cfg->dns[1].s_addr ? " " : "",
			 cfg->dns[1].s_addr ? ip_text(cfg->dns[1], b) : "");
	if (cfg->auth != PPP_AUTH_CHAP_MD5)
		vty_line(vty, " authentication %s", cfg->auth == PPP_AUTH_PAP ? "pap" : "none");
	write_common(vty, cfg->mru, cfg->ipv6, cfg->echo_interval, cfg->echo_failures);
}

static int write_lns(struct vty *vty)
{
	struct gw_lns *lns;
	bool first = true;

	llist_for_each_entry (lns, &gw->lnses, list) {
		if (!first)
			vty_line(vty, "!");
		first = false;
		write_one_lns(vty, lns);
	}
	return !first;
}

/* ---- client ---- */

DEFUN(cfg_client, cfg_client_cmd, "client NAME", CLIENT_STR "Name\n")
{
	struct gw_why why;
	struct gw_client *c = gw_client_get(argv[0], &why);

	if (!c)
		return vty_done(vty, -EINVAL, &why);
	vty->node = CLIENT_NODE;
	vty->index = c;
	return CMD_SUCCESS;
}

DEFUN(cfg_no_client, cfg_no_client_cmd, "no client NAME", NO_STR CLIENT_STR "Name\n")
{
	struct gw_why why;

	return vty_done(vty, gw_client_del(argv[0], &why), &why);
}

static int client_set(struct vty *vty, const struct gw_client_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_client_set(vty->index, cfg, &why), &why);
}

static struct gw_client_cfg client_copy(struct vty *vty)
{
	return ((struct gw_client *)vty->index)->cfg;
}

DEFUN(cl_tun, cl_tun_cmd, "tun NAME", TUN_STR "Interface name, up to 15 characters\n")
{
	struct gw_client_cfg cfg = client_copy(vty);
	struct gw_why why;
	int rc = vty_word(cfg.tun, sizeof(cfg.tun), "tun", argv[0], &why);

	return rc < 0 ? vty_done(vty, rc, &why) : client_set(vty, &cfg);
}

#define USER_STR                                                                                   \
	"Our name when the peer authenticates us; its secret is 'user NAME' in the secrets file\n"

DEFUN(cl_user, cl_user_cmd, "user NAME", USER_STR "Name\n")
{
	struct gw_client_cfg cfg = client_copy(vty);
	struct gw_why why;
	int rc = vty_word(cfg.user, sizeof(cfg.user), "user", argv[0], &why);

	return rc < 0 ? vty_done(vty, rc, &why) : client_set(vty, &cfg);
}

DEFUN(cl_no_user, cl_no_user_cmd, "no user", NO_STR USER_STR)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.user[0] = '\0';
	return client_set(vty, &cfg);
}

#define ACCEPT_STR "What we are ready to authenticate with when the peer demands it\n"

DEFUN(cl_accept, cl_accept_cmd, "authentication-accept (chap|pap|both)",
      ACCEPT_STR "CHAP only (default): the password never travels\nPAP only\nCHAP and PAP\n")
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.allow_chap = argv[0][0] != 'p';
	cfg.allow_pap = argv[0][0] != 'c';
	return client_set(vty, &cfg);
}

#define WANT_DNS_STR "Ask the peer for DNS servers (RFC 1877); 'show ppp' has them\n"

DEFUN(cl_dns, cl_dns_cmd, "dns", WANT_DNS_STR)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.want_dns = true;
	return client_set(vty, &cfg);
}

DEFUN(cl_no_dns, cl_no_dns_cmd, "no dns", NO_STR WANT_DNS_STR)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.want_dns = false;
	return client_set(vty, &cfg);
}

DEFUN(cl_mru, cl_mru_cmd, "mru OCTETS", MRU_STR "128 to 9180, default 1500\n")
{
	struct gw_client_cfg cfg = client_copy(vty);
	struct gw_why why;
	int rc = parse_mru(argv[0], &cfg.mru, &why);

	return rc < 0 ? vty_done(vty, rc, &why) : client_set(vty, &cfg);
}

DEFUN(cl_no_mru, cl_no_mru_cmd, "no mru", NO_STR MRU_STR)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.mru = PPP_MRU_DEFAULT;
	return client_set(vty, &cfg);
}

DEFUN(cl_ipv6, cl_ipv6_cmd, "ipv6", IPV6_STR_)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.ipv6 = true;
	return client_set(vty, &cfg);
}

DEFUN(cl_no_ipv6, cl_no_ipv6_cmd, "no ipv6", NO_STR IPV6_STR_)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.ipv6 = false;
	return client_set(vty, &cfg);
}

DEFUN(cl_echo, cl_echo_cmd, "echo interval SECONDS failures N", ECHO_STR ECHO_ARGS)
{
	struct gw_client_cfg cfg = client_copy(vty);
	struct gw_why why;
	int rc = parse_echo(argv, &cfg.echo_interval, &cfg.echo_failures, &why);

	return rc < 0 ? vty_done(vty, rc, &why) : client_set(vty, &cfg);
}

DEFUN(cl_no_echo, cl_no_echo_cmd, "no echo", NO_STR ECHO_STR)
{
	struct gw_client_cfg cfg = client_copy(vty);

	cfg.echo_interval = 0;
	return client_set(vty, &cfg);
}

#define REDIAL_STR "How long until a lost call is tried again, with jitter\n"

static int redial_set(struct vty *vty, const char *text)
{
	struct gw_client_cfg cfg = client_copy(vty), def;
	struct gw_why why;
	uint64_t n;

	gw_client_cfg_init(&def);
	n = def.redial;
	if (text && gw_range_parse(GW_R_REDIAL, text, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	cfg.redial = (uint16_t)n;
	return client_set(vty, &cfg);
}

DEFUN(cl_redial, cl_redial_cmd, "redial SECONDS", REDIAL_STR "1 to 3600, default 2\n")
{
	return redial_set(vty, argv[0]);
}

DEFUN(cl_no_redial, cl_no_redial_cmd, "no redial", NO_STR REDIAL_STR)
{
	return redial_set(vty, NULL);
}

static void write_one_client(struct vty *vty, const struct gw_client *cl)
{
	const struct gw_client_cfg *cfg = &cl->cfg;
	struct gw_client_cfg def;

	gw_client_cfg_init(&def);
	vty_line(vty, "client %s", cl->name);
	if (cfg->tun[0])
		vty_line(vty, " tun %s", cfg->tun);
	if (cfg->user[0])
		vty_line(vty, " user %s", cfg->user);
	if (cfg->allow_pap)
		vty_line(vty, " authentication-accept %s", cfg->allow_chap ? "both" : "pap");
	if (cfg->want_dns)
		vty_line(vty, " dns");
	write_common(vty, cfg->mru, cfg->ipv6, cfg->echo_interval, cfg->echo_failures);
	if (cfg->redial != def.redial)
		vty_line(vty, " redial %u", cfg->redial);
}

static int write_client(struct vty *vty)
{
	struct gw_client *cl;
	bool first = true;

	llist_for_each_entry (cl, &gw->clients, list) {
		if (!first)
			vty_line(vty, "!");
		first = false;
		write_one_client(vty, cl);
	}
	return !first;
}

static void init_lns(void)
{
	install_node(&lns_node, write_lns);
	install_element(CONFIG_NODE, &cfg_lns_cmd);
	install_element(CONFIG_NODE, &cfg_no_lns_cmd);
	install_element(LNS_NODE, &lns_tun_cmd);
	install_element(LNS_NODE, &lns_local_cmd);
	install_element(LNS_NODE, &lns_no_local_cmd);
	install_element(LNS_NODE, &lns_pool_cmd);
	install_element(LNS_NODE, &lns_no_pool_cmd);
	install_element(LNS_NODE, &lns_dns_cmd);
	install_element(LNS_NODE, &lns_dns2_cmd);
	install_element(LNS_NODE, &lns_no_dns_cmd);
	install_element(LNS_NODE, &lns_auth_cmd);
	install_element(LNS_NODE, &lns_mru_cmd);
	install_element(LNS_NODE, &lns_no_mru_cmd);
	install_element(LNS_NODE, &lns_ipv6_cmd);
	install_element(LNS_NODE, &lns_no_ipv6_cmd);
	install_element(LNS_NODE, &lns_echo_cmd);
	install_element(LNS_NODE, &lns_no_echo_cmd);
}

void vty_ppp_init(void)
{
	init_lns();
	install_node(&client_node, write_client);
	install_element(CONFIG_NODE, &cfg_client_cmd);
	install_element(CONFIG_NODE, &cfg_no_client_cmd);
	install_element(CLIENT_NODE, &cl_tun_cmd);
	install_element(CLIENT_NODE, &cl_user_cmd);
	install_element(CLIENT_NODE, &cl_no_user_cmd);
	install_element(CLIENT_NODE, &cl_accept_cmd);
	install_element(CLIENT_NODE, &cl_dns_cmd);
	install_element(CLIENT_NODE, &cl_no_dns_cmd);
	install_element(CLIENT_NODE, &cl_mru_cmd);
	install_element(CLIENT_NODE, &cl_no_mru_cmd);
	install_element(CLIENT_NODE, &cl_ipv6_cmd);
	install_element(CLIENT_NODE, &cl_no_ipv6_cmd);
	install_element(CLIENT_NODE, &cl_echo_cmd);
	install_element(CLIENT_NODE, &cl_no_echo_cmd);
	install_element(CLIENT_NODE, &cl_redial_cmd);
	install_element(CLIENT_NODE, &cl_no_redial_cmd);
}

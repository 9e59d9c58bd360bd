/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The gateway's objects: what the operator configures and what runs. Control thread only.
 *
 *	profile    how IKE and ESP are negotiated (`ike profile`)
 *	pki        certificates: whom we trust and who we are (`pki`, pki.h)
 *	lns        a group of terminated sessions: one TUN, one address pool (`lns`)
 *	client     one voluntary LAC session: one TUN (`client`)
 *	link       a port (`link`)
 *	circuit    a VC on a link, with everything above it: IKE peer, L2TP peer (`pvc`, `dlci`);
 *		   on an IP link a peer is one (`peer`): the same, with addresses beneath. A peer
 *		   whose address is not one host is a template: its circuits are made as peers come
 *
 * Configuration commands change the objects through the functions below and nothing else. Each
 * returns 0 or a negative errno and then has put into *why, for the operator, what is wrong and how
 * to mend it; nothing has changed in that case. A changed object is applied by a timer of its own
 * shortly after, so that the lines of one edit cost one restart; changing a circuit restarts that
 * circuit and no other.
 */

#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/timer.h>

#include "gateway/known.h"
#include "ipsec/esp.h"
#include "ipsec/ike/ike.h"
#include "ipsec/sad.h"
#include "l2tp/data.h"
#include "l2tp/l2tp.h"
#include "l2tp/ppp/ppp.h"
#include "transports/transport.h"

struct gw_tun;
struct gw_pool;
struct gw_secrets;
struct gw_stats;
struct fwd_circuit;
struct worker;

enum gw_limits {
	GW_NAME_MAX = 32,
	GW_WHY_MAX = 256,
	GW_DIGEST_LEN = 32,
	GW_PROBLEM_MAX = GW_WHY_MAX + 48, /*!< with the name of a link before it */
};

/*! An explanation for the operator. */
struct gw_why {
	char text[GW_WHY_MAX];
};

struct gw_profile {
	struct llist_head list;
	char name[GW_NAME_MAX];
	struct ike_profile ike;
	bool own_p1, own_esp; /*!< proposals, suites were listed; else they are the defaults */
};

struct gw_lns_cfg {
	char tun[16];		 /*!< interface name */
	struct in_addr local_ip; /*!< of the TUN, with local_len */
	uint8_t local_len;
	struct in_addr pool_first, pool_last;
	struct in_addr dns[2];
	enum ppp_auth auth; /*!< demanded of callers; default CHAP */
	uint16_t mru;	    /*!< default 1500 */
	bool ipv6;	    /*!< IPV6CP, default on */
	uint16_t echo_interval;
	uint8_t echo_failures;
};

struct gw_lns {
	struct llist_head list;
	char name[GW_NAME_MAX];
	struct gw_lns_cfg cfg;
	struct osmo_timer_list apply;
	struct gw_tun *tun;
	struct gw_pool *pool;
};

struct gw_client_cfg {
	char tun[16];
	char user[PPP_NAME_MAX]; /*!< its secret is `user NAME` in the secrets file */
	bool allow_pap, allow_chap;
	bool want_dns;
	uint16_t mru;
	bool ipv6;
	uint16_t echo_interval;
	uint8_t echo_failures;
	uint16_t redial; /*!< seconds until a lost call is tried again, with jitter; default 2 */
};

struct gw_client {
	struct llist_head list;
	char name[GW_NAME_MAX];
	struct gw_client_cfg cfg;
	struct osmo_timer_list apply;
	struct gw_tun *tun;
	struct gw_circuit *circuit; /*!< that dials for it, or NULL */
};

struct gw_link {
	struct llist_head list;
	char name[GW_NAME_MAX];
	struct link_cfg cfg;
	bool shutdown;
	struct osmo_timer_list apply;
	struct link *l; /*!< NULL while shut down or not applicable */
	struct worker *worker;
	uint32_t epoch; /*!< times that it had carrier */
	struct llist_head circuits;
	int64_t since;		  /*!< clock_ns() of the last carrier change */
	char problem[GW_WHY_MAX]; /*!< why it does not run; empty = it does */
	uint32_t next_vc;	  /*!< IP: number of the next peer */
	uint64_t ike_no_peer;	  /*!< IP: IKE messages from addresses that no peer has */
	struct gw_stats *stats;	  /*!< its rate counters (stats.c) */
};

/*! Where an uplink peer may be: an address, or a prefix of it. */
struct gw_remote {
	struct endpoint addr;
	uint8_t len; /*!< of the 128 bits: 128 = one host; ::/0 is any, of both families */
	bool set;
};

struct gw_circuit_cfg {
	enum encap encap;
	uint32_t max_sdu; /*!< ATM; 0 = default */
	bool security;	  /*!< false: clear L2TP, on purpose */
	char profile[GW_NAME_MAX];
	const struct esp_suite *manual; /*!< manual keys with this suite; NULL = IKE */
	uint32_t spi_in, spi_out;	/*!< of manual keys */
	char pki[GW_NAME_MAX];		/*!< authenticate by certificates of it; empty = by psk */
	/*! Type 0: local = FQDN host name, with a pki our subject; remote = any. */
	struct ike_id local_id, remote_id;
	uint8_t next_header;		    /*!< 115, 0, or with IKE IKE_NEXT_HEADER_AUTO */
	char lns[GW_NAME_MAX];		    /*!< accept calls into this group; empty = no */
	char client[GW_NAME_MAX];	    /*!< dial for this client; empty = no */
	char host_name[L2TP_NAME_MAX];	    /*!< empty = the gateway's */
	char peer_host_name[L2TP_NAME_MAX]; /*!< empty = any */
	bool tunnel_auth;		    /*!< `tunnel LINK/VC` in the secrets file */
	bool hide_avps;
	uint16_t hello_interval;
	uint16_t rx_window;
	uint8_t retries;
	bool data_sequencing;
	bool data_length;
	uint16_t data_offset;
	/* an uplink peer */
	struct gw_remote remote;
	char wildcard_reason
		[128];	      /*!< why many may know one pre-shared key; empty = they may not */
	bool dynamic_port;    /*!< L2TP from a source port of its own, not 1701 */
	char try_another[48]; /*!< send callers to this address; empty = take them */
};

struct gw_circuit {
	struct llist_head list;
	struct gw_link *link;
	uint32_t vc; /*!< on an IP link just a number */
	char name[80];
	char label[GW_NAME_MAX];  /*!< `peer LABEL`; empty on a circuit */
	struct gw_circuit *model; /*!< the template that it was made of, or NULL */
	struct known begun, now;  /*!< uplink peer: where IKE began, and where it is */
	struct ipsec_at came_at;  /*!< such a one: where its first message came from */
	struct gw_circuit_cfg cfg;
	bool shutdown;
	struct osmo_timer_list apply;
	char problem[GW_WHY_MAX]; /*!< why it does not run; empty = it does */

	/* what runs (circuit.c) */
	struct gw_circuit_cfg running; /*!< the configuration that c was started with */
	struct llist_head sas;	       /*!< struct gw_sa (sadb.c), newest first */
	struct circuit *c;
	struct fwd_circuit *fwd;
	struct ipsec_path path;
	struct endpoint elsewhere; /*!< the peer wants to be tried there; port 0: no */
	unsigned int tries_elsewhere;
	bool anew;		     /*!< apply starts it again although nothing was changed */
	struct osmo_timer_list idle; /*!< an uplink peer: what is to be done when it is quiet */
	uint32_t ip_mtu;	     /*!< an uplink peer: IP packets of so many octets reach it */
	struct osmo_timer_list mtu_age; /*!< when that is forgotten */
	struct l2tp_carrier carrier;
	struct ike_peer *ike;
	struct l2tp_peer *l2tp;
	struct osmo_timer_list redial;
	struct gw_session *client_session;
	uint8_t manual_digest[GW_DIGEST_LEN]; /*!< of the manual keys that run */
	int64_t manual_since;		      /*!< clock_ns() of their installation */
	bool protected_now; /*!< IKE_PEER_UP, or without IKE the circuit is active */
	int64_t since;	    /*!< clock_ns() of the last change of state */
	uint64_t calls, failed_calls;
	char last_failure[GW_WHY_MAX];
	struct gw_stats *stats; /*!< its rate counters (stats.c) */
};

/*! One PPP session, terminated here or dialled by a client. */
struct gw_session {
	struct llist_head list; /*!< of the gateway */
	struct gw_circuit *circuit;
	struct gw_lns *lns;	  /*!< or */
	struct gw_client *client; /*!< one of the two */
	struct l2tp_session *call;
	struct l2tp_entry *entry;
	struct ppp *ppp;
	struct in_addr pool_ip; /*!< taken from the pool; 0 = none */
	struct ppp_net net;	/*!< peer_mru: no more than the circuit carries now */
	uint16_t agreed_mru;	/*!< as LCP has it */
	uint32_t open;
	int64_t since;
	bool host_mtu;	/*!< the kernel's route to it has an MTU of its own */
	bool ppp_ended; /*!< why is in the circuit's last_failure */
};

struct gw_cfg {
	char hostname[L2TP_NAME_MAX];
	char secrets_file[256];
	unsigned int workers;	     /*!< 0 = processors - 1, at least 1 */
	unsigned int crypto_threads; /*!< default 1 */
	unsigned int drop_log_rate;  /*!< lines a second and thread; default 10 */
	bool drop_log_contents;
	char ctrl_address[64];
	uint16_t ctrl_port;	  /*!< 0 = no CTRL interface */
	char legacy_reason[128];  /*!< why weak algorithms are allowed; empty = they are not */
	char manual_counter[256]; /*!< file of manual keys' counters; empty = none */
};

struct gateway {
	struct gw_cfg cfg;
	bool stopping; /*!< nothing new begins */
	bool started;  /*!< workers run: what is configured is applied */
	bool checking; /*!< `vcgwd --check`: nothing is ever applied */
	struct llist_head profiles, pkis, lnses, clients, links, sessions;
	struct gw_secrets *secrets;
	struct ike *ike;
	struct l2tp *l2tp;
	struct sad *sad;
	struct l2tp_data *data;
	int64_t start_time;
};

extern struct gateway *gw;

/* ---- life (gateway.c) ---- */

/*! Make the object tree with one profile, "default". */
int gateway_init(void);
/*! Start workers, IKE, L2TP and everything configured. */
int gateway_start(struct gw_why *why);
/*! Close sessions, tunnels and SAs, telling the peers; calls done() when that is over or after
 * timeout_ms. */
void gateway_shutdown(unsigned int timeout_ms, void (*done)(void));
/*! Free everything. After gateway_shutdown(). */
void gateway_exit(void);
/*! SIGHUP: read the secrets file again. Running tunnels stay. On error the old secrets stay. */
int gateway_reload_secrets(struct gw_why *why);

/* ---- configuration (config.c) ---- */

int gw_set_hostname(const char *name, struct gw_why *why);
int gw_set_workers(unsigned int n, struct gw_why *why);
int gw_set_crypto_threads(unsigned int n, struct gw_why *why);
int gw_set_secrets_file(const char *path, struct gw_why *why);

struct gw_profile *gw_profile_find(const char *name);
struct gw_profile *gw_profile_get(const char *name, struct gw_why *why); /*!< find or make */
int gw_profile_set(struct gw_profile *p, const struct ike_profile *ike, struct gw_why *why);
int gw_profile_del(const char *name, struct gw_why *why);

struct gw_lns *gw_lns_find(const char *name);
struct gw_lns *gw_lns_get(const char *name, struct gw_why *why);
int gw_lns_set(struct gw_lns *lns, const struct gw_lns_cfg *cfg, struct gw_why *why);
int gw_lns_del(const char *name, struct gw_why *why);

struct gw_client *gw_client_find(const char *name);
struct gw_client *gw_client_get(const char *name, struct gw_why *why);
int gw_client_set(struct gw_client *c, const struct gw_client_cfg *cfg, struct gw_why *why);
int gw_client_del(const char *name, struct gw_why *why);

struct gw_link *gw_link_find(const char *name);
struct gw_link *gw_link_get(const char *name, enum medium medium, struct gw_why *why);
int gw_link_set(struct gw_link *l, const struct link_cfg *cfg, struct gw_why *why);
int gw_link_shutdown(struct gw_link *l, bool shutdown, struct gw_why *why);
int gw_link_del(const char *name, struct gw_why *why);

/*! Parse "0.100" (ATM) or "100" (FR). */
int gw_vc_parse(enum medium medium, const char *text, uint32_t *vc, struct gw_why *why);
struct gw_circuit *gw_circuit_find(struct gw_link *l, uint32_t vc);
/*! By full name: "atm0/0.100", "up0/lns1". */
struct gw_circuit *gw_circuit_by_name(const char *name);
struct gw_circuit *gw_circuit_get(struct gw_link *l, uint32_t vc, struct gw_why *why);
/*! Likewise the peer of an IP link; *_get makes it. */
struct gw_circuit *gw_peer_find(struct gw_link *l, const char *label);
struct gw_circuit *gw_peer_get(struct gw_link *l, const char *label, struct gw_why *why);
/*! Parse "192.0.2.1", "2001:db8::/32" or "any". */
int gw_remote_parse(const char *text, struct gw_remote *out, struct gw_why *why);
/*! Format into buf; \returns buf. */
const char *gw_remote_text(const struct gw_remote *r, char *buf, size_t size);
/*! Does this peer stand for many? */
bool gw_circuit_is_template(const struct gw_circuit *c);
int gw_circuit_set(struct gw_circuit *c, const struct gw_circuit_cfg *cfg, struct gw_why *why);
int gw_circuit_shutdown(struct gw_circuit *c, bool shutdown, struct gw_why *why);
int gw_circuit_del(struct gw_circuit *c, struct gw_why *why);

/* ---- runtime (link.c, circuit.c, lns.c, session.c) ---- */

/*! Make what runs follow what is configured, now. Called by the apply timers. */
void gw_link_apply(struct gw_link *l);
void gw_circuit_apply(struct gw_circuit *c);
void gw_lns_apply(struct gw_lns *lns);
void gw_client_apply(struct gw_client *c);
/*! Stop what runs; the configuration stays. */
void gw_link_stop(struct gw_link *l);
void gw_circuit_stop(struct gw_circuit *c);
/*! Before an LNS group or a client is deleted: its TUN goes. No circuit uses it any more. */
void gw_lns_stop(struct gw_lns *lns);
void gw_client_stop(struct gw_client *c);
/*! A lower layer's news. */
void gw_circuit_state(struct gw_circuit *c, bool active);
/*! Operator: hang up, clear SAs, redial. */
void gw_session_hangup(struct gw_session *s, const char *why);
void gw_circuit_clear(struct gw_circuit *c, const char *why);

/*! What the data plane knows of one SA, for show. */
struct gw_sa_show {
	const struct esp_suite *suite;
	bool esn;
	uint64_t packets, octets;
	uint64_t replay, auth;	/*!< inbound: packets refused */
	uint32_t replay_window; /*!< inbound */
	struct sa_limits limits;
};
/*! \returns 0, or -ENOENT when the circuit has no such SA. */
int gw_sa_counters(const struct gw_circuit *c, enum sa_dir dir, uint32_t spi,
		   struct gw_sa_show *out);

/*! What protects the circuit at this moment. */
void gw_circuit_protection(const struct gw_circuit *c, struct l2tp_protection *out);
/*! In words: "aes256gcm16: confidentiality 256 bit, ..." \returns buf. */
const char *gw_protection_text(const struct l2tp_protection *p, char *buf, size_t size);

/*! Why a circuit does not run: its own problem, or its link's. \returns "" or a text, which may be in
 * buf (GW_PROBLEM_MAX). */
const char *gw_circuit_problem(const struct gw_circuit *c, char *buf, size_t size);

/*! State for show: "shutdown", "stopped", "no carrier", "inactive", "ike", "no sa",
 * "protected", "up". */
const char *gw_circuit_state_name(const struct gw_circuit *c);

/*! What carries over a circuit, for show: zero where not known yet. */
struct gw_mtu_show {
	uint32_t path_mtu;	/*!< largest ESP packet */
	uint32_t esp_overhead;	/*!< at most, of the suite in use */
	uint32_t l2tp_mtu;	/*!< largest L2TP message */
	uint32_t l2tp_overhead; /*!< L2TP data header and PPP framing */
	uint32_t ppp_mtu;	/*!< largest PPP information field that fits */
};
void gw_circuit_mtu(const struct gw_circuit *c, struct gw_mtu_show *out);

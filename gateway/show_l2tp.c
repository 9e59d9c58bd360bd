/* SPDX-License-Identifier: GPL-2.0-or-later */

/* show: L2TP tunnels and sessions, PPP, the gateway's sessions. */

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gateway/vty.h"

#define L2TP_STR "L2TP (RFC 2661)\n"

/* Walks of l2tp_each_tunnel() carry this. */
struct walk {
	struct vty *vty;
	const struct gw_circuit *only; /*!< or NULL = all */
	bool detail;
};

static bool wanted(const struct walk *w, struct l2tp_tunnel *t)
{
	return !w->only || l2tp_tunnel_peer(t) == w->only->l2tp;
}

static void tunnel_line(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *i)
{
	struct walk *w = priv;
	char age[24];

	if (!wanted(w, t))
		return;
	vty_line(w->vty, "%-18s %5u %5u %-18s %-4s %-20.20s %8u %-13s", i->carrier, i->local_id,
		 i->peer_id, i->state, i->lns ? "LNS" : "LAC", i->peer_host, i->sessions,
		 vty_age(i->age, age, sizeof(age)));
	if (!w->detail)
		return;
	if (i->peer_vendor[0])
		vty_line(w->vty, "  vendor: %s", i->peer_vendor);
	vty_line(w->vty,
		 "  Ns %u  Nr %u  window %u of %u, slow start until %u, %u messages waiting", i->ns,
		 i->nr, i->cwnd, i->peer_window, i->ssthresh, i->queued);
	vty_line(w->vty,
		 "  sent %" PRIu64 "  received %" PRIu64 "  retransmitted %" PRIu64
		 "  duplicates %" PRIu64 "  out of order %" PRIu64 "  malformed %" PRIu64
		 "  ZLB sent %" PRIu64 " received %" PRIu64,
		 i->tx, i->rx, i->retransmits, i->duplicates, i->out_of_order, i->malformed,
		 i->zlb_tx, i->zlb_rx);
}

static void tunnel_head(struct vty *vty)
{
	vty_line(vty, "%-18s %5s %5s %-18s %-4s %-20s %8s %-13s", "Circuit", "LocID", "RemID",
		 "State", "Role", "Peer", "Sessions", "Age");
}

static int show_tunnels(struct vty *vty, bool detail)
{
	struct walk w = { vty, NULL, detail };

	tunnel_head(vty);
	if (gw->l2tp)
		l2tp_each_tunnel(gw->l2tp, tunnel_line, &w);
	return CMD_SUCCESS;
}

DEFUN(show_tunnel, show_tunnel_cmd, "show l2tp tunnel",
      SHOW_STR L2TP_STR "Control connections, one line each\n")
{
	return show_tunnels(vty, false);
}

DEFUN(show_tunnel_detail, show_tunnel_detail_cmd, "show l2tp tunnel detail",
      SHOW_STR L2TP_STR "Control connections\nWith sequence numbers, windows and counters\n")
{
	return show_tunnels(vty, true);
}

void vty_show_tunnels_circuit(struct vty *vty, const struct gw_circuit *c)
{
	struct walk w = { vty, c, true };

	if (!gw->l2tp || !c->l2tp)
		return;
	tunnel_head(vty);
	l2tp_each_tunnel(gw->l2tp, tunnel_line, &w);
}

/* ---- sessions ---- */

static const struct gw_session *session_of(const struct l2tp_session *call)
{
	struct gw_session *s;

	llist_for_each_entry (s, &gw->sessions, list)
		if (s->call == call)
			return s;
	return NULL;
}

static void session_line(void *priv, struct l2tp_session *call, const struct l2tp_session_show *sh)
{
	struct walk *w = priv;
	const struct gw_session *s = session_of(call);
	struct l2tp_entry *e = s ? s->entry : NULL;
	char age[24], name[80] = "-";

	if (s && s->circuit)
		snprintf(name, sizeof(name), "%s", s->circuit->name);
	vty_line(w->vty, "%-18s %5u/%-5u %5u/%-5u %-18s %-4s %-13s", name, sh->info.local_tunnel,
		 sh->info.local_session, sh->info.peer_tunnel, sh->info.peer_session, sh->state,
		 sh->info.lns ? "LNS" : "LAC", vty_age(sh->age, age, sizeof(age)));
	if (!e)
		return;
	vty_line(w->vty,
		 "  received %" PRIu64 " packets, %" PRIu64 " octets (%" PRIu64 " missing, %" PRIu64
		 " late)  sent %" PRIu64 " packets, %" PRIu64 " octets%s%s",
		 ctr_get(&e->rx_packets), ctr_get(&e->rx_octets), ctr_get(&e->rx_lost),
		 ctr_get(&e->rx_late), ctr_get(&e->tx_packets), ctr_get(&e->tx_octets),
		 sh->info.send_seq ? "  with sequence numbers" : "",
		 sh->info.send_length ? "  with length" : "");
}

static void sessions_of(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *i)
{
	(void)i;
	l2tp_each_session(t, session_line, priv);
}

DEFUN(show_session, show_session_cmd, "show l2tp session",
      SHOW_STR L2TP_STR "Sessions (calls) of all tunnels\n")
{
	struct walk w = { vty, NULL, true };

	vty_line(vty, "%-18s %-11s %-11s %-18s %-4s %-13s", "Circuit", "Loc Tun/Ses", "Rem Tun/Ses",
		 "State", "Role", "Age");
	if (gw->l2tp)
		l2tp_each_tunnel(gw->l2tp, sessions_of, &w);
	return CMD_SUCCESS;
}

/* ---- ppp ---- */

static const char *auth_name(enum ppp_auth a)
{
	return a == PPP_AUTH_CHAP_MD5 ? "chap" : a == PPP_AUTH_PAP ? "pap" : "none";
}

static const char *ip_text(struct in_addr ip, char *buf)
{
	return ip.s_addr ? inet_ntop(AF_INET, &ip, buf, INET_ADDRSTRLEN) : "-";
}

static void link_local(const uint8_t id[8], char *buf, size_t size)
{
	struct in6_addr a = { .s6_addr = { 0xfe, 0x80 } };

	memcpy(a.s6_addr + 8, id, 8);
	inet_ntop(AF_INET6, &a, buf, (socklen_t)size);
}

const char *vty_session_owner(const struct gw_session *s, char *buf, size_t size)
{
	if (s->lns)
		snprintf(buf, size, "lns %s", s->lns->name);
	else if (s->client)
		snprintf(buf, size, "client %s", s->client->name);
	else
		snprintf(buf, size, "-");
	return buf;
}

static void ppp_one(struct vty *vty, const struct gw_session *s)
{
	char who[80], a[INET_ADDRSTRLEN], b[INET_ADDRSTRLEN], l6[INET6_ADDRSTRLEN],
		p6[INET6_ADDRSTRLEN];
	struct ppp_info i;

	memset(&i, 0, sizeof(i));
	ppp_info(s->ppp, &i);
	vty_line(vty, "%s, %s: %s", s->circuit ? s->circuit->name : "-",
		 vty_session_owner(s, who, sizeof(who)), i.phase_name);
	vty_line(vty, "  MRU ours %u, peer's %u; magic %08x, peer's %08x", i.local_mru, i.peer_mru,
		 i.magic, i.peer_magic);
	vty_line(vty, "  peer authenticated with %s%s%s; we with %s", auth_name(i.auth_peer),
		 i.peer_name[0] ? " as " : "", i.peer_name, auth_name(i.auth_us));
	vty_line(vty, "  IPv4 %s: ours %s, peer's %s", i.ip_open ? "open" : "closed",
		 ip_text(i.local_ip, a), ip_text(i.peer_ip, b));
	if (i.dns[0].s_addr)
		vty_line(vty, "  DNS %s %s", ip_text(i.dns[0], a), ip_text(i.dns[1], b));
	link_local(i.local_ip6_id, l6, sizeof(l6));
	link_local(i.peer_ip6_id, p6, sizeof(p6));
	vty_line(vty, "  IPv6 %s: ours %s, peer's %s", i.ip6_open ? "open" : "closed",
		 i.ip6_open ? l6 : "-", i.ip6_open ? p6 : "-");
	vty_line(vty,
		 "  control frames: sent %" PRIu64 ", received %" PRIu64 ", malformed %" PRIu64
		 ", protocol rejects %" PRIu64 "; echo sent %" PRIu64 ", answered %" PRIu64,
		 i.tx, i.rx, i.malformed, i.protocol_rejects, i.echo_tx, i.echo_rx);
}

void vty_show_ppp_circuit(struct vty *vty, const struct gw_circuit *c)
{
	struct gw_session *s;

	llist_for_each_entry (s, &gw->sessions, list)
		if (s->ppp && s->circuit == c)
			ppp_one(vty, s);
}

DEFUN(show_ppp, show_ppp_cmd, "show ppp", SHOW_STR "PPP of all sessions, in detail\n")
{
	struct gw_session *s;

	llist_for_each_entry (s, &gw->sessions, list)
		if (s->ppp)
			ppp_one(vty, s);
	return CMD_SUCCESS;
}

DEFUN(show_sessions, show_sessions_cmd, "show sessions", SHOW_STR "Sessions, one line each\n")
{
	struct gw_session *s;

	vty_line(vty, "%-18s %-24s %-20s %-15s %-5s %-12s %-13s", "Circuit", "Of", "Peer",
		 "Address", "IPv6", "Phase", "Since");
	llist_for_each_entry (s, &gw->sessions, list) {
		char who[80], ip[INET_ADDRSTRLEN], age[24];
		struct ppp_info i;

		memset(&i, 0, sizeof(i));
		if (s->ppp)
			ppp_info(s->ppp, &i);
		vty_line(vty, "%-18s %-24s %-20.20s %-15s %-5s %-12s %-13s",
			 s->circuit ? s->circuit->name : "-",
			 vty_session_owner(s, who, sizeof(who)), i.peer_name[0] ? i.peer_name : "-",
			 ip_text(s->client ? i.local_ip : i.peer_ip, ip), vty_yes(i.ip6_open),
			 i.phase_name ? i.phase_name : "-", vty_since(s->since, age, sizeof(age)));
	}
	return CMD_SUCCESS;
}

void vty_show_l2tp_init(void)
{
	install_element_ve(&show_tunnel_cmd);
	install_element_ve(&show_tunnel_detail_cmd);
	install_element_ve(&show_session_cmd);
	install_element_ve(&show_ppp_cmd);
	install_element_ve(&show_sessions_cmd);
}

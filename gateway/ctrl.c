/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The CTRL interface of Osmocom, read-only and without secrets. Variables:
 *
 *	version				version of vcgwd
 *	circuits			names of all circuits, one blank between
 *	circuit.NAME.state		as in `show circuits`
 *	circuit.NAME.since		seconds in that state
 *	circuit.NAME.problem		why it does not run; "-" = it does
 *	circuit.NAME.protection		what protects it now, with its bits, as in `show l2tp tunnel
 *					detail`
 *	circuit.NAME.sessions		sessions on it
 *	circuit.NAME.counters		"rx:pdu=1 rx:octets=66 ..." without zeros; "-" = all are zero
 *	circuit.NAME.counter.COUNTER	one of them: circuit.atm0:0.100.counter.rx:pdu
 *	links, link.NAME.state, link.NAME.counters, link.NAME.counter.COUNTER
 *	sessions			number of all sessions
 *
 * CTRL parts variables at dots and forbids slashes. In NAME a colon stands for the slash, and its
 * own dots stay: atm0/0.100 is atm0:0.100, fr0/100 is fr0:100.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/ctrl/control_if.h>

#include "core/acct.h"
#include "core/clock.h"
#include "gateway/report.h"

/* Ours, behind the library's. */
enum {
	CTRL_NODE_CIRCUIT = _LAST_CTRL_NODE,
	CTRL_NODE_LINK,
	CTRL_NODES,
};

static struct ctrl_handle *handle;

/* Without set() the library answers SET with an error of its own. */
#define READ_ONLY(cmdname, cmdstr)                                                                 \
	static int get_##cmdname(struct ctrl_cmd *cmd, void *data);                                \
	static struct ctrl_cmd_element cmd_##cmdname = { .name = cmdstr, .get = get_##cmdname }

static int reply(struct ctrl_cmd *cmd, char *text)
{
	cmd->reply = text;
	return text ? CTRL_CMD_REPLY : CTRL_CMD_ERROR;
}

/* ---- the root ---- */

READ_ONLY(version, "version");
static int get_version(struct ctrl_cmd *cmd, void *data)
{
	(void)data;
	return reply(cmd, talloc_strdup(cmd, PACKAGE_VERSION));
}

static char *append_name(char *list, const char *name)
{
	return *list ? talloc_asprintf_append(list, " %s", name)
		     : talloc_asprintf_append(list, "%s", name);
}

READ_ONLY(circuits, "circuits");
static int get_circuits(struct ctrl_cmd *cmd, void *data)
{
	char *list = talloc_strdup(cmd, "");
	struct gw_link *l;
	struct gw_circuit *c;

	(void)data;
	llist_for_each_entry (l, &gw->links, list)
		llist_for_each_entry (c, &l->circuits, list)
			if (list)
				list = append_name(list, c->name);
	return reply(cmd, list);
}

READ_ONLY(links, "links");
static int get_links(struct ctrl_cmd *cmd, void *data)
{
	char *list = talloc_strdup(cmd, "");
	struct gw_link *l;

	(void)data;
	llist_for_each_entry (l, &gw->links, list)
		if (list)
			list = append_name(list, l->name);
	return reply(cmd, list);
}

READ_ONLY(sessions, "sessions");
static int get_sessions(struct ctrl_cmd *cmd, void *data)
{
	(void)data;
	return reply(cmd, talloc_asprintf(cmd, "%u", llist_count(&gw->sessions)));
}

/* ---- a circuit, a link ---- */

static char *counters_text(void *ctx, uint32_t id)
{
	char *list = talloc_strdup(ctx, "");

	for (unsigned int i = 0; id && list && i < ACCT_N; i++) {
		uint64_t n = acct_get(id, (enum acct_ctr)i);

		if (n)
			list = talloc_asprintf_append(list, "%s%s=%" PRIu64, *list ? " " : "",
						      acct_desc[i].name, n);
	}
	return list && !*list ? talloc_asprintf_append(list, "-") : list;
}

static uint32_t circuit_acct(const struct gw_circuit *c)
{
	return c->c ? c->c->id : 0;
}

READ_ONLY(circuit_state, "state");
static int get_circuit_state(struct ctrl_cmd *cmd, void *data)
{
	(void)data;
	return reply(cmd, talloc_strdup(cmd, gw_circuit_state_name(cmd->node)));
}

READ_ONLY(circuit_since, "since");
static int get_circuit_since(struct ctrl_cmd *cmd, void *data)
{
	const struct gw_circuit *c = cmd->node;

	(void)data;
	return reply(cmd, talloc_asprintf(cmd, "%" PRId64, (clock_ns() - c->since) / NSEC_PER_SEC));
}

READ_ONLY(circuit_problem, "problem");
static int get_circuit_problem(struct ctrl_cmd *cmd, void *data)
{
	char buf[GW_PROBLEM_MAX];
	const char *problem = gw_circuit_problem(cmd->node, buf, sizeof(buf));

	(void)data;
	return reply(cmd, talloc_strdup(cmd, *problem ? problem : "-"));
}

READ_ONLY(circuit_protection, "protection");
static int get_circuit_protection(struct ctrl_cmd *cmd, void *data)
{
	struct l2tp_protection p;
	char buf[160];

	(void)data;
	gw_circuit_protection(cmd->node, &p);
	return reply(cmd, talloc_strdup(cmd, gw_protection_text(&p, buf, sizeof(buf))));
}

READ_ONLY(circuit_sessions, "sessions");
static int get_circuit_sessions(struct ctrl_cmd *cmd, void *data)
{
	unsigned int n = 0;
	struct gw_session *s;

	(void)data;
	llist_for_each_entry (s, &gw->sessions, list)
		n += s->circuit == cmd->node;
	return reply(cmd, talloc_asprintf(cmd, "%u", n));
}

READ_ONLY(circuit_counters, "counters");
static int get_circuit_counters(struct ctrl_cmd *cmd, void *data)
{
	(void)data;
	return reply(cmd, counters_text(cmd, circuit_acct(cmd->node)));
}

/* "circuit.NAME.counter.rx:pdu": the library hands over the whole variable. */
static int one_counter(struct ctrl_cmd *cmd, uint32_t id)
{
	const char *dot = strrchr(cmd->variable, '.');

	for (unsigned int i = 0; dot && i < ACCT_N; i++)
		if (strcmp(acct_desc[i].name, dot + 1) == 0)
			return reply(cmd, talloc_asprintf(cmd, "%" PRIu64,
							  id ? acct_get(id, (enum acct_ctr)i) : 0));
	cmd->reply = "No such counter: see 'show discards' and 'show circuit' for the names";
	return CTRL_CMD_ERROR;
}

READ_ONLY(circuit_counter, "counter *");
static int get_circuit_counter(struct ctrl_cmd *cmd, void *data)
{
	(void)data;
	return one_counter(cmd, circuit_acct(cmd->node));
}

READ_ONLY(link_state, "state");
static int get_link_state(struct ctrl_cmd *cmd, void *data)
{
	const struct gw_link *l = cmd->node;
	const char *state = l->shutdown	    ? "shutdown"
			    : !l->l	    ? "down"
			    : l->l->carrier ? "up"
					    : "no carrier";

	(void)data;
	return reply(cmd, talloc_strdup(cmd, state));
}

READ_ONLY(link_counters, "counters");
static int get_link_counters(struct ctrl_cmd *cmd, void *data)
{
	const struct gw_link *l = cmd->node;

	(void)data;
	return reply(cmd, counters_text(cmd, l->l ? l->l->id : 0));
}

READ_ONLY(link_counter, "counter *");
static int get_link_counter(struct ctrl_cmd *cmd, void *data)
{
	const struct gw_link *l = cmd->node;

	(void)data;
	return one_counter(cmd, l->l ? l->l->id : 0);
}

/* ---- finding the object of a variable ---- */

/* A name may itself have dots: take the shortest run of parts that is one. */
static void *find_object(vector vline, int *i, bool circuit)
{
	char name[64] = "";
	size_t n = 0;

	for (unsigned int k = (unsigned int)*i; k < vector_active(vline); k++) {
		void *found;
		char *colon;
		int w = snprintf(name + n, sizeof(name) - n, "%s%s", n ? "." : "",
				 (const char *)vector_slot(vline, k));

		if (w < 0 || (size_t)w >= sizeof(name) - n)
			return NULL;
		n += (size_t)w;
		colon = strchr(name, ':');
		if (colon)
			*colon = '/';
		found = circuit ? (void *)gw_circuit_by_name(name) : (void *)gw_link_find(name);
		if (found) {
			*i = (int)k;
			return found;
		}
	}
	return NULL;
}

/* At the word `circuit` or `link`: what follows names an object. \returns 1 found, 0 not ours. */
static int lookup(void *data, vector vline, int *node_type, void **node_data, int *i)
{
	const char *word = vector_lookup(vline, (unsigned int)*i);
	bool circuit = word && strcmp(word, "circuit") == 0;
	void *found;

	(void)data;
	if (!circuit && (!word || strcmp(word, "link") != 0))
		return 0;
	(*i)++;
	found = find_object(vline, i, circuit);
	if (!found)
		return -ENODEV;
	*node_data = found;
	*node_type = circuit ? CTRL_NODE_CIRCUIT : CTRL_NODE_LINK;
	return 1;
}

static void install(void)
{
	static const struct {
		int node;
		struct ctrl_cmd_element *cmd;
	} all[] = {
		{ CTRL_NODE_ROOT, &cmd_version },
		{ CTRL_NODE_ROOT, &cmd_circuits },
		{ CTRL_NODE_ROOT, &cmd_links },
		{ CTRL_NODE_ROOT, &cmd_sessions },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_state },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_since },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_problem },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_protection },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_sessions },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_counters },
		{ CTRL_NODE_CIRCUIT, &cmd_circuit_counter },
		{ CTRL_NODE_LINK, &cmd_link_state },
		{ CTRL_NODE_LINK, &cmd_link_counters },
		{ CTRL_NODE_LINK, &cmd_link_counter },
	};

	for (size_t k = 0; k < ARRAY_SIZE(all); k++)
		ctrl_cmd_install((enum ctrl_node_type)all[k].node, all[k].cmd);
}

int gw_ctrl_start(struct gw_why *why)
{
	if (!gw->cfg.ctrl_port)
		return 0;
	handle = ctrl_interface_setup_dynip2(gw, gw->cfg.ctrl_address, gw->cfg.ctrl_port, lookup,
					     CTRL_NODES);
	if (!handle) {
		snprintf(why->text, sizeof(why->text),
			 "ctrl: cannot listen on %s port %u; is another vcgwd there?",
			 gw->cfg.ctrl_address, gw->cfg.ctrl_port);
		return -EADDRINUSE;
	}
	install();
	return 0;
}

void gw_ctrl_stop(void)
{
	if (!handle)
		return;
	osmo_fd_unregister(&handle->listen_fd);
	close(handle->listen_fd.fd);
	talloc_free(handle);
	handle = NULL;
}

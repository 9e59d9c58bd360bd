/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The operator's language: what main() calls, and what the files of commands share.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gateway/cfg.h"

/* The library's DEFUN() leaves parameters unused, and clang says so at every command. */
#undef DEFUN_CMD_FUNC_TEXT
#define DEFUN_CMD_FUNC_TEXT(funcname)                                                              \
	static int funcname(struct cmd_element *self __attribute__((unused)),                      \
			    struct vty *vty __attribute__((unused)),                               \
			    int argc __attribute__((unused)),                                      \
			    const char *argv[] __attribute__((unused)))

enum {
	VTY_PORT = 4290,
	VTY_ID_MAX = 3 * IKE_ID_MAX + 16, /*!< an identity in words, each octet of a name escaped */
};

enum gw_node {
	GATEWAY_NODE = _LAST_OSMOVTY_NODE + 1,
	PROFILE_NODE,
	PKI_NODE,
	LNS_NODE,
	CLIENT_NODE,
	LINK_NODE,
	CIRCUIT_NODE,
};

/*! Set up libosmovty with all commands. Once, before the configuration is read. */
void gw_vty_init(void);

/*! Read a configuration file. Errors go to err as FILE:LINE, the line, what is wrong and how to
 * mend it. \returns 0 or -errno; what stood before the wrong line has been taken. */
int gw_config_read(const char *path, FILE *err);
int gw_config_read_fp(FILE *fp, const char *name, FILE *err);

/* ---- for the files of commands ---- */

/*! End of a command: CMD_SUCCESS, or "% why" and CMD_WARNING. */
int vty_done(struct vty *vty, int rc, const struct gw_why *why);
int vty_refuse(struct vty *vty, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/*! A line of output with the newline of the terminal or file. */
void vty_line(struct vty *vty, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*! Copy a word into a field of a configuration. \returns 0 or -EINVAL. */
int vty_word(char *out, size_t size, const char *what, const char *word, struct gw_why *why);

/*! Seconds as "3d 04:05:06" into buf. */
const char *vty_age(uint64_t seconds, char *buf, size_t size);
/*! Since a clock_ns(). */
const char *vty_since(int64_t ns, char *buf, size_t size);
const char *vty_yes(bool yes);

void vty_gateway_init(void);
void vty_ike_init(void);
void vty_pki_init(void);
void vty_ppp_init(void);
void vty_link_init(void);
void vty_circuit_init(void);
void vty_auth_init(void);
void vty_uplink_init(void);
void vty_security_init(void);
void vty_write_init(void);
void vty_show_init(void);
void vty_show_circuit_init(void);
/*! "lns subscribers" or "client over-atm": whose session it is. */
const char *vty_session_owner(const struct gw_session *s, char *buf, size_t size);
void vty_show_ipsec_init(void);
void vty_show_l2tp_init(void);
void vty_exec_init(void);

/* The parts of `show circuit`. */
void vty_show_ike_circuit(struct vty *vty, struct gw_circuit *c);
void vty_show_ipsec_circuit(struct vty *vty, struct gw_circuit *c);
void vty_show_tunnels_circuit(struct vty *vty, const struct gw_circuit *c);
void vty_show_ppp_circuit(struct vty *vty, const struct gw_circuit *c);

/*! "fqdn lns1", as 'identity' takes it; `none` for no identity. */
const char *vty_id_text(const struct ike_id *id, const char *none, char buf[VTY_ID_MAX]);
/*! How a circuit authenticates, as part of its written configuration. */
void vty_write_auth(struct vty *vty, const struct gw_circuit_cfg *cfg);

/*! The lines that only IP links, and only their peers, have. */
void vty_write_uplink(struct vty *vty, const struct link_cfg *cfg);
void vty_write_peer(struct vty *vty, const struct gw_circuit_cfg *cfg);
/*! Circuits of a link, as part of the link's written configuration. */
void vty_write_circuits(struct vty *vty, struct gw_link *l);

/*! The line of a circuit with manual keys. */
void vty_write_manual(struct vty *vty, const struct gw_circuit_cfg *cfg);

/*! The circuit of the name, or NULL and an explanation. */
struct gw_circuit *vty_circuit(struct vty *vty, const char *name);
struct gw_link *vty_link(struct vty *vty, const char *name);

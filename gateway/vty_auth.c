/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Of a circuit's node: how IKE authenticates, and who the two ends are. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gateway/vty.h"
#include "ipsec/ike/cert.h"

static int set(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_circuit_set(vty->index, cfg, &why), &why);
}

static struct gw_circuit_cfg copy(struct vty *vty)
{
	return ((struct gw_circuit *)vty->index)->cfg;
}

#define AUTH_STR "How IKE authenticates both ends (RFC 2409 5)\n"

DEFUN(c_auth_psk, c_auth_psk_cmd, "authentication psk",
      AUTH_STR "By the pre-shared key 'psk LINK/VC' of the secrets file (default)\n")
{
	struct gw_circuit_cfg cfg = copy(vty);

	memset(cfg.pki, 0, sizeof(cfg.pki));
	return set(vty, &cfg);
}

DEFUN(c_auth_pki, c_auth_pki_cmd, "authentication pki NAME",
      AUTH_STR "By certificates, and by nothing else\nName of a 'pki'\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct gw_why why;

	if (vty_word(cfg.pki, sizeof(cfg.pki), "authentication pki", argv[0], &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

ALIAS(c_auth_psk, c_no_auth_cmd, "no authentication", NO_STR AUTH_STR)

#define IDENTITY_STR "Identity in IKE (RFC 2407 4.6.2.1)\n"
#define LOCAL_STR                                                                                  \
	"Ours; default: fqdn with the gateway's hostname, or with certificates our subject\n"
#define REMOTE_STR "The peer's; default: any that knows the key or has a good certificate\n"

static const struct {
	const char *word;
	uint8_t type;
} id_types[] = {
	{ "fqdn", IKE_ID_FQDN },
	{ "user-fqdn", IKE_ID_USER_FQDN },
	{ "key-id", IKE_ID_KEY_ID },
};

static struct ike_id *id_of(struct gw_circuit_cfg *cfg, const char *side)
{
	return side[0] == 'l' ? &cfg->local_id : &cfg->remote_id;
}

static int check_id_text(struct vty *vty, const char *text)
{
	if (strlen(text) > IKE_ID_MAX)
		return vty_refuse(vty, "identity %.60s..: at most %d octets", text, IKE_ID_MAX);
	for (const char *s = text; *s; s++)
		if (*s < 0x21 || *s > 0x7e)
			return vty_refuse(vty, "identity: visible ASCII characters only");
	return CMD_SUCCESS;
}

DEFUN(c_identity, c_identity_cmd, "identity (local|remote) (fqdn|user-fqdn|key-id) TEXT",
      IDENTITY_STR LOCAL_STR REMOTE_STR
      "Host name: lns1.example.net\nname@host\nOpaque text\nText\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct ike_id *id = id_of(&cfg, argv[0]);
	int rc = check_id_text(vty, argv[2]);

	if (rc != CMD_SUCCESS)
		return rc;
	memset(id, 0, sizeof(*id));
	for (unsigned int i = 0; i < ARRAY_SIZE(id_types); i++)
		if (strcmp(argv[1], id_types[i].word) == 0)
			id->type = id_types[i].type;
	id->len = (uint8_t)strlen(argv[2]);
	memcpy(id->data, argv[2], id->len);
	return set(vty, &cfg);
}

DEFUN(c_identity_dn, c_identity_dn_cmd, "identity (local|remote) dn .NAME",
      IDENTITY_STR LOCAL_STR REMOTE_STR
      "Subject of a certificate\n"
      "Its parts in the certificate's order, e.g. C=NL,O=Example Telecom,CN=lns1\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct ike_id *id = id_of(&cfg, argv[0]);
	char *text = argv_concat(argv, argc, 1);
	int len;

	memset(id, 0, sizeof(*id));
	len = text ? ike_dn_parse(text, id->data, sizeof(id->data)) : -ENOMEM;
	talloc_free(text);
	if (len == -EMSGSIZE)
		return vty_refuse(vty, "identity dn: at most %d octets in DER", IKE_ID_MAX);
	if (len < 0)
		return vty_refuse(vty,
				  "identity dn: give TYPE=VALUE,TYPE=VALUE..., e.g. "
				  "C=NL,O=Example Telecom,CN=lns1; before a comma in a value put "
				  "a backslash");
	id->type = IKE_ID_DER_ASN1_DN;
	id->len = (uint8_t)len;
	return set(vty, &cfg);
}

DEFUN(c_no_identity, c_no_identity_cmd, "no identity (local|remote)",
      NO_STR IDENTITY_STR LOCAL_STR REMOTE_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	memset(id_of(&cfg, argv[0]), 0, sizeof(struct ike_id));
	return set(vty, &cfg);
}

const char *vty_id_text(const struct ike_id *id, const char *none, char buf[VTY_ID_MAX])
{
	char name[VTY_ID_MAX - 8];

	if (id->type == IKE_ID_DER_ASN1_DN) {
		snprintf(buf, VTY_ID_MAX, "dn %s",
			 ike_dn_text(id->data, id->len, name, sizeof(name)));
		return buf;
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(id_types); i++)
		if (id->type == id_types[i].type) {
			snprintf(buf, VTY_ID_MAX, "%s %.*s", id_types[i].word, id->len,
				 (const char *)id->data);
			return buf;
		}
	return none;
}

void vty_write_auth(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	char text[VTY_ID_MAX];

	if (cfg->pki[0])
		vty_line(vty, "  authentication pki %s", cfg->pki);
	if (cfg->local_id.type)
		vty_line(vty, "  identity local %s", vty_id_text(&cfg->local_id, "", text));
	if (cfg->remote_id.type)
		vty_line(vty, "  identity remote %s", vty_id_text(&cfg->remote_id, "", text));
}

void vty_auth_init(void)
{
	install_element(CIRCUIT_NODE, &c_auth_psk_cmd);
	install_element(CIRCUIT_NODE, &c_auth_pki_cmd);
	install_element(CIRCUIT_NODE, &c_no_auth_cmd);
	install_element(CIRCUIT_NODE, &c_identity_cmd);
	install_element(CIRCUIT_NODE, &c_identity_dn_cmd);
	install_element(CIRCUIT_NODE, &c_no_identity_cmd);
}

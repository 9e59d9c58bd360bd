/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Manual keys: `security manual` of a circuit, and what they need under `gateway`. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gateway/manual.h"
#include "gateway/vty.h"

static int parse_spi(const char *what, const char *text, uint32_t *spi, struct gw_why *why)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 16);
	if (strncmp(text, "0x", 2) != 0 || strlen(text) < 3 || *end || errno || n > UINT32_MAX)
		return gw_fail(why, -EINVAL,
			       "%s SPI %.20s: give it as 0x and one to eight hexadecimal digits",
			       what, text);
	*spi = (uint32_t)n;
	return 0;
}

DEFUN(c_manual, c_manual_cmd, "security manual SUITE inbound SPI outbound SPI",
      "Protection of everything on the circuit\n"
      "ESP with the keys 'esp-in' and 'esp-out' of the secrets file, without IKE\n"
      "ESP suite, e.g. aes256-sha256\n"
      "What the peer sends with\n"
      "Security parameters index, e.g. 0xc0de0001\n"
      "What we send with\n"
      "Security parameters index\n")
{
	struct gw_circuit *c = vty->index;
	struct gw_circuit_cfg cfg = c->cfg, def;
	struct gw_why why;

	gw_circuit_cfg_init(&def, c->link->cfg.medium);
	cfg.manual = esp_suite_by_name(argv[0]);
	if (!cfg.manual)
		return vty_refuse(vty,
				  "security manual %.40s: there is no such suite; see 'esp' in "
				  "vcgw.conf(5)",
				  argv[0]);
	if (parse_spi("inbound", argv[1], &cfg.spi_in, &why) < 0 ||
	    parse_spi("outbound", argv[2], &cfg.spi_out, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	cfg.security = true;
	OSMO_STRLCPY_ARRAY(cfg.profile, def.profile);
	return vty_done(vty, gw_circuit_set(c, &cfg, &why), &why);
}

void vty_write_manual(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	vty_line(vty, "  security manual %s inbound 0x%08x outbound 0x%08x", cfg->manual->name,
		 cfg->spi_in, cfg->spi_out);
}

#define COUNTER_STR "Where manual keys with a cipher that counts keep their count\n"

DEFUN(gw_counter, gw_counter_cmd, "manual-counter-file PATH",
      COUNTER_STR "A file on a local disk, e.g. /var/lib/vcgw/manual-counter; it is made\n")
{
	struct gw_why why;

	return vty_done(vty, gw_set_manual_counter(argv[0], &why), &why);
}

DEFUN(gw_no_counter, gw_no_counter_cmd, "no manual-counter-file", NO_STR COUNTER_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_manual_counter("", &why), &why);
}

void vty_security_init(void)
{
	install_element(CIRCUIT_NODE, &c_manual_cmd);
	install_element(GATEWAY_NODE, &gw_counter_cmd);
	install_element(GATEWAY_NODE, &gw_no_counter_cmd);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The numbers an operator can set, with their bounds, and the checks of words. One row serves the
 * command, its explanation and the function that sets it.
 */

#include "gateway/cfg.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "transports/units.h"

struct range {
	const char *what;
	const char *unit;
	uint64_t min, max;
	const char *because; /*!< follows the range in an explanation; may be NULL */
};

static const struct range ranges[GW_RANGES] = {
	[GW_R_WORKERS] = { "workers", "threads (0 = processors - 1)", 0, WORKERS_MAX, NULL },
	[GW_R_CRYPTO_THREADS] = { "crypto-threads", "threads", 1, 16, NULL },
	[GW_R_DROP_LOG_RATE] = { "discard-log rate", "lines a second", 0, 1000, NULL },
	[GW_R_PORT] = { "port", "", 1, 65535, NULL },
	[GW_R_LIFETIME_IKE] = { "lifetime ike", "seconds", 60, 604800, NULL },
	[GW_R_LIFETIME_ESP] = { "lifetime esp", "seconds", 60, 604800, NULL },
	/* Negotiated as kilobytes in 32 bits (RFC 2407 4.5). */
	[GW_R_LIFETIME_OCTETS] = { "lifetime esp-octets", "octets", 1048576,
				   UINT64_C(1024) * UINT32_MAX,
				   "(no lifetime esp-octets = no limit)" },
	/* Without extended sequence numbers an SA ends at 2^32 - 1 (RFC 4303 3.3.3). */
	[GW_R_LIFETIME_PACKETS] = { "lifetime esp-packets", "packets", 1000, UINT32_MAX,
				    "(no lifetime esp-packets = no limit)" },
	[GW_R_REPLAY_WINDOW] = { "replay-window", "packets", 64, 4096, "in multiples of 64" },
	[GW_R_DPD_INTERVAL] = { "dpd interval", "seconds", 1, 3600, "(no dpd = off)" },
	[GW_R_DPD_RETRIES] = { "dpd retries", "", 1, 20, NULL },
	[GW_R_RETRANSMIT_MS] = { "retransmit", "milliseconds", 100, 60000, NULL },
	[GW_R_RETRANSMIT_TRIES] = { "retransmit tries", "", 1, 20, NULL },
	[GW_R_NAT_KEEPALIVE] = { "nat-keepalive", "seconds (0 = off)", 0, 3600, NULL },
	/* A /31 and a /32 have no room for a pool. */
	[GW_R_PREFIX_LEN] = { "prefix length", "bits", 8, 30, NULL },
	[GW_R_MRU] = { "mru", "octets", 128, 9180, NULL },
	[GW_R_ECHO_INTERVAL] = { "echo interval", "seconds", 1, 3600, "(no echo = off)" },
	[GW_R_ECHO_FAILURES] = { "echo failures", "", 1, 20, NULL },
	[GW_R_REDIAL] = { "redial", "seconds", 1, 3600, NULL },
	/* Q.922 5.9.3: N201 is 262 at least. */
	[GW_R_FR_MTU] = { "mtu", "octets", 262, UNITS_FRAME_MAX,
			  "(RFC 2427: at least 1600 is wanted)" },
	[GW_R_N391] = { "lmi n391", "polls", 1, 255, "(Q.933 Table A.1)" },
	[GW_R_N392] = { "lmi n392", "errors", 1, 10, "(Q.933 Table A.1)" },
	[GW_R_N393] = { "lmi n393", "events", 1, 10, "(Q.933 Table A.1)" },
	[GW_R_T391] = { "lmi t391", "seconds", 1, 30, "(Q.933 Table A.2)" },
	[GW_R_T392] = { "lmi t392", "seconds", 1, 30, "(Q.933 Table A.2)" },
	[GW_R_PPM] = { "probability", "parts per million", 0, 1000000, NULL },
	[GW_R_DELAY_US] = { "impair delay", "microseconds", 0, 10000000, NULL },
	[GW_R_RATE_BPS] = { "impair rate", "bits a second (0 = unlimited)", 0,
			    UINT64_C(100000000000), NULL },
	[GW_R_SEED] = { "impair seed", "", 0, UINT32_MAX, NULL },
	[GW_R_VPI] = { "VPI", "", 0, 255, "(UNI cells have 8 bits for it)" },
	/* ATM Forum UNI 3.1 3.3: 0 to 31 are for signalling, OAM, ILMI. */
	[GW_R_VCI] = { "VCI", "", 32, 65535, "(0 to 31 are reserved)" },
	/* Q.922 3.3.6, Table 1: the rest is link management or reserved. */
	[GW_R_DLCI] = { "DLCI", "", 16, 991, "(the others are reserved, Q.922 3.3.6)" },
	[GW_R_MAX_SDU] = { "max-sdu", "octets", 64, SDU_MAX, "(no max-sdu = 9188)" },
	[GW_R_HELLO] = { "l2tp hello", "seconds (0 = none)", 0, 3600, NULL },
	[GW_R_WINDOW] = { "l2tp window", "messages", 1, 64, NULL },
	[GW_R_RETRIES] = { "l2tp retries", "", 1, 20, "(RFC 2661 5.8: 5 or more)" },
	/* What is left of a packet's headroom when all headers stand in it (core/pkt.h). */
	[GW_R_DATA_OFFSET] = { "l2tp data-offset", "octets", 0, 64, NULL },
	[GW_R_SNAPLEN] = { "snaplen", "octets", 16, 65535, NULL },
};

int gw_fail(struct gw_why *why, int rc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, ap);
	va_end(ap);
	return rc;
}

static int out_of_range(const struct range *r, const char *value, struct gw_why *why)
{
	return gw_fail(why, -ERANGE, "%s %s: give a number from %" PRIu64 " to %" PRIu64 "%s%s%s%s",
		       r->what, value, r->min, r->max, *r->unit ? " " : "", r->unit,
		       r->because ? " " : "", r->because ? r->because : "");
}

int gw_range_check(enum gw_range_id id, uint64_t v, struct gw_why *why)
{
	const struct range *r = &ranges[id];
	char value[24];

	if (v >= r->min && v <= r->max)
		return 0;
	snprintf(value, sizeof(value), "%" PRIu64, v);
	return out_of_range(r, value, why);
}

int gw_range_parse(enum gw_range_id id, const char *text, uint64_t *out, struct gw_why *why)
{
	uint64_t v = 0;
	size_t n = strlen(text);
	char shown[28];

	/* 20 digits are more than any range has; the sum below cannot overflow with 19. */
	snprintf(shown, sizeof(shown), "%.24s%s", text, n > 24 ? ".." : "");
	if (n == 0 || n > 19)
		return out_of_range(&ranges[id], shown, why);
	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)text[i]))
			return out_of_range(&ranges[id], shown, why);
		v = v * 10 + (uint64_t)(text[i] - '0');
	}
	if (gw_range_check(id, v, why) < 0)
		return -ERANGE;
	*out = v;
	return 0;
}

int gw_name_check(const char *what, const char *name, size_t size, struct gw_why *why)
{
	size_t n = strlen(name);

	if (n == 0 || n >= size)
		return gw_fail(why, -EINVAL, "%s '%.80s': a name has 1 to %zu characters", what,
			       name, size - 1);
	if (!isalnum((unsigned char)name[0]))
		return gw_fail(why, -EINVAL, "%s '%.80s': begin the name with a letter or a digit",
			       what, name);
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)name[i]) && !strchr("-_.", name[i]))
			return gw_fail(
				why, -EINVAL,
				"%s '%.80s': only letters, digits, '-', '_' and '.' may be in "
				"a name",
				what, name);
	return 0;
}

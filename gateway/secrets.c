/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The secrets file. The whole file is read into one mapping that is locked into memory, left out of
 * core dumps and wiped before it is unmapped; values are decoded in place, so no copy of a secret is
 * ever anywhere else. Errors name the line and the word, never the value.
 */

#include "gateway/secrets.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "core/log.h"
#include "gateway/cfg.h"

enum {
	FILE_MAX = 1 << 20,
	PSK_MIN = 8,
};

struct entry {
	enum secret_kind kind;
	const char *name; /* in the mapping */
	const uint8_t *value;
	size_t len;
	unsigned int line;
};

struct gw_secrets {
	char *map;
	size_t size; /* of the mapping */
	size_t text; /* octets of the file */
	struct entry *entries;
	size_t n, room;
};

static const struct {
	const char *word;
	size_t min, max;
} kinds[] = {
	[SECRET_PSK] = { "psk", PSK_MIN, IKE_PSK_MAX },
	[SECRET_TUNNEL] = { "tunnel", 1, L2TP_SECRET_MAX },
	[SECRET_USER] = { "user", 1, PPP_SECRET_MAX },
};

void secrets_free(struct gw_secrets *s)
{
	if (!s)
		return;
	if (s->map) {
		OPENSSL_cleanse(s->map, s->size);
		munmap(s->map, s->size);
	}
	free(s->entries);
	free(s);
}

/* ---- reading the file ---- */

static int check_file(int fd, const char *path, struct stat *st, struct gw_why *why)
{
	if (fstat(fd, st) < 0)
		return gw_fail(why, -errno, "%.120s: %s", path, strerror(errno));
	if (!S_ISREG(st->st_mode))
		return gw_fail(why, -EINVAL, "%.120s: is not a regular file", path);
	if (st->st_uid != geteuid() && st->st_uid != 0)
		return gw_fail(
			why, -EACCES,
			"%.80s: belongs to uid %u; it must belong to root or to vcgwd's user: "
			"chown it",
			path, (unsigned int)st->st_uid);
	if (st->st_mode & 077)
		return gw_fail(
			why, -EACCES,
			"%.80s: mode %03o lets others in; only its owner may read it: chmod 600 it",
			path, (unsigned int)(st->st_mode & 0777));
	if (st->st_size > FILE_MAX)
		return gw_fail(why, -EFBIG, "%.120s: is larger than %d octets", path, FILE_MAX);
	return 0;
}

static int map_file(struct gw_secrets *s, int fd, const char *path, struct gw_why *why)
{
	struct stat st;
	int rc = check_file(fd, path, &st, why);
	void *map;

	if (rc < 0)
		return rc;
	/* One more octet than the file has: to see that it ends, and for the last word's end. */
	s->size = ((size_t)st.st_size + 1 + 4095) & ~(size_t)4095;
	map = mmap(NULL, s->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return gw_fail(why, -ENOMEM, "%.120s: no memory", path);
	s->map = map;
	if (mlock(s->map, s->size) < 0)
		LOGP(DGW, LOGL_NOTICE,
		     "secrets: memory cannot be locked (%s): they could be swapped out\n",
		     strerror(errno));
	madvise(s->map, s->size, MADV_DONTDUMP);
	while (s->text < s->size) {
		ssize_t n = read(fd, s->map + s->text, s->size - s->text);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return gw_fail(why, -errno, "%.120s: %s", path, strerror(errno));
		if (n == 0)
			return 0;
		s->text += (size_t)n;
	}
	return gw_fail(why, -EAGAIN, "%.120s: grew while it was read; try again", path);
}

/* ---- parsing ---- */

struct parser {
	struct gw_secrets *s;
	const char *path;
	unsigned int line;
	unsigned int word;
	char *at, *end; /* of the line */
	struct gw_why *why;
};

static int bad(struct parser *p, const char *what)
{
	return gw_fail(p->why, -EINVAL, "%.80s:%u: word %u: %s", p->path, p->line, p->word, what);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word, or NULL at the end of the line or a comment. *end is one past it. */
static char *next_word(struct parser *p, char **end)
{
	char *word;

	while (p->at < p->end && blank(*p->at))
		p->at++;
	p->word++;
	if (p->at == p->end || *p->at == '#')
		return NULL;
	word = p->at;
	while (p->at < p->end && !blank(*p->at))
		p->at++;
	*end = p->at;
	return word;
}

/* "text", with \" and \\ in it, decoded in place. */
static int quoted(struct parser *p, struct entry *e)
{
	char *from = p->at + 1, *to = from;

	e->value = (uint8_t *)to;
	for (;; from++) {
		if (from >= p->end)
			return bad(p, "the closing quotation mark is missing");
		if (*from == '"')
			break;
		if (*from == '\\' && (from + 1 >= p->end || (from[1] != '"' && from[1] != '\\')))
			return bad(
				p,
				"after a backslash only another one or a quotation mark may stand");
		if (*from == '\\')
			from++;
		else if ((unsigned char)*from < 0x20 || *from == 0x7f)
			return bad(p, "contains a control character: give the value as 0xHEX");
		*to++ = *from;
	}
	e->len = (size_t)(to - (char *)e->value);
	p->at = from + 1;
	if (p->at < p->end && !blank(*p->at) && *p->at != '#')
		return bad(p, "nothing may follow the closing quotation mark without a blank");
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int hex(struct parser *p, struct entry *e)
{
	char *from = p->at + 2, *to = from;

	e->value = (uint8_t *)to;
	for (; from < p->end && !blank(*from) && *from != '#'; from += 2) {
		int hi = hex_digit(from[0]);
		int lo = from + 1 < p->end ? hex_digit(from[1]) : -1;

		if (hi < 0 || lo < 0)
			return bad(p, "after 0x an even number of hexadecimal digits must follow");
		*to++ = (char)(hi << 4 | lo);
	}
	e->len = (size_t)(to - (char *)e->value);
	p->at = from;
	return 0;
}

static int value(struct parser *p, struct entry *e)
{
	char text[96];
	int rc;

	while (p->at < p->end && blank(*p->at))
		p->at++;
	p->word++;
	if (p->at == p->end || *p->at == '#')
		return bad(p, "the value is missing: \"text\" or 0xHEX");
	if (*p->at == '"')
		rc = quoted(p, e);
	else if (p->end - p->at >= 2 && p->at[0] == '0' && (p->at[1] == 'x' || p->at[1] == 'X'))
		rc = hex(p, e);
	else
		return bad(p, "put the value between quotation marks, or give it as 0xHEX");
	if (rc < 0)
		return rc;
	if (e->len < kinds[e->kind].min || e->len > kinds[e->kind].max) {
		snprintf(text, sizeof(text), "the value of '%s' has %zu to %zu octets, not %zu",
			 kinds[e->kind].word, kinds[e->kind].min, kinds[e->kind].max, e->len);
		return bad(p, text);
	}
	return 0;
}

/* "LINK/VPI.VCI", "LINK/DLCI" or "LINK/PEER", as `show circuits` prints it. */
static bool is_circuit(const char *name)
{
	const char *slash = strchr(name, '/');
	struct gw_why why;

	return slash && slash != name && gw_name_check("", slash + 1, GW_NAME_MAX, &why) == 0;
}

static int name(struct parser *p, struct entry *e)
{
	char *end, *word = next_word(p, &end);

	if (!word)
		return bad(p, "the name is missing");
	for (char *c = word; c < end; c++)
		if (!isgraph((unsigned char)*c) || *c == '"')
			return bad(
				p,
				"a name has visible ASCII characters without quotation marks only");
	if (p->at == p->end)
		return p->word++, bad(p, "the value is missing: \"text\" or 0xHEX");
	*end = '\0';
	p->at = end + 1;
	if (end - word >= PPP_NAME_MAX)
		return bad(p, "the name is longer than 63 characters");
	if (e->kind != SECRET_USER && !is_circuit(word))
		return bad(p, "give the circuit as LINK/VC, e.g. atm0/0.100, fr0/100 or up0/peer");
	e->name = word;
	return 0;
}

static int check_other(struct parser *p, const struct entry *e)
{
	for (size_t i = 0; i < p->s->n; i++) {
		const struct entry *o = &p->s->entries[i];

		if (o->kind != e->kind)
			continue;
		if (strcmp(o->name, e->name) == 0)
			return gw_fail(p->why, -EEXIST,
				       "%.80s:%u: '%s %s' stands in line %u already", p->path,
				       p->line, kinds[e->kind].word, e->name, o->line);
		if (e->kind == SECRET_PSK && o->len == e->len &&
		    CRYPTO_memcmp(o->value, e->value, e->len) == 0)
			LOGP(DGW, LOGL_NOTICE,
			     "secrets: %s and %s: one PSK for several circuits: draft -05 §5 SHOULD NOT\n",
			     o->name, e->name);
	}
	return 0;
}

static int add(struct parser *p, const struct entry *e)
{
	struct gw_secrets *s = p->s;

	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		struct entry *bigger = realloc(s->entries, room * sizeof(*bigger));

		if (!bigger)
			return gw_fail(p->why, -ENOMEM, "%.80s: no memory", p->path);
		s->entries = bigger;
		s->room = room;
	}
	s->entries[s->n++] = *e;
	return 0;
}

static int parse_line(struct parser *p)
{
	struct entry e = { .line = p->line };
	char *end, *word;
	int rc;

	p->word = 0;
	word = next_word(p, &end);
	if (!word)
		return 0;
	for (e.kind = SECRET_PSK; e.kind <= SECRET_USER; e.kind++)
		if ((size_t)(end - word) == strlen(kinds[e.kind].word) &&
		    strncmp(word, kinds[e.kind].word, (size_t)(end - word)) == 0)
			break;
	if (e.kind > SECRET_USER)
		return bad(p, "a line begins with 'psk', 'tunnel' or 'user'");
	rc = name(p, &e);
	if (rc == 0)
		rc = value(p, &e);
	if (rc < 0)
		return rc;
	if (next_word(p, &end))
		return bad(p, "too many words; put a value with blanks between quotation marks");
	rc = check_other(p, &e);
	return rc < 0 ? rc : add(p, &e);
}

static int parse(struct gw_secrets *s, const char *path, struct gw_why *why)
{
	struct parser p = { .s = s, .path = path, .why = why };
	char *at = s->map, *end = s->map + s->text;
	int rc = 0;

	while (at < end && rc == 0) {
		char *nl = memchr(at, '\n', (size_t)(end - at));

		p.line++;
		p.at = at;
		p.end = nl ? nl : end;
		/* The end is ours to write to: a newline, or the octet behind the file. */
		at = nl ? nl + 1 : end;
		rc = parse_line(&p);
	}
	return rc;
}

int secrets_load(struct gw_secrets **out, const char *path, struct gw_why *why)
{
	struct gw_secrets *s = calloc(1, sizeof(*s));
	int fd = -1, rc;

	if (!s)
		return gw_fail(why, -ENOMEM, "%.120s: no memory", path);
	/* Not blocking: a fifo must not hold the daemon up before it is refused. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		rc = gw_fail(why, -errno, "%.120s: %s", path, strerror(errno));
		goto out;
	}
	rc = map_file(s, fd, path, why);
	if (rc == 0)
		rc = parse(s, path, why);
out:
	if (fd >= 0)
		close(fd);
	if (rc < 0)
		secrets_free(s);
	else
		*out = s;
	return rc;
}

int secrets_get(const struct gw_secrets *s, enum secret_kind kind, const char *wanted,
		const uint8_t **secret)
{
	for (size_t i = 0; s && i < s->n; i++) {
		const struct entry *e = &s->entries[i];

		if (e->kind == kind && strcmp(e->name, wanted) == 0) {
			*secret = e->value;
			return (int)e->len;
		}
	}
	return -ENOENT;
}

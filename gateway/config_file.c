/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Reading a configuration file. libosmovty knows how to follow indentation but not line numbers;
 * it reads with fgets(), so a stream that gives out one line at a time knows which line it is at.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/vty/buffer.h>

#include "gateway/pki.h"
#include "gateway/vty.h"

extern vector cmdvec;

struct lines {
	FILE *in;
	const struct vty *vty;
	char text[VTY_BUFSIZ];
	unsigned int number;
	const char *wrong; /*!< why reading stopped */
};

/* What libosmovty must not see. Blank lines and comments are harmless. */
static const char *refused(const struct lines *l)
{
	size_t indent = strspn(l->text, " \t");
	const struct vty *vty = l->vty;

	if (l->text[indent] == '\0' || strchr("!#", l->text[indent]))
		return NULL;
	/* It would be taken for a command to run now: `shutdown`, `clear ..`. */
	if (vty->node < CONFIG_NODE)
		return "the configuration ended before, with 'end' or an 'exit' too many";
	/* libosmovty 1.7 would look for the way back from here for ever. */
	if (indent && llist_empty(&vty->parent_nodes) && !vty->indent)
		return "the first line of a configuration begins in the first column";
	return NULL;
}

/* One line for each call: the reader above asks again only when it has used it up. */
static ssize_t lines_read(void *cookie, char *buf, size_t size)
{
	struct lines *l = cookie;
	char *line = NULL;
	size_t room = 0;
	ssize_t n = getline(&line, &room, l->in);

	if (n < 0) {
		if (ferror(l->in))
			l->wrong = "cannot be read";
		n = 0;
		goto out;
	}
	l->number++;
	snprintf(l->text, sizeof(l->text), "%.*s", (int)strcspn(line, "\r\n"), line);
	if (strlen(line) != (size_t)n)
		l->wrong = "the line contains a NUL octet; is this a text file?";
	else if ((size_t)n >= sizeof(l->text) - 1 || (size_t)n > size)
		l->wrong = "the line is too long: at most 510 characters";
	else
		l->wrong = refused(l);
	if (l->wrong)
		n = 0;
	else
		memcpy(buf, line, (size_t)n);
out:
	free(line);
	return n;
}

static const char *node_name(const struct vty *vty, char *buf, size_t size)
{
	const struct gw_link *l = vty->index;
	const struct gw_circuit *c = vty->index;

	switch ((int)vty->node) {
	case CONFIG_NODE:
		return "at the top level";
	case GATEWAY_NODE:
		return "in 'gateway'";
	case PROFILE_NODE:
		snprintf(buf, size, "in 'ike profile %s'",
			 ((const struct gw_profile *)vty->index)->name);
		return buf;
	case PKI_NODE:
		snprintf(buf, size, "in 'pki %s'", ((const struct gw_pki *)vty->index)->name);
		return buf;
	case LNS_NODE:
		snprintf(buf, size, "in 'lns %s'", ((const struct gw_lns *)vty->index)->name);
		return buf;
	case CLIENT_NODE:
		snprintf(buf, size, "in 'client %s'", ((const struct gw_client *)vty->index)->name);
		return buf;
	case LINK_NODE:
		snprintf(buf, size, "in 'link %s'", l->name);
		return buf;
	case CIRCUIT_NODE:
		snprintf(buf, size, "in circuit %s", c->name);
		return buf;
	}
	return "here";
}

/* The commands of the node that begin with the same word, so that the operator sees the grammar. */
static void similar(const struct vty *vty, const char *text, FILE *err)
{
	struct cmd_node *node = vector_lookup(cmdvec, (unsigned int)vty->node);
	const char *word = text + strspn(text, " \t");
	size_t n = strcspn(word, " \t");
	bool any = false;

	for (unsigned int i = 0; node && n && i < vector_active(node->cmd_vector); i++) {
		struct cmd_element *e = vector_slot(node->cmd_vector, i);

		if (!e || (e->attr & (CMD_ATTR_DEPRECATED | CMD_ATTR_HIDDEN)) ||
		    strncmp(e->string, word, n) != 0 ||
		    (e->string[n] != ' ' && e->string[n] != '\0'))
			continue;
		fprintf(err, "%s    %s\n", any ? "" : "  there is:\n", e->string);
		any = true;
	}
}

static void complain(struct vty *vty, const struct lines *l, const char *name, int rc, FILE *err)
{
	char where[96];
	char *said;

	fprintf(err, "%s:%u: %s\n", name, l->number, l->text + strspn(l->text, " \t"));
	if (l->wrong) {
		fprintf(err, "  %s\n", l->wrong);
		return;
	}
	switch (rc) {
	case CMD_ERR_NO_MATCH:
	case CMD_ERR_INCOMPLETE:
	case CMD_ERR_AMBIGUOUS:
		fprintf(err, "  %s %s\n",
			rc == CMD_ERR_NO_MATCH	   ? "there is no such command"
			: rc == CMD_ERR_INCOMPLETE ? "the command is not complete"
						   : "the command is ambiguous",
			node_name(vty, where, sizeof(where)));
		similar(vty, l->text, err);
		return;
	case CMD_ERR_INVALID_INDENT:
		fprintf(err,
			"  the indentation does not fit the lines before: lines of one object begin "
			"in the same column, deeper than the object's, with the same tabs or "
			"blanks\n");
		return;
	case CMD_ERR_EXEED_ARGC_MAX:
		fprintf(err, "  too many words\n");
		return;
	}
	said = buffer_getstr(vty->obuf);
	fprintf(err, "  %s%s", strncmp(said, "% ", 2) == 0 ? said + 2 : said,
		*said && said[strlen(said) - 1] == '\n' ? "" : "the command failed\n");
	talloc_free(said);
}

int gw_config_read_fp(FILE *fp, const char *name, FILE *err)
{
	static const cookie_io_functions_t io = { .read = lines_read };
	struct lines l = { .in = fp };
	struct vty *vty = vty_new();
	FILE *f = fopencookie(&l, "r", io);
	int rc = -ENOMEM;

	if (!vty || !f)
		goto out;
	l.vty = vty;
	vty->type = VTY_FILE;
	vty->node = CONFIG_NODE;
	/* vty_close() writes there what commands said; an error has been told by then. */
	vty->fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	rc = config_from_file(vty, f);
	if (rc == CMD_SUCCESS && !l.wrong) {
		rc = 0;
		goto out;
	}
	complain(vty, &l, name, rc, err);
	rc = -EINVAL;
out:
	if (f)
		fclose(f);
	if (vty)
		vty_close(vty);
	return rc;
}

int gw_config_read(const char *path, FILE *err)
{
	FILE *fp = fopen(path, "re");
	int rc;

	if (!fp) {
		rc = -errno;
		fprintf(err, "%s: %s\n", path, strerror(-rc));
		return rc;
	}
	rc = gw_config_read_fp(fp, path, err);
	fclose(fp);
	return rc;
}

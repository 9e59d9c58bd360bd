/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Writing the configuration: `show running-config`, `write`, `show startup-config`.
 *
 * libosmovty writes its own nodes (log, line vty) too generously for us: every log level although
 * it is the default, and passwords in clear to whoever asks; and it leaves the file readable by
 * everybody. So its writers are wrapped here: what they say is read line by line and passed on,
 * changed or left out. Passwords go into the file only, never to a terminal; the file keeps its
 * mode and a new one is the owner's and group's alone.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>
#include <osmocom/vty/buffer.h>

#include "gateway/vty.h"
#include "gateway/vty_write.h"

/* libosmovty's: all nodes, and the three whose writers are wrapped. */
extern vector cmdvec;
extern struct cmd_node config_node, vty_node, cfg_log_node;
extern struct host host;

static int (*lib_config)(struct vty *);
static int (*lib_line)(struct vty *);
static int (*lib_log)(struct vty *);

/* A VTY that collects what is written to it. */
static struct vty *collector_new(void)
{
	struct vty *v = vty_new();

	if (!v)
		return NULL;
	v->type = VTY_FILE;
	/* vty_close() writes what it holds to its descriptor. */
	v->fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	return v;
}

/* Have one of libosmovty's writers write, and hand each line to fn. */
static void each_line(struct vty *vty, int (*func)(struct vty *),
		      void (*fn)(struct vty *vty, const char *line))
{
	struct vty *v = collector_new();
	char *text, *line, *save = NULL;

	if (!v)
		return;
	func(v);
	text = buffer_getstr(v->obuf);
	for (line = strtok_r(text, "\r\n", &save); line; line = strtok_r(NULL, "\r\n", &save))
		fn(vty, line);
	talloc_free(text);
	vty_close(v);
}

static void pass_config(struct vty *vty, const char *line)
{
	/* `password` stands under `line vty`. */
	if (strncmp(line, "password ", 9) == 0)
		return;
	if (strncmp(line, "enable password ", 16) == 0 && vty->type == VTY_TERM)
		vty_line(vty, "! an enable password is set; it is not shown");
	else
		vty_line(vty, "%s", line);
}

static int write_config(struct vty *vty)
{
	each_line(vty, lib_config, pass_config);
	return 1;
}

static void pass_line(struct vty *vty, const char *line)
{
	if (strcmp(line, "!") == 0)
		return;
	vty_line(vty, "%s", line);
	if (strcmp(line, "line vty") != 0 || !host.password)
		return;
	if (vty->type == VTY_TERM)
		vty_line(vty, " ! a password is set; it is not shown");
	else
		vty_line(vty, " password %s", host.password);
}

static int write_line(struct vty *vty)
{
	each_line(vty, lib_line, pass_line);
	return 1;
}

static const struct value_string levels[] = {
	{ LOGL_DEBUG, "debug" }, { LOGL_INFO, "info" },	  { LOGL_NOTICE, "notice" },
	{ LOGL_ERROR, "error" }, { LOGL_FATAL, "fatal" }, { 0, NULL },
};

/* " logging level ike notice": is that what the area has anyway? */
static bool level_is_default(const char *line)
{
	char area[64], level[32];
	int i;

	if (sscanf(line, " logging level %63s %31s", area, level) != 2)
		return false;
	i = log_parse_category(area);
	if (i < 0 || (unsigned int)i >= osmo_log_info->num_cat)
		return false;
	return get_string_value(levels, level) == osmo_log_info->cat[i].loglevel;
}

static void pass_log(struct vty *vty, const char *line)
{
	if (!level_is_default(line))
		vty_line(vty, "%s", line);
}

static int write_log(struct vty *vty)
{
	each_line(vty, lib_log, pass_log);
	return 1;
}

/* ---- to a file ---- */

char *gw_config_text(void *ctx)
{
	struct vty *v = collector_new();
	char *text, *copy;

	if (!v)
		return NULL;
	vty_line(v, "! vcgwd %s: written by 'write'.", PACKAGE_VERSION);
	vty_line(v, "!");
	for (unsigned int i = 0; i < vector_active(cmdvec); i++) {
		struct cmd_node *node = vector_slot(cmdvec, i);

		if (node && node->func && node->func(v))
			vty_line(v, "!");
	}
	text = buffer_getstr(v->obuf);
	copy = talloc_strdup(ctx, text);
	talloc_free(text);
	vty_close(v);
	return copy;
}

static int write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = write(fd, text, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		left -= (size_t)n;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

/* A new file beside the old one, then renamed over it: there is always a whole one. */
static int replace_file(const char *path, const char *text)
{
	char *tmp = talloc_asprintf(gw, "%s.XXXXXX", path);
	char *sav = talloc_asprintf(gw, "%s" CONF_BACKUP_EXT, path);
	struct stat st;
	mode_t mode = 0640;
	int fd = -1, rc;

	if (!tmp || !sav) {
		rc = -ENOMEM;
		goto out;
	}
	fd = mkstemp(tmp);
	if (fd < 0) {
		rc = -errno;
		goto out;
	}
	if (stat(path, &st) == 0) {
		mode = st.st_mode & 0777;
		/* As far as we may; a file of our own is as good. */
		if (fchown(fd, st.st_uid, st.st_gid) < 0)
			mode &= 0700;
		unlink(sav);
		if (link(path, sav) < 0 && errno != EPERM) {
			rc = -errno;
			goto out_unlink;
		}
	}
	rc = fchmod(fd, mode) < 0 ? -errno : write_all(fd, text);
	if (rc == 0 && rename(tmp, path) < 0)
		rc = -errno;
out_unlink:
	if (rc < 0)
		unlink(tmp);
	close(fd);
out:
	talloc_free(tmp);
	talloc_free(sav);
	return rc;
}

static int cmd_write(struct cmd_element *self, struct vty *vty, int argc, const char *argv[])
{
	const char *path = argc > 0 ? argv[0] : host_config_file();
	char *text;
	int rc;

	(void)self;
	if (vty->type != VTY_TERM)
		return vty_refuse(vty, "write: not from within a configuration file");
	if (!path)
		return vty_refuse(
			vty, "write: vcgwd was started without a configuration file; give 'write "
			     "file PATH'");
	text = gw_config_text(gw);
	rc = text ? replace_file(path, text) : -ENOMEM;
	talloc_free(text);
	if (rc < 0)
		return vty_refuse(vty, "write: %s: %s; the file is as it was", path, strerror(-rc));
	vty_line(vty, "Configuration saved to %s", path);
	return CMD_SUCCESS;
}

/* The file holds the VTY's password. */
static int cmd_startup(struct cmd_element *self, struct vty *vty, int argc, const char *argv[])
{
	const char *path = host_config_file();
	FILE *f = path ? fopen(path, "re") : NULL;
	char line[VTY_BUFSIZ];

	(void)self;
	(void)argc;
	(void)argv;
	if (!f)
		return vty_refuse(vty, "cannot open the configuration file %s: %s",
				  path ? path : "(none)", strerror(path ? errno : ENOENT));
	while (fgets(line, sizeof(line), f)) {
		const char *word = line + strspn(line, " \t");

		line[strcspn(line, "\r\n")] = '\0';
		if (strncmp(word, "password", 8) == 0 || strncmp(word, "enable password", 15) == 0)
			vty_line(vty, "%.*s! a password stands here; it is not shown",
				 (int)(word - line), line);
		else
			vty_line(vty, "%s", line);
	}
	fclose(f);
	return CMD_SUCCESS;
}

static const struct {
	const char *string; /*!< as libosmovty spells it, or the beginning */
	int (*func)(struct cmd_element *, struct vty *, int, const char *[]);
} replaced[] = {
	{ "write file", cmd_write },
	{ "write memory", cmd_write },
	{ "write", cmd_write },
	{ "copy running-config startup-config", cmd_write },
	{ "show startup-config", cmd_startup },
};

static bool is_command(const char *string, const char *wanted)
{
	size_t n = strlen(wanted);

	return strncmp(string, wanted, n) == 0 &&
	       (string[n] == '\0' || strcmp(string + n, " [PATH]") == 0);
}

static void replace_commands(const struct cmd_node *node)
{
	for (unsigned int i = 0; i < vector_active(node->cmd_vector); i++) {
		struct cmd_element *e = vector_slot(node->cmd_vector, i);

		for (unsigned int k = 0; e && k < ARRAY_SIZE(replaced); k++)
			if (is_command(e->string, replaced[k].string))
				e->func = replaced[k].func;
	}
}

void vty_write_init(void)
{
	lib_config = config_node.func;
	lib_line = vty_node.func;
	config_node.func = write_config;
	vty_node.func = write_line;
	for (unsigned int i = 0; i < vector_active(cmdvec); i++)
		if (vector_slot(cmdvec, i))
			replace_commands(vector_slot(cmdvec, i));
}

void gw_vty_log_init(void)
{
	lib_log = cfg_log_node.func;
	cfg_log_node.func = write_log;
}

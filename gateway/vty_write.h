/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Writing the configuration. See vty_write.c. */

/*! The whole configuration as `write` puts it into the file, passwords included. talloc. */
char *gw_config_text(void *ctx);

/*! After logging_vty_add_cmds(): write log targets without what is at its default. */
void gw_vty_log_init(void);

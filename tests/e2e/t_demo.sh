#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: asan
# timeout: 300
# alone: yes
#
# The demo, whole, with AddressSanitizer and UndefinedBehaviorSanitizer looking on.
exec "$(dirname "$0")/demo.sh"

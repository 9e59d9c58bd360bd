#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: asan
# timeout: 300
#
# The demo on a bad line: a cell in a thousand and three frames in a hundred lost, each way.
exec "$(dirname "$0")/demo.sh" --loss

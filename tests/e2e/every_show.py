#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands of a VTY's `list` (standard input) that only read, as lines that can be given: each
alternative of (a|b) and [c], and names of things for the words in capitals.

    every_show.py LINK/VC LINK [FSM...]"""
import itertools
import re
import sys


def choices(word, circuit, link, fsms):
    if word[0] == "(":
        return [w for part in word[1:-1].split("|") for w in choices(part, circuit, link, fsms)]
    if word[0] == "[":
        return [""] + choices(word[1:-1], circuit, link, fsms)
    return {"LINK/VC": [circuit], "LINK": [link, "fr0"], "NAME": fsms, "DEPTH": ["5"],
            "ADDRESS": ["0x0"], "REGEXP": ["."]}.get(word, [word])


def main():
    circuit, link, fsms = sys.argv[1], sys.argv[2], sys.argv[3:]
    for line in sys.stdin:
        words = re.findall(r"\([^)]*\)|\[[^]]*\]|\S+", line)
        if words and (words[0] in ("show", "list", "who") or words[:2] == ["write", "terminal"]):
            for one in itertools.product(*(choices(w, circuit, link, fsms) for w in words)):
                print(" ".join(w for w in one if w))


if __name__ == "__main__":
    main()

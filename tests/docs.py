#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Documents against the code.

    tests/docs.py                      counters and states of docs/operator.md are those of the code
    tests/docs.py --print              the table of counters, from core/acct.h
    tests/docs.py --commands NODE      the commands of `list` (standard input) are in the manual; NODE
                                       is a subsection of vcgw.conf(5), or "vcgw" for vcgw(1)
"""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What every node of libosmovty has, and what is not a command of the configuration.
EVERYWHERE = {"help", "list", "show", "write", "exit", "end", "no"}
# Of the VTY itself, outside the configuration; those that are ours are in vcgw(1).
LIBRARY = {"help", "list", "write", "exit", "disable", "enable", "copy", "shutdown", "terminal", "who",
           "logging", "logp", "stats", "no"}
LIBRARY_SHOW = {"vty-attributes", "startup-config", "version", "online-help", "history", "logging", "alarms",
                "asciidoc", "fsm", "fsm-instances"}


def read(*path):
    with open(os.path.join(TOP, *path)) as f:
        return f.read()


def counters():
    """(name, text) of all counters, as core/acct.c names them."""
    text = re.sub(r"\\\n\s*", "", read("core", "acct.h"))
    plain = re.search(r"#define ACCT_COUNTERS\(X\)(.*)", text).group(1)
    drops = re.search(r"#define ACCT_DISCARDS\(X\)(.*)", text).group(1)
    row = r'X\((\w+), "([^"]*)",\s*"([^"]*)"\)'
    return [(name, what) for _, name, what in re.findall(row, plain)], \
        [("%s:%s" % (area, sym), what) for sym, area, what in re.findall(row, drops)]


def table(rows):
    return ["| `%s` | %s |" % row for row in rows]


def states():
    body = re.search(r"\*gw_circuit_state_name\(.*?\n}", read("gateway", "circuit.c"), re.S).group(0)
    return re.findall(r'return "([^"]*)"', body)


def check():
    page = read("docs", "operator.md")
    plain, drops = counters()
    wrong = ["docs/operator.md: no row %s" % r for r in table(plain) + table(drops) if r not in page]
    names = {n for n, _ in plain + drops}
    areas = {n.split(":")[0] for n in names}
    for name in re.findall(r"`([a-z0-9]+:[A-Za-z0-9_-]*)`", page):
        area, short = name.split(":")
        if area in areas and name not in names and \
                not (short == "" or short.endswith("_") and any(n.startswith(name) for n in names)):
            wrong.append("docs/operator.md: there is no counter " + name)
    wrong += ["docs/operator.md: no row of the state " + s for s in states()
              if not re.search(r"^\| %s \|" % re.escape(s), page, re.M)]
    if len(drops) < 40 or len(states()) < 7:
        wrong.append("tests/docs.py does not understand the source any more")
    print("\n".join(wrong) or "%d counters, %d states" % (len(names), len(states())))
    return 1 if wrong else 0


def words_of(mdoc):
    """The words of a manual page's source, without macros."""
    return set(re.findall(r"[a-z0-9][a-z0-9-]*", mdoc.replace("\\-", "-")))


def literal(command):
    """The words of a command that are typed as they are."""
    return [w for w in re.findall(r"[^\s()|\[\]<>]+", command) if re.fullmatch(r"[a-z0-9][a-z0-9-]*", w)]


def commands(node):
    conf = read("docs", "vcgw.conf.5")
    if node == "vcgw":
        section, whole = words_of(read("docs", "vcgw.1")), set()
    else:
        parts = dict(re.findall(r"^\.Ss ([A-Za-z ,-]+?)(?: Ar name[^\n]*)?\n(.*?)(?=^\.S[sh] )", conf, re.M | re.S))
        if node not in parts:
            print("vcgw.conf(5) has no subsection " + node)
            return 1
        section, whole = words_of(parts[node]), words_of(conf)
    missing, n = [], 0
    for line in sys.stdin:
        words = literal(re.sub(r"<[^>]*>", "", line))
        if node == "vcgw":
            skip = not words or words[0] in LIBRARY or words[:1] == ["show"] and set(words[1:2]) <= LIBRARY_SHOW
        else:
            skip = not words or words[0] in EVERYWHERE
        if skip:
            continue
        n += 1
        # The list of the library's own log areas is its own business.
        if line.strip().startswith("logging level ("):
            words = ["logging", "level"]
        first, rest = words[0], words[1:]
        if first not in section or not all(w in section or w in whole for w in rest):
            missing.append("not in the manual (%s): %s" % (node, line.strip()))
    print("\n".join(missing) or "%d commands of %s" % (n, node))
    return 1 if missing or not n else 0


def main():
    if sys.argv[1:] == ["--print"]:
        plain, drops = counters()
        print("\n".join(table(plain) + [""] + table(drops)))
        return 0
    if sys.argv[1:2] == ["--commands"]:
        return commands(sys.argv[2])
    return check()


if __name__ == "__main__":
    sys.exit(main())
